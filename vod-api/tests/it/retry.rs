//! How calls are repeated: who decides, how long it takes, and when it ends.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};
use vod_api::{Client, Error, ErrorKind, FailedAttempt, Retry, RetryPolicy};
use vod_local::{Reply, Service};

const SECOND: Duration = Duration::from_secs(1);

/// Never gives up by itself.
#[derive(Debug)]
struct Every(Duration);

impl RetryPolicy for Every {
    fn next_delay(&self, _: &FailedAttempt<'_>) -> Option<Duration> {
        Some(self.0)
    }
}

/// A service that answers 503 while it is down.
async fn service() -> (Service, Arc<AtomicBool>) {
    let service = Service::start().await.unwrap();
    let down = Arc::new(AtomicBool::new(true));
    let is_down = down.clone();
    service.respond(move |_| {
        if is_down.load(Ordering::Relaxed) {
            Reply::status(503)
        } else {
            Reply::documented()
        }
    });
    (service, down)
}

async fn failure(client: &Client) -> Error {
    client.delete_thumbnails().asset_id("a1").await.unwrap_err()
}

#[tokio::test(start_paused = true)]
async fn policies_of_ones_own_see_each_failure() {
    /// Repeats whatever has a status, three times.
    #[derive(Debug, Default)]
    struct Recorder(Arc<Mutex<Vec<Failure>>>);

    #[derive(Debug, PartialEq)]
    struct Failure {
        attempts: u32,
        status: Option<u16>,
        idempotent: bool,
        /// Since the beginning.
        seconds: u64,
    }

    impl RetryPolicy for Recorder {
        fn next_delay(&self, failed: &FailedAttempt<'_>) -> Option<Duration> {
            let status = failed.error().status().map(|status| status.as_u16());
            let attempts = failed.attempts();
            assert!((0.0..1.0).contains(&failed.random()) && !failed.is_corrected());
            self.0.lock().unwrap().push(Failure {
                attempts,
                status,
                idempotent: failed.is_idempotent(),
                seconds: failed.elapsed().as_secs(),
            });
            (status.is_some() && attempts < 4).then_some(2 * SECOND)
        }
    }

    let service = Service::start().await.unwrap();
    let recorder = Recorder::default();
    let seen = recorder.0.clone();
    let client = service.client().retry_policy(recorder);
    let client = client.build().unwrap();
    service.reply(Reply::status(400));
    service.reply(Reply::status(500));
    service.reply(Reply::reset());
    let error = client.create_asset_category("film").await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 3));
    let failure = |attempts, status, seconds| Failure {
        attempts,
        status,
        idempotent: false,
        seconds,
    };
    assert_eq!(
        *seen.lock().unwrap(),
        [
            failure(1, Some(400), 0),
            failure(2, Some(500), 2),
            failure(3, None, 4),
        ]
    );

    // A call can have another one.
    service.reply(Reply::status(400));
    let call = client
        .delete_thumbnails()
        .asset_id("a1")
        .with_retry_policy(Retry::never());
    assert_eq!(call.await.unwrap_err().attempts(), 1);
    assert_eq!(seen.lock().unwrap().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn callers_know_better_what_may_be_done_twice() {
    let (service, _) = service().await;
    let client = service.client().build().unwrap();
    let create = || client.create_asset_category("film");
    for (error, attempts) in [
        (create().await.unwrap_err(), 1),
        (create().with_idempotent(true).await.unwrap_err(), 3),
        (failure(&client).await, 3),
        (
            client
                .delete_thumbnails()
                .asset_id("a1")
                .with_idempotent(false)
                .await
                .unwrap_err(),
            1,
        ),
    ] {
        assert_eq!(error.attempts(), attempts);
    }
}

#[tokio::test(start_paused = true)]
async fn no_wait_begins_that_would_end_too_late() {
    let (service, _) = service().await;
    let client = service.client().retry_policy(Every(SECOND * 2));
    let client = client.build().unwrap();
    for (seconds, attempts) in [(1, 1), (2, 1), (3, 2), (7, 4)] {
        let start = Instant::now();
        let call = client
            .delete_thumbnails()
            .asset_id("a1")
            .with_timeout(SECOND * seconds);
        let error = call.await.unwrap_err();
        assert_eq!(
            (error.kind(), error.attempts()),
            (ErrorKind::Service, attempts)
        );
        assert_eq!(start.elapsed().as_secs(), u64::from(attempts - 1) * 2);
    }
}

#[tokio::test(start_paused = true)]
async fn the_last_attempt_is_cut_short() {
    let service = Service::start().await.unwrap();
    service.respond(|_| Reply::never());
    let client = service.client().retry_policy(Every(Duration::ZERO));
    let client = client.build().unwrap();
    let start = Instant::now();
    let call = client
        .delete_thumbnails()
        .asset_id("a1")
        .with_attempt_timeout(SECOND * 4);
    let error = call.with_timeout(SECOND * 10).await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(
        (error.attempts(), error.message()),
        (3, "no answer within 10s")
    );
    assert_eq!(start.elapsed().as_secs(), 10);
    assert_eq!(service.requests().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn an_attempt_that_hangs_is_given_up_for_another() {
    let service = Service::start().await.unwrap();
    let client = service
        .client()
        .attempt_timeout(SECOND * 5)
        .build()
        .unwrap();
    service.reply(Reply::never());
    service.reply(Reply::documented());
    let start = Instant::now();
    let reply = client.delete_thumbnails().asset_id("a1").await.unwrap();
    assert_eq!(reply.meta().attempts(), 2);
    assert_eq!(start.elapsed().as_secs(), 5);
    assert_eq!(reply.meta().elapsed(), start.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_service_that_comes_up_is_found() {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let address = socket.local_addr().unwrap();
    let server = tokio::spawn(async move {
        sleep(SECOND * 5).await;
        let (mut stream, _) = socket.listen(1).unwrap().accept().await.unwrap();
        let mut request = [0; 4096];
        let length = stream.read(&mut request).await.unwrap();
        let reply = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
        stream.write_all(reply).await.unwrap();
        length
    });
    let service = Service::start().await.unwrap();
    let client = service.client().endpoint(format!("http://{address}"));
    let client = client.retry_policy(Every(SECOND * 2)).build().unwrap();
    let reply = client.create_asset_category("film").await.unwrap();
    assert_eq!(reply.meta().attempts(), 4);
    assert!(server.await.unwrap() > 0);
}

#[tokio::test(start_paused = true)]
async fn no_connection_is_harmless_after_an_attempt_that_was() {
    /// Repeats what can be repeated, every two seconds.
    #[derive(Debug)]
    struct Steady;

    impl RetryPolicy for Steady {
        fn next_delay(&self, failed: &FailedAttempt<'_>) -> Option<Duration> {
            failed.is_retryable().then_some(2 * SECOND)
        }
    }

    // Both hold the port, so that nobody else gets it while neither listens.
    let sockets = [TcpSocket::new_v4().unwrap(), TcpSocket::new_v4().unwrap()];
    let [busy, well] = sockets.map(|socket| {
        socket.set_reuseaddr(true).unwrap();
        socket
    });
    busy.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let address = busy.local_addr().unwrap();
    well.bind(address).unwrap();
    let busy = busy.listen(1).unwrap();
    tokio::spawn(async move {
        let answer = async |listener: TcpListener, status: &str| {
            let (mut stream, _) = listener.accept().await.unwrap();
            assert!(stream.read(&mut [0; 4096]).await.unwrap() > 0);
            let head = format!("HTTP/1.1 {status}\r\nContent-Length: 2\r\nConnection: close");
            let reply = format!("{head}\r\n\r\n{{}}");
            stream.write_all(reply.as_bytes()).await.unwrap();
        };
        answer(busy, "429 Too Many Requests").await;
        sleep(SECOND * 3).await;
        answer(well.listen(1).unwrap(), "200 OK").await;
    });
    let service = Service::start().await.unwrap();
    let client = service.client().endpoint(format!("http://{address}"));
    let client = client.retry_policy(Steady).build().unwrap();
    let reply = client.create_asset_category("film").await.unwrap();
    assert_eq!(reply.meta().attempts(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_service_that_is_down_is_not_asked_three_times_as_often() {
    let (service, down) = service().await;
    let client = service.client().build().unwrap();
    let attempts = Arc::new(AtomicU32::new(0));
    for _ in 0..10 {
        let mut callers = JoinSet::new();
        for _ in 0..100 {
            // Clones share what may be spent.
            let (client, attempts) = (client.clone(), attempts.clone());
            callers.spawn(async move {
                let made = failure(&client).await.attempts();
                attempts.fetch_add(made, Ordering::Relaxed);
            });
        }
        while callers
            .join_next()
            .await
            .is_some_and(|caller| caller.is_ok())
        {}
    }
    assert_eq!(attempts.load(Ordering::Relaxed), 1035);
    assert_eq!(service.requests().len(), 1035);

    // Four successes are worth a part of a retry, and another client has its own.
    down.store(false, Ordering::Relaxed);
    for _ in 0..4 {
        client.delete_thumbnails().asset_id("a1").await.unwrap();
    }
    down.store(true, Ordering::Relaxed);
    assert_eq!(failure(&client).await.attempts(), 2);
    assert_eq!(failure(&client).await.attempts(), 1);
    assert_eq!(
        failure(&service.client().build().unwrap()).await.attempts(),
        3
    );
}

#[tokio::test(start_paused = true)]
async fn a_policy_without_end_stays_within_the_budget() {
    let (service, _) = service().await;
    let client = service.client().retry_policy(Every(Duration::ZERO));
    let client = client.timeout(None).build().unwrap();
    assert_eq!(failure(&client).await.attempts(), 36);
    assert_eq!(failure(&client).await.attempts(), 1);
}

#[tokio::test(start_paused = true)]
async fn callers_at_the_same_time_do_not_disturb_each_other() {
    let service = Service::start().await.unwrap();
    let failed = Mutex::new(HashSet::new());
    service.respond(move |request| {
        let id = request.parameters()["asset_id"].to_string();
        if failed.lock().unwrap().insert(id) {
            Reply::status(502)
        } else {
            Reply::documented()
        }
    });
    let client = service.client().build().unwrap();
    let mut callers = JoinSet::new();
    for id in 0..35 {
        callers.spawn(client.delete_thumbnails().asset_id(id.to_string()).send());
    }
    while let Some(reply) = callers.join_next().await {
        assert_eq!(reply.unwrap().unwrap().meta().attempts(), 2);
    }
    assert_eq!(service.requests().len(), 70);
}

#[tokio::test(start_paused = true)]
async fn waits_are_random_and_can_be_repeated() {
    let (service, _) = service().await;
    let waits = async |seed: Option<u64>| {
        let mut builder = service.client();
        if let Some(seed) = seed {
            builder = builder.seed(seed);
        }
        let client = builder.build().unwrap();
        let mut waits = Vec::new();
        for _ in 0..8 {
            let start = Instant::now();
            failure(&client).await;
            waits.push(start.elapsed());
        }
        waits
    };
    let of_seven = waits(Some(7)).await;
    assert_eq!(of_seven, waits(Some(7)).await);
    assert_ne!(of_seven, waits(Some(8)).await);
    assert_ne!(waits(None).await, waits(None).await);
    // Of two waits, one up to 0.5 s and one up to 1 s; each a bit longer, as tokio counts whole milliseconds.
    let most = Duration::from_millis(1502);
    assert!(of_seven.iter().all(|wait| *wait <= most), "{of_seven:?}");
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

#[tokio::test(start_paused = true)]
async fn a_call_with_little_time_moves_no_other_to_the_next_endpoint() {
    let (first, second) = (
        Service::start().await.unwrap(),
        Service::start().await.unwrap(),
    );
    let list = format!("{},{}", first.endpoint(), second.endpoint());
    let client = Client::builder()
        .region("cn-north-4")
        .project_id(first.project_id())
        .credentials(first.credentials())
        .retry_policy(Retry::never())
        .variables(move |name| {
            (name == "HUAWEICLOUD_SDK_REGION_VOD_CN_NORTH_4").then(|| list.clone())
        });
    let client = client.build().unwrap();
    first.respond(|_| Reply::documented().delay(SECOND));
    let call = || client.delete_thumbnails().asset_id("a1");
    for call in [
        call().with_timeout(SECOND / 1000),
        call().with_attempt_timeout(SECOND / 1000),
    ] {
        assert!(call.await.unwrap_err().is_timeout());
    }
    call().await.unwrap();
    assert_eq!(second.requests().len(), 0);

    first.respond(|_| Reply::never());
    assert!(
        call()
            .with_timeout(3 * SECOND)
            .await
            .unwrap_err()
            .is_timeout()
    );
    call().await.unwrap();
    assert_eq!(second.requests().len(), 1);
}
