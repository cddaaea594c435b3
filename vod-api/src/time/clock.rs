//! The time of day that signatures carry, and what is known about how wrong the clock is.

use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use crate::lock::lock;

/// How far the clock may be off before it is corrected. The service accepts 15 minutes, and its
/// header `Date` has no fractions and arrives late.
const TOLERANCE: Duration = Duration::from_secs(60);

pub(crate) type Source = Arc<dyn Fn() -> SystemTime + Send + Sync>;

/// A clock, with what is known about how far it is off.
pub(crate) struct Clock {
    source: Source,
    offsets: Mutex<Offsets>,
}

/// How many seconds the service is ahead of this machine.
#[derive(Debug, Clone, Copy, Default)]
struct Offsets {
    /// The offset of the last accepted signature; 0 until then.
    accepted: i64,
    /// The offset for the next signature. Whether a correction is right is known once a signature
    /// with it is accepted.
    next: i64,
}

/// A time to sign with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading {
    pub(crate) at: SystemTime,
    ahead: i64,
}

impl Clock {
    pub(crate) fn new(source: Source) -> Self {
        Self {
            source,
            offsets: Mutex::default(),
        }
    }

    /// The best known time of the service, for a signature.
    pub(crate) fn read(&self) -> Reading {
        let ahead = lock(&self.offsets).next;
        Reading {
            at: self.shifted(ahead),
            ahead,
        }
    }

    /// The time to check the expiry of credentials against. Only an offset with which a signature
    /// was accepted counts: a wrong header `Date` must not make valid credentials unusable.
    pub(crate) fn proven(&self) -> SystemTime {
        self.shifted(lock(&self.offsets).accepted)
    }

    /// Records that the service has accepted a signature.
    pub(crate) fn accepted(&self, signed: Reading) {
        let mut offsets = lock(&self.offsets);
        if offsets.next == signed.ahead {
            offsets.accepted = signed.ahead;
        }
    }

    /// Records a refusal, which came `took` after the request was signed. `service` is the time of
    /// the service, if the refusal has a trustworthy one. Returns whether the next signature will
    /// have another offset.
    pub(crate) fn refused(
        &self,
        signed: Reading,
        took: Duration,
        service: Option<SystemTime>,
    ) -> bool {
        // Compared with the uncorrected clock: another call can have changed the offset in the
        // meantime.
        let now = seconds((self.source)());
        let mut offsets = lock(&self.offsets);
        match service {
            Some(service) if is_off(signed.at, took, service) => {
                offsets.next = seconds(service).saturating_sub(now);
                return true;
            }
            // The time is right, so the refusal has another reason.
            Some(_) => return false,
            None => {}
        }
        if offsets.next == signed.ahead {
            offsets.next = offsets.accepted;
        }
        offsets.next != signed.ahead
    }

    fn shifted(&self, ahead: i64) -> SystemTime {
        let now = (self.source)();
        let seconds = Duration::from_secs(ahead.unsigned_abs());
        let shifted = if ahead.is_negative() {
            now.checked_sub(seconds)
        } else {
            now.checked_add(seconds)
        };
        shifted.unwrap_or(now)
    }
}

/// Whether the time of the service is far from every moment between the signature and the reply.
fn is_off(signed_at: SystemTime, took: Duration, service: SystemTime) -> bool {
    let off = seconds(service).saturating_sub(seconds(signed_at));
    let allowed = if off.is_negative() {
        TOLERANCE
    } else {
        TOLERANCE.saturating_add(took)
    };
    off.unsigned_abs() > allowed.as_secs()
}

fn seconds(at: SystemTime) -> i64 {
    match at.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_secs()).unwrap_or(i64::MAX),
        Err(_) => 0,
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Clock")
            .field("offsets", &*lock(&self.offsets))
            .finish_non_exhaustive()
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

    /// What the clock says after a refusal of what it says now.
    fn refused(clock: &Clock, took: u64, service: u64) -> Option<SystemTime> {
        let took = Duration::from_secs(took);
        let corrected = clock.refused(clock.read(), took, Some(at(service)));
        corrected.then(|| clock.read().at)
    }

    #[test]
    fn follows_the_service() {
        let clock = clock(10_000);
        assert_eq!(clock.read().at, at(10_000));
        assert_eq!(refused(&clock, 0, 10_060), None);
        let before = clock.read();
        assert_eq!(refused(&clock, 0, 11_200), Some(at(11_200)));
        // Its reply to a request from before the correction changes nothing any more.
        assert!(clock.refused(before, Duration::ZERO, Some(at(11_200))));
        assert_eq!(clock.read().at, at(11_200));
        assert_eq!(refused(&clock, 0, 11_201), None);
        assert_eq!(refused(&clock, 0, 5_000), Some(at(5_000)));
        // A reply that took long can be as late.
        assert_eq!(refused(&clock, 90, 5_150), None);
        assert_eq!(refused(&clock, 90, 5_151), Some(at(5_151)));
        assert_eq!(refused(&clock, 90, 5_090), Some(at(5_090)));
    }

    #[test]
    fn only_what_works_counts_for_expiry() {
        let clock = clock(10_000);
        let early = clock.read();
        refused(&clock, 0, 20_000).unwrap();
        assert_eq!(clock.proven(), at(10_000));
        // A success of before says nothing about the correction.
        clock.accepted(early);
        assert_eq!((clock.proven(), clock.read().at), (at(10_000), at(20_000)));
        clock.accepted(clock.read());
        assert_eq!(clock.proven(), at(20_000));
    }

    #[test]
    fn a_correction_that_does_not_help_is_dropped() {
        let clock = clock(10_000);
        let none = |signed| clock.refused(signed, Duration::ZERO, None);
        assert!(!none(clock.read()));
        refused(&clock, 0, 20_000).unwrap();
        let corrected = clock.read();
        // The service says that the time is right: something else is wrong.
        assert_eq!(refused(&clock, 0, 20_000), None);
        assert_eq!(clock.read().at, at(20_000));
        assert!(none(corrected));
        assert_eq!(clock.read().at, at(10_000));
        // So does one of several calls that were under way.
        assert!(none(corrected) && !none(clock.read()));
        // One that has worked stays.
        refused(&clock, 0, 20_000).unwrap();
        clock.accepted(clock.read());
        assert!(!none(clock.read()));
        assert_eq!(clock.read().at, at(20_000));
    }
}
