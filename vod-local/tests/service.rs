//! The service itself.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::future::Future;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime};

use serde_json::json;
use vod_api::{Client, Credentials, Retry};
use vod_local::{Reply, Service};

/// Sends a request by hand: a request line and headers. Gives the whole reply.
async fn send(service: &Service, head: &str) -> String {
    let address = service.endpoint().replace("http://", "");
    let request = format!("{head}\r\nHost: {address}\r\nConnection: close\r\n\r\n")
        .replace("PROJECT", service.project_id());
    let reply = tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut reply = String::new();
        stream.read_to_string(&mut reply).unwrap();
        reply
    });
    reply.await.unwrap()
}

/// One attempt per call: what is looked at is the service.
fn client(service: &Service) -> Client {
    let client = service.client().retry_policy(Retry::never());
    client.build().unwrap()
}

const AUTH: &str = "X-Auth-Token: test-iam-token";

#[tokio::test]
async fn knows_keys_and_those_that_follow_them() {
    let service = Service::start().await.unwrap();
    let keys = |token| Credentials::new("ak", "sk").with_security_token(token);
    for token in ["t1", "t2"] {
        service.accept(keys(token));
    }
    for (token, is_known) in [("t1", true), ("t2", true), ("t3", false)] {
        let client = service.client().credentials(keys(token)).build().unwrap();
        assert_eq!(
            client.delete_thumbnails().asset_id("a1").await.is_ok(),
            is_known,
            "{token}"
        );
    }
}

