//! Reads text in any of the known forms.

use super::UtcOffset;
use super::calendar::{DAY, Date, days};

/// Seconds since 1970, in UTC, and nanoseconds. A text without an offset is in `zone`.
pub(super) fn read(text: &str, zone: UtcOffset) -> Option<(i64, u32)> {
    let (date, rest) = split_date(text)?;
    let (clock, offset) = match rest.find(['Z', 'z', '+', '-']) {
        Some(at) => {
            let (clock, offset) = rest.split_at_checked(at)?;
            (clock, offset_seconds(offset)?)
        }
        None => (rest, zone.seconds().into()),
    };
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, ""));
    let clock = seconds_of_day(clock)?;
    let nanos = nanos(fraction)?;
    let utc = days(date)? * DAY + clock.seconds - offset;
    // Leap seconds are inserted before midnight UTC. They are read as the second after.
    let exists = !clock.leap || utc.rem_euclid(DAY) == 0;
    exists.then_some((utc, nanos))
}

/// The same for seconds since 1970. Fractions count upwards, so those before 1970 have none here.
pub(super) fn read_seconds(text: &str) -> Option<(i64, u32)> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let seconds: i64 = whole.parse().ok()?;
    let nanos = nanos(fraction)?;
    (seconds >= 0 || fraction.is_empty()).then_some((seconds, nanos))
}

/// Splits off the date, and the separator between it and the time of day.
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

struct Clock {
    seconds: i64,
    /// Whether it is the 61st second of a minute.
    leap: bool,
}

/// `hh:mm:ss`, `hhmmss`, or nothing for midnight.
fn seconds_of_day(clock: &str) -> Option<Clock> {
    if clock.is_empty() {
        return Some(Clock {
            seconds: 0,
            leap: false,
        });
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
    (hour < 24 && minute < 60 && second <= 60).then_some(Clock {
        seconds: hour * 3600 + minute * 60 + second,
        leap: second == 60,
    })
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
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

/// A number of exactly so many digits.
fn number(text: &str, digits: usize) -> Option<i64> {
    let fits = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| text.parse().ok()).flatten()
}
