//! Zones of times that are written without an offset.

use std::fmt;

/// How far local time is ahead of UTC.
///
/// ```
/// use vod_api::time::UtcOffset;
///
/// const INDIA: Option<UtcOffset> = UtcOffset::from_seconds(5 * 3600 + 30 * 60);
/// assert_eq!(UtcOffset::from_hours(8), Some(UtcOffset::CHINA));
/// assert_eq!(UtcOffset::from_hours(24), None);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct UtcOffset(i32);

impl UtcOffset {
    /// UTC itself: an offset of 0.
    pub const UTC: Self = Self(0);

    /// China Standard Time, 8 hours ahead.
    pub const CHINA: Self = Self(8 * 3600);

    /// An offset in seconds, negative if behind UTC. `None` for a day or more.
    pub const fn from_seconds(ahead: i32) -> Option<Self> {
        if ahead.unsigned_abs() < 24 * 3600 {
            Some(Self(ahead))
        } else {
            None
        }
    }

    /// An offset in hours, negative if behind UTC. `None` for a day or more.
    pub const fn from_hours(ahead: i8) -> Option<Self> {
        Self::from_seconds(ahead as i32 * 3600)
    }

    /// The offset in seconds.
    pub const fn seconds(self) -> i32 {
        self.0
    }
}

/// As `UtcOffset(+08:00)`.
impl fmt::Debug for UtcOffset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { '-' } else { '+' };
        let ahead = self.0.unsigned_abs();
        let (hours, minutes, seconds) = (ahead / 3600, ahead / 60 % 60, ahead % 60);
        write!(f, "UtcOffset({sign}{hours:02}:{minutes:02}")?;
        if seconds != 0 {
            write!(f, ":{seconds:02}")?;
        }
        f.write_str(")")
    }
}

/// The zone of a [`Time`](super::Time): [`Utc`], [`Utc8`] or [`Unstated`].
pub trait Zone: sealed::Zone + 'static {}

/// A zone that the docs name: [`Utc`] or [`Utc8`]. Times in it can be converted from and to
/// `SystemTime`.
#[diagnostic::on_unimplemented(
    message = "the docs do not name the zone of this time",
    label = "a zone must be given",
    note = "use `Time::from_system_time_at(at, offset)` to make such a time, and `to_system_time_at(offset)` to read one"
)]
pub trait KnownZone: Zone {
    /// How far the zone is ahead of UTC.
    const OFFSET: UtcOffset;
}

/// UTC.
#[derive(Debug)]
pub enum Utc {}

/// China Standard Time: UTC+8, all year.
#[derive(Debug)]
pub enum Utc8 {}

/// The docs name no zone.
#[derive(Debug)]
pub enum Unstated {}

impl Zone for Utc {}
impl Zone for Utc8 {}
impl Zone for Unstated {}

impl KnownZone for Utc {
    const OFFSET: UtcOffset = UtcOffset::UTC;
}

impl KnownZone for Utc8 {
    const OFFSET: UtcOffset = UtcOffset::CHINA;
}

mod sealed {
    pub trait Zone {}
    impl Zone for super::Utc {}
    impl Zone for super::Utc8 {}
    impl Zone for super::Unstated {}
}
