//! Calls where private parts are needed.

mod http2;

use std::sync::Arc;
use std::time::SystemTime;

use serde_json::{Value, json};

use crate::client::Client;
use crate::credentials::Credentials;
use crate::facts::{OperationMeta, Parameter, Schema};
use crate::pipeline::parts::AttemptParts;
use crate::request::encode;
use crate::sign::{Claim, Parts};
use crate::support::Method;
use crate::time::clock::Clock;
use crate::wire::{normalize, written};

static RENAME: OperationMeta = OperationMeta {
    name: "Rename",
    method: Method::POST,
    path: "/v1/{project_id}/asset/{asset_id}",
    section: "Tests",
    title: "Test",
    summary: "Is a test.",
    deprecated: None,
    docs: None,
    idempotent: false,
    body: true,
    parameters: &[
        Parameter::path("asset_id", Schema::STRING).required(),
        Parameter::query("dry_run", Schema::BOOL),
        Parameter::body("title", Schema::STRING.length(1, 8)).required(),
    ],
    constraints: &[],
    success: 201,
    reply: None,
    example: None,
    pagination: None,
    batch: None,
    outcome: None,
    tasks: &[],
    rate: None,
    normalize: normalize::<Value>,
};

#[tokio::test]
async fn signs_body_and_content_type() {
    let client = Client::builder()
        .endpoint("http://127.0.0.1:1")
        .project_id("p1")
        .credentials(Credentials::new("my-access", "my-secret").with_security_token("my-token"));
    let shared = client.build().unwrap().delete_thumbnails().shared;
    let request = json!({"asset_id": "a/b", "title": "视频", "dry_run": true});
    let request = written(&request);
    let call = encode(&RENAME, request.root().members(), true).unwrap();
    let clock = Clock::new(Arc::new(|| SystemTime::UNIX_EPOCH));
    let keys = shared.keyring.current(clock.proven(), 0.0).await.unwrap();
    let parts_of_attempt = AttemptParts {
        call: &call,
        endpoint: shared.endpoints.first(),
        path: &call.path.of_project("p1"),
        project_id: Some("p1"),
        keys: &keys,
        extra: &Default::default(),
        signed: clock.read(),
    };
    let sent = parts_of_attempt.request().unwrap();
    let body = sent.body().and_then(|body| body.as_bytes()).unwrap();
    assert_eq!(sent.headers()["x-sdk-date"], "19700101T000000Z");
    assert_eq!(sent.headers()["content-type"], "application/json");
    assert!(
        sent.headers()["authorization"].is_sensitive()
            && sent.headers()["x-security-token"].is_sensitive()
    );
    let mut headers = vec![("host", "127.0.0.1:1")];
    headers.extend(
        sent.headers()
            .iter()
            .map(|(name, value)| (name.as_str(), value.to_str().unwrap())),
    );
    let claim = Claim::parse(sent.headers()["authorization"].to_str().unwrap()).unwrap();
    assert!(claim.signed_headers.contains(&"content-type".to_owned()));
    let query = sent.url().query().unwrap();
    let parts = Parts {
        method: "POST",
        path: sent.url().path(),
        query,
        headers: &headers,
        body,
    };
    assert!(claim.holds(&parts, "my-secret"));
    assert!(!claim.holds(
        &Parts {
            body: b"{}",
            ..parts
        },
        "my-secret"
    ));
}
