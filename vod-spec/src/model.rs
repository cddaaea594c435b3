//! The description after every check: names resolved, limits sensible, nothing left to guess.

pub use crate::types::ScalarType;

use crate::json::{Json, Object};
use crate::rule::Rule;
use crate::source::{Sources, Span, Spanned};

/// The whole API.
#[derive(Debug, Clone, PartialEq)]
pub struct Api {
    /// What all operations share.
    pub service: Service,
    /// The operations: by section as `service.yaml` orders them, then by name.
    pub operations: Vec<Operation>,
    /// All types, by name. A [`TypeId`] is a place in this list.
    pub types: Vec<TypeDef>,
    /// The files that it was read from.
    pub sources: Sources,
}

impl Api {
    /// The type that `id` stands for; ids come from the same [`Api`].
    pub fn type_def(&self, id: TypeId) -> Option<&TypeDef> {
        self.types.get(id.0)
    }

    /// The types with their ids, by name.
    pub fn type_ids(&self) -> impl Iterator<Item = (TypeId, &TypeDef)> {
        self.types
            .iter()
            .enumerate()
            .map(|(index, ty)| (TypeId(index), ty))
    }

    /// How much there is.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts {
            operations: self.operations.len(),
            types: self.types.len(),
            ..Counts::default()
        };
        for operation in &self.operations {
            counts.fields += operation.parameters.len();
            counts.fields += operation.reply.fields().len() + operation.reply.headers.len();
        }
        for ty in &self.types {
            match &ty.kind {
                TypeKind::Object(fields) => counts.fields += fields.len(),
                TypeKind::Enum(values) => counts.values += values.len(),
            }
        }
        counts
    }
}

/// How much a description holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Operations.
    pub operations: usize,
    /// Named types.
    pub types: usize,
    /// Parameters, reply fields and fields of types.
    pub fields: usize,
    /// Values of enums.
    pub values: usize,
}

/// What all operations share.
#[derive(Debug, Clone, PartialEq)]
pub struct Service {
    /// Short name, such as `VOD`.
    pub name: String,
    /// Full name.
    pub title: String,
    /// Address, with `{region}` in it.
    pub endpoint: String,
    /// Region ids and their names.
    pub regions: Vec<(String, String)>,
    /// What the project id is. It is a path parameter that the client fills in.
    pub project_id: String,
    /// The ways to prove who calls.
    pub auth: Vec<AuthScheme>,
    /// On what it rests that arrays in a query repeat their key.
    pub query_arrays: Basis,
    /// The fields of an error body.
    pub error: Vec<Field>,
    /// The documented codes of errors.
    pub error_codes: Vec<ErrorCode>,
    /// Sections of the docs, in their order.
    pub sections: Vec<Section>,
}

/// A section of the vendor's docs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its title.
    pub title: String,
    /// What its operations are for.
    pub doc: String,
    /// Its folder below `spec/`.
    pub folder: String,
}

/// A documented code of an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorCode {
    /// The code, such as `VOD.10053`.
    pub code: Spanned<String>,
    /// HTTP status that it comes with.
    pub status: u16,
    /// What it means.
    pub doc: String,
    /// Whether something has failed. A few codes only say where a task stands.
    pub failure: bool,
}

/// A way to prove who calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthScheme {
    /// Its name in `auth:` lists.
    pub name: String,
    /// How it works.
    pub doc: String,
    /// The headers it sends.
    pub headers: Vec<Header>,
}

/// A header of an [`AuthScheme`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub doc: String,
    /// Whether that is a secret.
    pub sensitive: bool,
}

/// On what a fact rests that the page does not state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Basis {
    /// Concluded from the rest of the docs or from other clients.
    Inferred,
    /// Stated elsewhere in the docs.
    Documented,
    /// Seen at the real service.
    Verified,
}

/// One operation: one page of the docs.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// Its name, such as `DeleteThumbnails`.
    pub name: Spanned<String>,
    /// The file it stands in, below `spec/`.
    pub file: String,
    /// Its section: a place in [`Service::sections`].
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
    /// HTTP method.
    pub method: Method,
    /// Path, with its parameters in braces.
    pub path: String,
    /// Accepted auth schemes: names from [`Service::auth`].
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
    /// How its list is read page by page.
    pub pagination: Option<Pagination>,
    /// Which operation tells how far the task is that this one starts.
    pub wait: Option<Wait>,
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

