//! What of a request is refused before anything is sent, and what is sent of the rest.

use std::time::{Duration, SystemTime};

use serde_json::{Value, json};
use vod_api::model::{
    AssetListStatus, CreateAssetByFileUploadRequest, CreateAssetProcessTaskRequest,
    DeleteAssetsRequest, DeleteThumbnailsRequest, HttpVerb, ListAssetListRequest, Subtitle,
    ThumbnailSettings, TranscodeProductGroup, VideoType,
};
use vod_api::time::{Compact, Time, Unstated, UtcOffset};
use vod_api::{Batched, Client, ErrorKind, Operation, Sent};
use vod_local::{Reply, Service};

async fn service() -> (Service, Client) {
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    (service, client)
}

/// Why a request cannot be read from JSON.
fn unreadable<O: Operation>(request: &str) -> String {
    serde_json::from_str::<O>(request).unwrap_err().to_string()
}

/// Why a call is refused; nothing of it was sent.
async fn refused<O: Operation>(call: vod_api::Call<O>) -> String {
    let error = call.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error}");
    assert_eq!(error.was_sent(), Sent::No, "{error}");
    let message = error.to_string();
    message.strip_suffix(" (not sent)").unwrap().to_owned()
}

#[test]
fn a_request_that_is_not_understood_is_not_read() {
    struct Case {
        name: &'static str,
        request: &'static str,
        message: &'static str,
    }

    let cases = [
        Case {
            name: "name in Rust",
            request: r#"{"asset_id": "a1", "task_ids": ["t1"]}"#,
            message: "task_ids is not known here: it is the name in Rust; the name in JSON is task_id",
        },
        Case {
            name: "misspelt",
            request: r#"{"assetid": "a1"}"#,
            message: "assetid is not known here: did you mean asset_id?",
        },
        Case {
            name: "nothing like it",
            request: r#"{"bucket": "b"}"#,
            message: "bucket is not known here: the members are asset_id, task_id",
        },
        Case {
            name: "null for a list",
            request: r#"{"asset_id": "a1", "task_id": null}"#,
            message: "task_ids (on the wire: task_id) must be a list, got null: leave it out, or give it values",
        },
        Case {
            name: "null where one of several is needed",
            request: r#"{"asset_id": null, "task_id": ["t1"]}"#,
            message: "asset_id is null: leave it out, or give it a value",
        },
        Case {
            name: "one for a list",
            request: r#"{"task_id": "t1"}"#,
            message: "task_ids (on the wire: task_id) must be a list, got text",
        },
        Case {
            name: "number for text",
            request: r#"{"task_id": ["t1", 7]}"#,
            message: "task_ids[1] (on the wire: task_id[1]) must be text, got a number",
        },
        Case {
            name: "twice",
            request: r#"{"asset_id": "a1", "asset_id": "a2"}"#,
            message: "asset_id is given twice: keep one of the two",
        },
        Case {
            name: "null",
            request: "null",
            message: "the request must be an object, got null",
        },
        Case {
            name: "a list",
            request: "[]",
            message: "the request must be an object, got a list",
        },
    ];
    for Case {
        name,
        request,
        message,
    } in cases
    {
        let error = unreadable::<DeleteThumbnailsRequest>(request);
        assert_eq!(error, format!("DeleteThumbnails: {message}"), "{name}");
    }
}

