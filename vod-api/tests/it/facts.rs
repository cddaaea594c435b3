//! Facts of the description that keep a slip from doing harm.

use serde_json::{Value, json};
use vod_api::model::*;
use vod_api::{Client, Operation};
use vod_local::{Reply, Service};

async fn start() -> (Service, Client) {
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    (service, client)
}

fn unread<O: Operation>(request: Value) -> String {
    serde_json::from_value::<O>(request)
        .unwrap_err()
        .to_string()
}

#[tokio::test]
async fn a_deletion_says_what_it_deletes() {
    let (service, client) = start().await;
    let missing = unread::<DeleteDyAssetRequest>(json!({ "object": ["a.mp4"] }));
    assert_eq!(missing, "missing field `bucket`");
    let error = client.delete_dy_asset("example-bucket", [""; 0]).await;
    assert_eq!(
        error.unwrap_err().message(),
        "objects (on the wire: object) is required, but missing or empty"
    );
    assert!(service.requests().is_empty());

    let call = client.delete_dy_asset("example-bucket", ["a.mp4", "b.mp4"]);
    call.await.unwrap();
    assert_eq!(
        *service.requests()[0].parameters(),
        json!({ "bucket": "example-bucket", "object": ["a.mp4", "b.mp4"] })
    );
}

#[test]
fn tasks_for_objects_need_their_objects() {
    let place = || json!({ "bucket": "example-bucket", "object": "a.mp4" });
    let only = |name: &str| json!({ name: place() });
    for (missing, name) in [
        (unread::<CreateEditTaskRequest>(json!({})), "output"),
        (
            unread::<CreateObjectProcessTaskRequest>(only("input")),
            "output",
        ),
        (
            unread::<CreateObjectReplicationRequest>(only("src_info")),
            "dest_info",
        ),
        (
            unread::<CreateObjectRetrievalRequest>(json!({})),
            "obs_info",
        ),
        (
            unread::<CreateRealTimeClipRequest>(json!({ "stream": "s", "start_time": "t" })),
            "end_time",
        ),
        (unread::<ShowObjectMetaDataRequest>(json!({})), "bucket"),
        (unread::<ShowTaskDetailRequest>(json!({})), "task_id"),
    ] {
        assert_eq!(missing, format!("missing field `{name}`"));
    }
}

/// A reply of 503 leaves open whether the request had an effect.
#[tokio::test(start_paused = true)]
async fn what_costs_money_or_starts_a_task_is_not_done_twice() {
    let (service, client) = start().await;
    service.respond(|_| Reply::status(503));
    let delete = client.delete_dy_asset("example-bucket", ["a.mp4"]);
    assert_eq!(delete.await.unwrap_err().attempts(), 1);
    let restore = client.update_storage_mode("a1", StorageMode::Standard);
    assert_eq!(restore.await.unwrap_err().attempts(), 1);
    // Setting what is set already does no harm.
    let setting = client
        .update_storage_mode_type()
        .storage_mode_type("ORIGIN");
    assert_eq!(setting.await.unwrap_err().attempts(), 3);
}

#[tokio::test]
async fn empty_ids_are_refused() {
    let (service, client) = start().await;
    let confirm = client.confirm_image_upload("", ImageUploadStatus::Succeed);
    let update = client.update_watermark_template("w1", "");
    for message in [
        confirm.await.unwrap_err().message().to_owned(),
        update.await.unwrap_err().message().to_owned(),
    ] {
        assert!(
            message.contains("empty") || message.contains("at least 1"),
            "{message}"
        );
    }
    assert!(service.requests().is_empty());
}
