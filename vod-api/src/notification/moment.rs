//! When a notification was sent.

use std::time::{Duration, SystemTime};

use crate::parse_time;

/// Reads a time in any form that could be meant: the docs do not name one. Ten digits are seconds
/// since 1970, thirteen milliseconds.
pub(super) fn read(text: &str) -> Option<SystemTime> {
    let number = || {
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse().ok()).flatten()
    };
    let since = match text.len() {
        10 => Duration::from_secs(number()?),
        13 => Duration::from_millis(number()?),
        _ => return parse_time(text),
    };
    Some(SystemTime::UNIX_EPOCH + since)
}

/// Whether a time is at most so far from now, before or after it.
pub(super) fn is_near(sent_at: SystemTime, now: SystemTime, max_age: Duration) -> bool {
    let distance = now.duration_since(sent_at);
    distance.unwrap_or_else(|error| error.duration()) <= max_age
}
