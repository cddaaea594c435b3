//! What a caller learns when the service does not accept who calls.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};
use vod_api::credentials::ProvideFuture;
use vod_api::{
    Client, ClientBuilder, Credentials, Error, ProvideCredentials, Retry, RetryPolicy, Sent,
};
use vod_local::{Reply, Service};

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

/// Gives the token that the number says, and counts how often it is asked.
#[derive(Debug, Default)]
struct Source {
    token: AtomicUsize,
    asked: AtomicUsize,
}

impl ProvideCredentials for Source {
    fn provide(&self) -> ProvideFuture<'_> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        let token = self.token.load(Ordering::Relaxed);
        Box::pin(async move { Ok(Credentials::token(format!("token-{token}"))) })
    }
}

/// A service that takes the token that its source gives now and no other, or a source that gives none of them.
async fn rotating(service: &Service) -> Arc<Source> {
    let source = Arc::new(Source::default());
    for number in 0..10 {
        service.accept(Credentials::token(format!("token-{number}")));
    }
    let known = source.clone();
    service.respond(move |request| {
        let token = format!("token-{}", known.token.load(Ordering::Relaxed));
        if request.header("x-auth-token") == Some(token.as_str()) {
            Reply::documented()
        } else {
            Reply::error(
                401,
                "APIGW.0301",
                "Incorrect IAM authentication information",
            )
        }
    });
    source
}

/// The attempts of so many calls at once, all of which work.
async fn attempts(client: &Client, calls: usize) -> u32 {
    let calls = (0..calls).map(|_| client.create_asset_category("film").send());
    let replies = calls.collect::<JoinSet<_>>().join_all().await;
    let attempts = replies
        .into_iter()
        .map(|reply| reply.unwrap().meta().attempts());
    attempts.sum()
}

/// Uses up what all calls of a client may spend on retries: 35 in 18 calls.
async fn outage(service: &Service, client: &Client) {
    (0..54).for_each(|_| service.reply(Reply::status(503)));
    for _ in 0..18 {
        assert!(failure(client).await.attempts() > 1);
    }
    assert_eq!(failure(client).await.attempts(), 1);
}

#[tokio::test(start_paused = true)]
async fn all_calls_outlast_a_rotation_of_keys() {
    let service = Service::start().await.unwrap();
    let source = rotating(&service).await;
    let client = service.client().credentials_provider(source.clone());
    let client = client.build().unwrap();
    client.delete_thumbnails().asset_id("a1").await.unwrap();
    for (round, calls) in [50, 200, 1].into_iter().enumerate() {
        source.token.fetch_add(1, Ordering::Relaxed);
        assert_eq!(attempts(&client, calls).await as usize, 2 * calls);
        assert_eq!(source.asked.load(Ordering::Relaxed), round + 2);
    }
    outage(&service, &client).await;
    source.token.fetch_add(1, Ordering::Relaxed);
    assert_eq!(attempts(&client, 50).await, 100);
}

#[tokio::test(start_paused = true)]
async fn all_calls_outlast_a_wrong_clock() {
    let (now, hour) = (SystemTime::now(), Duration::from_secs(3600));
    let service = Service::start().await.unwrap();
    service.respond(|_| Reply::documented());
    let client = service.client().build().unwrap();
    for (calls, time) in [(50, now + hour), (200, now), (1, now + hour)] {
        service.set_clock(time);
        assert_eq!(attempts(&client, calls).await as usize, 2 * calls);
    }
    outage(&service, &client).await;
    service.set_clock(now - hour);
    assert_eq!(attempts(&client, 50).await, 100);
}

#[tokio::test(start_paused = true)]
async fn a_call_repairs_each_cause_once() {
    /// Goes on for as long as there is something to repair.
    #[derive(Debug)]
    struct Repairs;

    impl RetryPolicy for Repairs {
        fn next_delay(&self, failed: &vod_api::FailedAttempt<'_>) -> Option<Duration> {
            failed.is_corrected().then_some(Duration::ZERO)
        }
    }

    /// Others each time.
    #[derive(Debug, Default)]
    struct Tokens(AtomicUsize);

    impl ProvideCredentials for Tokens {
        fn provide(&self) -> ProvideFuture<'_> {
            let number = self.0.fetch_add(1, Ordering::Relaxed);
            Box::pin(async move { Ok(Credentials::token(format!("token-{number}"))) })
        }
    }

    let service = Service::start().await.unwrap();
    let client = service.client().credentials_provider(Tokens::default());
    let client = client.retry_policy(Repairs).build().unwrap();
    let error = failure(&client).await;
    assert!(error.is_auth() && error.attempts() == 2, "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_source_of_keys_that_stay_refused_is_asked_once_in_a_while() {
    let service = Service::start().await.unwrap();
    let source = Arc::new(Source::default());
    let client = service.client().credentials_provider(source.clone());
    let client = client.build().unwrap();
    for _ in 0..500 {
        assert!(failure(&client).await.is_auth());
    }
    assert_eq!(source.asked.load(Ordering::Relaxed), 2);
    sleep(Duration::from_secs(60)).await;
    service.accept(Credentials::token("token-7"));
    source.token.store(7, Ordering::Relaxed);
    client.delete_thumbnails().asset_id("a1").await.unwrap();
    assert_eq!(source.asked.load(Ordering::Relaxed), 3);
}
