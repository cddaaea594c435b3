//! Reads strict JSON from its text.

use std::borrow::Cow;

use serde_json::Number;

use super::{Open, Token};
use crate::wire::WireError;

/// Values can be nested so deep, as in serde_json: each level takes room on the stack.
pub(super) const DEEPEST: usize = 127;

/// A position in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Text<'a> {
    text: &'a str,
    /// How many bytes of it are read.
    at: usize,
    /// How many lists and objects are open.
    depth: usize,
}

impl<'a> Text<'a> {
    /// At its start.
    pub(super) fn new(text: &'a str) -> Self {
        let (at, depth) = (0, 0);
        Self { text, at, depth }
    }

    /// The start of the next value.
    pub(super) fn token(&mut self) -> Result<Token<'a>, WireError> {
        match self.peek() {
            Some(b'"') => Ok(Token::Text(self.string()?)),
            Some(b'{') => self.open(Token::Object),
            Some(b'[') => self.open(Token::Array),
            Some(b'-' | b'0'..=b'9') => Ok(Token::Number(self.number()?)),
            _ => self.word(),
        }
    }

    /// Goes over what stands between two values of a list or an object; false at its end.
    pub(super) fn next(&mut self, first: &mut bool, bracket: u8) -> Result<bool, WireError> {
        let is_first = std::mem::take(first);
        match self.peek() {
            Some(found) if found == bracket => {
                self.at += 1;
                self.depth -= 1;
                Ok(false)
            }
            Some(b',') if !is_first => {
                self.at += 1;
                Ok(true)
            }
            Some(_) if is_first => Ok(true),
            _ => Err(self.syntax("expected a comma or the end of a list or an object")),
        }
    }

    /// The name of a member, and the colon behind it.
    pub(super) fn name(&mut self) -> Result<Cow<'a, str>, WireError> {
        if self.peek() != Some(b'"') {
            return Err(self.syntax("expected the name of a member"));
        }
        let name = self.string()?;
        if self.peek() != Some(b':') {
            return Err(self.syntax("expected a colon"));
        }
        self.at += 1;
        Ok(name)
    }

    /// Whether the next value is `null`.
    pub(super) fn is_null(&mut self) -> bool {
        self.peek() == Some(b'n') && self.rest().starts_with("null")
    }

    /// The next value, if it is text.
    pub(super) fn string_if_any(&mut self) -> Option<Cow<'a, str>> {
        match self.peek() {
            Some(b'"') => self.string().ok(),
            _ => None,
        }
    }

    /// Makes sure that there is nothing more.
    pub(super) fn end(mut self) -> Result<(), WireError> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.syntax("trailing characters")),
        }
    }

    fn open(&mut self, token: fn(Open) -> Token<'a>) -> Result<Token<'a>, WireError> {
        if self.depth == DEEPEST {
            return Err(self.syntax("recursion limit exceeded"));
        }
        self.depth += 1;
        self.at += 1;
        Ok(token(Open::of_text()))
    }

    /// The string that begins here.
    fn string(&mut self) -> Result<Cow<'a, str>, WireError> {
        let start = self.at + 1;
        let rest = self.text.get(start..).unwrap_or_default();
        let mut end = end_of_plain(rest);
        if rest.as_bytes().get(end) == Some(&b'"') {
            self.at = start + end + 1;
            return Ok(Cow::Borrowed(rest.get(..end).unwrap_or_default()));
        }
        // With escapes, or wrong: of both serde_json knows more.
        while let Some(b'\\') = rest.as_bytes().get(end) {
            let after = rest.get(end + 2..).unwrap_or_default();
            end += 2 + end_of_plain(after);
        }
        let quoted = self.text.get(self.at..start + end + 1).unwrap_or_default();
        let Ok(owned) = serde_json::from_str(quoted) else {
            return Err(self.syntax("a text does not end, or has an escape that there is not"));
        };
        self.at = start + end + 1;
        Ok(Cow::Owned(owned))
    }

    fn number(&mut self) -> Result<Number, WireError> {
        let rest = self.rest();
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
        let end = rest.bytes().position(|byte| !is_part(byte));
        let digits = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
        let number = match digits.as_bytes() {
            // Most are short and whole.
            [b'0'] | [b'1'..=b'9', ..] => digits.parse::<u64>().ok().map(Number::from),
            _ => None,
        };
        let Some(number) = number.or_else(|| serde_json::from_str(digits).ok()) else {
            return Err(self.syntax("invalid number"));
        };
        self.at += digits.len();
        Ok(number)
    }

    fn word(&mut self) -> Result<Token<'a>, WireError> {
        let words = [
            ("null", Token::Null),
            ("true", Token::Bool(true)),
            ("false", Token::Bool(false)),
        ];
        for (word, token) in words {
            if self.rest().starts_with(word) {
                self.at += word.len();
                return Ok(token);
            }
        }
        Err(self.syntax("expected a value"))
    }

    /// The next byte behind spaces, which are passed over.
    fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while let Some(b' ' | b'\n' | b'\t' | b'\r') = bytes.get(self.at) {
            self.at += 1;
        }
        bytes.get(self.at).copied()
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// What is no JSON, and where it stands.
    fn syntax(&self, what: &str) -> WireError {
        let before = self.text.get(..self.at).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.len() - before.rfind('\n').map_or(0, |end| end + 1) + 1;
        let what = match self.rest() {
            "" => "the text ends too early,",
            _ => what,
        };
        WireError::syntax(format!("{what} at line {line} column {column}"))
    }
}

/// Where the part of a string ends that stands for itself: at a quote, a backslash or a control
/// character.
pub(super) fn end_of_plain(text: &str) -> usize {
    const ONES: u64 = u64::MAX / 255;
    const HIGHEST: u64 = ONES << 7;
    let bytes = text.as_bytes();
    let mut at = 0;
    // Eight bytes at a time: nearly all of a reply is text. A byte is less than N if subtracting N
    // sets its highest bit, which was not set; a borrow can only follow one for which that is true.
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let word = u64::from_le_bytes(*chunk);
        let less = |word: u64, than: u64| word.wrapping_sub(ONES * than) & !word;
        let equal = |byte: u8| less(word ^ (ONES * u64::from(byte)), 1);
        let special = (less(word, 0x20) | equal(b'"') | equal(b'\\')) & HIGHEST;
        if special != 0 {
            return at + special.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    let is_special = |byte: &u8| matches!(byte, b'"' | b'\\' | ..0x20);
    at + rest.iter().position(is_special).unwrap_or(rest.len())
}
