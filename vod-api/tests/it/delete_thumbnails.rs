//! `DeleteThumbnails`, as its page in the docs describes it.

use serde_json::json;
use vod_api::model::{DeleteThumbnailsRequest, ThumbnailDeletionStatus};
use vod_api::{Batched, ErrorKind};
use vod_local::{Reply, Service};

/// How many tasks one call takes.
const MOST: usize = DeleteThumbnailsRequest::BATCH_SIZE;

/// In the order in which a query has them.
fn ids(count: usize) -> Vec<String> {
    (1..=count).map(|id| format!("task-{id:04}")).collect()
}

#[tokio::test]
async fn every_choice_of_parameters_arrives() {
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    let call = || client.delete_thumbnails();
    for (call, parameters) in [
        (call().asset_id("a1"), json!({"asset_id": "a1"})),
        (call().task_ids(["t1"]), json!({"task_id": ["t1"]})),
        (
            call().asset_id("a1").task_ids(["t1", "t2"]),
            json!({"asset_id": "a1", "task_id": ["t1", "t2"]}),
        ),
        (
            call().task_ids(ids(2)),
            json!({"task_id": ["task-0001", "task-0002"]}),
        ),
    ] {
        call.await.unwrap();
        let request = service.requests().pop().unwrap();
        assert_eq!(request.operation(), Some("DeleteThumbnails"));
        assert_eq!(request.method(), "DELETE");
        assert_eq!(
            request.path(),
            format!("/v1/{}/asset/thumbnails", service.project_id())
        );
        assert_eq!(*request.parameters(), parameters);
        assert_eq!(request.body(), "");
    }
}

#[tokio::test]
async fn the_documented_reply_is_read() {
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    let reply = client.delete_thumbnails().asset_id("a1").await.unwrap();
    assert_eq!(reply.meta().status(), 200);
    assert_eq!(reply.meta().request_id(), Some("request-1"));
    let [result] = reply.delete_result_array.as_slice() else {
        panic!("{reply:?}");
    };
    assert_eq!(result.task_id.as_deref(), Some("2xxxxx30"));
    assert_eq!(result.status, Some(ThumbnailDeletionStatus::Deleted));
    assert_eq!(result.asset_id, None);
}

#[tokio::test]
async fn every_outcome_is_read() {
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    let body = json!({
        "delete_result_array": [
            {"asset_id": "a1", "task_id": "t1", "status": "DELETED"},
            {"asset_id": "a1", "task_id": "t2", "status": "FAILED", "reason": {"code": 7}},
            {"asset_id": "a1", "task_id": "t3", "status": "UNKNOW"},
            {"asset_id": "a1", "task_id": "t4", "status": "QUEUED"},
            {"task_id": null},
        ],
        "total": 5,
    });
    service.reply(Reply::json(200, body.clone()).unchecked());
    let reply = client.delete_thumbnails().asset_id("a1").await.unwrap();
    let statuses: Vec<_> = reply
        .delete_result_array
        .iter()
        .map(|result| result.status.clone())
        .collect();
    assert_eq!(
        statuses,
        [
            Some(ThumbnailDeletionStatus::Deleted),
            Some(ThumbnailDeletionStatus::Failed),
            Some(ThumbnailDeletionStatus::Undetermined),
            Some(ThumbnailDeletionStatus::from("QUEUED")),
            None,
        ]
    );
    assert!(
        statuses[3]
            .as_ref()
            .is_some_and(|status| status.is_unrecognized())
    );
    assert_eq!(reply.delete_result_array[4].task_id, None);
    assert_eq!(reply.meta().raw_body(), &body.to_string());
}

#[tokio::test]
async fn replies_without_results_have_none() {
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    for reply in [
        Reply::json(200, json!({})),
        Reply::json(200, json!({"delete_result_array": null})),
        Reply::json(202, json!(null)),
        Reply::status(204),
    ] {
        service.reply(reply);
        let reply = client.delete_thumbnails().asset_id("a1").await.unwrap();
        assert_eq!(reply.delete_result_array, []);
    }
}

#[tokio::test]
async fn more_tasks_than_one_call_takes_are_refused() {
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    client
        .delete_thumbnails()
        .task_ids(ids(MOST))
        .await
        .unwrap();
    let sent = service.requests();
    assert_eq!(*sent[0].parameters(), json!({"task_id": ids(MOST)}));

    let error = client
        .delete_thumbnails()
        .task_ids(ids(MOST + 1))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(error.is_invalid_request());
    assert_eq!(
        error.to_string(),
        format!(
            "DeleteThumbnails: task_ids (on the wire: task_id) takes at most {MOST} values, got {} (not sent)",
            MOST + 1
        )
    );
    assert_eq!(service.requests().len(), 1);
}

#[tokio::test]
async fn an_empty_list_of_tasks_does_not_delete_all_of_them() {
    let service = Service::start().await.unwrap();
    for validate in [true, false] {
        let client = service.client().validate(validate).build().unwrap();
        let call = client.delete_thumbnails().asset_id("a1");
        let error = call.task_ids([""; 0]).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "DeleteThumbnails: task_ids (on the wire: task_id) is empty: give at least 1 value, or leave it out (not sent)"
        );
    }
    assert_eq!(service.requests().len(), 0);
}

#[tokio::test]
async fn without_validation_the_service_decides() {
    let service = Service::start().await.unwrap();
    let client = service.client().validate(false).build().unwrap();
    let error = client
        .delete_thumbnails()
        .task_ids(ids(MOST + 1))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Service);
    assert!(error.is_invalid_request());
    assert_eq!(
        error.to_string(),
        format!(
            "DeleteThumbnails: HTTP 400 VOD.10053: task_ids (on the wire: task_id) takes at most {MOST} values, got {} (request id request-1, 1 attempt)",
            MOST + 1
        )
    );
    let sent = service.requests();
    assert_eq!(*sent[0].parameters(), json!({"task_id": ids(MOST + 1)}));
}

#[tokio::test]
async fn documented_errors_are_told() {
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    let refusal = Reply::error(400, "VOD.10062", "The asset does not exist.");
    service.reply(refusal.header("X-Request-Id", "5f3c"));
    let error = client.delete_thumbnails().asset_id("a1").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Service);
    assert_eq!(error.operation(), Some("DeleteThumbnails"));
    assert_eq!(error.status().unwrap(), 400);
    assert_eq!(error.code(), Some("VOD.10062"));
    assert_eq!(error.message(), "The asset does not exist.");
    assert_eq!(error.request_id(), Some("5f3c"));
    assert!(error.is_not_found());
    assert_eq!(
        error.to_string(),
        "DeleteThumbnails: HTTP 400 VOD.10062: The asset does not exist. (request id 5f3c, 1 attempt)"
    );
}
