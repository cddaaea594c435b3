//! The CPU time of this process.

use crate::Error;

/// What is read.
#[cfg(unix)]
pub const TIME: &str = "user CPU";

/// Seconds that this process has used, with all of its threads.
#[derive(Debug, Clone, Copy)]
pub struct Time {
    /// Outside of the kernel.
    pub user: f64,
    /// With the kernel.
    pub all: f64,
}

/// How many there are so far.
#[cfg(unix)]
pub fn time() -> Result<Time, Error> {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeVal;

    let seconds = |time: TimeVal| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
    let usage = getrusage(UsageWho::RUSAGE_SELF)?;
    let user = seconds(usage.user_time());
    Ok(Time {
        user,
        all: user + seconds(usage.system_time()),
    })
}

/// Elsewhere it is an ordinary clock, which makes figures of no use and still shows that all works.
#[cfg(not(unix))]
pub const TIME: &str = "time";

/// Seconds that have passed.
#[cfg(not(unix))]
pub fn time() -> Result<Time, Error> {
    use std::sync::LazyLock;
    use std::time::Instant;

    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let user = START.elapsed().as_secs_f64();
    Ok(Time { user, all: user })
}
