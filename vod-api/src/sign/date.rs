//! `YYYYMMDDTHHMMSSZ`, in UTC.

use std::time::{Duration, SystemTime};

const DAY: u64 = 86_400;

/// The last second of the year 9999: the format has no room for more.
const LAST: u64 = 253_402_300_799;

/// Writes a time, cut to seconds. What lies outside 1970 to 9999 is moved to the nearer end.
pub(crate) fn format(at: SystemTime) -> String {
    let seconds = at
        .duration_since(SystemTime::UNIX_EPOCH)
        .map_or(0, |since| since.as_secs().min(LAST));
    let (year, month, day) = civil(seconds / DAY);
    let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    format!("{year:04}{month:02}{day:02}T{hour:02}{minute:02}{second:02}Z")
}

/// Reads a time from 1970 on; `None` if it is not in this form or there is no such date.
pub fn parse(text: &str) -> Option<SystemTime> {
    let digits = text.strip_suffix('Z')?;
    let (date, time) = digits.split_once('T')?;
    if date.len() != 8
        || time.len() != 6
        || !date
            .bytes()
            .chain(time.bytes())
            .all(|byte| byte.is_ascii_digit())
    {
        return None;
    }
    let (date, time): (u64, u64) = (date.parse().ok()?, time.parse().ok()?);
    let (year, month, day) = (date / 10_000, date / 100 % 100, date % 100);
    let (hour, minute, second) = (time / 10_000, time / 100 % 100, time % 100);
    let days = days(year, month, day)?;
    // A day or month that does not exist comes back as another one.
    if civil(days) != (year, month, day) || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(
        days * DAY + hour * 3600 + minute * 60 + second,
    ))
}

// Both count years from March, so that the leap day is a year's last; 400 years have the same number of days always.
const ERA: u64 = 146_097;
/// Days from 0000-03-01 to 1970-01-01.
const EPOCH: u64 = 719_468;

/// Year, month and day of a day since 1970.
fn civil(days: u64) -> (u64, u64, u64) {
    let days = days + EPOCH;
    let (era, day) = (days / ERA, days % ERA);
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (month, turn) = if month < 10 {
        (month + 3, 0)
    } else {
        (month - 9, 1)
    };
    (era * 400 + year + turn, month, day)
}

/// The inverse; `None` before 1970. Numbers that are no date give some day.
fn days(year: u64, month: u64, day: u64) -> Option<u64> {
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year.checked_sub(1)?, month + 9)
    };
    let (era, year) = (year / 400, year % 400);
    let days = 365 * year + year / 4 - year / 100 + (153 * month + 2) / 5 + day;
    (era * ERA + days).checked_sub(EPOCH + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
    }

    #[test]
    fn writes_and_reads() {
        for (seconds, text) in [
            (0, "19700101T000000Z"),
            (951_782_399, "20000228T235959Z"),
            (951_782_400, "20000229T000000Z"),
            (951_868_800, "20000301T000000Z"),
            (1_709_164_800, "20240229T000000Z"),
            (1_767_323_045, "20260102T030405Z"),
            (4_107_542_400, "21000301T000000Z"),
            (LAST, "99991231T235959Z"),
        ] {
            assert_eq!(format(at(seconds)), text);
            assert_eq!(parse(text), Some(at(seconds)), "{text}");
        }
    }

    #[test]
    fn every_day_comes_back() {
        // The calendar repeats after 400 years.
        let mut seconds = 0;
        while seconds < (ERA + 1000) * DAY {
            assert_eq!(parse(&format(at(seconds))), Some(at(seconds)));
            seconds += DAY;
        }
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in [
            "",
            "20260102",
            "20260102T030405",
            "2026-01-02T03:04:05Z",
            "20260102T030405z",
            "20260230T000000Z",
            "20230229T000000Z",
            "21000229T000000Z",
            "20260002T000000Z",
            "20261302T000000Z",
            "20260100T000000Z",
            "20260102T240000Z",
            "20260102T006000Z",
            "20260102T000060Z",
            "19691231T235959Z",
            "00000101T000000Z",
            "+2260102T030405Z",
            "2026010２T030405Z",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn stays_in_range() {
        assert_eq!(
            format(SystemTime::UNIX_EPOCH - Duration::from_secs(1)),
            "19700101T000000Z"
        );
        assert_eq!(format(at(LAST + 1)), "99991231T235959Z");
    }
}
