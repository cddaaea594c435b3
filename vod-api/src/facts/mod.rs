//! What is known about each operation of the service: the types of the facts that generated code
//! states.

mod constraints;
mod parameters;
mod schema;

use std::borrow::Cow;
use std::fmt::Debug;

use http::{HeaderMap, Method};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

pub use self::constraints::{Condition, Constraint, Demand, Literal, Test};
pub use self::parameters::{Parameter, Place, Property};
pub use self::schema::{Described, LengthUnit, ObjectFacts, Schema, SchemaKind};
use crate::wire::{Document, Wire, WireError};

/// A request of one operation of the service.
///
/// Implemented by the requests in [`model`](crate::model) and by nothing else: it is generated, and
/// it changes with the generator. Use it as a bound, to write code for any operation:
///
/// ```
/// use vod_api::{Client, Error, Operation};
///
/// async fn send_stored<O: Operation>(
///     client: &Client,
///     json: &str,
/// ) -> Result<O::Response, Box<dyn std::error::Error>> {
///     let request: O = serde_json::from_str(json)?;
///     Ok(client.execute(request).await?.into_body())
/// }
/// ```
///
/// In JSON a request is an object with one member per parameter, by its name on the wire, wherever
/// it travels. `Wire` is an implementation detail; do not use it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a request of an operation",
    note = "the requests are the structs of `vod_api::model` whose names end in `Request`; for an operation without one, use `Client::raw`"
)]
pub trait Operation:
    Wire + Serialize + DeserializeOwned + Clone + Debug + Send + Sync + 'static
{
    /// What the service answers.
    type Response: Wire + Serialize + DeserializeOwned + Debug + Send + 'static;

    /// The facts of the operation.
    const META: &'static OperationMeta;

    /// Fills the fields of the reply that travel in headers.
    #[doc(hidden)]
    fn read_headers(_reply: &mut Self::Response, _headers: &HeaderMap) {}
}

/// The facts of one operation. Made by generated code only; fields may be added.
#[derive(Debug)]
pub struct OperationMeta {
    /// Name in the docs, as `DeleteThumbnails`.
    pub name: &'static str,
    /// Section of the docs, as `Snapshot Management`.
    pub section: &'static str,
    /// Title of its page, as `Deleting Snapshots`.
    pub title: &'static str,
    /// What it does, in a sentence.
    pub summary: &'static str,
    /// What to use instead, or why not to use it; `None` unless it is deprecated.
    pub deprecated: Option<&'static str>,
    /// HTTP method.
    pub method: Method,
    /// Path, with `{name}` where a value goes in: `/v1/{project_id}/asset/thumbnails`.
    pub path: &'static str,
    /// Page of the vendor's docs, if there is one.
    pub docs: Option<&'static str>,
    /// Whether sending it twice does what sending it once does.
    pub idempotent: bool,
    /// Whether the request has a JSON body, even if it is only `{}`.
    pub body: bool,
    /// The parameters, without the project id.
    pub parameters: &'static [Parameter],
    /// Constraints between the parameters.
    pub constraints: &'static [Constraint],
    /// Documented status of a success. Every 2xx counts as one.
    pub success: u16,
    /// What the body of a success holds; `None` for no body.
    pub reply: Option<Schema>,
    /// A body of a success that the docs show.
    pub example: Option<&'static str>,
    /// How its pages follow each other, if it lists something page by page.
    pub pagination: Option<&'static Pagination>,
    /// The list that can be split over several calls, if there is one.
    pub batch: Option<BatchFacts>,
    /// How its reply says what came of each of several items, if it does.
    pub outcome: Option<OutcomeFacts>,
    /// How to ask about the tasks that it starts.
    pub tasks: &'static [TaskFacts],
    /// How often it can be called, if the docs say it.
    pub rate: Option<RateLimit>,
    /// Reads a request as its type and writes it again.
    #[doc(hidden)]
    pub normalize: fn(&Document<'_>) -> Result<Document<'static>, WireError>,
}

/// How often the operations of a group can be called, all together. Made by generated code only;
/// fields may be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimit {
    /// The name of the group.
    pub group: &'static str,
    /// Calls per minute of one tenant, which is an account or a part of it.
    pub per_minute: u32,
    /// Calls per minute of all tenants together, if there is such a limit.
    pub all_tenants: Option<u32>,
}

