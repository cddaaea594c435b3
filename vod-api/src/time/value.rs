//! The type of the service's times.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;
use std::time::SystemTime;

use super::calendar::system_time;
use super::read::{read, read_seconds};
use super::{KnownZone, ParseTimeError, TimeForm, TimeFormat, Unstated, Utc, UtcOffset};

/// A time of the service: text in the form `F`, kept exactly as it was written.
///
/// `Z` is the zone that it is in, according to the docs. See the [module](super) for forms and
/// zones, and how to make and read a time.
///
/// It can be made from any text, also from text that does not have the form: replies keep what they
/// received, and a request with such a text is refused when it is sent.
/// [`is_well_formed`](Self::is_well_formed) checks the form, and `text.parse()` fails for text of
/// another form. Two times are equal if their texts are.
pub struct Time<F, Z = Utc> {
    text: Box<str>,
    kind: PhantomData<fn() -> (F, Z)>,
}

impl<F, Z> Time<F, Z> {
    fn new(text: impl Into<Box<str>>) -> Self {
        Self {
            text: text.into(),
            kind: PhantomData,
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl<F: TimeForm, Z> Time<F, Z> {
    /// Whether the text is exactly of the form, and names a time that exists.
    pub fn is_well_formed(&self) -> bool {
        F::FORMAT.matches(&self.text)
    }

    /// Reads the time. A day is read as its first second, and a leap second as the second after it.
    ///
    /// All forms that [`parse_time`](super::parse_time) knows are accepted, in case the service
    /// does not follow its docs. `None` if the text has none of them, or if there is no such time.
    pub fn to_system_time(&self) -> Option<SystemTime>
    where
        // The bound is here, so that the compiler says what to do instead.
        Z: KnownZone,
    {
        self.read_in(Z::OFFSET)
    }

    /// The time in the zone. `None` if the text cannot be read.
    fn read_in(&self, zone: UtcOffset) -> Option<SystemTime> {
        let text = self.text.trim();
        let of_seconds = match F::FORMAT {
            TimeFormat::Seconds => read_seconds(text),
            _ => None,
        };
        let (seconds, nanos) = of_seconds.or_else(|| read(text, zone))?;
        system_time(seconds, nanos)
    }
}

impl<F: TimeForm> Time<F, Unstated> {
    /// Writes a time in the given zone, truncated to the precision of the form. Times outside of
    /// the years 1 to 9999 are moved to the nearer end.
    pub fn from_system_time_at(at: SystemTime, offset: UtcOffset) -> Self {
        Self::new(F::FORMAT.write(at, offset))
    }

    /// Reads the time as one in the given zone; otherwise as [`Time::to_system_time`].
    pub fn to_system_time_at(&self, offset: UtcOffset) -> Option<SystemTime> {
        self.read_in(offset)
    }
}

/// Truncated to the precision of the form, in the zone `Z`; RFC 3339 always in UTC. Times outside
/// of the years 1 to 9999 are moved to the nearer end. Seconds before 1970 are negative, and
/// refused when the request is sent.
impl<F: TimeForm, Z: KnownZone> From<SystemTime> for Time<F, Z> {
    fn from(at: SystemTime) -> Self {
        Self::new(F::FORMAT.write(at, Z::OFFSET))
    }
}

/// Accepts any text. Text that does not have the form is refused when the request is sent.
impl<F, Z> From<&str> for Time<F, Z> {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

/// Accepts any text. Text that does not have the form is refused when the request is sent.
impl<F, Z> From<String> for Time<F, Z> {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

/// Accepts any text. Text that does not have the form is refused when the request is sent.
impl<F, Z> From<&String> for Time<F, Z> {
    fn from(text: &String) -> Self {
        Self::new(text.as_str())
    }
}

/// Accepts text of the form, if the time exists.
impl<F: TimeForm, Z> FromStr for Time<F, Z> {
    type Err = ParseTimeError;

    fn from_str(text: &str) -> Result<Self, ParseTimeError> {
        F::FORMAT.check(text)?;
        Ok(Self::new(text))
    }
}

impl<F, Z> From<Time<F, Z>> for String {
    fn from(time: Time<F, Z>) -> Self {
        time.text.into()
    }
}

impl<F, Z> AsRef<str> for Time<F, Z> {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

/// The text.
impl<F, Z> fmt::Display for Time<F, Z> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

/// The text in quotes.
impl<F, Z> fmt::Debug for Time<F, Z> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}

// Not derived: derived impls would require the same traits of `F` and `Z`.

impl<F, Z> Clone for Time<F, Z> {
    fn clone(&self) -> Self {
        Self::new(self.text.clone())
    }
}

impl<F, Z> PartialEq for Time<F, Z> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<F, Z> Eq for Time<F, Z> {}

impl<F, Z> Hash for Time<F, Z> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}
