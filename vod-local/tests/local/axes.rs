//! The states of a media asset, one by one, and how time moves them.

use std::time::Duration;

use serde_json::{Value, json};
use vod_api::model::*;
use vod_local::{AssetState, Local, Progress};

use crate::{Stand, get, put, video};

const MINUTE: Duration = Duration::from_secs(60);

impl Stand {
    fn state(&self, id: &str) -> AssetState {
        self.vod.asset(id).unwrap()
    }

    /// The state of transcoding that the service shows.
    async fn shown(&self, id: &str) -> String {
        let listed = self.client.list_asset_list().asset_ids([id]).await.unwrap();
        listed.assets[0]
            .transcode_status
            .as_ref()
            .unwrap()
            .as_str()
            .to_owned()
    }

    fn event_types(&self) -> Vec<String> {
        let events = self.vod.events();
        events
            .iter()
            .map(|event| event["event_type"].as_str().unwrap().to_owned())
            .collect()
    }
}

#[tokio::test]
async fn by_time() {
    let stand = Stand::with(Local::builder().progress(Progress::time(MINUTE, 2 * MINUTE))).await;
    stand.vod.clock().pause();
    let id = stand.uploaded(video("t").template_group_name("hd")).await;
    let mut states = Vec::new();
    for _ in 0..4 {
        states.push(stand.shown(&id).await);
        stand.vod.clock().advance(MINUTE);
    }
    let [waiting, running] = ["WAITING_TRANSCODE", "TRANSCODING"];
    assert_eq!(states, [waiting, running, running, "TRANSCODE_SUCCEED"]);
    assert!(stand.state(&id).is_published);
    // The times are those at which things happened, not those of the questions.
    stand.vod.clock().advance(100 * MINUTE);
    let tasks = stand.client.list_asset_task_info().await.unwrap();
    let result = tasks.results[0].transcode_result.as_ref().unwrap();
    assert_eq!(
        (result.waiting_time, result.process_time, result.progress),
        (Some(60), Some(120), Some(100))
    );
}

#[tokio::test]
async fn by_the_number_of_questions() {
    let stand = Stand::with(Local::builder().progress(Progress::polls(3))).await;
    let id = stand.uploaded(video("t").template_group_name("hd")).await;
    let other = stand
        .uploaded(video("other").template_group_name("hd"))
        .await;
    let mut states = Vec::new();
    for _ in 0..4 {
        states.push(stand.shown(&id).await);
    }
    let running = "TRANSCODING";
    assert_eq!(
        states,
        ["WAITING_TRANSCODE", running, running, "TRANSCODE_SUCCEED"]
    );
    // Nobody asked about the other one.
    assert_eq!(stand.state(&other).transcode_status, "WAITING_TRANSCODE");
    let tasks = stand.client.list_asset_task_info().asset_id(&*other);
    let listed = tasks.await.unwrap();
    assert_eq!(listed.results[0].status, Some(TaskStatus::Waiting));
    let listed = stand
        .client
        .list_asset_task_info()
        .asset_id(&*other)
        .await
        .unwrap();
    let result = listed.results[0].transcode_result.as_ref().unwrap();
    assert_eq!(result.progress, Some(33));
}

#[tokio::test]
async fn stale_answers_show_the_state_of_before() {
    let stand = Stand::with(Local::builder().stale(2)).await;
    let id = stand.uploaded(video("t")).await;
    let parameters = json!({"asset_id": id, "template_group_name": "hd"});
    stand
        .call("CreateAssetProcessTask", parameters)
        .await
        .unwrap();
    assert_eq!(stand.state(&id).transcode_status, "TRANSCODE_SUCCEED");
    let mut states = Vec::new();
    let mut tasks = Vec::new();
    for _ in 0..3 {
        states.push(stand.shown(&id).await);
        tasks.push(
            stand
                .client
                .list_asset_task_info()
                .await
                .unwrap()
                .results
                .len(),
        );
    }
    assert_eq!(
        states,
        ["UN_TRANSCODE", "UN_TRANSCODE", "TRANSCODE_SUCCEED"]
    );
    assert_eq!(tasks, [0, 0, 1]);
}

#[tokio::test]
async fn titles_decide_what_comes_of_work() {
    struct Case {
        title: &'static str,
        transcode: &'static str,
        review: &'static str,
        is_published: bool,
    }

    let cases = [
        Case {
            title: "fine",
            transcode: "TRANSCODE_SUCCEED",
            review: "REVIEW_PASSED",
            is_published: true,
        },
        Case {
            title: "[fail:VOD.10051]",
            transcode: "TRANSCODE_FAILED",
            review: "REVIEW_FAILED",
            is_published: false,
        },
        Case {
            title: "[block]",
            transcode: "TRANSCODE_SUCCEED",
            review: "REVIEW_BLOCKED",
            is_published: false,
        },
        Case {
            title: "[suspicious]",
            transcode: "TRANSCODE_SUCCEED",
            review: "REVIEW_SUSPICIOUS",
            is_published: false,
        },
        Case {
            title: "[slow]",
            transcode: "WAITING_TRANSCODE",
            review: "REVIEWING",
            is_published: false,
        },
    ];
    let stand = Stand::new().await;
    for case in cases {
        let request = video(case.title)
            .template_group_name("hd")
            .review(ReviewSettings::new().template_id("r"));
        let id = stand.uploaded(request).await;
        let state = stand.state(&id);
        let found = (
            state.transcode_status.as_str(),
            state.review_status.as_str(),
            state.is_published,
        );
        assert_eq!(
            found,
            (case.transcode, case.review, case.is_published),
            "{}",
            case.title
        );
        let shown = stand.client.show_asset_detail(id.as_str()).await.unwrap();
        let has_info = shown.transcode_info.is_some();
        assert_eq!(
            has_info,
            case.transcode == "TRANSCODE_SUCCEED",
            "{}",
            case.title
        );
    }
    let failed = stand
        .vod
        .events()
        .into_iter()
        .find(|event| event["transcode_info"]["status"] == "FAILED");
    assert_eq!(failed.unwrap()["transcode_info"]["error_code"], "VOD.10051");
    let listed = stand
        .client
        .list_asset_list()
        .query_string("[fail")
        .await
        .unwrap();
    let reason = listed.assets[0].exec_desc.as_deref().unwrap();
    assert!(
        reason.contains("transcode_exec_desc:VOD.10051: "),
        "{reason}"
    );
}

#[tokio::test]
async fn audio_becomes_a_media_asset_of_its_own() {
    let stand = Stand::with(Local::builder().progress(Progress::polls(1))).await;
    let id = stand.uploaded(video("t")).await;
    let extract = || stand.client.create_extract_audio_task(id.as_str());
    let audio = extract().await.unwrap().audio_asset_id.clone().unwrap();
    assert_eq!(stand.state(&audio).status, "CREATING");
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
