//! Reads values one after the other, as they stand in a text or in a document.
//!
//! A type takes what it knows straight from here: no value is held that is not part of the result.
//! The reader is a position, so what a field cannot hold is passed over from where it began.

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use serde_json::Number;

use super::json::Node;
use super::{Wire, WireError};

/// Values can be nested so deep, as in serde_json: each level takes room on the stack.
const DEEPEST: usize = 127;

/// A position in JSON.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    source: Source<'a>,
    depth: usize,
}

#[derive(Debug, Clone, Copy)]
enum Source<'a> {
    /// Strict JSON, and how much of it is read.
    Text(&'a str, usize),
    /// The nodes that are left.
    Nodes(&'a [Node<'a>]),
}

/// The start of a value.
#[derive(Debug)]
pub enum Token<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number.
    Number(Number),
    /// Text.
    Text(Cow<'a, str>),
    /// Text of an enum that the caller sends as `unlisted`.
    Unlisted(&'a str),
    /// A list, whose items come next.
    Array(Open),
    /// An object, whose members come next.
    Object(Open),
}

/// A list or an object that is being read.
#[derive(Debug)]
pub struct Open(End);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// At a bracket, and nothing of it is read.
    First,
    /// At a bracket.
    Bracket,
    /// Where so many nodes are left.
    Left(usize),
    /// Right here: there is nothing in it.
    Here,
}

impl<'a> Reader<'a> {
    /// At the start of a text.
    pub(crate) fn of_text(text: &'a str) -> Self {
        Self {
            source: Source::Text(text, 0),
            depth: 0,
        }
    }

