//! The project id, looked up in IAM.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::json;
use tokio::task::JoinSet;
use vod_api::credentials::ProvideFuture;
use vod_api::{Client, Credentials, ErrorKind, ProvideCredentials, Sent};
use vod_local::Service;

use crate::common::fake::{Answer, Fake};
use crate::credentials::open_client;

/// What IAM answers to a look-up.
fn projects(ids: &[&str]) -> Answer {
    let list: Vec<_> = ids
        .iter()
        .map(|id| json!({"id": id, "name": "cn-north-4"}))
        .collect();
    Answer::json(200, json!({"projects": list})).header("X-IAM-Trace-Id", "trace-1")
}

#[tokio::test]
async fn the_project_is_looked_up_once() {
    let service = Service::start().await.unwrap();
    for credentials in [service.temporary_credentials(), service.token_credentials()] {
        let iam = Fake::start(|_| projects(&[Service::PROJECT_ID])).await;
        let client = open_client(&service)
            .iam_endpoint(&iam.endpoint)
            .credentials(credentials);
        let client = client.build().unwrap();
        assert_eq!(iam.lines(), [""; 0]);
        let mut tasks = JoinSet::new();
        for _ in 0..100 {
            let client = client.clone();
            tasks.spawn(async move { client.delete_thumbnails().asset_id("a1").await.unwrap() });
        }
        tasks.join_all().await;
        assert_eq!(iam.lines(), ["GET /v3/projects?name=cn-north-4"]);
        let headers = &iam.seen()[0].headers;
        assert!(!headers.contains_key("x-project-id"));
        let known = match headers.get("x-auth-token") {
            Some(token) => token == Service::TOKEN,
            None => headers["authorization"].contains(Service::TEMPORARY_ACCESS_KEY),
        };
        assert!(
            known && headers["user-agent"].starts_with("vod-api/"),
            "{headers:?}"
        );
        assert!(format!("{client:?}").contains(Service::PROJECT_ID));
    }
}

#[tokio::test]
async fn a_project_that_cannot_be_told_is_an_error() {
    let service = Service::start().await.unwrap();
    let start = |answer: fn() -> Answer| Fake::start(move |_| answer());
    struct Case {
        name: &'static str,
        answer: fn() -> Answer,
        kind: ErrorKind,
        why: &'static str,
    }

    let cases = [
        Case {
            name: "none",
            answer: || projects(&[]),
            kind: ErrorKind::Configuration,
            why: "there is no project for the region cn-north-4",
        },
        Case {
            name: "several",
            answer: || projects(&["p1", "p2"]),
            kind: ErrorKind::Configuration,
            why: "several projects, p1, p2;",
        },
        Case {
            name: "not allowed",
            answer: || {
                Answer::json(
                    403,
                    json!({"error_code": "IAM.0003", "error_msg": Service::SECRET_KEY}),
                )
            },
            kind: ErrorKind::Credentials,
            why: "HTTP 403 IAM.0003: [redacted]",
        },
        Case {
            name: "not a list of projects",
            answer: || Answer::json(200, json!([])),
            kind: ErrorKind::Configuration,
            why: "the answer of IAM does not contain the project",
        },
    ];
    for Case {
        name,
        answer,
        kind,
        why,
    } in cases
    {
        let iam = start(answer).await;
        let client = open_client(&service).iam_endpoint(&iam.endpoint);
        let client = client.credentials(service.credentials()).build().unwrap();
        let error = client.delete_thumbnails().asset_id("a1").await.unwrap_err();
        assert_eq!(
            (error.kind(), error.was_sent(), error.attempts()),
            (kind, Sent::No, 0),
            "{name}"
        );
        let text = error.to_string();
        assert!(
            text.contains(why) && text.starts_with("DeleteThumbnails: "),
            "{name}: {text}"
        );
        // It is not remembered.
        client.delete_thumbnails().asset_id("a1").await.unwrap_err();
        assert_eq!(iam.lines().len(), 2);
    }
    assert_eq!(service.requests().len(), 0);

    let client = Client::builder()
        .endpoint(service.endpoint())
        .credentials(service.credentials());
    let error = client
        .build()
        .unwrap()
        .delete_thumbnails()
        .asset_id("a1")
        .await
        .unwrap_err();
    assert!(
        error.to_string().contains("ClientBuilder::project_id"),
        "{error}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_look_up_that_fails_for_a_moment_is_repeated() {
    let service = Service::start().await.unwrap();
    let count = AtomicU64::new(0);
    let iam = Fake::start(move |_| match count.fetch_add(1, Ordering::SeqCst) {
        0 => Answer::json(503, json!({})),
        _ => projects(&[Service::PROJECT_ID]),
    });
    let iam = iam.await;
    let client = open_client(&service).iam_endpoint(&iam.endpoint);
    let client = client.credentials(service.credentials()).build().unwrap();
    let reply = client.delete_thumbnails().asset_id("a1").await.unwrap();
    assert_eq!((reply.meta().attempts(), iam.lines().len()), (1, 2));
}

#[tokio::test]
async fn a_look_up_that_is_refused_is_repeated_with_other_credentials() {
    #[derive(Debug)]
    struct Told(AtomicU64);

    impl ProvideCredentials for Told {
        fn provide(&self) -> ProvideFuture<'_> {
            let first = self.0.fetch_add(1, Ordering::SeqCst) == 0;
            let token = if first { "revoked" } else { Service::TOKEN };
            Box::pin(async move { Ok(Credentials::token(token)) })
        }
    }

    let service = Service::start().await.unwrap();
    let iam = Fake::start(|seen| match seen.headers["x-auth-token"].as_str() {
        Service::TOKEN => projects(&[Service::PROJECT_ID]),
        _ => Answer::json(401, json!({"error": {"message": "revoked"}})),
    });
    let iam = iam.await;
    let client = open_client(&service)
        .iam_endpoint(&iam.endpoint)
        .credentials_provider(Told(AtomicU64::new(0)));
    let client = client.build().unwrap();
    client.delete_thumbnails().asset_id("a1").await.unwrap();
    assert_eq!(iam.lines().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_look_up_is_repaired_after_an_outage() {
    #[derive(Debug)]
    struct Told(Arc<AtomicU64>);

    impl ProvideCredentials for Told {
        fn provide(&self) -> ProvideFuture<'_> {
            let revoked = self.0.load(Ordering::SeqCst) <= 54;
            let token = if revoked { "revoked" } else { Service::TOKEN };
            Box::pin(async move { Ok(Credentials::token(token)) })
        }
    }

    let service = Service::start().await.unwrap();
    let count = Arc::new(AtomicU64::new(0));
    let answers = count.clone();
    let iam = Fake::start(move |seen| {
        // What all calls of a client may spend on retries is used up by then.
        if answers.fetch_add(1, Ordering::SeqCst) < 54 {
            return Answer::json(503, json!({}));
        }
        match seen.headers["x-auth-token"].as_str() {
            Service::TOKEN => projects(&[Service::PROJECT_ID]),
            _ => Answer::json(401, json!({"error": {"message": "revoked"}})),
        }
    });
    let iam = iam.await;
    let client = open_client(&service)
        .iam_endpoint(&iam.endpoint)
        .credentials_provider(Told(count));
    let client = client.build().unwrap();
    for _ in 0..19 {
        client.delete_thumbnails().asset_id("a1").await.unwrap_err();
    }
    assert_eq!(iam.lines().len(), 54);
    client.delete_thumbnails().asset_id("a1").await.unwrap();
    assert_eq!(iam.lines().len(), 56);
}
