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
/// `Z` is the zone that it is in, according to the docs. See the [module](super) for forms and zones, and how to make and
/// read a time.
///
/// It is made from any text, also from one that is not of the form: a reply is kept as it came, and a request is refused
/// when it is sent. [`is_well_formed`](Self::is_well_formed) tells beforehand; `text.parse()` makes a time only if it is.
/// Two times are equal if their texts are.
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
    /// All forms that [`parse_time`](super::parse_time) knows are read, in case the service does not follow its docs. `None` if
    /// it is none of them, or if there is no such time.
    pub fn to_system_time(&self) -> Option<SystemTime>
    where
        // Here, so that the compiler tells what to do instead.
        Z: KnownZone,
    {
        self.read_in(Z::OFFSET)
    }

    /// The time in the zone. `None` if it is none that can be read.
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
    /// Writes a time as it is in the given zone, cut to what the form holds. What lies outside of the years 1 to 9999 is moved
    /// to the nearer end.
    pub fn from_system_time_at(at: SystemTime, offset: UtcOffset) -> Self {
        Self::new(F::FORMAT.write(at, offset))
    }

    /// Reads the time as one in the given zone; otherwise as [`Time::to_system_time`].
    pub fn to_system_time_at(&self, offset: UtcOffset) -> Option<SystemTime> {
        self.read_in(offset)
    }
}

/// Cut to what the form holds, and in the zone; RFC 3339 always in UTC. What lies outside of the years 1 to 9999 is moved to the
/// nearer end. Seconds before 1970 are less than 0, and refused when the request is sent.
impl<F: TimeForm, Z: KnownZone> From<SystemTime> for Time<F, Z> {
    fn from(at: SystemTime) -> Self {
        Self::new(F::FORMAT.write(at, Z::OFFSET))
    }
}

/// Takes any text. One that is not of the form is refused when the request is sent.
impl<F, Z> From<&str> for Time<F, Z> {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

/// Takes any text. One that is not of the form is refused when the request is sent.
impl<F, Z> From<String> for Time<F, Z> {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

/// Takes any text. One that is not of the form is refused when the request is sent.
impl<F, Z> From<&String> for Time<F, Z> {
    fn from(text: &String) -> Self {
        Self::new(text.as_str())
    }
}

/// Takes text of the form, if there is such a time.
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

// By hand: derived, they would ask the same of `F` and `Z`.

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
