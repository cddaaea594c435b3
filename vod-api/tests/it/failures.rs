//! What an error says and keeps of a reply.

use std::time::Duration;

use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::time::Instant;
use vod_api::http::Method;
use vod_api::{Client, ClientBuilder, Credentials, Error, ErrorKind, Retry, Sent};
use vod_local::{Reply, Service};

use crate::faults::nowhere;

/// Makes one attempt.
fn once(builder: ClientBuilder) -> Client {
    builder.retry_policy(Retry::never()).build().unwrap()
}

/// A client of a listener that checks nothing.
fn client_of(endpoint: String) -> Client {
    let client = Client::builder().endpoint(endpoint).project_id("p1");
    let client = client.credentials(Credentials::new("a", "s"));
    client.build().unwrap()
}

async fn failure(client: &Client) -> Error {
    client.delete_thumbnails().asset_id("a1").await.unwrap_err()
}

#[tokio::test(start_paused = true)]
async fn errors_say_what_happened() {
    let service = Service::start().await.unwrap();
    let client = once(service.client().max_response_size(64));
    let html = Reply::status(500).header("Content-Type", "text/html");
    let gzip = Reply::status(200).header("Content-Encoding", "gzip");
    struct Case {
        name: &'static str,
        reply: Reply,
        start: &'static str,
        end: &'static str,
    }

    let cases = [
        Case {
            name: "reset",
            reply: Reply::reset(),
            start: "the connection to ORIGIN failed: ",
            end: " (may have been sent, 1 attempt)",
        },
        Case {
            name: "nothing",
            reply: Reply::raw(""),
            start: "the connection to ORIGIN failed: connection closed before message completed",
            end: " (may have been sent, 1 attempt)",
        },
        Case {
            name: "no answer",
            reply: Reply::never(),
            start: "no answer within 30s",
            end: " (may have been sent, 1 attempt)",
        },
        Case {
            name: "broken off",
            reply: Reply::status(200).body("0123456789").cut_off(),
            start: "HTTP 200: the reply is incomplete: ",
            end: ")",
        },
        Case {
            name: "too large",
            reply: Reply::status(200).padding(65),
            start: "HTTP 200: the reply has more than 64 bytes (ClientBuilder::max_response_size)",
            end: ")",
        },
        Case {
            name: "redirect",
            reply: Reply::status(307),
            start: "HTTP 307: Temporary Redirect",
            end: ")",
        },
        Case {
            name: "a page of another server",
            reply: html.body("<h1>Internal\nServer Error</h1>"),
            start: r"HTTP 500: <h1>Internal\nServer Error</h1>",
            end: ")",
        },
        Case {
            name: "no body",
            reply: Reply::status(502),
            start: "HTTP 502: Bad Gateway",
            end: ")",
        },
        Case {
            name: "not JSON",
            reply: Reply::status(200).body("<html>"),
            start: "HTTP 200: the reply cannot be read: not JSON: expected a value at line 1 column 1",
            end: ")",
        },
        Case {
            name: "not gzip",
            reply: gzip.body("{}{}{}{}{}"),
            start: "HTTP 200: the reply cannot be decompressed: Invalid gzip header",
            end: ")",
        },
    ];
    for Case {
        name,
        reply,
        start,
        end,
    } in cases
    {
        service.reply(reply.unchecked());
        let error = failure(&client).await.to_string();
        let error = error.replace(&service.endpoint(), "ORIGIN");
        let rest = error.strip_prefix("DeleteThumbnails: ").unwrap();
        assert!(
            rest.starts_with(start) && rest.ends_with(end),
            "{name}: {error}"
        );
    }
    let nowhere = nowhere();
    let error = failure(&once(service.client().endpoint(&nowhere))).await;
    let text = error.to_string();
    let start = format!("DeleteThumbnails: could not connect to {nowhere}: ");
    assert!(text.starts_with(&start), "{text}");
    assert!(text.ends_with(" (not sent, 1 attempt)"), "{text}");
    assert!(error.is_connect() && !error.is_timeout());
}

#[tokio::test(start_paused = true)]
async fn what_came_before_a_stall_is_kept() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let stalling = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = [0; 4096];
        assert!(stream.read(&mut request).await.unwrap() > 0);
        let body = r#"{"error_code":"VOD.10062","error_msg":"gone"}"#;
        let head = "HTTP/1.1 400 Bad Request\r\nContent-Length: 1000";
        let reply = format!("{head}\r\n\r\n{body}");
        stream.write_all(reply.as_bytes()).await.unwrap();
        std::future::pending::<()>().await;
    };
    let client = client_of(endpoint);
    let error = tokio::select! {
        result = client.delete_thumbnails().asset_id("a1").send() => result.unwrap_err(),
        () = stalling => unreachable!(),
    };
    assert!(error.is_not_found(), "{error}");
}

#[tokio::test(start_paused = true)]
async fn the_body_of_an_error_does_not_hold_a_call() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let dripping = async {
        let reply = "HTTP/1.1 503 Busy\r\nTransfer-Encoding: chunked\r\n\r\n";
        let (mut first, _) = listener.accept().await.unwrap();
        assert!(first.read(&mut [0; 4096]).await.unwrap() > 0);
        first.write_all(reply.as_bytes()).await.unwrap();
        while first.write_all(b"1\r\n.\r\n").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(900)).await;
        }
        let (mut second, _) = listener.accept().await.unwrap();
        assert!(second.read(&mut [0; 4096]).await.unwrap() > 0);
        let reply = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
        second.write_all(reply.as_bytes()).await.unwrap();
        std::future::pending::<()>().await;
    };
    let client = client_of(endpoint);
    let start = Instant::now();
    let reply = tokio::select! {
        result = client.delete_thumbnails().asset_id("a1").send() => result.unwrap(),
        () = dripping => unreachable!(),
    };
    assert_eq!(reply.meta().attempts(), 2);
    assert!(
        start.elapsed() < Duration::from_secs(7),
        "{:?}",
        start.elapsed()
    );
}

