//! Calls from JSON against typed calls: the same bytes, the same refusals.

use std::ops::Range;

use serde_json::{Value, json};
use vod_api::model;
use vod_api::operation::{self, OperationMeta};
use vod_api::{Batched, Client, ErrorKind, Operation};
use vod_local::{Reply, Service};

/// How many values one call of `DeleteThumbnails` takes.
const SIZE: usize = model::DeleteThumbnailsRequest::BATCH_SIZE;

/// What was sent: method, target and body, without what differs from call to call.
#[derive(Debug, PartialEq)]
struct Sent {
    method: String,
    path: String,
    query: String,
    body: bytes::Bytes,
}

fn last_sent(service: &Service) -> Option<Sent> {
    let request = service.requests().pop()?;
    Some(Sent {
        method: request.method().to_string(),
        path: request.path().to_owned(),
        query: request.raw_query().to_owned(),
        body: request.body().clone(),
    })
}

async fn typed<O: Operation>(client: &Client, request: Value) -> Result<(), String> {
    let request: O = serde_json::from_value(request).map_err(|error| error.to_string())?;
    let sent = client.execute(request).await;
    sent.map(drop).map_err(|error| error.to_string())
}

async fn from_json(
    client: &Client,
    meta: &'static OperationMeta,
    request: Value,
) -> Result<(), String> {
    let sent = client.call(meta, request).await;
    sent.map(drop).map_err(|error| error.to_string())
}

/// The requests that were recorded with the vendor's own client, three per operation.
#[tokio::test]
async fn each_operation_sends_what_its_typed_call_sends() {
    let service = Service::builder().validate(false).start().await.unwrap();
    let client = service.client().validate(false).build().unwrap();
    for (line, text) in (1..).zip(include_str!("../data/wire-vectors.jsonl").lines()) {
        let vector: Value = serde_json::from_str(text).unwrap();
        let name = vector["operation"].as_str().unwrap();
        let meta = operation::find(name).unwrap();
        let request = &vector["request"];
        with_operation!(name, Request => typed::<Request>(&client, request.clone()).await).unwrap();
        let expected = last_sent(&service);
        from_json(&client, meta, request.clone()).await.unwrap();
        assert_eq!(last_sent(&service), expected, "line {line}: {name}");
    }
    assert!(!service.requests().is_empty());
}

