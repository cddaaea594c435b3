//! Why a request cannot be sent.

use std::fmt;

use crate::check::Misfit;
use crate::facts::Property;
use crate::request::LONGEST_URL;

/// Why a request cannot be sent.
#[derive(Debug)]
pub(crate) enum EncodeError {
    /// It does not fit the docs.
    Misfit(Misfit),
    MissingInPath(String),
    MissingOrEmpty(&'static Property),
    EmptyList(&'static Property),
    /// A list or an object where only text can be sent.
    NotForUrl(&'static Property),
    /// A text that would change the path.
    NotForPath {
        property: &'static Property,
        value: String,
    },
    TooLong {
        /// The longest of the parameters in the URL.
        property: Option<&'static Property>,
        length: usize,
    },
    Json(serde_json::Error),
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Misfit(misfit) => misfit.fmt(f),
            Self::MissingInPath(name) => write!(f, "{name} is required, but missing"),
            Self::MissingOrEmpty(property) => {
                write!(f, "{property} is required, but missing or empty")
            }
            Self::EmptyList(property) => {
                write!(
                    f,
                    "{property} is empty: give at least 1 value, or leave it out"
                )
            }
            Self::NotForUrl(property) => write!(f, "{property} cannot be sent in a URL"),
            Self::NotForPath { property, value } => {
                write!(f, "{property} cannot be {value:?} in a path")
            }
            Self::TooLong { property, length } => {
                if let Some(property) = property {
                    write!(f, "{property} is too long for a URL: ")?;
                }
                write!(
                    f,
                    "path and query have {length} bytes together, but only {LONGEST_URL} can be sent"
                )
            }
            Self::Json(error) => error.fmt(f),
        }
    }
}

impl From<Misfit> for EncodeError {
    fn from(misfit: Misfit) -> Self {
        Self::Misfit(misfit)
    }
}
