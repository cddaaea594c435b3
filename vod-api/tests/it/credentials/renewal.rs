//! Keys that expire, and keys that the service refuses.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use vod_api::credentials::ProvideFuture;
use vod_api::{Credentials, ProvideCredentials};
use vod_local::Service;

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

#[tokio::test(start_paused = true)]
async fn the_time_of_an_attempt_is_not_that_of_the_source() {
    #[derive(Debug)]
    struct Slow(AtomicU64);

    impl ProvideCredentials for Slow {
        fn provide(&self) -> ProvideFuture<'_> {
            Box::pin(async {
                tokio::time::sleep(Duration::from_secs(3)).await;
                let first = self.0.fetch_add(1, Ordering::SeqCst) == 0;
                Ok(Credentials::token(if first {
                    "revoked"
                } else {
                    Service::TOKEN
                }))
            })
        }
    }

    let service = Service::start().await.unwrap();
    let client = service
        .client()
        .credentials_provider(Slow(AtomicU64::new(0)))
        .attempt_timeout(Duration::from_secs(1));
    let client = client.build().unwrap();
    let reply = client.delete_thumbnails().asset_id("a1").await.unwrap();
    assert_eq!(reply.meta().attempts(), 2);
}
