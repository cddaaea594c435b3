//! Lists, page by page.

mod by_time;
mod ends;

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use futures_util::{Stream, StreamExt};
use serde_json::{Value, json};
use vod_api::model::{self, *};
use vod_api::operation::{self, PageStyle, SchemaKind};
use vod_api::{Client, Error, ErrorKind, Items, ItemsByTime, Pages, Paginated, Retry, Sent};
use vod_local::{Local, ReceivedRequest, Reply, Service};

use crate::common::backend::Backend;

async fn start() -> (Service, Client) {
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    (service, client)
}

/// A service with `count` media assets, whose ids are their numbers and whose titles have an `a`.
async fn start_with(count: usize) -> (Backend, Client) {
    let backend = Backend::start().await;
    match &backend {
        Backend::Told(service) => {
            list::<ListAssetListRequest>(service, i64::try_from(count).unwrap());
        }
        // The newest comes first.
        Backend::WithState(local) => {
            let assets = (0..count).rev();
            let assets = assets.map(|it| json!({"id": it.to_string(), "title": "a"}));
            hold(local, assets.collect());
        }
    }
    let client = backend.client().build().unwrap();
    (backend, client)
}

/// Makes these the media assets of a service with state.
fn hold(local: &Local, assets: Vec<Value>) {
    let project = json!({ "assets": assets });
    let state = json!({"projects": {Local::PROJECT_ID: project}});
    local.import(state).unwrap();
}

/// Makes the service a list of `count` items.
fn list<O: Paginated>(service: &Service, count: i64) {
    service.respond(move |request| page::<O>(request, count));
}

/// The page of such a list that a request asks for.
fn page<O: Paginated>(request: &ReceivedRequest, count: i64) -> Reply {
    let facts = O::PAGINATION;
    let parameters = request.parameters();
    let size = parameters[facts.size].as_i64();
    let size = size.or(facts.default_size).unwrap_or(10);
    let position = &parameters[facts.position];
    let start = match facts.style {
        PageStyle::Page => (position.as_i64().unwrap_or(facts.first) - facts.first) * size,
        PageStyle::Offset => position.as_i64().unwrap_or(facts.first) - facts.first,
        _ => position.as_str().map_or(0, |it| it.parse().unwrap()),
    };
    let end = (start + size).min(count);
    let items: Vec<_> = (start..end).map(item::<O>).collect();
    let mut body = json!({ facts.items: items });
    if let Some(total) = facts.total {
        body[total] = json!(count);
    }
    if let Some(next) = facts.next.filter(|_| end < count) {
        body[next] = json!(end.to_string());
    }
    Reply::json(200, body)
}

/// An item of a list, with text that no other has.
fn item<O: Paginated>(index: i64) -> Value {
    let SchemaKind::Object(reply) = O::META.reply.unwrap().kind() else {
        panic!("{} replies with no object", O::META.name);
    };
    let mut lists = reply().properties.iter();
    let list = lists.find(|it| it.name == O::PAGINATION.items).unwrap();
    let SchemaKind::Array(item) = list.schema.kind() else {
        panic!("{} is not a list", list.name);
    };
    let SchemaKind::Object(item) = item.kind() else {
        panic!("the items of {} are no objects", list.name);
    };
    let mut texts = item().properties.iter();
    let text = texts.find(|it| matches!(it.schema.kind(), SchemaKind::String));
    json!({ text.unwrap().name: index.to_string() })
}

/// Media assets with these numbers.
fn assets(numbers: Range<usize>) -> Vec<Value> {
    numbers
        .map(|it| json!({ "asset_id": it.to_string() }))
        .collect()
}

/// The documented limit of the size of a page.
fn largest<O: Paginated>() -> Option<i64> {
    let mut parameters = O::META.parameters.iter().map(|it| it.property);
    let size = parameters.find(|it| it.name == O::PAGINATION.size).unwrap();
    Some(size.schema.range_limits().1).filter(|most| *most < i64::MAX)
}

