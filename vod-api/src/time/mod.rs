//! The times of the service.
//!
//! The service writes times as text, in several forms. Each field of a request or a reply has one
//! form, which is part of its type: [`Time<F, Z>`](Time) is a time of the form `F`.
//!
//! | form | text | example |
//! |---|---|---|
//! | [`Compact`] | `yyyymmddhhmmss` | `20260320081500` |
//! | [`Midnight`] | `yyyymmdd000000`: a day | `20260320000000` |
//! | [`Day`] | `yyyymmdd`: a day | `20260320` |
//! | [`Spaced`] | `yyyy-mm-dd hh:mm:ss` | `2026-03-20 08:15:00` |
//! | [`Rfc3339`] | RFC 3339, with an offset | `2026-03-20T08:15:00Z`, `2026-03-20T16:15:00.250+08:00` |
//! | [`Seconds`] | seconds since 1970, a number in JSON | `1773994500` |
//!
//! Most forms do not contain the zone. `Z` is [`Utc`] or [`Utc8`] where the docs name the zone, and
//! [`Unstated`] where they do not. The zone matters for conversions from and to `SystemTime` only:
//! text is sent as it is.
//!
//! # Making a time
//!
//! The setters of requests take a `SystemTime`, or text:
//!
//! ```
//! use std::time::{Duration, SystemTime};
//! use vod_api::time::{Compact, Day, Time, Utc8};
//!
//! let at = SystemTime::UNIX_EPOCH + Duration::from_secs(1_773_994_500);
//! assert_eq!(Time::<Compact>::from(at).as_str(), "20260320081500");
//! assert_eq!(Time::<Compact, Utc8>::from(at).as_str(), "20260320161500");
//! assert_eq!(Time::<Compact>::from("20260320081500"), at.into());
//!
//! // Any text is accepted. If it does not have the form, sending the request fails;
//! // `parse` checks it immediately.
//! let error = "2026-03-20".parse::<Time<Day>>().unwrap_err();
//! assert_eq!(
//!     error.to_string(),
//!     r#""2026-03-20" is not in the form "yyyymmdd", as in "20260320""#
//! );
//! ```
//!
//! Where the docs name no zone, say which one is meant:
//!
//! ```
//! # use std::time::{Duration, SystemTime};
//! use vod_api::time::{Spaced, Time, Unstated, UtcOffset};
//!
//! # let at = SystemTime::UNIX_EPOCH + Duration::from_secs(1_773_994_500);
//! let time = Time::<Spaced, Unstated>::from_system_time_at(at, UtcOffset::CHINA);
//! assert_eq!(time.as_str(), "2026-03-20 16:15:00");
//! assert_eq!(time.to_system_time_at(UtcOffset::CHINA), Some(at));
//! ```
//!
//! ```compile_fail,E0277
//! # use std::time::SystemTime;
//! # use vod_api::time::{Compact, Time, Unstated};
//! let time: Time<Compact, Unstated> = SystemTime::now().into();
//! ```
//!
//! # Reading a time
//!
//! [`Time::as_str`] is the text as the service wrote it, and [`Time::to_system_time`] reads it:
//!
//! ```
//! use std::time::{Duration, SystemTime};
//! use vod_api::time::{Compact, Time};
//!
//! let time: Time<Compact> = "20260320081500".into();
//! let at = SystemTime::UNIX_EPOCH + Duration::from_secs(1_773_994_500);
//! assert_eq!(time.to_system_time(), Some(at));
//! ```

mod calendar;
pub(crate) mod chance;
pub(crate) mod clock;
mod format;
mod read;
#[cfg(test)]
mod tests;
mod value;
mod zone;

use std::time::SystemTime;

pub use format::{
    Compact, Day, Midnight, ParseTimeError, Rfc3339, Seconds, Spaced, TimeForm, TimeFormat,
};
pub use value::Time;
pub use zone::{KnownZone, Unstated, Utc, Utc8, UtcOffset, Zone};

use self::calendar::{LAST, fields, system_time, unix_seconds};

/// Reads a time as the service writes it.
///
/// It is in UTC unless it says otherwise. A leap second (`23:59:60Z`) is read as the second after
/// it. `None` if the text has none of these forms, or is not a time from 1970 to 9999:
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
    let (seconds, nanos) = read::read(text.trim(), UtcOffset::UTC)?;
    (0..=LAST)
        .contains(&seconds)
        .then(|| system_time(seconds, nanos))?
}

/// Writes a time as most operations take it, `yyyymmddhhmmss` in UTC, truncated to seconds. Times
/// outside of 1970 to 9999 are moved to the nearer end.
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
    let [year, month, day, hour, minute, second] = fields(since_1970(at));
    format!("{year:04}{month:02}{day:02}{hour:02}{minute:02}{second:02}")
}

/// Writes a time as some operations take it, in the format of RFC 3339: `2026-03-20T08:15:00Z`.
/// Otherwise as [`format_time`].
pub fn format_rfc3339(at: SystemTime) -> String {
    let [year, month, day, hour, minute, second] = fields(since_1970(at));
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// Writes a time as signatures have it, `yyyymmddThhmmssZ`. Otherwise as [`format_time`].
pub(crate) fn format_compact(at: SystemTime) -> String {
    let [year, month, day, hour, minute, second] = fields(since_1970(at));
    format!("{year:04}{month:02}{day:02}T{hour:02}{minute:02}{second:02}Z")
}

fn since_1970(at: SystemTime) -> i64 {
    unix_seconds(at).max(0)
}
