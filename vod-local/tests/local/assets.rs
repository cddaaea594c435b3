//! What media assets have and become: audio, copies, snapshots, outputs, covers.

use std::time::Duration;

use serde_json::{Value, json};
use vod_api::model::*;
use vod_local::{Local, Progress};

use crate::{Stand, get, put, video};

const MINUTE: Duration = Duration::from_secs(60);

#[tokio::test]
async fn audio_becomes_a_media_asset_of_its_own() {
    let stand = Stand::with(Local::builder().progress(Progress::polls(1))).await;
    let id = stand.uploaded(video("t")).await;
    let extract = || stand.client.create_extract_audio_task(id.as_str());
    let audio = extract().await.unwrap().audio_asset_id.clone().unwrap();
    assert_eq!(stand.state(&audio).status, "CREATING");
    let deleted = stand.client.delete_assets([id.as_str()]).await.unwrap();
    let status = deleted.delete_result_array[0].status.clone();
    assert_eq!(status, Some(AssetDeletionStatus::Failed));
    stand
        .client
        .cancel_extract_audio_task(id.as_str())
        .await
        .unwrap();
    assert_eq!(stand.state(&audio).status, "CANCELLED");
    let audio = extract().await.unwrap().audio_asset_id.clone().unwrap();
    stand
        .client
        .show_asset_detail(audio.as_str())
        .await
        .unwrap();
    assert_eq!(stand.state(&audio).status, "CREATED");
    assert_eq!(stand.event_types().last().unwrap(), "audioExtractComplete");
    let shown = stand
        .client
        .show_asset_detail(audio.as_str())
        .await
        .unwrap();
    assert_eq!(
        shown.base_info.as_ref().unwrap().video_type.as_deref(),
        Some("MP3")
    );
    // Audio is not transcoded.
    let parameters = json!({"asset_id": audio, "template_group_name": "hd"});
    let code = stand.code("CreateAssetProcessTask", parameters).await;
    assert_eq!(code.as_deref(), Some("VOD.10083"));
}

