//! What all forms of a page have in common: headings, captions, paragraphs, list items, code and tables, each with
//! its line.

pub(super) use crate::describe::{Part, bullet, short, tidy};

/// One part of a page, in the page's order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) line: usize,
    pub(super) kind: Kind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// Marked as a heading. Forms without marks give headings as [`Kind::Text`].
    Heading(String),
    /// Marked as the caption of the table that follows.
    Caption(String),
    Text(String),
    /// One item of a list, without its bullet.
    Item(String),
    Code(String),
    /// The first row is the header.
    Table(Vec<Row>),
}

pub(super) type Row = Vec<Cell>;

/// A cell: paragraphs and list items.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) line: usize,
    pub(super) parts: Vec<Part>,
}

impl Block {
    pub(super) fn new(line: usize, kind: Kind) -> Self {
        Self { line, kind }
    }

    /// Its text, if it is a paragraph.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl Cell {
    /// Its text on one line, items without bullets; empty if the cell is.
    pub(super) fn text(&self) -> String {
        let parts: Vec<&str> = self.parts.iter().map(|part| part.text.as_str()).collect();
        parts.join(" ")
    }
}
