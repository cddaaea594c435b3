//! Calls against the built-in service, where private parts are needed or every byte counts.

mod http2;

use std::time::SystemTime;

use crate::Client;
use crate::credentials::Credentials;
use crate::model::DeleteThumbnailsRequest;
use crate::retry::Retry;
use crate::sign::{Claim, Parts};
use crate::test_util::{Reply, Service};
use crate::time::clock::Clock;

use std::sync::Arc;
use std::time::Duration;

use crate::error::{Error, ErrorKind, Sent};
use crate::pipeline::parts::AttemptParts;

async fn start() -> (Service, Client) {
    let service = Service::start().await.unwrap();
    let client = service
        .client()
        .max_response_size(100)
        .retry_policy(Retry::never());
    let client = client.build().unwrap();
    (service, client)
}

async fn failure(reply: Reply) -> Error {
    let (service, client) = start().await;
    service.reply(reply);
    client.delete_thumbnails().asset_id("a1").await.unwrap_err()
}

#[tokio::test]
async fn signs_what_it_sends() {
    let (service, _) = start().await;
    let client = service
        .client()
        .credentials(service.temporary_credentials());
    let request = DeleteThumbnailsRequest::new()
        .asset_id("a b")
        .task_ids(["z", "视/a"]);
    client.build().unwrap().execute(request).await.unwrap();

    let sent = service.requests().pop().unwrap();
    assert_eq!(
        sent.raw_query(),
        "asset_id=a%20b&task_id=z&task_id=%E8%A7%86%2Fa"
    );
    let host = service.endpoint().replace("http://", "");
    assert_eq!(sent.header("host"), Some(host.as_str()));
    assert_eq!(
        sent.header("user-agent"),
        Some(concat!("vod-api/", env!("CARGO_PKG_VERSION")))
    );
    let claim = Claim::parse(sent.header("authorization").unwrap()).unwrap();
    assert_eq!(claim.access_key, Service::TEMPORARY_ACCESS_KEY);
    assert_eq!(
        claim.signed_headers,
        [
            "host",
            "user-agent",
            "x-project-id",
            "x-sdk-date",
            "x-security-token"
        ]
    );
    // The service checks it with the same code that made it; this is the other way round.
    let headers = sent.headers().iter();
    let headers: Vec<_> = headers
        .map(|(name, value)| (name.as_str(), value.to_str().unwrap()))
        .collect();
    let parts = Parts {
        method: "DELETE",
        path: sent.path(),
        query: sent.raw_query(),
        headers: &headers,
        body: b"",
    };
    assert!(claim.holds(&parts, Service::TEMPORARY_SECRET_KEY));
    assert!(!claim.holds(&parts, Service::SECRET_KEY));
}

#[tokio::test]
async fn redirects_are_errors() {
    let error = failure(Reply::status(302).header("Location", "http://127.0.0.1:1/")).await;
    assert_eq!(
        (error.kind(), error.was_sent()),
        (ErrorKind::Service, Sent::Yes)
    );
    assert_eq!(error.headers().unwrap()["location"], "http://127.0.0.1:1/");
}

#[tokio::test]
async fn refusals_are_cleaned_of_secrets() {
    let error = failure(Reply::error(400, "VOD.10053", Service::SECRET_KEY)).await;
    assert_eq!(
        error.to_string(),
        "DeleteThumbnails: HTTP 400 VOD.10053: [redacted] (request id request-1, 1 attempt)"
    );
}

#[tokio::test]
async fn replies_that_cannot_be_read_are_kept() {
    let error = failure(Reply::status(200).body("[7]")).await;
    assert_eq!(
        (error.kind(), error.was_sent()),
        (ErrorKind::Decode, Sent::Yes)
    );
    assert_eq!(
        error.to_string(),
        "DeleteThumbnails: HTTP 200: the reply cannot be read: expected an object, found an array \
         (request id request-1, 1 attempt)"
    );
    assert_eq!(error.raw_body().unwrap(), "[7]");
}

#[tokio::test]
async fn replies_are_bounded() {
    let chunk = ".".repeat(101);
    for large in [
        "HTTP/1.1 200 OK\r\nContent-Length: 101\r\n\r\n".to_owned(),
        format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n65\r\n{chunk}\r\n"),
    ] {
        let error = failure(Reply::raw(large)).await;
        assert_eq!(
            (error.kind(), error.was_sent()),
            (ErrorKind::Decode, Sent::Yes)
        );
        assert!(error.message().contains("more than 100 bytes"), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn calls_end_in_time() {
    let (service, client) = start().await;
    service.reply(Reply::never());
    let call = client.delete_thumbnails().asset_id("a1");
    let error = call
        .with_timeout(Duration::from_secs(20))
        .await
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.was_sent()),
        (ErrorKind::Timeout, Sent::Maybe)
    );
    assert_eq!(
        error.to_string(),
        "DeleteThumbnails: no answer within 20s (may have been sent, 1 attempt)"
    );
    assert!(error.is_timeout());
}

#[tokio::test]
async fn connection_errors_do_not_show_the_query() {
    let (service, _) = start().await;
    // A port that needs privileges to listen on.
    let client = service.client().retry_policy(Retry::never());
    let client = client.endpoint("http://127.0.0.1:1").build();
    let call = client.unwrap().delete_thumbnails().asset_id("a b");
    let error = call.await.unwrap_err();
    assert!(error.is_connect() && !format!("{error} {error:?}").contains("a%20b"));
}

/// What the generator writes for an operation with a body, required fields and a reply header.
mod with_body {
    use super::*;
    use crate::facts::{Described, Operation, OperationMeta, Parameter, Property, Schema};
    use crate::request::encode;
    use crate::support::{HeaderMap, Method, header, record};
    use crate::wire::written;

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
            reply: None,
            example: None,
            pagination: None,
            batch: None,
            task: None,
            normalize: crate::wire::normalize::<Self>,
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

    #[tokio::test]
    async fn reads_body_and_headers_of_the_reply() {
        static OPERATIONS: &[&OperationMeta] = &[RenameRequest::META];
        let service = Service::builder().operations(OPERATIONS);
        let service = service.start().await.unwrap();
        let reply = Reply::json(201, serde_json::json!({"title": "t"}));
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

    #[tokio::test]
    async fn signs_body_and_content_type() {
        let shared = client().execute(request()).shared;
        let request = request();
        let request = written(&request);
        let call = encode(RenameRequest::META, request.root().members(), true).unwrap();
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
}