#[tokio::test]
async fn files_that_the_service_fetches() {
    let stand = Stand::with(Local::builder().progress(Progress::time(MINUTE, MINUTE))).await;
    stand.vod.clock().pause();
    let allowed = json!({"bucket": "b", "operation": "1"});
    stand.call("UpdateBucketAuthorized", allowed).await.unwrap();
    let copy = async |title: &str| {
        let input = json!({"bucket": "b", "location": "cn-north-4", "object": "x/a.mp4"});
        let parameters = json!({"title": title, "video_type": "MP4", "input": input});
        let reply = stand.call("PublishAssetFromObs", parameters).await.unwrap();
        reply["asset_id"].as_str().unwrap().to_owned()
    };
    let pull = async |title: &str| {
        let file = json!({"title": title, "video_type": "MP4", "url": "http://x.example/a.mp4?b"});
        let parameters = json!({"upload_metadatas": [file]});
        let reply = stand.call("UploadMetaDataByUrl", parameters).await.unwrap();
        reply["upload_assets"][0]["asset_id"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let ids = [
        copy("a").await,
        copy("[fail]").await,
        pull("c").await,
        pull("[fail]").await,
    ];
    let states = || ids.each_ref().map(|id| stand.state(id).status);
    assert_eq!(
        states(),
        ["OBS_CREATING", "OBS_CREATING", "CREATING", "CREATING"]
    );
    let early = json!({"asset_id": ids[2], "status": "CREATED"});
    assert_eq!(
        stand.code("ConfirmAssetUpload", early).await.as_deref(),
        Some("VOD.10126")
    );
    stand.vod.clock().advance(2 * MINUTE);
    assert_eq!(
        states(),
        ["CREATED", "OBS_CREATE_FAILED", "CREATED", "UPLOAD_FAILED"]
    );
    let meta = stand
        .client
        .show_asset_meta()
        .asset_ids(ids.clone())
        .await
        .unwrap();
    let info = |id: &String| {
        let mut infos = meta.asset_info_array.iter();
        infos
            .find(|info| info.asset_id.as_ref() == Some(id))
            .unwrap()
    };
    let words = ids.each_ref().map(|id| info(id).status.as_deref().unwrap());
    assert_eq!(
        words,
        [
            "PUBLISHED",
            "OBS_CREATE_FAILED",
            "PUBLISHED",
            "UPLOAD_FAILED"
        ]
    );
    let name = info(&ids[2])
        .base_info
        .as_ref()
        .unwrap()
        .video_name
        .as_deref();
    assert_eq!(name, Some("a.mp4"));
    // The file can be uploaded instead.
    let again = json!({"asset_id": ids[3], "video_name": "v.mp4", "video_type": "MP4"});
    stand.call("UpdateAsset", again).await.unwrap();
    assert_eq!(stand.state(&ids[3]).status, "CREATING");
}

#[tokio::test]
async fn snapshots_are_listed_chosen_and_deleted() {
    let stand = Stand::new().await;
    let id = stand.uploaded(video("t")).await;
    let take = async |settings: Value| {
        let parameters = json!({"asset_id": id, "thumbnail": settings});
        let reply = stand
            .call("CreateAssetProcessTask", parameters)
            .await
            .unwrap();
        reply["thumbnail_task_id"].as_str().map(str::to_owned)
    };
    let dots = take(json!({"type": "dots", "dots": [1, 5, 9]}))
        .await
        .unwrap();
    let alone = take(json!({"type": "dots", "dots": [3], "cover_position": 1})).await;
    assert_eq!(alone, None);
    let listed = stand
        .client
        .list_thumbnail_info()
        .asset_id(&*id)
        .await
        .unwrap();
    let counts: Vec<_> = listed
        .tasks
        .iter()
        .map(|task| task.thumbnail_count.unwrap())
        .collect();
    assert_eq!((listed.total, counts), (Some(2), vec![1, 3]));
    let details = stand
        .client
        .list_thumbnail_details(dots.as_str())
        .offset(1)
        .await
        .unwrap();
    assert_eq!((details.total, details.thumbnails.len()), (Some(3), 2));
    let url = details.thumbnails[1].url.clone().unwrap();
    assert_eq!(details.thumbnails[1].offset, Some(9));
    stand
        .client
        .update_cover_by_thumbnail(url.as_str())
        .await
        .unwrap();
    let cover = async || {
        let shown = stand.client.show_asset_detail(id.as_str()).await.unwrap();
        shown.base_info.as_ref().unwrap().cover_info_array[0]
            .cover_url
            .clone()
            .unwrap()
    };
    assert_eq!(cover().await, url);
    assert_eq!(get(&url).await.0, 200);
    let deleted = stand
        .client
        .delete_thumbnails()
        .task_ids([dots.as_str(), "x"])
        .await
        .unwrap();
    let words: Vec<_> = deleted
        .delete_result_array
        .iter()
        .map(|result| result.status.clone().unwrap())
        .collect();
    assert_eq!(
        words,
        [
            ThumbnailDeletionStatus::Deleted,
            ThumbnailDeletionStatus::Failed
        ]
    );
    assert_eq!(get(&url).await.0, 404);
    assert_ne!(cover().await, url);
    assert_eq!(stand.state(&id).thumbnail_status, "THUMBNAIL_SUCCEED");
    stand
        .client
        .delete_thumbnails()
        .asset_id(&*id)
        .await
        .unwrap();
    assert_eq!(stand.state(&id).thumbnail_status, "UN_THUMBNAIL");
}

#[tokio::test]
async fn outputs_keys_and_subtitles() {
    let stand = Stand::new().await;
    let id = stand
        .uploaded(video("t").template_group_name("hd").auto_encrypt(true))
        .await;
    let key = stand.client.show_asset_cipher(id.as_str()).await.unwrap();
    assert!(key.key.is_some() && key.encrypted_key.is_some());
    let outputs = async || {
        let shown = stand.client.show_asset_detail(id.as_str()).await.unwrap();
        shown
            .transcode_info
            .as_ref()
            .map(|info| info.outputs.clone())
            .unwrap_or_default()
    };
    let all = outputs().await;
    let url = all[2].url.as_deref().unwrap();
    let group = all[0].group_id.as_deref().unwrap();
    let delete = async |kind: &str, info: Value| {
        let parameters = json!({"asset_id": id, "delete_type": kind, "delete_infos": [info]});
        stand
            .call("DeleteTranscodeProduct", parameters)
            .await
            .unwrap()
    };
    let products = json!({"group_id": group, "products": [{"url": url}, {"url": "http://x/y"}]});
    let reply = delete("PRODUCT", products).await;
    assert_eq!(reply["status"], "PARTIAL_SUCCESS");
    assert_eq!(
        reply["deleted_products"][0]["products"],
        json!([{"url": url}])
    );
    assert_eq!(outputs().await.len(), 2);
    let reply = delete("GROUP", json!({"group_id": group})).await;
    assert_eq!(reply["status"], "SUCCESS");
    assert_eq!(stand.state(&id).transcode_status, "UN_TRANSCODE");
    assert_eq!(
        stand
            .code("ShowAssetCipher", json!({"asset_id": id}))
            .await
            .as_deref(),
        Some("VOD.10101")
    );

    let file = json!({"bucket": "mine", "object": "s.vtt"});
    let added = json!([{"type": "VTT", "language": "cn", "obs_info": file}]);
    let parameters = json!({"asset_id": id, "add_subtitles": added, "default_language": "cn"});
    stand.call("ModifySubtitle", parameters).await.unwrap();
    assert_eq!(stand.state(&id).subtitles, ["s.vtt"]);
    let gone = json!([{"type": "VTT", "language": "cn"}]);
    let parameters = json!({"asset_id": id, "delete_subtitles": gone});
    stand.call("ModifySubtitle", parameters).await.unwrap();
    assert!(stand.state(&id).subtitles.is_empty());
}

#[tokio::test]
async fn deleting_the_source_keeps_the_rest() {
    let stand = Stand::with(Local::builder().progress(Progress::manual())).await;
    let id = stand.uploaded(video("t").template_group_name("hd")).await;
    let delete = async |parameters: Value| {
        let reply = stand.call("DeleteAssets", parameters).await.unwrap();
        reply["delete_result_array"][0]["status"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(delete(json!({"asset_id": [id]})).await, "FAILED");
    assert_eq!(delete(json!({"asset_id": ["x"]})).await, "FAILED");
    let task = &stand.vod.tasks()[0].id;
    stand.vod.end_task(task, None).unwrap();
    assert_eq!(
        delete(json!({"asset_id": [id], "delete_type": "origin"})).await,
        "DELETED"
    );
    assert!(stand.vod.storage().keys().is_empty());
    assert_eq!(stand.state(&id).transcode_status, "TRANSCODE_SUCCEED");
    let parameters = json!({"asset_id": id, "template_group_name": "hd"});
    assert_eq!(
        stand
            .code("CreateAssetProcessTask", parameters)
            .await
            .as_deref(),
        Some("VOD.10083")
    );
    assert_eq!(delete(json!({"asset_id": [id]})).await, "DELETED");
    assert_eq!(stand.vod.asset(&id), None);
}

#[tokio::test]
async fn an_uploaded_cover_is_the_cover() {
    let stand = Stand::new().await;
    let created = stand
        .client
        .execute(video("t").cover_type("PNG"))
        .await
        .unwrap();
    let id = created.asset_id.clone().unwrap();
    put(
        created.cover_upload_url.as_deref().unwrap(),
        "image/png",
        "picture",
    )
    .await;
    put(
        created.video_upload_url.as_deref().unwrap(),
        "video/mp4",
        "the file",
    )
    .await;
    stand
        .client
        .confirm_asset_upload(id.as_str(), UploadStatus::Created)
        .await
        .unwrap();
    let meta = stand
        .client
        .show_asset_meta()
        .asset_ids([id])
        .await
        .unwrap();
    let covers = &meta.asset_info_array[0]
        .base_info
        .as_ref()
        .unwrap()
        .cover_info_array;
    let url = covers[0].cover_url.as_deref().unwrap();
    assert_eq!(get(url).await, (200, "picture".to_owned()));
    assert_eq!(stand.event_types(), ["createComplete", "parseComplete"]);
}
