//! Parts of media assets become a new one.

use std::time::Duration;

use serde_json::{Value, json};
use vod_api::model::*;
use vod_local::{Local, Progress};

use crate::{Stand, video};

fn part(asset_id: &str, start: &str, end: &str) -> Value {
    json!({"asset_id": asset_id, "timeline_start": start, "timeline_end": end})
}

impl Stand {
    /// Begins an editing task: its id, and that of the media asset.
    async fn edit(&self, inputs: Value) -> [String; 2] {
        let parameters = json!({"inputs": inputs});
        let reply = self.call("CreateAssetEditTask", parameters).await.unwrap();
        ["task_id", "asset_id"].map(|name| reply[name].as_str().unwrap().to_owned())
    }

    async fn edits(&self, parameters: Value) -> Value {
        self.call("ListAssetEditTask", parameters).await.unwrap()
    }
}

#[tokio::test(start_paused = true)]
async fn a_client_waits_for_an_edited_video() {
    let progress = Progress::time(Duration::from_secs(60), Duration::from_secs(600));
    let stand = Stand::with(Local::builder().progress(progress)).await;
    let id = stand.uploaded(video("t")).await;
    let inputs = [("0", "30"), ("1.5", "12")];
    let inputs = inputs.map(|(start, end)| AssetEditInput::new(&*id, start, end));
    let started = stand
        .client
        .create_asset_edit_task(inputs)
        .start()
        .await
        .unwrap();
    let made = started.reply().asset_id.clone().unwrap();
    let before = stand
        .client
        .show_asset_meta()
        .asset_ids([&*made])
        .await
        .unwrap();
    assert_eq!(
        before.asset_info_array[0].status.as_ref().unwrap().as_str(),
        "CREATING"
    );
    started.until_done().await.unwrap();
    let shown = stand.client.show_asset_detail(&*made).await.unwrap();
    let info = shown.base_info.as_ref().unwrap();
    assert_eq!(info.title.as_deref(), Some("t"));
    assert_eq!(info.meta_data.as_ref().unwrap().duration_ms, Some(40_500));
    assert_eq!(stand.vod.asset(&made).unwrap().status, "CREATED");
}

#[tokio::test]
async fn how_far_a_task_is() {
    let stand = Stand::with(Local::builder().progress(Progress::polls(3))).await;
    let id = stand.uploaded(video("t")).await;
    let [task_id, asset_id] = stand.edit(json!([part(&id, "0", "10")])).await;
    let mut seen = Vec::new();
    for _ in 0..4 {
        let reply = stand.edits(json!({"task_id": task_id})).await;
        assert_eq!(reply["total"], 1);
        let task = reply["tasks"][0].clone();
        assert_eq!(task["asset_id"], asset_id.as_str());
        assert!(task["create_time"].is_string());
        assert_eq!(task["end_time"].is_string(), task["status"] == "SUCCEED");
        let status = task["status"].as_str().unwrap().to_owned();
        seen.push((status, task["progress"].as_i64().unwrap()));
    }
    let wanted = [
        ("WAITING", 0),
        ("PROCESSING", 33),
        ("PROCESSING", 66),
        ("SUCCEED", 100),
    ];
    assert_eq!(seen, wanted.map(|(status, done)| (status.to_owned(), done)));
}

#[tokio::test]
async fn what_waits_can_be_canceled() {
    let stand = Stand::with(Local::builder().progress(Progress::manual())).await;
    let id = stand.uploaded(video("t")).await;
    let [task_id, asset_id] = stand.edit(json!([part(&id, "0", "10")])).await;
    let cancel = || stand.code("DeleteAssetEditTask", json!({"task_id": task_id}));
    // Meanwhile, the media asset that the part is of is in use.
    let deleted = stand.client.delete_assets([&*id]).await.unwrap();
    let status = deleted.delete_result_array[0].status.clone();
    assert_eq!(status, Some(AssetDeletionStatus::Failed));
    assert_eq!(cancel().await, None);
    let task = stand.edits(json!({"task_id": task_id})).await["tasks"][0].clone();
    assert_eq!(task["status"], "CANCEL");
    assert!(task["end_time"].is_string());
    assert_eq!(stand.vod.asset(&asset_id).unwrap().status, "CANCELLED");
    // It is over, and a second call says so.
    assert_eq!(cancel().await.as_deref(), Some("VOD.10083"));
    let deleted = stand.client.delete_assets([&*asset_id]).await.unwrap();
    let status = deleted.delete_result_array[0].status.clone();
    assert_eq!(status, Some(AssetDeletionStatus::Deleted));
}

#[tokio::test]
async fn titles_decide_about_edited_videos() {
    let stand = Stand::new().await;
    let id = stand.uploaded(video("[fail]")).await;
    let [task_id, asset_id] = stand.edit(json!([part(&id, "0", "10")])).await;
    let reply = stand.edits(json!({"task_id": task_id})).await;
    assert_eq!(reply["tasks"][0]["status"], "FAILED");
    assert_eq!(stand.vod.asset(&asset_id).unwrap().status, "UPLOAD_FAILED");
}

#[tokio::test]
async fn the_newest_comes_first() {
    let stand = Stand::with(Local::builder().progress(Progress::manual())).await;
    let id = stand.uploaded(video("t")).await;
    let mut ids = Vec::new();
    for _ in 0..12 {
        ids.insert(
            0,
            stand.edit(json!([part(&id, "0", "10")])).await[0].clone(),
        );
    }
    let listed = async |parameters: Value| {
        let reply = stand.edits(parameters).await;
        assert_eq!(reply["total"], 12);
        let tasks = reply["tasks"].as_array().unwrap().iter();
        let ids = tasks.map(|task| task["task_id"].as_str().unwrap().to_owned());
        ids.collect::<Vec<_>>()
    };
    assert_eq!(listed(json!({})).await, ids[..10]);
    assert_eq!(listed(json!({"offset": 9, "limit": 2})).await, ids[9..11]);
    assert_eq!(stand.edits(json!({"task_id": "x"})).await["total"], 0);
}

#[tokio::test]
async fn a_video_does_not_become_audio() {
    let stand = Stand::new().await;
    let id = stand.uploaded(video("t")).await;
    let mut request = json!({
        "inputs": [part(&id, "0", "10")], "editing_settings": {"format": "MP3"},
    });
    let code = stand.code("CreateAssetEditTask", request.clone()).await;
    assert_eq!(code.as_deref(), Some("VOD.10053"));
    let audio = stand
        .call("CreateExtractAudioTask", json!({"asset_id": id}))
        .await;
    let audio = audio.unwrap()["audio_asset_id"].clone();
    request["inputs"][0]["asset_id"] = audio;
    stand.call("CreateAssetEditTask", request).await.unwrap();
}
