//! What failed inside a call that succeeded.

use serde_json::{Value, json};
use vod_api::{Client, Error};
use vod_local::{Reply, Service};

/// A service that answers once, with `body`, which may have states that the docs do not list.
async fn answers(body: Value) -> (Service, Client) {
    let service = Service::start().await.unwrap();
    service.reply(Reply::json(200, body).unchecked());
    let client = service.client().build().unwrap();
    (service, client)
}

fn assets(list: &str, states: &[&str]) -> Value {
    let items: Vec<_> = (1..)
        .zip(states)
        .map(|(number, state)| json!({ "asset_id": format!("a{number}"), "status": state }))
        .collect();
    json!({ list: items })
}

#[tokio::test]
async fn states_tell() -> Result<(), Error> {
    let (_service, client) = answers(assets(
        "delete_result_array",
        &["DELETED", "FAILED", "UNKNOW", "NEW", " DELETED"],
    ))
    .await;
    let reply = client.delete_assets(["a1"]).await?;
    let failed: Vec<_> = reply.failures().map(|it| it.asset_id.as_deref()).collect();
    assert_eq!(failed, [Some("a2"), Some("a3"), Some("a4")]);

    let (_service, client) = answers(assets("delete_result_array", &["DELETED", "FAILED"])).await;
    let reply = client.delete_thumbnails().asset_id("a1").await?;
    assert_eq!(reply.failures().count(), 1);

    let (_service, client) = answers(assets("task_result_array", &["SUCCEED", "FAILED"])).await;
    let reply = client.update_storage_mode("a1", "WARM").await?;
    assert_eq!(reply.failures().count(), 1);

    let (_service, client) = answers(assets(
        "asset_info_array",
        &["PUBLISHED", "CREATED", "NO_ASSET"],
    ))
    .await;
    let reply = client.publish_assets(["a1"]).await?;
    let failed: Vec<_> = reply.failures().map(|it| it.asset_id.as_deref()).collect();
    assert_eq!(failed, [Some("a2"), Some("a3")]);

    let (_service, client) = answers(assets(
        "asset_info_array",
        &["PUBLISHED", " CREATED", "NOASSET"],
    ))
    .await;
    let reply = client.unpublish_assets(["a1"]).await?;
    let failed: Vec<_> = reply.failures().map(|it| it.asset_id.as_deref()).collect();
    assert_eq!(failed, [Some("a1"), Some("a3")]);
    Ok(())
}

#[tokio::test]
async fn what_says_nothing_has_not_succeeded() -> Result<(), Error> {
    for (body, due) in [
        (
            json!({ "delete_result_array": [{ "asset_id": "a1" }, { "status": null }] }),
            2,
        ),
        (json!({ "delete_result_array": [{ "status": "" }] }), 1),
        (json!({ "delete_result_array": null }), 0),
        (json!({}), 0),
    ] {
        let (_service, client) = answers(body.clone()).await;
        let reply = client.delete_assets(["a1"]).await?;
        assert_eq!(reply.failures().count(), due, "{body}");
    }
    Ok(())
}

#[tokio::test]
async fn errors_tell() -> Result<(), Error> {
    let (_service, client) = answers(json!({ "upload_assets": [
        { "url": "https://example.com/1.mp4", "asset_id": "a1" },
        { "url": "https://example.com/2.mp4", "error_code": "VOD.10053", "error_msg": "No." },
        { "url": "https://example.com/3.mp4", "asset_id": "a3", "error_code": "" },
    ]}))
    .await;
    let upload = json!({ "upload_metadatas": [
        { "url": "https://example.com/1.mp4", "title": "1", "video_type": "MP4" },
    ]});
    let request: vod_api::model::UploadMetaDataByUrlRequest =
        serde_json::from_value(upload).unwrap();
    let reply = client.execute(request).await?;
    let failed: Vec<_> = reply
        .failures()
        .map(|it| it.error_code.as_deref())
        .collect();
    assert_eq!(failed, [Some("VOD.10053")]);
    Ok(())
}

#[tokio::test]
async fn a_list_of_failures_has_nothing_else() -> Result<(), Error> {
    let (_service, client) = answers(json!({
        "status": "PARTIAL_SUCCESS",
        "deleted_products": [{ "group_id": "g1" }],
        "failed_products": [{ "group_id": "g2", "fail_reason": "No." }, {}],
    }))
    .await;
    let request: vod_api::model::DeleteTranscodeProductRequest = serde_json::from_value(json!({
        "asset_id": "a1",
        "delete_type": "GROUP",
        "delete_infos": [{ "group_id": "g1" }],
    }))
    .unwrap();
    let reply = client.execute(request).await?;
    assert_eq!(reply.failures().count(), 2);
    Ok(())
}

/// The same for replies as JSON, by the facts.
#[tokio::test]
async fn replies_as_json_tell_the_same() {
    for (operation, body, due) in [
        (
            "DeleteAssets",
            assets(
                "delete_result_array",
                &["DELETED", "FAILED", "NEW", " DELETED"],
            ),
            2,
        ),
        (
            "DeleteAssets",
            json!({ "delete_result_array": [{}, null, 1] }),
            3,
        ),
        ("DeleteAssets", json!({}), 0),
        (
            "UploadMetaDataByUrl",
            json!({ "upload_assets": [{ "error_code": 12 }, { "error_code": "" }, {}] }),
            1,
        ),
        (
            "DeleteTranscodeProduct",
            json!({ "failed_products": [{}, {}] }),
            2,
        ),
    ] {
        let meta = vod_api::operation::find(operation).unwrap();
        let failures = meta.outcome.unwrap().failures(&body).count();
        assert_eq!(failures, due, "{operation} {body}");
    }
    let without = vod_api::operation::find("ListAssetList").unwrap();
    assert!(without.outcome.is_none());
}
