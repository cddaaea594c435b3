//! Spans of calls and attempts.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

#[path = "it/common/spans.rs"]
mod spans;

use std::collections::BTreeMap;

use serde_json::json;
use tracing::Level;
use tracing::subscriber::set_default;
use vod_api::http::Method;
use vod_api::upload::Source;
use vod_api::{Client, Credentials, Retry};
use vod_local::{Fault, Reply, Service, Step, Storage};

use self::spans::{Collector, Seen};

/// Those that are the same in all spans are left out.
fn fields(seen: &Seen) -> BTreeMap<&str, &str> {
    let known = [
        "server.port",
        "server.address",
        "url.template",
        "otel.status_description",
    ];
    let fields = seen.fields.iter();
    fields
        .filter(|(name, _)| !known.contains(name))
        .map(|(name, value)| (*name, value.as_str()))
        .collect()
}

#[tokio::test(start_paused = true)]
async fn calls_and_attempts_have_spans() {
    let collector = Collector::new(Level::TRACE);
    let _guard = set_default(collector.clone());
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    service.reply(Reply::error(503, "APIGW.0308", "too many"));
    service.reply(Reply::reset());
    service.reply(Reply::documented());
    client.delete_thumbnails().asset_id("hidden").await.unwrap();

    let spans = collector.spans.lock().unwrap();
    let names: Vec<_> = spans.iter().map(|span| span.name).collect();
    assert_eq!(
        names,
        [
            "vod_api.call",
            "vod_api.attempt",
            "vod_api.attempt",
            "vod_api.attempt"
        ]
    );
    for span in spans.iter() {
        assert_eq!(span.fields["server.address"], "127.0.0.1");
        let port = service.endpoint().rsplit_once(':').unwrap().1.to_owned();
        assert_eq!(span.fields["server.port"], port);
        assert_eq!(
            span.fields["url.template"],
            "/v1/{project_id}/asset/thumbnails"
        );
    }
    let call = [
        ("otel.name", "DeleteThumbnails"),
        ("otel.kind", "client"),
        ("rpc.system", "huaweicloud-api"),
        ("rpc.service", "VOD"),
        ("rpc.method", "DeleteThumbnails"),
        ("http.request.method", "DELETE"),
        ("http.response.status_code", "200"),
        ("huaweicloud.request_id", "request-3"),
        ("vod_api.attempts", "3"),
    ];
    assert_eq!(fields(&spans[0]), BTreeMap::from(call));
    let attempt = [
        ("otel.name", "DELETE"),
        ("otel.kind", "client"),
        ("http.request.method", "DELETE"),
    ];
    for (span, more) in [
        (
            &spans[1],
            &[
                ("http.response.status_code", "503"),
                ("huaweicloud.request_id", "request-1"),
                ("otel.status_code", "ERROR"),
                ("error.type", "APIGW.0308"),
            ][..],
        ),
        (
            &spans[2],
            &[
                ("http.request.resend_count", "1"),
                ("otel.status_code", "ERROR"),
                ("error.type", "Transport"),
            ],
        ),
        (
            &spans[3],
            &[
                ("http.request.resend_count", "2"),
                ("http.response.status_code", "200"),
                ("huaweicloud.request_id", "request-3"),
            ],
        ),
    ] {
        let expected = attempt.iter().chain(more).copied();
        assert_eq!(fields(span), expected.collect());
    }

    assert_eq!(
        spans[1].fields["otel.status_description"],
        "HTTP 503 APIGW.0308: too many (request id request-1)"
    );
    let events = collector.events.lock().unwrap();
    let events: Vec<_> = events.iter().map(fields).collect();
    assert_eq!(events.len(), 2);
    assert_eq!(events[0]["message"], "trying again");
    assert_eq!(events[0]["error.type"], "APIGW.0308");
    assert!(events[0]["delay_ms"].parse::<u64>().unwrap() <= 500);
    assert_eq!(events[1]["error.type"], "Transport");
    assert!(!format!("{spans:?} {events:?}").contains("hidden"));
}

