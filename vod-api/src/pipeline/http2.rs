//! Calls over HTTP/2, where the host travels as `:authority` and many calls share one connection.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::{HeaderMap, Version};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::server::conn::http2;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::TcpListener;
use tokio::sync::Barrier;

use crate::sign::{Claim, Parts};
use crate::{Client, Credentials};

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

    // With TLS the two sides would agree on HTTP/2 by themselves.
    let http = reqwest::Client::builder()
        .http2_prior_knowledge()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none());
    let client = Client::builder()
        .http_client(http.build().unwrap())
        .endpoint(format!("http://{host}"))
        .project_id("p1")
        .credentials(Credentials::new("access", "secret"))
        .build()
        .unwrap();
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
