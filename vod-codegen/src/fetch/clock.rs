//! The time between requests.

use std::thread;
use std::time::{Duration, Instant};

/// Tells the time and lets it pass, so that tests need not wait.
pub trait Clock {
    /// The time since some moment that does not change.
    fn now(&self) -> Duration;

    /// Returns when this time has passed.
    fn wait(&mut self, time: Duration);
}

/// The clock of the system.
#[derive(Debug)]
pub struct SystemClock(Instant);

impl Default for SystemClock {
    fn default() -> Self {
        Self(Instant::now())
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Duration {
        self.0.elapsed()
    }

    fn wait(&mut self, time: Duration) {
        thread::sleep(time);
    }
}
