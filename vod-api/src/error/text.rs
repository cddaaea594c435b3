//! Text from elsewhere, made fit for one line of a log.

/// How much of a body an error shows.
const EXCERPT: usize = 512;

/// How much an error keeps of a text that the service gives.
const LONGEST: usize = 4096;

/// Shortens what nobody would read to its end.
pub(super) fn cut(mut text: String) -> String {
    if text.len() > LONGEST {
        let end = (0..=LONGEST).rfind(|at| text.is_char_boundary(*at));
        text.truncate(end.unwrap_or(0));
        text.push('…');
    }
    text
}

/// Escapes what would break the line or move the cursor.
pub(super) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_control() || matches!(character, '\u{2028}' | '\u{2029}') {
            line.extend(character.escape_default());
        } else {
            line.push(character);
        }
    }
    line
}

/// The start of a body.
pub(super) fn excerpt(body: &[u8]) -> String {
    let Some((start, _)) = body.split_at_checked(EXCERPT) else {
        return one_line(&String::from_utf8_lossy(body));
    };
    let text = String::from_utf8_lossy(start);
    // The cut can split a character; what is left of it says nothing.
    one_line(text.trim_end_matches('\u{fffd}')) + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_bodies_on_one_line() {
        assert_eq!(
            excerpt(b"<html>\r\n\x1b[31m\x00</html>"),
            r"<html>\r\n\u{1b}[31m\u{0}</html>"
        );
        assert_eq!(excerpt(b"a\xffb"), "a\u{fffd}b");
        assert_eq!(excerpt(b""), "");
    }

    #[test]
    fn cuts_between_characters() {
        let start = excerpt("视".repeat(300).as_bytes());
        assert_eq!(start, "视".repeat(170) + "…");
        assert_eq!(excerpt(&[b'a'; 511]), "a".repeat(511));
        assert_eq!(excerpt(&[b'a'; 513]), "a".repeat(512) + "…");
        assert_eq!(cut("视".repeat(1366)), "视".repeat(1365) + "…");
        assert_eq!(cut("a".repeat(4096)), "a".repeat(4096));
    }
}
