//! `vod events listen`: a server for notifications, on this machine.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use clap::{ArgMatches, Command, value_parser};
use http_body_util::{BodyExt, Empty, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;
use vod_api::http::HeaderMap;
use vod_api::notification::{MAX_BODY, MfsVerifier};

use super::post::Target;
use super::shown::{Shown, of_body};
use super::{max_age, verifier};
use crate::commands::flag;
use crate::exit::{Exit, Failure};
use crate::session::Session;

/// The usual port.
const PORT: u16 = 8864;

pub(super) fn command() -> Command {
    Command::new("listen")
        .about("Receives notifications, and shows those whose signature is right")
        .after_help(
            "The service has to reach this machine: name an address of it on the console, or that \
             of a proxy in front.\nRequests without a right signature are answered with 401.",
        )
        .arg(
            flag::value(
                "port",
                "PORT",
                "The port; 8864 by default, 0 for any that is free",
            )
            .value_parser(value_parser!(u16)),
        )
        .arg(
            flag::value(
                "host",
                "ADDRESS",
                "The address of this machine to listen on; 127.0.0.1 by default",
            )
            .value_parser(value_parser!(IpAddr)),
        )
        .arg(flag::value(
            "forward-to",
            "URL",
            "Sends what is right on to this server, as it came, and answers as it does",
        ))
        .arg(
            flag::value("count", "N", "Ends after so many events")
                .value_parser(value_parser!(u64).range(1..)),
        )
        .arg(max_age())
}

pub(super) async fn run(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let count = matches.get_one::<u64>("count").copied();
    let target = matches.get_one::<String>("forward-to");
    let target = target
        .map(|url| Target::new("--forward-to", url))
        .transpose()?;
    let printer = Shown::printer(session)?;
    let mut shown = Shown::new(session, &printer);
    let verifier = verifier(session, matches.get_one::<Duration>("max-age").copied()).await?;
    let desk = Desk { verifier, target };
    let mut server = Server::bind(session, matches).await?;
    let interrupt = session.io.interrupt.clone();
    let listening = async {
        let mut events = 0;
        while count.is_none_or(|count| events < count) {
            let arrived = server.next().await;
            let (status, event) = desk.take(session, &arrived).await;
            if let Some(event) = event {
                shown.push(session, event)?;
                events += 1;
            }
            server.answer(arrived, status);
        }
        server.end().await;
        Ok(Exit::Done)
    };
    let ended = interrupt.unless(listening).await;
    shown.end()?;
    ended.unwrap_or_else(|signal| Ok(signal.into()))
}

/// Checks notifications, and sends them on.
struct Desk {
    verifier: MfsVerifier,
    target: Option<Target>,
}

impl Desk {
    /// What a request is answered with, and its event if it is right.
    async fn take(
        &self,
        session: &Session<'_>,
        arrived: &Arrived,
    ) -> (StatusCode, Option<serde_json::Value>) {
        let now = (session.io.now)();
        if let Err(error) = self
            .verifier
            .verify_at(&arrived.headers, &arrived.body, now)
        {
            session
                .messages
                .warn(&format!("a notification was refused: {error}"));
            return (StatusCode::UNAUTHORIZED, None);
        }
        let event = of_body(&arrived.body);
        let Some(target) = &self.target else {
            return (StatusCode::OK, Some(event));
        };
        let status = match target.post(&arrived.headers, arrived.body.to_vec()).await {
            Ok(status) => {
                if !status.is_success() {
                    let text = format!("--forward-to: the server answered with {status}");
                    session.messages.warn(&text);
                }
                status
            }
            Err(failure) => {
                session.messages.warn(&format!("--forward-to: {failure}"));
                StatusCode::BAD_GATEWAY
            }
        };
        (status, Some(event))
    }
}

/// A request that waits for its answer.
struct Arrived {
    headers: HeaderMap,
    body: Bytes,
    answer: oneshot::Sender<StatusCode>,
}

/// Requests, one after the other.
struct Server {
    listener: TcpListener,
    /// Each says at its end whether it brought a request that was answered.
    connections: JoinSet<bool>,
    arrive: mpsc::Sender<Arrived>,
    arrived: mpsc::Receiver<Arrived>,
    /// Answers that may still be on their way.
    open: usize,
}

impl Server {
    async fn bind(session: &Session<'_>, matches: &ArgMatches) -> Result<Self, Failure> {
        let host = matches
            .get_one("host")
            .copied()
            .unwrap_or(IpAddr::from([127, 0, 0, 1]));
        let port = matches.get_one("port").copied().unwrap_or(PORT);
        let address = SocketAddr::new(host, port);
        let failed = |error: std::io::Error| {
            Failure::usage_with(
                format!("--port: {address} cannot be listened on: {error}"),
                "--port 0 takes one that is free",
            )
        };
        let listener = TcpListener::bind(address).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        session
            .messages
            .progress(&format!("listening on http://{address}"));
        let (arrive, arrived) = mpsc::channel(1);
        Ok(Self {
            listener,
            connections: JoinSet::new(),
            arrive,
            arrived,
            open: 0,
        })
    }

    /// Waits for the next request.
    async fn next(&mut self) -> Arrived {
        loop {
            tokio::select! {
                Some(arrived) = self.arrived.recv() => return arrived,
                Some(ended) = self.connections.join_next() => self.ended(ended.ok()),
                accepted = self.listener.accept() => match accepted {
                    Ok((stream, _)) => {
                        self.connections.spawn(serve(stream, self.arrive.clone()));
                    }
                    // Such as too many open files: some are closed when connections end.
                    Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
                }
            }
        }
    }

    fn answer(&mut self, arrived: Arrived, status: StatusCode) {
        // Otherwise the sender is gone.
        if arrived.answer.send(status).is_ok() {
            self.open += 1;
        }
    }

    fn ended(&mut self, answered: Option<bool>) {
        if answered == Some(true) {
            self.open = self.open.saturating_sub(1);
        }
    }

    /// Waits until all answers are sent.
    async fn end(&mut self) {
        while self.open > 0 {
            match self.connections.join_next().await {
                Some(ended) => self.ended(ended.ok()),
                None => return,
            }
        }
    }
}

/// One request of a connection: whether it was answered.
async fn serve(stream: TcpStream, arrive: mpsc::Sender<Arrived>) -> bool {
    let answered = AtomicBool::new(false);
    let service = service_fn(|request: Request<Incoming>| async {
        let status = match status(request, &arrive).await {
            Ok(status) => {
                answered.store(true, Ordering::Relaxed);
                status
            }
            Err(status) => status,
        };
        let mut response = Response::new(Empty::<Bytes>::new());
        *response.status_mut() = status;
        Ok::<_, Infallible>(response)
    });
    // So that a connection ends with its answer.
    let mut http = http1::Builder::new();
    let http = http.keep_alive(false);
    // Errors mean that the sender is gone.
    let _ = http.serve_connection(TokioIo::new(stream), service).await;
    answered.into_inner()
}

/// What a request is answered with; an error if it is no notification.
async fn status(
    request: Request<Incoming>,
    arrive: &mpsc::Sender<Arrived>,
) -> Result<StatusCode, StatusCode> {
    if request.method() != Method::POST {
        return Err(StatusCode::METHOD_NOT_ALLOWED);
    }
    let (parts, body) = request.into_parts();
    let body = Limited::new(body, MAX_BODY).collect().await;
    let body = body.map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?;
    let (answer, status) = oneshot::channel();
    let arrived = Arrived {
        headers: parts.headers,
        body: body.to_bytes(),
        answer,
    };
    // Both fail if the command has ended in between.
    let sent = arrive.send(arrived).await;
    sent.map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
    status.await.map_err(|_| StatusCode::SERVICE_UNAVAILABLE)
}
