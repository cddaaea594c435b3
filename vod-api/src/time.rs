//! The times of the service, which come as text in several forms.

use std::time::{Duration, SystemTime};

const DAY: u64 = 86_400;

/// The last second of the year 9999: no form has room for more.
const LAST: u64 = 253_402_300_799;

/// Reads a time as the service writes it.
///
/// It is in UTC unless it says otherwise. `None` if it has none of these forms, or if there is no such time from 1970
/// on:
///
/// | form | example |
/// |---|---|
/// | `yyyymmddhhmmss`, the most common | `20260320081500` |
/// | RFC 3339 | `2026-03-20T08:15:00Z`, `2026-03-20T16:15:00.250+08:00` |
/// | `yyyymmddThhmmssZ`, as in signatures | `20260320T081500Z` |
/// | with a space | `2026-03-20 08:15:00` |
/// | the day alone: its first second | `20260320`, `2026-03-20` |
///
/// ```
/// use std::time::{Duration, SystemTime};
///
/// let time = vod_api::parse_time("20260320081500");
/// assert_eq!(time, Some(SystemTime::UNIX_EPOCH + Duration::from_secs(1_773_994_500)));
/// assert_eq!(time, vod_api::parse_time("2026-03-20T16:15:00+08:00"));
/// ```
pub fn parse_time(text: &str) -> Option<SystemTime> {
    let text = text.trim();
    let (date, rest) = split_date(text)?;
    let (clock, offset) = match rest.find(['Z', 'z', '+', '-']) {
        Some(at) => rest.split_at_checked(at)?,
        None => (rest, "Z"),
    };
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, ""));
    let seconds = seconds_of_day(clock)?;
    let nanos = nanos(fraction)?;
    let offset = offset_seconds(offset)?;
    let days = days(date)?;
    let local = i64::try_from(days * DAY + seconds).ok()?;
    let utc = u64::try_from(local.checked_sub(offset)?).ok()?;
    SystemTime::UNIX_EPOCH.checked_add(Duration::new(utc, nanos))
}

/// Writes a time as most operations take it, `yyyymmddhhmmss` in UTC, cut to seconds. What lies outside of 1970 to 9999 is
/// moved to the nearer end.
///
/// ```no_run
/// use std::time::{Duration, SystemTime};
///
/// # async fn example(client: &vod_api::Client) -> Result<(), vod_api::Error> {
/// let week = Duration::from_secs(7 * 24 * 60 * 60);
/// let start = vod_api::format_time(SystemTime::now() - week);
/// let mut assets = client.list_asset_list().start_time(start).items();
/// # Ok(())
/// # }
/// ```
pub fn format_time(at: SystemTime) -> String {
    let [year, month, day, hour, minute, second] = fields(at);
    format!("{year:04}{month:02}{day:02}{hour:02}{minute:02}{second:02}")
}

/// Writes a time as some operations take it, in the format of RFC 3339: `2026-03-20T08:15:00Z`. Otherwise as
/// [`format_time`].
pub fn format_rfc3339(at: SystemTime) -> String {
    let [year, month, day, hour, minute, second] = fields(at);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// Writes a time as signatures have it, `yyyymmddThhmmssZ`. Otherwise as [`format_time`].
pub(crate) fn format_compact(at: SystemTime) -> String {
    let [year, month, day, hour, minute, second] = fields(at);
    format!("{year:04}{month:02}{day:02}T{hour:02}{minute:02}{second:02}Z")
}

/// Year, month, day, hour, minute and second.
fn fields(at: SystemTime) -> [u64; 6] {
    let seconds = at
        .duration_since(SystemTime::UNIX_EPOCH)
        .map_or(0, |since| since.as_secs().min(LAST));
    let (year, month, day) = civil(seconds / DAY);
    let clock = [seconds / 3600 % 24, seconds / 60 % 60, seconds % 60];
    [year, month, day, clock[0], clock[1], clock[2]]
}

type Date = (u64, u64, u64);

/// Takes the date off the front, and what stands between it and the time of day.
fn split_date(text: &str) -> Option<(Date, &str)> {
    let (digits, rest) = if text.get(4..5) == Some("-") {
        let (date, rest) = text.split_at_checked(10)?;
        let mut parts = date.split('-');
        let digits = [parts.next()?, parts.next()?, parts.next()?];
        (digits, rest)
    } else {
        let (date, rest) = text.split_at_checked(8)?;
        ([date.get(..4)?, date.get(4..6)?, date.get(6..)?], rest)
    };
    let [year, month, day] = digits;
    let date = (number(year, 4)?, number(month, 2)?, number(day, 2)?);
    let rest = rest.strip_prefix(['T', 't', ' ']).unwrap_or(rest);
    Some((date, rest))
}

/// `hh:mm:ss`, `hhmmss`, or nothing for midnight.
fn seconds_of_day(clock: &str) -> Option<u64> {
    if clock.is_empty() {
        return Some(0);
    }
    let parts = if clock.contains(':') {
        let mut parts = clock.split(':');
        let all = [parts.next()?, parts.next()?, parts.next()?];
        parts.next().is_none().then_some(all)?
    } else {
        [clock.get(..2)?, clock.get(2..4)?, clock.get(4..)?]
    };
    let [hour, minute, second] = parts;
    let (hour, minute, second) = (number(hour, 2)?, number(minute, 2)?, number(second, 2)?);
    (hour < 24 && minute < 60 && second < 60).then_some(hour * 3600 + minute * 60 + second)
}

fn nanos(fraction: &str) -> Option<u32> {
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let digits = fraction.bytes().chain(std::iter::repeat(b'0')).take(9);
    Some(digits.fold(0, |nanos, digit| nanos * 10 + u32::from(digit - b'0')))
}

/// `Z`, or how far local time is ahead of UTC.
fn offset_seconds(offset: &str) -> Option<i64> {
    if offset.eq_ignore_ascii_case("Z") {
        return Some(0);
    }
    let (sign, rest) = match offset.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let digits = rest.replacen(':', "", 1);
    let (hours, minutes) = digits.split_at_checked(2)?;
    let (hours, minutes) = (number(hours, 2)?, number(minutes, 2)?);
    let seconds = i64::try_from(hours * 3600 + minutes * 60).ok()?;
    (hours < 24 && minutes < 60).then_some(sign * seconds)
}

/// A number of exactly so many digits.
fn number(text: &str, digits: usize) -> Option<u64> {
    let fits = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| text.parse().ok()).flatten()
}

