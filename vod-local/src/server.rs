//! The sockets: requests are read by hyper and answered as the script says.

use std::future::{pending, poll_fn};
use std::io;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use serde_json::{Map, Value};
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::assets::Call;
use crate::body::Body;
use crate::clock::Clock;
use crate::gateway::{Gateway, Reading, Refusal};
use crate::lock::lock;
use crate::objects::Objects;
use crate::parameters;
use crate::reply::{Action, Answer, Reply};
use crate::request::ReceivedRequest;
use crate::route::{self, Route};
use crate::script::Script;
use crate::store::Store;
use vod_api::Credentials;
use vod_api::operation::OperationMeta;
use vod_api::support::service::check_limits;

/// What the handle and the connections share.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) operations: &'static [&'static OperationMeta],
    /// Whether other operations are let through.
    pub(crate) accept_unknown: bool,
    /// Whether limits are checked.
    pub(crate) validate: bool,
    /// The one project there is.
    pub(crate) project_id: &'static str,
    /// Who may call.
    pub(crate) known: Mutex<Vec<Credentials>>,
    pub(crate) clock: Arc<Clock>,
    pub(crate) objects: Option<Objects>,
    pub(crate) script: Script,
    pub(crate) requests: Mutex<Vec<ReceivedRequest>>,
    /// How many requests there are.
    pub(crate) count: watch::Sender<usize>,
}

/// Runs until it is dropped, and takes its connections with it.
pub(crate) async fn serve(listener: TcpListener, state: Arc<State>) {
    let mut connections = JoinSet::new();
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                connections.spawn(connection(stream, state.clone()));
            }
            // The caller hung up before it was its turn, or the process is short of files for a moment.
            Err(_) => tokio::task::yield_now().await,
        }
        while connections.try_join_next().is_some() {}
    }
}

async fn connection(stream: TcpStream, state: Arc<State>) {
    let broken = Mutex::new(None);
    let service = service_fn(|request| {
        Box::pin(async {
            answer(&state, request).await.map_err(|end| {
                *lock(&broken) = Some(end);
                // Makes hyper hand the connection back.
                io::Error::other("not an HTTP reply")
            })
        })
    });
    let mut http = http1::Builder::new()
        .auto_date_header(false)
        .serve_connection(TokioIo::new(stream), service);
    let _ = poll_fn(|context| http.poll_without_shutdown(context)).await;
    let mut stream = http.into_parts().io.into_inner();
    // Errors mean that the client is gone.
    let end = lock(&broken).take();
    match end {
        Some(End::Reset) => return reset(stream),
        Some(End::Bytes(bytes)) => {
            let _ = stream.write_all(&bytes).await;
        }
        None => {}
    }
    let _ = stream.shutdown().await;
}

/// Drops the connection so that the client sees a reset and no orderly end.
fn reset(stream: TcpStream) {
    let _ = stream.set_zero_linger();
}

/// How a connection ends, if not with an HTTP reply.
enum End {
    Bytes(Bytes),
    Reset,
}

/// Reads a request and checks it.
async fn receive(
    state: &State,
    request: Request<Incoming>,
) -> hyper::Result<(
    ReceivedRequest,
    Result<Option<&'static OperationMeta>, Refusal>,
)> {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path().to_owned();
    let route = route::find(state.operations, &parts.method, &path);
    let mut request = ReceivedRequest {
        method: parts.method,
        path,
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: parts.headers,
        body: body.collect().await?.to_bytes(),
        operation: route.as_ref().map(|route| route.meta),
        parameters: Value::Null,
    };
    let mut values = Map::new();
    let read = route.as_ref().map_or(Ok(()), |route| {
        parameters::read(route, &request.query(), &request.body, &mut values)
    });
    request.parameters = Value::Object(values);
    let read = read.and_then(|()| match &route {
        Some(route) if state.validate => check_limits(route.meta, &request.parameters),
        _ => Ok(()),
    });
    let known = lock(&state.known);
    let gateway = Gateway {
        accept_unknown: state.accept_unknown,
        project_id: state.project_id,
        known: &known,
        now: state.clock.now(),
    };
    let verdict = gateway.check(Reading {
        request: &request,
        project_id: route.as_ref().and_then(Route::project_id),
        parameters: read,
    });
    drop(known);
    Ok((request, verdict))
}

async fn answer(state: &State, request: Request<Incoming>) -> Result<Response<Body>, End> {
    let date = || httpdate::fmt_http_date(state.clock.now());
    if let Some(objects) = &state.objects
        && Store::owns(request.uri().path())
    {
        // Files are not collected, as the requests to VOD are.
        let answer = objects.store.handle(request).await.ok_or(End::Reset)?;
        return Ok(answer.write(&[("date", &date())]));
    }
    if state.script.resets_unread() {
        return Err(End::Reset);
    }
    let (request, verdict) = receive(state, request).await.map_err(|_| End::Reset)?;
    let number = {
        let mut requests = lock(&state.requests);
        requests.push(request.clone());
        // Under the lock, so that the count never goes back.
        state.count.send_replace(requests.len());
        requests.len()
    };
    let id = format!("request-{number}");
    let (meta, reply) = match verdict {
        Ok(meta) => (meta, reply_to(state, &request)),
        Err(refusal) => (None, refusal.into_reply(&id)),
    };
    if !reply.delay.is_zero() {
        tokio::time::sleep(reply.delay).await;
    }
    let action = match reply.action {
        Action::Documented => from_state(state, &request).map_or_else(
            || Action::Answer(Answer::documented(meta)),
            |reply| reply.action,
        ),
        action => action,
    };
    let date = date();
    let always = [("x-request-id", id.as_str()), ("date", &date)];
    match action {
        Action::Documented => Ok(Answer::documented(meta).write(&always)),
        Action::Answer(answer) => Ok(answer.write(&always)),
        Action::CutOff(answer) => Err(End::Bytes(half(&answer.write(&always)).into())),
        Action::Raw(bytes) => Err(End::Bytes(bytes)),
        Action::Reset | Action::ResetUnread => Err(End::Reset),
        Action::Never => pending().await,
    }
}

/// What to answer to a valid request.
fn reply_to(state: &State, request: &ReceivedRequest) -> Reply {
    let script = &state.script;
    script
        .next(request)
        .or_else(|| from_state(state, request))
        .or_else(|| script.unforeseen(request))
        .unwrap_or_else(Reply::documented)
}

/// The reply of an operation that has state.
fn from_state(state: &State, request: &ReceivedRequest) -> Option<Reply> {
    let objects = state.objects.as_ref()?;
    objects.assets.answer(&Call {
        operation: request.operation()?,
        parameters: request.parameters(),
        host: request.header("host").unwrap_or(&objects.host),
    })
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
