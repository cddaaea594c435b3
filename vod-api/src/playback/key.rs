//! What a key of a domain has to be.

use crate::playback::error::UrlKeyError;
use crate::secret::Secret;

/// Checks a key against the docs: 16 to 32 letters and digits.
pub(super) fn check(key: &Secret) -> Result<(), UrlKeyError> {
    let key = key.expose();
    // First, so that a line break at the end is not reported as a wrong length.
    if let Some(index) = key.chars().position(|it| !it.is_ascii_alphanumeric()) {
        let position = index + 1;
        return Err(UrlKeyError::Character { position });
    }
    check_length(key, 16..=32)
}

/// Checks only that there is one: signatures with an empty key protect nothing.
pub(super) fn check_presence(key: &Secret) -> Result<(), UrlKeyError> {
    check_length(key.expose(), 1..=usize::MAX)
}

fn check_length(key: &str, allowed: std::ops::RangeInclusive<usize>) -> Result<(), UrlKeyError> {
    let length = key.len();
    if allowed.contains(&length) {
        Ok(())
    } else {
        Err(UrlKeyError::Length { length })
    }
}