// Both count years from March, so that the leap day is a year's last; 400 years have the same number of days always.
const ERA: u64 = 146_097;
/// Days from 0000-03-01 to 1970-01-01.
const EPOCH: u64 = 719_468;

/// Year, month and day of a day since 1970.
fn civil(days: u64) -> Date {
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

/// The inverse; `None` before 1970 and for days that do not exist.
fn days(date: Date) -> Option<u64> {
    let (year, month, day) = date;
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year.checked_sub(1)?, month + 9)
    };
    let (era, year) = (year / 400, year % 400);
    let days = 365 * year + year / 4 - year / 100 + (153 * month + 2) / 5 + day;
    let days = (era * ERA + days).checked_sub(EPOCH + 1)?;
    // A day or month that does not exist comes back as another one.
    (civil(days) == date).then_some(days)
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
            let time = at(seconds);
            assert_eq!(format_compact(time), text);
            for text in [text, &format_time(time), &format_rfc3339(time)] {
                assert_eq!(parse_time(text), Some(time), "{text}");
            }
        }
    }

    #[test]
    fn writes_what_operations_take() {
        assert_eq!(format_time(at(1_767_323_045)), "20260102030405");
        assert_eq!(format_rfc3339(at(1_767_323_045)), "2026-01-02T03:04:05Z");
    }

    #[test]
    fn every_form_is_read() {
        for text in [
            "20260102030405",
            "2026-01-02T03:04:05Z",
            "2026-01-02t03:04:05z",
            "2026-01-02T11:04:05+08:00",
            "2026-01-01T21:34:05-0530",
            "2026-01-02 03:04:05",
            " 20260102T030405Z ",
        ] {
            assert_eq!(parse_time(text), Some(at(1_767_323_045)), "{text}");
        }
        for text in ["20260102", "2026-01-02"] {
            assert_eq!(parse_time(text), Some(at(1_767_312_000)), "{text}");
        }
        let fraction = parse_time("2026-01-02T03:04:05.000250Z").unwrap();
        assert_eq!(fraction, at(1_767_323_045) + Duration::from_micros(250));
    }

    #[test]
    fn every_day_comes_back() {
        // The calendar repeats after 400 years.
        let mut seconds = 0;
        while seconds < (ERA + 1000) * DAY {
            assert_eq!(parse_time(&format_compact(at(seconds))), Some(at(seconds)));
            seconds += DAY;
        }
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in [
            "",
            "now",
            "2026",
            "202601",
            "2026010203",
            "202601020304",
            "20260230000000",
            "20230229000000",
            "21000229000000",
            "20260002000000",
            "20261302000000",
            "20260100000000",
            "20260102240000",
            "20260102006000",
            "20260102000060",
            "19691231235959",
            "1970-01-01T00:00:00+00:01",
            "00000101000000",
            "2026-1-02T03:04:05Z",
            "2026-01-02T03:04Z",
            "2026-01-02T03:04:05:06Z",
            "2026-01-02T03:04:05.x",
            "2026-01-02T03:04:05+8",
            "2026-01-02T03:04:05+24:00",
            "+2260102T030405Z",
            "2026010２T030405Z",
            "1767323045000",
        ] {
            assert_eq!(parse_time(text), None, "{text}");
        }
    }

    #[test]
    fn stays_in_range() {
        assert_eq!(
            format_compact(SystemTime::UNIX_EPOCH - Duration::from_secs(1)),
            "19700101T000000Z"
        );
        assert_eq!(format_compact(at(LAST + 1)), "99991231T235959Z");
    }
}
