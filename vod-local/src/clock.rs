//! The time of day of the service.

use std::sync::Mutex;
#[cfg(feature = "server")]
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use tokio::runtime::Handle;
use tokio::sync::Notify;
use tokio::time::Instant;

use crate::lock::lock;

/// The time of day of a [`Local`](crate::Local); see [`Local::clock`](crate::Local::clock).
#[derive(Debug)]
pub struct Clock {
    reading: Mutex<Reading>,
    /// The runtime whose clock it follows.
    runtime: Option<Handle>,
    /// Told when something happened that does not wait for the clock.
    wake: Notify,
    /// How often it was set, stopped or resumed.
    #[cfg(feature = "server")]
    changes: AtomicU64,
}

/// What of a clock outlives the process.
#[cfg(feature = "server")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Setting {
    /// It goes on, so many milliseconds before or after the system's clock.
    Ahead(i64),
    Stopped(SystemTime),
}

#[derive(Debug, Clone, Copy)]
enum Reading {
    /// The system's clock.
    System,
    /// It was this time at that moment, and goes on.
    Running {
        time: SystemTime,
        since: Instant,
        /// What the system's clock said then.
        #[cfg_attr(
            not(feature = "server"),
            expect(dead_code, reason = "nothing outlives the process")
        )]
        system: SystemTime,
    },
    Stopped(SystemTime),
}

impl Clock {
    /// The system's clock, until it is set.
    pub(crate) fn system() -> Self {
        Self {
            reading: Mutex::new(Reading::System),
            runtime: None,
            wake: Notify::new(),
            #[cfg(feature = "server")]
            changes: AtomicU64::default(),
        }
    }

    /// The clock of a tokio runtime, which tests can pause. It starts with the system's time.
    pub(crate) fn of(runtime: Handle) -> Self {
        let clock = Self {
            reading: Mutex::new(Reading::System),
            runtime: Some(runtime),
            wake: Notify::new(),
            #[cfg(feature = "server")]
            changes: AtomicU64::default(),
        };
        let system = SystemTime::now();
        let running = clock.running(system, system);
        *lock(&clock.reading) = running;
        clock
    }

    /// The time.
    pub fn now(&self) -> SystemTime {
        match *lock(&self.reading) {
            Reading::System => SystemTime::now(),
            Reading::Running { time, since, .. } => {
                let elapsed = self.instant().saturating_duration_since(since);
                time.checked_add(elapsed).unwrap_or(time)
            }
            Reading::Stopped(time) => time,
        }
    }

    /// Sets it. It goes on from there, unless it is stopped.
    pub fn set(&self, now: SystemTime) {
        let running = self.running(now, SystemTime::now());
        let mut reading = lock(&self.reading);
        *reading = match *reading {
            Reading::Stopped(_) => Reading::Stopped(now),
            _ => running,
        };
        drop(reading);
        self.changed();
    }

    /// Moves it on. What is due by then has happened when the next request is answered.
    pub fn advance(&self, by: Duration) {
        let now = self.now();
        self.set(now.checked_add(by).unwrap_or(now));
    }

    /// Stops it, until [`resume`](Self::resume). It can still be set and moved on.
    pub fn pause(&self) {
        let now = self.now();
        *lock(&self.reading) = Reading::Stopped(now);
        self.changed();
    }

    /// Has it go on from where it was stopped.
    pub fn resume(&self) {
        let since = self.instant();
        let mut reading = lock(&self.reading);
        if let Reading::Stopped(time) = *reading {
            *reading = Reading::Running {
                time,
                since,
                system: SystemTime::now(),
            };
        }
        drop(reading);
        self.changed();
    }

    /// Ends a [`wait`](Self::wait), or the next one if there is none.
    pub(crate) fn wake(&self) {
        self.wake.notify_one();
    }

    /// Waits until a time, if there is one, or until it is [woken](Self::wake).
    pub(crate) async fn wait(&self, until: Option<SystemTime>) {
        let woken = self.wake.notified();
        let is_stopped = matches!(*lock(&self.reading), Reading::Stopped(_));
        match until.filter(|_| !is_stopped) {
            Some(until) => {
                let rest = until.duration_since(self.now()).unwrap_or_default();
                let _ = tokio::time::timeout(rest, woken).await;
            }
            // Without a timer, which a paused runtime would move on to.
            None => woken.await,
        }
    }

