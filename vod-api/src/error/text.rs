//! Makes text from outside fit into one line of a log.

/// The longest name, code or id that is shown, in bytes.
pub(crate) const NAME: usize = 256;

/// The longest message that is shown or kept, in bytes.
pub(crate) const MESSAGE: usize = 4096;

/// How much of a body an error shows.
const EXCERPT: usize = 512;

/// One line of visible characters, of at most `longest` bytes: text from replies and paths must not
/// break a log. Line breaks, control characters and invisible characters are escaped.
pub(crate) fn line(text: &str, longest: usize) -> String {
    let mut line = String::with_capacity(text.len().min(longest));
    for character in text.chars() {
        let whole = line.len();
        if is_hidden(character) {
            line.extend(character.escape_default());
        } else {
            line.push(character);
        }
        if line.len() > longest {
            line.truncate(whole);
            line.push('…');
            break;
        }
    }
    line
}

/// Whether a character is invisible: control characters, line separators, marks that change the
/// direction of text.
fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

/// Shortens a long message.
pub(super) fn cut(mut text: String) -> String {
    if text.len() > MESSAGE {
        let end = (0..=MESSAGE).rfind(|at| text.is_char_boundary(*at));
        text.truncate(end.unwrap_or(0));
        text.push('…');
    }
    text
}

/// The start of a body.
pub(super) fn excerpt(body: &[u8]) -> String {
    // One character more, so that the one at the end is not cut in half.
    let start = body.get(..EXCERPT + 4).unwrap_or(body);
    line(&String::from_utf8_lossy(start), EXCERPT)
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
    fn escapes_what_cannot_be_seen() {
        let text = "a\n\u{1b}[2K\u{85}\u{2028}\u{202e}\u{200b}\u{feff}\u{e0041}视 é";
        let seen = r"a\n\u{1b}[2K\u{85}\u{2028}\u{202e}\u{200b}\u{feff}\u{e0041}视 é";
        assert_eq!(line(text, NAME), seen);
    }

    #[test]
    fn cuts_between_characters() {
        let start = excerpt("视".repeat(300).as_bytes());
        assert_eq!(start, "视".repeat(170) + "…");
        for length in 509..516 {
            let text = "a".repeat(length) + "视视";
            assert!(!excerpt(text.as_bytes()).contains('\u{fffd}'), "{length}");
        }
        assert_eq!(excerpt(&[b'a'; 511]), "a".repeat(511));
        assert_eq!(excerpt(&[b'a'; 513]), "a".repeat(512) + "…");
        assert_eq!(cut("视".repeat(1366)), "视".repeat(1365) + "…");
        assert_eq!(cut("a".repeat(4096)), "a".repeat(4096));
        // Not half of an escape, either.
        assert_eq!(line("\n\u{1b}", 4), r"\n…");
        assert_eq!(line("\n\u{1b}", 8), r"\n\u{1b}");
    }
}
