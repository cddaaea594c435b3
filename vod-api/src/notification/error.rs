//! Errors of reading and checking events. None of them contains a key, a signature, a URL or text of
//! an event.

use std::error::Error;
use std::fmt;
use std::time::SystemTime;

use serde_json::error::Category;

use crate::format_rfc3339;
use crate::notification::MAX_BODY;
use crate::wire::WireError;

/// Why a key cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum MfsKeyError {
    /// The key is empty: anyone could sign with it.
    Empty,
    /// A character is white space or a control character, as at the end of a line.
    Character {
        /// Which one, from 1.
        position: usize,
    },
}

impl fmt::Display for MfsKeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the key is empty"),
            Self::Character { position } => write!(
                f,
                "character {position} of the key is white space or a control character; give the \
                 key as the console shows it"
            ),
        }
    }
}

impl Error for MfsKeyError {}

/// Why the body of a request cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum BodyError {
    /// It is longer than [`MAX_BODY`].
    TooLong {
        /// How many bytes it has.
        length: usize,
    },
    /// It is not JSON, or only the beginning of it.
    NotJson {
        /// The line of the mistake, from 1.
        line: usize,
        /// Where it is in the line, in bytes.
        column: usize,
    },
    /// It is JSON, but not an object.
    NotAnObject,
    /// A member is there more than once.
    RepeatedMember {
        /// Its name.
        name: &'static str,
    },
}

impl fmt::Display for BodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { length } => write!(
                f,
                "the body has {length} bytes; a notification has at most {MAX_BODY}"
            ),
            Self::NotJson { line, column } => {
                write!(f, "the body is not JSON: see line {line}, column {column}")
            }
            Self::NotAnObject => f.write_str("the body is JSON, but not an object"),
            Self::RepeatedMember { name } => {
                write!(f, "the body has `{name}` more than once")
            }
        }
    }
}

impl Error for BodyError {}

impl From<serde_json::Error> for BodyError {
    fn from(error: serde_json::Error) -> Self {
        if error.classify() == Category::Data {
            return Self::NotAnObject;
        }
        Self::NotJson {
            line: error.line(),
            column: error.column(),
        }
    }
}

/// What is wrong with an event: which member, and why.
#[derive(Debug)]
pub struct InvalidEvent(pub(super) WireError);

impl fmt::Display for InvalidEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl Error for InvalidEvent {}

/// Why there is no event in a body.
#[derive(Debug)]
#[non_exhaustive]
pub enum ReadEventError {
    /// The body cannot be read.
    Body(BodyError),
    /// There is no member `message`.
    NoMessage,
    /// `message` is neither a string nor an object.
    MessageForm,
    /// What should be the event is none.
    Event(InvalidEvent),
}

impl fmt::Display for ReadEventError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Body(error) => error.fmt(f),
            Self::NoMessage => f.write_str("the body has no `message`, which has the event"),
            Self::MessageForm => f.write_str("`message` is neither a string nor an object"),
            Self::Event(error) => write!(f, "the event cannot be read: {error}"),
        }
    }
}

impl Error for ReadEventError {}

impl From<BodyError> for ReadEventError {
    fn from(error: BodyError) -> Self {
        Self::Body(error)
    }
}

/// Why a request of the channel MFS gives no event.
#[derive(Debug)]
#[non_exhaustive]
pub enum VerifyEventError {
    /// A header of the signature is missing.
    MissingHeader {
        /// Its name.
        name: &'static str,
    },
    /// A header of the signature is there more than once.
    RepeatedHeader {
        /// Its name.
        name: &'static str,
    },
    /// `auth_sign` is neither 64 hexadecimal digits nor 32 bytes in Base64.
    SignatureForm,
    /// The signature is that of another message, time or key.
    Mismatch,
    /// The signature is right, but `auth_timestamp` is no time, and an age was asked for.
    TimestampForm,
    /// The signature is right, but too old, or too far ahead of the clock.
    Age {
        /// The time in `auth_timestamp`.
        sent_at: SystemTime,
    },
    /// The body has no event. Unless this is about the event itself, the signature was not checked.
    Read(ReadEventError),
}

impl fmt::Display for VerifyEventError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingHeader { name } => write!(
                f,
                "the header `{name}` is missing: the console has no key for this address, or a \
                 proxy has removed it, as nginx does with `_` in names unless \
                 `underscores_in_headers` is on"
            ),
            Self::RepeatedHeader { name } => {
                write!(f, "the header `{name}` is there more than once")
            }
            Self::SignatureForm => f.write_str(
                "`auth_sign` is neither 64 hexadecimal digits nor 44 characters of Base64",
            ),
            Self::Mismatch => f.write_str(
                "`auth_sign` does not fit key, time and message: compare the key with that of the \
                 console, and give the body as it came",
            ),
            Self::TimestampForm => {
                f.write_str("`auth_timestamp` is no time in a known form, so its age is unknown")
            }
            Self::Age { sent_at } => write_age(f, "`auth_timestamp`", *sent_at),
            Self::Read(error) => error.fmt(f),
        }
    }
}

impl Error for VerifyEventError {}

impl From<ReadEventError> for VerifyEventError {
    fn from(error: ReadEventError) -> Self {
        Self::Read(error)
    }
}

/// Says that a time is not near enough to now.
pub(super) fn write_age(
    f: &mut fmt::Formatter<'_>,
    place: &str,
    sent_at: SystemTime,
) -> fmt::Result {
    let at = format_rfc3339(sent_at);
    write!(
        f,
        "{place} is {at}, which is too long ago or too far ahead: it was sent again, or the clock \
         of this machine is wrong"
    )
}
