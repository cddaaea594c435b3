//! The sockets: requests are read by hyper, and answered.

mod answer;
mod log;
mod receive;
mod state;

use std::future::poll_fn;
use std::io;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use crate::lock::lock;

pub(crate) use log::Requests;
pub(crate) use state::{State, Unknown};

pub(crate) const NO_RUNTIME: &str = "there is no tokio runtime: start the service in a function with #[tokio::test] or \
    #[tokio::main], or in Runtime::block_on";

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
            answer::answer(&state, request).await.map_err(|end| {
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
pub(crate) enum End {
    Bytes(Bytes),
    Reset,
}
