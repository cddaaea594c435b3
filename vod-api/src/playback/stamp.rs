//! The time that a signed URL contains.

use std::time::{Duration, SystemTime};

use crate::time::{Compact, Time, Utc, Utc8};

/// 2002-01-01 and 2286-01-01. Between them, seconds since 1970 have ten digits. Algorithm E does not
/// separate the time from what follows, so a reader has to know where it ends.
const FIRST: u64 = 1_009_843_200;
const END: u64 = 9_972_028_800;

/// The last second of the year 9999.
const LAST: Duration = Duration::from_secs(253_402_300_799);

/// A time that a URL can contain, in seconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp(u64);

impl Stamp {
    pub(super) fn new(at: SystemTime) -> Option<Self> {
        let since = at.duration_since(SystemTime::UNIX_EPOCH).ok()?;
        Self::from_seconds(since.as_secs())
    }

    fn from_seconds(seconds: u64) -> Option<Self> {
        (FIRST..END).contains(&seconds).then_some(Self(seconds))
    }

    pub(super) fn time(self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(self.0)
    }

    /// When a URL ends that is valid for some time; in the year 9999 at the latest.
    pub(super) fn end(self, valid_for: Duration) -> SystemTime {
        let end = Duration::from_secs(self.0).saturating_add(valid_for);
        SystemTime::UNIX_EPOCH + end.min(LAST)
    }

    /// The first second of the minute.
    pub(super) fn minute(self) -> Self {
        // Both limits are whole minutes.
        Self(self.0 - self.0 % 60)
    }

    pub(super) fn decimal(self) -> String {
        self.0.to_string()
    }

    pub(super) fn from_decimal(text: &str) -> Option<Self> {
        let digits = is_digits(text, 10).then_some(text)?;
        Self::from_seconds(digits.parse().ok()?)
    }

    pub(super) fn hexadecimal(self) -> String {
        format!("{:X}", self.0)
    }

    pub(super) fn from_hexadecimal(text: &str) -> Option<Self> {
        let stamp = Self::from_seconds(u64::from_str_radix(text, 16).ok()?)?;
        (stamp.hexadecimal() == text).then_some(stamp)
    }

    /// `yyyymmddhhmm`, in UTC+8.
    pub(super) fn minutes_text(self) -> String {
        let mut text = Time::<Compact, Utc8>::from(self.time()).as_str().to_owned();
        text.truncate(12);
        text
    }

    pub(super) fn from_minutes_text(text: &str) -> Option<Self> {
        let digits = is_digits(text, 12).then_some(text)?;
        let time = Time::<Compact, Utc8>::from(format!("{digits}00"));
        Self::new(time.to_system_time()?)
    }

    /// `yyyymmddhhmmss`, in UTC.
    pub(super) fn seconds_text(self) -> String {
        Time::<Compact, Utc>::from(self.time()).as_str().to_owned()
    }

    pub(super) fn from_seconds_text(text: &str) -> Option<Self> {
        let digits = is_digits(text, 14).then_some(text)?;
        Self::new(Time::<Compact, Utc>::from(digits).to_system_time()?)
    }
}

pub(super) fn is_digits(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())
}
