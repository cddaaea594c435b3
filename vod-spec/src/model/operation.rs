//! An operation: what it sends, what comes back, and what else its page says.

use vod_page::{Address, Subject};

use super::{Basis, Constraint, Field, Origin, Type};
use crate::format::rule::Rule;
use crate::source::{Span, Spanned};
use vod_page::json::{Json, Object};

/// One operation: one page of the docs.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// Its name, such as `DeleteThumbnails`.
    pub name: Spanned<String>,
    /// The file it stands in, below `spec/`.
    pub file: String,
    /// Its section: a place in [`Service::sections`](super::Service::sections).
    pub section: usize,
    /// The page's title, or ours where there is no page.
    pub title: String,
    /// The date of the page that it was checked against, `YYYY-MM-DD`; unknown for pages without one.
    pub updated: Option<String>,
    /// The page's address; none where the vendor has no public page.
    pub page: Option<String>,
    /// One sentence.
    pub summary: String,
    /// More than that.
    pub description: Option<String>,
    /// What to use instead, if it should no longer be called.
    pub deprecated: Option<String>,
    /// Words and phrases that people look it up by, besides its name.
    pub search: Vec<Spanned<String>>,
    /// HTTP method.
    pub method: Method,
    /// Path, with its parameters in braces.
    pub path: String,
    /// Accepted auth schemes: names from [`Service::auth`](super::Service::auth).
    pub auth: Vec<String>,
    /// What an IAM user must be allowed to do.
    pub permission: Option<Permission>,
    /// Whether sending it twice does no more than sending it once.
    pub idempotent: bool,
    /// On what [`Operation::idempotent`] rests.
    pub idempotent_basis: Basis,
    /// All parameters but the project id: of the path, of the query, then the fields of the body.
    pub parameters: Vec<Parameter>,
    /// Whether requests have a JSON body.
    pub body: bool,
    /// An example request: a value by wire name.
    pub example: Option<Object>,
    /// Constraints between its parameters.
    pub constraints: Vec<Constraint>,
    /// How its list is read page by page.
    pub pagination: Option<Pagination>,
    /// How one learns what became of the tasks that it starts.
    pub waits: Vec<Wait>,
    /// What an upload of files does with it, if it prepares one.
    pub upload: Option<Upload>,
    /// How its reply says what came of each of several items.
    pub outcome: Option<Outcome>,
    /// The reply that says that it worked.
    pub reply: Reply,
    /// The other documented statuses, and what each means.
    pub errors: Vec<(u16, String)>,
    /// Where the description differs from the page on purpose.
    pub deviations: Vec<Deviation>,
    /// Where the file says what is not [`Spanned`] here.
    pub places: Places,
}

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Method {
    /// `GET`
    Get,
    /// `POST`
    Post,
    /// `PUT`
    Put,
    /// `DELETE`
    Delete,
}

impl Method {
    pub(crate) const ALL: &'static [Self] = &[Self::Get, Self::Post, Self::Put, Self::Delete];

    /// As it stands in a request.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// What an IAM user must be allowed to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Permission {
    /// The action, such as `vod:thumbnail:delete`.
    pub action: String,
    /// The access level.
    pub access: String,
    /// The resource type; a `*` behind it says that a policy must name one.
    pub resource: Option<String>,
    /// Keys that conditions of a policy can use.
    pub condition_keys: Vec<String>,
    /// Older names of the action.
    pub alias: Vec<String>,
    /// Actions that are needed besides.
    pub dependencies: Vec<String>,
    /// Where all that comes from, if not every page states it.
    pub stated_in: Option<Origin>,
}

/// A parameter and where it travels.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Where it travels.
    pub place: Place,
    /// Everything else.
    pub field: Field,
}

/// A part of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// The path.
    Path,
    /// The query string.
    Query,
    /// The JSON body, as one of its members.
    Body,
}

impl Place {
    /// Its name in addresses such as `query.task_id`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Body => "body",
        }
    }
}

impl From<Place> for Subject {
    fn from(place: Place) -> Self {
        match place {
            Place::Path => Self::Path,
            Place::Query => Self::Query,
            Place::Body => Self::Body,
        }
    }
}

/// The reply to a request that worked.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// What it means.
    pub doc: String,
    /// What the body is.
    pub body: ReplyBody,
    /// Headers that carry values.
    pub headers: Vec<Field>,
    /// An example body.
    pub example: Option<Json>,
}

impl Reply {
    /// The fields of the body; none where it has no fields of its own.
    pub fn fields(&self) -> &[Field] {
        match &self.body {
            ReplyBody::Fields(fields) => fields,
            _ => &[],
        }
    }
}

/// The body of a reply.
#[derive(Debug, Clone, PartialEq)]
pub enum ReplyBody {
    /// None.
    Empty,
    /// A JSON object.
    Fields(Vec<Field>),
    /// A value of this type, an array for example.
    Whole(Type),
}

