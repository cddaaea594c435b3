//! Where credentials, project id and endpoints come from, over HTTP and in files.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

#[path = "common/fake.rs"]
mod fake;

use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use fake::{Answer, Fake, Seen};
use serde_json::{Value, json};
use tokio::net::TcpSocket;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::Instant;
use vod_api::credentials::{Chain, EcsMetadata, Environment, IamPassword, Profile, ProvideFuture};
use vod_api::test_util::Service;
use vod_api::{Client, ClientBuilder, Credentials, Error, ErrorKind, ProvideCredentials, Sent};

const PASSWORD: &str = "my-/\"password";

fn answer(status: u16, body: Value) -> Answer {
    (status, Vec::new(), body.to_string())
}

/// A client of the service that knows neither project nor credentials.
fn open_client(service: &Service) -> ClientBuilder {
    let endpoint = service.endpoint();
    let variable = "HUAWEICLOUD_SDK_REGION_VOD_CN_NORTH_4";
    Client::builder()
        .region("cn-north-4")
        .variables(move |name| (name == variable).then(|| endpoint.clone()))
}

/// Keys that differ in all parts and are good for a few milliseconds; the service knows them from then on.
#[derive(Debug)]
struct Rotating {
    service: Arc<Service>,
    number: AtomicU64,
    running: AtomicU64,
    most: AtomicU64,
}

impl Rotating {
    async fn next(&self) -> Credentials {
        let running = self.running.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(running, Ordering::SeqCst);
        let number = self.number.fetch_add(1, Ordering::SeqCst);
        tokio::time::sleep(Duration::from_millis(1)).await;
        let keys = Credentials::new(format!("ak-{number}"), format!("sk-{number}"))
            .with_security_token(format!("token-{number}"));
        self.service.accept(keys.clone());
        self.running.fetch_sub(1, Ordering::SeqCst);
        keys.with_expiry(SystemTime::now() + Duration::from_millis(3))
    }
}

