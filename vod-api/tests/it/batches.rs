//! More values than one call takes.

use std::time::Duration;

use futures_util::{Stream, StreamExt};
use serde_json::{Map, Value, json};
use tokio::time::timeout;
use vod_api::model::{self, *};
use vod_api::operation::SchemaKind;
use vod_api::{Batched, Batches, Client};
use vod_local::{ReceivedRequest, Reply, Service};

use crate::common::backend::Backend;

async fn start() -> (Service, Client) {
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    (service, client)
}

/// A service that answers with the tasks that a request names. With state, these are none of its
/// tasks, and it says so of each.
async fn echoes() -> (Backend, Client) {
    let backend = Backend::start().await;
    if let Backend::Told(service) = &backend {
        service.respond(echo);
    }
    let client = backend.client().build().unwrap();
    (backend, client)
}

/// How many tasks one call takes.
const SIZE: usize = DeleteThumbnailsRequest::BATCH_SIZE;

/// A task id; their order is that of their text.
fn id(index: usize) -> String {
    format!("t{index:04}")
}

fn ids(count: usize) -> Vec<String> {
    (0..count).map(id).collect()
}

/// Answers with the tasks that a request names.
fn echo(request: &ReceivedRequest) -> Reply {
    let tasks = request.parameters()["task_id"].as_array().cloned();
    let tasks = tasks.unwrap_or_default().into_iter();
    let results: Vec<_> = tasks
        .map(|task| json!({ "task_id": task, "status": "DELETED" }))
        .collect();
    Reply::json(200, json!({ "delete_result_array": results }))
}

/// Which of the calls a request is, from 0.
fn batch_of(request: &ReceivedRequest) -> Option<usize> {
    let first = request.parameters()["task_id"][0].as_str()?;
    (0..).step_by(SIZE).take(100).position(|it| id(it) == first)
}

#[tokio::test]
async fn each_value_is_sent_once_and_outcomes_come_in_order() {
    let (service, client) = echoes().await;
    // The first ones take longest.
    match &service {
        Backend::Told(service) => service.respond(|request| match batch_of(request) {
            Some(0) => echo(request).delay(Duration::from_millis(60)),
            Some(1) => echo(request).delay(Duration::from_millis(30)),
            _ => echo(request),
        }),
        Backend::WithState(local) => {
            for millis in [60, 30] {
                let late = Reply::documented().delay(Duration::from_millis(millis));
                local.fail("DeleteThumbnails").with(late);
            }
        }
    }
    let tasks = ids(4 * SIZE + 1);
    let call = client.delete_thumbnails().asset_id("a1");
    let call = call.task_ids(tasks.clone());
    let mut batches = call.in_batches();
    let mut seen = Vec::new();
    let mut lengths = Vec::new();
    while let Some(batch) = batches.next().await {
        assert_eq!(batch.index, lengths.len());
        assert_eq!(batch.request.asset_id.as_deref(), Some("a1"));
        let sent = batch.request.task_ids.unwrap();
        lengths.push(sent.len());
        let reply = batch.result.unwrap();
        let tasks = reply
            .delete_result_array
            .iter()
            .map(|it| it.task_id.clone());
        let tasks: Vec<_> = tasks.map(Option::unwrap).collect();
        assert_eq!(tasks, sent);
        seen.extend(tasks);
    }
    assert!(batches.next().await.is_none());
    assert_eq!(lengths, [SIZE, SIZE, SIZE, SIZE, 1]);
    assert_eq!(seen, tasks);
    assert_eq!(service.requests().len(), 5);
}

#[tokio::test]
async fn one_that_fails_takes_no_other_with_it() {
    let (service, client) = echoes().await;
    let error = Reply::error(400, "VOD.10062", "There is no such task.");
    match &service {
        Backend::Told(service) => service.respond(move |request| match batch_of(request) {
            Some(1) => error.clone(),
            _ => echo(request),
        }),
        Backend::WithState(local) => {
            local.fail("DeleteThumbnails").with(Reply::documented());
            local.fail("DeleteThumbnails").with(error);
        }
    }
    let tasks = ids(3 * SIZE);
    let call = client.delete_thumbnails().task_ids(tasks.clone());
    // One after the other, so that the second one is the second to arrive.
    let batches = call.in_batches().with_concurrency(1);
    let batches: Vec<_> = batches.collect().await;
    let good: Vec<_> = batches.iter().map(|it| it.result.is_ok()).collect();
    assert_eq!(good, [true, false, true]);
    let failed = &batches[1];
    let part = &tasks[SIZE..2 * SIZE];
    assert_eq!(failed.request.task_ids.as_deref(), Some(part));
    assert!(failed.result.as_ref().unwrap_err().is_not_found());

    // Its part can be sent again.
    if let Backend::Told(service) = &service {
        service.respond(echo);
    }
    let again = client.execute(failed.request.clone()).await.unwrap();
    assert_eq!(again.delete_result_array.len(), SIZE);
}

