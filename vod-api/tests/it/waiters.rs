//! Tasks and their end. All time is tokio's and paused.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::Instant;
use vod_api::model::*;
use vod_api::operation::TaskFacts;
use vod_api::{Client, ErrorKind, Retry, Sent, StartsTask, Task, TaskParts};
use vod_local::{Progress, Reply, Service};

use crate::common::backend::Backend;

async fn start() -> (Service, Client) {
    let service = Service::start().await.unwrap();
    let client = service
        .client()
        .retry_policy(Retry::never())
        .build()
        .unwrap();
    (service, client)
}

async fn preheating(service: &Service, client: &Client) -> Task<CreatePreheatingAssetRequest> {
    service.reply_to(
        "CreatePreheatingAsset",
        Reply::json(202, json!({ "task_id": "t1" })),
    );
    begin(client).await
}

async fn begin(client: &Client) -> Task<CreatePreheatingAssetRequest> {
    let call = client
        .create_preheating_asset()
        .urls(["https://example.com/a.mp4"]);
    call.start().await.unwrap()
}

/// A service whose tasks run for so many answers, for ever without a number; and one of them.
async fn running(answers: Option<u32>) -> (Backend, Task<CreatePreheatingAssetRequest>) {
    let progress = answers.map_or(Progress::manual(), Progress::polls);
    let service = Backend::set_up(|local| local.progress(progress)).await;
    let client = service.client().retry_policy(Retry::never());
    let client = client.build().unwrap();
    let task = match &service {
        Backend::Told(service) => {
            let task = preheating(service, &client).await;
            let left = AtomicU32::new(answers.unwrap_or(u32::MAX));
            service.respond(move |_| {
                let step = |left: u32| left.checked_sub(1);
                match left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, step) {
                    Ok(_) => states(&["processing"]),
                    Err(_) => states(&["succeed"]),
                }
            });
            task
        }
        Backend::WithState(_) => begin(&client).await,
    };
    (service, task)
}

/// What the service says about the parts of the task.
fn states(states: &[&str]) -> Reply {
    let results: Vec<_> = states
        .iter()
        .map(|it| json!({ "url": "u", "status": it }))
        .collect();
    // Some tests are of states that the docs do not list.
    Reply::json(200, json!({ "preheating_results": results })).unchecked()
}

fn tells(service: &Service, each: &[&[&str]]) {
    for parts in each {
        service.reply_to("ShowPreheatingAsset", states(parts));
    }
}

#[tokio::test(start_paused = true)]
async fn a_task_is_asked_about_until_it_is_done() {
    let (service, task) = running(Some(3)).await;
    let id = task.reply().task_id.clone().unwrap();
    let begin = Instant::now();
    let mut seen = Vec::new();
    let result = task
        .until_done()
        .on_progress(|progress| {
            seen.push((
                progress.questions,
                progress.states.clone(),
                progress.elapsed.as_secs(),
            ))
        })
        .await
        .unwrap();
    assert_eq!(result.preheating_results.len(), 1);
    assert_eq!(result.meta().status().as_u16(), 200);
    // 2, 3 and 4.5 seconds.
    assert_eq!(begin.elapsed().as_millis() / 100, 95);
    let running = vec!["processing".to_owned()];
    assert_eq!(
        seen,
        [
            (1, running.clone(), 0),
            (2, running.clone(), 2),
            (3, running, 5),
            (4, vec!["succeed".to_owned()], 9)
        ]
    );
    let asked = service.requests().split_off(1);
    assert_eq!(asked.len(), 4);
    for request in asked {
        assert_eq!(*request.parameters(), json!({ "task_id": id }));
    }
}

