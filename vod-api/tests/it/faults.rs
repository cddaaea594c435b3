//! What a caller learns when something breaks.

use std::io::Write;
use std::net::SocketAddr;
use std::time::{Duration, SystemTime};

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket};
use tokio::time::Instant;
use vod_api::http::Method;
use vod_api::{Client, ClientBuilder, Credentials, Error, ErrorKind, Retry, Sent};
use vod_local::{Reply, Service};

/// Each fault, for a call that may be done twice (`DELETE`), one that may not (`POST`), or both; what comes of it when it
/// happens once and when it always does: what the caller sees, whether the service can have seen the request, the status,
/// attempts/requests that reached the service, and how long it took.
const TABLE: &str = "
fault                          call    once                                         always
connection refused             both    Connect, No                 3/0  <= 1.5 s    Connect, No                 3/0  <= 1.5 s
clock off by 20 min            both    reply                       2/2  0 s         reply                       2/2  0 s
reset before it is read        DELETE  reply                       2/1  <= 0.5 s    Transport, Maybe            3/0  <= 1.5 s
reset before it is read        POST    Transport, Maybe            1/0  0 s         Transport, Maybe            1/0  0 s
reset after it is read         DELETE  reply                       2/2  <= 0.5 s    Transport, Maybe            3/3  <= 1.5 s
reset after it is read         POST    Transport, Maybe            1/1  0 s         Transport, Maybe            1/1  0 s
closed without a reply         DELETE  reply                       2/2  <= 0.5 s    Transport, Maybe            3/3  <= 1.5 s
closed without a reply         POST    Transport, Maybe            1/1  0 s         Transport, Maybe            1/1  0 s
not HTTP                       DELETE  reply                       2/2  <= 0.5 s    Transport, Maybe            3/3  <= 1.5 s
not HTTP                       POST    Transport, Maybe            1/1  0 s         Transport, Maybe            1/1  0 s
no reply                       DELETE  reply                       2/2  30 s        Timeout, Maybe              2/2  60 s
no reply                       POST    Timeout, Maybe              1/1  30 s        Timeout, Maybe              1/1  30 s
reply after 31 s               DELETE  reply                       2/2  30 s        Timeout, Maybe              2/2  60 s
reply after 31 s               POST    Timeout, Maybe              1/1  30 s        Timeout, Maybe              1/1  30 s
200, cut off                   DELETE  reply                       2/2  <= 0.5 s    Transport, Yes 200          3/3  <= 1.5 s
200, cut off                   POST    Transport, Yes 200          1/1  0 s         Transport, Yes 200          1/1  0 s
429                            both    reply                       2/2  <= 0.5 s    Service, Yes 429            3/3  <= 1.5 s
429, Retry-After: 5            both    reply                       2/2  5 s         Service, Yes 429            3/3  10 s
429, Retry-After: date in 7 s  both    reply                       2/2  7 s         Service, Yes 429            3/3  14 s
429, Retry-After: 3600         both    Service, Yes 429            1/1  0 s         Service, Yes 429            1/1  0 s
429, Retry-After: 99 digits    both    Service, Yes 429            1/1  0 s         Service, Yes 429            1/1  0 s
429, Retry-After: soon         both    reply                       2/2  <= 0.5 s    Service, Yes 429            3/3  <= 1.5 s
500                            DELETE  reply                       2/2  <= 0.5 s    Service, Yes 500            3/3  <= 1.5 s
500                            POST    Service, Yes 500            1/1  0 s         Service, Yes 500            1/1  0 s
502                            DELETE  reply                       2/2  <= 0.5 s    Service, Yes 502            3/3  <= 1.5 s
502                            POST    Service, Yes 502            1/1  0 s         Service, Yes 502            1/1  0 s
503                            DELETE  reply                       2/2  <= 0.5 s    Service, Yes 503            3/3  <= 1.5 s
503                            POST    Service, Yes 503            1/1  0 s         Service, Yes 503            1/1  0 s
503, Retry-After: 5            DELETE  reply                       2/2  5 s         Service, Yes 503            3/3  10 s
503, Retry-After: 5            POST    Service, Yes 503            1/1  0 s         Service, Yes 503            1/1  0 s
503, code of a limit           both    reply                       2/2  <= 0.5 s    Service, Yes 503            3/3  <= 1.5 s
504                            DELETE  reply                       2/2  <= 0.5 s    Service, Yes 504            3/3  <= 1.5 s
504                            POST    Service, Yes 504            1/1  0 s         Service, Yes 504            1/1  0 s
500, 1 GiB                     DELETE  reply                       2/2  <= 0.5 s    Service, Yes 500            3/3  <= 1.5 s
500, 1 GiB                     POST    Service, Yes 500            1/1  0 s         Service, Yes 500            1/1  0 s
500, cut off                   DELETE  reply                       2/2  <= 0.5 s    Service, Yes 500            3/3  <= 1.5 s
500, cut off                   POST    Service, Yes 500            1/1  0 s         Service, Yes 500            1/1  0 s
400                            both    Service, Yes 400            1/1  0 s         Service, Yes 400            1/1  0 s
401                            both    Service, Yes 401            1/1  0 s         Service, Yes 401            1/1  0 s
401, wrong Date                both    reply                       3/3  0 s         Service, Yes 401            3/3  0 s
307                            both    Service, Yes 307            1/1  0 s         Service, Yes 307            1/1  0 s
200, HTML                      both    Decode, Yes 200             1/1  0 s         Decode, Yes 200             1/1  0 s
200, invalid UTF-8             both    reply                       1/1  0 s         reply                       1/1  0 s
200, JSON cut off              both    Decode, Yes 200             1/1  0 s         Decode, Yes 200             1/1  0 s
200, 1 GiB                     both    Decode, Yes 200             1/1  0 s         Decode, Yes 200             1/1  0 s
200, 1 GiB in chunks           both    Decode, Yes 200             1/1  0 s         Decode, Yes 200             1/1  0 s
200, gzip                      both    reply                       1/1  0 s         reply                       1/1  0 s
200, 2 MiB as gzip             both    Decode, Yes 200             1/1  0 s         Decode, Yes 200             1/1  0 s
200, not gzip                  both    Decode, Yes 200             1/1  0 s         Decode, Yes 200             1/1  0 s
200, corrupt gzip              both    Decode, Yes 200             1/1  0 s         Decode, Yes 200             1/1  0 s
200, gzip cut off              DELETE  reply                       2/2  <= 0.5 s    Transport, Yes 200          3/3  <= 1.5 s
200, gzip cut off              POST    Transport, Yes 200          1/1  0 s         Transport, Yes 200          1/1  0 s
200, gzip without its end      DELETE  reply                       2/2  <= 0.5 s    Transport, Yes 200          3/3  <= 1.5 s
200, gzip without its end      POST    Transport, Yes 200          1/1  0 s         Transport, Yes 200          1/1  0 s
";

