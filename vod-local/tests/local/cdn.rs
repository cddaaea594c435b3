//! Files on the nodes of the CDN are refreshed and pre-loaded.

use std::time::Duration;

use serde_json::{Value, json};
use vod_local::{Local, Progress};

use crate::{Stand, video};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// The URLs and the states in a reply.
fn outcomes(results: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let results = results.as_array().unwrap().iter();
    results
        .map(|it| (text(&it["url"]), text(&it["status"])))
        .collect()
}

#[tokio::test(start_paused = true)]
async fn a_client_waits_until_files_are_refreshed() {
    let progress = Progress::time(Duration::ZERO, Duration::from_secs(600));
    let stand = Stand::with(Local::builder().progress(progress)).await;
    let id = stand.uploaded(video("t")).await;
    let call = stand.client.refresh_asset().asset_ids([&*id]);
    let task = call.start().await.unwrap();
    let done = task.until_done().await.unwrap();
    assert_eq!(done.refresh_results.len(), 1);
    let waited = stand.client.refresh_asset().urls(["https://h/x.mp4"]);
    waited.start().await.unwrap().until_done().await.unwrap();
    let call = stand.client.create_preheating_asset().asset_id(&*id);
    call.start().await.unwrap().until_done().await.unwrap();
}

#[tokio::test]
async fn each_url_has_an_outcome() {
    let stand = Stand::with(Local::builder().progress(Progress::polls(2))).await;
    let good = stand.uploaded(video("t").template_group_name("hd")).await;
    let bad = stand.uploaded(video("[fail]")).await;
    // Work on the first goes on when somebody asks about it.
    for _ in 0..3 {
        stand.client.show_asset_detail(&*good).await.unwrap();
    }
    let request = json!({"asset_id_list": [good, bad], "urls": ["https://h/x.mp4"]});
    let task = stand.call("RefreshAsset", request).await.unwrap();
    let mut states = Vec::new();
    for _ in 0..3 {
        let shown = stand.call("ShowRefreshResult", task.clone()).await.unwrap();
        states.push(outcomes(&shown["refresh_results"]));
    }
    // The given URL, the source and the outputs of the first, and the source of the second.
    assert_eq!(states[0].len(), 1 + 4 + 1);
    assert_eq!(states[0], states[1]);
    assert!(states[0].iter().all(|(_, state)| state == "PROCESSING"));
    for (url, state) in &states[2] {
        let wanted = if url.contains(&bad) {
            "FAILED"
        } else {
            "SUCCEED"
        };
        assert_eq!(state, wanted, "{url}");
    }
    // A media asset is not busy by this.
    let deleted = stand.client.delete_assets([&*good]).await.unwrap();
    assert_eq!(
        deleted.delete_result_array[0]
            .status
            .as_ref()
            .unwrap()
            .as_str(),
        "DELETED"
    );
}

#[tokio::test]
async fn what_is_published_is_pre_loaded_in_small_letters() {
    let stand = Stand::with(Local::builder().progress(Progress::manual())).await;
    let id = stand.uploaded(video("t")).await;
    let task = stand
        .call("CreatePreheatingAsset", json!({"asset_id": id}))
        .await
        .unwrap();
    let show = async || {
        let shown = stand
            .call("ShowPreheatingAsset", task.clone())
            .await
            .unwrap();
        outcomes(&shown["preheating_results"])
    };
    let [(url, state)] = show().await.try_into().unwrap();
    assert_eq!(state, "processing");
    let task_id = task["task_id"].as_str().unwrap();
    stand.vod.end_task(task_id, Some("VOD.10110")).unwrap();
    assert_eq!(show().await, [(url.clone(), "failed".to_owned())]);
    // The task is of another kind.
    let code = stand.code("ShowRefreshResult", task.clone()).await;
    assert_eq!(code.as_deref(), Some("VOD.10062"));

    stand.client.unpublish_assets([&*id]).await.unwrap();
    for request in [json!({"asset_id": id}), json!({"urls": [url]})] {
        let code = stand.code("CreatePreheatingAsset", request).await;
        assert_eq!(code.as_deref(), Some("VOD.10060"));
    }
}

#[tokio::test]
async fn a_thousand_a_day() {
    let stand = Stand::new().await;
    stand.vod.clock().pause();
    let refresh = || {
        let urls = ["https://h/x.mp4"; 10];
        stand.code("RefreshAsset", json!({"urls": urls}))
    };
    for _ in 0..100 {
        assert_eq!(refresh().await, None);
    }
    assert_eq!(refresh().await.as_deref(), Some("VOD.10087"));
    // Each kind of work has a share of its own.
    let preload = json!({"urls": ["https://h/x.mp4"]});
    stand.call("CreatePreheatingAsset", preload).await.unwrap();
    stand.vod.clock().advance(DAY);
    assert_eq!(refresh().await, None);
}
