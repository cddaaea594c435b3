//! Errors of messages of SMN. None of them contains a signature or the address that confirms a
//! subscription.

use std::error::Error;
use std::fmt;
use std::time::SystemTime;

use http::StatusCode;

use crate::notification::error::{BodyError, ReadEventError, write_age};

/// Why a body is no message of SMN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReadMessageError {
    /// The body cannot be read.
    Body(BodyError),
    /// A member is missing.
    MissingMember {
        /// Its name.
        name: &'static str,
    },
    /// A member is not what it should be.
    Member {
        /// Its name.
        name: &'static str,
        /// What it should be.
        expected: &'static str,
    },
}

impl fmt::Display for ReadMessageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Body(error) => error.fmt(f),
            Self::MissingMember { name } => write!(f, "the message has no `{name}`"),
            Self::Member { name, expected } => {
                write!(f, "`{name}` of the message is not {expected}")
            }
        }
    }
}

impl Error for ReadMessageError {}

impl From<BodyError> for ReadMessageError {
    fn from(error: BodyError) -> Self {
        Self::Body(error)
    }
}

/// Why a message is refused before its signature is checked.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum CheckMessageError {
    /// It is of another topic.
    Topic,
    /// It is too old, or too far ahead of the clock.
    Age {
        /// When it was sent.
        sent_at: SystemTime,
    },
    /// An address is not one of `https` with a host alone: no user, no other port.
    Address {
        /// The member that has the address.
        name: &'static str,
    },
    /// The host of an address is not one of SMN.
    Host {
        /// The member that has the address.
        name: &'static str,
        /// The host.
        host: String,
    },
}

impl fmt::Display for CheckMessageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Topic => f.write_str("the message is of another topic than the one expected"),
            Self::Age { sent_at } => write_age(f, "`timestamp`", *sent_at),
            Self::Address { name } => {
                write!(f, "`{name}` is not an https address without user and port")
            }
            Self::Host { name, host } => write!(
                f,
                "`{name}` leads to the host {host}, which is not known as one of SMN; if it is, \
                 add it with `CheckOptions::with_host`"
            ),
        }
    }
}

impl Error for CheckMessageError {}

/// Why a message is not accepted after it was checked.
#[derive(Debug)]
#[non_exhaustive]
pub enum VerifyMessageError {
    /// The program says that the signature does not hold.
    Mismatch,
    /// The signature holds, but the message has no event: other services can send to a topic, too.
    Read(ReadEventError),
}

impl fmt::Display for VerifyMessageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mismatch => f.write_str("the signature does not fit message and certificate"),
            Self::Read(error) => error.fmt(f),
        }
    }
}

impl Error for VerifyMessageError {}

impl From<ReadEventError> for VerifyMessageError {
    fn from(error: ReadEventError) -> Self {
        Self::Read(error)
    }
}

/// Why a subscription was not confirmed.
#[derive(Debug)]
#[non_exhaustive]
pub enum ConfirmError {
    /// There was no answer. The error does not contain the address.
    Request(reqwest::Error),
    /// There was no answer in time.
    Timeout,
    /// The answer is not a success. A redirect is none: it is not followed.
    Status(StatusCode),
}

impl fmt::Display for ConfirmError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the subscription was not confirmed: ")?;
        match self {
            Self::Request(error) => error.fmt(f),
            Self::Timeout => f.write_str("there was no answer in time"),
            Self::Status(status) => write!(f, "the answer has status {status}"),
        }
    }
}

impl Error for ConfirmError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Request(error) => error.source(),
            _ => None,
        }
    }
}
