//! The sockets: requests are read by hyper, and answered.

mod answer;
#[cfg(feature = "server")]
mod forwarded;
mod log;
mod receive;
#[cfg(feature = "server")]
mod standalone;
mod state;

use std::future::poll_fn;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use crate::arrival::Arrival;
use crate::lock::lock;

pub(crate) use log::Requests;
#[cfg(feature = "server")]
pub(crate) use standalone::{Answering, Fault, Proxy, Standalone, Visit};
#[cfg(feature = "server")]
pub(crate) use state::Bounds;
pub(crate) use state::{State, Unknown};

pub(crate) const NO_RUNTIME: &str = "there is no tokio runtime: start the service in a function with #[tokio::test] or \
    #[tokio::main], or in Runtime::block_on";

/// How long to wait for a file of the process to be closed, when there are none left.
const SHORT_OF_FILES: Duration = Duration::from_millis(10);

/// Runs until it is dropped, and takes its connections with it.
pub(crate) async fn serve(listener: TcpListener, state: Arc<State>) {
    let bounds = state.bounds();
    let mut connections = JoinSet::new();
    loop {
        let accepted = listener.accept().await;
        // Those that have ended make room.
        while connections.try_join_next().is_some() {}
        match accepted {
            Ok((stream, _)) if bounds.is_some_and(|it| connections.len() >= it.connections) => {
                turn_away(stream);
            }
            Ok((stream, peer)) => {
                connections.spawn(connection(stream, peer, state.clone()));
            }
            // The caller hung up before it was its turn.
            Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {}
            Err(_) => tokio::time::sleep(SHORT_OF_FILES).await,
        }
    }
}

/// Says that there are too many connections, and closes this one. Does not wait for anything.
fn turn_away(stream: TcpStream) {
    let reply = b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 1\r\ncontent-length: 0\r\n\
        connection: close\r\n\r\n";
    // Errors mean that the client is gone.
    let _ = stream.try_write(reply);
}

async fn connection(stream: TcpStream, peer: SocketAddr, state: Arc<State>) {
    let broken = Mutex::new(None);
    let bounds = state.bounds();
    let patience = bounds.map(|bounds| bounds.patience);
    let service = service_fn(|request: hyper::Request<_>| {
        Box::pin(async {
            let request = request.map(|body| Arrival::new(body, patience));
            answer::answer(&state, peer, request).await.map_err(|end| {
                *lock(&broken) = Some(end);
                // Makes hyper hand the connection back.
                io::Error::other("not an HTTP reply")
            })
        })
    });
    let mut http = http1::Builder::new();
    http.auto_date_header(false);
    if let Some(patience) = patience {
        // Between two requests as well.
        http.timer(TokioTimer::new()).header_read_timeout(patience);
    }
    let mut http = http.serve_connection(TokioIo::new(stream), service);
    let _ = poll_fn(|context| http.poll_without_shutdown(context)).await;
    let mut stream = http.into_parts().io.into_inner();
    // Errors mean that the client is gone.
    let end = lock(&broken).take();
    match end {
        Some(End::Reset) => return reset(stream),
        Some(End::Bytes(bytes)) => {
            let _ = stream.write_all(&bytes).await;
        }
        #[cfg(feature = "server")]
        Some(End::Live(chunks)) => {
            let _ = standalone::send_live(&mut stream, chunks).await;
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
#[derive(Debug)]
pub(crate) enum End {
    Bytes(Bytes),
    Reset,
    /// Bytes that come bit by bit, until one side has enough.
    #[cfg(feature = "server")]
    Live(tokio::sync::mpsc::Receiver<Bytes>),
}
