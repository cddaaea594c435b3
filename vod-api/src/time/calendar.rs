//! Days and seconds since 1970, and the dates that they fall on.

use std::time::{Duration, SystemTime};

pub(super) const DAY: i64 = 86_400;

/// 0001-01-01T00:00:00Z.
const FIRST: i64 = -62_135_596_800;

/// The last second of the year 9999, the last that the forms can represent.
pub(super) const LAST: i64 = 253_402_300_799;

/// Year, month and day.
pub(super) type Date = (i64, i64, i64);

/// Seconds since 1970, cut to whole ones.
pub(super) fn unix_seconds(at: SystemTime) -> i64 {
    match at.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_secs()).unwrap_or(i64::MAX),
        Err(error) => {
            let before = error.duration();
            let started = u64::from(before.subsec_nanos() > 0);
            i64::try_from(before.as_secs()).map_or(i64::MIN, |whole| {
                whole.saturating_neg().saturating_sub_unsigned(started)
            })
        }
    }
}

/// The inverse; `None` for times that `SystemTime` cannot represent.
pub(super) fn system_time(seconds: i64, nanos: u32) -> Option<SystemTime> {
    let whole = Duration::from_secs(seconds.unsigned_abs());
    let start = if seconds.is_negative() {
        SystemTime::UNIX_EPOCH.checked_sub(whole)
    } else {
        SystemTime::UNIX_EPOCH.checked_add(whole)
    };
    start?.checked_add(Duration::from_nanos(nanos.into()))
}

/// Year, month, day, hour, minute and second. Times outside of the years 1 to 9999 are moved to the
/// nearer end.
pub(super) fn fields(seconds: i64) -> [i64; 6] {
    let seconds = seconds.clamp(FIRST, LAST);
    let (year, month, day) = civil(seconds.div_euclid(DAY));
    let clock = seconds.rem_euclid(DAY);
    [year, month, day, clock / 3600, clock / 60 % 60, clock % 60]
}

// Both count years from March, so that the leap day is the last day of a year; every 400 years have
// the same number of days.
pub(super) const ERA: i64 = 146_097;
/// Days from 0000-03-01 to 1970-01-01.
const EPOCH: i64 = 719_468;

/// Year, month and day of a day since 1970, from the year 1 on.
fn civil(days: i64) -> Date {
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

/// The inverse; `None` before the year 1 and for days that do not exist.
pub(super) fn days(date: Date) -> Option<i64> {
    let (year, month, day) = date;
    if year < 1 {
        return None;
    }
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let (era, year) = (year / 400, year % 400);
    let days = 365 * year + year / 4 - year / 100 + (153 * month + 2) / 5 + day;
    let days = era * ERA + days - (EPOCH + 1);
    // A day or month that does not exist comes back as another one.
    (civil(days) == date).then_some(days)
}