/// How a list is read page by page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pagination {
    /// What the position counts.
    pub style: PaginationStyle,
    /// The parameter that says where a page starts.
    pub position: String,
    /// The parameter that says how long a page is.
    pub size: String,
    /// The array in the reply.
    pub items: String,
    /// The field of the reply that counts all items.
    pub total: Option<String>,
    /// The field of the reply that holds the next position.
    pub next: Option<String>,
    /// The position of the first page.
    pub first: i64,
    /// How many items can be reached, however many there are.
    pub ceiling: Option<i64>,
    /// How the list is limited to a period, to reach more of them.
    pub window: Option<Window>,
}

/// How a list is limited to a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// The parameter for its start.
    pub from: String,
    /// The parameter for its end.
    pub to: String,
    /// The field of an item that tells it from all others.
    pub id: String,
    /// On what it rests that the limits hold for a time that items keep.
    pub basis: Basis,
}

/// What the position of a page counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PaginationStyle {
    /// Pages.
    Page,
    /// Items.
    Offset,
    /// Nothing: it comes from the reply before.
    Marker,
}

impl PaginationStyle {
    pub(crate) const ALL: &'static [Self] = &[Self::Page, Self::Offset, Self::Marker];

    /// As the description writes it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Offset => "offset",
            Self::Marker => "marker",
        }
    }
}

/// How one learns what became of a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wait {
    /// The parameter of the request that asks for this task; without one, every call starts it.
    pub asked_by: Option<Spanned<String>>,
    /// The operation that tells how far it is.
    pub operation: Spanned<String>,
    /// Its parameters, each with the field that its value comes from: of the reply that started the task, or else of
    /// that request.
    pub pass: Vec<(Spanned<String>, Spanned<String>)>,
    /// Its parameters that always have the same value.
    pub set: Vec<(Spanned<String>, Spanned<String>)>,
    /// Its parameter that leaves out tasks which were created before a time.
    pub since: Option<Spanned<String>>,
    /// The field of its reply that holds the state, as a path with dots; lists on the way hold one state per part.
    pub state: Spanned<String>,
    /// States in which the task is done.
    pub done: Vec<Spanned<String>>,
    /// States in which it has failed.
    pub failed: Vec<Spanned<String>>,
    /// The field beside the state that tells an earlier task from this one, if the reply can be about earlier tasks.
    /// The state itself, if there is nothing else.
    pub earlier: Option<Spanned<String>>,
    /// The field beside the state that says whose state it is: the value of the one parameter that is passed. With it,
    /// one call can ask for several tasks.
    pub together: Option<Spanned<String>>,
    /// The field that says why it failed, as a path with dots.
    pub reason: Option<Spanned<String>>,
    /// The part of the reason that is about this task, where it is a text of the form `name:text;name:text;`.
    pub reason_part: Option<Spanned<String>>,
    /// The operation whose reply has the reason, if that of `operation` has none. It takes the same parameters.
    pub explained_by: Option<Spanned<String>>,
}

/// What an upload of files does with the operation that prepares it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// The parameters that the client sets from the files.
    pub own: Vec<Spanned<String>>,
}

/// How a reply says what came of each of several items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The list in the reply.
    pub items: String,
    /// Which of its items say that something succeeded.
    pub success: Success,
    /// On what that rests.
    pub basis: Basis,
}

/// Which items of a list say that something succeeded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Success {
    /// Those whose state is one of these values.
    States {
        /// The field that holds the state.
        field: String,
        /// The values that mean success.
        values: Vec<String>,
    },
    /// Those without this field, which holds an error.
    WithoutError(String),
    /// None: the list holds what failed, and nothing else.
    Never,
}

/// A place where the description differs from the vendor's docs on purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deviation {
    /// The rule that would report it.
    pub rule: Rule,
    /// What it concerns, such as `header.X-Auth-Token`.
    pub at: Spanned<Address>,
    /// Where the difference shows.
    pub source: Origin,
    /// What is stated there, for rules that report a value: another one is not acknowledged.
    pub states: Option<Spanned<String>>,
    /// Why.
    pub because: Spanned<String>,
}

/// Where an operation says what has no place of its own in the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Places {
    /// `title`, or the start of the file.
    pub title: Span,
    /// `updated`, or the start of the file.
    pub updated: Span,
    /// `summary`, or the start of the file.
    pub summary: Span,
    /// `http`, or the start of the file.
    pub http: Span,
    /// `auth`, or the start of the file.
    pub auth: Span,
    /// The action of `permission`, or the start of the file.
    pub permission: Span,
    /// `example`, or the start of the file.
    pub example: Span,
    /// The style of `pagination`, or the start of the file.
    pub pagination: Span,
    /// The operation of `wait`, or the start of the file.
    pub wait: Span,
    /// `responses`.
    pub responses: Span,
}
