//! Markdown: the vendor's own copies of its pages, and what converters make of the HTML.
//!
//! Converters break the rows of tables over lines, leave tables as HTML and JSON without fences. So a text is first cut
//! into tables, JSON and the rest, and only the rest and the cells are left to a Markdown parser.

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use crate::describe::breaks;
use crate::page::document::{Block, Cell, Kind, Part, Row, bullet, tidy};
use crate::page::{html, plain, words};

/// Takes Markdown apart.
pub(super) fn extract(text: &str) -> Vec<Block> {
    let starts = std::iter::once(0)
        .chain(text.match_indices('\n').map(|(at, _)| at + 1))
        .collect();
    let mut reader = Reader {
        text,
        starts,
        lines: text.lines().collect(),
        blocks: Vec::new(),
    };
    reader.read();
    reader.blocks
}

struct Reader<'t> {
    text: &'t str,
    /// Where each line begins.
    starts: Vec<usize>,
    lines: Vec<&'t str>,
    blocks: Vec<Block>,
}

impl<'t> Reader<'t> {
    fn line(&self, at: usize) -> Option<&'t str> {
        self.lines.get(at).copied()
    }

    /// The text from one line up to another one.
    fn slice(&self, from: usize, to: usize) -> &'t str {
        let place = |line: usize| self.starts.get(line).copied().unwrap_or(self.text.len());
        self.text.get(place(from)..place(to)).unwrap_or_default()
    }

    fn read(&mut self) {
        let (mut at, mut rest, mut fenced) = (0, 0, false);
        while let Some(line) = self.line(at) {
            let trimmed = line.trim();
            if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
                fenced = !fenced;
            }
            let end = match () {
                () if fenced => None,
                () if trimmed.starts_with("<table") => Some(self.html_table(at, rest)),
                () if plain::is_json(trimmed) => Some(self.json(at, rest)),
                // A cell of a table that lost its pipes, which Markdown takes for a list or the mark of a heading.
                () if trimmed == "-" => Some(self.dash(at, rest)),
                () if trimmed.contains('|') => self.table(at, rest),
                () => None,
            };
            match end {
                Some(end) => {
                    at = end;
                    rest = end;
                }
                None => at += 1,
            }
        }
        self.rest(rest, at);
    }

    fn rest(&mut self, from: usize, to: usize) {
        if from < to {
            self.blocks.extend(blocks(self.slice(from, to), from + 1));
        }
    }

    fn dash(&mut self, at: usize, rest: usize) -> usize {
        self.rest(rest, at);
        self.blocks
            .push(Block::new(at + 1, Kind::Text("-".to_owned())));
        at + 1
    }

    /// A table of HTML; gives the line after it.
    fn html_table(&mut self, at: usize, rest: usize) -> usize {
        self.rest(rest, at);
        let mut end = at;
        while let Some(line) = self.line(end) {
            end += 1;
            if line.contains("</table>") {
                break;
            }
        }
        self.blocks
            .extend(html::extract(self.slice(at, end), at + 1));
        end
    }

    fn json(&mut self, at: usize, rest: usize) -> usize {
        self.rest(rest, at);
        let end = plain::code_end(&self.lines, at);
        let code = plain::dedent(self.lines.get(at..end).unwrap_or_default());
        self.blocks.push(Block::new(at + 1, Kind::Code(code)));
        end
    }

    /// A table of pipes, if one begins here.
    fn table(&mut self, at: usize, rest: usize) -> Option<usize> {
        let (delimiter, columns) = self.delimiter(at)?;
        let mut header = self.cells(at, delimiter, columns)?.0;
        self.rest(rest, at);
        header.truncate(columns);
        let mut rows = vec![header];
        let mut next = delimiter + 1;
        while let Some(line) = self.line(next)
            && separators(line).next().is_some()
            && self.delimiter(next).is_none()
            && let Some((row, end)) = self.cells(next, usize::MAX, columns)
        {
            rows.push(row);
            next = end;
        }
        self.blocks.push(Block::new(at + 1, Kind::Table(rows)));
        Some(next)
    }

    /// The line of dashes below the header row that begins here, and its number of columns.
    fn delimiter(&self, at: usize) -> Option<(usize, usize)> {
        let leading = self.line(at)?.trim_start().starts_with('|');
        let mut cells = 0;
        for next in at..at + 16 {
            let line = self.line(next)?;
            if let Some(columns) = columns(line) {
                // The last cell of a header may go without a pipe.
                let pipes = columns + usize::from(leading);
                return (cells == pipes || cells + 1 == pipes).then_some((next, columns));
            }
            let pipes = separators(line).count();
            cells += pipes;
            if pipes == 0 {
                return None;
            }
        }
        None
    }

    /// The row that begins on a line, and the line after it: as many cells as there are columns, wherever lines break.
    fn cells(&self, start: usize, limit: usize, columns: usize) -> Option<(Row, usize)> {
        let mut row = Row::new();
        let mut cell = vec![];
        let mut at = start;
        let first = self.line(start)?;
        let leading = first.trim_start().starts_with('|');
        while at < limit
            && let Some(line) = self.line(at)
        {
            let mut from = 0;
            if at == start && leading {
                from = line.find('|').map_or(0, |pipe| pipe + 1);
            } else if at > start && (whole_row(line, columns) || heading(line)) {
                break;
            }
            at += 1;
            for separator in separators(line) {
                if separator < from {
                    continue;
                }
                cell.push((at, line.get(from..separator).unwrap_or_default()));
                row.push(parse_cell(at, &std::mem::take(&mut cell)));
                from = separator + 1;
            }
            let open = line.get(from..).unwrap_or_default();
            if row.len() >= columns {
                // A row ends with its line, so what else stands there are cells too many.
                if !open.trim().is_empty() {
                    row.push(parse_cell(at, &[(at, open)]));
                }
                return Some((row, at));
            }
            cell.push((at, open));
            if !leading && at == start + 1 && row.len() + 1 == columns && !open.trim().is_empty() {
                break;
            }
        }
        if cell.iter().any(|(_, text)| !text.trim().is_empty()) {
            row.push(parse_cell(at, &cell));
        }
        Some((row, at))
    }
}

