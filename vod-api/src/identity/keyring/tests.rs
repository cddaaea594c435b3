use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use tokio::time::{sleep, timeout};

use super::*;
use crate::credentials::ProvideFuture;

/// Gives the token `t1`, then `t2` and so on, each good for a time, and takes a second for it
/// unless told otherwise.
#[derive(Debug)]
struct Mint {
    lifetime: Option<Duration>,
    count: AtomicU64,
    fails: AtomicBool,
    hangs: AtomicBool,
    /// Seconds.
    takes: AtomicU64,
    /// Moves with tokio's clock.
    start: Instant,
}

const BEGIN: Duration = Duration::from_secs(1_000_000);
const SECOND: Duration = Duration::from_secs(1);

fn mint(lifetime: Option<Duration>) -> (Arc<Mint>, Arc<Keyring>) {
    let mint = Arc::new(Mint {
        lifetime,
        count: AtomicU64::new(0),
        fails: AtomicBool::new(false),
        hangs: AtomicBool::new(false),
        takes: AtomicU64::new(1),
        start: Instant::now(),
    });
    (mint.clone(), Keyring::new(mint))
}

impl Mint {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + BEGIN + self.start.elapsed()
    }

    fn count(&self) -> u64 {
        self.count.load(Ordering::Relaxed)
    }

    async fn give(&self) -> Result<Credentials, Error> {
        let number = self.count.fetch_add(1, Ordering::Relaxed) + 1;
        sleep(Duration::from_secs(self.takes.load(Ordering::Relaxed))).await;
        if self.hangs.load(Ordering::Relaxed) {
            std::future::pending::<()>().await;
        }
        if self.fails.load(Ordering::Relaxed) {
            return Err(Error::credentials(format!("failure {number}")));
        }
        let credentials = Credentials::token(format!("t{number}"));
        Ok(match self.lifetime {
            Some(lifetime) => credentials.with_expiry(self.now() + lifetime),
            None => credentials,
        })
    }
}

impl ProvideCredentials for Mint {
    fn provide(&self) -> ProvideFuture<'_> {
        Box::pin(self.give())
    }
}

async fn token(keyring: &Arc<Keyring>, mint: &Mint) -> Result<String, String> {
    let current = keyring.current(mint.now(), 0.0).await;
    let current = current.map_err(|error| error.to_string())?;
    Ok(current.credentials.secrets().collect())
}

#[tokio::test(start_paused = true)]
async fn without_expiry_they_are_kept() {
    let (mint, keyring) = mint(None);
    for _ in 0..3 {
        assert_eq!(token(&keyring, &mint).await.unwrap(), "t1");
        sleep(1_000_000 * SECOND).await;
    }
}

#[tokio::test(start_paused = true)]
async fn renewed_ahead_of_expiry_while_the_old_ones_serve() {
    let (mint, keyring) = mint(Some(3600 * SECOND));
    assert_eq!(token(&keyring, &mint).await.unwrap(), "t1");
    sleep(3298 * SECOND).await;
    assert_eq!(token(&keyring, &mint).await.unwrap(), "t1");
    sleep(3 * SECOND).await;
    // The first of two renews them; the other does not wait.
    let start = Instant::now();
    let other = async {
        let found = token(&keyring, &mint).await;
        (found, start.elapsed())
    };
    let (renewing, other) = tokio::join!(token(&keyring, &mint), other);
    assert_eq!(renewing.unwrap(), "t2");
    assert_eq!(other, (Ok("t1".to_owned()), Duration::ZERO));
    assert_eq!(token(&keyring, &mint).await.unwrap(), "t2");
    assert_eq!(mint.count(), 2);
}

#[tokio::test(start_paused = true)]
async fn expired_ones_keep_calls_waiting_for_one_renewal() {
    let (mint, keyring) = mint(Some(60 * SECOND));
    assert_eq!(token(&keyring, &mint).await.unwrap(), "t1");
    sleep(100 * SECOND).await;
    let (one, other) = tokio::join!(token(&keyring, &mint), token(&keyring, &mint));
    assert_eq!((one.unwrap(), other.unwrap()), ("t2".into(), "t2".into()));
    assert_eq!(mint.count(), 2);
}

#[tokio::test(start_paused = true)]
async fn failures_show_only_once_the_old_ones_have_expired() {
    let (mint, keyring) = mint(Some(900 * SECOND));
    assert_eq!(token(&keyring, &mint).await.unwrap(), "t1");
    mint.fails.store(true, Ordering::Relaxed);
    // Five minutes with an attempt every 30 seconds, and more often towards the end.
    sleep(600 * SECOND).await;
    while mint.start.elapsed() < 895 * SECOND {
        assert_eq!(token(&keyring, &mint).await.unwrap(), "t1");
        sleep(SECOND).await;
    }
    assert!((20..60).contains(&mint.count()), "{}", mint.count());
    sleep(10 * SECOND).await;
    let before = mint.count();
    let (one, other) = tokio::join!(token(&keyring, &mint), token(&keyring, &mint));
    assert_eq!(one, Err(format!("failure {}", before + 1)));
    assert_eq!(one, other);
    mint.fails.store(false, Ordering::Relaxed);
    assert_eq!(token(&keyring, &mint).await, Ok(format!("t{}", before + 2)));
}

