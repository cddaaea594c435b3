//! The table of all paths below `/_vod`.

use std::fmt;

use bytes::Bytes;
use http::Method;
use serde_json::Value;
use tokio::sync::mpsc::Receiver;

use super::asked::Asked;
use super::problem::Problem;
use super::{events, facts, faults, lists, requests, state, time};

/// A path, and what it does.
#[derive(Debug)]
pub(crate) struct Route {
    pub(crate) method: Method,
    /// Below `/_vod`. `{…}` is the variable part.
    pub(crate) path: &'static str,
    /// What it does, in a sentence.
    pub(crate) doc: &'static str,
    pub(super) handler: Handler,
}

type Run = fn(&mut Asked<'_>) -> Result<Content, Problem>;

pub(super) struct Handler(pub(super) Run);

impl fmt::Debug for Handler {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Handler")
    }
}

/// What is answered with a success.
#[derive(Debug)]
pub(super) enum Content {
    Json(Value),
    Text(&'static str, &'static str),
    Page,
    Moved(&'static str),
    Live(Receiver<Bytes>),
}

/// All paths, for the guide.
pub(crate) fn routes() -> &'static [Route] {
    ROUTES
}

impl Route {
    const fn new(method: Method, path: &'static str, doc: &'static str, run: Run) -> Self {
        Self {
            method,
            path,
            doc,
            handler: Handler(run),
        }
    }

    /// The variable part of a path of this route, or nothing if it has none.
    pub(super) fn matches(&self, path: &str) -> Option<String> {
        let Some((before, rest)) = self.path.split_once('{') else {
            return (self.path == path).then(String::new);
        };
        let (_, after) = rest.split_once('}')?;
        let id = path.strip_prefix(before)?.strip_suffix(after)?;
        (!id.is_empty() && !id.contains('/')).then(|| id.to_owned())
    }
}

const GET: Method = Method::GET;
const PUT: Method = Method::PUT;
const POST: Method = Method::POST;
const PATCH: Method = Method::PATCH;
const DELETE: Method = Method::DELETE;

/// Words before variable parts: the first that fits is taken.
pub(super) static ROUTES: &[Route] = &[
    Route::new(GET, "", "Leads to the page.", |_| {
        Ok(Content::Moved("/_vod/"))
    }),
    Route::new(GET, "/", "The page for a browser.", |_| Ok(Content::Page)),
    Route::new(
        GET,
        "/health",
        "Version, uptime and settings.",
        facts::health,
    ),
    Route::new(
        GET,
        "/openapi.json",
        "The API of VOD as an OpenAPI document.",
        facts::openapi,
    ),
    Route::new(
        GET,
        "/facts",
        "What has state, and on what each behaviour rests.",
        facts::facts,
    ),
    Route::new(GET, "/routes", "This table.", facts::routes),
    Route::new(POST, "/stop", "Stops the server.", facts::stop),
    Route::new(
        POST,
        "/reset",
        "Goes back to the seed; `?project=` for one project.",
        state::reset,
    ),
    Route::new(
        GET,
        "/state",
        "The state as one document; `?project=` for one.",
        state::show,
    ),
    Route::new(
        PUT,
        "/state",
        "Replaces the state; `?project=` for one project.",
        state::replace,
    ),
    Route::new(
        POST,
        "/seed",
        "Sets the state that a reset goes back to, and resets.",
        state::seed,
    ),
    Route::new(
        GET,
        "/projects",
        "The ids of the projects that were used.",
        state::projects,
    ),
    Route::new(
        GET,
        "/assets",
        "Media assets, the newest first; `?limit=`.",
        lists::assets,
    ),
    Route::new(GET, "/assets/{id}", "A media asset.", state::asset),
    Route::new(
        PATCH,
        "/assets/{id}",
        "Changes members of a media asset.",
        state::change_asset,
    ),
    Route::new(
        GET,
        "/tasks",
        "Tasks, the newest first; `?limit=`.",
        lists::tasks,
    ),
    Route::new(GET, "/tasks/{id}", "A task.", state::task),
    Route::new(
        PATCH,
        "/tasks/{id}",
        "Has a task begin or end, or changes it.",
        state::change_task,
    ),
    Route::new(
        GET,
        "/uploads",
        "Uploads in parts that are open, with their parts.",
        lists::uploads,
    ),
    Route::new(
        GET,
        "/events",
        "The last 1,000 events of each project and what became of them, the oldest first.",
        events::list,
    ),
    Route::new(
        POST,
        "/events/{number}/redeliver",
        "Sends an event once more to the server of `--callback`.",
        events::redeliver,
    ),
    Route::new(
        GET,
        "/clock",
        "The time of day of the service.",
        time::clock,
    ),
    Route::new(
        PUT,
        "/clock",
        "Sets the clock: `now`, `mode`.",
        time::set_clock,
    ),
    Route::new(
        POST,
        "/clock/advance",
        "Moves the clock on by `seconds`.",
        time::advance,
    ),
    Route::new(GET, "/progress", "When tasks go on.", time::progress),
    Route::new(
        PUT,
        "/progress",
        "Sets when tasks go on.",
        time::set_progress,
    ),
    Route::new(
        GET,
        "/faults",
        "Failures that were asked for.",
        faults::list,
    ),
    Route::new(POST, "/faults", "Asks for a failure.", faults::add),
    Route::new(DELETE, "/faults", "Takes back all failures.", faults::clear),
    Route::new(
        DELETE,
        "/faults/{id}",
        "Takes back a failure.",
        faults::remove,
    ),
    Route::new(
        GET,
        "/requests",
        "The last 1,000 requests, the oldest first.",
        requests::list,
    ),
    Route::new(
        DELETE,
        "/requests",
        "Forgets the requests.",
        requests::clear,
    ),
    Route::new(
        GET,
        "/requests/stream",
        "Requests as they come, as SSE.",
        requests::stream,
    ),
    Route::new(
        GET,
        "/requests/{number}",
        "A request and its answer.",
        requests::one,
    ),
];
