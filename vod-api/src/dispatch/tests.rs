//! Against a listener on this machine that answers with prepared bytes.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread::{self, JoinHandle};

use crate::model::DeleteThumbnailsRequest;
use crate::sign::Claim;
use crate::{Client, Credentials};

use super::*;

/// Takes one connection, hands the request back, and answers with `reply`.
fn answer(reply: &'static str) -> (SocketAddr, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let thread = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let request = read_request(&mut stream);
        stream.write_all(reply.as_bytes()).unwrap();
        request
    });
    (address, thread)
}

fn read_request(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut read = |count| {
        let start = bytes.len();
        bytes.resize(start + count, 0);
        stream.read_exact(&mut bytes[start..]).unwrap();
        String::from_utf8_lossy(&bytes).into_owned()
    };
    let mut text = read(1);
    while !text.ends_with("\r\n\r\n") {
        text = read(1);
    }
    match headers(&text)
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
    {
        Some((_, length)) => read(length.parse().unwrap()),
        None => text,
    }
}

fn client(address: SocketAddr, credentials: Credentials) -> Client {
    let builder = Client::builder()
        .endpoint(format!("http://{address}"))
        .project_id("p1");
    builder
        .credentials(credentials)
        .max_response_size(100)
        .build()
        .unwrap()
}

/// Nobody listens there.
fn closed() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 1))
}

fn keys() -> Credentials {
    Credentials::new("my-access", "my-secret").with_security_token("my-token")
}

fn request() -> DeleteThumbnailsRequest {
    DeleteThumbnailsRequest::new()
        .asset_id("a b")
        .task_ids(["z", "视/a"])
}

const DONE: &str = "HTTP/1.1 200 OK\r\nContent-Length: 74\r\nX-Request-Id: r1\r\n\r\n\
    {\"delete_result_array\":[{\"task_id\":\"z\",\"status\":\"DELETED\",\"more\":[1,2]}]} ";

fn headers(request: &str) -> Vec<(&str, &str)> {
    request
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(": "))
        .collect()
}

#[tokio::test]
async fn signs_what_it_sends() {
    let (address, server) = answer(DONE);
    let reply = client(address, keys()).execute(request()).await.unwrap();
    assert_eq!(reply.delete_result_array.len(), 1);
    assert_eq!(reply.meta().status(), 200);
    assert_eq!(reply.meta().request_id(), Some("r1"));
    assert!(
        reply
            .meta()
            .raw_body()
            .starts_with(b"{\"delete_result_array\"")
    );

    let sent = server.join().unwrap();
    let (method, target) = sent.lines().next().unwrap().split_once(' ').unwrap();
    let (path, query) = target
        .strip_suffix(" HTTP/1.1")
        .unwrap()
        .split_once('?')
        .unwrap();
    assert_eq!(path, "/v1/p1/asset/thumbnails");
    assert_eq!(query, "asset_id=a%20b&task_id=z&task_id=%E8%A7%86%2Fa");
    let headers = headers(&sent);
    let header = |name: &str| {
        headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| *value)
    };
    assert_eq!(header("host"), Some(address.to_string().as_str()));
    assert_eq!(header("x-project-id"), Some("p1"));
    assert_eq!(header("x-security-token"), Some("my-token"));
    assert_eq!(header("user-agent"), Some(AGENT));
    assert_eq!(header("content-type"), None);
    let claim = Claim::parse(header("authorization").unwrap()).unwrap();
    assert_eq!(claim.access_key, "my-access");
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
    assert!(claim.holds(
        &Parts {
            method,
            path,
            query,
            headers: &headers,
            body: b""
        },
        "my-secret"
    ));
    assert!(!sent.contains("my-secret"));
}

#[tokio::test]
async fn tokens_are_sent_as_they_are() {
    let (address, server) = answer(DONE);
    client(address, Credentials::token("my-token"))
        .execute(request())
        .await
        .unwrap();
    let sent = server.join().unwrap();
    let names: Vec<_> = headers(&sent)
        .into_iter()
        .map(|(name, _)| name.to_ascii_lowercase())
        .collect();
    assert!(sent.contains("x-auth-token: my-token\r\n"));
    assert!(
        !names
            .iter()
            .any(|name| ["authorization", "x-project-id", "x-sdk-date"].contains(&name.as_str()))
    );
}

#[tokio::test]
async fn an_empty_success_is_a_reply_without_values() {
    let (address, _server) = answer("HTTP/1.1 204 No Content\r\n\r\n");
    let reply = client(address, keys()).execute(request()).await.unwrap();
    assert_eq!(reply.into_body().delete_result_array, []);
}

async fn failure(reply: &'static str) -> Error {
    let (address, _server) = answer(reply);
    client(address, keys())
        .execute(request())
        .await
        .unwrap_err()
}

#[tokio::test]
async fn redirects_are_errors() {
    let error =
        failure("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")
            .await;
    assert_eq!(
        (error.kind(), error.was_sent()),
        (ErrorKind::Service, Sent::Yes)
    );
    assert_eq!(
        error.to_string(),
        "DeleteThumbnails: HTTP 302: Found (1 attempt)"
    );
    assert_eq!(error.headers().unwrap()["location"], "http://127.0.0.1:1/");
}

