//! Lists: filtered, sorted, counted, and page by page.

use std::time::Duration;

use serde_json::{Value, json};
use vod_local::{Local, Progress};

use crate::{Stand, video};

/// A state with so many media assets, created ten in a second.
fn many(count: u64) -> Value {
    let start = std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(1_773_994_500);
    let asset = |number: u64| {
        let created = vod_api::format_rfc3339(start + Duration::from_secs(number / 10));
        let mut asset = json!({
            "id": format!("{number:032x}"), "title": format!("video {number}"),
            "created": created, "modified": created, "upload": "CREATED", "video_type": "MP4",
        });
        if number.is_multiple_of(2) {
            asset["publication"] = "PUBLISHED".into();
        }
        if number.is_multiple_of(5) {
            asset["transcode"] = "TRANSCODE_SUCCEED".into();
            asset["tags"] = "five,odd".into();
        }
        asset
    };
    let assets: Vec<_> = (0..count).map(asset).collect();
    json!({"projects": {Local::PROJECT_ID: {"assets": assets}}})
}

async fn stand_with(count: u64) -> Stand {
    Stand::with(Local::builder().seed_state(many(count)).unwrap()).await
}

#[tokio::test]
async fn ten_thousand_media_assets() {
    let stand = stand_with(10_000).await;
    let mut pages = stand.client.list_asset_list().size(100).items();
    let mut count = 0;
    let mut last = String::from("9");
    while let Some(asset) = pages.next().await.transpose().unwrap() {
        let created = asset.create_time.as_ref().unwrap().as_str().to_owned();
        assert!(created <= last, "the newest comes first");
        last = created;
        count += 1;
    }
    assert_eq!(count, 10_000);

    let total = async |parameters: Value| {
        let reply = stand.call("ListAssetList", parameters).await.unwrap();
        reply["total"].as_i64().unwrap()
    };
    assert_eq!(total(json!({"status": ["PUBLISHED"]})).await, 5000);
    assert_eq!(
        total(json!({"status": ["PUBLISHED", "CREATED"]})).await,
        10_000
    );
    assert_eq!(
        total(json!({"status": ["PUBLISHED", "TRANSCODE_SUCCEED"]})).await,
        1000
    );
    assert_eq!(total(json!({"tags": "five, six"})).await, 2000);
    assert_eq!(total(json!({"query_string": "VIDEO 99"})).await, 111);
    assert_eq!(total(json!({"media_type": ["MP3"]})).await, 0);
    assert_eq!(total(json!({"category_id": -1})).await, 10_000);
    assert_eq!(
        total(json!({"asset_id": [format!("{:032x}", 7), "x"]})).await,
        1
    );
    let second = json!({"start_time": "20260320081501", "end_time": "20260320081502"});
    assert_eq!(total(second).await, 20);

    let meta = async |parameters: Value| {
        let reply = stand.call("ShowAssetMeta", parameters).await.unwrap();
        (
            reply["total"].as_i64().unwrap(),
            reply["is_truncated"].as_i64().unwrap(),
        )
    };
    assert_eq!(meta(json!({"status": ["PUBLISHED"]})).await, (5000, 1));
    assert_eq!(
        meta(json!({"assetStatus": ["CREATED"], "size": 100, "page": 49})).await,
        (5000, 0)
    );
    assert_eq!(
        meta(json!({"transcodeStatus": ["TRANSCODE_SUCCEED"]})).await,
        (2000, 1)
    );
    assert_eq!(
        meta(json!({"status": ["TRANSCODE_SUCCEED"]})).await,
        (1000, 1)
    );
}

#[tokio::test]
async fn beyond_the_ceiling_by_windows_of_time() {
    let stand = stand_with(25_000).await;
    let reply = stand
        .call("ListAssetList", json!({"page": 199, "size": 100}))
        .await
        .unwrap();
    assert_eq!(reply["total"], 20_000);
    assert_eq!(reply["assets"].as_array().unwrap().len(), 100);
    let parameters = json!({"page": 200, "size": 100});
    assert_eq!(
        stand.code("ListAssetList", parameters).await.as_deref(),
        Some("VOD.10053")
    );
    let mut items = stand.client.list_asset_list().size(100).items_by_time();
    let mut ids = std::collections::HashSet::new();
    while let Some(asset) = items.next().await.transpose().unwrap() {
        assert!(ids.insert(asset.asset_id.unwrap()), "each comes once");
    }
    assert_eq!(ids.len(), 25_000);
}

#[tokio::test]
async fn tasks_by_markers() {
    let stand = Stand::with(Local::builder().progress(Progress::manual())).await;
    let mut ids = Vec::new();
    for number in 0..7 {
        let title = format!("t{number}");
        ids.push(
            stand
                .uploaded(video(&title).template_group_name("hd"))
                .await,
        );
    }
    let first = stand.vod.tasks()[0].id.clone();
    stand.vod.end_task(&first, Some("VOD.10092")).unwrap();
    let mut pages = stand.client.list_asset_task_info().limit(3).pages();
    let mut sizes = Vec::new();
    let mut listed = Vec::new();
    while let Some(page) = pages.next().await.transpose().unwrap() {
        assert_eq!(page.count, Some(7));
        sizes.push(page.results.len());
        listed.extend(
            page.results
                .iter()
                .map(|task| task.asset_id.clone().unwrap()),
        );
    }
    assert_eq!(sizes, [3, 3, 1]);
    ids.reverse();
    assert_eq!(listed, ids);
    let failed = stand
        .client
        .list_asset_task_info()
        .statuses(["FAILED"])
        .await
        .unwrap();
    assert_eq!(failed.results.len(), 1);
    assert!(failed.results[0].end_time.is_some());
}
