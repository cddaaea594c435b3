//! The example that cleans up: however it is interrupted, it tells what became of each media asset.

#[path = "../../examples/clean_up/clean.rs"]
mod clean;

use std::collections::BTreeSet;
use std::future::pending;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use fastrand::Rng;
use serde_json::{Value, json};
use tokio::sync::Notify;
use vod_api::model::DeleteAssetsRequest;
use vod_api::{Batched, Client, Retry};
use vod_local::{ReceivedRequest, Reply, Service};

use self::clean::{Done, created_before, delete};

/// How many media assets there are.
const COUNT: usize = 40 * DeleteAssetsRequest::BATCH_SIZE + 3;

fn ids(request: &ReceivedRequest) -> Vec<String> {
    serde_json::from_value(request.parameters()["asset_id"].clone()).unwrap()
}

fn all() -> Vec<String> {
    (0..COUNT).map(|it| format!("a{it:04}")).collect()
}

/// All ids in the order of the lists, each with the list that has it.
fn told(done: &Done) -> Vec<(&str, &'static str)> {
    let deleted = done.deleted.iter().map(|id| (id.as_str(), "deleted"));
    let failed = done.failed.iter().map(|(id, _)| (id.as_str(), "failed"));
    let unsent = done.unsent.iter().map(|id| (id.as_str(), "unsent"));
    let unknown = done.unknown.iter().map(|id| (id.as_str(), "unknown"));
    let mut told: Vec<_> = deleted.chain(failed).chain(unsent).chain(unknown).collect();
    told.sort_unstable();
    told
}

#[tokio::test]
async fn interrupted_at_ten_moments_it_tells_what_became_of_each() {
    let mut rng = Rng::with_seed(17);
    let moments: Vec<_> = std::iter::repeat_with(|| rng.usize(1..=41))
        .take(10)
        .collect();
    for moment in moments {
        let service = Service::start().await.unwrap();
        let client = service
            .client()
            .retry_policy(Retry::never())
            .build()
            .unwrap();
        let interrupt = Arc::new(Notify::new());
        let deleted = Arc::new(Mutex::new(BTreeSet::new()));
        let (interrupts, deletes) = (interrupt.clone(), deleted.clone());
        let left_out = Arc::new(Mutex::new(BTreeSet::new()));
        let leaves_out = left_out.clone();
        let (seed, calls) = (rng.u64(..), AtomicUsize::new(0));
        service.respond(move |request| {
            let call = calls.fetch_add(1, Ordering::Relaxed) + 1;
            if call == moment {
                interrupts.notify_one();
            }
            let mut rng = Rng::with_seed(seed ^ call as u64);
            if rng.u8(..) < 30 {
                return Reply::error(400, "VOD.10053", "No.");
            }
            let results = ids(request).into_iter().filter_map(|id| match rng.u8(..) {
                0..30 => Some(json!({ "asset_id": id, "status": "FAILED" })),
                30..50 => Some(json!({ "asset_id": id, "status": "UNKNOW" })),
                50..60 => {
                    leaves_out.lock().unwrap().insert(id);
                    None
                }
                _ => {
                    deletes.lock().unwrap().insert(id.clone());
                    Some(json!({ "asset_id": id, "status": "DELETED" }))
                }
            });
            Reply::json(
                200,
                json!({ "delete_result_array": results.collect::<Vec<_>>() }),
            )
        });

        let done = delete(&client, all(), || interrupt.notified()).await;
        let told = told(&done);
        let names: Vec<_> = told.iter().map(|(id, _)| *id).collect();
        assert_eq!(names, all(), "interrupted by call {moment}");
        assert_eq!(
            done.unknown.iter().cloned().collect::<BTreeSet<_>>(),
            *left_out.lock().unwrap()
        );
        let sent: BTreeSet<_> = service.requests().iter().flat_map(ids).collect();
        let unsent: BTreeSet<_> = done.unsent.iter().cloned().collect();
        assert!(sent.is_disjoint(&unsent), "interrupted by call {moment}");
        assert_eq!(sent.len() + unsent.len(), COUNT);
        assert_eq!(
            done.deleted.iter().cloned().collect::<BTreeSet<_>>(),
            *deleted.lock().unwrap()
        );
        // Those that run at the same time, at most.
        let calls = service.requests().len();
        assert!(
            (moment..moment + 4).contains(&calls),
            "{calls} calls, interrupted by {moment}"
        );
    }
}

#[tokio::test]
async fn interrupted_twice_it_tells_what_is_not_known() {
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    service.respond(|_| Reply::never());
    // Twice, as soon as four calls are under way.
    let interrupt = || async { service.received(4).await };
    let done = delete(&client, all(), interrupt).await;
    let names: Vec<_> = told(&done)
        .iter()
        .map(|(id, _)| *id)
        .map(str::to_owned)
        .collect();
    assert_eq!(names, all());
    assert_eq!(done.unknown.len(), 4 * DeleteAssetsRequest::BATCH_SIZE);
    assert_eq!(done.unknown, all()[..done.unknown.len()]);
    assert_eq!(done.unsent, all()[done.unknown.len()..]);
}

#[tokio::test]
async fn all_are_listed_before_any_is_deleted() {
    let service = Service::start().await.unwrap();
    let client: Client = service.client().build().unwrap();
    let left = Mutex::new(all());
    service.respond(move |request| {
        let mut left = left.lock().unwrap();
        if request.operation() == Some("DeleteAssets") {
            let gone = ids(request);
            left.retain(|id| !gone.contains(id));
            let results = gone
                .iter()
                .map(|id| json!({ "asset_id": id, "status": "DELETED" }));
            return Reply::json(
                200,
                json!({ "delete_result_array": results.collect::<Vec<_>>() }),
            );
        }
        let number = |name: &str| request.parameters()[name].as_u64().unwrap_or(0) as usize;
        let (page, size) = (number("page"), number("size"));
        let assets = left.iter().skip(page * size).take(size);
        let assets: Vec<Value> = assets.map(|id| json!({ "asset_id": id })).collect();
        Reply::json(200, json!({ "assets": assets, "total": left.len() }))
    });
    let found = created_before(&client, "20200101000000").await.unwrap();
    assert_eq!(found, all());
    let done = delete(&client, found, pending).await;
    assert_eq!(done.deleted, all());
    assert_eq!(
        created_before(&client, "20200101000000").await.unwrap(),
        [""; 0]
    );
}