#[tokio::test(start_paused = true)]
async fn pauses_grow_up_to_the_longest() {
    let (_service, task) = running(None).await;
    let mut at = Vec::new();
    let waiter = task
        .until_done()
        .with_interval(Duration::from_secs(10), Duration::from_secs(20))
        .with_deadline(Duration::from_secs(90))
        .on_progress(|progress| at.push(progress.elapsed.as_secs()));
    assert_eq!(waiter.await.unwrap_err().kind(), ErrorKind::Timeout);
    assert_eq!(at, [0, 10, 25, 45, 65, 85]);

    let mut count = 0;
    let waiter = task
        .until_done()
        .with_interval(Duration::MAX, Duration::from_secs(20))
        .with_deadline(Duration::from_secs(50))
        .on_progress(|_| count += 1);
    waiter.await.unwrap_err();
    assert_eq!(count, 3);
}

#[tokio::test(start_paused = true)]
async fn a_task_that_fails_is_an_error() {
    let (service, client) = start().await;
    let task = preheating(&service, &client).await;
    tells(&service, &[&["processing"], &["failed"]]);
    let error = task.until_done().await.unwrap_err();
    assert_eq!(
        (error.kind(), error.was_sent()),
        (ErrorKind::Task, Sent::Yes)
    );
    assert_eq!(error.operation(), Some("ShowPreheatingAsset"));
    assert_eq!(
        error.message(),
        "the task of CreatePreheatingAsset has failed: its state is failed"
    );
    let body: Value = serde_json::from_slice(error.raw_body().unwrap()).unwrap();
    assert_eq!(body["preheating_results"][0]["status"], "failed");
    assert!(error.request_id().is_some());
    assert!(!error.is_transient());
}

#[tokio::test(start_paused = true)]
async fn a_task_in_parts_ends_when_all_of_them_have() {
    let (service, client) = start().await;
    let task = preheating(&service, &client).await;
    tells(
        &service,
        &[
            &[],
            &["succeed", "processing"],
            &["failed", "processing"],
            &["failed", "succeed"],
        ],
    );
    let error = task.until_done().await.unwrap_err();
    assert_eq!(
        error.message(),
        "the task of CreatePreheatingAsset has failed: its states are failed, succeed"
    );
    assert_eq!(service.requests().len(), 1 + 4);
    tells(
        &service,
        &[&["succeed", "processing"], &["succeed", "succeed"]],
    );
    assert_eq!(task.until_done().await.unwrap().preheating_results.len(), 2);
}

#[tokio::test(start_paused = true)]
async fn case_does_not_count_and_unknown_states_are_no_end() {
    let (service, client) = start().await;
    let task = preheating(&service, &client).await;
    tells(
        &service,
        &[&["QUEUED"], &["", "SUCCEED"], &["SUCCEED", "Succeed"]],
    );
    task.until_done().await.unwrap();
    assert_eq!(service.requests().len(), 1 + 3);
    tells(&service, &[&["FAILED"]]);
    assert_eq!(task.until_done().await.unwrap_err().kind(), ErrorKind::Task);
}

