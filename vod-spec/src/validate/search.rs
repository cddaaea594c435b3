//! What people look an operation up by.

use std::collections::BTreeMap;

use super::Validator;
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::read::Text;

impl Validator<'_> {
    /// The words and phrases are such as rustdoc takes and people can type, each is given once, and none is the name of
    /// the operation itself.
    pub(super) fn search(&mut self, words: &[Text], operation: Option<&Text>) -> Vec<Text> {
        let mut known = BTreeMap::new();
        for word in words {
            if !is_searchable(&word.value) {
                self.bad_value(
                    word,
                    format!("`{}` cannot be searched for", word.value),
                    "write small letters, digits, `-` and `.`, with one space between words",
                );
            } else if operation.is_some_and(|it| letters(&it.value) == letters(&word.value)) {
                let message = format!("`{}` is the name of the operation", word.value);
                self.bad_value(word, message, "drop it: names are found without it");
            }
            let first = *known.entry(&word.value).or_insert(word.span);
            if first != word.span {
                self.report(
                    Diagnostic::new(
                        Code::BadValue,
                        word.span,
                        format!("`{}` is given twice", word.value),
                    )
                    .related(first, "the first one")
                    .help("keep one of the two"),
                );
            }
        }
        words.to_vec()
    }
}

fn is_searchable(text: &str) -> bool {
    let plain =
        |c: char| c.is_alphanumeric() && c.to_lowercase().eq([c]) || matches!(c, '-' | '.' | ' ');
    let is_word = |word: &str| word.contains(char::is_alphanumeric);
    text.chars().all(plain) && text.split(' ').all(is_word)
}

/// A name without what searches leave out of account.
fn letters(name: &str) -> String {
    let plain = name.chars().filter(|it| !matches!(it, '_' | '-'));
    plain.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::{is_searchable, letters};

    #[test]
    fn words_and_phrases_can_be_searched_for() {
        for text in ["hls", "play url", "h.264", "pre-load", "截图"] {
            assert!(is_searchable(text), "{text}");
        }
        for text in [
            "",
            " ",
            " a",
            "a ",
            "a  b",
            "a - b",
            "a\tb",
            "Purge",
            "\"a\"",
            "it's",
            "a::b",
            "a\u{202e}",
        ] {
            assert!(!is_searchable(text), "{text:?}");
        }
    }

    #[test]
    fn names_are_the_same_in_any_case_and_style() {
        assert_eq!(letters("DeleteThumbnails"), letters("delete_thumbnails"));
        assert_ne!(letters("DeleteThumbnails"), letters("delete thumbnails"));
    }
}
