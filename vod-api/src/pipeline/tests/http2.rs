//! Calls over HTTP/2, where the host travels as `:authority` and many calls share one connection.

use std::future::pending;
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Version};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::server::conn::http2;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::TcpListener;
use tokio::sync::{Barrier, Notify};
use tokio::time::Instant;

use crate::sign::{Claim, Parts};
use crate::transport::Patience;
use crate::{Client, Credentials, Retry, Sent};

/// So many that they are under way at the same time.
const CALLS: usize = 20;

struct Received {
    version: Version,
    authority: String,
    path: String,
    query: String,
    headers: HeaderMap,
    body: Bytes,
}

#[tokio::test]
async fn calls_share_a_connection_and_their_signatures_hold() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let host = listener.local_addr().unwrap().to_string();
    let received = Arc::new(Mutex::new(Vec::new()));
    let connections = Arc::new(AtomicUsize::new(0));
    tokio::spawn(serve(listener, received.clone(), connections.clone()));

    let client = client(&host, Duration::from_secs(30));
    let call = |number: usize| client.update_asset_meta("a").title(format!("t {number}"));
    let calls = (0..CALLS).map(|number| tokio::spawn(call(number).send()));
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap().unwrap();
    }

    assert_eq!(connections.load(Ordering::Relaxed), 1);
    let received = received.lock().unwrap();
    assert_eq!(received.len(), CALLS);
    for request in received.iter() {
        assert_eq!(request.version, Version::HTTP_2);
        assert_eq!(request.authority, host);
        let mut headers = vec![("host", request.authority.as_str())];
        headers.extend(
            request
                .headers
                .iter()
                .map(|(name, value)| (name.as_str(), value.to_str().unwrap())),
        );
        let claim = Claim::parse(request.headers["authorization"].to_str().unwrap()).unwrap();
        let parts = Parts {
            method: "PUT",
            path: &request.path,
            query: &request.query,
            headers: &headers,
            body: &request.body,
        };
        assert!(claim.holds(&parts, "secret"));
    }
}

/// A client with the usual settings of a connection, but without TLS, which would negotiate HTTP/2.
fn client(host: &str, attempt: Duration) -> Client {
    let patience = Patience {
        connecting: None,
        attempt: Some(attempt),
    };
    let http = patience.set_up(reqwest::Client::builder());
    let http = http.http2_prior_knowledge().no_proxy();
    Client::builder()
        .http_client(http.build().unwrap())
        .attempt_timeout(attempt)
        .endpoint(format!("http://{host}"))
        .project_id("p1")
        .credentials(Credentials::new("access", "secret"))
        .build()
        .unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_says_nothing_any_more_is_given_up() {
    for attempt in [Duration::from_secs(30), Duration::from_secs(2)] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let host = listener.local_addr().unwrap().to_string();
        let silence = Arc::new(Notify::new());
        tokio::spawn(fall_silent(listener, silence.clone()));
        let client = client(&host, attempt);
        let call = || client.delete_thumbnails().asset_id("a");
        assert_eq!(call().await.unwrap().meta().attempts(), 1);

        silence.notify_one();
        let start = Instant::now();
        let reply = call().await.unwrap();
        assert_eq!(reply.meta().attempts(), 2);
        // Long before the attempt is over; then there is a wait of up to half a second.
        let took = start.elapsed();
        assert!(took < attempt / 2 + Duration::from_millis(510), "{took:?}");
    }
}

/// Answers requests until it is told to stop on its first connection, which stays open.
async fn fall_silent(listener: TcpListener, silence: Arc<Notify>) {
    let mut first = true;
    while let Ok((stream, _)) = listener.accept().await {
        let answer = service_fn(|_: Request<Incoming>| async {
            Ok::<_, hyper::Error>(Response::new(Full::new(Bytes::from_static(b"{}"))))
        });
        let http = http2::Builder::new(TokioExecutor::new());
        let connection = http.serve_connection(TokioIo::new(stream), answer);
        let (silence, falls_silent) = (silence.clone(), std::mem::take(&mut first));
        tokio::spawn(async move {
            let mut connection = pin!(connection);
            tokio::select! {
                biased;
                () = silence.notified(), if falls_silent => pending().await,
                _ = &mut connection => {}
            }
        });
    }
}

#[tokio::test(start_paused = true)]
async fn requests_that_were_not_begun_are_repeated_by_the_policy_alone() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let host = listener.local_addr().unwrap().to_string();
    let count = Arc::new(AtomicUsize::new(0));
    let seen = count.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let seen = seen.clone();
            let refuse = move |_: Request<Incoming>| {
                let number = seen.fetch_add(1, Ordering::Relaxed);
                async move {
                    match number % 2 {
                        0 => Err(h2::Error::from(h2::Reason::REFUSED_STREAM)),
                        _ => Ok(Response::new(Full::new(Bytes::from_static(b"{}")))),
                    }
                }
            };
            let http = http2::Builder::new(TokioExecutor::new());
            tokio::spawn(http.serve_connection(TokioIo::new(stream), service_fn(refuse)));
        }
    });
    let client = client(&host, Duration::from_secs(30));
    let call = || client.create_asset_category("film");
    let reply = call().await.unwrap();
    assert_eq!(reply.meta().attempts(), 2);
    assert_eq!(count.load(Ordering::Relaxed), 2);
    let error = call().with_retry_policy(Retry::never()).await.unwrap_err();
    assert_eq!((error.attempts(), error.was_sent()), (1, Sent::No));
    assert_eq!(count.load(Ordering::Relaxed), 3);
}

/// Answers no request before all have come.
async fn serve(
    listener: TcpListener,
    received: Arc<Mutex<Vec<Received>>>,
    connections: Arc<AtomicUsize>,
) {
    let together = Arc::new(Barrier::new(CALLS));
    while let Ok((stream, _)) = listener.accept().await {
        connections.fetch_add(1, Ordering::Relaxed);
        let (received, together) = (received.clone(), together.clone());
        let answer = move |request: Request<Incoming>| {
            let (received, together) = (received.clone(), together.clone());
            async move {
                let (parts, body) = request.into_parts();
                let body = body.collect().await?.to_bytes();
                received.lock().unwrap().push(Received {
                    version: parts.version,
                    authority: parts.uri.authority().unwrap().to_string(),
                    path: parts.uri.path().to_owned(),
                    query: parts.uri.query().unwrap_or_default().to_owned(),
                    headers: parts.headers,
                    body,
                });
                together.wait().await;
                Ok::<_, hyper::Error>(Response::new(Full::new(Bytes::from_static(b"{}"))))
            }
        };
        let http = http2::Builder::new(TokioExecutor::new());
        tokio::spawn(http.serve_connection(TokioIo::new(stream), service_fn(answer)));
    }
}