#[tokio::test]
async fn refusals_carry_all_that_the_service_said() {
    let error = failure(
        "HTTP/1.1 400 Bad Request\r\nContent-Length: 50\r\nX-Request-Id: 5f3c\r\n\r\n\
        {\"error_code\":\"VOD.10053\",\"error_msg\":\"my-secret\"}",
    )
    .await;
    assert_eq!(
        error.to_string(),
        "DeleteThumbnails: HTTP 400 VOD.10053: [redacted] (request id 5f3c, 1 attempt)"
    );
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Service, 1));
    assert!(error.is_invalid_request());
}

#[tokio::test]
async fn replies_that_cannot_be_read_are_kept() {
    let error =
        failure("HTTP/1.1 200 OK\r\nContent-Length: 25\r\n\r\n{\"delete_result_array\":7} ").await;
    assert_eq!(
        (error.kind(), error.was_sent()),
        (ErrorKind::Decode, Sent::Yes)
    );
    assert_eq!(
        error.to_string(),
        "DeleteThumbnails: HTTP 200: the reply cannot be read: delete_result_array: expected an array, found 7 (1 attempt)"
    );
    assert_eq!(error.raw_body().unwrap(), "{\"delete_result_array\":7}");
    let error = failure("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>").await;
    assert!(error.message().contains("line 1 column 1"), "{error}");
}

#[tokio::test]
async fn replies_are_bounded() {
    for large in [
        "HTTP/1.1 200 OK\r\nContent-Length: 101\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\
         65\r\n.....................................................................................................\r\n",
    ] {
        let error = failure(large).await;
        assert_eq!(
            (error.kind(), error.was_sent()),
            (ErrorKind::Transport, Sent::Yes)
        );
        assert!(error.message().contains("more than 100 bytes"), "{error}");
    }
}

#[tokio::test]
async fn broken_connections_tell_what_was_sent() {
    let error = failure("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"delete").await;
    assert_eq!(
        (error.kind(), error.was_sent()),
        (ErrorKind::Transport, Sent::Yes)
    );
    assert_eq!(error.status().unwrap(), 200);

    let error = failure("").await;
    assert_eq!(
        (error.kind(), error.was_sent()),
        (ErrorKind::Transport, Sent::Maybe)
    );

    let closed = closed();
    let error = client(closed, keys()).execute(request()).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.was_sent()),
        (ErrorKind::Connect, Sent::No)
    );
    assert!(error.is_connect() && !format!("{error} {error:?}").contains("a%20b"));
}

#[tokio::test]
async fn calls_end_in_time() {
    // Connections are accepted by the system; nobody answers.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let client = client(listener.local_addr().unwrap(), keys());
    let error = client
        .execute(request())
        .with_timeout(Duration::from_millis(20))
        .await
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.was_sent()),
        (ErrorKind::Timeout, Sent::Maybe)
    );
    assert_eq!(
        error.to_string(),
        "DeleteThumbnails: no answer within 20ms (may have been sent, 1 attempt)"
    );
    assert!(error.is_timeout());
}

#[tokio::test]
async fn limits_are_checked_before_anything_is_sent() {
    let many = DeleteThumbnailsRequest::new().task_ids((0..11).map(|id| id.to_string()));
    let closed = closed();
    let error = client(closed, keys())
        .execute(many.clone())
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "DeleteThumbnails: task_id takes at most 10 values, got 11 (not sent)"
    );
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::InvalidRequest, 0)
    );

    let builder = Client::builder()
        .endpoint(format!("http://{closed}"))
        .project_id("p1")
        .credentials(keys());
    let error = builder
        .validate(false)
        .build()
        .unwrap()
        .execute(many)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect);
}

/// What the generator writes for an operation with a body, required fields and a reply header.
mod with_body {
    use super::*;
    use crate::operation::{Operation, OperationMeta, Parameter, Property, Schema};
    use crate::support::{HeaderMap, Method, header, record};

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

    static NODE: Schema = Schema::object(&[Property::new("children", Schema::array(&NODE))]);

    impl Operation for RenameRequest {
        type Response = RenameResponse;

        const META: &'static OperationMeta = &OperationMeta {
            name: "Rename",
            method: Method::POST,
            path: "/v1/{project_id}/asset/{asset_id}",
            docs: "",
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
                Parameter::body("tree", Schema::array(&NODE)),
            ],
            success: 201,
            examples: &[],
        };

        fn read_headers(reply: &mut Self::Response, headers: &HeaderMap) {
            reply.left = header(headers, "X-Left");
        }
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
        let (address, server) = answer(
            "HTTP/1.1 201 Created\r\nX-Left: 7\r\nContent-Length: 13\r\n\r\n{\"title\":\"t\"}",
        );
        let reply = client(address, keys()).execute(request()).await.unwrap();
        assert_eq!(
            reply.into_body(),
            RenameResponse {
                title: Some("t".into()),
                left: Some(7)
            }
        );
        let sent = server.join().unwrap();
        assert!(
            sent.starts_with("POST /v1/p1/asset/a%2Fb?dry_run=true HTTP/1.1\r\n"),
            "{sent}"
        );
        assert!(sent.ends_with("\r\n\r\n{\"title\":\"视频\"}"), "{sent}");
    }

    #[tokio::test]
    async fn checks_required_fields() {
        let request = RenameRequest {
            title: String::new(),
            ..request()
        };
        let error = client(closed(), keys()).execute(request).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "Rename: title is required, and empty (not sent)"
        );
    }

    #[test]
    fn signs_body_and_content_type() {
        let client = client(closed(), keys());
        let value = serde_json::to_value(request()).unwrap();
        let call = crate::encode::encode(RenameRequest::META, value, "p1").unwrap();
        let sent = prepare(client.shared(), &call, SystemTime::UNIX_EPOCH).unwrap();
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
