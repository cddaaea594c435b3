//! Repairs the JSON text of replies for a strict parser.

use std::borrow::Cow;

use serde::de::DeserializeOwned;

use super::{Document, Json};

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Parses JSON from outside, with repairs; see [`parse_with`].
pub(crate) fn parse<T: DeserializeOwned>(body: &[u8]) -> serde_json::Result<T> {
    parse_with(body, |text| serde_json::from_str(text))
}

/// Looks at JSON from outside, with repairs; see [`parse_with`]. `None` if it is none.
pub(crate) fn look<T>(body: &[u8], look: impl Fn(Json<'_>) -> T) -> Option<T> {
    let look = |text: &str| {
        let document: Document<'_> = serde_json::from_str(text)?;
        Ok::<_, serde_json::Error>(look(document.root()))
    };
    parse_with(body, look).ok()
}

/// Parses JSON from outside with `parse`. Bytes that are not UTF-8, unpaired surrogates and escapes
/// that JSON does not have are replaced by U+FFFD. Numbers that are too large or not finite become
/// `null`, and unescaped control characters are accepted. A byte order mark is removed. Valid text
/// is not copied.
pub(crate) fn parse_with<T, E>(body: &[u8], parse: impl Fn(&str) -> Result<T, E>) -> Result<T, E> {
    let body = body.strip_prefix(BYTE_ORDER_MARK).unwrap_or(body);
    // Much faster than the repair, where there is nothing to repair.
    let text = match str::from_utf8(body) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => String::from_utf8_lossy(body),
    };
    parse(&text).or_else(|error| match mend(&text) {
        Some(mended) => parse(&mended),
        None => Err(error),
    })
}

/// The text with everything replaced that a parser refuses; `None` if there is nothing to replace.
fn mend(text: &str) -> Option<String> {
    let mut mended = String::new();
    let (mut at, mut copied, mut in_string) = (0, 0, false);
    while let Some(rest @ [first, ..]) = text.as_bytes().get(at..) {
        in_string ^= *first == b'"';
        let (length, instead) = if in_string {
            in_text(rest)
        } else {
            outside(rest)
        };
        if let Some(instead) = instead {
            mended += text.get(copied..at)?;
            mended += &instead;
            copied = at + length;
        }
        at += length;
    }
    mended += text.get(copied..)?;
    (copied > 0).then_some(mended)
}

/// The length of the next piece, and its replacement, if it needs one.
type Piece = (usize, Option<Cow<'static, str>>);

/// Inside of a string.
fn in_text(rest: &[u8]) -> Piece {
    const UNKNOWN: Option<Cow<'static, str>> = Some(Cow::Borrowed("\u{fffd}"));
    match rest {
        [b'\\', b'u', ..] => match (escape(rest), escape(rest.get(6..).unwrap_or_default())) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => (12, None),
            (Some(0xd800..=0xdfff), _) => (6, UNKNOWN),
            (Some(_), _) => (6, None),
            (None, _) => (1, UNKNOWN),
        },
        [
            b'\\',
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't',
            ..,
        ] => (2, None),
        [b'\\', ..] => (1, UNKNOWN),
        [control @ ..0x20, ..] => (1, Some(format!("\\u{control:04x}").into())),
        _ => (1, None),
    }
}

/// The number of the escape `\u0000` at the start.
fn escape(text: &[u8]) -> Option<u16> {
    let digits = text.strip_prefix(b"\\u")?.get(..4)?;
    let is_hex = digits.iter().all(u8::is_ascii_hexdigit);
    let number = u16::from_str_radix(str::from_utf8(digits).ok()?, 16);
    number.ok().filter(|_| is_hex)
}

/// Outside of strings: numbers that are too large, and names such as `NaN`.
fn outside(rest: &[u8]) -> Piece {
    if !matches!(rest, [b'-' | b'0'..=b'9' | b'I' | b'N', ..]) {
        return (1, None);
    }
    let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
    let length = rest.iter().take_while(is_part).count();
    let word = rest
        .get(..length)
        .and_then(|word| str::from_utf8(word).ok());
    let number: Option<f64> = word.and_then(|word| word.parse().ok());
    let is_none = number.is_some_and(|number| !number.is_finite());
    (length, is_none.then_some(Cow::Borrowed("null")))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn replaces_what_cannot_be_read_where_it_stands() {
        for (text, value) in [
            (&b"\xef\xbb\xbf{\"a\": 1}"[..], json!({"a": 1})),
            (b"\"a\xffb\xe8\xa7\"", json!("a\u{fffd}b\u{fffd}")),
            (br#""\ud800""#, json!("\u{fffd}")),
            (br#""a\ud83db""#, json!("a\u{fffd}b")),
            (br#""\ude00\ud83d\ude00""#, json!("\u{fffd}😀")),
            (br#""\ud83d\ud83d\ude00""#, json!("\u{fffd}😀")),
            (br#""\\ud800 \ud800""#, json!("\\ud800 \u{fffd}")),
            (br#"{"\ud800": "\uD800"}"#, json!({"\u{fffd}": "\u{fffd}"})),
            (b"\"a\tb\nc\x00\"", json!("a\tb\nc\0")),
            (
                br#""C:\path \x41 \u12 \'""#,
                json!("C:\u{fffd}path \u{fffd}x41 \u{fffd}u12 \u{fffd}'"),
            ),
            (
                br#"[1e999, -1e999, NaN, -Infinity, Infinity, 1.5]"#,
                json!([null, null, null, null, null, 1.5]),
            ),
        ] {
            let read: Value = parse(text).unwrap();
            assert_eq!(read, value, "{}", text.escape_ascii());
        }
        let digits = format!("[{}]", "9".repeat(400));
        assert_eq!(parse::<Value>(digits.as_bytes()).unwrap(), json!([null]));
    }

    #[test]
    fn what_is_no_json_stays_none() {
        for text in [
            "",
            "<html>",
            "NOT FOUND",
            "Infinite",
            "{\"a\": ",
            "\"\\ud800",
            "\"\\",
            "[1,]",
            "nul",
            "-",
            "1e",
            "{'a': 1}",
            "\u{feff}",
            "[01]",
        ] {
            assert!(parse::<Value>(text.as_bytes()).is_err(), "{text}");
        }
    }

    #[test]
    fn text_that_is_fine_is_left_alone() {
        for text in [
            r#"{"a\n\u00e9\\": [1, -0.5e-7, true, null, "\ud83d\ude00 视", "NaN 1e999"]}"#,
            "\"\u{7f}\u{2028}\"",
        ] {
            assert_eq!(mend(text), None);
            let read: Value = parse(text.as_bytes()).unwrap();
            assert_eq!(read, serde_json::from_str::<Value>(text).unwrap());
        }
    }
}
