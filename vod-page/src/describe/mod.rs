//! What a description states in words: limits, defaults and lists of values.
//!
//! Phrases that are known are read; where a number stands by a word of limits and its sense is not certain, that is a
//! trouble rather than a guess.

mod limits;
mod scan;
#[cfg(test)]
mod tests;
mod text;
mod values;

pub(crate) use self::text::{Part, bullet, is_none, short, tidy};

use crate::facts::{CellType, Stated, Statement};

/// What was found in a description.
#[derive(Default)]
pub(crate) struct Told {
    pub(crate) states: Vec<Stated<Statement>>,
    pub(crate) values: Vec<Stated<String>>,
    /// Lines that could not be read, and why.
    pub(crate) troubles: Vec<(usize, String)>,
}

/// Reads the description of a parameter or a field of a type.
pub(crate) fn read(parts: &[Part], ty: Option<&CellType>) -> Told {
    let mut told = Told::default();
    for part in parts {
        limits::read(part, ty, &mut told);
    }
    values::read(parts, ty, &mut told);
    told
}

/// The text in small letters and with the punctuation of English; every character stays one character.
fn fold(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '：' => ':',
            '，' => ',',
            '。' => '.',
            '；' => ';',
            '（' => '(',
            '）' => ')',
            '【' => '[',
            '】' => ']',
            '～' | '〜' | '—' | '–' => '~',
            '“' | '”' => '"',
            '‘' | '’' => '\'',
            '\u{a0}' | '\u{3000}' => ' ',
            _ => c.to_ascii_lowercase(),
        })
        .collect()
}

/// Whether a text can be a value on the wire.
fn is_value(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 64
        && text.chars().all(|c| {
            c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | '+' | '*' | '#' | '%')
        })
}
