//! Nothing that this crate shows or logs, and nothing that it makes other crates log, holds a secret.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

#[path = "it/common/fake.rs"]
mod fake;
#[path = "it/common/spans.rs"]
mod spans;

use std::error::Error as _;
use std::fmt::Debug;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use fake::{Answer, Fake};
use log::{LevelFilter, Log, Metadata, Record};
use serde_json::json;
use tokio::net::TcpSocket;
use vod_api::credentials::{EcsMetadata, IamPassword, Profile};
use vod_api::model::DeleteThumbnailsRequest;
use vod_api::{Batched, Credentials, Error, ErrorKind, ProvideCredentials, Retry};
use vod_local::{Reply, Service};

const SECRETS: [&str; 4] = [
    Service::SECRET_KEY,
    Service::TEMPORARY_SECRET_KEY,
    Service::SECURITY_TOKEN,
    Service::TOKEN,
];

/// The secrets in `text`, those known beforehand and those of the requests that were sent.
fn leaks(text: &str, signatures: &[String]) -> Vec<String> {
    let known = SECRETS.iter().map(|&secret| secret.to_owned());
    let all = known.chain(signatures.iter().cloned());
    all.filter(|secret| text.contains(secret.as_str()))
        .collect()
}

/// The signatures in the `Authorization` headers that the service got.
fn signatures(service: &Service) -> Vec<String> {
    let requests = service.requests();
    let headers = requests
        .iter()
        .filter_map(|request| request.header("authorization"));
    headers
        .map(|text| text.rsplit_once("Signature=").unwrap().1.to_owned())
        .collect()
}

fn debug(value: &impl Debug) -> String {
    format!("{value:?}\n{value:#?}\n")
}

/// All that an error shows, with all of its causes.
fn show(error: &Error) -> String {
    let mut text = format!("{error}\n") + &debug(error);
    let mut cause = error.source();
    while let Some(inner) = cause {
        text += &format!("{inner} {inner:?} {inner:#?}\n");
        cause = inner.source();
    }
    text += &format!(
        "{:?} {:?} {:?} {:?} {:?} {:?}\n",
        error.canonical_request(),
        error.message(),
        error.code(),
        error.request_id(),
        error.raw_body(),
        error.headers()
    );
    text
}

/// One error of each kind, and those in which the service repeats the caller's secrets.
async fn errors(service: &Service, credentials: Credentials, secrets: &[&str]) -> Vec<Error> {
    let builder = service.client().credentials(credentials);
    let builder = builder.retry_policy(Retry::never());
    let client = builder.clone().build().unwrap();
    let mut errors = Vec::new();
    let secrets = secrets.join(" ");
    for reply in [
        Reply::error(400, &secrets, &secrets),
        Reply::status(500)
            .header("X-Echo", &secrets)
            .body(secrets.clone()),
        Reply::status(401).header("X-Request-Id", secrets.clone()),
        Reply::json(200, json!([{ "delete_result_array": secrets }])),
        Reply::json(200, json!({ "error_code": secrets, "request_id": secrets })),
        Reply::status(200).body(secrets.clone()),
        Reply::raw(secrets.clone()),
        Reply::json(200, json!(secrets)).cut_off(),
        Reply::reset(),
        Reply::reset_unread(),
    ] {
        service.reply(reply.unchecked());
        errors.push(client.delete_thumbnails().asset_id("a1").await.unwrap_err());
    }
    service.reply(Reply::never());
    let call = client
        .delete_thumbnails()
        .asset_id("a1")
        .with_timeout(Duration::from_secs(5));
    errors.push(call.await.unwrap_err());
    let many = (0..=DeleteThumbnailsRequest::BATCH_SIZE).map(|id| id.to_string());
    errors.push(client.delete_thumbnails().task_ids(many).await.unwrap_err());

    service.respond(|request| Reply::status(403).body(format!("{:?}", request.headers())));
    errors.push(client.delete_thumbnails().asset_id("a1").await.unwrap_err());
    service.respond(|_| Reply::documented());

    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
    let address = socket.local_addr().unwrap();
    let nowhere = builder
        .clone()
        .endpoint(format!("http://{address}"))
        .build()
        .unwrap();
    errors.push(
        nowhere
            .delete_thumbnails()
            .asset_id("a1")
            .await
            .unwrap_err(),
    );
    let endpoint = format!("http://{}@localhost", Service::SECRET_KEY);
    errors.push(builder.endpoint(endpoint).build().unwrap_err());
    let unusable = Credentials::new("a", format!("{}\n", Service::SECRET_KEY));
    errors.push(service.client().credentials(unusable).build().unwrap_err());
    errors
}

/// A logger that keeps everything.
struct Lines(Mutex<String>);

static LOG: Lines = Lines(Mutex::new(String::new()));

impl Log for Lines {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &Record<'_>) {
        let (level, target, text) = (record.level(), record.target(), record.args());
        *self.0.lock().unwrap() += &format!("{level} {target}: {text}\n");
    }

    fn flush(&self) {}
}

