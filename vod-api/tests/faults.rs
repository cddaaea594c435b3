//! What a caller learns when something breaks.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::net::SocketAddr;
use std::time::{Duration, SystemTime};

use tokio::net::TcpSocket;
use tokio::time::Instant;
use vod_api::test_util::{Reply, Service};
use vod_api::{Client, Credentials, Error, ErrorKind, Retry, Sent};

/// Kind, whether it was sent, status and attempts.
type Facts = (ErrorKind, Sent, Option<u16>, u32);

fn facts(error: &Error) -> Facts {
    let status = error.status().map(|status| status.as_u16());
    (error.kind(), error.was_sent(), status, error.attempts())
}

async fn failure(client: &Client) -> Error {
    client.delete_thumbnails().asset_id("a1").await.unwrap_err()
}

async fn failure_after(reply: Reply) -> Error {
    let service = Service::start().await.unwrap();
    service.reply(reply);
    failure(
        &service
            .client()
            .retry_policy(Retry::never())
            .build()
            .unwrap(),
    )
    .await
}

/// The rest differs between systems.
fn assert_display(error: &Error, start: &str, end: &str) {
    let text = error.to_string();
    assert!(text.starts_with(start) && text.ends_with(end), "{text}");
}

#[tokio::test]
async fn refused_connection() {
    // The port is taken, and nobody listens.
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
    let address = socket.local_addr().unwrap();
    let service = Service::start().await.unwrap();
    let client = service
        .client()
        .retry_policy(Retry::never())
        .endpoint(format!("http://{address}"));
    let error = failure(&client.build().unwrap()).await;
    assert_eq!(facts(&error), (ErrorKind::Connect, Sent::No, None, 1));
    assert!(error.is_connect() && !error.is_timeout());
    assert_display(
        &error,
        "DeleteThumbnails: could not connect: ",
        " (not sent, 1 attempt)",
    );
}

#[tokio::test]
async fn reset_before_the_request_is_read() {
    let service = Service::start().await.unwrap();
    let client = service
        .client()
        .retry_policy(Retry::never())
        .build()
        .unwrap();
    service.reply(Reply::reset_unread());
    let error = failure(&client).await;
    assert_eq!(facts(&error), (ErrorKind::Transport, Sent::Maybe, None, 1));
    assert_display(
        &error,
        "DeleteThumbnails: the connection failed: ",
        " (may have been sent, 1 attempt)",
    );
    assert_eq!(service.requests().len(), 0);
    // The next one has nothing to suffer from it.
    client.delete_thumbnails().await.unwrap();
}

#[tokio::test]
async fn reset_after_the_request_was_read() {
    let service = Service::start().await.unwrap();
    let client = service
        .client()
        .retry_policy(Retry::never())
        .build()
        .unwrap();
    service.reply(Reply::reset());
    let error = failure(&client).await;
    assert_eq!(facts(&error), (ErrorKind::Transport, Sent::Maybe, None, 1));
    assert_display(
        &error,
        "DeleteThumbnails: the connection failed: ",
        " (may have been sent, 1 attempt)",
    );
    assert_eq!(service.requests().len(), 1);
    client.delete_thumbnails().await.unwrap();
}

#[tokio::test]
async fn closed_without_a_reply() {
    let error = failure_after(Reply::raw("")).await;
    assert_eq!(facts(&error), (ErrorKind::Transport, Sent::Maybe, None, 1));
    assert_eq!(
        error.to_string(),
        "DeleteThumbnails: the connection failed: connection closed before message completed (may have been sent, 1 attempt)"
    );
}