impl ProvideCredentials for Rotating {
    fn provide(&self) -> ProvideFuture<'_> {
        Box::pin(async { Ok(self.next().await) })
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_tasks_share_keys_that_expire_all_the_time() {
    let service = Arc::new(Service::start().await.unwrap());
    let rotating = Arc::new(Rotating {
        service: service.clone(),
        number: AtomicU64::new(0),
        running: AtomicU64::new(0),
        most: AtomicU64::new(0),
    });
    let client = service.client().credentials_provider(rotating.clone());
    let client = client.build().unwrap();
    // A process may have few files open.
    let sockets = Arc::new(Semaphore::new(100));
    let mut tasks = JoinSet::new();
    for _ in 0..1000 {
        let (client, sockets) = (client.clone(), sockets.clone());
        tasks.spawn(async move {
            let _permit = sockets.acquire().await.unwrap();
            let reply = client.delete_thumbnails().asset_id("a1").await.unwrap();
            assert_eq!(reply.meta().attempts(), 1);
        });
    }
    tasks.join_all().await;
    assert_eq!(service.requests().len(), 1000);
    assert_eq!(rotating.most.load(Ordering::SeqCst), 1);
    let number = rotating.number.load(Ordering::SeqCst);
    assert!(number > 10, "{number}");
}

#[tokio::test]
async fn refused_credentials_are_replaced_once() {
    #[derive(Debug)]
    struct Told(AtomicU64, [&'static str; 2]);

    impl ProvideCredentials for Told {
        fn provide(&self) -> ProvideFuture<'_> {
            let number = self.0.fetch_add(1, Ordering::SeqCst);
            let token = self.1[usize::try_from(number).unwrap().min(1)];
            Box::pin(async move { Ok(Credentials::token(token)) })
        }
    }

    let service = Service::start().await.unwrap();
    let told = Told(AtomicU64::new(0), ["revoked", Service::TOKEN]);
    let client = service.client().credentials_provider(told).build().unwrap();
    let reply = client.delete_thumbnails().asset_id("a1").await.unwrap();
    assert_eq!(reply.meta().attempts(), 2);

    // Without better ones, the refusal stands.
    for second in ["revoked", "revoked-too"] {
        let told = Told(AtomicU64::new(0), ["revoked", second]);
        let client = service.client().credentials_provider(told).build().unwrap();
        let error = client.delete_thumbnails().asset_id("a1").await.unwrap_err();
        assert!(error.is_auth(), "{error}");
        assert_eq!(error.attempts(), if second == "revoked" { 1 } else { 2 });
    }
}

/// What the metadata service answers: the temporary keys of the service.
fn metadata_key() -> Answer {
    let key = json!({
        "access": Service::TEMPORARY_ACCESS_KEY,
        "secret": Service::TEMPORARY_SECRET_KEY,
        "securitytoken": Service::SECURITY_TOKEN,
        "expires_at": "2100-01-01T00:00:00.000000Z",
    });
    answer(200, json!({"credential": key}))
}

const SESSION: &str = "PUT /meta-data/latest/api/token";
const KEY: &str = "GET /openstack/latest/securitykey";

fn session(seen: &Seen) -> Option<&str> {
    seen.headers.get("x-metadata-token").map(String::as_str)
}

#[tokio::test]
async fn metadata_is_read_in_a_session() {
    let fake = Fake::start(|seen| match seen.line.as_str() {
        SESSION => (200, Vec::new(), "my-session\n".to_owned()),
        _ => metadata_key(),
    });
    let fake = fake.await;
    let service = Service::start().await.unwrap();
    let metadata = Arc::new(EcsMetadata::new().endpoint(&fake.endpoint));
    let client = service.client().credentials_provider(metadata.clone());
    let client = client.build().unwrap();
    client.delete_thumbnails().asset_id("a1").await.unwrap();
    client.delete_thumbnails().asset_id("a1").await.unwrap();
    assert_eq!(fake.lines(), [SESSION, KEY]);
    let seen = fake.seen();
    assert_eq!(seen[0].headers["x-metadata-token-ttl-seconds"], "21600");
    assert_eq!(session(&seen[1]), Some("my-session"));
    // The session goes on.
    let found = metadata.provide().await.unwrap();
    assert_eq!(found.expiry(), vod_api::parse_time("21000101"));
    assert_eq!(fake.lines(), [SESSION, KEY, KEY]);
    assert!(!format!("{metadata:?}").contains("my-session"));
}

#[tokio::test(start_paused = true)]
async fn metadata_sessions_are_renewed_when_they_end() {
    let fake = Fake::start(|seen| match seen.line.as_str() {
        SESSION => (200, Vec::new(), "my-session".to_owned()),
        _ => metadata_key(),
    });
    let fake = fake.await;
    let metadata = EcsMetadata::new().endpoint(&fake.endpoint);
    metadata.provide().await.unwrap();
    tokio::time::sleep(Duration::from_secs(6 * 60 * 60)).await;
    metadata.provide().await.unwrap();
    assert_eq!(fake.lines(), [SESSION, KEY, SESSION, KEY]);
}

#[tokio::test]
async fn metadata_without_sessions_is_read_all_the_same() {
    for status in [404, 405, 503] {
        let fake = Fake::start(move |seen| match seen.line.as_str() {
            SESSION => (status, Vec::new(), String::new()),
            _ => metadata_key(),
        });
        let fake = fake.await;
        let metadata = EcsMetadata::new().endpoint(&fake.endpoint);
        for _ in 0..2 {
            metadata.provide().await.unwrap();
        }
        let mut lines = fake.lines();
        // It may have been busy, too.
        lines.dedup();
        assert_eq!(lines, [SESSION, KEY], "{status}");
        assert_eq!(session(fake.seen().last().unwrap()), None);
    }
    let fake = Fake::start(|_| (403, Vec::new(), "hidden".to_owned())).await;
    let metadata = EcsMetadata::new().endpoint(&fake.endpoint);
    let error = metadata.provide().await.unwrap_err().to_string();
    assert!(
        error.contains("HTTP 403") && !error.contains("hidden"),
        "{error}"
    );
}

#[tokio::test]
async fn metadata_gets_a_new_session_when_it_asks_for_one() {
    let count = AtomicU64::new(0);
    let fake = Fake::start(move |seen| match seen.line.as_str() {
        SESSION => {
            let number = count.fetch_add(1, Ordering::SeqCst);
            (200, Vec::new(), format!("session-{number}"))
        }
        _ if session(seen) == Some("session-1") => metadata_key(),
        _ => answer(401, json!({"error": "hidden"})),
    });
    let fake = fake.await;
    let metadata = EcsMetadata::new().endpoint(&fake.endpoint);
    metadata.provide().await.unwrap();
    assert_eq!(fake.lines(), [SESSION, KEY, SESSION, KEY]);
}

#[tokio::test]
async fn metadata_says_what_is_wrong() {
    for (status, body, why) in [
        (
            401,
            "Please configure Cloud Service Agency first",
            "the server has no agency",
        ),
        (401, "hidden", "HTTP 401"),
        (404, "hidden", "HTTP 404"),
        (200, "hidden", "not JSON"),
        (200, r#"{"credential":{"access":"hidden"}}"#, "no secret"),
        (500, "hidden", "HTTP 500"),
    ] {
        let fake = Fake::start(move |seen| match seen.line.as_str() {
            SESSION => (200, Vec::new(), "my-session".to_owned()),
            _ => (status, Vec::new(), body.to_owned()),
        });
        let fake = fake.await;
        let metadata = EcsMetadata::new().endpoint(&fake.endpoint);
        let error = metadata.provide().await.unwrap_err();
        assert_eq!(
            (error.kind(), error.was_sent()),
            (ErrorKind::Credentials, Sent::No)
        );
        let text = format!("{error} {error:?}");
        assert!(
            text.contains(why) && text.contains(&fake.endpoint),
            "{text}"
        );
        assert!(
            !text.contains("hidden") && !text.contains("my-session"),
            "{text}"
        );
    }
}

#[tokio::test]
async fn what_passes_is_tried_again() {
    let count = AtomicU64::new(0);
    let fake = Fake::start(move |seen| match seen.line.as_str() {
        SESSION => (200, Vec::new(), "my-session".to_owned()),
        _ => match count.fetch_add(1, Ordering::SeqCst) {
            0 => (500, Vec::new(), String::new()),
            1 => (429, Vec::new(), String::new()),
            _ => metadata_key(),
        },
    });
    let fake = fake.await;
    let metadata = EcsMetadata::new().endpoint(&fake.endpoint);
    metadata.provide().await.unwrap();
    assert_eq!(fake.lines(), [SESSION, KEY, KEY, KEY]);
}

#[tokio::test(start_paused = true)]
async fn metadata_that_nobody_serves_is_asked_for_once() {
    // A queue that is full drops who knocks, as a network does that does not know the address.
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(([127, 0, 0, 1], 0).into()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    let knock = || TcpStream::connect_timeout(&address, Duration::from_millis(100));
    let _queue: Vec<_> = std::iter::from_fn(|| knock().ok()).collect();

    let metadata = EcsMetadata::new().endpoint(format!("http://{address}"));
    let start = Instant::now();
    metadata.provide().await.unwrap_err();
    assert!(start.elapsed() < Duration::from_secs(2));
}

/// What IAM answers to a name and a password.
fn iam_token() -> Answer {
    let token = json!({"expires_at": "2100-01-01T00:00:00.000000Z", "project": {"id": Service::PROJECT_ID}});
    let header = ("X-Subject-Token", Service::TOKEN.to_owned());
    (201, vec![header], json!({"token": token}).to_string())
}

#[tokio::test]
async fn iam_gives_a_token_and_its_project() {
    let iam = Fake::start(|_| iam_token()).await;
    let service = Service::start().await.unwrap();
    let user = IamPassword::new("my-account", "my-user", PASSWORD, "cn-north-4");
    let builder = open_client(&service).credentials_provider(user.endpoint(&iam.endpoint));
    let client = builder.clone().build().unwrap();
    for _ in 0..2 {
        client.delete_thumbnails().asset_id("a1").await.unwrap();
    }
    let seen = iam.seen();
    assert_eq!(iam.lines(), ["POST /v3/auth/tokens"]);
    assert_eq!(seen[0].headers["content-type"], "application/json");
    let sent = &seen[0].body["auth"];
    let user = &sent["identity"]["password"]["user"];
    assert_eq!(
        (&user["password"], &user["domain"]["name"]),
        (&json!(PASSWORD), &json!("my-account"))
    );
    assert_eq!(sent["scope"], json!({"project": {"name": "cn-north-4"}}));
    let shown = format!("{builder:?} {client:?}");
    assert!(shown.contains("my-user"), "{shown}");
    assert!(
        !shown.contains("my-/") && !shown.contains(Service::TOKEN),
        "{shown}"
    );
}

#[tokio::test]
async fn iam_refusals_are_told_without_the_password() {
    let iam = Fake::start(|seen| {
        let echo = seen.body["auth"]["identity"]["password"]["user"]["password"].clone();
        let error = json!({"code": 401, "message": format!("The password {} is wrong.", echo.as_str().unwrap())});
        let header = ("X-IAM-Trace-Id", "trace-1".to_owned());
        (401, vec![header], json!({"error": error}).to_string())
    });
    let iam = iam.await;
    let user = IamPassword::new("my-account", "my-user", PASSWORD, "cn-north-4");
    let error = user.endpoint(&iam.endpoint).provide().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "a token of my-account/my-user from IAM at {}: HTTP 401 401: The password [redacted] is wrong. (request id \
             trace-1)",
            iam.endpoint
        )
    );
    assert_eq!(iam.lines().len(), 1);

    let away =
        IamPassword::new("a", "u", PASSWORD, "cn-north-4").endpoint("http://iam.example.com");
    let error = away.provide().await.unwrap_err().to_string();
    assert!(error.starts_with("IAM: http would send"), "{error}");
}

#[tokio::test]
async fn incomplete_answers_of_iam_are_refused() {
    for (headers, body, why) in [
        (
            Vec::new(),
            json!({"token": {"expires_at": "2100-01-01T00:00:00Z"}}),
            "X-Subject-Token",
        ),
        (
            vec![("X-Subject-Token", "hidden".to_owned())],
            json!({"token": {}}),
            "expires_at",
        ),
        (
            vec![("X-Subject-Token", "hidden".to_owned())],
            json!("hidden"),
            "expires_at",
        ),
    ] {
        let iam = Fake::start(move |_| (201, headers.clone(), body.to_string())).await;
        let user = IamPassword::new("a", "u", PASSWORD, "cn-north-4").endpoint(&iam.endpoint);
        let error = user.provide().await.unwrap_err().to_string();
        assert!(error.contains(why) && !error.contains("hidden"), "{error}");
    }
}

/// What IAM answers to a look-up.
fn projects(ids: &[&str]) -> Answer {
    let list: Vec<_> = ids
        .iter()
        .map(|id| json!({"id": id, "name": "cn-north-4"}))
        .collect();
    let header = ("X-IAM-Trace-Id", "trace-1".to_owned());
    (200, vec![header], json!({"projects": list}).to_string())
}

#[tokio::test]
async fn the_project_is_looked_up_once() {
    let service = Service::start().await.unwrap();
    for credentials in [service.temporary_credentials(), service.token_credentials()] {
        let iam = Fake::start(|_| projects(&[Service::PROJECT_ID])).await;
        let client = open_client(&service)
            .iam_endpoint(&iam.endpoint)
            .credentials(credentials);
        let client = client.build().unwrap();
        assert_eq!(iam.lines(), [""; 0]);
        let mut tasks = JoinSet::new();
        for _ in 0..100 {
            let client = client.clone();
            tasks.spawn(async move { client.delete_thumbnails().asset_id("a1").await.unwrap() });
        }
        tasks.join_all().await;
        assert_eq!(iam.lines(), ["GET /v3/projects?name=cn-north-4"]);
        let headers = &iam.seen()[0].headers;
        assert!(!headers.contains_key("x-project-id"));
        let known = match headers.get("x-auth-token") {
            Some(token) => token == Service::TOKEN,
            None => headers["authorization"].contains(Service::TEMPORARY_ACCESS_KEY),
        };
        assert!(
            known && headers["user-agent"].starts_with("vod-api/"),
            "{headers:?}"
        );
        assert!(format!("{client:?}").contains(Service::PROJECT_ID));
    }
}

#[tokio::test]
async fn a_project_that_cannot_be_told_is_an_error() {
    let service = Service::start().await.unwrap();
    let start = |answer: fn() -> Answer| Fake::start(move |_| answer());
    for (answer, kind, why) in [
        (
            (|| projects(&[])) as fn() -> Answer,
            ErrorKind::Configuration,
            "there is no project for the region cn-north-4",
        ),
        (
            || projects(&["p1", "p2"]),
            ErrorKind::Configuration,
            "several projects, p1, p2;",
        ),
        (
            || {
                answer(
                    403,
                    json!({"error_code": "IAM.0003", "error_msg": Service::SECRET_KEY}),
                )
            },
            ErrorKind::Credentials,
            "HTTP 403 IAM.0003: [redacted]",
        ),
        (
            || answer(200, json!([])),
            ErrorKind::Configuration,
            "IAM answered in a way",
        ),
    ] {
        let iam = start(answer).await;
        let client = open_client(&service).iam_endpoint(&iam.endpoint);
        let client = client.credentials(service.credentials()).build().unwrap();
        let error = client.delete_thumbnails().asset_id("a1").await.unwrap_err();
        assert_eq!(
            (error.kind(), error.was_sent(), error.attempts()),
            (kind, Sent::No, 0)
        );
        let text = error.to_string();
        assert!(
            text.contains(why) && text.starts_with("DeleteThumbnails: "),
            "{text}"
        );
        // It is not remembered.
        client.delete_thumbnails().asset_id("a1").await.unwrap_err();
        assert_eq!(iam.lines().len(), 2);
    }
    assert_eq!(service.requests().len(), 0);

    let client = Client::builder()
        .endpoint(service.endpoint())
        .credentials(service.credentials());
    let error = client
        .build()
        .unwrap()
        .delete_thumbnails()
        .await
        .unwrap_err();
    assert!(
        error.to_string().contains("ClientBuilder::project_id"),
        "{error}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_look_up_that_fails_for_a_moment_is_repeated() {
    let service = Service::start().await.unwrap();
    let count = AtomicU64::new(0);
    let iam = Fake::start(move |_| match count.fetch_add(1, Ordering::SeqCst) {
        0 => answer(503, json!({})),
        _ => projects(&[Service::PROJECT_ID]),
    });
    let iam = iam.await;
    let client = open_client(&service).iam_endpoint(&iam.endpoint);
    let client = client.credentials(service.credentials()).build().unwrap();
    let reply = client.delete_thumbnails().asset_id("a1").await.unwrap();
    assert_eq!((reply.meta().attempts(), iam.lines().len()), (1, 2));
}

#[tokio::test]
async fn the_next_endpoint_takes_over_and_stays() {
    let service = Service::start().await.unwrap();
    // A port that needs privileges to listen on.
    let list = format!("http://127.0.0.1:1,{}", service.endpoint());
    let client = Client::builder()
        .region("cn-north-4")
        .project_id(service.project_id())
        .credentials(service.credentials())
        .variables(move |name| {
            (name == "HUAWEICLOUD_SDK_REGION_VOD_CN_NORTH_4").then(|| list.clone())
        });
    let client = client.build().unwrap();
    for _ in 0..2 {
        let reply = client.delete_thumbnails().asset_id("a1").await.unwrap();
        assert_eq!(reply.meta().attempts(), 1);
    }
    let shown = format!("{client:?}");
    assert!(shown.contains(&service.endpoint()), "{shown}");
}

#[tokio::test]
async fn the_chain_says_what_each_source_lacks() {
    let metadata = Fake::start(|_| (404, Vec::new(), String::new())).await;
    let chain = Chain::new()
        .with(Environment::new())
        .with(Profile::new().path("/nowhere/credentials"))
        .with(EcsMetadata::new().endpoint(&metadata.endpoint));
    let client = Client::builder()
        .endpoint("http://127.0.0.1:1")
        .project_id("p1")
        .credentials_provider(chain);
    let error: Error = client
        .build()
        .unwrap()
        .delete_thumbnails()
        .await
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::Credentials, 0)
    );
    assert!(!error.is_connect());
    let text = error.to_string();
    for part in [
        "HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK are not set",
        "/nowhere/credentials",
        &format!("the ECS metadata service at {}", metadata.endpoint),
    ] {
        assert!(text.contains(part), "{text}");
    }
}

/// Says to the test below that it is its own child.
#[cfg(feature = "rustls")]
const CHILD: &str = "VOD_API_TEST_CHILD";

#[cfg(feature = "rustls")]
#[tokio::test(flavor = "multi_thread")]
async fn the_environment_and_the_home_of_the_process_are_read() {
    if std::env::var_os(CHILD).is_some() {
        let client = Client::builder().region("cn-north-4").build().unwrap();
        client.delete_thumbnails().asset_id("a1").await.unwrap();
        return;
    }
    let service = Service::start().await.unwrap();
    let home = tempfile::tempdir().unwrap();
    let directory = home.path().join(".huaweicloud");
    std::fs::create_dir(&directory).unwrap();
    let run = async |set: Vec<(&'static str, String)>| {
        let mut child = std::process::Command::new(std::env::current_exe().unwrap());
        child
            .args([
                "--exact",
                "the_environment_and_the_home_of_the_process_are_read",
            ])
            .env_clear()
            .env(CHILD, "yes")
            .env("HOME", home.path())
            .envs(set);
        let run = tokio::task::spawn_blocking(move || child.output().unwrap());
        let output = run.await.unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{text}");
        service.requests().pop().unwrap()
    };
    let key = |name: &str, value: &str| format!("{name} = {value}\n");
    let variables = vec![
        (
            "HUAWEICLOUD_SDK_AK",
            Service::TEMPORARY_ACCESS_KEY.to_owned(),
        ),
        (
            "HUAWEICLOUD_SDK_SK",
            Service::TEMPORARY_SECRET_KEY.to_owned(),
        ),
        (
            "HUAWEICLOUD_SDK_SECURITY_TOKEN",
            Service::SECURITY_TOKEN.to_owned(),
        ),
        ("HUAWEICLOUD_SDK_PROJECT_ID", Service::PROJECT_ID.to_owned()),
        ("HUAWEICLOUD_SDK_REGION_VOD_CN_NORTH_4", service.endpoint()),
    ];
    let sent = run(variables).await;
    assert_eq!(
        sent.header("x-security-token"),
        Some(Service::SECURITY_TOKEN)
    );

    let profile = key("AK", Service::ACCESS_KEY)
        + &key("SK", Service::SECRET_KEY)
        + &key("project_id", Service::PROJECT_ID);
    std::fs::write(directory.join("credentials"), format!("[basic]\n{profile}")).unwrap();
    let regions = format!(
        "VOD:\n  - id: cn-north-4\n    endpoint: {}\n",
        service.endpoint()
    );
    std::fs::write(directory.join("regions.yaml"), regions).unwrap();
    let sent = run(Vec::new()).await;
    assert!(
        sent.header("authorization")
            .unwrap()
            .contains(Service::ACCESS_KEY)
    );
    assert_eq!(service.requests().len(), 2);
}
