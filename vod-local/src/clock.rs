//! The time of day of the service.

use std::sync::Mutex;
use std::time::{Instant, SystemTime};

use crate::lock::lock;

/// The system's clock, until it is set.
#[derive(Debug, Default)]
pub(crate) struct Clock(Mutex<Option<(SystemTime, Instant)>>);

impl Clock {
    pub(crate) fn set(&self, now: SystemTime) {
        *lock(&self.0) = Some((now, Instant::now()));
    }

    pub(crate) fn now(&self) -> SystemTime {
        let system = SystemTime::now();
        lock(&self.0).map_or(system, |(time, since)| {
            time.checked_add(since.elapsed()).unwrap_or(time)
        })
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn goes_on_from_where_it_was_set() {
        let clock = Clock::default();
        let day = Duration::from_secs(86_400);
        clock.set(SystemTime::UNIX_EPOCH + day);
        let now = clock.now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
        assert!(now >= day && now < 2 * day, "{now:?}");
    }
}