#[tokio::test(start_paused = true)]
async fn no_answer_in_time() {
    for reply in [
        Reply::never(),
        Reply::documented().delay(Duration::from_secs(11)),
    ] {
        let service = Service::start().await.unwrap();
        let client = service
            .client()
            .retry_policy(Retry::never())
            .build()
            .unwrap();
        service.reply(reply);
        let start = Instant::now();
        let call = client
            .delete_thumbnails()
            .with_timeout(Duration::from_secs(10));
        let error = call.await.unwrap_err();
        assert_eq!(start.elapsed().as_secs(), 10);
        assert_eq!(facts(&error), (ErrorKind::Timeout, Sent::Maybe, None, 1));
        assert!(error.is_timeout() && !error.is_connect());
        assert_eq!(
            error.to_string(),
            "DeleteThumbnails: no answer within 10s (may have been sent, 1 attempt)"
        );
        assert_eq!(service.requests().len(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn calls_end_after_a_minute_unless_told_otherwise() {
    let service = Service::start().await.unwrap();
    service.respond(|_| Reply::documented().delay(Duration::from_secs(90)));
    let error = failure(&service.client().attempt_timeout(None).build().unwrap()).await;
    assert_eq!(error.message(), "no answer within 60s");

    let patient = service
        .client()
        .timeout(None)
        .attempt_timeout(None)
        .build()
        .unwrap();
    let start = Instant::now();
    patient.delete_thumbnails().await.unwrap();
    assert_eq!(start.elapsed().as_secs(), 90);
    let hasty = patient
        .delete_thumbnails()
        .with_timeout(Duration::from_secs(1));
    assert!(hasty.await.unwrap_err().is_timeout());
}

#[tokio::test]
async fn body_that_breaks_off() {
    let error = failure_after(Reply::status(200).body("0123456789").cut_off()).await;
    assert_eq!(
        facts(&error),
        (ErrorKind::Transport, Sent::Yes, Some(200), 1)
    );
    assert_display(
        &error,
        "DeleteThumbnails: HTTP 200: the reply broke off: ",
        " (request id request-1, 1 attempt)",
    );
}

#[tokio::test]
async fn body_that_is_too_large() {
    let service = Service::start().await.unwrap();
    let client = service
        .client()
        .retry_policy(Retry::never())
        .max_response_size(9)
        .build()
        .unwrap();
    service.reply(Reply::status(200).body("0123456789"));
    let error = failure(&client).await;
    assert_eq!(facts(&error), (ErrorKind::Decode, Sent::Yes, Some(200), 1));
    assert_eq!(
        error.to_string(),
        "DeleteThumbnails: HTTP 200: the reply has more than 9 bytes (ClientBuilder::max_response_size) \
         (request id request-1, 1 attempt)"
    );
    service.reply(Reply::json(200, serde_json::json!({"a": "b"})));
    client.delete_thumbnails().await.unwrap();
}

#[tokio::test]
async fn redirect() {
    let service = Service::start().await.unwrap();
    let elsewhere = format!("{}/elsewhere", service.endpoint());
    service.reply(Reply::status(307).header("Location", elsewhere));
    let error = failure(
        &service
            .client()
            .retry_policy(Retry::never())
            .build()
            .unwrap(),
    )
    .await;
    assert_eq!(facts(&error), (ErrorKind::Service, Sent::Yes, Some(307), 1));
    assert_eq!(
        error.to_string(),
        "DeleteThumbnails: HTTP 307: Temporary Redirect (request id request-1, 1 attempt)"
    );
    assert_eq!(service.requests().len(), 1);
}

#[tokio::test]
async fn page_of_a_proxy() {
    let page = Reply::status(500).header("Content-Type", "text/html");
    let error = failure_after(page.body("<h1>Internal\nServer Error</h1>")).await;
    assert_eq!(facts(&error), (ErrorKind::Service, Sent::Yes, Some(500), 1));
    assert_eq!(
        error.to_string(),
        r"DeleteThumbnails: HTTP 500: <h1>Internal\nServer Error</h1> (request id request-1, 1 attempt)"
    );
}

#[tokio::test]
async fn empty_error() {
    let error = failure_after(Reply::status(502)).await;
    assert_eq!(facts(&error), (ErrorKind::Service, Sent::Yes, Some(502), 1));
    assert_eq!(
        error.to_string(),
        "DeleteThumbnails: HTTP 502: Bad Gateway (request id request-1, 1 attempt)"
    );
}

#[tokio::test]
async fn success_that_cannot_be_read() {
    let error = failure_after(Reply::status(200).body("<html>")).await;
    assert_eq!(facts(&error), (ErrorKind::Decode, Sent::Yes, Some(200), 1));
    assert_eq!(
        error.to_string(),
        "DeleteThumbnails: HTTP 200: the reply cannot be read: expected value at line 1 column 1 \
         (request id request-1, 1 attempt)"
    );
}

#[tokio::test]
async fn wrong_secret_key() {
    let service = Service::start().await.unwrap();
    let wrong = Credentials::new(Service::ACCESS_KEY, "another-secret-key");
    let error = failure(
        &service
            .client()
            .retry_policy(Retry::never())
            .credentials(wrong)
            .build()
            .unwrap(),
    )
    .await;
    assert_eq!(facts(&error), (ErrorKind::Service, Sent::Yes, Some(401), 1));
    assert!(error.is_auth());
    assert_eq!(error.code(), Some("APIGW.0301"));
    assert_display(
        &error,
        "DeleteThumbnails: HTTP 401 APIGW.0301: Incorrect IAM authentication information: verify aksk signature fail, \
         canonicalRequest:DELETE|/v1/0123456789abcdef0123456789abcdef/asset/thumbnails/|asset_id=a1|host:127.0.0.1:",
        " (request id request-1, 1 attempt)",
    );
    assert!(!error.to_string().contains("another-secret-key"));
}

#[tokio::test]
async fn unknown_identity() {
    let service = Service::start().await.unwrap();
    let (access_key, secret_key) = (Service::TEMPORARY_ACCESS_KEY, Service::TEMPORARY_SECRET_KEY);
    for (credentials, message) in [
        (
            Credentials::new("another-key", "secret"),
            "the access key is not known",
        ),
        (
            Credentials::token("another-token"),
            "the token is not known",
        ),
        (
            Credentials::new(access_key, secret_key),
            "X-Security-Token does not belong to the access key",
        ),
        (
            Credentials::new(access_key, secret_key).with_security_token("old-token"),
            "X-Security-Token does not belong to the access key",
        ),
    ] {
        let error = failure(
            &service
                .client()
                .retry_policy(Retry::never())
                .credentials(credentials)
                .build()
                .unwrap(),
        )
        .await;
        assert_eq!(facts(&error), (ErrorKind::Service, Sent::Yes, Some(401), 1));
        assert!(error.is_auth());
        let start = "Incorrect IAM authentication information: ";
        assert_eq!(error.message().strip_prefix(start), Some(message));
    }
}

#[tokio::test]
async fn another_project() {
    let service = Service::start().await.unwrap();
    let error = failure(
        &service
            .client()
            .retry_policy(Retry::never())
            .project_id("another")
            .build()
            .unwrap(),
    )
    .await;
    assert_eq!(facts(&error), (ErrorKind::Service, Sent::Yes, Some(403), 1));
    assert!(error.is_auth());
    assert_eq!(
        error.to_string(),
        "DeleteThumbnails: HTTP 403 VOD.10057: The project ID does not match that of the token or key. \
         (request id request-1, 1 attempt)"
    );
}

#[tokio::test]
async fn clock_that_is_off() {
    let service = Service::start().await.unwrap();
    let client = || {
        let builder = service.client().retry_policy(Retry::never());
        builder.build().unwrap()
    };
    let (now, minute) = (SystemTime::now(), Duration::from_secs(60));
    for off in [now + 20 * minute, now - 20 * minute] {
        service.set_clock(off);
        let error = failure(&client()).await;
        assert_eq!(facts(&error), (ErrorKind::Service, Sent::Yes, Some(401), 1));
        assert!(error.is_auth());
        assert_eq!(
            error.to_string(),
            "DeleteThumbnails: HTTP 401 APIGW.0301: Incorrect IAM authentication information: \
             X-Sdk-Date is more than 15 minutes off (request id request-1, 1 attempt)"
                .replace("request-1", error.request_id().unwrap())
        );
    }
    service.set_clock(now + 10 * minute);
    client().delete_thumbnails().await.unwrap();
    // Tokens know no time.
    service.set_clock(now + 20 * minute);
    let client = service
        .client()
        .retry_policy(Retry::never())
        .credentials(service.token_credentials());
    client.build().unwrap().delete_thumbnails().await.unwrap();
}
