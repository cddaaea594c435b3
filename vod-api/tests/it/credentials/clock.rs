//! What the service's word about the time does to calls, and what that of others does not.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

use serde_json::json;
use vod_api::credentials::ProvideFuture;
use vod_api::{Client, ClientBuilder, Credentials, ProvideCredentials, parse_time};
use vod_local::{Reply, Service};

use crate::common::fake::{Answer, Fake};
use crate::credentials::open_client;

const HOUR: Duration = Duration::from_secs(3600);
const DAYS: Duration = Duration::from_secs(2 * 86_400);

/// Gives credentials that the service knows, and that are good for an hour.
#[derive(Debug)]
struct Source {
    credentials: Credentials,
    asked: AtomicU32,
}

impl Source {
    fn new(credentials: Credentials) -> Arc<Self> {
        Arc::new(Self {
            credentials,
            asked: AtomicU32::new(0),
        })
    }

    fn asked(&self) -> u32 {
        self.asked.load(Ordering::SeqCst)
    }
}

impl ProvideCredentials for Source {
    fn provide(&self) -> ProvideFuture<'_> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let expiry = SystemTime::now() + HOUR;
        Box::pin(async move { Ok(self.credentials.clone().with_expiry(expiry)) })
    }
}

/// How many attempts a call took that has worked.
async fn attempts(client: &Client) -> u32 {
    let reply = client.create_asset_category("film").await.unwrap();
    reply.meta().attempts()
}

fn refusal() -> Reply {
    let in_two_days = httpdate::fmt_http_date(SystemTime::now() + DAYS);
    Reply::error(403, "APIGW.0301", "no").header("Date", in_two_days)
}

fn fast(client: ClientBuilder) -> Client {
    client.clock(|| SystemTime::now() + DAYS).build().unwrap()
}

#[tokio::test(start_paused = true)]
async fn one_wrong_date_does_not_end_a_client() {
    let service = Service::start().await.unwrap();
    service.respond(|_| Reply::documented());
    let source = Source::new(service.temporary_credentials());
    let expiring = service.client().credentials_provider(source.clone());
    for client in [service.client(), expiring] {
        let client = client.build().unwrap();
        service.reply(refusal());
        // The wrong time is refused, and then it is the right one again.
        assert_eq!(attempts(&client).await, 3);
        assert_eq!(attempts(&client).await, 1);
    }
    assert_eq!(source.asked(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_wrong_date_makes_no_credentials_expire() {
    let service = Service::start().await.unwrap();
    service.respond(|_| Reply::documented());
    let source = Source::new(service.temporary_credentials());
    let client = service.client().credentials_provider(source.clone());
    let client = client
        .retry_policy(vod_api::Retry::never())
        .build()
        .unwrap();
    service.reply(refusal());
    // Without a retry, one call meets the wrong date, and the next one corrects it.
    for works in [false, false, true, true] {
        let result = client.create_asset_category("film").await;
        assert_eq!(result.is_ok(), works, "{result:?}");
    }
    assert_eq!((source.asked(), service.requests().len()), (1, 4));
}

#[tokio::test(start_paused = true)]
async fn a_machine_that_is_ahead_of_all_expiry_can_call() {
    let service = Service::start().await.unwrap();
    let source = Source::new(service.temporary_credentials());
    let client = fast(service.client().credentials_provider(source.clone()));
    assert_eq!(attempts(&client).await, 2);
    assert_eq!(attempts(&client).await, 1);
    assert_eq!(source.asked(), 1);

    // A token has no time in it, so nothing is corrected.
    let source = Source::new(service.token_credentials());
    let client = fast(service.client().credentials_provider(source.clone()));
    for _ in 0..10 {
        assert_eq!(attempts(&client).await, 1);
    }
    assert_eq!(source.asked(), 1);
    // They are renewed in a while.
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(attempts(&client).await, 1);
    assert_eq!(source.asked(), 1);
}

#[tokio::test]
async fn credentials_that_were_given_are_sent_after_their_expiry() {
    let service = Service::start().await.unwrap();
    let early = SystemTime::UNIX_EPOCH + HOUR;
    let good = service.temporary_credentials().with_expiry(early);
    let client = service.client().credentials(good).build().unwrap();
    assert_eq!(attempts(&client).await, 1);
    // Where they are refused, it is said what may be the reason.
    let bad = Credentials::token("old").with_expiry(early);
    let client = service.client().credentials(bad).build().unwrap();
    let error = client.create_asset_category("film").await.unwrap_err();
    let wanted = "the token is not known; the credentials were valid until 1970-01-01T01:00:00Z";
    assert!(error.message().ends_with(wanted), "{error}");
}

#[tokio::test(start_paused = true)]
async fn only_the_service_tells_the_time() {
    let service = Service::start().await.unwrap();
    service.respond(|_| Reply::documented());
    let client = service.client().build().unwrap();
    let in_two_days = httpdate::fmt_http_date(SystemTime::now() + DAYS);
    let filter = Reply::status(403).body("<html>blocked</html>");
    for reply in [
        refusal().header("Age", "172800"),
        filter.header("Date", in_two_days.clone()),
        Reply::json(403, json!({"code": 403, "message": "blocked"})).header("Date", in_two_days),
    ] {
        service.reply(reply);
        let error = client.create_asset_category("film").await.unwrap_err();
        assert_eq!(error.attempts(), 1, "{error}");
        assert_eq!(attempts(&client).await, 1);
    }
}

#[tokio::test(start_paused = true)]
async fn the_time_of_iam_is_for_iam() {
    let service = Service::start().await.unwrap();
    // IAM itself is two days ahead of the service.
    let iam = Fake::start(|seen| {
        let now = SystemTime::now() + DAYS;
        let signed = parse_time(&seen.headers["x-sdk-date"]).unwrap();
        let off = now.duration_since(signed).unwrap_or_default();
        let answer = if off < HOUR {
            let body = json!({"projects": [{"id": Service::PROJECT_ID, "name": "cn-north-4"}]});
            Answer::json(200, body)
        } else {
            let body = json!({"error": {"code": 401, "message": "the request has expired"}});
            Answer::json(401, body)
        };
        answer.header("Date", httpdate::fmt_http_date(now))
    });
    let iam = iam.await;
    let source = Source::new(service.temporary_credentials());
    let client = open_client(&service)
        .iam_endpoint(&iam.endpoint)
        .credentials_provider(source.clone());
    let client = client.build().unwrap();
    for _ in 0..2 {
        assert_eq!(attempts(&client).await, 1);
    }
    assert_eq!((iam.lines().len(), source.asked()), (2, 1));
}
