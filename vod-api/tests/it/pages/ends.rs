//! Where a list ends, and where it must not.

use super::*;

#[tokio::test]
async fn without_a_total_a_short_page_is_the_last() {
    let (service, client) = start().await;
    for items in [0..10, 10..20, 20..23] {
        service.reply(Reply::json(200, json!({ "assets": assets(items) })));
    }
    let call = client.list_asset_list().size(10);
    assert_eq!(all(call.clone().items()).await.unwrap(), 23);
    assert_eq!(service.requests().len(), 3);

    for items in [0..10, 10..10] {
        service.reply(Reply::json(200, json!({ "assets": assets(items) })));
    }
    assert_eq!(all(call.items()).await.unwrap(), 10);
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
        for items in [0..10, 10..20, 20..23] {
            let body = json!({ "assets": assets(items), "total": total });
            service.reply(Reply::json(200, body));
        }
        let count = all(client.list_asset_list().size(10).items())
            .await
            .unwrap();
        assert_eq!((count, service.requests().len()), (23, 3), "{total}");
    }
    // Nothing to list is what it says.
    let (service, client) = start().await;
    service.reply(Reply::json(200, json!({ "assets": [], "total": 0 })));
    assert_eq!(all(client.list_asset_list().items()).await.unwrap(), 0);
    assert_eq!(service.requests().len(), 1);
}

#[tokio::test]
async fn a_page_that_comes_again_is_an_error() {
    // A service that ignores which page is asked for, and counts nothing, or always the same.
    for total in [Value::Null, json!(9), json!(20_000), json!(50_000)] {
        let (service, client) = start().await;
        let body = json!({ "assets": assets(0..10), "total": total });
        service.respond(move |_| Reply::json(200, body.clone()));
        let mut items = client.list_asset_list().size(10).items();
        for _ in 0..10 {
            assert!(items.next().await.unwrap().is_ok());
        }
        let error = items.next().await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Incomplete);
        assert_eq!(
            error.to_string(),
            "ListAssetList: the page is the same as the page before it: the service ignores which page is asked for, \
             so the list would not end"
        );
        assert!(items.next().await.is_none());
        assert_eq!(service.requests().len(), 2);
    }
}

#[tokio::test]
async fn a_page_whose_items_cannot_be_read_does_not_end_a_list() {
    let (service, client) = start().await;
    let items = vec![json!({}); 10];
    service.reply(Reply::json(200, json!({ "assets": items, "total": 30 })));
    let object = json!({ "assets": {"a1": {}}, "total": 30 });
    service.reply(Reply::json(200, object).unchecked());
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
