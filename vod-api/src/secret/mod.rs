//! Text that must not be shown.

pub(crate) mod redact;

use std::fmt;

use zeroize::Zeroizing;

/// A secret: wiped when dropped, and without a way to print it.
#[derive(Clone, PartialEq)]
pub(crate) struct Secret(Zeroizing<String>);

impl Secret {
    pub(crate) fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text; for headers and keys only.
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}
