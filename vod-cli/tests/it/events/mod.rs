//! `vod events`.

mod listen;
mod send;
mod verify;

use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};
use tokio::sync::Notify;
use vod_api::http::{HeaderMap, StatusCode};
use vod_api::notification::{Event, MfsVerifier};
use vod_api::reqwest;
use vod_cli::{Exit, Interrupt, Signal};

use crate::docs;
use crate::vod::{Run, Vod};

const KEY: &str = "0123456789abcdef0123456789abcdef";

fn vod() -> Vod {
    Vod::service().set("VOD_CALLBACK_KEY", KEY)
}

/// A port that nobody listens on.
fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

/// Sends a request as soon as somebody listens; `None` for a `GET`.
async fn sent(port: u16, headers: &[(&str, &str)], body: Option<&str>) -> StatusCode {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    loop {
        let url = format!("http://127.0.0.1:{port}/vod");
        let mut request = match body {
            Some(body) => client.post(url).body(body.to_owned()),
            None => client.get(url),
        };
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        match request.send().await {
            Ok(reply) => return reply.status(),
            Err(_) => tokio::task::yield_now().await,
        }
    }
}

/// A notification as it is sent: timestamp, signature and body.
async fn notification() -> (String, String, String) {
    let out = vod()
        .run("events send createComplete --dry-run")
        .await
        .done();
    let (head, body) = out.split_once("\n\n").unwrap();
    let header = |name: &str| {
        let line = head.lines().find_map(|line| line.strip_prefix(name));
        line.unwrap().trim_start_matches(": ").to_owned()
    };
    (
        header("auth_timestamp"),
        header("auth_sign"),
        body.trim_end().to_owned(),
    )
}

#[tokio::test]
async fn the_key_comes_from_a_variable_or_the_profile() {
    let send = "events send createComplete --dry-run";
    let err = Vod::service().run(send).await.failed(Exit::Usage);
    assert!(
        err.contains("hint: set VOD_CALLBACK_KEY, or `callback_key = …`"),
        "{err}"
    );
    let err = Vod::service()
        .set("VOD_CALLBACK_KEY", "a b")
        .run(send)
        .await
        .failed(Exit::Usage);
    assert!(
        err.contains("VOD_CALLBACK_KEY: character 2 of the key is white space"),
        "{err}"
    );

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("credentials");
    std::fs::write(
        &path,
        format!("[basic]\nak = a\nsk = s\ncallback_key = {KEY}\n"),
    )
    .unwrap();
    let profile = Vod::service().set(
        "HUAWEICLOUD_SDK_CREDENTIALS_FILE",
        &path.display().to_string(),
    );
    let of_profile = profile.run(send).await.done();
    assert_eq!(of_profile, vod().run(send).await.done());
}

#[tokio::test]
async fn addresses_are_checked_first() {
    for (line, why) in [
        ("events send createComplete", "--to"),
        (
            "events send createComplete --to ftp://a",
            "--to: it is no address",
        ),
        (
            "events send createComplete --to ''",
            "--to: it is no address",
        ),
        (
            "events listen --forward-to a://b",
            "--forward-to: it is no address",
        ),
        ("events listen --host x", "--host"),
        ("events listen --count 0", "--count"),
    ] {
        let err = vod().run(line).await.failed(Exit::Usage);
        assert!(err.contains(why), "{line}: {err}");
    }
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let err = vod()
        .run(&format!("events listen --port {port}"))
        .await
        .failed(Exit::Usage);
    assert!(err.contains("cannot be listened on"), "{err}");
    let closed = format!(
        "events send createComplete --to http://127.0.0.1:{}/?token=t0ken",
        free_port()
    );
    let err = vod().run(&closed).await.failed(Exit::Later);
    assert!(
        err.contains("did not get through") && !err.contains("t0ken"),
        "{err}"
    );
}
