//! Lists, page by page.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use futures_util::{Stream, StreamExt};
use serde_json::{Value, json};
use vod_api::model::{self, *};
use vod_api::operation::{self, PageStyle, SchemaKind};
use vod_api::{Client, Error, ErrorKind, Items, Pages, Paginated, Retry, Sent};
use vod_local::{ReceivedRequest, Reply, Service};

async fn start() -> (Service, Client) {
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    (service, client)
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
    let items: Vec<_> = (start..end).map(|_| json!({})).collect();
    let mut body = json!({ facts.items: items });
    if let Some(total) = facts.total {
        body[total] = json!(count);
    }
    if let Some(next) = facts.next.filter(|_| end < count) {
        body[next] = json!(end.to_string());
    }
    Reply::json(200, body)
}

fn positions<O: Paginated>(service: &Service) -> Vec<Value> {
    let requests = service.requests();
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
    let size = facts.default_size.unwrap_or(10);
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
async fn pages_are_replies() {
    let (service, client) = start().await;
    list::<ListAssetListRequest>(&service, 25);
    let mut pages = client.list_asset_list().pages();
    let mut sizes = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.unwrap();
        assert_eq!((page.total, page.meta().status().as_u16()), (Some(25), 200));
        sizes.push(page.assets.len());
    }
    assert_eq!(sizes, [10, 10, 5]);
    assert_eq!(
        positions::<ListAssetListRequest>(&service),
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
    let (service, client) = start().await;
    list::<ListAssetListRequest>(&service, 25);
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

#[tokio::test]
async fn without_a_total_a_short_page_is_the_last() {
    let (service, client) = start().await;
    for length in [10, 10, 3] {
        let items = vec![json!({}); length];
        service.reply(Reply::json(200, json!({ "assets": items })));
    }
    assert_eq!(all(client.list_asset_list().items()).await.unwrap(), 23);
    assert_eq!(service.requests().len(), 3);

    for length in [10, 0] {
        let items = vec![json!({}); length];
        service.reply(Reply::json(200, json!({ "assets": items })));
    }
    assert_eq!(all(client.list_asset_list().items()).await.unwrap(), 10);
    assert_eq!(service.requests().len(), 5);
}

#[tokio::test]
async fn with_a_total_a_short_page_is_not_the_last() {
    let (service, client) = start().await;
    for length in [10, 3, 9, 0] {
        let items = vec![json!({}); length];
        service.reply(Reply::json(200, json!({ "tasks": items, "total": 99 })));
    }
    assert_eq!(
        all(client.list_asset_edit_task().items()).await.unwrap(),
        22
    );
    let asked = positions::<ListAssetEditTaskRequest>(&service);
    assert_eq!(asked, [Value::Null, json!(10), json!(13), json!(22)]);
}

#[tokio::test]
async fn pages_by_marker_can_be_empty() {
    let (service, client) = start().await;
    for (length, next) in [(2, "a"), (0, "b"), (1, "")] {
        let items = vec![json!({}); length];
        service.reply(Reply::json(
            200,
            json!({ "object_list": items, "next_marker": next }),
        ));
    }
    assert_eq!(
        all(client.show_object_meta_data("example-bucket").items())
            .await
            .unwrap(),
        3
    );
    let asked = positions::<ShowObjectMetaDataRequest>(&service);
    assert_eq!(asked, [Value::Null, json!("a"), json!("b")]);
}

#[tokio::test]
async fn a_marker_that_leads_nowhere_is_an_error() {
    let (service, client) = start().await;
    service.respond(|_| Reply::json(200, json!({ "object_list": [{}], "next_marker": "a" })));
    let mut items = client.show_object_meta_data("example-bucket").items();
    assert!(items.next().await.unwrap().is_ok());
    assert!(items.next().await.unwrap().is_ok());
    let error = items.next().await.unwrap().unwrap_err();
    assert_eq!(
        (error.kind(), error.was_sent()),
        (ErrorKind::Incomplete, Sent::Yes)
    );
    assert_eq!(
        error.to_string(),
        "ShowObjectMetaData: the marker of the next page is that of an earlier page, so the list would not end"
    );
    assert!(items.next().await.is_none());
    assert_eq!(service.requests().len(), 2);
}

#[tokio::test]
async fn markers_that_go_in_a_circle_are_an_error() {
    let (service, client) = start().await;
    service.respond(|request| {
        let next = if request.parameters()["marker"] == "a" {
            "b"
        } else {
            "a"
        };
        Reply::json(200, json!({ "object_list": [{}], "next_marker": next }))
    });
    let mut pages = client.show_object_meta_data("example-bucket").pages();
    for _ in 0..3 {
        assert!(pages.next().await.unwrap().is_ok());
    }
    let error = pages.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Incomplete);
    assert!(pages.next().await.is_none());
    assert_eq!(service.requests().len(), 3);
}

#[tokio::test]
async fn empty_pages_without_end_are_an_error() {
    let (service, client) = start().await;
    let number = AtomicU32::new(0);
    // Items on two pages, and then never again.
    service.respond(move |_| {
        let number = number.fetch_add(1, Ordering::Relaxed);
        let items = vec![json!({}); usize::from(number == 0 || number == 100)];
        let body = json!({ "object_list": items, "next_marker": format!("m{number}") });
        Reply::json(200, body)
    });
    let mut items = client.show_object_meta_data("example-bucket").items();
    assert!(items.next().await.unwrap().is_ok());
    assert!(items.next().await.unwrap().is_ok());
    assert_eq!(service.requests().len(), 101);
    let error = items.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Incomplete);
    assert_eq!(
        error.to_string(),
        "ShowObjectMetaData: 100 pages in a row were empty, but the last one still names a next page: narrow the \
         request down, or start from that page's marker"
    );
    assert!(items.next().await.is_none());
    assert_eq!(service.requests().len(), 201);
}

