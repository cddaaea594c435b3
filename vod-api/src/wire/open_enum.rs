//! What enums keep of a value that they do not list.

use std::fmt;
use std::hash::{Hash, Hasher};

/// A value that this version of the crate does not know.
///
/// It is the content of the `Unrecognized` variant of an enum, and keeps the text exactly. Replies
/// contain it where the service uses a value that the docs do not list. A request with such a value
/// is refused, since it is most likely misspelt, unless it was made by the enum's `unlisted`. Read
/// it through the enum's `as_str`:
///
/// ```
/// use vod_api::model::ThumbnailDeletionStatus;
///
/// let status = ThumbnailDeletionStatus::from("ARCHIVED");
/// assert!(status.is_unrecognized());
/// assert_eq!(status.as_str(), "ARCHIVED");
/// ```
#[derive(Clone)]
pub struct UnrecognizedValue {
    text: Box<str>,
    /// Whether it is to be sent although the docs do not list it.
    on_purpose: bool,
}

impl UnrecognizedValue {
    /// The text on the wire.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    pub(crate) fn is_on_purpose(&self) -> bool {
        self.on_purpose
    }
}

// Equality ignores `on_purpose`: both are the same value.

impl PartialEq for UnrecognizedValue {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for UnrecognizedValue {}

impl Hash for UnrecognizedValue {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl fmt::Debug for UnrecognizedValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}

/// For the conversions that `open_enum!` writes; they ask for known values first.
pub fn unrecognized(text: &str) -> UnrecognizedValue {
    UnrecognizedValue {
        text: text.into(),
        on_purpose: false,
    }
}

/// The same for a value that is to be sent although the docs do not list it.
pub fn unlisted(text: &str) -> UnrecognizedValue {
    UnrecognizedValue {
        text: text.into(),
        on_purpose: true,
    }
}
