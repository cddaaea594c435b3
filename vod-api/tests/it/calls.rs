//! A call as a whole: what it sends, and what it makes of each kind of reply.

use std::time::Duration;

use vod_api::model::DeleteThumbnailsRequest;
use vod_api::support::service::{Authorization, SignedParts};
use vod_api::{Client, Error, ErrorKind, Retry, Sent};
use vod_local::{Reply, Service};

async fn start() -> (Service, Client) {
    let service = Service::start().await.unwrap();
    let client = service
        .client()
        .max_response_size(100)
        .retry_policy(Retry::never());
    let client = client.build().unwrap();
    (service, client)
}

async fn failure(reply: Reply) -> Error {
    let (service, client) = start().await;
    service.reply(reply.unchecked());
    client.delete_thumbnails().asset_id("a1").await.unwrap_err()
}

#[tokio::test]
async fn signs_what_it_sends() {
    let (service, _) = start().await;
    let client = service
        .client()
        .credentials(service.temporary_credentials());
    let request = DeleteThumbnailsRequest::new()
        .asset_id("a b")
        .task_ids(["z", "视/a"]);
    client.build().unwrap().execute(request).await.unwrap();

    let sent = service.requests().pop().unwrap();
    assert_eq!(
        sent.raw_query(),
        "asset_id=a%20b&task_id=z&task_id=%E8%A7%86%2Fa"
    );
    let host = service.endpoint().replace("http://", "");
    assert_eq!(sent.header("host"), Some(host.as_str()));
    assert_eq!(
        sent.header("user-agent"),
        Some(concat!("vod-api/", env!("CARGO_PKG_VERSION")))
    );
    let authorization = Authorization::parse(sent.header("authorization").unwrap()).unwrap();
    assert_eq!(authorization.access_key(), Service::TEMPORARY_ACCESS_KEY);
    assert_eq!(
        authorization.signed_headers(),
        [
            "host",
            "user-agent",
            "x-project-id",
            "x-sdk-date",
            "x-security-token"
        ]
    );
    // The service checks it with the same code that made it; this is the other way round.
    let headers = sent.headers().iter();
    let headers: Vec<_> = headers
        .map(|(name, value)| (name.as_str(), value.to_str().unwrap()))
        .collect();
    let parts = SignedParts {
        method: "DELETE",
        path: sent.path(),
        query: sent.raw_query(),
        headers: &headers,
        body: b"",
    };
    assert!(authorization.holds(&parts, &service.temporary_credentials()));
    assert!(!authorization.holds(&parts, &service.credentials()));
}

#[tokio::test]
async fn redirects_are_errors() {
    let error = failure(Reply::status(302).header("Location", "http://127.0.0.1:1/")).await;
    assert_eq!(
        (error.kind(), error.was_sent()),
        (ErrorKind::Service, Sent::Yes)
    );
    assert_eq!(error.headers().unwrap()["location"], "http://127.0.0.1:1/");
}

#[tokio::test]
async fn refusals_are_cleaned_of_secrets() {
    let error = failure(Reply::error(400, "VOD.10053", Service::SECRET_KEY)).await;
    assert_eq!(
        error.to_string(),
        "DeleteThumbnails: HTTP 400 VOD.10053: [redacted] (request id request-1, 1 attempt)"
    );
}

#[tokio::test]
async fn replies_that_cannot_be_read_are_kept() {
    let error = failure(Reply::status(200).body("[7]")).await;
    assert_eq!(
        (error.kind(), error.was_sent()),
        (ErrorKind::Decode, Sent::Yes)
    );
    assert_eq!(
        error.to_string(),
        "DeleteThumbnails: HTTP 200: the reply cannot be read: expected an object, found an array \
         (request id request-1, 1 attempt)"
    );
    assert_eq!(error.raw_body().unwrap(), "[7]");
}

#[tokio::test]
async fn replies_are_bounded() {
    let chunk = ".".repeat(101);
    for large in [
        "HTTP/1.1 200 OK\r\nContent-Length: 101\r\n\r\n".to_owned(),
        format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n65\r\n{chunk}\r\n"),
    ] {
        let error = failure(Reply::raw(large)).await;
        assert_eq!(
            (error.kind(), error.was_sent()),
            (ErrorKind::Decode, Sent::Yes)
        );
        assert!(error.message().contains("more than 100 bytes"), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn calls_end_in_time() {
    let (service, client) = start().await;
    service.reply(Reply::never());
    let call = client.delete_thumbnails().asset_id("a1");
    let error = call
        .with_timeout(Duration::from_secs(20))
        .await
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.was_sent()),
        (ErrorKind::Timeout, Sent::Maybe)
    );
    assert_eq!(
        error.to_string(),
        "DeleteThumbnails: no answer within 20s (may have been sent, 1 attempt)"
    );
    assert!(error.is_timeout());
}

#[tokio::test]
async fn connection_errors_do_not_show_the_query() {
    let (service, _) = start().await;
    // A port that needs privileges to listen on.
    let client = service.client().retry_policy(Retry::never());
    let client = client.endpoint("http://127.0.0.1:1").build();
    let call = client.unwrap().delete_thumbnails().asset_id("a b");
    let error = call.await.unwrap_err();
    assert!(error.is_connect() && !format!("{error} {error:?}").contains("a%20b"));
}