    /// At the start of nodes.
    pub(super) fn of_nodes(nodes: &'a [Node<'a>]) -> Self {
        Self {
            source: Source::Nodes(nodes),
            depth: 0,
        }
    }

    /// The start of the next value.
    pub fn token(&mut self) -> Result<Token<'a>, WireError> {
        match &mut self.source {
            Source::Text(text, at) => {
                skip_space(text, at);
                match text.as_bytes().get(*at) {
                    Some(b'"') => Ok(Token::Text(self.string()?)),
                    Some(b'{') => self.open(Token::Object),
                    Some(b'[') => self.open(Token::Array),
                    Some(b'-' | b'0'..=b'9') => Ok(Token::Number(self.number()?)),
                    _ => self.word(),
                }
            }
            Source::Nodes(nodes) => Ok(match nodes.split_off_first() {
                None | Some(Node::Null) => Token::Null,
                Some(Node::Bool(value)) => Token::Bool(*value),
                Some(Node::Number(number)) => Token::Number(number.clone()),
                Some(Node::String(text)) => Token::Text(Cow::Borrowed(text)),
                Some(Node::Unlisted(text)) => Token::Unlisted(text),
                Some(Node::Array(size)) => Token::Array(Open::of_nodes(nodes, *size)),
                Some(Node::Object(size)) => Token::Object(Open::of_nodes(nodes, *size)),
            }),
        }
    }

    /// Goes to the next item of a list; false at its end.
    pub fn item(&mut self, list: &mut Open) -> Result<bool, WireError> {
        self.next(list, b']')
    }

    /// Goes to the next member of an object, and reads its name; `None` at its end.
    pub fn member(&mut self, object: &mut Open) -> Result<Option<Cow<'a, str>>, WireError> {
        if !self.next(object, b'}')? {
            return Ok(None);
        }
        let Source::Text(text, at) = &mut self.source else {
            return match self.token()? {
                Token::Text(name) => Ok(Some(name)),
                _ => Err(self.syntax("a member has a name that is not text")),
            };
        };
        skip_space(text, at);
        if text.as_bytes().get(*at) != Some(&b'"') {
            return Err(self.syntax("expected the name of a member"));
        }
        let name = self.string()?;
        self.expect(b':')?;
        Ok(Some(name))
    }

    /// Passes over a value.
    pub fn skip(&mut self) -> Result<(), WireError> {
        match self.token()? {
            Token::Array(mut list) => {
                while self.item(&mut list)? {
                    self.skip()?;
                }
            }
            Token::Object(mut object) => {
                while self.member(&mut object)?.is_some() {
                    self.skip()?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Reads a value, or passes over it if it cannot be read. The outer error is the end: what
    /// stands there is no JSON.
    pub(super) fn value<T: Wire>(&mut self) -> Result<Result<T, WireError>, WireError> {
        let start = *self;
        match T::read(self) {
            Ok(value) => Ok(Ok(value)),
            Err(error) if error.is_syntax() => Err(error),
            Err(error) => {
                *self = start;
                self.skip()?;
                Ok(Err(error))
            }
        }
    }

    /// Whether the next value is `null`.
    pub(super) fn is_null(mut self) -> bool {
        match &mut self.source {
            Source::Text(text, at) => {
                skip_space(text, at);
                text.get(*at..).is_some_and(|rest| rest.starts_with("null"))
            }
            Source::Nodes(nodes) => matches!(nodes.first(), None | Some(Node::Null)),
        }
    }

    /// The next value, if it is text.
    pub(super) fn text(mut self) -> Option<Cow<'a, str>> {
        if let Source::Text(text, at) = &mut self.source {
            skip_space(text, at);
            if text.as_bytes().get(*at) != Some(&b'"') {
                return None;
            }
        }
        match self.token() {
            Ok(Token::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The next value, if it is text of an enum that the caller sends as `unlisted`.
    pub(super) fn unlisted(&mut self) -> Option<&'a str> {
        let Source::Nodes([Node::Unlisted(text), rest @ ..]) = self.source else {
            return None;
        };
        self.source = Source::Nodes(rest);
        Some(text)
    }

    /// Makes sure that there is nothing more.
    pub(crate) fn end(mut self) -> Result<(), WireError> {
        match &mut self.source {
            Source::Text(text, at) => {
                skip_space(text, at);
                if *at == text.len() {
                    return Ok(());
                }
                Err(self.syntax("trailing characters"))
            }
            Source::Nodes(_) => Ok(()),
        }
    }

    fn open(&mut self, token: fn(Open) -> Token<'a>) -> Result<Token<'a>, WireError> {
        if self.depth == DEEPEST {
            return Err(self.syntax("recursion limit exceeded"));
        }
        self.depth += 1;
        if let Source::Text(_, at) = &mut self.source {
            *at += 1;
        }
        Ok(token(Open(End::First)))
    }

    /// Goes over what stands between two values of a list or an object; false at its end.
    fn next(&mut self, open: &mut Open, bracket: u8) -> Result<bool, WireError> {
        let (text, at) = match (&mut self.source, open.0) {
            (_, End::Here) => return Ok(false),
            (Source::Nodes(nodes), End::Left(end)) => return Ok(nodes.len() > end),
            (Source::Nodes(_), _) => return Ok(false),
            (Source::Text(text, at), _) => (text, at),
        };
        skip_space(text, at);
        let is_first = open.0 == End::First;
        open.0 = End::Bracket;
        match text.as_bytes().get(*at) {
            Some(found) if *found == bracket => {
                *at += 1;
                self.depth -= 1;
                Ok(false)
            }
            Some(b',') if !is_first => {
                *at += 1;
                Ok(true)
            }
            Some(_) if is_first => Ok(true),
            _ => Err(self.syntax("expected a comma or the end of a list or an object")),
        }
    }

    fn expect(&mut self, byte: u8) -> Result<(), WireError> {
        if let Source::Text(text, at) = &mut self.source {
            skip_space(text, at);
            if text.as_bytes().get(*at) == Some(&byte) {
                *at += 1;
                return Ok(());
            }
        }
        Err(self.syntax("expected a colon"))
    }

    /// The string that begins here.
    fn string(&mut self) -> Result<Cow<'a, str>, WireError> {
        let Source::Text(text, at) = &mut self.source else {
            return Ok(Cow::Borrowed(""));
        };
        let start = *at + 1;
        let rest = text.get(start..).unwrap_or_default();
        let mut end = end_of_plain(rest);
        if rest.as_bytes().get(end) == Some(&b'"') {
            *at = start + end + 1;
            return Ok(Cow::Borrowed(rest.get(..end).unwrap_or_default()));
        }
        // With escapes, or wrong: of both serde_json knows more.
        while let Some(b'\\') = rest.as_bytes().get(end) {
            let after = rest.get(end + 2..).unwrap_or_default();
            end += 2 + end_of_plain(after);
        }
        let quoted = text.get(*at..start + end + 1).unwrap_or_default();
        match serde_json::from_str(quoted) {
            Ok(owned) => {
                *at = start + end + 1;
                Ok(Cow::Owned(owned))
            }
            Err(_) => Err(self.syntax("a text does not end, or has an escape that there is not")),
        }
    }

    fn number(&mut self) -> Result<Number, WireError> {
        let Source::Text(text, at) = &mut self.source else {
            return Ok(0.into());
        };
        let rest = text.get(*at..).unwrap_or_default();
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
        let end = rest.bytes().position(|byte| !is_part(&byte));
        let digits = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
        let number = match digits.as_bytes() {
            // Most are short and whole.
            [b'0'] | [b'1'..=b'9', ..] => digits.parse::<u64>().ok().map(Number::from),
            _ => None,
        };
        match number.or_else(|| serde_json::from_str(digits).ok()) {
            Some(number) => {
                *at += digits.len();
                Ok(number)
            }
            None => Err(self.syntax("invalid number")),
        }
    }

    fn word(&mut self) -> Result<Token<'a>, WireError> {
        let words = [
            ("null", Token::Null),
            ("true", Token::Bool(true)),
            ("false", Token::Bool(false)),
        ];
        if let Source::Text(text, at) = &mut self.source {
            let rest = text.get(*at..).unwrap_or_default();
            for (word, token) in words {
                if rest.starts_with(word) {
                    *at += word.len();
                    return Ok(token);
                }
            }
        }
        Err(self.syntax("expected a value"))
    }

    /// What is no JSON, and where it stands.
    fn syntax(&self, what: &str) -> WireError {
        let Source::Text(text, at) = self.source else {
            return WireError::syntax(what);
        };
        let before = text.get(..at).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.len() - before.rfind('\n').map_or(0, |end| end + 1) + 1;
        if at == text.len() {
            return WireError::syntax(format!(
                "the text ends too early, at line {line} column {column}"
            ));
        }
        WireError::syntax(format!("{what} at line {line} column {column}"))
    }
}

impl Open {
    /// An object without members.
    pub(super) fn nothing() -> Self {
        Self(End::Here)
    }

    fn of_nodes(left: &[Node<'_>], size: usize) -> Self {
        Self(End::Left(left.len().saturating_sub(size)))
    }
}

/// Where the part of a string ends that stands for itself: at a quote, a backslash or a control
/// character.
fn end_of_plain(text: &str) -> usize {
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

fn skip_space(text: &str, at: &mut usize) {
    while let Some(b' ' | b'\n' | b'\t' | b'\r') = text.as_bytes().get(*at) {
        *at += 1;
    }
}