    /// Whether it is stopped.
    #[cfg(feature = "server")]
    pub(crate) fn is_paused(&self) -> bool {
        matches!(*lock(&self.reading), Reading::Stopped(_))
    }

    /// What of it outlives the process.
    #[cfg(feature = "server")]
    pub(crate) fn setting(&self) -> Setting {
        match *lock(&self.reading) {
            Reading::System => Setting::Ahead(0),
            Reading::Running { time, system, .. } => Setting::Ahead(millis(time, system)),
            Reading::Stopped(time) => Setting::Stopped(time),
        }
    }

    /// Has it go on as in an earlier process.
    #[cfg(feature = "server")]
    pub(crate) fn restore(&self, setting: Setting) {
        let system = SystemTime::now();
        let reading = match setting {
            Setting::Stopped(time) => Reading::Stopped(time),
            Setting::Ahead(millis) => {
                let by = Duration::from_millis(millis.unsigned_abs());
                let time = match millis {
                    ..0 => system.checked_sub(by),
                    _ => system.checked_add(by),
                };
                self.running(time.unwrap_or(system), system)
            }
        };
        *lock(&self.reading) = reading;
        self.changed();
    }

    /// How often it was set, stopped or resumed.
    #[cfg(feature = "server")]
    pub(crate) fn changes(&self) -> u64 {
        self.changes.load(Ordering::Relaxed)
    }

    fn changed(&self) {
        #[cfg(feature = "server")]
        self.changes.fetch_add(1, Ordering::Relaxed);
        self.wake();
    }

    fn running(&self, time: SystemTime, system: SystemTime) -> Reading {
        let since = self.instant();
        Reading::Running {
            time,
            since,
            system,
        }
    }

    /// Tokio's time, which belongs to a runtime.
    fn instant(&self) -> Instant {
        let _entered = self.runtime.as_ref().map(Handle::enter);
        Instant::now()
    }
}

/// How many milliseconds a time is after another one.
#[cfg(feature = "server")]
fn millis(time: SystemTime, other: SystemTime) -> i64 {
    let number = |by: Duration| i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
    match time.duration_since(other) {
        Ok(after) => number(after),
        Err(before) => -number(before.duration()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Duration = Duration::from_secs(86_400);

    #[test]
    fn goes_on_from_where_it_was_set() {
        let clock = Clock::system();
        clock.set(SystemTime::UNIX_EPOCH + DAY);
        let now = clock.now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
        assert!(now >= DAY && now < 2 * DAY, "{now:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn follows_the_paused_clock_of_its_runtime() {
        let clock = std::sync::Arc::new(Clock::of(Handle::current()));
        let start = clock.now();
        tokio::time::advance(DAY).await;
        assert_eq!(clock.now(), start + DAY);
        let elsewhere = clock.clone();
        let seen = std::thread::spawn(move || elsewhere.now()).join().unwrap();
        assert_eq!(seen, start + DAY);
    }

    #[cfg(feature = "server")]
    #[tokio::test]
    async fn goes_on_in_another_process() {
        let hour = 3_600_000;
        for setting in [
            Setting::Ahead(0),
            Setting::Ahead(hour),
            Setting::Ahead(-hour),
            Setting::Stopped(SystemTime::UNIX_EPOCH + DAY),
        ] {
            let clock = Clock::of(Handle::current());
            assert_eq!(clock.setting(), Setting::Ahead(0));
            clock.restore(setting);
            assert_eq!(clock.setting(), setting);
            assert_eq!(clock.changes(), 1);
        }
        let clock = Clock::of(Handle::current());
        clock.restore(Setting::Ahead(hour));
        let ahead = millis(clock.now(), SystemTime::now());
        assert!((hour - 60_000..=hour).contains(&ahead), "{ahead}");
        clock.restore(Setting::Ahead(i64::MAX));
        clock.now();
    }

    #[tokio::test(start_paused = true)]
    async fn can_be_stopped_and_moved() {
        let clock = Clock::of(Handle::current());
        let start = clock.now();
        clock.pause();
        tokio::time::advance(DAY).await;
        assert_eq!(clock.now(), start);
        clock.advance(DAY);
        assert_eq!(clock.now(), start + DAY);
        clock.resume();
        tokio::time::advance(DAY).await;
        assert_eq!(clock.now(), start + 2 * DAY);
    }
}
