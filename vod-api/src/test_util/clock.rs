//! The time of day of the service.

use std::sync::Mutex;
use std::time::{Instant, SystemTime};

use super::lock;
use crate::sign::date;

/// The system's clock, until it is set.
#[derive(Debug, Default)]
pub(super) struct Clock(Mutex<Option<(SystemTime, Instant)>>);

impl Clock {
    pub(super) fn set(&self, now: SystemTime) {
        *lock(&self.0) = Some((now, Instant::now()));
    }

    pub(super) fn now(&self) -> SystemTime {
        let system = SystemTime::now();
        lock(&self.0).map_or(system, |(time, since)| {
            time.checked_add(since.elapsed()).unwrap_or(time)
        })
    }
}

/// The form of the `Date` header, as `Thu, 01 Jan 1970 00:00:00 GMT`.
pub(super) fn http_date(at: SystemTime) -> String {
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let days = at
        .duration_since(SystemTime::UNIX_EPOCH)
        .map_or(0, |since| since.as_secs() / 86_400);
    let weekday = DAYS.iter().cycle().nth((days % 7) as usize);
    // YYYYMMDDTHHMMSSZ
    let text = date::format(at);
    let part = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default();
    let month = part(4..6).parse::<usize>().ok();
    let month = month.and_then(|month| MONTHS.get(month.checked_sub(1)?));
    format!(
        "{}, {} {} {} {}:{}:{} GMT",
        weekday.unwrap_or(&""),
        part(6..8),
        month.unwrap_or(&""),
        part(0..4),
        part(9..11),
        part(11..13),
        part(13..15)
    )
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn writes_dates() {
        for (seconds, text) in [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (1_709_210_096, "Thu, 29 Feb 2024 12:34:56 GMT"),
        ] {
            let at = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
            assert_eq!(http_date(at), text);
        }
    }

    #[test]
    fn goes_on_from_where_it_was_set() {
        let clock = Clock::default();
        let day = Duration::from_secs(86_400);
        clock.set(SystemTime::UNIX_EPOCH + day);
        let now = clock.now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
        assert!(now >= day && now < 2 * day, "{now:?}");
    }
}