/// Whether a line is a row that needs no other line.
fn whole_row(line: &str, columns: usize) -> bool {
    line.trim_start().starts_with('|') && separators(line).count() == columns + 1
}

/// Whether a line is a heading, so that the row before it was cut off.
fn heading(line: &str) -> bool {
    let text = line.trim();
    line.starts_with('#')
        || (!line.contains('|')
            && words::section(text).is_some()
            && !words::is_section_or_description(text))
}

/// The pipes of a line that separate cells.
fn separators(line: &str) -> impl Iterator<Item = usize> + '_ {
    let mut escaped = false;
    line.bytes().enumerate().filter_map(move |(at, byte)| {
        let separates = byte == b'|' && !escaped;
        escaped = byte == b'\\' && !escaped;
        separates.then_some(at)
    })
}

/// How many columns a line of dashes has.
pub(super) fn columns(line: &str) -> Option<usize> {
    let line = line.trim();
    if !line.contains("--")
        || !line.contains('|')
        || line.contains(|c| !matches!(c, '|' | '-' | ':' | ' '))
    {
        return None;
    }
    let inner = line.strip_prefix('|').unwrap_or(line);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    Some(inner.split('|').count())
}

/// A cell from the lines it stands on; an empty one stands on `line`.
fn parse_cell(line: usize, lines: &[(usize, &str)]) -> Cell {
    let mut cell = Cell {
        line,
        parts: Vec::new(),
    };
    for (line, text) in lines {
        if text.trim().is_empty() {
            continue;
        }
        for (is_item, piece) in breaks(text) {
            // A bullet is a mark of a list here, whatever Markdown makes of it within a line.
            let (item, text) = match bullet(piece) {
                Some(text) => (true, text),
                None => (is_item, piece),
            };
            let text = inline(text);
            if !text.is_empty() {
                cell.parts.push(Part {
                    line: *line,
                    item,
                    text,
                });
            }
        }
    }
    cell.line = cell.parts.first().map_or_else(
        || lines.first().map_or(line, |(line, _)| *line),
        |part| part.line,
    );
    cell
}

