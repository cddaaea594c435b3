//! The usual policy: a few attempts with growing waits, which are random so that clients do not all
//! retry at the same time.

use std::time::Duration;

use super::{Backoff, FailedAttempt, RetryPolicy};

/// The usual [`RetryPolicy`]: a few attempts, with exponential backoff and full jitter.
///
/// It repeats what [can be repeated](FailedAttempt::is_retryable). Before attempt `n + 1` it waits
/// a random part of `first × 2ⁿ⁻¹`, at most `longest`.
///
/// By default there are 3 attempts, with waits of up to 0.5 s and 1 s. A header `Retry-After` makes
/// a wait longer; where it asks for more than the longest wait, 20 s by default, the call ends with
/// the error, which has [`retry_after`](crate::Error::retry_after).
///
/// ```
/// use std::time::Duration;
/// use vod_api::Retry;
///
/// let eager = Retry::default()
///     .max_attempts(5)
///     .backoff(Duration::from_millis(100), Duration::from_secs(5));
/// let never = Retry::never();
/// # let _ = (eager, never);
/// ```
#[derive(Debug, Clone)]
pub struct Retry {
    max_attempts: u32,
    backoff: Backoff,
}

impl Retry {
    /// A single attempt.
    pub fn never() -> Self {
        Self::default().max_attempts(1)
    }

    /// Sets how many attempts there are at most, with the first one; 3 by default. 0 counts as 1.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// Sets the upper ends of the first wait and of all waits; 0.5 s and 20 s by default. A
    /// `Retry-After` of more than `longest` ends the call.
    pub fn backoff(mut self, first: Duration, longest: Duration) -> Self {
        self.backoff.first = first;
        self.backoff.longest = longest;
        self
    }

    fn wait(&self, attempts: u32, random: f64) -> Duration {
        self.backoff.after(attempts).mul_f64(random.clamp(0.0, 1.0))
    }
}

impl Default for Retry {
    fn default() -> Self {
        Self {
            max_attempts: 3,
            backoff: Backoff {
                first: Duration::from_millis(500),
                longest: Duration::from_secs(20),
                factor: 2.0,
            },
        }
    }
}

impl RetryPolicy for Retry {
    fn next_delay(&self, failed: &FailedAttempt<'_>) -> Option<Duration> {
        if failed.attempts() >= self.max_attempts || !failed.is_retryable() {
            return None;
        }
        if failed.is_corrected() {
            return Some(Duration::ZERO);
        }
        let wait = self.wait(failed.attempts(), failed.random());
        match failed.error().retry_after() {
            Some(hint) if hint > self.backoff.longest => None,
            Some(hint) => Some(wait.max(hint)),
            None => Some(wait),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_up_to_the_longest() {
        let retry = Retry::default();
        let most = |attempts| retry.wait(attempts, 1.0).as_millis();
        assert_eq!([1, 2, 3, 6, 7].map(most), [500, 1000, 2000, 16_000, 20_000]);
        assert_eq!(most(u32::MAX), 20_000);
        assert_eq!(retry.wait(1, 0.5).as_millis(), 250);
        assert_eq!(retry.wait(3, 0.0), Duration::ZERO);
        let endless = retry.backoff(Duration::MAX, Duration::MAX);
        assert_eq!(endless.wait(9, 0.0), Duration::ZERO);
    }
}