/// An operation whose list comes page by page: [`Call::pages`](crate::Call::pages) and
/// [`Call::items`](crate::Call::items) read on until its end.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not list anything page by page",
    note = "`pages` and `items` are for the requests that implement `Paginated`; send any other call with `.await` or `send`"
)]
pub trait Paginated: Operation {
    /// What is listed.
    type Item: Debug + Send + 'static;

    /// How the pages follow each other.
    const PAGINATION: &'static Pagination;

    /// The items of a page.
    #[doc(hidden)]
    fn items(page: &mut Self::Response) -> &mut Vec<Self::Item>;

    /// The number of all items, if a page reports it.
    #[doc(hidden)]
    fn total(_page: &Self::Response) -> Option<i64> {
        None
    }

    /// The marker of the page that follows a page.
    #[doc(hidden)]
    fn next(_page: &Self::Response) -> Option<&str> {
        None
    }
}

/// An operation whose list can be limited to a period, so that it can be listed period by period:
/// [`Call::items_by_time`](crate::Call::items_by_time) reads more items than
/// [`ceiling`](Pagination::ceiling).
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be listed by time",
    note = "`items_by_time` is for the requests that implement `ListedByTime`; read any other list with `items` or `pages`"
)]
pub trait ListedByTime: Paginated {
    /// How the list is limited to a period.
    const WINDOW: Window;

    /// The id of an item.
    #[doc(hidden)]
    fn id(item: &Self::Item) -> Option<&str>;
}

/// How a list is limited to a period. Names are those on the wire. Made by generated code only;
/// fields may be added.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    /// The parameter for the start of the period, in the form `yyyymmddhhmmss` and in UTC.
    pub from: &'static str,
    /// The parameter for the end of the period, in the same form.
    pub to: &'static str,
    /// The field of an item that tells it from all others.
    pub id: &'static str,
}

/// How the pages of a list follow each other. Names are those on the wire. Made by generated code
/// only; fields may be added.
#[derive(Debug)]
pub struct Pagination {
    /// What the position counts.
    pub style: PageStyle,
    /// The parameter that says where a page starts.
    pub position: &'static str,
    /// The position of the first page.
    pub first: i64,
    /// The parameter that says how many items a page has at most.
    pub size: &'static str,
    /// The size of a page if a request does not set it, where that is documented.
    pub default_size: Option<i64>,
    /// The largest number of items that can be listed, even if there are more.
    pub ceiling: Option<i64>,
    /// The field of the reply that holds the items.
    pub items: &'static str,
    /// The field of the reply that counts all items.
    pub total: Option<&'static str>,
    /// The field of the reply that holds the next marker.
    pub next: Option<&'static str>,
    /// How the list is limited to a period, if more than [`ceiling`](Self::ceiling) items can be
    /// listed in this way.
    pub window: Option<Window>,
}

/// What the position of a page counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PageStyle {
    /// Pages.
    Page,
    /// Items.
    Offset,
    /// Nothing: each page names the next one.
    Marker,
}

/// An operation that takes several values and does the same to each:
/// [`Call::in_batches`](crate::Call::in_batches) sends as many calls as it takes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not take a list that can be split over several calls",
    note = "`in_batches` is for the requests that implement `Batched`; send any other call with `.await` or `send`"
)]
pub trait Batched: Operation {
    /// Such a value.
    type Value: Debug + Send + 'static;

    /// How many values one call takes.
    const BATCH_SIZE: usize;

    /// Takes the values out of a request; `None` if none were given.
    #[doc(hidden)]
    fn take_values(&mut self) -> Option<Vec<Self::Value>>;

    /// Puts the values of one call in.
    #[doc(hidden)]
    fn set_values(&mut self, values: Vec<Self::Value>);
}

/// A reply that says for each of several items what came of it:
/// [`Response::failures`](crate::Response::failures) gives those that failed.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say what came of each of several items",
    note = "`failures` is for the replies that implement `ItemOutcomes`; with any other reply, the whole call worked"
)]
pub trait ItemOutcomes {
    /// What it says of one of them.
    type Item;

    /// Which of them succeeded.
    const SUCCESS: Success;

    /// All of them.
    #[doc(hidden)]
    fn items(&self) -> &[Self::Item];

    /// The member of an item that tells.
    #[doc(hidden)]
    fn told(_item: &Self::Item) -> Option<&str> {
        None
    }
}

