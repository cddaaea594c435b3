//! The admin interface below `/_vod`, of a server of its own.

mod asked;
mod events;
mod facts;
mod faults;
mod guard;
mod lists;
mod page;
mod problem;
mod requests;
mod routes;
mod state;
mod time;

use http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use http::{Method, Response, StatusCode};
use serde_json::Value;

use crate::arrival::{Arrival, Uncollected};
use crate::body::Body;
use crate::sockets::{Answering, End, Visit};
use crate::uri;
use asked::{Asked, Query};
use guard::Guard;
use problem::Problem;
use routes::{Content, Handler, ROUTES, Route};

/// The largest body, which is that of a state.
const LARGEST: usize = 256 << 20;

/// Answers a request to a path below `/_vod`.
pub(crate) fn answer(visit: Visit) -> Answering {
    Box::pin(async move {
        match visited(visit).await {
            Ok(Content::Json(value)) => Ok(json(StatusCode::OK, &value)),
            Ok(Content::Text(kind, text)) => Ok(reply(StatusCode::OK, kind, text.into())),
            Ok(Content::Page) => Ok(page::reply()),
            Ok(Content::Moved(place)) => Ok(moved(place)),
            Ok(Content::Live(chunks)) => Err(End::Live(chunks)),
            Err(Ending::Problem(problem)) => Ok(json(problem.status, &problem.body())),
            Err(Ending::Gone) => Err(End::Reset),
        }
    })
}

enum Ending {
    Problem(Problem),
    Gone,
}

impl From<Problem> for Ending {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

async fn visited(visit: Visit) -> Result<Content, Ending> {
    let Visit {
        state,
        peer,
        request,
    } = visit;
    let (parts, body) = request.into_parts();
    let (Some(standalone), Some(world)) = (&state.standalone, &state.world) else {
        return Err(Ending::Gone);
    };
    let guard = Guard {
        from_anywhere: standalone.admin_from_anywhere,
        public_url: standalone.public_url.as_deref(),
    };
    guard.check(peer, &parts.headers)?;
    let (route, id) = find(&parts.method, parts.uri.path())?;
    let mut asked = Asked {
        base: state.base(&parts.headers),
        id,
        query: Query::read(parts.uri.query().unwrap_or_default()),
        body: collect(body).await?,
        state: &state,
        standalone,
        world,
    };
    let Handler(run) = route.handler;
    let content = run(&mut asked)?;
    Ok(content)
}

async fn collect(body: Arrival) -> Result<bytes::Bytes, Ending> {
    body.collect(LARGEST).await.map_err(|error| match error {
        Uncollected::TooLarge => Problem::too_large(LARGEST).into(),
        Uncollected::Gone => Ending::Gone,
    })
}

/// The route of a request, and the variable part of its path.
fn find(method: &Method, path: &str) -> Result<(&'static Route, String), Problem> {
    let path = uri::decode(path);
    let path = path.strip_prefix("/_vod").unwrap_or(&path);
    let mut fitting = ROUTES
        .iter()
        .filter_map(|route| Some((route, route.matches(path)?)))
        .peekable();
    if fitting.peek().is_none() {
        let known = ROUTES.iter().map(|route| route.path);
        return Err(Problem::unknown("path", path, known).not_there());
    }
    // What has HEAD is answered as GET, and hyper leaves the body out.
    let method = match *method {
        Method::HEAD => &Method::GET,
        ref method => method,
    };
    let mut allowed = Vec::new();
    for (route, id) in fitting {
        if route.method == *method {
            return Ok((route, id));
        }
        allowed.push(route.method.as_str());
    }
    Err(Problem::method(&allowed.join(", ")))
}

fn json(status: StatusCode, value: &Value) -> Response<Body> {
    let text = serde_json::to_string_pretty(value).unwrap_or_default() + "\n";
    reply(status, "application/json", text.into())
}

fn reply(status: StatusCode, kind: &'static str, text: bytes::Bytes) -> Response<Body> {
    let mut reply = Response::new(Body::from(text));
    *reply.status_mut() = status;
    let headers = reply.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let nosniff = HeaderValue::from_static("nosniff");
    headers.insert("x-content-type-options", nosniff);
    reply
}

fn moved(place: &'static str) -> Response<Body> {
    let mut reply = Response::new(Body::default());
    *reply.status_mut() = StatusCode::PERMANENT_REDIRECT;
    let place = HeaderValue::from_static(place);
    reply.headers_mut().insert("location", place);
    reply
}
