//! Tasks that the service reports by one state of the media asset, whichever task it is of. All time is tokio's and
//! paused.

use std::time::{Duration, SystemTime};

use serde_json::{Value, json};
use vod_api::model::*;
use vod_api::{Error, ErrorKind, Task, TaskParts};
use vod_local::{Reply, Service};

#[tokio::test(start_paused = true)]
async fn one_call_names_as_many_tasks_as_it_takes() {
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    service.respond(|request| match request.operation() {
        Some("CreateAssetReviewTask") => Reply::json(200, json!({})),
        _ => {
            let ids = request.parameters()["asset_id"].as_array().unwrap();
            if ids.contains(&json!("gone")) {
                return Reply::error(400, "VOD.10053", "There is no such asset.");
            }
            let state = |id: &Value| json!({"asset_id": id, "review_status": "REVIEW_PASSED"});
            let assets: Vec<_> = ids.iter().map(state).collect();
            Reply::json(200, json!({"total": assets.len(), "assets": assets}))
        }
    });
    let review = |asset: &str| {
        let settings = ReviewSettings::new().template_id("r1");
        let request = CreateAssetReviewTaskRequest::new(asset, settings);
        let reply = CreateAssetReviewTaskResponse::default();
        client.task(TaskParts::new(request, reply, SystemTime::now()))
    };
    let tasks: Vec<_> = (0..25).map(|it| review(&format!("a{it}"))).collect();
    let ends = Task::until_all_done(&tasks).await.unwrap();
    assert!(
        ends.iter()
            .all(|end| end.as_ref().is_ok_and(|it| it.assets.len() == 1))
    );
    let sizes = service.requests().into_iter();
    let sizes = sizes.map(|it| it.parameters()["asset_id"].as_array().unwrap().len());
    assert_eq!(sizes.collect::<Vec<_>>(), [10, 10, 5]);

    // One that is refused does not keep the others from their answers.
    let tasks = [review("a1"), review("gone"), review("a2")];
    let ends = Task::until_all_done(&tasks).await.unwrap();
    let codes = ends
        .iter()
        .map(|end| end.as_ref().err().and_then(Error::code));
    assert_eq!(codes.collect::<Vec<_>>(), [None, Some("VOD.10053"), None]);
    assert!(
        Task::<CreateAssetReviewTaskRequest>::until_all_done([])
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test(start_paused = true)]
async fn the_state_of_before_is_no_end() {
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    let states = |states: &[&str]| {
        for state in states {
            let asset = json!({"asset_id": "a1", "review_status": state});
            service.reply_to(
                "ListAssetList",
                Reply::json(200, json!({"assets": [asset]})),
            );
        }
    };
    let start = || {
        service.reply_to("CreateAssetReviewTask", Reply::json(200, json!({})));
        let call = client.create_asset_review_task("a1", ReviewSettings::new().template_id("r1"));
        call.start()
    };
    states(&[
        "REVIEW_PASSED",
        "REVIEW_PASSED",
        "REVIEW_PASSED",
        "REVIEWING",
        "REVIEW_PASSED",
    ]);
    let task = start().await.unwrap();
    let mut questions = 0;
    let waiter = task.until_done().on_progress(|it| questions = it.questions);
    waiter.await.unwrap();
    assert_eq!(questions, 4);

    // That there is no state is no news.
    states(&["REVIEW_PASSED"]);
    let task = start().await.unwrap();
    service.reply_to("ListAssetList", Reply::json(200, json!({"assets": []})));
    states(&["REVIEW_PASSED", "REVIEWING", "REVIEW_FAILED"]);
    let error = task.until_done().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Task);

    // Another end than that of before is one at once.
    states(&["REVIEW_PASSED", "REVIEW_FAILED"]);
    let error = start().await.unwrap().until_done().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Task);

    // And if it never changes, the deadline ends the wait.
    states(&["REVIEW_PASSED"]);
    let task = start().await.unwrap();
    let asset = json!({"asset_id": "a1", "review_status": "REVIEW_PASSED"});
    service.respond(move |_| Reply::json(200, json!({"assets": [asset]})));
    let waiter = task.until_done().with_deadline(Duration::from_secs(100));
    assert!(waiter.await.unwrap_err().is_timeout());
}