/// What goes wrong.
enum Fault {
    NobodyListens,
    ClockIsOff,
    Answer(Reply),
}

/// The faults of the table, in its order.
fn faults() -> Vec<(&'static str, Fault)> {
    let date = "Sun, 06 Nov 1994 08:49:37 GMT";
    let in_7_s = "Sun, 06 Nov 1994 08:49:44 GMT";
    let off = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(20 * 60));
    let unauthorized = Reply::error(
        401,
        "APIGW.0301",
        "Incorrect IAM authentication information",
    );
    let documented = br#"{"id":334,"name":"film"}"#;
    let gzip = |bytes: &[u8]| {
        Reply::status(200)
            .header("Content-Encoding", "gzip")
            .body(bytes.to_vec())
    };
    let mut corrupt = packed(documented);
    corrupt[12] ^= 0xff;
    let faults = [
        ("reset before it is read", Reply::reset_unread()),
        ("reset after it is read", Reply::reset()),
        ("closed without a reply", Reply::raw("")),
        ("not HTTP", Reply::raw("garbage\r\n\r\n")),
        ("no reply", Reply::never()),
        (
            "reply after 31 s",
            Reply::documented().delay(Duration::from_secs(31)),
        ),
        ("200, cut off", Reply::status(200).body("{}").cut_off()),
        ("429", Reply::status(429)),
        (
            "429, Retry-After: 5",
            Reply::status(429).header("Retry-After", "5"),
        ),
        (
            "429, Retry-After: date in 7 s",
            Reply::status(429)
                .header("Date", date)
                .header("Retry-After", in_7_s),
        ),
        (
            "429, Retry-After: 3600",
            Reply::status(429).header("Retry-After", "3600"),
        ),
        (
            "429, Retry-After: 99 digits",
            Reply::status(429).header("Retry-After", "1".repeat(99)),
        ),
        (
            "429, Retry-After: soon",
            Reply::status(429).header("Retry-After", "soon"),
        ),
        ("500", Reply::status(500)),
        ("502", Reply::status(502)),
        ("503", Reply::status(503)),
        (
            "503, Retry-After: 5",
            Reply::status(503).header("Retry-After", "5"),
        ),
        (
            "503, code of a limit",
            Reply::error(
                503,
                "APIGW.0308",
                "The throttling threshold has been reached",
            ),
        ),
        ("504", Reply::status(504)),
        ("500, 1 GiB", Reply::status(500).padding(1 << 30)),
        ("500, cut off", Reply::status(500).body("{}").cut_off()),
        (
            "400",
            Reply::error(400, "VOD.10053", "The parameter is wrong."),
        ),
        ("401", unauthorized.clone()),
        ("401, wrong Date", unauthorized.header("Date", off)),
        (
            "307",
            Reply::status(307).header("Location", "http://127.0.0.1:1/"),
        ),
        ("200, HTML", Reply::status(200).body("<html>")),
        (
            "200, invalid UTF-8",
            Reply::status(200).body(&b"{\"name\":\"\xff\"}"[..]),
        ),
        ("200, JSON cut off", Reply::status(200).body("{\"name\":")),
        ("200, 1 GiB", Reply::status(200).padding(1 << 30)),
        (
            "200, 1 GiB in chunks",
            Reply::status(200)
                .header("Transfer-Encoding", "chunked")
                .padding(1 << 30),
        ),
        ("200, gzip", gzip(&packed(documented))),
        ("200, 2 MiB as gzip", gzip(&packed(&vec![b' '; 2 << 20]))),
        ("200, not gzip", gzip(documented)),
        ("200, corrupt gzip", gzip(&corrupt)),
        ("200, gzip cut off", gzip(&packed(documented)).cut_off()),
        ("200, gzip without its end", gzip(&packed(documented)[..20])),
    ];
    let faults = faults.map(|(name, reply)| (name, Fault::Answer(reply)));
    let others = [
        ("connection refused", Fault::NobodyListens),
        ("clock off by 20 min", Fault::ClockIsOff),
    ];
    others.into_iter().chain(faults).collect()
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap()
}