#[tokio::test]
async fn a_total_that_the_page_exceeds_does_not_end_a_list() {
    for total in [0, -1, 9, i32::MIN] {
        let (service, client) = start().await;
        for length in [10, 10, 3] {
            let items = vec![json!({}); length];
            service.reply(Reply::json(200, json!({ "assets": items, "total": total })));
        }
        let count = all(client.list_asset_list().items()).await.unwrap();
        assert_eq!((count, service.requests().len()), (23, 3), "{total}");
    }
    // Nothing to list is what it says.
    let (service, client) = start().await;
    service.reply(Reply::json(200, json!({ "assets": [], "total": 0 })));
    assert_eq!(all(client.list_asset_list().items()).await.unwrap(), 0);
    assert_eq!(service.requests().len(), 1);
}

#[tokio::test]
async fn a_page_whose_items_cannot_be_read_does_not_end_a_list() {
    let (service, client) = start().await;
    let items = vec![json!({}); 10];
    service.reply(Reply::json(200, json!({ "assets": items, "total": 30 })));
    service.reply(Reply::json(
        200,
        json!({ "assets": {"a1": {}}, "total": 30 }),
    ));
    let mut items = client.list_asset_list().items();
    for _ in 0..10 {
        items.next().await.unwrap().unwrap();
    }
    let error = items.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Incomplete);
    assert_eq!(error.message(), "the items of the page cannot be read");
    assert!(items.next().await.is_none());
}

#[tokio::test]
async fn a_list_beyond_the_ceiling_ends_with_an_error() {
    let (service, client) = start().await;
    // The count of the service ends at the ceiling too, so that it says nothing there.
    for total in [20_000, 20_001, 50_000] {
        list::<ListAssetListRequest>(&service, total);
        let mut items = client.list_asset_list().page(198).size(100).items();
        for _ in 0..200 {
            assert!(items.next().await.unwrap().is_ok());
        }
        let error = items.next().await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Incomplete);
        assert_eq!(
            error.to_string(),
            "ListAssetList: only the first 20000 items can be listed, and there may be more: narrow the request down"
        );
        assert!(items.next().await.is_none());
    }
    list::<ListAssetListRequest>(&service, 19_999);
    let call = client.list_asset_list().page(198).size(100);
    assert_eq!(all(call.items()).await.unwrap(), 199);

    // A page must not even stretch beyond it.
    list::<ListAssetListRequest>(&service, 50_000);
    let mut pages = client.list_asset_list().page(284).size(70).pages();
    assert!(pages.next().await.unwrap().is_ok());
    let error = pages.next().await.unwrap().unwrap_err();
    assert!(
        error.to_string().contains("the first 19950 items"),
        "{error}"
    );
}

