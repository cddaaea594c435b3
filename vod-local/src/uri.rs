//! Escapes in paths and queries.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

const VALUE: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');
const PATH: &AsciiSet = &VALUE.remove(b'/');

/// The text without its escapes. `+` is itself.
pub(crate) fn decode(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8_lossy()
}

/// The text as a value in a query.
pub(crate) fn encode(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, VALUE).into()
}

/// The text as a path, whose slashes stay.
pub(crate) fn encode_path(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, PATH).into()
}

/// Names and values of a query, without escapes.
pub(crate) fn query(text: &str) -> Vec<(String, String)> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (decode(name).into(), decode(value).into()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plus_is_not_a_space() {
        assert_eq!(decode("%20+%2B%C3%A9%FF"), " ++é\u{fffd}");
    }

    #[test]
    fn what_is_escaped_comes_back() {
        let text = "a+b/c= é";
        assert_eq!(encode(text), "a%2Bb%2Fc%3D%20%C3%A9");
        assert_eq!(encode_path(text), "a%2Bb/c%3D%20%C3%A9");
        assert_eq!(decode(&encode(text)), text);
    }
}