/// A parameter, a reply field or a field of a type.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Name on the wire.
    pub name: Spanned<String>,
    /// Its type.
    pub ty: Type,
    /// What it means.
    pub doc: String,
    /// Whether a request must have it.
    pub required: bool,
    /// What the service assumes when it is absent.
    pub default: Option<Json>,
    /// What the docs allow.
    pub limits: Limits,
    /// Whether longer lists can be sent as several calls.
    pub batch: bool,
    /// Whether it must not show up in logs.
    pub sensitive: bool,
    /// What to use instead, if it should no longer be used.
    pub deprecated: Option<String>,
    /// The Rust name, where it is not the one that follows from the wire name.
    pub rust: Option<Spanned<String>>,
}

/// Limits of a value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Limits {
    /// Of a whole number.
    pub range: Bounds,
    /// Of a text, in characters.
    pub length: Bounds,
    /// Of an array, in elements.
    pub items: Bounds,
}

/// The smallest and the largest value, both allowed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bounds {
    /// The smallest.
    pub min: Option<i64>,
    /// The largest.
    pub max: Option<i64>,
}

impl Bounds {
    /// Whether `value` lies within.
    pub fn allow(&self, value: i64) -> bool {
        self.min.is_none_or(|min| min <= value) && self.max.is_none_or(|max| value <= max)
    }

    /// Whether there is neither.
    pub fn is_empty(&self) -> bool {
        self.min.is_none() && self.max.is_none()
    }
}

/// A type whose names are resolved.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Type {
    /// A type without parts.
    Scalar(ScalarType),
    /// Any JSON value.
    Any,
    /// Several of one type.
    Array(Box<Type>),
    /// Text to values of one type.
    Map(Box<Type>),
    /// An object or an enum.
    Named(TypeId),
}

/// A type among [`Api::types`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub(crate) usize);

impl TypeId {
    /// The place in [`Api::types`].
    pub fn index(self) -> usize {
        self.0
    }
}

/// An object or an enum.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeDef {
    /// Its name, unique in the whole description.
    pub name: Spanned<String>,
    /// The file it stands in, below `spec/`.
    pub file: String,
    /// What it is.
    pub doc: String,
    /// The Rust name, where it is not the name itself.
    pub rust: Option<Spanned<String>>,
    /// Its fields or values.
    pub kind: TypeKind,
    /// Whether a request can hold it.
    pub in_requests: bool,
    /// Whether a reply can hold it.
    pub in_replies: bool,
}

/// What a type is made of.
#[derive(Debug, Clone, PartialEq)]
pub enum TypeKind {
    /// Fields.
    Object(Vec<Field>),
    /// One of several texts; services add to them over time.
    Enum(Vec<EnumValue>),
}

/// A value of an enum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnumValue {
    /// The value on the wire.
    pub name: Spanned<String>,
    /// What it means.
    pub doc: String,
    /// The Rust name, where it is not the one that follows from the value.
    pub rust: Option<Spanned<String>>,
    /// What to use instead, if it should no longer be used.
    pub deprecated: Option<String>,
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
}

/// How one learns what became of a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wait {
    /// The operation to ask.
    pub operation: Spanned<String>,
    /// Its parameters, each with the field that its value comes from: of the reply that started the task, or else of
    /// that request.
    pub pass: Vec<(Spanned<String>, Spanned<String>)>,
    /// The field of its reply that holds the state, as a path with dots; lists on the way hold one state per part.
    pub state: Spanned<String>,
    /// States in which the task is done.
    pub done: Vec<Spanned<String>>,
    /// States in which it has failed.
    pub failed: Vec<Spanned<String>>,
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

/// A place where the description differs from the vendor's docs on purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deviation {
    /// The rule that would report it.
    pub rule: Rule,
    /// What it concerns, such as `header.X-Auth-Token`.
    pub at: Spanned<String>,
    /// Where the difference shows.
    pub source: DeviationSource,
    /// Why.
    pub because: Spanned<String>,
}

/// Where a [`Deviation`] shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DeviationSource {
    /// On every page of the operation.
    Page,
    /// On its page in English only.
    EnglishPage,
    /// On its page in Chinese only.
    ChinesePage,
    /// In words that no rule reads, or in another source of the vendor: pages are not held against it.
    Other,
}

/// Where an operation says what has no place of its own in the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Places {
    /// `title`, or the start of the file.
    pub title: Span,
    /// `updated`, or the start of the file.
    pub updated: Span,
    /// `http`, or the start of the file.
    pub http: Span,
    /// `auth`, or the start of the file.
    pub auth: Span,
    /// The action of `permission`, or the start of the file.
    pub permission: Span,
    /// `responses`.
    pub responses: Span,
}