/// Text without its Markdown.
fn inline(text: &str) -> String {
    let mut plain = String::new();
    for event in Parser::new(text.trim()) {
        match event {
            Event::Text(text) | Event::Code(text) => plain.push_str(&text),
            // The items of a type, such as `Array<String>`, are no tag.
            Event::InlineHtml(tag) if is_generic(&plain) => plain.push_str(&tag),
            Event::SoftBreak | Event::HardBreak => plain.push(' '),
            _ => {}
        }
    }
    tidy(&plain)
}

/// Whether a text ends in a type that is made of others.
fn is_generic(text: &str) -> bool {
    ["array", "list", "map"]
        .iter()
        .any(|word| text.trim_start().eq_ignore_ascii_case(word))
}

/// The parts of Markdown without tables; its first line is the line `first` of the page.
fn blocks(text: &str, first: usize) -> Vec<Block> {
    let mut rest = Rest {
        line: first,
        ..Rest::default()
    };
    let mut counted = 0;
    for (event, range) in Parser::new(text).into_offset_iter() {
        if let Some(passed) = text.get(counted..range.start) {
            rest.line += passed.matches('\n').count();
            counted = range.start;
        }
        rest.event(event);
    }
    rest.flush();
    rest.blocks
}

/// Markdown without tables, as far as it is read.
#[derive(Default)]
struct Rest {
    blocks: Vec<Block>,
    line: usize,
    /// The paragraph that is being read, and its line.
    text: String,
    begun: usize,
    heading: bool,
    /// Whether the paragraph is the first one of its list item.
    item: bool,
    /// In a code block, and whether it has a fence.
    code: Option<bool>,
}

impl Rest {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                self.flush();
                self.heading = true;
            }
            Event::Start(Tag::Item) => {
                self.flush();
                self.item = true;
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                self.flush();
                // It can be empty.
                self.begun = self.line;
                self.code = Some(matches!(kind, CodeBlockKind::Fenced(_)));
            }
            Event::Start(Tag::Paragraph | Tag::List(_) | Tag::HtmlBlock) => self.flush(),
            Event::End(TagEnd::Heading(_)) => {
                self.flush();
                self.heading = false;
            }
            Event::End(TagEnd::Item) => {
                self.flush();
                self.item = false;
            }
            Event::End(TagEnd::CodeBlock) => self.end_code(),
            Event::End(TagEnd::Paragraph | TagEnd::List(_)) => self.flush(),
            Event::End(TagEnd::HtmlBlock) => {
                let html = std::mem::take(&mut self.text);
                self.blocks.extend(html::extract(&html, self.begun));
            }
            Event::Text(text) | Event::Code(text) | Event::Html(text) => self.push(&text),
            Event::InlineHtml(tag) if tag.starts_with("<br") => self.flush(),
            // A line of a copied page is a paragraph of its own.
            Event::SoftBreak | Event::HardBreak => self.flush(),
            _ => {}
        }
    }

    fn push(&mut self, text: &str) {
        if self.text.is_empty() {
            self.begun = self.line;
        }
        self.text.push_str(text);
    }

    fn end_code(&mut self) {
        let code = std::mem::take(&mut self.text);
        let lines: Vec<&str> = code.lines().collect();
        if self.code.take() == Some(true) {
            self.blocks
                .push(Block::new(self.begun, Kind::Code(plain::dedent(&lines))));
        } else {
            // Without a fence it may be any text that happens to be indented.
            let mut parts = plain::parts(&lines, self.begun);
            for part in &mut parts {
                if let Kind::Text(text) | Kind::Item(text) = &mut part.kind {
                    *text = inline(text);
                }
            }
            self.blocks.extend(parts);
        }
    }

    fn flush(&mut self) {
        let text = tidy(&std::mem::take(&mut self.text));
        if text.is_empty() {
            return;
        }
        let kind = match () {
            () if self.heading => Kind::Heading(text),
            () if std::mem::take(&mut self.item) => Kind::Item(text),
            () => Kind::Text(text),
        };
        self.blocks.push(Block::new(self.begun, kind));
    }
}