/// How many of ten calls are under way while none is answered.
async fn under_way(
    change: impl FnOnce(Batches<DeleteThumbnailsRequest>) -> Batches<DeleteThumbnailsRequest>,
    due: usize,
) {
    let (service, client) = start().await;
    service.respond(|_| Reply::never());
    let call = client.delete_thumbnails().task_ids(ids(10 * SIZE));
    let mut batches = change(
        call.with_timeout(None)
            .with_attempt_timeout(None)
            .in_batches(),
    );
    let waiting = tokio::spawn(async move { batches.next().await.is_some() });
    service.received(due).await;
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(service.requests().len(), due);
    waiting.abort();
    assert!(waiting.await.unwrap_err().is_cancelled());
    tokio::time::sleep(Duration::from_millis(20)).await;
    assert_eq!(service.requests().len(), due);
}

#[tokio::test]
async fn only_so_many_are_under_way_at_once() {
    under_way(|batches| batches, 4).await;
    under_way(|batches| batches.with_concurrency(7), 7).await;
    under_way(|batches| batches.with_concurrency(1), 1).await;
    under_way(|batches| batches.with_concurrency(0), 1).await;
    under_way(|batches| batches.with_concurrency(usize::MAX), 10).await;
}

#[tokio::test]
async fn where_no_values_are_given_there_is_one_call() {
    let (service, client) = start().await;
    let call = client.delete_thumbnails().asset_id("a1");
    let batches: Vec<_> = call.in_batches().collect().await;
    assert_eq!(batches.len(), 1);
    assert!(batches[0].result.is_ok());
    let requests = service.requests();
    assert_eq!(requests.len(), 1);
    assert_eq!(*requests[0].parameters(), json!({ "asset_id": "a1" }));
}

#[tokio::test]
async fn an_empty_list_that_is_required_is_refused() {
    let service = Service::start().await.unwrap();
    for validate in [true, false] {
        let client = service.client().validate(validate).build().unwrap();
        let error = client.delete_assets([""; 0]).await.unwrap_err();
        assert_eq!(
            error.message(),
            "asset_ids (on the wire: asset_id) is required, but missing or empty"
        );
    }
    assert_eq!(service.requests().len(), 0);
}

#[tokio::test]
async fn an_empty_list_makes_no_call() {
    let (service, client) = echoes().await;
    let none = Vec::<String>::new;
    // Without its values, this call would delete all snapshots of the media asset.
    let call = client.delete_thumbnails().asset_id("a1").task_ids(none());
    assert_eq!(call.in_batches().count().await, 0);
    assert_eq!(client.delete_assets(none()).in_batches().count().await, 0);
    assert_eq!(service.requests().len(), 0);
}

#[tokio::test]
async fn a_wait_that_is_given_up_sends_nothing_twice() {
    let (service, client) = echoes().await;
    let delay = Duration::from_millis(50);
    match &service {
        Backend::Told(service) => service.respond(move |request| echo(request).delay(delay)),
        Backend::WithState(local) => {
            let late = Reply::documented().delay(delay);
            local.fail("DeleteThumbnails").times(6).with(late);
        }
    }
    let tasks = ids(6 * SIZE);
    let call = client.delete_thumbnails().task_ids(tasks.clone());
    let mut batches = call.in_batches();
    let (mut seen, mut given_up) = (Vec::new(), 0);
    loop {
        match timeout(Duration::from_millis(20), batches.next()).await {
            Ok(Some(batch)) => seen.extend(batch.request.task_ids.unwrap()),
            Ok(None) => break,
            Err(_) => given_up += 1,
        }
    }
    assert_eq!(seen, tasks);
    assert_eq!(service.requests().len(), 6);
    assert!(given_up > 0);
}

#[tokio::test]
async fn options_are_those_of_the_call() {
    let (service, client) = start().await;
    service.respond(|request| match batch_of(request) {
        Some(0) => echo(request),
        _ => Reply::never(),
    });
    let call = client.delete_thumbnails().task_ids(ids(2 * SIZE));
    let batches = call.with_timeout(Duration::from_millis(100)).in_batches();
    let batches: Vec<_> = batches.collect().await;
    assert!(batches[0].result.is_ok());
    assert!(batches[1].result.as_ref().unwrap_err().is_timeout());
}