/// What comes of a call when the fault happens so often.
async fn outcome(fault: &Fault, times: usize, idempotent: bool) -> String {
    let service = Service::start().await.unwrap();
    let mut builder = service.client().max_response_size(1 << 20).seed(7);
    match fault {
        Fault::NobodyListens => builder = builder.endpoint(nowhere()),
        Fault::ClockIsOff => service.set_clock(SystemTime::now() + Duration::from_secs(20 * 60)),
        Fault::Answer(reply) => (0..times).for_each(|_| service.reply(reply.clone())),
    }
    let client = builder.build().unwrap();
    let start = Instant::now();
    let (attempts, seen) = if idempotent {
        seen(client.delete_thumbnails().asset_id("a1").await)
    } else {
        seen(client.create_asset_category("film").await)
    };
    let requests = service.requests().len();
    let time = time(start.elapsed(), attempts);
    format!("{seen:<27} {attempts}/{requests}  {time}")
}

fn seen<T>(result: Result<vod_api::Response<T>, Error>) -> (u32, String) {
    let error = match result {
        Ok(reply) => return (reply.meta().attempts(), "reply".to_owned()),
        Err(error) => error,
    };
    let status = error.status().map(|status| status.as_u16().to_string());
    let text = format!(
        "{:?}, {:?} {}",
        error.kind(),
        error.was_sent(),
        status.unwrap_or_default()
    );
    (error.attempts(), text)
}

