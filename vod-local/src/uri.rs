//! Escapes in paths and queries.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// The text without its escapes. `+` is itself.
pub(crate) fn decode(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8_lossy()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plus_is_not_a_space() {
        assert_eq!(decode("%20+%2B%C3%A9%FF"), " ++é\u{fffd}");
    }
}
