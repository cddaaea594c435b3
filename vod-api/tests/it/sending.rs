//! What travels: values, headers, and who sends them.

use serde_json::json;
use vod_api::operation::{Operation, OperationMeta, Parameter, Schema};
use vod_api::support::{Method, empty_reply, record};
use vod_api::{Client, Credentials};
use vod_local::{ReceivedRequest, Service};

/// Each of them means something somewhere in a URL, in JSON or in a signature.
const HARD: [&str; 12] = [
    "plain",
    "a b",
    " ends ",
    "a+b&c=d/e?f#g%h",
    "%2B%2f",
    "*~-._!'()",
    "\"'<>\\`{|}^",
    ":;,@$[]",
    "视频 é 😀",
    "e\u{301}",
    "line\nbreak\ttab\r\u{0}\u{7f}",
    "...",
];

async fn start() -> (Service, Client) {
    let service = Service::builder()
        .operations(OPERATIONS)
        .validate(false)
        .start()
        .await
        .unwrap();
    let client = service.client().build().unwrap();
    (service, client)
}

async fn as_identity(service: &Service, credentials: Credentials) -> ReceivedRequest {
    let client = service.client().credentials(credentials).build().unwrap();
    client.delete_thumbnails().asset_id("a b").await.unwrap();
    service.requests().pop().unwrap()
}

#[tokio::test]
async fn hard_values_arrive_in_every_position() {
    let (service, _) = start().await;
    // Not all of them can be meant.
    let client = service.client().validate(false).build().unwrap();
    for value in HARD {
        let request = RenameRequest {
            asset_id: value.to_owned(),
            reason: Some(value.to_owned()),
            labels: vec![String::new(), value.to_owned(), value.to_owned()],
            title: Some(value.to_owned()),
        };
        client.execute(request.clone()).await.unwrap();
        let sent = service.requests().pop().unwrap();
        assert_eq!(*sent.parameters(), serde_json::to_value(&request).unwrap());
        assert_eq!(sent.json().unwrap(), json!({"title": value}));
    }
}

#[tokio::test]
async fn queries_are_sorted() {
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    let tasks = ["b", "a b", "a", "A", "é", "~"];
    client
        .delete_thumbnails()
        .task_ids(tasks)
        .asset_id("z")
        .await
        .unwrap();
    let sent = service.requests().pop().unwrap();
    assert_eq!(
        sent.raw_query(),
        "asset_id=z&task_id=A&task_id=a&task_id=a%20b&task_id=b&task_id=~&task_id=%C3%A9"
    );
}

#[tokio::test]
async fn only_requests_with_a_body_have_a_content_type() {
    let service = Service::start().await.unwrap();
    let sent = as_identity(&service, service.credentials()).await;
    assert_eq!(sent.method(), "DELETE");
    assert_eq!(sent.body(), "");
    assert_eq!(sent.header("content-type"), None);
    assert_eq!(sent.header("transfer-encoding"), None);

    let (service, client) = start().await;
    let request = RenameRequest {
        asset_id: "a".to_owned(),
        ..RenameRequest::default()
    };
    client.execute(request).await.unwrap();
    let sent = service.requests().pop().unwrap();
    assert_eq!(sent.header("content-type"), Some("application/json"));
    assert_eq!(sent.body(), "{}");
}

#[tokio::test]
async fn access_keys_sign() {
    let service = Service::start().await.unwrap();
    let sent = as_identity(&service, service.credentials()).await;
    let authorization = sent.header("authorization").unwrap();
    assert!(
        authorization.starts_with("SDK-HMAC-SHA256 Access=TEST-ACCESS-KEY, SignedHeaders=host;")
    );
    assert_eq!(sent.header("x-project-id"), Some(service.project_id()));
    assert!(sent.header("x-sdk-date").is_some());
    assert_eq!(sent.header("x-auth-token"), None);
    assert_eq!(sent.header("x-security-token"), None);
    assert!(sent.header("user-agent").unwrap().starts_with("vod-api/"));
}

#[tokio::test]
async fn security_tokens_are_sent_and_signed() {
    let service = Service::start().await.unwrap();
    let sent = as_identity(&service, service.temporary_credentials()).await;
    assert_eq!(
        sent.header("x-security-token"),
        Some(Service::SECURITY_TOKEN)
    );
    let authorization = sent.header("authorization").unwrap();
    assert!(
        authorization.contains(";x-security-token, Signature="),
        "{authorization}"
    );
}

#[tokio::test]
async fn tokens_are_sent_and_nothing_is_signed() {
    let service = Service::start().await.unwrap();
    let sent = as_identity(&service, service.token_credentials()).await;
    assert_eq!(sent.header("x-auth-token"), Some(Service::TOKEN));
    for name in [
        "authorization",
        "x-sdk-date",
        "x-security-token",
        "x-project-id",
    ] {
        assert_eq!(sent.header(name), None, "{name}");
    }
}

/// As the generator writes it, for an operation with values in every position.
#[derive(Debug, Clone, Default, PartialEq)]
struct RenameRequest {
    asset_id: String,
    reason: Option<String>,
    labels: Vec<String>,
    title: Option<String>,
}

record!(RenameRequest {
    asset_id: "asset_id",
    reason: "reason",
    labels: "labels",
    title: "title",
});

#[derive(Debug, Clone, Default, PartialEq)]
struct RenameResponse {}

empty_reply!(RenameResponse);

impl Operation for RenameRequest {
    type Response = RenameResponse;

    const META: &'static OperationMeta = &OperationMeta {
        name: "Rename",
        method: Method::PUT,
        path: "/v1/{project_id}/asset/{asset_id}/name",
        section: "Tests",
        title: "Test",
        summary: "Is a test.",
        deprecated: None,
        docs: None,
        idempotent: true,
        body: true,
        parameters: &[
            Parameter::path("asset_id", Schema::STRING).required(),
            Parameter::query("reason", Schema::STRING),
            Parameter::query("labels", Schema::array(&Schema::STRING)),
            Parameter::body("title", Schema::STRING),
        ],
        constraints: &[],
        success: 204,
        reply: None,
        example: None,
        pagination: None,
        batch: None,
        outcome: None,
        tasks: &[],
        rate: None,
        normalize: vod_api::support::normalize::<Self>,
    };
}

static OPERATIONS: &[&OperationMeta] = &[RenameRequest::META];
