//! The metadata service of an ECS server.

use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde_json::json;
use tokio::net::TcpSocket;
use tokio::time::Instant;
use vod_api::credentials::EcsMetadata;
use vod_api::{ErrorKind, ProvideCredentials, Sent};
use vod_local::Service;

use crate::common::fake::{Answer, Fake, Seen};

/// What the metadata service answers: the temporary keys of the service.
fn metadata_key() -> Answer {
    let key = json!({
        "access": Service::TEMPORARY_ACCESS_KEY,
        "secret": Service::TEMPORARY_SECRET_KEY,
        "securitytoken": Service::SECURITY_TOKEN,
        "expires_at": "2100-01-01T00:00:00.000000Z",
    });
    Answer::json(200, json!({"credential": key}))
}

const SESSION: &str = "PUT /meta-data/latest/api/token";
const KEY: &str = "GET /openstack/latest/securitykey";

fn session(seen: &Seen) -> Option<&str> {
    seen.headers.get("x-metadata-token").map(String::as_str)
}

#[tokio::test]
async fn metadata_is_read_in_a_session() {
    let fake = Fake::start(|seen| match seen.line.as_str() {
        SESSION => Answer::new(200, "my-session\n"),
        _ => metadata_key(),
    });
    let fake = fake.await;
    let service = Service::start().await.unwrap();
    let metadata = Arc::new(EcsMetadata::new().endpoint(&fake.endpoint));
    let client = service.client().credentials_provider(metadata.clone());
    let client = client.build().unwrap();
    client.delete_thumbnails().asset_id("a1").await.unwrap();
    client.delete_thumbnails().asset_id("a1").await.unwrap();
    assert_eq!(fake.lines(), [SESSION, KEY]);
    let seen = fake.seen();
    assert_eq!(seen[0].headers["x-metadata-token-ttl-seconds"], "21600");
    assert_eq!(session(&seen[1]), Some("my-session"));
    // The session goes on.
    let found = metadata.provide().await.unwrap();
    assert_eq!(found.expiry(), vod_api::parse_time("21000101"));
    assert_eq!(fake.lines(), [SESSION, KEY, KEY]);
    assert!(!format!("{metadata:?}").contains("my-session"));
}

#[tokio::test(start_paused = true)]
async fn metadata_sessions_are_renewed_when_they_end() {
    let fake = Fake::start(|seen| match seen.line.as_str() {
        SESSION => Answer::new(200, "my-session"),
        _ => metadata_key(),
    });
    let fake = fake.await;
    let metadata = EcsMetadata::new().endpoint(&fake.endpoint);
    metadata.provide().await.unwrap();
    tokio::time::sleep(Duration::from_secs(6 * 60 * 60)).await;
    metadata.provide().await.unwrap();
    assert_eq!(fake.lines(), [SESSION, KEY, SESSION, KEY]);
}

#[tokio::test]
async fn metadata_without_sessions_is_read_all_the_same() {
    for status in [404, 405, 503] {
        let fake = Fake::start(move |seen| match seen.line.as_str() {
            SESSION => Answer::new(status, ""),
            _ => metadata_key(),
        });
        let fake = fake.await;
        let metadata = EcsMetadata::new().endpoint(&fake.endpoint);
        for _ in 0..2 {
            metadata.provide().await.unwrap();
        }
        let mut lines = fake.lines();
        // It may have been busy, too.
        lines.dedup();
        assert_eq!(lines, [SESSION, KEY], "{status}");
        assert_eq!(session(fake.seen().last().unwrap()), None);
    }
    let fake = Fake::start(|_| Answer::new(403, "hidden")).await;
    let metadata = EcsMetadata::new().endpoint(&fake.endpoint);
    let error = metadata.provide().await.unwrap_err().to_string();
    assert!(
        error.contains("HTTP 403") && !error.contains("hidden"),
        "{error}"
    );
}

#[tokio::test]
async fn metadata_gets_a_new_session_when_it_asks_for_one() {
    let count = AtomicU64::new(0);
    let fake = Fake::start(move |seen| match seen.line.as_str() {
        SESSION => {
            let number = count.fetch_add(1, Ordering::SeqCst);
            Answer::new(200, format!("session-{number}"))
        }
        _ if session(seen) == Some("session-1") => metadata_key(),
        _ => Answer::json(401, json!({"error": "hidden"})),
    });
    let fake = fake.await;
    let metadata = EcsMetadata::new().endpoint(&fake.endpoint);
    metadata.provide().await.unwrap();
    assert_eq!(fake.lines(), [SESSION, KEY, SESSION, KEY]);
}

#[tokio::test]
async fn metadata_says_what_is_wrong() {
    struct Case {
        name: &'static str,
        status: u16,
        body: &'static str,
        why: &'static str,
    }

    let cases = [
        Case {
            name: "no agency",
            status: 401,
            body: "Please configure Cloud Service Agency first",
            why: "the server has no agency",
        },
        Case {
            name: "unauthorized",
            status: 401,
            body: "hidden",
            why: "HTTP 401",
        },
        Case {
            name: "not found",
            status: 404,
            body: "hidden",
            why: "HTTP 404",
        },
        Case {
            name: "not JSON",
            status: 200,
            body: "hidden",
            why: "not JSON",
        },
        Case {
            name: "no secret key",
            status: 200,
            body: r#"{"credential":{"access":"hidden"}}"#,
            why: "no secret",
        },
        Case {
            name: "broken",
            status: 500,
            body: "hidden",
            why: "HTTP 500",
        },
    ];
    for Case {
        name,
        status,
        body,
        why,
    } in cases
    {
        let fake = Fake::start(move |seen| match seen.line.as_str() {
            SESSION => Answer::new(200, "my-session"),
            _ => Answer::new(status, body),
        });
        let fake = fake.await;
        let metadata = EcsMetadata::new().endpoint(&fake.endpoint);
        let error = metadata.provide().await.unwrap_err();
        assert_eq!(
            (error.kind(), error.was_sent()),
            (ErrorKind::Credentials, Sent::No)
        );
        let text = format!("{error} {error:?}");
        assert!(
            text.contains(why) && text.contains(&fake.endpoint),
            "{name}: {text}"
        );
        assert!(
            !text.contains("hidden") && !text.contains("my-session"),
            "{text}"
        );
    }
}

#[tokio::test]
async fn what_passes_is_tried_again() {
    let count = AtomicU64::new(0);
    let fake = Fake::start(move |seen| match seen.line.as_str() {
        SESSION => Answer::new(200, "my-session"),
        _ => match count.fetch_add(1, Ordering::SeqCst) {
            0 => Answer::new(500, ""),
            1 => Answer::new(429, ""),
            _ => metadata_key(),
        },
    });
    let fake = fake.await;
    let metadata = EcsMetadata::new().endpoint(&fake.endpoint);
    metadata.provide().await.unwrap();
    assert_eq!(fake.lines(), [SESSION, KEY, KEY, KEY]);
}

#[tokio::test(start_paused = true)]
async fn metadata_that_nobody_serves_is_asked_for_once() {
    // A queue that is full drops who knocks, as a network does that does not know the address.
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(([127, 0, 0, 1], 0).into()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    let knock = || TcpStream::connect_timeout(&address, Duration::from_millis(100));
    let _queue: Vec<_> = std::iter::from_fn(|| knock().ok()).collect();

    let metadata = EcsMetadata::new().endpoint(format!("http://{address}"));
    let start = Instant::now();
    metadata.provide().await.unwrap_err();
    assert!(start.elapsed() < Duration::from_secs(2));
}