#[tokio::test]
async fn a_limit_of_the_position_is_a_ceiling() {
    let (service, client) = start().await;
    list::<ListThumbnailInfoRequest>(&service, 50_000);
    let mut pages = client
        .list_thumbnail_info()
        .offset(19_950)
        .limit(50)
        .pages();
    assert!(pages.next().await.unwrap().is_ok());
    assert!(pages.next().await.unwrap().is_ok());
    let error = pages.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Incomplete);
    assert!(
        error.to_string().contains("the first 20050 items"),
        "{error}"
    );
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn limits_that_do_not_count_are_no_ceiling() {
    let service = Service::builder().validate(false).start().await.unwrap();
    let client = service.client().validate(false).build().unwrap();
    list::<ListAssetListRequest>(&service, 20_300);
    let call = client.list_asset_list().page(198).size(100);
    assert_eq!(all(call.items()).await.unwrap(), 500);

    // Where the numbers end, there is no going on.
    service.respond(|_| Reply::json(200, json!({ "thumbnails": vec![json!({}); 10] })));
    let call = client.list_thumbnail_info().offset(i32::MAX - 5);
    let mut pages = call.pages();
    assert!(pages.next().await.unwrap().is_ok());
    let error = pages.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Incomplete);
    assert!(error.to_string().contains("only the first"), "{error}");
    assert!(pages.next().await.is_none());
}

/// A service that fails once on the second page, and then never again.
async fn fails_once() -> (Service, Client) {
    let service = Service::start().await.unwrap();
    let client = service.client().retry_policy(Retry::never());
    let failed = Arc::new(AtomicBool::new(false));
    service.respond(move |request| {
        if request.parameters()["page"] == 1 && !failed.swap(true, Ordering::Relaxed) {
            return Reply::error(403, "VOD.10051", "Not now.");
        }
        page::<ListAssetListRequest>(request, 25)
    });
    (service, client.build().unwrap())
}

#[tokio::test]
async fn after_an_error_the_same_page_is_asked_again() {
    let (service, client) = fails_once().await;
    let mut items = client.list_asset_list().items();
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
    let asked = positions::<ListAssetListRequest>(&service);
    assert_eq!(asked, [Value::Null, json!(1), json!(1), json!(2)]);
}

#[tokio::test]
async fn an_error_that_will_not_pass_is_the_end() {
    let (service, client) = start().await;
    service.respond(|request| match request.parameters()["page"] == 1 {
        true => Reply::error(400, "VOD.10053", "No."),
        false => page::<ListAssetListRequest>(request, 25),
    });
    let mut items = client.list_asset_list().items();
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
    let items: Vec<_> = client.list_asset_list().items().collect().await;
    assert_eq!(items.len(), 11);
    assert!(items[10].is_err());
}

#[tokio::test]
async fn a_wait_that_is_given_up_loses_nothing() {
    let (service, client) = start().await;
    service.respond(|request| {
        page::<ListAssetListRequest>(request, 15).delay(Duration::from_millis(50))
    });
    let mut items = client.list_asset_list().items();
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
    let (service, client) = start().await;
    list::<ListAssetListRequest>(&service, 25);
    let mut pages = client.list_asset_list().pages();
    assert_eq!(service.requests().len(), 0);
    pages.next().await.unwrap().unwrap();
    assert_eq!(service.requests().len(), 1);
    assert_eq!(format!("{pages:?}").split(' ').next(), Some("Pages"));
}

#[tokio::test]
async fn a_request_that_is_wrong_is_refused() {
    let (service, client) = start().await;
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
    is_stream::<Pages<ListAssetListRequest>>();
    is_stream::<Items<ListAssetListRequest>>();
}