#[tokio::test]
async fn what_a_typed_call_refuses_is_refused() {
    struct Case {
        name: &'static str,
        operation: &'static str,
        request: Value,
    }
    let cases = [
        Case {
            name: "an unknown member",
            operation: "DeleteThumbnails",
            request: json!({"asset_id": "a1", "task_ids": ["t1"]}),
        },
        Case {
            name: "nothing chosen",
            operation: "DeleteThumbnails",
            request: json!({}),
        },
        Case {
            name: "null for a list",
            operation: "DeleteThumbnails",
            request: json!({"task_id": null}),
        },
        Case {
            name: "another type",
            operation: "DeleteThumbnails",
            request: json!({"asset_id": 7}),
        },
        Case {
            name: "no object",
            operation: "DeleteThumbnails",
            request: json!(["a1"]),
        },
        Case {
            name: "more than the limit",
            operation: "DeleteThumbnails",
            request: json!({"task_id": vec!["t"; SIZE + 1]}),
        },
        Case {
            name: "a value that the docs do not list",
            operation: "ListAssetList",
            request: json!({"status": ["CREATD"]}),
        },
        Case {
            name: "a required member that is missing",
            operation: "ShowAssetDetail",
            request: json!({}),
        },
    ];
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    for case in cases {
        let meta = operation::find(case.operation).unwrap();
        let error = client.call(meta, case.request.clone()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{}", case.name);
        let expected = with_operation!(
            case.operation,
            Request => typed::<Request>(&client, case.request).await
        );
        let expected = expected.unwrap_err();
        let said = error.message();
        assert!(!said.is_empty(), "{}", case.name);
        assert!(expected.contains(said), "{}: {said}, {expected}", case.name);
    }
    assert_eq!(service.requests().len(), 0);
}

#[tokio::test]
async fn replies_are_the_json_as_it_came() {
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    let body = json!({"asset_id": 7, "not_documented": [true], "z": null});
    service.reply(Reply::json(200, body.clone()).unchecked());
    let meta = operation::find("ShowAssetDetail").unwrap();
    let reply = client.call(meta, json!({"asset_id": "a1"})).await.unwrap();
    assert_eq!(*reply, body);
    assert!(reply.meta().request_id().is_some());
}

#[tokio::test]
async fn pages_follow_each_other() {
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    let page = |numbers: Range<usize>| {
        let assets: Vec<_> = numbers
            .map(|it| json!({"asset_id": format!("a{it}")}))
            .collect();
        Reply::json(200, json!({"total": 5, "assets": assets}))
    };
    let all = [0..2, 2..4, 4..5];
    let meta = operation::find("ListAssetList").unwrap();
    let call = client.call(meta, json!({"size": 2, "status": ["CREATED"]}));
    let mut pages = call.pages().unwrap();
    let mut counts = Vec::new();
    for numbers in all.clone() {
        service.reply(page(numbers));
        let page = pages.next().await.unwrap().unwrap();
        counts.push(page["assets"].as_array().unwrap().len());
    }
    assert_eq!(counts, [2, 2, 1]);
    assert_eq!(pages.next_request(), None);
    assert!(pages.next().await.is_none());
    let queries: Vec<_> = service
        .requests()
        .iter()
        .map(|it| it.raw_query().to_owned())
        .collect();

    let typed = client.list_asset_list().size(2);
    let mut typed = typed.statuses(["CREATED"]).pages();
    for numbers in all {
        service.reply(page(numbers));
        typed.next().await.unwrap().unwrap();
    }
    let sent = service.requests();
    let expected: Vec<_> = sent
        .iter()
        .skip(3)
        .map(|it| it.raw_query().to_owned())
        .collect();
    assert_eq!(queries, expected);
}

#[tokio::test]
async fn items_come_one_by_one() {
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    let meta = operation::find("ListAssetList").unwrap();
    let call = || client.call(meta, json!({"status": ["CREATED"]}));
    let assets: Vec<_> = (0..3)
        .map(|it| json!({"asset_id": format!("a{it}")}))
        .collect();
    let reply = || Reply::json(200, json!({"total": 3, "assets": assets}));

    service.reply(reply());
    let mut items = call().items().unwrap();
    let mut came = Vec::new();
    while let Some(item) = items.next().await {
        came.push(item.unwrap());
    }
    assert_eq!(came, assets);

    service.reply(reply());
    let mut items = call().items_by_time().unwrap();
    assert_eq!(
        items.next_request(),
        Some(json!({"status": ["CREATED"], "size": 100}))
    );
    let mut came = Vec::new();
    while let Some(item) = items.next().await {
        came.push(item.unwrap());
    }
    assert_eq!(came, assets);
    assert_eq!(items.next_request(), None);

    let requests = service.requests();
    assert_eq!(requests.len(), 2);
    assert!(requests.iter().all(|it| it.parameters()["size"] == 100));
}

#[tokio::test]
async fn items_by_time_come_once_and_in_one_window_each() {
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    let meta = operation::find("ShowAssetMeta").unwrap();
    // The whole list is too long; each of its halves has the item in the middle.
    service.respond(|request| {
        let has = |name: &str| request.parameters()[name].is_string();
        let (total, ids) = match (has("start_time"), has("end_time")) {
            (false, true) if request.parameters()["end_time"] == "20260101000000" => {
                (20_000, vec!["a"])
            }
            (false, _) => (2, vec!["a", "b"]),
            (true, _) => (2, vec!["b", "c"]),
        };
        let items: Vec<_> = ids.iter().map(|id| json!({"asset_id": id})).collect();
        Reply::json(200, json!({"total": total, "asset_info_array": items}))
    });
    let call = client.call(meta, json!({"end_time": "20260101000000"}));
    let mut items = call.items_by_time().unwrap();
    let mut ids = Vec::new();
    while let Some(item) = items.next().await {
        ids.push(item.unwrap()["asset_id"].clone());
    }
    assert_eq!(ids, ["a", "b", "c"]);
    assert_eq!(service.requests().len(), 3);
}

#[tokio::test]
async fn values_are_sent_in_batches() {
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    let values: Vec<_> = (0..2 * SIZE + 1).map(|it| format!("t{it}")).collect();
    let meta = operation::find("DeleteThumbnails").unwrap();
    let call = client.call(meta, json!({"task_id": values}));
    let mut batches = call.in_batches().unwrap().with_concurrency(1);
    let mut sizes = Vec::new();
    while let Some(batch) = batches.next().await {
        assert_eq!(batch.index, sizes.len());
        batch.result.unwrap();
        sizes.push(batch.request["task_id"].as_array().unwrap().len());
    }
    assert_eq!(sizes, [SIZE, SIZE, 1]);
    let queries: Vec<_> = service
        .requests()
        .iter()
        .map(|it| it.raw_query().to_owned())
        .collect();

    let mut typed = client
        .delete_thumbnails()
        .task_ids(values)
        .in_batches()
        .with_concurrency(1);
    while let Some(batch) = typed.next().await {
        batch.result.unwrap();
    }
    let sent = service.requests();
    let expected: Vec<_> = sent
        .iter()
        .skip(3)
        .map(|it| it.raw_query().to_owned())
        .collect();
    assert_eq!(queries, expected);
}

#[tokio::test]
async fn batches_are_stopped() {
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    let values: Vec<_> = (0..4 * SIZE).map(|it| json!(format!("t{it}"))).collect();
    let meta = operation::find("DeleteThumbnails").unwrap();
    let call = client.call(meta, json!({ "task_id": values }));
    let mut batches = call.in_batches().unwrap().with_concurrency(2);
    batches.next().await.unwrap().result.unwrap();
    let in_flight: Vec<_> = batches.in_flight().cloned().collect();
    assert_eq!(in_flight, [json!({ "task_id": values[SIZE..2 * SIZE] })]);
    assert_eq!(batches.stop(), values[2 * SIZE..]);
    assert_eq!(batches.next().await.unwrap().request, in_flight[0]);
    assert!(batches.next().await.is_none());
    assert_eq!(service.requests().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn tasks_are_waited_for() {
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    let meta = operation::find("CreatePreheatingAsset").unwrap();
    service.reply(Reply::json(202, json!({"task_id": "t1"})));
    let state = |status| Reply::json(200, json!({"preheating_results": [{"status": status}]}));
    service.reply(state("processing"));
    service.reply(state("succeed"));
    let request = json!({"urls": ["https://example.com/a.mp4"]});
    let task = client.call(meta, request).start().await.unwrap();
    assert_eq!(task.reply()["task_id"], "t1");
    let mut states = Vec::new();
    let done = task
        .until_done()
        .on_progress(|progress| states.extend(progress.states.clone()))
        .await
        .unwrap();
    assert_eq!(done["preheating_results"][0]["status"], "succeed");
    assert_eq!(states, ["processing", "succeed"]);
    let last = last_sent(&service).unwrap();
    assert_eq!(last.query, "task_id=t1");
}

#[tokio::test]
async fn what_an_operation_does_not_do_is_refused() {
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    let call = || {
        let meta = operation::find("ShowAssetDetail").unwrap();
        client.call(meta, json!({"asset_id": "a1"}))
    };
    let thumbnails = operation::find("ListThumbnailInfo").unwrap();
    let messages = [
        call().pages().unwrap_err().to_string(),
        call().items().unwrap_err().to_string(),
        client
            .call(thumbnails, json!({}))
            .items_by_time()
            .unwrap_err()
            .to_string(),
        call().in_batches().unwrap_err().to_string(),
        call().start().await.unwrap_err().to_string(),
    ];
    assert_eq!(
        messages,
        [
            "ShowAssetDetail: the operation does not list anything page by page (not sent)",
            "ShowAssetDetail: the operation does not list anything page by page (not sent)",
            "ListThumbnailInfo: the operation does not list anything by time (not sent)",
            "ShowAssetDetail: the operation does not take a list that can be split over several calls (not sent)",
            "ShowAssetDetail: the operation does not start a task that can be waited for (not sent)",
        ]
    );
    assert_eq!(service.requests().len(), 0);
}
