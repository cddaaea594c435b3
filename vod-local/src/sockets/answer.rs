//! Who answers a request, and how.

use std::future::pending;
use std::net::SocketAddr;
use std::sync::Arc;

use http::request::Parts;
use hyper::{Request, Response};
use vod_api::operation::OperationMeta;

use super::receive::receive;
#[cfg(feature = "server")]
use super::standalone;
use super::{End, State};
use crate::arrival::{Arrival, Gone};
use crate::body::Body;
use crate::gateway::Refusal;
use crate::iam;
use crate::lock::lock;
use crate::reply::{Action, Answer, Reply};
use crate::request::ReceivedRequest;
use crate::store::Store;
use crate::trace::{Source, Trace};
use crate::viewers::{self, View};
use crate::world::{Place, Question, World};

/// The header of a reply that is the example of the docs, where others come from the state. Where a
/// viewer gets nothing it says why.
const SOURCE: (&str, &str) = ("X-Vod-Local", "example");

#[cfg_attr(
    not(feature = "server"),
    expect(unused_variables, reason = "only a server of its own looks at it")
)]
pub(super) async fn answer(
    state: &Arc<State>,
    peer: SocketAddr,
    request: Request<Arrival>,
) -> Result<Response<Body>, End> {
    #[cfg(feature = "server")]
    if let Some(standalone) = &state.standalone {
        return standalone::answer(state, standalone, peer, request).await;
    }
    respond(state, request, &mut Trace::default()).await
}

/// Answers as the service.
pub(super) async fn respond(
    state: &State,
    request: Request<Arrival>,
    trace: &mut Trace,
) -> Result<Response<Body>, End> {
    let date = || httpdate::fmt_http_date(state.clock.now());
    if let Some(world) = &state.world
        && Store::owns(request.uri().path())
    {
        // Files are not collected, as the requests to VOD are.
        trace.source = Source::Storage;
        let answer = world.store.handle(request).await.ok_or(End::Reset)?;
        return Ok(answer.write(&[("date", &date())]));
    }
    if state.script.resets_unread() {
        return Err(End::Reset);
    }
    if let Some(world) = state.world.as_ref().filter(|_| state.account.is_some())
        && viewers::owns(request.uri().path())
    {
        trace.source = Source::Viewers;
        let (parts, _) = request.into_parts();
        let reply = show(state, world, parts);
        return send(reply.action, None, &[("date", &date())]).await;
    }
    let (request, verdict) = receive(state, request).await.map_err(|Gone| End::Reset)?;
    let number = state.requests.add(request.clone());
    let id = format!("request-{number}");
    let (meta, reply) = match verdict {
        Ok(_) if iam::is_login(&request) => {
            trace.source = Source::Iam;
            (None, log_in(state, &request, number))
        }
        Ok(meta) => (meta, reply_to(state, &request, trace)),
        Err(refusal) => {
            trace.source = Source::Gateway;
            trace.comparison = refusal.comparison().cloned();
            (None, refusal.into_reply(&id))
        }
    };
    if !reply.delay.is_zero() {
        tokio::time::sleep(reply.delay).await;
    }
    let action = match reply.action {
        Action::Documented => {
            from_state(state, &request).map_or(reply.action, |reply| reply.action)
        }
        action => action,
    };
    trace.request = Some(request);
    let date = date();
    let always = [("x-request-id", id.as_str()), ("date", &date)];
    send(action, meta, &always).await
}

/// A file of a media asset, if the viewer may have it.
fn show(state: &State, world: &World, request: Parts) -> Reply {
    let base = &state.base(&request.headers);
    #[cfg(feature = "playback")]
    if let Some(validation) = &state.url_validation {
        let verified = match validation.check(&format!("{base}{}", request.uri), state.clock.now())
        {
            Ok(verified) => verified,
            Err(why) => return Reply::status(403).header(SOURCE.0, why.to_string()),
        };
        let path = verified.path();
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let folder = format!("{base}{folder}/");
        let reference = |name: &str| validation.reference(&folder, name, verified.made_at());
        let reference = &reference;
        return viewers::answer(
            world,
            request,
            &View {
                base,
                path,
                reference,
            },
        );
    }
    let path = &request.uri.path().to_owned();
    let reference = &|name: &str| name.to_owned();
    viewers::answer(
        world,
        request,
        &View {
            base,
            path,
            reference,
        },
    )
}

async fn send(
    action: Action,
    meta: Option<&'static OperationMeta>,
    always: &[(&'static str, &str)],
) -> Result<Response<Body>, End> {
    match action {
        Action::Documented => Ok(Answer::documented(meta).write(always)),
        Action::Answer(answer) => Ok(answer.write(always)),
        Action::CutOff(answer) => Err(End::Bytes(half(&answer.write(always)).into())),
        Action::Raw(bytes) => Err(End::Bytes(bytes)),
        Action::Reset | Action::ResetUnread => Err(End::Reset),
        Action::Never => pending().await,
    }
}

/// What to answer to a valid request.
fn reply_to(state: &State, request: &ReceivedRequest, trace: &mut Trace) -> Reply {
    let script = &state.script;
    trace.source = Source::Fault;
    #[cfg(feature = "server")]
    if let Some(standalone) = &state.standalone
        && let Some(reply) = standalone.failure(request)
    {
        return reply;
    }
    if let Some(reply) = script.next(request) {
        return reply;
    }
    trace.source = Source::State;
    if let Some(reply) = from_state(state, request) {
        return reply;
    }
    match &state.account {
        None => script.unforeseen(request).unwrap_or_else(Reply::documented),
        Some(account) if iam::owns(&request.path) => {
            trace.source = Source::Iam;
            account.answer(request)
        }
        Some(_) => {
            trace.source = Source::Example;
            let (name, value) = SOURCE;
            Reply::answer(Answer::documented(request.operation)).header(name, value)
        }
    }
}

/// The reply of an operation that has state.
fn from_state(state: &State, request: &ReceivedRequest) -> Option<Reply> {
    let world = state.world.as_ref()?;
    world.answer(&Question {
        operation: request.operation?,
        parameters: request.parameters(),
        place: Place {
            project_id: request.project_id.as_deref()?,
            base: &state.base(&request.headers),
        },
    })
}

fn log_in(state: &State, request: &ReceivedRequest, number: usize) -> Reply {
    let Some(account) = &state.account else {
        return Refusal::no_operation().into_reply("");
    };
    let (token, reply) = account.login(request, &state.clock, number);
    let mut known = lock(&state.known);
    let now = state.clock.now();
    known.retain(|known| known.expiry().is_none_or(|expiry| now < expiry));
    known.extend(token);
    reply
}

/// The reply as bytes, without the second half of its body.
fn half(reply: &Response<Body>) -> Vec<u8> {
    let status = reply.status();
    let mut bytes = format!(
        "HTTP/1.1 {} {}\r\n",
        status.as_u16(),
        status.canonical_reason().unwrap_or_default()
    )
    .into_bytes();
    for (name, value) in reply.headers() {
        for part in [name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"] {
            bytes.extend_from_slice(part);
        }
    }
    let body = &reply.body().start;
    let length = body.len().max(1);
    bytes.extend_from_slice(format!("content-length: {length}\r\n\r\n").as_bytes());
    bytes.extend(body.iter().take(length / 2));
    bytes
}