/// Which items of a reply succeeded. Made by generated code only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Success {
    /// Those in one of these states.
    States(&'static [&'static str]),
    /// Those without an error.
    WithoutError,
    /// None: the list has what failed, and nothing else.
    Never,
}

impl Success {
    /// Whether an item succeeded, by the text of the member that tells.
    pub(crate) fn is_told_by(self, told: Option<&str>) -> bool {
        // Some of the vendor's examples have a space before the value.
        let told = told.map(str::trim).filter(|told| !told.is_empty());
        match self {
            Self::States(states) => told.is_some_and(|told| states.contains(&told)),
            Self::WithoutError => told.is_none(),
            Self::Never => false,
        }
    }
}

/// How a reply says what came of each of several items. Names are those on the wire. Made by
/// generated code only; fields may be added.
#[derive(Debug, Clone, Copy)]
pub struct OutcomeFacts {
    /// The field of the reply that lists the items.
    pub items: &'static str,
    /// The field of an item that tells what came of it; `None` if the list has what failed only.
    pub told_by: Option<&'static str>,
    /// Which of them succeeded.
    pub success: Success,
}

impl OutcomeFacts {
    /// The items of a reply for which the call did not succeed, or not for certain: what
    /// [`Response::failures`](crate::Response::failures) gives for the reply as JSON.
    pub fn failures<'r>(&self, reply: &'r Value) -> impl Iterator<Item = &'r Value> + use<'r> {
        let Self {
            told_by, success, ..
        } = *self;
        let items = reply.get(self.items).and_then(Value::as_array);
        items.into_iter().flatten().filter(move |item| {
            let told = match told_by.and_then(|name| item.get(name)) {
                None | Some(Value::Null) => None,
                Some(Value::String(text)) => Some(Cow::Borrowed(text.as_str())),
                // A number counts as its text, as where types read it.
                Some(value) => Some(Cow::Owned(value.to_string())),
            };
            !success.is_told_by(told.as_deref())
        })
    }
}

/// A list in a request whose values can be sent in several calls. Made by generated code only;
/// fields may be added.
#[derive(Debug, Clone, Copy)]
pub struct BatchFacts {
    /// The parameter that holds the list.
    pub values: &'static str,
    /// How many values one call takes.
    pub size: usize,
}

/// An operation that starts a task, which goes on after the reply:
/// [`Call::start`](crate::Call::start) gives a handle to wait for its end.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not start a task that can be waited for",
    note = "`start` is for the requests that implement `StartsTask`; send any other call with `.await` or `send`"
)]
pub trait StartsTask: Operation {
    /// The operation that reports the progress of the task.
    type Status: Operation;

    /// How to ask it, for each of the tasks that a request can ask for.
    const TASKS: &'static [TaskFacts];
}

/// How to ask about a task. Names are those on the wire. Made by generated code only; fields may be
/// added.
#[derive(Debug)]
pub struct TaskFacts {
    /// The parameter of the request that asks for this task; without one, every call starts it.
    pub asked_by: Option<&'static str>,
    /// The operation to ask.
    pub status: &'static OperationMeta,
    /// Parameters of the operation to ask, each with the field that its value comes from: of the
    /// reply that started the task, or else of that request.
    pub pass: &'static [(&'static str, &'static str)],
    /// Its parameters that always have the same value.
    pub set: &'static [(&'static str, &'static str)],
    /// Its parameter that leaves out tasks which were created before a time.
    pub since: Option<&'static str>,
    /// The field of its reply that holds the state, as a path with dots; lists on the way hold one
    /// state per part.
    pub state: &'static str,
    /// States in which the task is done.
    pub done: &'static [&'static str],
    /// States in which it has failed.
    pub failed: &'static [&'static str],
    /// The field beside the state that tells an earlier task from this one, if the reply can be
    /// about earlier tasks. The state itself, if there is nothing else.
    pub earlier: Option<&'static str>,
    /// The field beside the state that says whose state it is: the value of the one parameter that
    /// is passed. With it, one call can ask for several tasks.
    pub together: Option<&'static str>,
    /// The field that says why it failed, as a path with dots.
    pub reason: Option<&'static str>,
    /// The part of it that is about this task, where it is a text of the form
    /// `name:text;name:text;`.
    pub reason_part: Option<&'static str>,
    /// The operation whose reply has the reason, if that of `status` has none. It takes the same
    /// parameters.
    pub explained_by: Option<&'static OperationMeta>,
}
