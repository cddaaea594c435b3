//! A media asset, from its creation to its deletion.

use std::time::Duration;

use serde_json::{Value, json};
use vod_api::model::*;
use vod_local::{Local, Progress};

use crate::{Stand, get, send_file, video};

#[tokio::test]
async fn a_media_asset_from_start_to_end() {
    let stand = Stand::new().await;
    let client = &stand.client;
    let category = client
        .create_asset_category("film")
        .await
        .unwrap()
        .id
        .unwrap();
    let request = video("Holidays")
        .template_group_name("system_template_group")
        .category_id(category)
        .tags("a,b")
        .thumbnail(ThumbnailSettings::new("time").time(30));
    let created = client.execute(request).await.unwrap();
    let id = created.asset_id.clone().unwrap();
    let summary = async || {
        let listed = client
            .list_asset_list()
            .asset_ids([id.as_str()])
            .await
            .unwrap();
        assert_eq!(listed.total, Some(1));
        listed.into_body().assets.remove(0)
    };
    let first = summary().await;
    assert_eq!(first.asset_status, Some(AssetStatus::Creating));
    assert_eq!(first.transcode_status, Some(TranscodeStatus::UnTranscode));
    send_file(client, &created).await;

    let done = summary().await;
    assert_eq!(done.asset_status, Some(AssetStatus::Published));
    assert_eq!(
        done.transcode_status,
        Some(TranscodeStatus::TranscodeSucceed)
    );
    assert_eq!(
        done.thumbnail_status,
        Some(ThumbnailStatus::ThumbnailSucceed)
    );
    assert_eq!(done.review_status, Some(ReviewStatus::UnReview));
    assert_eq!(
        (done.size, done.category.as_deref()),
        (Some(8), Some("film"))
    );

    let shown = client.show_asset_detail(id.as_str()).await.unwrap();
    let base = shown.base_info.as_ref().unwrap();
    assert_eq!(base.tags.as_deref(), Some("a,b"));
    assert_eq!(
        get(base.sign_url.as_deref().unwrap()).await,
        (200, "the file".to_owned())
    );
    assert_eq!(
        get(base.video_url.as_deref().unwrap()).await,
        (200, "the file".to_owned())
    );
    let outputs = &shown.transcode_info.as_ref().unwrap().outputs;
    let (status, list) = get(outputs[0].url.as_deref().unwrap()).await;
    assert!(status == 200 && list.contains("1280x720"), "{list}");
    let (status, stream) = get(outputs[1].url.as_deref().unwrap()).await;
    assert!(
        status == 200 && stream.contains("#EXTINF:60.0,"),
        "{stream}"
    );
    let segment = outputs[1].url.as_deref().unwrap().replace(".m3u8", ".ts");
    assert_eq!(get(&segment).await, (200, "the file".to_owned()));
    let samples = &shown.thumbnail_info.as_ref().unwrap().samples;
    let offsets: Vec<_> = samples.iter().map(|image| image.offset.unwrap()).collect();
    assert_eq!(offsets, [0, 30, 60]);
    assert_eq!(get(samples[1].url.as_deref().unwrap()).await.0, 200);

    client.unpublish_assets([id.as_str()]).await.unwrap();
    assert_eq!(get(outputs[1].url.as_deref().unwrap()).await.0, 403);
    let deleted = client.delete_assets([id.as_str()]).await.unwrap();
    assert_eq!(
        deleted.delete_result_array[0].status,
        Some(AssetDeletionStatus::Deleted)
    );
    assert!(
        client
            .show_asset_detail(id.as_str())
            .await
            .unwrap_err()
            .is_not_found()
    );
    assert_eq!(client.list_asset_list().await.unwrap().total, Some(0));
    assert!(stand.vod.storage().keys().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_client_waits_for_transcoding() {
    let progress = Progress::time(Duration::from_secs(60), Duration::from_secs(600));
    let stand = Stand::with(Local::builder().progress(progress).stale(2)).await;
    let id = stand.uploaded(video("t")).await;
    for _ in 0..2 {
        let call = stand.client.create_asset_process_task(id.as_str());
        let call = call.template_group_name("system_template_group");
        let task = call.start().await.unwrap();
        let answer = task.until_done().await.unwrap();
        drop(answer);
        let asset = stand.vod.asset(&id).unwrap();
        assert_eq!(asset.transcode_status, "TRANSCODE_SUCCEED");
    }
    let events = stand.vod.events();
    let kinds: Vec<_> = events
        .iter()
        .map(|event| event["event_type"].as_str().unwrap())
        .collect();
    let transcoded = ["transcodeComplete", "transcodeComplete"];
    assert_eq!(
        kinds,
        [
            "createComplete",
            "parseComplete",
            "coverComplete",
            transcoded[0],
            transcoded[1]
        ]
    );
    assert_eq!(events[3]["transcode_info"]["asset_id"], json!(id));
}

#[tokio::test]
async fn the_state_travels_as_a_document() {
    let stand = Stand::new().await;
    let id = stand.uploaded(video("t").template_group_name("hd")).await;
    stand.client.create_asset_category("film").await.unwrap();
    let document = stand.vod.export();
    let other = Local::builder()
        .seed_state(document.clone())
        .unwrap()
        .start()
        .await
        .unwrap();
    assert_eq!(other.export(), document);
    let shown = other
        .client()
        .build()
        .unwrap()
        .show_asset_detail(id.as_str())
        .await
        .unwrap();
    assert!(shown.transcode_info.is_some());
    other.reset();
    assert_eq!(other.export(), document);
    stand.vod.reset();
    assert_eq!(stand.vod.export(), json!({"projects": {}}));
    let error = stand
        .vod
        .import(json!({"projects": {"p": {"asset": []}}}))
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "this is not a state of the service: projects.p.asset is not known here: did you mean assets?"
    );
    let _: Value = stand.vod.export();
}