#[tokio::test]
async fn refuses_what_the_docs_do_not_know() {
    let service = Service::start().await.unwrap();
    struct Case {
        name: &'static str,
        head: String,
        status: u16,
        part: &'static str,
    }

    let cases = [
        Case {
            name: "good",
            head: format!("DELETE /v1/PROJECT/asset/thumbnails?asset_id=a HTTP/1.1\r\n{AUTH}"),
            status: 200,
            part: "2xxxxx30",
        },
        Case {
            name: "no proof",
            head: "DELETE /v1/PROJECT/asset/thumbnails HTTP/1.1".into(),
            status: 401,
            part: "APIGW.0301",
        },
        Case {
            name: "another kind of proof",
            head: "DELETE /v1/PROJECT/asset/thumbnails HTTP/1.1\r\nAuthorization: Basic x".into(),
            status: 401,
            part: "cannot be read",
        },
        Case {
            name: "no date",
            head: "DELETE /v1/PROJECT/asset/thumbnails HTTP/1.1\r\nAuthorization: SDK-HMAC-SHA256 \
             Access=TEST-ACCESS-KEY, SignedHeaders=host;x-sdk-date, Signature=00"
                .into(),
            status: 401,
            part: "X-Sdk-Date is missing",
        },
        Case {
            name: "host not signed",
            head: "DELETE /v1/PROJECT/asset/thumbnails HTTP/1.1\r\nAuthorization: SDK-HMAC-SHA256 \
             Access=TEST-ACCESS-KEY, SignedHeaders=x-sdk-date, Signature=00"
                .into(),
            status: 401,
            part: "must be signed",
        },
        Case {
            name: "another method",
            head: format!("PUT /v1/PROJECT/asset/thumbnails HTTP/1.1\r\n{AUTH}"),
            status: 404,
            part: "APIGW.0101",
        },
        Case {
            name: "another path",
            head: format!("DELETE /v1/PROJECT/asset/other HTTP/1.1\r\n{AUTH}"),
            status: 404,
            part: "APIGW.0101",
        },
        Case {
            name: "another project",
            head: format!("DELETE /v1/other/asset/thumbnails HTTP/1.1\r\n{AUTH}"),
            status: 403,
            part: "VOD.10057",
        },
        Case {
            name: "nothing to delete",
            head: format!("DELETE /v1/PROJECT/asset/thumbnails HTTP/1.1\r\n{AUTH}"),
            status: 400,
            part: "the request needs asset_id or task_ids",
        },
        Case {
            name: "an unknown parameter",
            head: format!("DELETE /v1/PROJECT/asset/thumbnails?task=a HTTP/1.1\r\n{AUTH}"),
            status: 400,
            part: "task is not a query parameter of DeleteThumbnails",
        },
        Case {
            name: "one parameter twice",
            head: format!(
                "DELETE /v1/PROJECT/asset/thumbnails?asset_id=a&asset_id=b HTTP/1.1\r\n{AUTH}"
            ),
            status: 400,
            part: "asset_id is given twice",
        },
        Case {
            name: "a value that is not listed",
            head: format!("GET /v1.0/PROJECT/asset/list?order=up HTTP/1.1\r\n{AUTH}"),
            status: 400,
            part: "order must be one of ",
        },
        Case {
            name: "a time in another form",
            head: format!("GET /v1.0/PROJECT/asset/list?start_time=2026 HTTP/1.1\r\n{AUTH}"),
            status: 400,
            part: "start_time must be a time of the form yyyymmddhhmmss",
        },
    ];
    for Case {
        name,
        head,
        status,
        part,
    } in cases
    {
        let reply = send(&service, &head).await;
        assert!(
            reply.starts_with(&format!("HTTP/1.1 {status} ")),
            "{name}: {head}\n{reply}"
        );
        assert!(reply.contains(part), "{name}: {head}\n{reply}");
        let id = format!("request-{}", service.requests().len());
        assert!(
            reply.contains(&format!("x-request-id: {id}\r\n")),
            "{reply}"
        );
        assert_eq!(
            reply.contains(&format!(r#""request_id":"{id}""#)),
            reply.contains("APIGW")
        );
    }
}

#[tokio::test]
async fn tells_its_own_time() {
    let service = Service::start().await.unwrap();
    service.set_clock(SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777));
    let reply = send(
        &service,
        &format!("DELETE /v1/PROJECT/asset/thumbnails HTTP/1.1\r\n{AUTH}"),
    )
    .await;
    assert!(reply.contains("date: Sun, 06 Nov 1994 08:49:"), "{reply}");
}

#[tokio::test]
async fn replies_are_used_up_in_line() {
    let service = Service::start().await.unwrap();
    let client = client(&service);
    service.respond(|_| Reply::status(429));
    service.reply_to("ListAssetList", Reply::status(500).optional());
    service.reply_to("DeleteThumbnails", Reply::status(502));
    service.reply(Reply::status(503));
    let mut statuses = Vec::new();
    for _ in 0..4 {
        let error = client.delete_thumbnails().asset_id("a1").await.unwrap_err();
        statuses.push(error.status().unwrap().as_u16());
    }
    assert_eq!(statuses, [502, 503, 429, 429]);
    // A request that the gateway refuses uses up none.
    service.reply(Reply::status(204));
    let refused = service.client().project_id("another").build().unwrap();
    assert_eq!(
        refused
            .delete_thumbnails()
            .asset_id("a1")
            .await
            .unwrap_err()
            .code(),
        Some("VOD.10057")
    );
    assert_eq!(
        client
            .delete_thumbnails()
            .asset_id("a1")
            .await
            .unwrap()
            .meta()
            .status(),
        204
    );
}

#[tokio::test]
async fn replies_that_http_does_not_allow_say_so() {
    let service = Service::start().await.unwrap();
    let client = client(&service);
    for reply in [
        Reply::status(200).header("a b", "c"),
        Reply::status(200).header("a", "b\n"),
        Reply::status(7),
    ] {
        service.reply(reply);
        let error = client.delete_thumbnails().asset_id("a1").await.unwrap_err();
        assert_eq!(error.status().unwrap(), 500);
        assert!(
            error.message().starts_with("this reply cannot be sent: "),
            "{error}"
        );
    }
}

#[tokio::test]
async fn sends_raw_bytes() {
    let service = Service::start().await.unwrap();
    let client = client(&service);
    service.reply(Reply::raw(
        "HTTP/1.1 299 Odd\r\ncontent-length: 4\r\n\r\nnull",
    ));
    let reply = client.delete_thumbnails().asset_id("a1").await.unwrap();
    assert_eq!(reply.meta().status(), 299);
    assert_eq!(reply.meta().request_id(), None);
    service.reply(Reply::raw("garbage\r\n\r\n"));
    let error = client.delete_thumbnails().asset_id("a1").await.unwrap_err();
    assert_eq!(error.kind(), vod_api::ErrorKind::Transport);
}

#[tokio::test(start_paused = true)]
async fn shows_requests_before_they_are_answered() {
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    service.reply(Reply::json(200, json!({})).delay(Duration::from_secs(20)));
    let call = tokio::spawn(client.delete_thumbnails().asset_id("a1").send());
    service.received(1).await;
    assert_eq!(service.requests().len(), 1);
    assert!(!call.is_finished());
    call.await.unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn works_on_several_threads() {
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    let calls: Vec<_> = (0..20)
        .map(|id| tokio::spawn(client.delete_thumbnails().asset_id(id.to_string()).send()))
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(service.requests().len(), 20);
}

#[tokio::test(start_paused = true)]
async fn stops_when_dropped() {
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    client.delete_thumbnails().asset_id("a1").await.unwrap();
    drop(service);
    tokio::task::yield_now().await;
    let error = client.delete_thumbnails().asset_id("a1").await.unwrap_err();
    assert!(error.is_connect(), "{error}");
}

#[tokio::test]
async fn debug_shows_the_requests_without_their_proof() {
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    client.delete_thumbnails().asset_id("a b").await.unwrap();
    let text = format!("{:?}", service.requests()[0]);
    for part in [
        "DeleteThumbnails",
        "DELETE",
        r#"("asset_id", "a b")"#,
        r#""authorization": [redacted]"#,
    ] {
        assert!(text.contains(part), "{text}");
    }
}

#[test]
fn outside_of_tokio_there_is_an_error() {
    let started = pin!(Service::start()).poll(&mut Context::from_waker(Waker::noop()));
    let Poll::Ready(Err(error)) = started else {
        unreachable!("it waits, or it has started");
    };
    assert!(error.to_string().contains("there is no tokio runtime"));
}
