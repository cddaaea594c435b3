//! What a caller learns when the service does not accept who calls.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::time::{Duration, SystemTime};

use tokio::time::Instant;
use vod_api::test_util::{Reply, Service};
use vod_api::{Client, ClientBuilder, Credentials, Error, Retry, Sent};

/// Makes one attempt.
fn once(builder: ClientBuilder) -> Client {
    builder.retry_policy(Retry::never()).build().unwrap()
}

async fn failure(client: &Client) -> Error {
    client.delete_thumbnails().asset_id("a1").await.unwrap_err()
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_is_off_is_corrected() {
    let (now, minute) = (SystemTime::now(), Duration::from_secs(60));
    for off in [now + 20 * minute, now - 20 * minute] {
        let service = Service::start().await.unwrap();
        service.set_clock(off);
        let client = service.client().build().unwrap();
        let start = Instant::now();
        let reply = client.create_asset_category("film").await.unwrap();
        assert_eq!(
            (reply.meta().attempts(), start.elapsed()),
            (2, Duration::ZERO)
        );
        let reply = client
            .clone()
            .delete_thumbnails()
            .asset_id("a1")
            .await
            .unwrap();
        assert_eq!(reply.meta().attempts(), 1);

        // Who makes one attempt only learns why it failed.
        let error = failure(&once(service.client())).await;
        assert!(
            error.is_auth()
                && error
                    .message()
                    .ends_with("X-Sdk-Date is more than 15 minutes off"),
            "{error}"
        );
    }
    let service = Service::start().await.unwrap();
    service.set_clock(now + 10 * minute);
    once(service.client())
        .delete_thumbnails()
        .asset_id("a1")
        .await
        .unwrap();
    // Tokens know no time.
    service.set_clock(now + 20 * minute);
    once(service.client().credentials(service.token_credentials()))
        .delete_thumbnails()
        .asset_id("a1")
        .await
        .unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_slow_refusal_is_not_taken_for_a_wrong_clock() {
    let service = Service::start().await.unwrap();
    let late = Duration::from_secs(70);
    let date = httpdate::fmt_http_date(SystemTime::now() + late);
    let refusal = Reply::error(403, "VOD.10074", "No permission.").header("Date", date);
    service.reply(refusal.delay(late));
    let client = service.client().attempt_timeout(None).timeout(None);
    let error = failure(&client.build().unwrap()).await;
    assert_eq!((error.code(), error.attempts()), (Some("VOD.10074"), 1));
}

#[tokio::test(start_paused = true)]
async fn a_wrong_key_is_not_taken_for_a_wrong_clock() {
    let service = Service::start().await.unwrap();
    let wrong = Credentials::new(Service::ACCESS_KEY, "another-secret-key");
    let client = service.client().credentials(wrong).build().unwrap();
    let error = failure(&client).await;
    assert_eq!((error.code(), error.attempts()), (Some("APIGW.0301"), 1));
    let text = error.to_string();
    assert!(
        text.starts_with(
            "DeleteThumbnails: HTTP 401 APIGW.0301: Incorrect IAM authentication information: verify aksk signature fail, \
             canonicalRequest:DELETE|/v1/0123456789abcdef0123456789abcdef/asset/thumbnails/|asset_id=a1|host:127.0.0.1:"
        ),
        "{text}"
    );
    // What the service compared is what we signed.
    let canonical = error.canonical_request().unwrap().replace('\n', "|");
    assert!(text.contains(&canonical), "{text}\n{canonical}");
    assert!(!format!("{text} {canonical}").contains("another-secret-key"));

    // Both at once: the clock is corrected, and then it is the key.
    service.set_clock(SystemTime::now() + Duration::from_secs(20 * 60));
    let error = failure(&client).await;
    assert_eq!((error.code(), error.attempts()), (Some("APIGW.0301"), 2));
    assert!(
        error.message().contains("verify aksk signature fail"),
        "{error}"
    );
}

#[tokio::test]
async fn unknown_identity() {
    let service = Service::start().await.unwrap();
    let (access_key, secret_key) = (Service::TEMPORARY_ACCESS_KEY, Service::TEMPORARY_SECRET_KEY);
    let temporary = Credentials::new(access_key, secret_key);
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
            temporary.clone(),
            "X-Security-Token does not belong to the access key",
        ),
        (
            temporary.with_security_token("old-token"),
            "X-Security-Token does not belong to the access key",
        ),
    ] {
        let error = failure(&once(service.client().credentials(credentials))).await;
        assert!(error.is_auth() && error.was_sent() == Sent::Yes);
        let start = "Incorrect IAM authentication information: ";
        assert_eq!(error.message().strip_prefix(start), Some(message));
    }
    let error = failure(&once(service.client().project_id("another"))).await;
    assert!(error.is_auth());
    assert_eq!(
        (error.code(), error.message()),
        (
            Some("VOD.10057"),
            "The project ID does not match that of the token or key."
        )
    );
}
