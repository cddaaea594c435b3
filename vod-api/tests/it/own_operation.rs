//! An operation with a body, required fields and a reply header, as the generator writes it.

use serde_json::json;
use vod_api::operation::{Described, Operation, OperationMeta, Parameter, Property, Schema};
use vod_api::support::{HeaderMap, Method, header, normalize, record};
use vod_api::{Client, Credentials};
use vod_local::{Reply, Service};

#[derive(Debug, Clone, PartialEq)]
struct RenameRequest {
    asset_id: String,
    title: String,
    dry_run: Option<bool>,
}

record!(RenameRequest {
    asset_id: "asset_id",
    title: "title",
    dry_run: "dry_run"
});

#[derive(Debug, Clone, Default, PartialEq)]
struct RenameResponse {
    title: Option<String>,
    left: Option<i64>,
}

record!(RenameResponse {
    title: "title",
    left: "X-Left"
});

impl Described for RenameResponse {
    const PROPERTIES: &'static [Property] = &[Property::new("title", Schema::STRING)];
}

struct Node;

impl Described for Node {
    const PROPERTIES: &'static [Property] = &[Property::new(
        "children",
        Schema::array(&Schema::object::<Node>()),
    )];
}

impl Operation for RenameRequest {
    type Response = RenameResponse;

    const META: &'static OperationMeta = &OperationMeta {
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
            Parameter::body(
                "tags",
                Schema::array(&Schema::STRING.length(1, 16)).items(0, 3),
            ),
            Parameter::body("tree", Schema::array(&Schema::object::<Node>())),
        ],
        constraints: &[],
        success: 201,
        reply: Some(Schema::object::<RenameResponse>()),
        example: None,
        pagination: None,
        batch: None,
        outcome: None,
        tasks: &[],
        rate: None,
        normalize: normalize::<Self>,
    };

    fn read_headers(reply: &mut Self::Response, headers: &HeaderMap) {
        reply.left = header(headers, "X-Left");
    }
}

/// Nothing is sent with it.
fn client() -> Client {
    Client::builder()
        .endpoint("http://127.0.0.1:1")
        .project_id("p1")
        .credentials(Credentials::new("my-access", "my-secret").with_security_token("my-token"))
        .build()
        .unwrap()
}

fn request() -> RenameRequest {
    RenameRequest {
        asset_id: "a/b".into(),
        title: "视频".into(),
        dry_run: Some(true),
    }
}

static OPERATIONS: &[&OperationMeta] = &[RenameRequest::META];

#[tokio::test]
async fn reads_body_and_headers_of_the_reply() {
    let service = Service::builder().operations(OPERATIONS);
    let service = service.start().await.unwrap();
    let reply = Reply::json(201, json!({"title": "t"}));
    service.reply(reply.header("X-Left", "7"));
    let client = service.client().build().unwrap();
    let reply = client.execute(request()).await.unwrap();
    assert_eq!(
        reply.into_body(),
        RenameResponse {
            title: Some("t".into()),
            left: Some(7)
        }
    );
    let sent = service.requests().pop().unwrap();
    assert_eq!(sent.method(), "POST");
    let path = format!("/v1/{}/asset/a%2Fb", service.project_id());
    assert_eq!(
        (sent.path(), sent.raw_query()),
        (path.as_str(), "dry_run=true")
    );
    assert_eq!(sent.body(), "{\"title\":\"视频\"}");
}

#[tokio::test]
async fn checks_its_limits() {
    let request = RenameRequest {
        title: String::new(),
        ..request()
    };
    let error = client().execute(request).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "Rename: title takes at least 1 character, got 0 (not sent)"
    );
}
