//! A call can be dropped at any point.

use std::collections::HashSet;
use std::future::{IntoFuture, poll_fn};
use std::sync::Mutex;
use std::task::Poll;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::time::{sleep, timeout};
use vod_api::Client;
use vod_local::{Reply, Service};

/// Polls a future so many times, each time that it is woken, and drops it then. Its output, if it came that far.
async fn poll_at_most<F: IntoFuture>(times: usize, future: F) -> Option<F::Output> {
    let mut future = Box::pin(future.into_future());
    let mut left = times;
    poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        match future.as_mut().poll(context) {
            Poll::Ready(output) => Poll::Ready(Some(output)),
            Poll::Pending if left == 0 => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

/// How often the service was asked about an asset.
fn requests(service: &Service, asset: &str) -> usize {
    let requests = service.requests();
    let of_asset = requests
        .iter()
        .filter(|request| request.parameters()["asset_id"] == asset);
    of_asset.count()
}

/// Long enough for all that could still happen, and for unused connections to be closed.
async fn wait() {
    sleep(Duration::from_secs(600)).await;
}

/// Each call fails once, and both of its attempts get a late reply.
async fn start() -> (Service, Client) {
    let service = Service::start().await.unwrap();
    let second = Duration::from_secs(1);
    let seen = Mutex::new(HashSet::new());
    service.respond(move |request| {
        let asset = request.parameters()["asset_id"].to_string();
        if seen.lock().unwrap().insert(asset) {
            Reply::status(503).header("Retry-After", "1").delay(second)
        } else {
            Reply::documented().delay(second)
        }
    });
    let client = service.client().build().unwrap();
    (service, client)
}

fn tasks() -> usize {
    Handle::current().metrics().num_alive_tasks()
}

/// After a call about `asset` was dropped: nothing of it goes on, and the client does. Gives how often the service was
/// asked.
async fn check(service: &Service, client: &Client, asset: &str) -> usize {
    let at_once = requests(service, asset);
    wait().await;
    let after = requests(service, asset);
    // What was on its way may have arrived.
    assert!(after <= at_once + 1, "{asset}: {at_once}, {after}");
    let next = format!("next to {asset}");
    let reply = client.delete_thumbnails().asset_id(&next).await.unwrap();
    assert_eq!(reply.meta().attempts(), 2);
    assert_eq!(requests(service, &next), 2);
    after
}

#[tokio::test(start_paused = true)]
async fn a_call_can_be_dropped_wherever_it_waits() {
    let (service, client) = start().await;
    check(&service, &client, "first").await;
    wait().await;
    let before = tasks();
    let mut finished = false;
    let mut reached = Vec::new();
    for polls in 0..100 {
        let asset = format!("a{polls}");
        let call = client.delete_thumbnails().asset_id(&asset);
        let result = poll_at_most(polls, call).await;
        finished = result.is_some_and(|result| result.is_ok());
        reached.push(check(&service, &client, &asset).await);
        wait().await;
        assert_eq!(tasks(), before, "after {polls} polls");
        if finished {
            break;
        }
    }
    assert!(finished && reached.is_sorted(), "{reached:?}");
    assert_eq!((reached[0], reached.last()), (0, Some(&2)));

    drop((client, service));
    wait().await;
    assert_eq!(tasks(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_call_can_be_dropped_at_any_time() {
    let (service, client) = start().await;
    check(&service, &client, "first").await;
    wait().await;
    let before = tasks();
    // A reply after 1 s, a wait of 1 s, a reply after 1 s.
    for tenths in 1..=31 {
        let asset = format!("a{tenths}");
        let call = client.delete_thumbnails().asset_id(&asset);
        let limited = timeout(Duration::from_millis(tenths * 100 - 50), call.into_future());
        assert_eq!(limited.await.is_ok(), tenths == 31);
        let reached = check(&service, &client, &asset).await;
        assert_eq!(reached, if tenths <= 20 { 1 } else { 2 }, "{tenths}");
        wait().await;
        assert_eq!(tasks(), before, "after {tenths} tenths of a second");
    }
    drop((client, service));
    wait().await;
    assert_eq!(tasks(), 0);
}

#[tokio::test(start_paused = true)]
async fn calls_of_others_go_on() {
    let (service, client) = start().await;
    let other = tokio::spawn(client.delete_thumbnails().asset_id("other").send());
    for polls in 0..8 {
        let call = client.delete_thumbnails().asset_id(format!("a{polls}"));
        let _ = poll_at_most(polls, call).await;
    }
    assert_eq!(other.await.unwrap().unwrap().meta().attempts(), 2);
    assert_eq!(requests(&service, "other"), 2);
}
