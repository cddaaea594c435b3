//! What a call carries besides its parameters, and what comes back besides the body.

use std::time::Duration;

use vod_api::http::{HeaderValue, Method};
use vod_api::{ErrorKind, Sent};
use vod_local::{Reply, Service};

#[tokio::test]
async fn headers_are_sent_and_signed() {
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    let call = client
        .delete_thumbnails()
        .asset_id("a1")
        .with_header("X-Trace", " t 1 ");
    let call = call
        .with_header("x-under_score", "u")
        .with_header("User-Agent", "mine/1");
    let call = call
        .with_header("X-Language", "en-us")
        .with_header("x-language", "zh-cn");
    call.await.unwrap();
    let sent = service.requests().pop().unwrap();
    assert_eq!(sent.header("x-trace"), Some("t 1"));
    assert_eq!(sent.header("x-under_score"), Some("u"));
    assert_eq!(sent.header("user-agent"), Some("mine/1"));
    assert_eq!(sent.header("x-language"), Some("zh-cn"));
    let authorization = sent.header("authorization").unwrap();
    // The service does not see names with an underscore.
    let signed = "SignedHeaders=host;user-agent;x-language;x-project-id;x-sdk-date;x-trace, ";
    assert!(authorization.contains(signed), "{authorization}");
}

#[tokio::test]
async fn headers_that_cannot_be_sent_are_refused() {
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    let reserved = [
        "authorization",
        "connection",
        "content-length",
        "content-type",
        "host",
        "http2-settings",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "x-auth-token",
        "x-project-id",
        "x-sdk-date",
        "x-security-token",
    ];
    for name in reserved {
        let call = client
            .delete_thumbnails()
            .asset_id("a1")
            .with_header(name, "v");
        let error = call.await.unwrap_err();
        assert_eq!(
            error.message(),
            format!("the header {name} is set by the client and cannot be replaced")
        );
    }
    let binary = HeaderValue::from_bytes(b"\xff").unwrap();
    let call = || {
        client
            .delete_thumbnails()
            .asset_id("a1")
            .with_header("x-fine", "v")
    };
    for (call, message) in [
        (
            call().with_header("a b", "v"),
            "a header has a name that HTTP does not allow",
        ),
        (
            call().with_header("", "v"),
            "a header has a name that HTTP does not allow",
        ),
        (
            call().with_header("x-a", "hidden\r\nx-b: c"),
            "the header x-a has a value that HTTP does not allow",
        ),
        (
            call().with_header("x-a", binary),
            "the header x-a can only contain visible ASCII and spaces",
        ),
        (
            call().with_header("HOST", "a").with_header("a b", "v"),
            "the header host is set by the client and cannot be replaced",
        ),
    ] {
        let error = call.await.unwrap_err();
        assert_eq!(
            (error.kind(), error.was_sent(), error.attempts()),
            (ErrorKind::InvalidRequest, Sent::No, 0)
        );
        assert_eq!(error.message(), message);
        assert_eq!(error.operation(), Some("DeleteThumbnails"));
    }
    assert_eq!(service.requests().len(), 0);
}

#[tokio::test]
async fn headers_of_the_client_go_with_each_call() {
    let service = Service::start().await.unwrap();
    let builder = service.client().header("User-Agent", "mine/1");
    let client = builder.clone().header("X-Trace", "all").build().unwrap();
    client.delete_thumbnails().asset_id("a1").await.unwrap();
    let call = client
        .delete_thumbnails()
        .asset_id("a1")
        .with_header("x-trace", "this");
    call.await.unwrap();
    let raw = client.raw(Method::DELETE, "/v1/{project_id}/asset/thumbnails");
    raw.query("asset_id", "a1").await.unwrap();
    let sent = service.requests();
    let traces: Vec<_> = sent
        .iter()
        .map(|it| it.header("x-trace").unwrap())
        .collect();
    assert_eq!(traces, ["all", "this", "all"]);
    assert!(
        sent.iter()
            .all(|it| it.header("user-agent") == Some("mine/1"))
    );

    let error = builder.header("Host", "a").build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert_eq!(
        error.message(),
        "the header host is set by the client and cannot be replaced"
    );
}

#[tokio::test(start_paused = true)]
async fn replies_tell_how_they_came() {
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    let late = Reply::status(503).header("Retry-After", "3");
    service.reply(late.delay(Duration::from_secs(2)));
    service.reply(Reply::documented().delay(Duration::from_secs(4)));
    let reply = client.delete_thumbnails().asset_id("a1").await.unwrap();
    let meta = reply.meta();
    assert_eq!((meta.status().as_u16(), meta.attempts()), (200, 2));
    assert_eq!(meta.elapsed().as_secs(), 9);
    assert_eq!(meta.request_id(), Some("request-2"));
    assert!(meta.headers().contains_key("date"));
    assert!(meta.raw_body().starts_with(b"{"));
}
