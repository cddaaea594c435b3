//! What all forms of a page have in common: headings, captions, paragraphs, list items, code and tables, each with
//! its line.

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

/// A paragraph or a list item of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) line: usize,
    pub(super) item: bool,
    pub(super) text: String,
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

/// The text with each run of white space as one space, and without it at the ends. Characters without a width are left
/// out: they only say where a line may break, also within names.
pub(super) fn tidy(text: &str) -> String {
    let visible = text.replace(['\u{ad}', '\u{200b}', '\u{2060}', '\u{feff}'], "");
    let words: Vec<&str> = visible.split_whitespace().collect();
    words.join(" ")
}

/// The beginning of a text, for a message.
pub(super) fn short(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(60) {
        Some((at, _)) => format!("{}...", line.get(..at).unwrap_or_default()),
        None => line.to_owned(),
    }
}

/// What follows the bullet, if the text begins with one.
pub(super) fn bullet(text: &str) -> Option<&str> {
    let rest = text
        .trim_start()
        .strip_prefix(['•', '●', '○', '◦', '▪', '■', '–', '·', '-', '*', '+'])?;
    let item = rest.trim_start();
    (!item.is_empty() && item.len() < rest.len()).then_some(item)
}
