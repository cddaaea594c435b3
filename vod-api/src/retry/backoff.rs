//! Waits that grow.

use std::time::Duration;

/// Waits that grow by a factor, up to the longest.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Backoff {
    pub(crate) first: Duration,
    pub(crate) longest: Duration,
    pub(crate) factor: f64,
}

impl Backoff {
    /// The wait after a number of failures, the first of which is 1.
    pub(crate) fn after(&self, failures: u32) -> Duration {
        if self.first.is_zero() {
            return Duration::ZERO;
        }
        let growths = i32::try_from(failures.saturating_sub(1)).unwrap_or(i32::MAX);
        let wait = self.first.as_secs_f64() * self.factor.powi(growths);
        // A wait that does not fit into a `Duration` is longer than the longest.
        let wait = Duration::try_from_secs_f64(wait).unwrap_or(Duration::MAX);
        wait.min(self.longest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_up_to_the_longest() {
        let backoff = Backoff {
            first: Duration::from_millis(500),
            longest: Duration::from_secs(20),
            factor: 2.0,
        };
        let after = |failures| backoff.after(failures).as_millis();
        let expected = [500, 500, 1000, 2000, 16_000, 20_000, 20_000];
        assert_eq!([0, 1, 2, 3, 6, 7, u32::MAX].map(after), expected);
    }

    #[test]
    fn no_wait_overflows() {
        let endless = Backoff {
            first: Duration::MAX,
            longest: Duration::MAX,
            factor: 1.5,
        };
        assert_eq!(endless.after(9), Duration::MAX);
        let none = Backoff {
            first: Duration::ZERO,
            ..endless
        };
        assert_eq!(none.after(u32::MAX), Duration::ZERO);
    }
}
