//! The time of day that signatures carry, and chance: all that calls depend on besides their input and tokio's timers.

use std::fmt;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use crate::lock::lock;

/// How far the clock may be off before it is corrected. The service accepts 15 minutes, and its header `Date` has no
/// fractions and arrives late.
const TOLERANCE: Duration = Duration::from_secs(60);

pub(crate) type Source = Arc<dyn Fn() -> SystemTime + Send + Sync>;

/// A clock, with what is known about how far it is off.
pub(crate) struct Clock {
    source: Source,
    /// Seconds that the service is ahead.
    ahead: AtomicI64,
}

impl Clock {
    pub(crate) fn new(source: Source) -> Self {
        Self {
            source,
            ahead: AtomicI64::new(0),
        }
    }

    /// The time as the service has it, as far as is known.
    pub(crate) fn now(&self) -> SystemTime {
        let now = (self.source)();
        let ahead = self.ahead.load(Ordering::Relaxed);
        let seconds = Duration::from_secs(ahead.unsigned_abs());
        let corrected = match ahead.is_negative() {
            true => now.checked_sub(seconds),
            false => now.checked_add(seconds),
        };
        corrected.unwrap_or(now)
    }

    /// Learns the service's time from its reply to a request that was signed at `signed_at`; the reply came `took` later.
    /// Whether the service's time was far off from all in between.
    pub(crate) fn correct(
        &self,
        signed_at: SystemTime,
        took: Duration,
        service: SystemTime,
    ) -> bool {
        let seconds = |at: SystemTime| match at.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(since) => i64::try_from(since.as_secs()).unwrap_or(i64::MAX),
            Err(_) => 0,
        };
        let off = seconds(service).saturating_sub(seconds(signed_at));
        let allowed = match off.is_negative() {
            true => TOLERANCE,
            false => TOLERANCE.saturating_add(took),
        };
        if off.unsigned_abs() <= allowed.as_secs() {
            return false;
        }
        // Against the clock itself: another call can have corrected it in the meantime.
        let ahead = seconds(service).saturating_sub(seconds((self.source)()));
        self.ahead.store(ahead, Ordering::Relaxed);
        true
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Clock")
            .field("ahead", &self.ahead)
            .finish_non_exhaustive()
    }
}

/// Random numbers.
#[derive(Debug)]
pub(crate) struct Chance(Mutex<fastrand::Rng>);

impl Chance {
    /// Always the same ones, or others each time.
    pub(crate) fn new(seed: Option<u64>) -> Self {
        Self(Mutex::new(
            seed.map_or_else(fastrand::Rng::new, fastrand::Rng::with_seed),
        ))
    }

    /// From 0 to 1, without 1.
    pub(crate) fn next(&self) -> f64 {
        lock(&self.0).f64()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock(seconds: u64) -> Clock {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        Clock::new(Arc::new(move || now))
    }

    fn at(seconds: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
    }

    #[test]
    fn follows_the_service() {
        let clock = clock(10_000);
        assert_eq!(clock.now(), at(10_000));
        assert!(!clock.correct(clock.now(), Duration::ZERO, at(10_060)));
        assert_eq!(clock.now(), at(10_000));
        assert!(clock.correct(clock.now(), Duration::ZERO, at(11_200)));
        assert_eq!(clock.now(), at(11_200));
        // Its reply to a request from before the correction changes nothing any more.
        assert!(clock.correct(at(10_000), Duration::ZERO, at(11_200)));
        assert_eq!(clock.now(), at(11_200));
        assert!(!clock.correct(clock.now(), Duration::ZERO, at(11_201)));
        assert!(clock.correct(clock.now(), Duration::ZERO, at(5_000)));
        assert_eq!(clock.now(), at(5_000));
        // A reply that took long can be as late.
        let took = Duration::from_secs(90);
        assert!(!clock.correct(at(5_000), took, at(5_150)));
        assert!(clock.correct(at(5_000), took, at(5_151)));
        assert!(clock.correct(at(5_000), took, at(4_939)));
    }

    #[test]
    fn chance_can_be_repeated() {
        let (one, other) = (Chance::new(Some(7)), Chance::new(Some(7)));
        for _ in 0..100 {
            let number = one.next();
            assert!((0.0..1.0).contains(&number));
            assert_eq!(number, other.next());
        }
    }
}
