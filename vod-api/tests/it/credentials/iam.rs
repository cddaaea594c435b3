//! A token of IAM for a name and a password.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::time::{Instant, sleep};
use vod_api::ProvideCredentials;
use vod_api::credentials::IamPassword;
use vod_local::Service;

use crate::common::fake::{Answer, Fake};
use crate::credentials::open_client;

const PASSWORD: &str = "my-/\"password";

/// What IAM answers to a name and a password.
fn iam_token() -> Answer {
    let token = json!({"expires_at": "2100-01-01T00:00:00.000000Z", "project": {"id": Service::PROJECT_ID}});
    Answer::json(201, json!({"token": token})).header("X-Subject-Token", Service::TOKEN)
}

#[tokio::test]
async fn iam_gives_a_token_and_its_project() {
    let iam = Fake::start(|_| iam_token()).await;
    let service = Service::start().await.unwrap();
    let user = IamPassword::new("my-account", "my-user", PASSWORD, "cn-north-4");
    let builder = open_client(&service).credentials_provider(user.endpoint(&iam.endpoint));
    let client = builder.clone().build().unwrap();
    for _ in 0..2 {
        client.delete_thumbnails().asset_id("a1").await.unwrap();
    }
    let seen = iam.seen();
    assert_eq!(iam.lines(), ["POST /v3/auth/tokens"]);
    assert_eq!(seen[0].headers["content-type"], "application/json");
    let sent = &seen[0].body["auth"];
    let user = &sent["identity"]["password"]["user"];
    assert_eq!(
        (&user["password"], &user["domain"]["name"]),
        (&json!(PASSWORD), &json!("my-account"))
    );
    assert_eq!(sent["scope"], json!({"project": {"name": "cn-north-4"}}));
    let shown = format!("{builder:?} {client:?}");
    assert!(shown.contains("my-user"), "{shown}");
    assert!(
        !shown.contains("my-/") && !shown.contains(Service::TOKEN),
        "{shown}"
    );
}

#[tokio::test]
async fn iam_can_be_asked_by_another_http_client() {
    let iam = Fake::start(|_| iam_token()).await;
    let http = reqwest::Client::builder().user_agent("mine/1").no_proxy();
    let user = IamPassword::new("my-account", "my-user", PASSWORD, "cn-north-4")
        .endpoint(&iam.endpoint)
        .http_client(http.build().unwrap());
    user.provide().await.unwrap();
    assert_eq!(iam.seen()[0].headers["user-agent"], "mine/1");
}

#[tokio::test]
async fn iam_refusals_are_told_without_the_password() {
    let iam = Fake::start(|seen| {
        let echo = seen.body["auth"]["identity"]["password"]["user"]["password"].clone();
        let error = json!({"code": 401, "message": format!("The password {} is wrong.", echo.as_str().unwrap())});
        Answer::json(401, json!({"error": error})).header("X-IAM-Trace-Id", "trace-1")
    });
    let iam = iam.await;
    let user = IamPassword::new("my-account", "my-user", PASSWORD, "cn-north-4");
    let error = user.endpoint(&iam.endpoint).provide().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "there is no token for my-account/my-user from IAM at {}: HTTP 401 401: The password [redacted] is wrong. (request id \
             trace-1)",
            iam.endpoint
        )
    );
    assert_eq!(iam.lines().len(), 1);

    let away =
        IamPassword::new("a", "u", PASSWORD, "cn-north-4").endpoint("http://iam.example.com");
    let error = away.provide().await.unwrap_err().to_string();
    assert!(
        error.starts_with("IAM: the endpoint has the scheme http"),
        "{error}"
    );
}

#[tokio::test(start_paused = true)]
async fn the_body_of_a_refusal_does_not_hold_a_call() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let dripping = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        assert!(stream.read(&mut [0; 4096]).await.unwrap() > 0);
        let head = "HTTP/1.1 403 Forbidden\r\nTransfer-Encoding: chunked\r\n\r\n";
        stream.write_all(head.as_bytes()).await.unwrap();
        while stream.write_all(b"1\r\n \r\n").await.is_ok() {
            sleep(Duration::from_millis(900)).await;
        }
    });
    let user = IamPassword::new("a", "u", PASSWORD, "cn-north-4").endpoint(endpoint);
    let start = Instant::now();
    let error = user.provide().await.unwrap_err().to_string();
    assert!(error.ends_with(": HTTP 403"), "{error}");
    assert!(start.elapsed() < Duration::from_secs(6));
    dripping.await.unwrap();
}

#[tokio::test]
async fn incomplete_answers_of_iam_are_refused() {
    struct Case {
        name: &'static str,
        token: Option<&'static str>,
        body: Value,
        why: &'static str,
    }

    let cases = [
        Case {
            name: "no token",
            token: None,
            body: json!({"token": {"expires_at": "2100-01-01T00:00:00Z"}}),
            why: "X-Subject-Token",
        },
        Case {
            name: "no expiry",
            token: Some("hidden"),
            body: json!({"token": {}}),
            why: "expires_at",
        },
        Case {
            name: "not an object",
            token: Some("hidden"),
            body: json!("hidden"),
            why: "expires_at",
        },
    ];
    for Case {
        name,
        token,
        body,
        why,
    } in cases
    {
        let answer = Answer::json(201, body);
        let answer = match token {
            Some(token) => answer.header("X-Subject-Token", token),
            None => answer,
        };
        let iam = Fake::start(move |_| answer.clone()).await;
        let user = IamPassword::new("a", "u", PASSWORD, "cn-north-4").endpoint(&iam.endpoint);
        let error = user.provide().await.unwrap_err().to_string();
        assert!(
            error.contains(why) && !error.contains("hidden"),
            "{name}: {error}"
        );
    }
}

#[tokio::test]
async fn what_iam_says_is_one_line_of_bounded_length() {
    let iam = Fake::start(|_| {
        let message = "no\n\u{1b}[2J".to_owned() + &"x".repeat(20_000) + PASSWORD;
        let error = json!({"code": "z".repeat(20_000), "message": message});
        Answer::json(401, json!({"error": error})).header("X-IAM-Trace-Id", "t".repeat(10_000))
    });
    let iam = iam.await;
    let user = IamPassword::new("my-account", "my-user", PASSWORD, "cn-north-4");
    let error = user.endpoint(&iam.endpoint).provide().await.unwrap_err();
    for text in [error.to_string(), error.message().to_owned()] {
        assert!(text.len() < 5000, "{}", text.len());
        assert!(text.contains(r": no\n\u{1b}[2Jxxx"), "{text}");
    }
}