/// Waits that were left to chance are shown by their upper end.
fn time(elapsed: Duration, attempts: u32) -> String {
    let most = Duration::from_millis(500 * ((1 << (attempts - 1)) - 1));
    if elapsed.is_zero() {
        "0 s".to_owned()
    } else if elapsed <= most {
        format!("<= {} s", most.as_secs_f64())
    } else {
        format!("{} s", elapsed.as_secs())
    }
}

/// Where nobody listens: the port is taken for as long as the process lives.
fn nowhere() -> String {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
    let address = socket.local_addr().unwrap();
    std::mem::forget(socket);
    format!("http://{address}")
}

#[tokio::test(start_paused = true)]
async fn faults_come_to_what_the_table_says() {
    let mut table = format!("\n{:<31}{:<8}{:<45}{}\n", "fault", "call", "once", "always");
    for (name, fault) in faults() {
        let mut rows = Vec::new();
        for idempotent in [true, false] {
            let once = outcome(&fault, 1, idempotent).await;
            let always = outcome(&fault, 9, idempotent).await;
            rows.push(format!("{once:<45}{always}"));
        }
        match &rows[..] {
            [one, other] if one == other => table += &format!("{name:<31}{:<8}{one}\n", "both"),
            _ => {
                for (call, row) in ["DELETE", "POST"].iter().zip(&rows) {
                    table += &format!("{name:<31}{call:<8}{row}\n");
                }
            }
        }
    }
    println!("{table}");
    for (row, expected) in table.lines().zip(TABLE.lines()) {
        assert_eq!(row, expected);
    }
    assert_eq!(table.lines().count(), TABLE.lines().count());
}

/// Makes one attempt.
fn once(builder: ClientBuilder) -> Client {
    builder.retry_policy(Retry::never()).build().unwrap()
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
            start: "HTTP 200: the reply cannot be read: expected value at line 1 column 1",
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
        service.reply(reply);
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
    let client = Client::builder()
        .endpoint(endpoint)
        .project_id("p1")
        .credentials(Credentials::new("a", "s"))
        .build()
        .unwrap();
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
    let client = Client::builder()
        .endpoint(endpoint)
        .project_id("p1")
        .credentials(Credentials::new("a", "s"))
        .build()
        .unwrap();
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
    let client = Client::builder()
        .endpoint(endpoint)
        .project_id("p1")
        .credentials(Credentials::new("a", "s"))
        .build()
        .unwrap();
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
        service.reply(Reply::json(200, body.clone()));
        let errors = [
            failure(&client).await,
            {
                service.reply(Reply::json(200, body.clone()));
                let path = "/v1.0/{project_id}/asset/list";
                client.raw(Method::GET, path).await.unwrap_err()
            },
            {
                service.reply(Reply::json(200, body));
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
    service.reply(Reply::json(200, body));
    assert_eq!(failure(&client).await.code(), Some("APIGW.0301"));
    // It is retried for its code, and the state of a task is no error of the call that asks for it.
    let client = service.client().build().unwrap();
    service.reply(Reply::error(200, "APIGW.0308", "too many"));
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