#[tokio::test(start_paused = true)]
async fn failures_are_marked() {
    let collector = Collector::new(Level::INFO);
    let _guard = set_default(collector.clone());
    let service = Service::start().await.unwrap();
    let client = service.client().retry_policy(Retry::never());
    let client = client.build().unwrap();
    for reply in [
        Reply::error(403, "VOD.10062", "gone"),
        Reply::status(502),
        Reply::never(),
        Reply::status(200).padding(65 << 20),
        Reply::status(200).body("<html>").unchecked(),
    ] {
        service.reply(reply);
        client.delete_thumbnails().asset_id("a1").await.unwrap_err();
    }
    service.reply(Reply::status(502));
    let raw = client.raw(Method::GET, "/v1/{project_id}/asset/thumbnails");
    raw.query("asset_id", "hidden").await.unwrap_err();
    let unsendable = client
        .delete_thumbnails()
        .asset_id("a1")
        .with_header("host", "hidden");
    unsendable.await.unwrap_err();
    // Not even begun, so it has no span.
    client.delete_thumbnails().await.unwrap_err();

    // Of this level there are calls only.
    let spans = collector.spans.lock().unwrap();
    let seen: Vec<_> = spans
        .iter()
        .map(|span| {
            assert_eq!(
                (span.name, span.fields["otel.status_code"].as_str()),
                ("vod_api.call", "ERROR")
            );
            assert_eq!(span.target, "vod_api");
            let fields = [
                "otel.name",
                "error.type",
                "http.response.status_code",
                "vod_api.attempts",
            ];
            fields.map(|name| span.fields.get(name).map_or("-", String::as_str))
        })
        .collect();
    let name = "DeleteThumbnails";
    assert_eq!(
        seen,
        [
            [name, "VOD.10062", "403", "1"],
            [name, "502", "502", "1"],
            [name, "Timeout", "-", "1"],
            [name, "Decode", "200", "1"],
            [name, "Decode", "200", "1"],
            ["GET /v1/{project_id}/asset/thumbnails", "502", "502", "1"],
            [name, "InvalidRequest", "-", "0"],
        ]
    );
    let events = collector.events.lock().unwrap();
    assert!(!format!("{spans:?} {events:?}").contains("hidden"));
    // One event for each failure, which says what the span says.
    for (span, event) in spans.iter().zip(events.iter()) {
        assert_eq!(
            span.fields["otel.status_description"],
            event.fields["message"]
        );
        assert_eq!(span.fields["error.type"], event.fields["error.type"]);
    }
    let events: Vec<_> = events
        .iter()
        .map(|event| {
            assert_eq!((event.target, event.level), ("vod_api", Level::WARN));
            event.fields["message"].as_str()
        })
        .collect();
    assert_eq!(events.len(), 8);
    assert_eq!(
        events[0],
        "DeleteThumbnails: HTTP 403 VOD.10062: gone (request id request-1, 1 attempt)"
    );
    assert_eq!(
        events[7],
        "DeleteThumbnails: the request needs asset_id or task_ids (on the wire: task_id), but none of them is given \
         (not sent)"
    );
}

