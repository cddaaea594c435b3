//! The texts of a description and places in them.

use std::borrow::Cow;
use std::ops::Range;

/// Some editors put it before the text; nobody sees it.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// Whether a character is a control character, or one that changes the direction of the text after it, which can make
/// code look different.
pub(crate) fn hidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text on one line: control characters, and those that change the direction of text, are written as escapes, such
/// as `\n` and `\u{202e}`.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(hidden) {
        return Cow::Borrowed(text);
    }
    let escape = |c: char| {
        if hidden(c) {
            c.escape_default().collect()
        } else {
            String::from(c)
        }
    };
    Cow::Owned(text.chars().map(escape).collect())
}

/// One file of the description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Path as it is shown in diagnostics, with `/` between its parts.
    pub path: String,
    /// Path below the folder of the description: what kind of file it is depends on this.
    pub name: String,
    /// The whole text.
    pub text: String,
}

impl SourceFile {
    /// A file called `name` that is shown under the same name.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let name = name.into();
        Self {
            path: name.clone(),
            name,
            text: text.into(),
        }
    }
}

/// The file, with the path made safe to show.
fn shown(mut file: SourceFile) -> SourceFile {
    if let Cow::Owned(path) = visible(&file.path) {
        file.path = path;
    }
    file
}

/// All files of a description.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    files: Vec<SourceFile>,
}

/// A file among its [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(usize);

/// A range of bytes in one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub source: SourceId,
    /// Where the range starts.
    pub start: usize,
    /// Where it ends: the first byte behind it.
    pub end: usize,
}

impl Span {
    /// The range as Rust slices know it.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// A value and where it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its place.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Puts a value and its place together.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

impl Sources {
    /// Takes the files in the order of their names, so that the order on disk does not matter.
    pub fn new(files: impl IntoIterator<Item = SourceFile>) -> Self {
        let mut files: Vec<_> = files.into_iter().map(shown).collect();
        files.sort_by(|a, b| a.name.cmp(&b.name));
        Self { files }
    }

    /// Puts a file behind the others: one that does not belong to the description, but is spoken of together with it.
    #[cfg(feature = "drift")]
    pub(crate) fn add(&mut self, file: SourceFile) -> SourceId {
        self.files.push(shown(file));
        SourceId(self.files.len() - 1)
    }

    /// The files and their ids, in order.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &SourceFile)> {
        self.files
            .iter()
            .enumerate()
            .map(|(index, file)| (SourceId(index), file))
    }

    /// The file that `id` stands for.
    ///
    /// An id of other sources gives an empty file rather than a panic.
    pub fn file(&self, id: SourceId) -> &SourceFile {
        static EMPTY: SourceFile = SourceFile {
            path: String::new(),
            name: String::new(),
            text: String::new(),
        };
        self.files.get(id.0).unwrap_or(&EMPTY)
    }

    /// The text of a span.
    pub fn text(&self, span: Span) -> &str {
        self.file(span.source)
            .text
            .get(span.range())
            .unwrap_or_default()
    }

    /// The part of a span that lies on its first line, within the file and between characters: what can be pointed at.
    pub(crate) fn first_line(&self, span: Span) -> Span {
        let text = &self.file(span.source).text;
        let boundary = |at: usize| {
            (0..=at.min(text.len()))
                .rev()
                .find(|&index| text.is_char_boundary(index))
                .unwrap_or_default()
        };
        let start = boundary(span.start);
        let end = boundary(span.end).max(start);
        let line = text.get(start..end).unwrap_or_default();
        let line = line.split(['\r', '\n']).next().unwrap_or_default();
        Span {
            end: start + line.len(),
            start,
            ..span
        }
    }

    /// Line and column of a span's start, both counted from 1; the column counts characters.
    pub fn position(&self, span: Span) -> (usize, usize) {
        let text = &self.file(span.source).text;
        let before = text.get(..span.start).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = before.matches('\n').count() + 1;
        let column = before
            .get(line_start..)
            .unwrap_or_default()
            .chars()
            .filter(|c| *c != BYTE_ORDER_MARK)
            .count();
        (line, column + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_lines_and_characters() {
        let sources = Sources::new([SourceFile::new("a.yaml", "one\né: two\n")]);
        let (id, _) = sources.iter().next().unwrap();
        let at = |start, end| Span {
            source: id,
            start,
            end,
        };
        assert_eq!(sources.position(at(0, 3)), (1, 1));
        assert_eq!(sources.position(at(8, 11)), (2, 4));
        assert_eq!(sources.text(at(8, 11)), "two");
        assert_eq!(sources.position(at(99, 100)), (3, 1));
        assert_eq!(sources.first_line(at(1, 8)), at(1, 3));
        assert_eq!(sources.first_line(at(5, 99)), at(4, 11));
        assert_eq!(sources.first_line(at(99, 0)), at(12, 12));
    }

    #[test]
    fn paths_are_shown_on_one_line() {
        let sources = Sources::new([SourceFile::new("a\n\u{202e}.yaml", "")]);
        let (_, file) = sources.iter().next().unwrap();
        assert_eq!(file.path, "a\\n\\u{202e}.yaml");
        assert_eq!(visible("b é.yaml"), "b é.yaml");
    }

    #[test]
    fn the_order_of_files_does_not_matter() {
        let a = SourceFile::new("a.yaml", "");
        let b = SourceFile::new("b.yaml", "");
        assert_eq!(Sources::new([a.clone(), b.clone()]), Sources::new([b, a]));
    }
}
