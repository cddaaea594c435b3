//! The one writer of paths and queries: the URL and the signature get their text from here.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// All but the unreserved characters of RFC 3986.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Escapes everything but `A-Z a-z 0-9 - . _ ~`; a space is `%20`, `/` is `%2F`.
pub(crate) fn encode(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, ESCAPED).into()
}

/// Whether `encode` and `decode` leave a byte of a text as it is.
pub(crate) fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// Undoes `encode`. `+` is itself.
pub(crate) fn decode(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8_lossy()
}

/// Writes a query: pairs in the order of (name, value) before escaping.
pub(crate) fn query<N: AsRef<str> + Ord, V: AsRef<str> + Ord>(mut pairs: Vec<(N, V)>) -> String {
    pairs.sort_unstable();
    let mut text = String::new();
    for (name, value) in &pairs {
        if !text.is_empty() {
            text.push('&');
        }
        text.extend(utf8_percent_encode(name.as_ref(), ESCAPED));
        text.push('=');
        text.extend(utf8_percent_encode(value.as_ref(), ESCAPED));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_only_unreserved_characters() {
        assert_eq!(encode("AZaz09-._~"), "AZaz09-._~");
        for byte in 0..=u8::MAX {
            let text = char::from(byte).to_string();
            assert_eq!(is_plain(byte), encode(&text) == text, "{byte}");
        }
        assert_eq!(
            encode(" !*'()/+%&=?#é"),
            "%20%21%2A%27%28%29%2F%2B%25%26%3D%3F%23%C3%A9"
        );
        assert_eq!(decode("%20+%2B%C3%A9"), " ++é");
    }

    #[test]
    fn sorts_pairs_by_raw_name_and_value() {
        let pairs = vec![
            ("b", "2"),
            ("a", "~"),
            ("B", ""),
            ("a", "z"),
            ("a", " "),
            ("a-b", "x"),
            ("aé", "y"),
        ];
        assert_eq!(query(pairs), "B=&a=%20&a=z&a=~&a-b=x&a%C3%A9=y&b=2");
        assert_eq!(query(Vec::<(&str, &str)>::new()), "");
    }
}
