//! Calls that the crate has no method for.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use vod_api::http::Method;
use vod_api::{Credentials, ErrorKind, Sent};
use vod_local::{Reply, Service};

const THUMBNAILS: &str = "/v1/{project_id}/asset/thumbnails";
const CATEGORY: &str = "/v1.0/{project_id}/asset/category";

#[tokio::test]
async fn are_signed_and_sent_like_others() {
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    let call = client.raw(Method::DELETE, THUMBNAILS);
    let call = call
        .query("task_id", "b c/视")
        .query("asset_id", 7)
        .query("task_id", "a");
    let reply = call.with_header("X-Trace", "t1").await.unwrap();
    assert_eq!(reply["delete_result_array"][0]["status"], "DELETED");
    let sent = service.requests().pop().unwrap();
    assert_eq!(sent.operation(), Some("DeleteThumbnails"));
    assert_eq!(
        sent.raw_query(),
        "asset_id=7&task_id=a&task_id=b%20c%2F%E8%A7%86"
    );
    assert_eq!(
        (sent.header("x-trace"), sent.header("content-type")),
        (Some("t1"), None)
    );

    let call = client
        .raw(Method::POST, CATEGORY)
        .json(&json!({"name": "视"}));
    assert_eq!(call.await.unwrap()["name"], "television");
    let sent = service.requests().pop().unwrap();
    assert_eq!(
        sent.path(),
        CATEGORY.replace("{project_id}", service.project_id())
    );
    assert_eq!(sent.json().unwrap(), json!({"name": "视"}));
}

#[tokio::test]
async fn can_be_tested_where_the_operation_is_not_known() {
    let service = Service::builder().accept_unknown(true);
    let service = service.start().await.unwrap();
    let client = service.client().build().unwrap();
    let call = || client.raw(Method::GET, "/v3/{project_id}/labels");
    assert!(call().await.unwrap().is_null());
    service.reply(Reply::json(200, json!({"labels": ["a"]})));
    assert_eq!(call().await.unwrap()["labels"][0], "a");
    let sent = service.requests().pop().unwrap();
    assert_eq!(sent.operation(), None);
    let path = format!("/v3/{}/labels", service.project_id());
    assert_eq!(sent.path(), path);

    let stranger = service.client().credentials(Credentials::token("other"));
    let call = stranger.build().unwrap().raw(Method::GET, "/v3/labels");
    assert!(call.await.unwrap_err().is_auth());
}

#[tokio::test]
async fn replies_are_read_as_any_type() {
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    let call = || {
        client
            .raw(Method::POST, CATEGORY)
            .json(&json!({"name": "a"}))
    };
    let category = call().send_as::<BTreeMap<String, Value>>().await.unwrap();
    assert_eq!(
        (
            category["name"].as_str().unwrap(),
            category.meta().status().as_u16()
        ),
        ("television", 200)
    );

    service.reply(Reply::status(204));
    assert!(call().await.unwrap().is_null());

    service.reply(Reply::json(200, json!({"name": 7})).unchecked());
    let error = call().send_as::<Vec<Value>>().await.unwrap_err();
    assert_eq!(
        (error.kind(), error.was_sent()),
        (ErrorKind::Decode, Sent::Yes)
    );
    assert_eq!(error.raw_body().unwrap(), r#"{"name":7}"#);
    assert_eq!(
        error.to_string(),
        "POST /v1.0/{project_id}/asset/category: HTTP 200: the reply cannot be read: invalid type: map, \
         expected a sequence at line 1 column 0 (request id request-3, 1 attempt)"
    );
}

#[tokio::test(start_paused = true)]
async fn methods_that_change_nothing_twice_are_repeated() {
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    service.respond(|_| Reply::status(500));
    let delete = || {
        client
            .raw(Method::DELETE, THUMBNAILS)
            .query("asset_id", "a1")
    };
    let post = || {
        client
            .raw(Method::POST, CATEGORY)
            .json(&json!({"name": "a"}))
    };
    for (call, attempts) in [
        (delete(), 3),
        (delete().with_idempotent(false), 1),
        (post(), 1),
        (post().with_idempotent(true), 3),
    ] {
        let error = call.await.unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), 500);
        assert_eq!(error.attempts(), attempts);
    }
}

#[tokio::test]
async fn what_cannot_be_sent_is_refused() {
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    let get = |path: &str| client.raw(Method::GET, path);
    let not_json = BTreeMap::from([((1, 2), 3)]);
    for (call, message) in [
        (
            get("v1/asset"),
            "the path must begin with a slash and contain neither a query nor a fragment",
        ),
        (
            get(""),
            "the path must begin with a slash and contain neither a query nor a fragment",
        ),
        (
            get("/v1?a=b"),
            "the path must begin with a slash and contain neither a query nor a fragment",
        ),
        (
            get("/v1#a"),
            "the path must begin with a slash and contain neither a query nor a fragment",
        ),
        (
            get("/v1/../v2"),
            "the path must be escaped and have no segment `.` or `..`",
        ),
        (
            get("/v1/%2e%2e/v2"),
            "the path must be escaped and have no segment `.` or `..`",
        ),
        (
            get("/v1/a b"),
            "the path must be escaped and have no segment `.` or `..`",
        ),
        (
            get("/v1/a\nb"),
            "the path must be escaped and have no segment `.` or `..`",
        ),
        (
            get("/v1/视"),
            "the path must be escaped and have no segment `.` or `..`",
        ),
        (
            get("/v1\\a"),
            "the path must be escaped and have no segment `.` or `..`",
        ),
        (
            get("/v1").json(&not_json),
            "the body cannot be written as JSON: key must be a string",
        ),
    ] {
        let error = call.await.unwrap_err();
        assert_eq!(
            (error.kind(), error.was_sent(), error.attempts()),
            (ErrorKind::InvalidRequest, Sent::No, 0)
        );
        assert_eq!(error.message(), message);
        assert!(error.operation().unwrap().starts_with("GET "));
    }
    for method in [Method::CONNECT, Method::TRACE] {
        let error = client.raw(method.clone(), "/v1").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        let message =
            format!("the method {method} is not allowed: no operation of the service uses it");
        assert_eq!(error.message(), message);
    }
    assert_eq!(service.requests().len(), 0);
}

#[tokio::test]
async fn debug_shows_neither_query_nor_body() {
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    let call = client
        .raw(Method::PUT, "/v1/a")
        .query("q", "hidden")
        .json(&"hidden");
    assert_eq!(
        format!("{call:?}"),
        r#"RawRequest { method: PUT, path: "/v1/a", .. }"#
    );
}
