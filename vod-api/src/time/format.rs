//! The forms of the times of the service.

use std::fmt;
use std::time::SystemTime;

use super::UtcOffset;
use super::calendar::{LAST, fields, unix_seconds};
use super::read::{read, read_seconds};

/// A form of times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TimeFormat {
    /// `yyyymmddhhmmss`
    Compact,
    /// `yyyymmdd000000`: a day, as its first second.
    Midnight,
    /// `yyyymmdd`: a day.
    Day,
    /// `yyyy-mm-dd hh:mm:ss`
    Spaced,
    /// RFC 3339: `yyyy-mm-ddThh:mm:ssZ`, or with an offset for `Z`; seconds can have a fraction.
    Rfc3339,
    /// Seconds since 1970, a number in JSON.
    Seconds,
}

impl TimeFormat {
    /// The form as the docs write it: `yyyymmddhhmmss`.
    pub const fn pattern(self) -> &'static str {
        match self {
            Self::Compact => "yyyymmddhhmmss",
            Self::Midnight => "yyyymmdd000000",
            Self::Day => "yyyymmdd",
            Self::Spaced => "yyyy-mm-dd hh:mm:ss",
            Self::Rfc3339 => "yyyy-mm-ddThh:mm:ssZ",
            Self::Seconds => "seconds since 1970",
        }
    }

    /// A time of the form.
    pub const fn example(self) -> &'static str {
        match self {
            Self::Compact => "20260320081500",
            Self::Midnight => "20260320000000",
            Self::Day => "20260320",
            Self::Spaced => "2026-03-20 08:15:00",
            Self::Rfc3339 => "2026-03-20T08:15:00Z",
            Self::Seconds => "1773994500",
        }
    }

    /// Whether the text is exactly of this form, and names a time that exists.
    ///
    /// ```
    /// use vod_api::time::TimeFormat;
    ///
    /// assert!(TimeFormat::Compact.matches("20260228235959"));
    /// assert!(!TimeFormat::Compact.matches("2026-02-28 23:59:59"));
    /// assert!(!TimeFormat::Compact.matches("20260230235959"));
    /// ```
    pub fn matches(self, text: &str) -> bool {
        self.check(text).is_ok()
    }

    /// The same, with an error that says what is wrong.
    pub fn check(self, text: &str) -> Result<(), ParseTimeError> {
        let shaped = self.has_shape(text);
        let exists = match self {
            Self::Seconds => read_seconds(text).is_some_and(|(seconds, _)| seconds <= LAST),
            _ => read(text, UtcOffset::UTC).is_some(),
        };
        if shaped && exists {
            return Ok(());
        }
        Err(ParseTimeError {
            format: self,
            text: text.chars().take(LONGEST_SHOWN).collect(),
            cut: text.chars().nth(LONGEST_SHOWN).is_some(),
            shaped,
        })
    }

    /// Whether digits and separators are in the right places.
    fn has_shape(self, text: &str) -> bool {
        match self {
            Self::Rfc3339 => shape_of_rfc3339(text).is_some(),
            Self::Seconds => all_digits(text) && (text == "0" || !text.starts_with('0')),
            _ => fits(text, self.pattern()),
        }
    }

    /// Writes a time, truncated to the precision of the form. `offset` is used for forms without a
    /// zone.
    pub(super) fn write(self, at: SystemTime, offset: UtcOffset) -> String {
        let utc = unix_seconds(at);
        let local = utc.saturating_add(offset.seconds().into());
        let [year, month, day, hour, minute, second] = match self {
            Self::Rfc3339 => fields(utc),
            _ => fields(local),
        };
        match self {
            Self::Compact => format!("{year:04}{month:02}{day:02}{hour:02}{minute:02}{second:02}"),
            Self::Midnight => format!("{year:04}{month:02}{day:02}000000"),
            Self::Day => format!("{year:04}{month:02}{day:02}"),
            Self::Spaced => {
                format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
            }
            Self::Rfc3339 => {
                format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
            }
            Self::Seconds => utc.min(LAST).to_string(),
        }
    }
}

/// Whether each letter of the pattern is a digit of the text, and the rest is the same.
fn fits(text: &str, pattern: &str) -> bool {
    text.len() == pattern.len()
        && text
            .bytes()
            .zip(pattern.bytes())
            .all(|(byte, sign)| match sign {
                b'y' | b'm' | b'd' | b'h' | b's' => byte.is_ascii_digit(),
                _ => byte == sign,
            })
}

fn shape_of_rfc3339(text: &str) -> Option<()> {
    let pattern = "yyyy-mm-ddThh:mm:ss";
    let (start, rest) = text.split_at_checked(pattern.len())?;
    let offset = match rest.strip_prefix('.') {
        None => rest,
        Some(fraction) => {
            let (digits, offset) = fraction.split_at_checked(fraction.find(['Z', '+', '-'])?)?;
            all_digits(digits).then_some(offset)?
        }
    };
    let known = offset == "Z" || fits(offset, "+hh:mm") || fits(offset, "-hh:mm");
    (known && fits(start, pattern)).then_some(())
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// How many characters of a text an error shows.
const LONGEST_SHOWN: usize = 40;

/// The error for a text that is not a time of the expected form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseTimeError {
    format: TimeFormat,
    text: Box<str>,
    /// Whether the text was cut off.
    cut: bool,
    /// Whether the form is right, but the time does not exist.
    shaped: bool,
}

impl ParseTimeError {
    /// The expected form.
    pub fn format(&self) -> TimeFormat {
        self.format
    }
}

impl fmt::Display for ParseTimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { format, text, .. } = self;
        let more = if self.cut { "…" } else { "" };
        let (pattern, example) = (format.pattern(), format.example());
        if self.shaped {
            write!(
                f,
                "{text:?}{more} has the form {pattern:?}, but is not a time that exists"
            )
        } else {
            write!(
                f,
                "{text:?}{more} is not in the form {pattern:?}, as in {example:?}"
            )
        }
    }
}

impl std::error::Error for ParseTimeError {}

/// A form, as a type: [`Compact`], [`Midnight`], [`Day`], [`Spaced`], [`Rfc3339`] or [`Seconds`].
pub trait TimeForm: sealed::TimeForm + Send + Sync + 'static {
    /// The form.
    const FORMAT: TimeFormat;
}

/// Defines a type for a form.
macro_rules! forms {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        $(
            $(#[$doc])*
            #[derive(Debug)]
            pub enum $name {}

            impl TimeForm for $name {
                const FORMAT: TimeFormat = TimeFormat::$name;
            }

            impl sealed::TimeForm for $name {}
        )*
    };
}

forms! {
    /// `yyyymmddhhmmss`
    Compact,
    /// `yyyymmdd000000`: a day, as its first second.
    Midnight,
    /// `yyyymmdd`: a day.
    Day,
    /// `yyyy-mm-dd hh:mm:ss`
    Spaced,
    /// RFC 3339: `yyyy-mm-ddThh:mm:ssZ`
    Rfc3339,
    /// Seconds since 1970, a number in JSON.
    Seconds,
}

mod sealed {
    pub trait TimeForm {}
}