#[test]
fn parts_of_a_request_are_read_as_strictly() {
    let task = r#"{"asset_id": "a1", "thumbnail": {"type": "time", "tiem": 1}}"#;
    let error = unreadable::<CreateAssetProcessTaskRequest>(task);
    assert!(
        error.contains("thumbnail.tiem is not known here: did you mean time?"),
        "{error}"
    );
    // By themselves as well, whether replies have them or not.
    let subtitle = r#"{"id": 1, "type": "SRT", "lang": "EN"}"#;
    let error = serde_json::from_str::<Subtitle>(subtitle).unwrap_err();
    let message = error.to_string();
    assert!(message.starts_with("lang is not known here: "), "{message}");
    let settings = r#"{"type": "time", "tiem": 3}"#;
    let error = serde_json::from_str::<ThumbnailSettings>(settings).unwrap_err();
    let message = error.to_string();
    assert!(
        message.starts_with("tiem is not known here: did you mean time?"),
        "{message}"
    );
    let blank = unreadable::<ListAssetListRequest>(r#"{"start_time": ""}"#);
    assert_eq!(
        blank,
        "ListAssetList: start_time is blank: leave it out, or give it a value"
    );
}

#[test]
fn what_was_written_is_read_back() {
    let request = CreateAssetByFileUploadRequest::new("A", "a.mp4", "MP4")
        .auto_publish(true)
        .auto_preheat(false)
        .category_id(7);
    let stored = serde_json::to_value(&request).unwrap();
    assert_eq!(
        stored,
        json!({
            "title": "A", "video_name": "a.mp4", "video_type": "MP4", "category_id": 7,
            "auto_publish": 1, "auto_preheat": "0",
        })
    );
    let read = |stored: Value| -> CreateAssetByFileUploadRequest {
        serde_json::from_value(stored).unwrap()
    };
    assert_eq!(read(stored.clone()), request);
    let mut spoken = stored;
    spoken["auto_publish"] = json!(true);
    spoken["auto_preheat"] = json!(false);
    assert_eq!(read(spoken), request);
}

#[tokio::test]
async fn nothing_chosen_is_refused() {
    let (service, client) = service().await;
    let message = "DeleteThumbnails: the request needs asset_id or task_ids (on the wire: task_id), but none of them is given";
    assert_eq!(refused(client.delete_thumbnails()).await, message);
    let read: DeleteThumbnailsRequest = serde_json::from_str("{}").unwrap();
    assert_eq!(refused(client.execute(read)).await, message);
    let blank = client.delete_thumbnails().asset_id(" ");
    assert_eq!(
        refused(blank).await,
        "DeleteThumbnails: asset_id is blank: give it a value"
    );
    let none = client.delete_thumbnails().task_ids([""; 1]);
    assert_eq!(
        refused(none).await,
        "DeleteThumbnails: task_ids[0] (on the wire: task_id[0]) is empty: give it a value"
    );
    let settings = ThumbnailSettings::new("quantity");
    let snapshots = client.create_asset_process_task("a1").thumbnail(settings);
    assert_eq!(
        refused(snapshots).await,
        "CreateAssetProcessTask: thumbnail needs quantity if kind (on the wire: type) is quantity"
    );
    let group = TranscodeProductGroup::new().group_id("g");
    let outputs = client
        .delete_transcode_product()
        .asset_id("a1")
        .delete_type("PRODUCT");
    assert_eq!(
        refused(outputs.delete_infos([group])).await,
        "DeleteTranscodeProduct: the request needs delete_infos.products if delete_type is PRODUCT"
    );
    assert_eq!(
        refused(client.update_storage_mode_type()).await,
        "UpdateStorageModeType: the request needs storage_mode_type"
    );
    assert!(service.requests().is_empty());
}

#[tokio::test]
async fn the_service_for_tests_refuses_what_the_client_refuses() {
    let (service, _) = service().await;
    let client = service.client().validate(false).build().unwrap();
    let error = client.delete_thumbnails().await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(400));
    let message = error.to_string();
    assert!(message.contains("needs asset_id or task_ids"), "{message}");
    let error = client
        .list_asset_list()
        .statuses(["NOPE"])
        .await
        .unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(400));
}

#[tokio::test]
async fn values_that_the_docs_do_not_list_are_refused_unless_meant() {
    let service = Service::builder().validate(false).start().await.unwrap();
    let client = service.client().build().unwrap();
    let misspelt = client.list_asset_list().statuses(["CREATD"]);
    let message = refused(misspelt).await;
    assert!(
        message.ends_with("got \"CREATD\": did you mean CREATED?"),
        "{message}"
    );
    assert!(
        message.starts_with("ListAssetList: statuses[0] (on the wire: status[0]) must be"),
        "{message}"
    );
    let verb = client.show_asset_temp_authority("POTS", "bucket", "object");
    let message = refused(verb).await;
    assert!(
        message
            .ends_with("must be one of POST, PUT, GET, DELETE, got \"POTS\": did you mean POST?"),
        "{message}"
    );

    let meant = AssetListStatus::unlisted("ARCHIVED");
    assert_eq!(meant, AssetListStatus::from("ARCHIVED"));
    assert_eq!(HttpVerb::unlisted("PATCH").as_str(), "PATCH");
    client
        .list_asset_list()
        .statuses([meant.clone()])
        .await
        .unwrap();
    assert_eq!(
        service.requests().pop().unwrap().raw_query(),
        "status=ARCHIVED"
    );

    // Also where the enum has the value, and this operation does not take it.
    let webm = VideoType::unlisted("WEBM");
    let upload = client.create_asset_by_file_upload("t", "v.webm", webm);
    let subtitle = Subtitle::new(1, "SRT", "EN");
    upload.subtitles([subtitle]).await.unwrap();
    for text in ["", " ", "A\0"] {
        let nothing = AssetListStatus::unlisted(text);
        refused(client.list_asset_list().statuses([nothing])).await;
    }

    // The pages that follow have it, too.
    let page = |id: &str| Reply::json(200, json!({"total": 2, "assets": [{"asset_id": id}]}));
    service.reply(page("a1"));
    service.reply(page("a2"));
    let mut items = client.list_asset_list().statuses([meant]).size(1).items();
    let mut ids = Vec::new();
    while let Some(item) = items.next().await {
        ids.extend(item.unwrap().asset_id);
    }
    assert_eq!(ids, ["a1", "a2"]);
    assert_eq!(
        service.requests().pop().unwrap().raw_query(),
        "page=1&size=1&status=ARCHIVED"
    );

    // What was stored has lost the mark: whoever reads it has to mean it again.
    let stored = serde_json::to_string(
        &ListAssetListRequest::new().statuses([AssetListStatus::unlisted("ARCHIVED")]),
    );
    let read: ListAssetListRequest = serde_json::from_str(&stored.unwrap()).unwrap();
    refused(client.execute(read)).await;
}

