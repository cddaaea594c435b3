//! How the service writes times.

use super::Basis;

/// How a field writes a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeFormat {
    /// The form of the text.
    pub form: TimeForm,
    /// The zone of the text. `None` if the docs name no zone, or if the text contains it.
    pub zone: Option<TimeZone>,
    /// What form and zone are based on.
    pub basis: Basis,
}

/// The form of a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TimeForm {
    /// `yyyymmddhhmmss`
    Compact,
    /// `yyyymmdd000000`: a day.
    Midnight,
    /// `yyyymmdd`: a day.
    Day,
    /// `yyyy-mm-dd hh:mm:ss`
    Spaced,
    /// RFC 3339; the text contains the zone.
    Rfc3339,
    /// Seconds since 1970, as a number.
    Seconds,
}

impl TimeForm {
    pub(crate) const ALL: &'static [Self] = &[
        Self::Compact,
        Self::Midnight,
        Self::Day,
        Self::Spaced,
        Self::Rfc3339,
        Self::Seconds,
    ];

    /// As the description writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Compact => "yyyymmddhhmmss",
            Self::Midnight => "yyyymmdd000000",
            Self::Day => "yyyymmdd",
            Self::Spaced => "yyyy-mm-dd hh:mm:ss",
            Self::Rfc3339 => "rfc3339",
            Self::Seconds => "seconds",
        }
    }

    /// Whether its text contains the zone, or needs none.
    pub fn has_zone(self) -> bool {
        matches!(self, Self::Rfc3339 | Self::Seconds)
    }

    /// Whether a text looks like this form. Whether there is such a time is not checked.
    pub(crate) fn fits(self, text: &str) -> bool {
        let shape: String = text
            .chars()
            .map(|c| if c.is_ascii_digit() { '0' } else { c })
            .collect();
        match self {
            Self::Compact => shape == "00000000000000",
            Self::Midnight => shape == "00000000000000" && text.ends_with("000000"),
            Self::Day => shape == "00000000",
            Self::Spaced => shape == "0000-00-00 00:00:00",
            Self::Rfc3339 => {
                let rest = shape.strip_prefix("0000-00-00T00:00:00");
                rest.is_some_and(|rest| {
                    rest.ends_with('Z') || rest.ends_with("+00:00") || rest.ends_with("-00:00")
                })
            }
            Self::Seconds => !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()),
        }
    }
}

/// The zone of a time whose text contains none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TimeZone {
    /// Coordinated Universal Time.
    Utc,
    /// UTC+8, the time in China.
    Utc8,
}

impl TimeZone {
    pub(crate) const ALL: &'static [Self] = &[Self::Utc, Self::Utc8];

    /// As the description writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Utc => "utc",
            Self::Utc8 => "utc+8",
        }
    }
}
