//! Events that are sent to a server.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http_body_util::{BodyExt, Empty};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{HeaderMap, Request, Response};
use hyper_util::rt::TokioIo;
use serde_json::json;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use vod_api::notification::{Event, EventStatus, MfsVerifier};
use vod_local::{Local, Notifications, Progress};

use crate::{Stand, video};

const KEY: &str = "0123456789abcdef0123456789abcdef";

/// A server that keeps what it is sent.
struct Receiver {
    url: String,
    received: Arc<Mutex<Vec<(HeaderMap, Bytes)>>>,
    _server: JoinSet<()>,
}

impl Receiver {
    /// It refuses the first `refusals` requests.
    async fn start(refusals: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/events", listener.local_addr().unwrap());
        let received: Arc<Mutex<Vec<_>>> = Arc::default();
        let kept = received.clone();
        let mut server = JoinSet::new();
        server.spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let kept = kept.clone();
                let service = service_fn(async |request: Request<Incoming>| {
                    let (parts, body) = request.into_parts();
                    let body = body.collect().await.unwrap().to_bytes();
                    let mut kept = kept.lock().unwrap();
                    kept.push((parts.headers, body));
                    let status = if kept.len() <= refusals { 503 } else { 200 };
                    let reply = Response::builder().status(status);
                    Ok::<_, Infallible>(reply.body(Empty::<Bytes>::new()).unwrap())
                });
                let http = http1::Builder::new();
                let _ = http.serve_connection(TokioIo::new(stream), service).await;
            }
        });
        Self {
            url,
            received,
            _server: server,
        }
    }

    /// The events so far, after their signatures were checked.
    fn events(&self) -> Vec<Event> {
        let verifier = MfsVerifier::new(KEY).unwrap();
        let received = self.received.lock().unwrap();
        let events = received.iter().map(|(headers, body)| {
            let verified = verifier.verify(headers, body);
            verified.unwrap().into_event()
        });
        events.collect()
    }
}

fn types(events: &[Event]) -> Vec<&str> {
    events.iter().map(Event::event_type).collect()
}

#[tokio::test]
async fn events_come_signed_and_in_their_order() {
    let receiver = Receiver::start(0).await;
    let target = Notifications::to(&receiver.url).key(KEY);
    let stand = Stand::with(Local::builder().notify(target)).await;
    let request = video("[fail]").template_group_name("system_template_group");
    let id = stand.uploaded(request).await;
    stand.vod.delivered(4).await;

    let events = receiver.events();
    assert_eq!(
        types(&events),
        [
            "createComplete",
            "parseComplete",
            "coverComplete",
            "transcodeComplete"
        ]
    );
    assert!(events.iter().all(|event| event.asset_id() == Some(&id)));
    let last = events.last().unwrap();
    assert_eq!(last.status(), Some(&EventStatus::Failed));
    let code = last.error_code().unwrap();
    assert!(code.starts_with("VOD."), "{code}");

    let deliveries = stand.vod.deliveries();
    let sent: Vec<_> = deliveries.iter().map(|it| it.event.clone()).collect();
    assert_eq!(sent, stand.vod.events());
    let outcome = |status, attempts| (Some(status), attempts);
    let outcomes: Vec<_> = deliveries
        .iter()
        .map(|it| (it.status, it.attempts))
        .collect();
    assert_eq!(outcomes, [outcome(200, 1); 4]);
}

#[tokio::test(start_paused = true)]
async fn work_goes_on_although_nobody_asks() {
    let receiver = Receiver::start(0).await;
    let target = Notifications::to(&receiver.url).key(KEY);
    let hour = Duration::from_secs(3600);
    let progress = Progress::time(hour, hour);
    let stand = Stand::with(Local::builder().notify(target).progress(progress)).await;
    let start = tokio::time::Instant::now();
    let request = video("t").template_group_name("system_template_group");
    stand.uploaded(request).await;
    stand.vod.delivered(4).await;
    assert_eq!(types(&receiver.events()).last(), Some(&"transcodeComplete"));
    assert!(start.elapsed() >= 2 * hour);
}

#[tokio::test]
async fn a_clock_that_is_moved_on_has_work_go_on() {
    let receiver = Receiver::start(0).await;
    let target = Notifications::to(&receiver.url).key(KEY);
    let hour = Duration::from_secs(3600);
    let progress = Progress::time(hour, hour);
    let stand = Stand::with(Local::builder().notify(target).progress(progress)).await;
    let id = stand.uploaded(video("t")).await;
    let call = stand.client.create_asset_process_task(id);
    call.template_group_name("system_template_group")
        .await
        .unwrap();
    stand.vod.clock().advance(2 * hour);
    stand.vod.delivered(4).await;
    assert_eq!(types(&receiver.events()).last(), Some(&"transcodeComplete"));
}

#[tokio::test(start_paused = true)]
async fn an_event_is_sent_again_if_that_is_asked_for() {
    let receiver = Receiver::start(3).await;
    let target = Notifications::to(&receiver.url).key(KEY).attempts(3);
    let vod = Local::builder().notify(target).start().await.unwrap();
    let event = json!({"event_type": "somethingNew", "info": {}});
    vod.send_event(event.clone());
    vod.send_event(event.clone());
    vod.delivered(2).await;
    let attempts: Vec<_> = vod
        .deliveries()
        .iter()
        .map(|it| (it.status, it.attempts))
        .collect();
    assert_eq!(attempts, [(Some(503), 3), (Some(200), 1)]);
    assert_eq!(receiver.events().len(), 4);
    assert_eq!(vod.events(), [event.clone(), event]);
}

#[tokio::test]
async fn a_server_that_is_not_there_is_told() {
    let vod = Local::builder().notify(Notifications::to("http://127.0.0.1:1/secret"));
    let vod = vod.start().await.unwrap();
    vod.project("p")
        .send_event(json!({"event_type": "somethingNew"}));
    vod.delivered(1).await;
    let delivery = vod.deliveries().remove(0);
    assert_eq!((delivery.project_id.as_str(), delivery.status), ("p", None));
    let error = delivery.error.unwrap();
    assert!(
        error.contains("onnection refused") && !error.contains("secret"),
        "{error}"
    );
}

#[tokio::test]
async fn without_a_key_nothing_is_signed() {
    let receiver = Receiver::start(0).await;
    let vod = Local::builder().notify(Notifications::to(&receiver.url));
    let vod = vod.start().await.unwrap();
    vod.send_event(json!({"event_type": "somethingNew"}));
    vod.delivered(1).await;
    let received = receiver.received.lock().unwrap();
    let (headers, body) = &received[0];
    assert!(!headers.contains_key("auth_sign") && !headers.contains_key("auth_timestamp"));
    let event = vod_api::notification::read_unverified(body).unwrap();
    assert_eq!(event.event_type(), "somethingNew");
}

#[test]
fn neither_the_key_nor_the_url_shows() {
    let target = Notifications::to("http://127.0.0.1:1/?token=secret").key(KEY);
    let shown = format!("{target:?} {:?}", Local::builder().notify(target.clone()));
    assert!(!shown.contains(KEY) && !shown.contains("secret"), "{shown}");
}