fn positions<O: Paginated>(service: &Service) -> Vec<Value> {
    positions_in::<O>(&service.requests())
}

fn positions_in<O: Paginated>(requests: &[ReceivedRequest]) -> Vec<Value> {
    let position = |it: &ReceivedRequest| it.parameters()[O::PAGINATION.position].clone();
    requests.iter().map(position).collect()
}

async fn all<O: Paginated>(mut items: Items<O>) -> Result<usize, Error> {
    let mut count = 0;
    while let Some(item) = items.next().await {
        item?;
        count += 1;
    }
    assert!(items.next().await.is_none());
    Ok(count)
}

/// A request with all that is required, which is text.
fn request<O: Paginated>() -> O {
    let required = O::META.parameters.iter().filter(|it| it.property.required);
    let members = required.map(|it| {
        let text = match it.property.schema.kind() {
            SchemaKind::Time(format) => format.example(),
            SchemaKind::OneOf(values) => values[0],
            _ => "x",
        };
        (it.property.name.to_owned(), json!(text))
    });
    serde_json::from_value(Value::Object(members.collect())).unwrap()
}

fn with<O: Paginated>(request: &O, name: &str, value: impl Into<Value>) -> O {
    let mut json = serde_json::to_value(request).unwrap();
    json[name] = value.into();
    serde_json::from_value(json).unwrap()
}

/// All styles of pages, over all operations that have them.
async fn reads_all<O: Paginated>() {
    let (service, client) = start().await;
    let facts = O::PAGINATION;
    let most = largest::<O>();
    let size = most.unwrap_or(10);
    let at = |page: i64| match facts.style {
        PageStyle::Page => json!(facts.first + page),
        PageStyle::Offset => json!(facts.first + page * size),
        _ => json!((page * size).to_string()),
    };
    for (count, due) in [(0, 1), (1, 1), (size, 1), (size + 1, 2), (3 * size, 3)] {
        list::<O>(&service, count);
        let before = service.requests().len();
        let came = all(client.execute(request::<O>()).items()).await.unwrap();
        assert_eq!(came, usize::try_from(count).unwrap(), "{}", O::META.name);
        let asked = positions::<O>(&service).split_off(before);
        let expected = (0..due).map(|page| if page == 0 { Value::Null } else { at(page) });
        assert_eq!(asked, expected.collect::<Vec<_>>(), "{}", O::META.name);
        let requests = service.requests().split_off(before);
        let sizes = requests
            .iter()
            .map(|it| it.parameters()[facts.size].as_i64());
        assert!(
            sizes.into_iter().all(|size| size == most),
            "{}",
            O::META.name
        );
    }

    // From the third page on, with a size of the caller's own.
    list::<O>(&service, 7);
    let before = service.requests().len();
    let third = match facts.style {
        PageStyle::Page => json!(facts.first + 2),
        PageStyle::Offset => json!(facts.first + 4),
        _ => json!("4"),
    };
    let from = with(&with(&request::<O>(), facts.position, third), facts.size, 2);
    assert_eq!(all(client.execute(from).items()).await.unwrap(), 3);
    let requests = service.requests().split_off(before);
    assert_eq!(requests.len(), 2);
    assert!(requests.iter().all(|it| it.parameters()[facts.size] == 2));
}

#[tokio::test]
async fn every_list_is_read_to_its_end() {
    each_paginated!(Request => reads_all::<Request>().await);
}