#[tokio::test(start_paused = true)]
async fn a_source_that_hangs_keeps_no_call_for_long_while_the_old_ones_are_valid() {
    let (mint, keyring) = mint(Some(3600 * SECOND));
    assert_eq!(token(&keyring, &mint).await.unwrap(), "t1");
    sleep(3400 * SECOND).await;
    mint.hangs.store(true, Ordering::Relaxed);
    let start = Instant::now();
    // The one that asks waits for some seconds, or gives up with its call; the others do not wait,
    // nor do they ask while the source has time.
    let impatient = timeout(SECOND, token(&keyring, &mint)).await;
    assert!(impatient.is_err());
    assert_eq!(token(&keyring, &mint).await.unwrap(), "t1");
    assert_eq!(start.elapsed(), SECOND);
    sleep(30 * SECOND).await;
    assert_eq!(token(&keyring, &mint).await.unwrap(), "t1");
    assert_eq!((start.elapsed(), mint.count()), (31 * SECOND, 2));
    sleep(30 * SECOND).await;
    assert_eq!(token(&keyring, &mint).await.unwrap(), "t1");
    assert_eq!((start.elapsed(), mint.count()), (66 * SECOND, 3));
}

#[tokio::test(start_paused = true)]
async fn a_source_that_is_slow_renews_ahead_of_expiry() {
    let (mint, keyring) = mint(Some(900 * SECOND));
    assert_eq!(token(&keyring, &mint).await.unwrap(), "t1");
    sleep(700 * SECOND).await;
    mint.takes.store(6, Ordering::Relaxed);
    assert_eq!(token(&keyring, &mint).await.unwrap(), "t1");
    sleep(10 * SECOND).await;
    assert_eq!(token(&keyring, &mint).await.unwrap(), "t2");
    assert_eq!(mint.count(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_source_that_hangs_is_given_up() {
    let (mint, keyring) = mint(None);
    mint.hangs.store(true, Ordering::Relaxed);
    let start = Instant::now();
    // Nothing else ends it, and those who wait learn the same.
    let both = async {
        tokio::join!(
            keyring.current(mint.now(), 0.0),
            keyring.current(mint.now(), 0.0)
        )
    };
    let (one, other) = timeout(3600 * SECOND, both).await.unwrap();
    assert_eq!((start.elapsed(), mint.count()), (60 * SECOND, 1));
    for error in [one.err().unwrap(), other.err().unwrap()] {
        assert_eq!(
            (error.kind(), error.is_transient()),
            (ErrorKind::Credentials, true)
        );
        assert_eq!(
            error.to_string(),
            "the credentials could not be obtained: their source returned none within 60s"
        );
    }
    mint.hangs.store(false, Ordering::Relaxed);
    assert_eq!(token(&keyring, &mint).await.unwrap(), "t2");
}

#[tokio::test(start_paused = true)]
async fn a_call_that_gives_up_leaves_the_renewal_to_the_next() {
    let (mint, keyring) = mint(None);
    let impatient = timeout(SECOND / 2, token(&keyring, &mint));
    let (given_up, patient) = tokio::join!(impatient, token(&keyring, &mint));
    assert!(given_up.is_err());
    assert_eq!(patient.unwrap(), "t2");
}

#[tokio::test(start_paused = true)]
async fn refused_ones_are_replaced_once() {
    let (mint, keyring) = mint(None);
    let old = keyring.current(mint.now(), 0.0).await.unwrap();
    let (one, other) = tokio::join!(
        keyring.replace(&old, mint.now(), 0.0),
        keyring.replace(&old, mint.now(), 0.0)
    );
    assert_eq!((one, other, mint.count()), (true, true, 2));
    // A refusal that comes late.
    assert!(keyring.replace(&old, mint.now(), 0.0).await);
    assert_eq!(
        (token(&keyring, &mint).await.unwrap(), mint.count()),
        ("t2".into(), 2)
    );

    mint.fails.store(true, Ordering::Relaxed);
    let current = keyring.current(mint.now(), 0.0).await.unwrap();
    assert!(!keyring.replace(&current, mint.now(), 0.0).await);
    assert_eq!(token(&keyring, &mint).await.unwrap(), "t2");

    let fixed = Keyring::new(Arc::new(Credentials::new("a", "s")));
    let same = fixed.current(mint.now(), 0.0).await.unwrap();
    assert!(!fixed.replace(&same, mint.now(), 0.0).await);
}

#[tokio::test(start_paused = true)]
async fn a_source_of_what_stays_refused_is_asked_once_in_a_while() {
    // It gives another token each time.
    let (mint, keyring) = mint(None);
    let replace = async || {
        let current = keyring.current(mint.now(), 0.0).await.unwrap();
        keyring.replace(&current, mint.now(), 0.0).await
    };
    assert!(replace().await);
    for _ in 0..10 {
        assert!(!replace().await);
    }
    assert_eq!(mint.count(), 2);
    sleep(60 * SECOND).await;
    assert!(replace().await);
    // One that has worked in between was good, and its refusal is news.
    let current = keyring.current(mint.now(), 0.0).await.unwrap();
    current.accept();
    assert!(replace().await);
    assert_eq!(mint.count(), 4);

    // A source that fails is left alone as well, also if what it gave before still works for
    // others.
    mint.fails.store(true, Ordering::Relaxed);
    let current = keyring.current(mint.now(), 0.0).await.unwrap();
    current.accept();
    for _ in 0..10 {
        assert!(!replace().await);
    }
    assert_eq!(mint.count(), 5);
    sleep(60 * SECOND).await;
    mint.fails.store(false, Ordering::Relaxed);
    assert!(replace().await);
}

#[tokio::test(start_paused = true)]
async fn a_replacement_that_is_given_up_does_not_count() {
    let (mint, keyring) = mint(None);
    let current = keyring.current(mint.now(), 0.0).await.unwrap();
    let given_up = timeout(SECOND / 2, keyring.replace(&current, mint.now(), 0.0));
    assert!(given_up.await.is_err());
    assert!(keyring.replace(&current, mint.now(), 0.0).await);
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_used_is_refused() {
    let (mint, _) = mint(None);
    let credentials = Credentials::new("a", "hidden\n");
    let error = token(&Keyring::new(Arc::new(credentials)), &mint).await;
    let error = error.unwrap_err();
    assert!(
        error.contains("the secret key contains white space") && !error.contains("hidden"),
        "{error}"
    );
}

#[tokio::test(start_paused = true)]
async fn what_the_source_has_just_given_is_used_whatever_the_clock_says() {
    let (mint, keyring) = mint(Some(3600 * SECOND));
    let fast = || mint.now() + 10_000 * SECOND;
    let get = async |now: SystemTime| {
        let current = keyring.current(now, 0.0).await;
        let current = current.map_err(|error| error.to_string())?;
        Ok::<String, String>(current.credentials.secrets().collect())
    };
    for _ in 0..100 {
        assert_eq!(get(fast()).await.unwrap(), "t1");
    }
    // Nobody knows how long they are good: there are others in a while, and these as long as there
    // are none.
    sleep(300 * SECOND).await;
    mint.fails.store(true, Ordering::Relaxed);
    for _ in 0..100 {
        assert_eq!(get(fast()).await.unwrap(), "t1");
    }
    assert_eq!(mint.count(), 2);
    mint.fails.store(false, Ordering::Relaxed);
    sleep(60 * SECOND).await;
    assert_eq!(get(fast()).await.unwrap(), "t3");
    // Once the clock is right, their expiry counts.
    for at in [60, 3000] {
        assert_eq!(get(mint.now()).await.unwrap(), "t3", "{at}");
        sleep(at * SECOND).await;
    }
    sleep(600 * SECOND).await;
    assert_eq!(get(mint.now()).await.unwrap(), "t4");
}

#[tokio::test]
async fn errors_of_a_provider_are_not_those_of_the_service() {
    #[derive(Debug)]
    struct Broken;

    impl ProvideCredentials for Broken {
        fn provide(&self) -> ProvideFuture<'_> {
            Box::pin(async { Err(Error::configuration("no vault")) })
        }
    }

    let keyring = Keyring::new(Arc::new(Broken));
    let error = keyring.current(SystemTime::UNIX_EPOCH, 0.0).await;
    let error = error.err().unwrap();
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert_eq!(
        error.to_string(),
        "the credentials could not be obtained: no vault"
    );
}

#[test]
fn renewals_are_spread() {
    let now = SystemTime::UNIX_EPOCH + BEGIN;
    let before = |lifetime: u64, random| {
        let expiry = now + Duration::from_millis(lifetime);
        expiry
            .duration_since(renew_at(expiry, now, random).unwrap())
            .unwrap()
            .as_millis()
    };
    assert_eq!(before(86_400_000, 0.0), 300_000);
    assert_eq!(before(86_400_000, 1.0), 150_000);
    assert_eq!(before(600_000, 0.0), 200_000);
    assert_eq!(before(3, 0.0), 1);
}