#[tokio::test]
async fn nothing_is_recorded_where_nobody_listens() {
    let collector = Collector::new(Level::ERROR);
    let _guard = set_default(collector.clone());
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    service.reply(Reply::status(500));
    service.reply(Reply::documented());
    client.delete_thumbnails().asset_id("a1").await.unwrap();
    // `record` would find no span.
    assert!(collector.spans.lock().unwrap().is_empty());
    assert!(collector.events.lock().unwrap().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_look_up_of_the_project_is_a_call_of_iam() {
    let collector = Collector::new(Level::INFO);
    let _guard = set_default(collector.clone());
    let client = Client::builder()
        .region("cn-north-4")
        .iam_endpoint("http://127.0.0.1:1")
        .credentials(Credentials::new("ak", "sk"))
        .retry_policy(Retry::never())
        .no_proxy();
    let call = client.build().unwrap().delete_thumbnails().asset_id("a1");
    call.await.unwrap_err();
    let spans = collector.spans.lock().unwrap();
    let services: Vec<_> = spans.iter().map(|it| &it.fields["rpc.service"]).collect();
    assert_eq!(services, ["VOD", "IAM"]);
}

/// Whoever writes the reply, or names the path of a raw call, must not write lines of a log.
#[tokio::test]
async fn text_from_elsewhere_stays_on_one_visible_short_line() {
    const FORGED: &str = "x\r\n2026-01-01 INFO all is well\u{1b}[2K\u{202e}\u{2028}";
    let collector = Collector::new(Level::TRACE);
    let _guard = set_default(collector.clone());
    let service = Service::start().await.unwrap();
    let client = service.client().retry_policy(Retry::never());
    let client = client.build().unwrap();
    let long = FORGED.repeat(10_000);
    for text in [FORGED, &long] {
        let body = json!({"error_code": text, "error_msg": text, "request_id": text});
        let reply = Reply::json(403, body).header("x-request-id", "");
        service.reply(reply.clone());
        let errors = [
            client.delete_thumbnails().asset_id("a1").await.unwrap_err(),
            client
                .raw(Method::GET, format!("/{text}"))
                .await
                .unwrap_err(),
            client.raw(Method::GET, text).await.unwrap_err(),
        ];
        for error in errors {
            let line = error.to_string();
            assert!(is_plain(&line) && line.len() < 6000, "{line:?}");
        }
    }
    let method = Method::from_bytes("M".repeat(10_000).as_bytes()).unwrap();
    client.raw(method, "/").await.unwrap_err();

    let spans = collector.spans.lock().unwrap();
    let events = collector.events.lock().unwrap();
    assert!(
        spans
            .iter()
            .any(|it| it.fields["otel.name"].starts_with(r"GET /x\r\n"))
    );
    for (name, value) in spans.iter().chain(&*events).flat_map(|it| &it.fields) {
        let longest = match *name {
            "message" | "otel.status_description" => 6000,
            _ => 300,
        };
        assert!(
            is_plain(value) && value.len() < longest,
            "{name}: {value:?}"
        );
    }
}

fn is_plain(text: &str) -> bool {
    let breaks = |it: char| it.is_control() || matches!(it, '\u{2028}' | '\u{202e}');
    !text.contains(breaks)
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_that_others_can_write_is_told_once() {
    use std::os::unix::fs::PermissionsExt;

    let collector = Collector::new(Level::WARN);
    let _guard = set_default(collector.clone());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("credentials");
    std::fs::write(&path, "[basic]\nak = ak\nsk = hidden\n").unwrap();
    for (mode, told) in [(0o600, 0), (0o644, 0), (0o620, 1), (0o602, 1)] {
        std::fs::set_permissions(&path, PermissionsExt::from_mode(mode)).unwrap();
        let profile = vod_api::credentials::Profile::new().path(&path);
        vod_api::ProvideCredentials::provide(&profile)
            .await
            .unwrap();
        assert_eq!(collector.events.lock().unwrap().len(), told, "{mode:o}");
    }
    let events = collector.events.lock().unwrap();
    let wanted = [
        ("file.path", format!("{path:?}")),
        (
            "message",
            "other users can write to this file: remove their write permission".to_owned(),
        ),
    ];
    assert_eq!(events[0].fields, BTreeMap::from(wanted));
}

#[tokio::test(start_paused = true)]
async fn uploads_and_their_requests_have_spans() {
    let collector = Collector::new(Level::DEBUG);
    let _guard = set_default(collector.clone());
    let service = Service::builder().storage(Storage::new());
    let service = service.start().await.unwrap();
    let client = service.client().build().unwrap();
    service
        .storage()
        .unwrap()
        .fail(Step::Put, Fault::error(503, "SlowDown"));
    client
        .upload(Source::bytes("hidden.mp4", vec![7; 10]))
        .await
        .unwrap();

    let spans = collector.spans.lock().unwrap();
    let uploads: Vec<_> = spans
        .iter()
        .filter(|span| span.name.starts_with("vod_api.upload"))
        .map(|span| (span.name, fields(span)))
        .collect();
    let attempt = [
        ("otel.name", "sending the media file"),
        ("otel.kind", "client"),
        ("http.request.method", "PUT"),
    ];
    let failed = [
        ("http.response.status_code", "503"),
        ("huaweicloud.request_id", "00000000000000000000000000000001"),
        ("otel.status_code", "ERROR"),
        ("error.type", "SlowDown"),
    ];
    let again = [
        ("http.request.resend_count", "1"),
        ("http.response.status_code", "200"),
    ];
    assert_eq!(
        uploads,
        [
            (
                "vod_api.upload",
                BTreeMap::from([
                    ("vod_api.upload.bytes", "10"),
                    ("vod_api.upload.parts", "0")
                ])
            ),
            (
                "vod_api.upload.attempt",
                attempt.into_iter().chain(failed).collect()
            ),
            (
                "vod_api.upload.attempt",
                attempt.into_iter().chain(again).collect()
            ),
        ]
    );
    let shown = format!("{spans:?}");
    for secret in ["hidden", "Signature", "AWSAccessKeyId"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_upload_that_fails_says_why_once() {
    let collector = Collector::new(Level::INFO);
    let _guard = set_default(collector.clone());
    let service = Service::builder().storage(Storage::new());
    let service = service.start().await.unwrap();
    let client = service.client().build().unwrap();
    let objects = service.storage().unwrap();
    objects.fail(Step::Put, Fault::error(400, "InvalidRequest"));
    let upload = client.upload(Source::bytes("hidden.mp4", vec![7; 10]));
    upload.await.unwrap_err();

    let spans = collector.spans.lock().unwrap();
    let upload = spans.iter().find(|span| span.name == "vod_api.upload");
    let upload = &upload.unwrap().fields;
    assert_eq!(upload["otel.status_code"], "ERROR");
    assert_eq!(upload["error.type"], "InvalidRequest");
    assert_eq!(upload["http.response.status_code"], "400");
    let events = collector.events.lock().unwrap();
    let messages: Vec<_> = events.iter().map(|it| &it.fields["message"]).collect();
    assert_eq!(messages, [&upload["otel.status_description"]]);
    assert!(
        messages[0].contains("HTTP 400 InvalidRequest: "),
        "{messages:?}"
    );
    let shown = format!("{spans:?} {events:?}");
    for secret in ["Signature", "AWSAccessKeyId"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}