#[tokio::test]
async fn a_list_in_memory() {
    let (service, client) = start_with(250).await;
    let assets = client.list_asset_list().items().into_vec().await.unwrap();
    let ids: Vec<_> = assets.into_iter().map(|it| it.asset_id.unwrap()).collect();
    assert_eq!(ids, (0..250).map(|it| it.to_string()).collect::<Vec<_>>());
    assert_eq!(service.requests().len(), 3);

    // From where it stands.
    let mut assets = client.list_asset_list().items();
    assets.next().await.unwrap().unwrap();
    assert_eq!(assets.into_vec().await.unwrap().len(), 249);

    service.reply_to("ListAssetList", Reply::error(400, "VOD.10053", "No."));
    let error = client
        .list_asset_list()
        .items()
        .into_vec()
        .await
        .unwrap_err();
    assert_eq!(error.code(), Some("VOD.10053"));
}

#[tokio::test]
async fn pages_are_replies() {
    let (service, client) = start_with(25).await;
    let mut pages = client.list_asset_list().pages();
    let mut sizes = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.unwrap();
        assert_eq!((page.total, page.meta().status().as_u16()), (Some(25), 200));
        sizes.push(page.assets.len());
    }
    assert_eq!(sizes, [10, 10, 5]);
    assert_eq!(
        positions_in::<ListAssetListRequest>(&service.requests()),
        [Value::Null, json!(1), json!(2)]
    );
}

#[tokio::test]
async fn options_and_parameters_are_those_of_the_call() {
    let (service, client) = start().await;
    service.respond(|request| {
        let page = page::<ListAssetListRequest>(request, 20);
        match request.parameters()["page"].as_i64() {
            Some(1) => page.delay(Duration::from_millis(200)),
            _ => page,
        }
    });
    let call = client.list_asset_list().statuses(["PUBLISHED"]);
    let mut pages = call.with_timeout(Duration::from_millis(100)).pages();
    assert!(pages.next().await.unwrap().is_ok());
    assert!(pages.next().await.unwrap().unwrap_err().is_timeout());
    for request in service.requests() {
        assert_eq!(request.parameters()["status"], json!(["PUBLISHED"]));
    }
}