#[tokio::test(start_paused = true)]
async fn a_deadline_ends_the_wait_and_not_the_task() {
    let (service, client) = start().await;
    let task = preheating(&service, &client).await;
    service.respond(|_| states(&["processing"]));
    let begin = Instant::now();
    let waiter = task.until_done().with_deadline(Duration::from_secs(60));
    let error = waiter.await.unwrap_err();
    assert_eq!(begin.elapsed().as_secs(), 60);
    assert!(error.is_timeout());
    assert_eq!(error.was_sent(), Sent::Yes);
    assert_eq!(
        error.to_string(),
        "ShowPreheatingAsset: the task of CreatePreheatingAsset is still running after 60s: its state is processing"
    );

    // By default it is an hour.
    let begin = Instant::now();
    assert!(task.until_done().await.unwrap_err().is_timeout());
    assert_eq!(begin.elapsed().as_secs(), 3600);

    // A wait can be taken up again, and it can be for ever.
    for _ in 0..200 {
        service.reply_to("ShowPreheatingAsset", states(&["processing"]));
    }
    service.respond(|_| states(&["succeed"]));
    let begin = Instant::now();
    task.until_done().with_deadline(None).await.unwrap();
    assert!(begin.elapsed().as_secs() > 3600);
    tells(&service, &[&["processing"]]);
    task.until_done()
        .with_deadline(Duration::MAX)
        .await
        .unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_question_without_an_answer_does_not_outlast_the_deadline() {
    let (service, task) = running(None).await;
    service.reply_to("ShowPreheatingAsset", Reply::never());
    let begin = Instant::now();
    let waiter = task.until_done().with_deadline(Duration::from_secs(7));
    let error = waiter.await.unwrap_err();
    assert_eq!(begin.elapsed().as_secs(), 7);
    assert!(
        error.message().ends_with("the service reports no state"),
        "{error}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_question_is_not_put_off_for_long() {
    let (service, task) = running(Some(0)).await;
    let busy = Reply::status(429).header("Retry-After", "3600");
    service.reply_to("ShowPreheatingAsset", busy);
    let begin = Instant::now();
    task.until_done().await.unwrap();
    assert_eq!(begin.elapsed().as_secs(), 300);
}

#[tokio::test(start_paused = true)]
async fn failures_that_pass_do_not_end_the_wait() {
    let (service, task) = running(Some(0)).await;
    for reply in [
        Reply::error(400, "VOD.10062", "There is no such task yet."),
        Reply::status(503).header("Retry-After", "25"),
        Reply::reset(),
        Reply::error(429, "APIGW.0308", "Too many."),
    ] {
        service.reply_to("ShowPreheatingAsset", reply);
    }
    let begin = Instant::now();
    let mut answers = 0;
    task.until_done()
        .on_progress(|_| answers += 1)
        .await
        .unwrap();
    assert_eq!(answers, 1);
    assert_eq!(service.requests().len(), 1 + 5);
    // 2, 25 instead of 3, 4.5 and 6.75 seconds.
    assert_eq!(begin.elapsed().as_millis() / 250, 38_250 / 250);

    // The deadline tells what was in the way.
    for _ in 0..20 {
        let refusal = Reply::error(503, "VOD.10136", "Out of order.").optional();
        service.reply_to("ShowPreheatingAsset", refusal);
    }
    let waiter = task.until_done().with_deadline(Duration::from_secs(100));
    let error = waiter.await.unwrap_err();
    assert!(error.is_timeout());
    assert!(error.message().contains("Out of order."), "{error}");
}

#[tokio::test(start_paused = true)]
async fn failures_that_stay_end_the_wait() {
    let (service, client) = start().await;
    let task = preheating(&service, &client).await;
    service.respond(|_| Reply::error(400, "VOD.10053", "Wrong."));
    let begin = Instant::now();
    let error = task.until_done().await.unwrap_err();
    assert_eq!(error.code(), Some("VOD.10053"));
    assert_eq!(begin.elapsed().as_secs(), 0);

    // A task may be unknown for a minute, and not once it was known.
    service.respond(|_| Reply::error(400, "VOD.10062", "There is no such task."));
    assert!(task.until_done().await.unwrap_err().is_not_found());
    assert_eq!(begin.elapsed().as_secs(), 64);
    tells(&service, &[&["processing"]]);
    let begin = Instant::now();
    assert!(task.until_done().await.unwrap_err().is_not_found());
    assert_eq!(begin.elapsed().as_secs(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_task_can_be_stored_and_waited_for_later() {
    let (service, task) = running(Some(0)).await;
    let client = service.client().build().unwrap();
    let parts = task.into_parts();
    let request = parts.request().clone();
    let stored = serde_json::to_string(&parts).unwrap();
    let parts: TaskParts<CreatePreheatingAssetRequest> = serde_json::from_str(&stored).unwrap();
    let task = client.task(parts);
    assert_eq!(*task.request(), request);
    task.until_done().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn without_an_id_there_is_no_asking() {
    let (service, client) = start().await;
    service.reply(Reply::json(202, json!({})));
    let call = client
        .create_preheating_asset()
        .urls(["https://example.com/a.mp4"]);
    let task = call.start().await.unwrap();
    let error = task.until_done().await.unwrap_err();
    assert_eq!(
        (error.kind(), error.was_sent()),
        (ErrorKind::Decode, Sent::Yes)
    );
    assert_eq!(
        error.to_string(),
        "CreatePreheatingAsset: the reply has no `task_id`, so the service cannot be asked about the task"
    );
    assert_eq!(service.requests().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_fails_starts_no_task() {
    let service = Backend::start().await;
    let client = service.client().build().unwrap();
    let refusal = Reply::error(400, "VOD.10053", "Wrong.");
    service.reply_to("CreatePreheatingAsset", refusal);
    let call = client
        .create_preheating_asset()
        .urls(["https://example.com/a.mp4"]);
    assert_eq!(call.start().await.unwrap_err().code(), Some("VOD.10053"));
}

/// A reply with a state at the place that the facts name: one part, in lists where the reply has lists.
fn told(facts: &TaskFacts, state: &str) -> Value {
    let (list, field) = facts.state.split_once('.').unwrap();
    json!({ list: [{ field: state }] })
}

/// Starts a task with this request, and goes through all of its ends.
async fn ends<O: StartsTask>(request: Value, reply: Value, question: Value) {
    let (service, client) = start().await;
    let [facts] = O::TASKS else {
        panic!("{} starts several tasks", O::META.name);
    };
    let status = facts.status.name;
    let request: O = serde_json::from_value(request).unwrap();
    if facts.earlier.is_some() {
        service.reply_to(status, Reply::json(200, json!({})));
    }
    service.reply_to(O::META.name, Reply::json(O::META.success, reply));
    let task = client.execute(request).start().await.unwrap();
    for (ends, kind) in [(facts.done, None), (facts.failed, Some(ErrorKind::Task))] {
        for end in ends {
            for state in ["PROCESSING_OF_SOME_KIND", &end.to_lowercase()] {
                let reply = Reply::json(200, told(facts, state));
                service.reply_to(status, reply.unchecked());
            }
            let before = service.requests().len();
            let result = task.until_done().await;
            assert_eq!(
                result.err().map(|error| error.kind()),
                kind,
                "{}",
                O::META.name
            );
            let asked = service.requests().split_off(before);
            assert_eq!(asked.len(), 2);
            assert_eq!(asked[0].operation(), Some(status));
            assert_eq!(*asked[0].parameters(), question);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn every_task_can_be_waited_for() {
    let task = || json!({ "task_id": "t1" });
    let urls = || json!({ "urls": ["https://example.com/a"] });
    ends::<CreatePreheatingAssetRequest>(urls(), task(), task()).await;
    ends::<RefreshAssetRequest>(urls(), task(), task()).await;
    let take_over = json!({ "bucket": "b", "object": "o" });
    ends::<CreateTakeOverTaskRequest>(take_over, task(), task()).await;
    let part = json!({ "asset_id": "a1", "timeline_start": "0", "timeline_end": "1" });
    let edit = json!({ "inputs": [part] });
    ends::<CreateAssetEditTaskRequest>(edit, task(), task()).await;

    // The list takes several assets, and what a reply lacks stands in the request.
    let assets = || json!({ "asset_id": ["a1"] });
    let review = json!({ "asset_id": "a1", "review": { "template_id": "r" } });
    ends::<CreateAssetReviewTaskRequest>(review, json!({}), assets()).await;
    let file = json!({ "bucket": "b", "location": "cn-north-4", "object": "o" });
    let publish = json!({ "video_type": "MP4", "title": "t", "input": file });
    ends::<PublishAssetFromObsRequest>(publish, json!({ "asset_id": "a1" }), assets()).await;
}

#[test]
fn waits_can_be_moved_to_other_tasks() {
    fn is_send<T: Send + 'static>(_: &T) {}
    fn wait(task: &Task<RefreshAssetRequest>) {
        is_send(&std::future::IntoFuture::into_future(
            task.until_done().on_progress(|_| {}),
        ));
    }
    let _ = wait;
}
