//! Reads values one after the other, as they stand in a text or in a document.
//!
//! A type takes what it knows straight from here: no value is held that is not part of the result.
//! The reader is a position, so what a field cannot hold is passed over from where it began.

#[cfg(test)]
mod tests;
mod text;

use std::borrow::Cow;

use serde_json::Number;

use self::text::Text;
use super::json::Node;
use super::{Wire, WireError};

/// A position in JSON.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a>(Source<'a>);

#[derive(Debug, Clone, Copy)]
enum Source<'a> {
    Text(Text<'a>),
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

#[derive(Debug)]
enum End {
    /// At a bracket.
    Bracket {
        /// Whether nothing of it is read.
        first: bool,
    },
    /// Where so many nodes are left.
    Left(usize),
    /// Right here: there is nothing in it.
    Here,
}

impl<'a> Reader<'a> {
    /// At the start of a text.
    pub(crate) fn of_text(text: &'a str) -> Self {
        Self(Source::Text(Text::new(text)))
    }

    /// At the start of nodes.
    pub(super) fn of_nodes(nodes: &'a [Node<'a>]) -> Self {
        Self(Source::Nodes(nodes))
    }

    /// The start of the next value.
    pub fn token(&mut self) -> Result<Token<'a>, WireError> {
        match &mut self.0 {
            Source::Text(text) => text.token(),
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
        match (&mut self.0, &mut list.0) {
            (Source::Text(text), End::Bracket { first }) => text.next(first, b']'),
            (source, end) => Ok(source.has_nodes(end)),
        }
    }

    /// Goes to the next member of an object, and reads its name; `None` at its end.
    pub fn member(&mut self, object: &mut Open) -> Result<Option<Cow<'a, str>>, WireError> {
        match (&mut self.0, &mut object.0) {
            (Source::Text(text), End::Bracket { first }) => {
                let is_there = text.next(first, b'}')?;
                is_there.then(|| text.name()).transpose()
            }
            (source, end) if source.has_nodes(end) => match self.token()? {
                Token::Text(name) => Ok(Some(name)),
                other => Err(WireError::unexpected("the name of a member", &other)),
            },
            _ => Ok(None),
        }
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
        match &mut self.0 {
            Source::Text(text) => text.is_null(),
            Source::Nodes(nodes) => matches!(nodes.first(), None | Some(Node::Null)),
        }
    }

    /// The next value, if it is text.
    pub(super) fn text(mut self) -> Option<Cow<'a, str>> {
        match &mut self.0 {
            Source::Text(text) => text.string_if_any(),
            Source::Nodes(nodes) => match nodes.first() {
                Some(Node::String(text)) => Some(Cow::Borrowed(text)),
                _ => None,
            },
        }
    }

    /// The next value, if it is text of an enum that the caller sends as `unlisted`.
    pub(super) fn unlisted(&mut self) -> Option<&'a str> {
        let Source::Nodes([Node::Unlisted(text), rest @ ..]) = self.0 else {
            return None;
        };
        self.0 = Source::Nodes(rest);
        Some(text)
    }

    /// Makes sure that there is nothing more.
    pub(crate) fn end(self) -> Result<(), WireError> {
        match self.0 {
            Source::Text(text) => text.end(),
            Source::Nodes(_) => Ok(()),
        }
    }
}

impl Source<'_> {
    /// Whether there are nodes before the end of a list or an object.
    fn has_nodes(&self, end: &End) -> bool {
        match (self, end) {
            (Self::Nodes(nodes), End::Left(left)) => nodes.len() > *left,
            _ => false,
        }
    }
}

impl Open {
    /// An object without members.
    pub(super) fn nothing() -> Self {
        Self(End::Here)
    }

    /// One of which nothing but the bracket is read.
    fn of_text() -> Self {
        Self(End::Bracket { first: true })
    }

    fn of_nodes(left: &[Node<'_>], size: usize) -> Self {
        Self(End::Left(left.len().saturating_sub(size)))
    }
}