#[tokio::test]
async fn a_call_can_go_without_the_checks() {
    let service = Service::builder().validate(false).start().await.unwrap();
    let client = service.client().build().unwrap();
    let call = || client.list_asset_list().statuses(["NOPE"]);
    refused(call()).await;
    call().with_validate(false).await.unwrap();
    let lax = service.client().validate(false).build().unwrap();
    let strict = lax.list_asset_list().statuses(["NOPE"]).with_validate(true);
    refused(strict).await;

    // Pages and batches are calls like the first one.
    let mut pages = call().with_validate(false).pages();
    pages.next().await.unwrap().unwrap();
    let batches = client
        .delete_assets([" "; DeleteAssetsRequest::BATCH_SIZE + 1])
        .with_validate(false);
    let mut batches = batches.in_batches();
    while let Some(batch) = batches.next().await {
        batch.result.unwrap();
    }
}

#[tokio::test]
async fn flags_travel_in_the_documented_type() {
    let (service, client) = service().await;
    let call = client
        .create_asset_by_file_upload("A", "a.mp4", "MP4")
        .auto_publish(true)
        .auto_preheat(false);
    call.await.unwrap();
    let body = service.requests().pop().unwrap().json().unwrap();
    assert_eq!(body["auto_publish"], json!(1));
    assert_eq!(body["auto_preheat"], json!("0"));
}

#[tokio::test]
async fn times_travel_in_their_form() {
    let (service, client) = service().await;
    let at = SystemTime::UNIX_EPOCH + Duration::from_secs(1_773_994_500);
    client.list_asset_list().start_time(at).await.unwrap();
    assert_eq!(
        service.requests().pop().unwrap().raw_query(),
        "start_time=20260320081500"
    );

    let day = client.list_asset_list().start_time("2025-01-01");
    assert_eq!(
        refused(day).await,
        "ListAssetList: start_time must be a time of the form yyyymmddhhmmss, such as 20260320081500, got \"2025-01-01\""
    );

    // The docs name no zone here, so the caller has to.
    let china = Time::<Compact, Unstated>::from_system_time_at(at, UtcOffset::CHINA);
    client
        .show_vod_statistics()
        .start_time(china)
        .await
        .unwrap();
    assert_eq!(
        service.requests().pop().unwrap().raw_query(),
        "start_time=20260320161500"
    );
    assert_eq!(
        refused(client.show_vod_statistics().end_time("20260320161500")).await,
        "ShowVodStatistics: the request needs start_time if end_time is given"
    );
}

#[tokio::test]
async fn limits_count_in_the_unit_of_the_docs() {
    let (_service, client) = service().await;
    let upload = |title: String| client.create_asset_by_file_upload(title, "a.mp4", "MP4");
    upload("视".repeat(42)).await.unwrap();
    assert_eq!(
        refused(upload("视".repeat(43))).await,
        "CreateAssetByFileUpload: title takes at most 128 bytes, got 129"
    );
    assert_eq!(
        refused(client.update_asset("a\0b").cover_type("JPG")).await,
        "UpdateAsset: asset_id contains a NUL character: remove it"
    );
    let long = client.list_asset_list().query_string("视".repeat(30_000));
    let message = refused(long.with_validate(false)).await;
    assert!(
        message.contains("query_string is too long for a URL"),
        "{message}"
    );
}

#[tokio::test]
async fn what_may_be_absent_is_set_without_an_if() {
    let (service, client) = service().await;
    let call = |title: Option<&str>| {
        let call = client.list_asset_list();
        call.maybe(title, |call, title| call.query_string(title))
    };
    let settings = ThumbnailSettings::new("time").maybe(Some(3), |it, time| it.time(time));
    assert_eq!(settings, ThumbnailSettings::new("time").time(3));
    let request = ListAssetListRequest::new().maybe(None, |it, page: i32| it.page(page));
    assert_eq!(request, ListAssetListRequest::new());

    call(None).await.unwrap();
    assert_eq!(service.requests().pop().unwrap().raw_query(), "");
    call(Some("a")).await.unwrap();
    assert_eq!(
        service.requests().pop().unwrap().raw_query(),
        "query_string=a"
    );
}
