//! A server on hyper that is told of events: at `POST /mfs` by the channel MFS, at `POST /smn` by
//! messages of SMN.
//!
//! Without arguments, it sends itself a few, real ones and others, and ends:
//!
//! ```sh
//! cargo run --example notified
//! ```
//!
//! With an address, the topic of SMN and the key of the console, it serves until it is stopped:
//!
//! ```sh
//! export NOTIFICATION_KEY=…
//! cargo run --example notified -- 127.0.0.1:8080 urn:smn:cn-north-4:0123456789abcdef0123456789abcdef:vod
//! ```
//!
//! The service has to reach it from outside, which takes a server in front that speaks TLS.

mod certificate;
mod sender;

use std::convert::Infallible;
use std::env;
use std::io;
use std::sync::Arc;

use http_body_util::{BodyExt, Empty, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::sync::mpsc::{self, Sender};
use vod_api::notification::smn::{CheckOptions, Message, Verified};
use vod_api::notification::{Event, MAX_BODY, MfsVerifier, VerifiedEvent};
use vod_api::reqwest;

use self::certificate::{Certificates, holds};

type Failure = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let (events, mut waiting) = mpsc::channel(1000);
    match arguments.as_slice() {
        [] => {
            let sender = sender::Sender::new()?;
            let server = Server {
                verifier: sender.verifier.clone(),
                options: CheckOptions::new(sender::TOPIC),
                certificates: Certificates::default(),
                events,
            };
            // Otherwise it would be downloaded.
            server.certificates.keep(sender::CERTIFICATE, sender.pem()?);
            let listener = TcpListener::bind("127.0.0.1:0").await?;
            let address = format!("http://{}", listener.local_addr()?);
            tokio::spawn(serve(listener, server));
            sender.send(&address).await?;
            while let Ok(event) = waiting.try_recv() {
                work(&event);
            }
        }
        [address, topic] => {
            let server = Server {
                verifier: MfsVerifier::new(env::var("NOTIFICATION_KEY")?)?,
                options: CheckOptions::new(topic),
                certificates: Certificates::default(),
                events,
            };
            tokio::spawn(async move {
                while let Some(event) = waiting.recv().await {
                    work(&event);
                }
            });
            serve(TcpListener::bind(address).await?, server).await?;
        }
        _ => return Err("usage: notified [ADDRESS TOPIC]".into()),
    }
    Ok(())
}

/// What is done for an event, after the service has its answer. The same event can come twice.
fn work(event: &Event) {
    println!("working on {}", event.event_type());
}

struct Server {
    verifier: MfsVerifier,
    options: CheckOptions,
    certificates: Certificates,
    /// Events to work on. A server that may lose none keeps them in a table or a queue that
    /// survives it.
    events: Sender<Event>,
}

async fn serve(listener: TcpListener, server: Server) -> io::Result<()> {
    let server = Arc::new(server);
    loop {
        let (stream, _) = listener.accept().await?;
        let server = server.clone();
        tokio::spawn(async move {
            let service = service_fn(|request| handle(&server, request));
            let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
            if let Err(error) = connection.await {
                eprintln!("a connection broke: {error}");
            }
        });
    }
}

async fn handle(
    server: &Server,
    request: Request<Incoming>,
) -> Result<Response<Empty<Bytes>>, Infallible> {
    let done = match (request.method(), request.uri().path()) {
        (&Method::POST, "/mfs" | "/smn") => receive(server, request).await,
        _ => Err(Refusal(
            StatusCode::NOT_FOUND,
            "there is nothing here".into(),
        )),
    };
    let mut answer = Response::new(Empty::new());
    if let Err(Refusal(status, error)) = done {
        // For the operator. Whoever has sent this learns nothing.
        println!("{status}: {error}");
        *answer.status_mut() = status;
    }
    Ok(answer)
}

/// How a request is answered that was not accepted, and why.
struct Refusal(StatusCode, Failure);

/// It is not from the service.
fn theirs(error: impl Into<Failure>) -> Refusal {
    Refusal(StatusCode::FORBIDDEN, error.into())
}

/// It may be from the service, which may send it again.
fn ours(error: impl Into<Failure>) -> Refusal {
    Refusal(StatusCode::SERVICE_UNAVAILABLE, error.into())
}

async fn receive(server: &Server, request: Request<Incoming>) -> Result<(), Refusal> {
    let (head, body) = request.into_parts();
    let body = Limited::new(body, MAX_BODY).collect().await;
    let body = body.map_err(theirs)?.to_bytes();
    let event = if head.uri.path() == "/mfs" {
        let verified = server.verifier.verify(&head.headers, &body);
        Some(verified.map_err(theirs)?)
    } else {
        message(server, &body).await?
    };
    match event {
        Some(event) => server.events.try_send(event.into_event()).map_err(ours),
        None => Ok(()),
    }
}

/// A message of SMN: its event, if it is about one.
async fn message(server: &Server, body: &[u8]) -> Result<Option<VerifiedEvent>, Refusal> {
    let message = Message::read(body).map_err(theirs)?;
    let message = message.check(&server.options).map_err(theirs)?;
    let certificate = server.certificates.get(message.signing_cert_url()).await;
    let certificate = certificate.map_err(ours)?;
    let verified = message.verify(|text, signature| holds(&certificate, text, signature));
    match verified.map_err(theirs)? {
        Verified::Event(event) => return Ok(Some(event)),
        Verified::Subscription(subscription) => {
            // The message has its answer first.
            tokio::spawn(async move {
                match subscription.confirm(reqwest::Client::builder()).await {
                    Ok(()) => println!("subscribed to {}", subscription.topic_urn()),
                    Err(error) => eprintln!("{error}"),
                }
            });
        }
        _ => println!("no longer subscribed"),
    }
    Ok(None)
}
