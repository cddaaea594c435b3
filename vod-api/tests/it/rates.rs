//! Clients that keep to the documented limits per minute.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::Instant;
use vod_api::Operation;
use vod_api::model::ListAssetListRequest;
use vod_local::{Reply, Service};

const MINUTE: Duration = Duration::from_secs(60);

/// A service that notes when requests come.
async fn start() -> (Service, Arc<Mutex<Vec<Instant>>>) {
    let service = Service::start().await.unwrap();
    let times = Arc::<Mutex<Vec<Instant>>>::default();
    let notes = times.clone();
    service.respond(move |_| {
        notes.lock().unwrap().push(Instant::now());
        Reply::documented()
    });
    (service, times)
}

/// The largest number of requests in any minute.
fn busiest_minute(times: &[Instant]) -> usize {
    let in_minute = |start: &Instant| {
        let later = times.iter().filter(|it| *it >= start);
        later.filter(|it| **it < *start + MINUTE).count()
    };
    times.iter().map(in_minute).max().unwrap_or(0)
}

#[tokio::test(start_paused = true)]
async fn clones_keep_to_the_limit_together() {
    let (service, times) = start().await;
    let client = service.client().rate_limiting(true).build().unwrap();
    let limit = ListAssetListRequest::META.rate.unwrap().per_minute;
    let begin = Instant::now();
    let mut clones = JoinSet::new();
    for _ in 0..4 {
        let client = client.clone();
        clones.spawn(async move {
            for _ in 0..limit / 2 {
                // The default timeout is less than the wait, which does not count.
                client.list_asset_list().await.unwrap();
            }
        });
    }
    clones.join_all().await;
    let times = times.lock().unwrap();
    assert_eq!(times.len(), 2 * limit as usize);
    assert!(busiest_minute(&times) <= limit as usize);
    // All that are allowed at once, and the same number after a minute and a second.
    assert_eq!(begin.elapsed().as_secs(), 61);
}

#[tokio::test(start_paused = true)]
async fn each_attempt_counts() {
    let (service, _) = start().await;
    let client = service
        .client()
        .rate_limiting(true)
        .seed(1)
        .build()
        .unwrap();
    let limit = vod_api::model::DeleteAssetsRequest::META
        .rate
        .unwrap()
        .per_minute;
    service.reply(Reply::status(503).header("Retry-After", "0"));
    let begin = Instant::now();
    for _ in 1..limit {
        client.delete_assets(["a1"]).await.unwrap();
    }
    assert_eq!(begin.elapsed().as_secs(), 0);
    client.delete_assets(["a1"]).await.unwrap();
    assert_eq!(begin.elapsed().as_secs(), 61);
}

#[tokio::test(start_paused = true)]
async fn nobody_waits_unless_told_to() {
    let (service, times) = start().await;
    let client = service.client().build().unwrap();
    let begin = Instant::now();
    for _ in 0..150 {
        client.list_watermark_template().await.unwrap();
    }
    assert_eq!(times.lock().unwrap().len(), 150);
    assert_eq!(begin.elapsed().as_secs(), 0);
}