#[tokio::test]
async fn a_list_goes_on_from_a_stored_request() {
    let (_service, client) = start_with(25).await;
    let mut pages = client.list_asset_list().size(10).query_string("a").pages();
    pages.next().await.unwrap().unwrap();
    let stored = serde_json::to_string(&pages.next_request()).unwrap();
    assert_eq!(stored, r#"{"query_string":"a","page":1,"size":10}"#);

    let request: ListAssetListRequest = serde_json::from_str(&stored).unwrap();
    let mut pages = client.execute(request).pages();
    let mut came = Vec::new();
    while let Some(page) = pages.next().await {
        came.push(page.unwrap().assets.len());
    }
    assert_eq!(came, [10, 5]);
    assert_eq!(pages.next_request(), None);
}

/// A service that fails once on the second page, and then never again.
async fn fails_once() -> (Backend, Client) {
    let (backend, _) = start_with(25).await;
    let error = Reply::error(403, "VOD.10051", "Not now.");
    match &backend {
        Backend::Told(service) => {
            let failed = Arc::new(AtomicBool::new(false));
            service.respond(move |request| {
                if request.parameters()["page"] == 1 && !failed.swap(true, Ordering::Relaxed) {
                    return error.clone();
                }
                page::<ListAssetListRequest>(request, 25)
            });
        }
        // The first page comes from the state.
        Backend::WithState(local) => {
            local.fail("ListAssetList").with(Reply::documented());
            local.fail("ListAssetList").with(error);
        }
    }
    let client = backend.client().retry_policy(Retry::never());
    let client = client.build().unwrap();
    (backend, client)
}

#[tokio::test]
async fn after_an_error_the_same_page_is_asked_again() {
    let (service, client) = fails_once().await;
    let mut items = client.list_asset_list().size(10).items();
    let (mut good, mut bad) = (0, 0);
    while let Some(item) = items.next().await {
        match item {
            Ok(_) => good += 1,
            Err(error) => {
                assert_eq!(error.code(), Some("VOD.10051"));
                bad += 1;
            }
        }
    }
    assert_eq!((good, bad), (25, 1));
    let asked = positions_in::<ListAssetListRequest>(&service.requests());
    assert_eq!(asked, [Value::Null, json!(1), json!(1), json!(2)]);
}

#[tokio::test]
async fn an_error_that_will_not_pass_is_the_end() {
    let (service, client) = start().await;
    service.respond(|request| {
        if request.parameters()["page"] == 1 {
            Reply::error(400, "VOD.10053", "No.")
        } else {
            page::<ListAssetListRequest>(request, 25)
        }
    });
    let mut items = client.list_asset_list().size(10).items();
    let mut came = Vec::new();
    while let Some(item) = items.next().await {
        came.push(item.is_ok());
    }
    assert_eq!((came.len(), came[10]), (11, false));
    assert!(items.next().await.is_none());
    assert_eq!(service.requests().len(), 2);
}

#[tokio::test]
async fn streams_end_after_an_error() {
    let (_service, client) = fails_once().await;
    let mut pages = client.list_asset_list().pages();
    let came: Vec<_> = pages.by_ref().map(|page| page.is_ok()).collect().await;
    assert_eq!(came, [true, false]);
    // Still, nothing is lost.
    assert!(pages.next().await.unwrap().is_ok());
    let rest: Vec<_> = pages.map(|page| page.is_ok()).collect().await;
    assert_eq!(rest, [true]);

    let (_service, client) = fails_once().await;
    let items: Vec<_> = client.list_asset_list().size(10).items().collect().await;
    assert_eq!(items.len(), 11);
    assert!(items[10].is_err());
}

#[tokio::test]
async fn a_wait_that_is_given_up_loses_nothing() {
    let (service, client) = start().await;
    service.respond(|request| {
        page::<ListAssetListRequest>(request, 15).delay(Duration::from_millis(50))
    });
    let mut items = client.list_asset_list().size(10).items();
    let (mut count, mut given_up) = (0, 0);
    loop {
        match tokio::time::timeout(Duration::from_millis(20), items.next()).await {
            Ok(Some(item)) => {
                item.unwrap();
                count += 1;
            }
            Ok(None) => break,
            Err(_) => given_up += 1,
        }
    }
    assert_eq!((count, service.requests().len()), (15, 2));
    assert!(given_up > 0);
}

#[tokio::test]
async fn nothing_is_sent_before_it_is_asked_for() {
    let (service, client) = start_with(25).await;
    let mut pages = client.list_asset_list().pages();
    assert_eq!(service.requests().len(), 0);
    pages.next().await.unwrap().unwrap();
    assert_eq!(service.requests().len(), 1);
    assert_eq!(format!("{pages:?}").split(' ').next(), Some("Pages"));
}

#[tokio::test]
async fn a_request_that_is_wrong_is_refused() {
    let (service, client) = start_with(1).await;
    let mut pages = client.list_asset_list().size(1000).pages();
    let error = pages.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(pages.next().await.is_none());
    assert_eq!(service.requests().len(), 0);
}

#[test]
fn all_lists_are_tested() {
    let positions = ["page", "page_number", "offset", "marker"];
    for meta in operation::all() {
        let mut names = meta.parameters.iter().map(|it| it.property.name);
        let is_list = names.any(|it| positions.contains(&it));
        assert_eq!(meta.pagination.is_some(), is_list, "{}", meta.name);
    }
}

#[test]
fn lists_can_be_moved_to_other_tasks() {
    fn is_send<T: Send + Unpin + 'static>() {}
    fn is_stream<T: Stream>() {}
    is_send::<Pages<ListAssetListRequest>>();
    is_send::<Items<ListAssetListRequest>>();
    is_send::<ItemsByTime<ListAssetListRequest>>();
    is_stream::<Pages<ListAssetListRequest>>();
    is_stream::<Items<ListAssetListRequest>>();
    is_stream::<ItemsByTime<ListAssetListRequest>>();
}