#[tokio::test(start_paused = true)]
async fn errors_keep_status_and_body_whatever_becomes_of_the_rest() {
    let service = Service::start().await.unwrap();
    let client = once(service.client().max_response_size(64));
    let chunked = Reply::status(500).header("Transfer-Encoding", "chunked");
    for (reply, body) in [
        (
            Reply::status(500).body("0123456789").cut_off(),
            &b"01234"[..],
        ),
        (chunked.body("0123456789").padding(1 << 30), b"0123456789"),
        (Reply::status(500).body("0123").padding(1 << 30), b"0123"),
    ] {
        service.reply(reply);
        let error = failure(&client).await;
        assert_eq!(
            (error.kind(), error.status().unwrap().as_u16()),
            (ErrorKind::Service, 500)
        );
        assert_eq!(error.raw_body().unwrap().trim_ascii(), body);
        assert_eq!(
            error.request_id(),
            Some(format!("request-{}", service.requests().len()).as_str())
        );
    }
}

#[tokio::test(start_paused = true)]
async fn errors_keep_no_more_than_anyone_needs() {
    let service = Service::start().await.unwrap();
    let client = once(service.client());
    for size in [1 << 19, 8 << 20] {
        service.reply(Reply::error(500, "VOD.10051", &"x".repeat(size)));
        let error = failure(&client).await;
        assert!(error.raw_body().unwrap().len() <= 1 << 20);
        assert!(error.to_string().len() < 5000);
        assert!(format!("{error:?}").len() < 10_000);
    }
}

/// What comes after the first MiB is not waited for.
#[tokio::test(start_paused = true)]
async fn errors_are_read_no_further_than_they_are_kept() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let stalling = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = [0; 4096];
        assert!(stream.read(&mut request).await.unwrap() > 0);
        let head = "HTTP/1.1 400 Bad Request\r\nContent-Length: 1000000000\r\n\r\n";
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(&vec![b'x'; (1 << 20) + 10]).await.unwrap();
        std::future::pending::<()>().await;
    };
    let client = client_of(endpoint);
    let begin = Instant::now();
    let error = tokio::select! {
        result = client.delete_thumbnails().asset_id("a1").send() => result.unwrap_err(),
        () = stalling => unreachable!(),
    };
    assert_eq!(error.status().unwrap().as_u16(), 400);
    assert_eq!(error.raw_body().unwrap().len(), 1 << 20);
    assert!(
        begin.elapsed() < Duration::from_secs(30),
        "{:?}",
        begin.elapsed()
    );
}

#[tokio::test(start_paused = true)]
async fn a_success_that_holds_an_error_is_one() {
    let service = Service::start().await.unwrap();
    let client = once(service.client());
    let list = json!({"assets": [], "total": 0, "error_code": "VOD.10053", "error_msg": "wrong"});
    for body in [
        json!({"error_code": "VOD.10053", "error_msg": "wrong"}),
        list,
    ] {
        let reply = Reply::json(200, body).unchecked();
        service.reply(reply.clone());
        let errors = [
            failure(&client).await,
            {
                service.reply(reply.clone());
                let path = "/v1.0/{project_id}/asset/list";
                client.raw(Method::GET, path).await.unwrap_err()
            },
            {
                service.reply(reply);
                client
                    .list_asset_list()
                    .items()
                    .next()
                    .await
                    .unwrap()
                    .unwrap_err()
            },
        ];
        for error in errors {
            assert_eq!(
                (error.kind(), error.code(), error.was_sent()),
                (ErrorKind::Service, Some("VOD.10053"), Sent::Yes)
            );
            assert_eq!(
                (error.status().unwrap().as_u16(), error.message()),
                (200, "wrong")
            );
            assert!(error.is_invalid_request() && !error.is_transient());
        }
    }
    // What the reply of an operation does not have makes no reply of it.
    let body =
        json!({"error_code": "APIGW.0301", "error_msg": "m", "api_id": "x", "data": {"a": 1}});
    service.reply(Reply::json(200, body).unchecked());
    assert_eq!(failure(&client).await.code(), Some("APIGW.0301"));
    // It is retried for its code, and the state of a task is no error of the call that asks for it.
    let client = service.client().build().unwrap();
    service.reply(Reply::error(200, "APIGW.0308", "too many").unchecked());
    service.reply(Reply::documented());
    client.delete_thumbnails().asset_id("a1").await.unwrap();
    service.reply(Reply::json(
        200,
        json!({"task_id": "t1", "status": "FAILED", "error_code": "C"}),
    ));
    let state = client.show_task_detail("t1").await.unwrap();
    assert_eq!(state.error_code.as_deref(), Some("C"));
}

#[tokio::test(start_paused = true)]
async fn waits_that_are_too_long_are_left_to_the_caller() {
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    service.reply(Reply::status(429).header("Retry-After", "3600"));
    let error = failure(&client).await;
    assert!(error.is_throttled());
    assert_eq!(
        (error.attempts(), error.retry_after()),
        (1, Some(Duration::from_secs(3600)))
    );
}

/// Services close connections that nobody uses for a while.
#[tokio::test]
async fn connections_that_were_closed_in_between_do_no_harm() {
    let service = Service::start().await.unwrap();
    let client = once(service.client());
    let reply = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
    for _ in 0..20 {
        service.reply(Reply::raw(reply));
        client.create_asset_category("film").await.unwrap();
        // The end of the connection has to get here.
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(service.requests().len(), 20);
}
