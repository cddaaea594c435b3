//! What the client does around single calls: uploads, waits and batches.

use std::time::Duration;

use vod_api::model::*;
use vod_api::upload::Source;
use vod_api::{ErrorKind, Task};
use vod_local::{Local, Progress};

use crate::{Stand, video};

const SECOND: Duration = Duration::from_secs(1);

async fn slow() -> Stand {
    let progress = Progress::time(30 * SECOND, 300 * SECOND);
    Stand::with(Local::builder().progress(progress).stale(1)).await
}

#[tokio::test]
async fn a_file_in_parts_is_uploaded_and_published() {
    let stand = Stand::new().await;
    let bytes = vec![7_u8; 25_000_000];
    let source = Source::bytes("long.mp4", bytes);
    let done = stand.client.upload(source).await.unwrap();
    let asset = stand.vod.asset(&done.asset_id).unwrap();
    assert_eq!(
        (asset.status.as_str(), asset.is_published),
        ("CREATED", true)
    );
    let object = stand.vod.storage().object(&asset.object).unwrap();
    assert_eq!(object.size, 25_000_000);
    assert!(object.etag.ends_with("-2"), "{}", object.etag);
}

#[tokio::test(start_paused = true)]
async fn reviews_are_waited_for() {
    let stand = slow().await;
    for (title, wanted) in [("t", "REVIEW_PASSED"), ("[block]", "REVIEW_BLOCKED")] {
        let id = stand.uploaded(video(title)).await;
        let settings = ReviewSettings::new().template_id("r");
        let call = stand.client.create_asset_review_task(id.as_str(), settings);
        call.start().await.unwrap().until_done().await.unwrap();
        assert_eq!(stand.vod.asset(&id).unwrap().review_status, wanted);
    }
    let id = stand.uploaded(video("[fail]")).await;
    let settings = ReviewSettings::new().template_id("r");
    let call = stand.client.create_asset_review_task(id.as_str(), settings);
    let error = call.start().await.unwrap().until_done().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Task);
    assert!(error.message().contains("VOD.10105"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn copies_are_waited_for() {
    let stand = slow().await;
    let bucket = BucketOperation::Authorize;
    stand
        .client
        .update_bucket_authorized("mine", bucket)
        .await
        .unwrap();
    let input = FileAddr::new("mine", "cn-north-4", "a.mp4");
    let call = stand.client.publish_asset_from_obs("MP4", "t", input);
    let task = call.start().await.unwrap();
    let id = task.reply().asset_id.clone().unwrap();
    task.until_done().await.unwrap();
    assert_eq!(stand.vod.asset(&id).unwrap().status, "CREATED");
}

#[tokio::test(start_paused = true)]
async fn many_tasks_are_waited_for_together() {
    let stand = slow().await;
    let mut tasks = Vec::new();
    for title in ["a", "[fail]", "c"] {
        let id = stand.uploaded(video(title)).await;
        let call = stand.client.create_asset_process_task(id.as_str());
        tasks.push(call.template_group_name("hd").start().await.unwrap());
    }
    let ends = Task::until_all_done(&tasks).await.unwrap();
    let worked: Vec<_> = ends.iter().map(Result::is_ok).collect();
    assert_eq!(worked, [true, false, true]);
}

#[tokio::test]
async fn batches_delete_many() {
    let stand = Stand::new().await;
    let mut ids = Vec::new();
    for _ in 0..25 {
        ids.push(stand.uploaded(video("t")).await);
    }
    let mut batches = stand.client.delete_assets(ids).in_batches();
    let mut deleted = 0;
    while let Some(batch) = batches.next().await {
        deleted += batch.result.unwrap().delete_result_array.len();
    }
    assert_eq!(deleted, 25);
    assert!(stand.vod.project(Local::PROJECT_ID).asset_ids().is_empty());
}