/// What providers show, and their errors when the service they ask repeats what it was sent.
async fn shown_by_providers(service: &Service) -> String {
    let echo = Fake::start(|seen| {
        let all = format!("{:?} {}", seen.headers, seen.body);
        Answer::json(403, json!({"error_code": all, "error_msg": all}))
            .header("X-IAM-Trace-Id", "trace-1")
    });
    let echo = echo.await;
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(
        file.path(),
        format!("[basic]\nak = a\nsk = {} x", Service::SECRET_KEY),
    )
    .unwrap();
    let providers: [Arc<dyn ProvideCredentials>; 4] = [
        Arc::new(service.temporary_credentials()),
        Arc::new(
            IamPassword::new("a", "u", Service::SECRET_KEY, "cn-north-4").endpoint(&echo.endpoint),
        ),
        Arc::new(EcsMetadata::new().endpoint(&echo.endpoint)),
        Arc::new(Profile::new().path(file.path())),
    ];
    let mut shown = String::new();
    for (index, provider) in providers.into_iter().enumerate() {
        let builder = service.client().credentials_provider(provider.clone());
        let client = builder.clone().build().unwrap();
        shown += &(debug(&provider) + &debug(&builder) + &debug(&client));
        match client.delete_thumbnails().asset_id("a1").await {
            Ok(_) => assert_eq!(index, 0),
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::Credentials);
                shown += &show(&error);
            }
        }
    }
    let lines = ["POST /v3/auth/tokens", "PUT /meta-data/latest/api/token"];
    assert_eq!(echo.lines(), lines);
    shown
}

#[test]
fn leaks_are_found() {
    let planted = format!("{{\n  key: \"{}\", sig}}", Service::SECRET_KEY);
    assert_eq!(
        leaks(&planted, &["sig".to_owned()]),
        [Service::SECRET_KEY, "sig"]
    );
    assert_eq!(leaks("none", &["sig".to_owned()]), [""; 0]);
}

#[tokio::test(start_paused = true)]
async fn nothing_shown_or_logged_holds_a_secret() {
    let collector = spans::Collector::new(tracing::Level::TRACE);
    let _guard = tracing::subscriber::set_default(collector.clone());
    log::set_logger(&LOG).unwrap();
    log::set_max_level(LevelFilter::Trace);
    let service = Service::start().await.unwrap();
    let mut shown = String::new();
    let mut kinds = Vec::new();
    for (credentials, secrets) in [
        (service.credentials(), &[Service::SECRET_KEY][..]),
        (
            service.temporary_credentials(),
            &[Service::TEMPORARY_SECRET_KEY, Service::SECURITY_TOKEN],
        ),
        (service.token_credentials(), &[Service::TOKEN]),
    ] {
        let builder = service.client().credentials(credentials.clone());
        let client = builder.clone().build().unwrap();
        shown += &debug(&credentials);
        shown += &debug(&builder);
        shown += &debug(&client);
        shown += &debug(&client.delete_thumbnails().asset_id("a1"));

        let reply = client.delete_thumbnails().asset_id("a1").await.unwrap();
        shown += &debug(&reply);
        shown += &debug(reply.meta());

        let errors = errors(&service, credentials, secrets).await;
        let echoes = errors
            .iter()
            .filter(|error| show(error).contains("[redacted]"));
        assert!(echoes.count() >= 6);
        kinds.extend(errors.iter().map(Error::kind));
        shown.extend(errors.iter().map(show));
    }
    // The gateway repeats what was signed, with the security token.
    let wrong = Credentials::new(Service::TEMPORARY_ACCESS_KEY, "another-secret-key")
        .with_security_token(Service::SECURITY_TOKEN);
    let client = service.client().credentials(wrong).build().unwrap();
    let error = client.delete_thumbnails().asset_id("a1").await.unwrap_err();
    assert!(
        error.message().contains("x-security-token:[redacted]"),
        "{error}"
    );
    // And so do we, without it.
    let canonical = error.canonical_request().unwrap();
    assert!(
        canonical.contains("x-security-token:[redacted]"),
        "{canonical}"
    );
    shown += &show(&error);
    shown += &shown_by_providers(&service).await;
    shown += &debug(&service);
    shown += &debug(&service.requests());

    for kind in [
        ErrorKind::Configuration,
        ErrorKind::InvalidRequest,
        ErrorKind::Connect,
        ErrorKind::Timeout,
        ErrorKind::Transport,
        ErrorKind::Service,
        ErrorKind::Decode,
    ] {
        assert!(kinds.contains(&kind), "{kind:?}");
    }
    let signatures = signatures(&service);
    assert!(signatures.len() > 10 && signatures.iter().all(|text| text.len() == 64));
    assert_eq!(leaks(&shown, &signatures), [""; 0]);
    assert!(!shown.contains("another-secret-key"));

    let traced = format!("{collector:?}");
    let spans = collector.spans.lock().unwrap();
    let attempts = spans.iter().filter(|span| span.name == "vod_api.attempt");
    assert!(attempts.count() > 10, "{traced}");
    let events = collector.events.lock().unwrap();
    let failures = events
        .iter()
        .filter(|event| event.target == "vod_api" && event.level == tracing::Level::WARN);
    assert!(failures.count() > 10, "{traced}");
    assert_eq!(leaks(&traced, &signatures), [""; 0]);
    let logged = LOG.0.lock().unwrap();
    assert!(logged.lines().count() > 10, "{logged}");
    assert!(logged.contains(" reqwest::"), "{logged}");
    assert_eq!(leaks(&logged, &signatures), [""; 0]);
}