/// The tasks of requests.
fn tasks<'a>(requests: impl Iterator<Item = &'a DeleteThumbnailsRequest>) -> Vec<String> {
    requests
        .flat_map(|it| it.task_ids.clone().unwrap())
        .collect()
}

#[tokio::test]
async fn after_a_stop_no_more_is_sent() {
    for stop in [0, 1, 3, 6, 7] {
        let (service, client) = echoes().await;
        let all = ids(6 * SIZE);
        let call = client.delete_thumbnails().task_ids(all.clone());
        let mut batches = call.in_batches().with_concurrency(2);
        let mut seen = Vec::new();
        for _ in 0..stop {
            let Some(batch) = batches.next().await else {
                break;
            };
            seen.extend(batch.request.task_ids.unwrap());
        }
        let in_flight = tasks(batches.in_flight());
        let unsent = batches.stop();
        assert_eq!(
            [seen.clone(), in_flight.clone(), unsent].concat(),
            all,
            "{stop}"
        );
        // What was under way comes to its end.
        while let Some(batch) = batches.next().await {
            assert!(batch.result.is_ok());
            seen.extend(batch.request.task_ids.unwrap());
        }
        assert_eq!(seen.len(), seen.len().min(6 * SIZE));
        assert!(seen.ends_with(&in_flight), "{stop}");
        assert_eq!(batches.in_flight().count(), 0);
        assert_eq!(batches.stop(), [""; 0]);
        assert_eq!(service.requests().len() * SIZE, seen.len());
    }
}

#[tokio::test]
async fn after_a_stop_a_call_without_values_is_not_made() {
    let (service, client) = echoes().await;
    let mut batches = client.delete_thumbnails().asset_id("a1").in_batches();
    assert_eq!(batches.stop(), [""; 0]);
    assert!(batches.next().await.is_none());
    assert_eq!(service.requests().len(), 0);
}

#[tokio::test]
async fn what_is_under_way_is_told_after_a_wait_that_was_given_up() {
    let (service, client) = start().await;
    service.respond(|_| Reply::never());
    let all = ids(6 * SIZE);
    let call = client.delete_thumbnails().task_ids(all.clone());
    let mut batches = call.in_batches();
    tokio::select! {
        _ = batches.next() => panic!("no call is answered"),
        () = service.received(4) => {}
    }
    assert_eq!(tasks(batches.in_flight()), all[..4 * SIZE]);
    assert_eq!(batches.stop(), all[4 * SIZE..]);
}

/// A value with a number in it.
fn value(kind: SchemaKind, number: usize) -> Value {
    match kind {
        SchemaKind::Int32 | SchemaKind::Int64 => json!(number),
        SchemaKind::OneOf(values) => json!(values[0]),
        SchemaKind::Object(facts) => facts()
            .properties
            .iter()
            .filter(|it| it.required)
            .map(|it| (it.name.to_owned(), value(it.schema.kind(), number)))
            .collect::<Map<_, _>>()
            .into(),
        _ => json!(number.to_string()),
    }
}

/// Two calls in full and three values more.
async fn splits<O: Batched>() {
    let (service, client) = start().await;
    let parameter = O::META.batch.unwrap().values;
    let mut parameters = O::META.parameters.iter().map(|it| it.property);
    let list = parameters.find(|it| it.name == parameter).unwrap();
    let SchemaKind::Array(item) = list.schema.kind() else {
        panic!("{parameter} is not a list");
    };
    let numbers = 100..103 + 2 * O::BATCH_SIZE;
    let values: Vec<_> = numbers.map(|number| value(item.kind(), number)).collect();
    let request: O = serde_json::from_value(json!({ parameter: values })).unwrap();
    let batches: Vec<_> = client.execute(request).in_batches().collect().await;
    assert!(batches.iter().all(|batch| batch.result.is_ok()));
    let requests = batches
        .iter()
        .map(|it| serde_json::to_value(&it.request).unwrap());
    let parts: Vec<_> = requests
        .map(|it| it[parameter].as_array().unwrap().clone())
        .collect();
    let sizes: Vec<_> = parts.iter().map(Vec::len).collect();
    assert_eq!(sizes, [O::BATCH_SIZE, O::BATCH_SIZE, 3], "{}", O::META.name);
    assert_eq!(parts.concat(), values);
    assert_eq!(service.requests().len(), 3);
}

#[tokio::test]
async fn every_operation_with_batches_is_split() {
    each_batched!(Request => splits::<Request>().await);
}

#[test]
fn batches_can_be_moved_to_other_tasks() {
    fn is_send<T: Send + Unpin + 'static>() {}
    fn is_stream<T: Stream>() {}
    is_send::<Batches<DeleteThumbnailsRequest>>();
    is_stream::<Batches<DeleteThumbnailsRequest>>();
}
