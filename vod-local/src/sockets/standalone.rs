//! What a server of its own has, and a service in a test has not.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;
use hyper::{Request, Response};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio::sync::mpsc::Receiver;

use super::answer::respond;
use super::{Bounds, End, State, forwarded};
use crate::arrival::Arrival;
use crate::body::Body;
use crate::faults::Faults;
use crate::journal::Journal;
use crate::reply::Reply;
use crate::request::ReceivedRequest;
use crate::trace::Trace;

/// The parts of a server of its own.
#[derive(Debug)]
pub(crate) struct Standalone {
    pub(crate) started: Instant,
    pub(crate) bounds: Bounds,
    /// Answers requests to the paths below `/_vod`.
    pub(crate) desk: fn(Visit) -> Answering,
    pub(crate) journal: Journal,
    pub(crate) faults: Faults<Fault>,
    /// What URLs in replies begin with, if not with the host of the request.
    pub(crate) public_url: Option<String>,
    /// Whether a proxy in front of it is believed.
    pub(crate) proxy: Proxy,
    /// Whether others than this machine may visit the desk.
    pub(crate) admin_from_anywhere: bool,
    /// Tells the server to stop.
    pub(crate) stop: Notify,
}

/// Whether headers are believed that say what a proxy was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Proxy {
    Trusted,
    None,
}

/// A request for the desk.
#[derive(Debug)]
pub(crate) struct Visit {
    pub(crate) state: Arc<State>,
    pub(crate) peer: SocketAddr,
    pub(crate) request: Request<Arrival>,
}

/// What comes of it.
pub(crate) type Answering = Pin<Box<dyn Future<Output = Result<Response<Body>, End>> + Send>>;

/// A failure of the service.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    /// The operation, or `None` for any.
    pub(crate) operation: Option<String>,
    /// The project, or `None` for any.
    pub(crate) project: Option<String>,
    pub(crate) reply: Reply,
    /// As it was asked for.
    pub(crate) asked: Value,
}

impl Fault {
    fn is_for(&self, request: &ReceivedRequest) -> bool {
        let operation = self.operation.as_deref();
        let project = self.project.as_deref();
        (operation.is_none() || operation == request.operation())
            && (project.is_none() || project == request.project_id())
    }
}

impl Standalone {
    /// How a request fails, if it does.
    pub(super) fn failure(&self, request: &ReceivedRequest) -> Option<Reply> {
        self.faults
            .take(|fault| fault.is_for(request))
            .map(|fault| fault.reply)
    }
}

/// Answers a request, and notes it down.
pub(super) async fn answer(
    state: &Arc<State>,
    standalone: &Standalone,
    peer: SocketAddr,
    mut request: Request<Arrival>,
) -> Result<Response<Body>, End> {
    let path = request.uri().path();
    if path == "/_vod" || path.starts_with("/_vod/") {
        return (standalone.desk)(Visit {
            state: state.clone(),
            peer,
            request,
        })
        .await;
    }
    let mut trace = Trace::default();
    let entry = standalone.journal.begin(&request);
    if standalone.proxy == Proxy::Trusted {
        forwarded::restore_host(request.headers_mut());
    }
    let result = respond(state, request, &mut trace).await;
    match &result {
        Ok(reply) => entry.end(trace, Some(reply)),
        Err(_) => entry.end(trace, None),
    }
    result
}

/// Sends what comes until there is no more, or the client hangs up.
pub(super) async fn send_live(
    stream: &mut TcpStream,
    mut chunks: Receiver<Bytes>,
) -> io::Result<()> {
    let (mut read, mut write) = stream.split();
    let mut ignored = [0; 64];
    loop {
        tokio::select! {
            chunk = chunks.recv() => match chunk {
                Some(chunk) => write.write_all(&chunk).await?,
                None => return Ok(()),
            },
            read = read.read(&mut ignored) => {
                if read? == 0 {
                    return Ok(());
                }
            }
        }
    }
}
