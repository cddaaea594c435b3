//! Why something was not got.

use std::error::Error;
use std::fmt::{self, Display};
use std::io;

use vod_spec::visible;

use super::Address;
use super::sources::MAX_BYTES;

/// Why something was not got, or cannot be used.
#[derive(Debug)]
#[non_exhaustive]
pub enum Problem {
    /// An address that is not asked: not `https`, or not one at all.
    Address(String),
    /// A host that is not one of the sources.
    Host(Address),
    /// A redirect to a host that is not one of the sources.
    Redirect(String),
    /// More redirects than are followed.
    Redirects(usize),
    /// `robots.txt` of the host forbids it.
    Robots,
    /// `robots.txt` of the host cannot be read, so nothing of it may be.
    NoRobots(String),
    /// It has more than [`MAX_BYTES`].
    TooLarge,
    /// It is not UTF-8.
    NotText,
    /// A name that cannot be one of a file here.
    Name(String),
    /// A status that means an error.
    Status(u16),
    /// The service says in its own words that it does not answer.
    Code {
        /// Such as `APIGW.0308`.
        code: String,
        /// What it says of it.
        message: String,
    },
    /// The server asks to wait longer than a run takes.
    Later(u64),
    /// The connection failed.
    Transport(String),
    /// It did not work after several tries.
    Tries {
        /// How many.
        tries: u32,
        /// What the last came to.
        last: Box<Problem>,
    },
    /// The host was given up, as one request after the other failed.
    GivenUp,
    /// It has another shape than what is known.
    Shape {
        /// What was expected.
        expected: &'static str,
        /// What there is instead.
        found: String,
    },
    /// It should be the page of an operation, and cannot be read as one.
    NotAPage(String),
    /// A file or folder cannot be read or written.
    Disk {
        /// Its path.
        path: String,
        /// What the file system says.
        error: io::Error,
    },
}

/// What a [`Problem`] means for the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// We do not take it: it is forbidden, elsewhere or too large.
    Refused,
    /// It did not work.
    Failed,
}

impl Problem {
    /// What it means for the run.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Address(_)
            | Self::Host(_)
            | Self::Redirect(_)
            | Self::Redirects(_)
            | Self::Robots
            | Self::TooLarge
            | Self::Name(_) => Kind::Refused,
            _ => Kind::Failed,
        }
    }

    pub(super) fn shape(expected: &'static str, found: impl Into<String>) -> Self {
        Self::Shape {
            expected,
            found: found.into(),
        }
    }
}

impl Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(text) => write!(
                f,
                "`{}` is no address that may be asked: `https`, or `http` on this machine",
                visible(text)
            ),
            Self::Host(address) => write!(f, "{} is not one of the sources", address.origin()),
            Self::Redirect(to) => write!(f, "it leads to another host: {}", visible(to)),
            Self::Redirects(most) => write!(f, "more than {most} redirects"),
            Self::Robots => f.write_str("robots.txt of the host forbids it"),
            Self::NoRobots(why) => write!(f, "robots.txt of the host cannot be read: {why}"),
            Self::TooLarge => write!(f, "it is larger than {MAX_BYTES} bytes"),
            Self::NotText => f.write_str("it is not UTF-8"),
            Self::Name(name) => write!(
                f,
                "`{}` cannot be the name of a file: 1 to 100 letters, digits, `_`, `-` and `.`, \
                 not beginning with `.`",
                visible(name)
            ),
            Self::Status(status) => write!(f, "HTTP status {status}"),
            Self::Code { code, message } => {
                write!(
                    f,
                    "the service refuses: {} {}",
                    visible(code),
                    visible(message)
                )
            }
            Self::Later(seconds) => write!(f, "the server asks to wait {seconds} seconds"),
            Self::Transport(why) => write!(f, "{}", visible(why)),
            Self::Tries { tries, last } => write!(f, "{last}, after {tries} tries"),
            Self::GivenUp => f.write_str("not tried, as the host did not answer before"),
            Self::Shape { expected, found } => {
                write!(f, "unknown shape: {}; expected {expected}", visible(found))
            }
            Self::NotAPage(why) => write!(f, "not the page of an operation: {}", visible(why)),
            Self::Disk { path, error } => write!(f, "{}: {error}", visible(path)),
        }
    }
}

impl Error for Problem {}
