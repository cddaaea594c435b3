//! The columns that a command shows.

use std::time::{Duration, SystemTime};

use serde_json::Value;
use vod_api::parse_time;

use crate::output::cells;

/// A column: in tables for people, and in tab-separated values for programs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column {
    /// Its heading in a table.
    pub(crate) title: &'static str,
    /// The member that it shows, with dots between the names; its heading elsewhere.
    pub(crate) path: &'static str,
    /// How a table shows it. Programs get the value as it came.
    pub(crate) show: Show,
}

/// How a table shows values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Show {
    /// As it is.
    Text,
    /// A number of bytes, as `12.9 MB`.
    Bytes,
    /// A number of seconds, as `2:11`.
    Seconds,
    /// A time, as how long ago it was.
    Time,
}

impl Column {
    pub(crate) const fn new(title: &'static str, path: &'static str, show: Show) -> Self {
        Self { title, path, show }
    }

    /// A column that shows text as it is.
    pub(crate) const fn text(title: &'static str, path: &'static str) -> Self {
        Self::new(title, path, Show::Text)
    }

    /// Whether somebody means this column by a name.
    pub(super) fn is_called(&self, name: &str) -> bool {
        self.path == name || self.title.eq_ignore_ascii_case(name)
    }
}

impl Show {
    /// The text of a value in a table.
    pub(super) fn text(self, row: &Value, path: &str, now: SystemTime) -> String {
        let value = cells::at(row, path);
        let number = value.and_then(Value::as_u64);
        let shown = match self {
            Self::Text => None,
            Self::Bytes => number.map(bytes),
            Self::Seconds => number.map(seconds),
            Self::Time => {
                let at = value.and_then(Value::as_str).and_then(parse_time);
                at.map(|at| ago(at, now))
            }
        };
        shown.unwrap_or_else(|| cells::visible(&cells::cell(row, path)))
    }
}

/// A number of bytes with a unit of a thousand, as `12.9 MB`.
pub(crate) fn bytes(bytes: u64) -> String {
    const UNITS: [&str; 6] = ["kB", "MB", "GB", "TB", "PB", "EB"];
    if bytes < 1000 {
        return format!("{bytes} B");
    }
    let mut tenths = bytes / 100;
    for unit in UNITS {
        if tenths < 10_000 {
            return format!("{}.{} {unit}", tenths / 10, tenths % 10);
        }
        tenths /= 1000;
    }
    format!("{tenths} ZB")
}

/// A number of seconds as `2:11`, or `1:02:11` with hours.
pub(crate) fn seconds(seconds: u64) -> String {
    let (minutes, seconds) = (seconds / 60, seconds % 60);
    match minutes / 60 {
        0 => format!("{minutes}:{seconds:02}"),
        hours => format!("{hours}:{:02}:{seconds:02}", minutes % 60),
    }
}

/// How long ago a time was.
fn ago(at: SystemTime, now: SystemTime) -> String {
    let (period, tense) = match now.duration_since(at) {
        Ok(period) => (period, "ago"),
        Err(error) => (error.duration(), "from now"),
    };
    const UNITS: [(&str, Duration); 5] = [
        ("year", days(365)),
        ("month", days(30)),
        ("day", days(1)),
        ("hour", Duration::from_secs(60 * 60)),
        ("minute", Duration::from_secs(60)),
    ];
    for (unit, length) in UNITS {
        match period.as_secs() / length.as_secs() {
            0 => {}
            1 => return format!("1 {unit} {tense}"),
            many => return format!("{many} {unit}s {tense}"),
        }
    }
    "just now".to_owned()
}

const fn days(days: u64) -> Duration {
    Duration::from_secs(days * 24 * 60 * 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units() {
        for (number, expected) in [
            (0, "0 B"),
            (999, "999 B"),
            (1000, "1.0 kB"),
            (12_881_945, "12.8 MB"),
            (999_999, "999.9 kB"),
            (1_200_000_000, "1.2 GB"),
            (u64::MAX, "18.4 EB"),
        ] {
            assert_eq!(bytes(number), expected);
        }
    }

    #[test]
    fn lengths_are_those_of_players() {
        for (number, expected) in [(0, "0:00"), (131, "2:11"), (3731, "1:02:11")] {
            assert_eq!(seconds(number), expected);
        }
    }

    #[test]
    fn times_are_told_from_now() {
        let now = SystemTime::UNIX_EPOCH + days(10_000);
        for (seconds, expected) in [
            (0, "just now"),
            (59, "just now"),
            (60, "1 minute ago"),
            (7_300, "2 hours ago"),
            (86_400, "1 day ago"),
            (86_400 * 45, "1 month ago"),
            (86_400 * 800, "2 years ago"),
        ] {
            assert_eq!(ago(now - Duration::from_secs(seconds), now), expected);
        }
        assert_eq!(ago(now + days(2), now), "2 days from now");
    }
}
