//! Code that uses vod-api, and its tests, as its authors write them with this crate.

use serde_json::json;
use vod_api::{Client, Error};
use vod_local::{Reply, Service};

/// Deletes the snapshots of the tasks, a few at a time; gives the tasks whose snapshots are still there.
async fn clean_up(client: &Client, tasks: &[&str]) -> Result<Vec<String>, Error> {
    let mut left = Vec::new();
    for some in tasks.chunks(2) {
        let done = client.delete_thumbnails().task_ids(some.to_vec()).await?;
        let failed = done.delete_result_array.iter().filter(|result| {
            let status = result.status.as_ref();
            status.is_none_or(|status| status.as_str() != "DELETED")
        });
        left.extend(failed.filter_map(|result| result.task_id.clone()));
    }
    Ok(left)
}

#[tokio::test]
async fn tells_what_is_left() {
    let service = Service::start().await.unwrap();
    service.respond(|request| {
        let tasks = request.parameters()["task_id"].as_array().unwrap();
        let results: Vec<_> = tasks
            .iter()
            .map(|task| match task.as_str() {
                Some("t2") => json!({"task_id": task, "status": "FAILED"}),
                _ => json!({"task_id": task, "status": "DELETED"}),
            })
            .collect();
        Reply::json(200, json!({"delete_result_array": results}))
    });
    let client = service.client().build().unwrap();
    let left = clean_up(&client, &["t1", "t2", "t3"]).await.unwrap();
    assert_eq!(left, ["t2"]);
    let calls = service.requests();
    let calls: Vec<_> = calls.iter().map(|request| request.parameters()).collect();
    assert_eq!(
        calls,
        [
            &json!({"task_id": ["t1", "t2"]}),
            &json!({"task_id": ["t3"]})
        ]
    );
}

#[tokio::test]
async fn stops_at_the_first_error() {
    let service = Service::start().await.unwrap();
    service.reply(Reply::documented());
    service.reply_to(
        "DeleteThumbnails",
        Reply::error(403, "VOD.10074", "No permission."),
    );
    let client = service.client().build().unwrap();
    let error = clean_up(&client, &["t1", "t2", "t3", "t4", "t5"])
        .await
        .unwrap_err();
    assert!(error.is_auth());
    assert_eq!(service.requests().len(), 2);
}
