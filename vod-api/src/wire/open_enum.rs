//! What enums keep of a value that they do not list.

use std::fmt;

/// A value that the service uses and this version of the crate does not know.
///
/// It sits in the `Unrecognized` variant of an enum, keeps the text exactly, and is never one of the known values:
/// only the conversion from text makes one. Read it through the enum's `as_str`:
///
/// ```
/// use vod_api::model::ThumbnailDeletionStatus;
///
/// let status = ThumbnailDeletionStatus::from("ARCHIVED");
/// assert!(status.is_unrecognized());
/// assert_eq!(status.as_str(), "ARCHIVED");
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct UnrecognizedValue(Box<str>);

impl UnrecognizedValue {
    /// The text on the wire.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for UnrecognizedValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// For the conversions that `open_enum!` writes; they ask for known values first.
pub fn unrecognized(text: &str) -> UnrecognizedValue {
    UnrecognizedValue(text.into())
}
