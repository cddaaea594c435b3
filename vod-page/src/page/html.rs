//! HTML: a page as the browser got it, or a part of it.

use html5gum::{DefaultEmitter, HtmlString, Span, Spanned, StartTag, Token, Tokenizer};

use crate::page::document::{Block, Cell, Kind, Part, Row, tidy};
use crate::page::plain::dedent;

/// Elements without text of the page.
const SKIPPED: &[&[u8]] = &[
    b"head",
    b"script",
    b"style",
    b"noscript",
    b"template",
    b"nav",
    b"footer",
    b"svg",
    b"button",
    b"select",
    b"textarea",
    b"iframe",
];

/// Elements that do not end the paragraph they stand in.
const INLINE: &[&[u8]] = &[
    b"a", b"abbr", b"b", b"bdi", b"bdo", b"big", b"cite", b"code", b"dfn", b"em", b"font", b"i",
    b"img", b"ins", b"kbd", b"label", b"mark", b"q", b"s", b"samp", b"small", b"span", b"strong",
    b"sub", b"sup", b"tt", b"u", b"var", b"wbr",
];

/// How many cells may be added for cells that span rows and columns, so that a page cannot ask for a huge table.
const MAX_COPIES: usize = 10_000;

/// Takes HTML apart whose first line is the line `first` of the page.
pub(super) fn extract(html: &str, first: usize) -> Vec<Block> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut reader = Reader::new(html, first);
    for token in Tokenizer::new_with_emitter(html, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => reader.open(&tag),
            Token::EndTag(tag) => reader.close(&tag.name, tag.span),
            Token::String(text) => reader.text(&text),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    reader.flush();
    while !reader.tables.is_empty() {
        reader.close_table();
    }
    reader.blocks
}

struct Reader<'h> {
    html: &'h str,
    /// How far lines are counted, and the line there.
    counted: usize,
    line: usize,
    blocks: Vec<Block>,
    /// The paragraph that is being read, and its line.
    text: String,
    text_line: usize,
    /// What the paragraph is, if that is known.
    marked: Option<Mark>,
    /// Whether the paragraph is the first one of its list item.
    item: bool,
    /// In `pre`: white space counts.
    verbatim: bool,
    /// The element that is being skipped, and how many of its name are open.
    skipped: Option<(HtmlString, usize)>,
    /// The open tables. Only the outermost has rows: what stands in others is text of its cell.
    tables: Vec<Option<Grid>>,
    copies: usize,
}

#[derive(Clone, Copy, PartialEq)]
enum Mark {
    Heading,
    Caption,
}

/// A table, as far as it is read.
#[derive(Default)]
struct Grid {
    line: usize,
    rows: Vec<Row>,
    row: Row,
    cell: Option<(Cell, usize)>,
    /// For each column the cell that reaches into the next rows, and into how many.
    spans: Vec<Option<(Cell, usize)>>,
    /// For each column of the row that is read, the same for the rows below.
    below: Vec<Option<(Cell, usize)>>,
}

impl<'h> Reader<'h> {
    fn new(html: &'h str, first: usize) -> Self {
        Self {
            html,
            counted: 0,
            line: first,
            blocks: Vec::new(),
            text: String::new(),
            text_line: first,
            marked: None,
            item: false,
            verbatim: false,
            skipped: None,
            tables: Vec::new(),
            copies: MAX_COPIES,
        }
    }

    /// The line of a place; places are asked for in their order.
    fn line_at(&mut self, offset: usize) -> usize {
        if let Some(passed) = self.html.as_bytes().get(self.counted..offset) {
            self.line += passed.iter().filter(|b| **b == b'\n').count();
            self.counted = offset;
        }
        self.line
    }

    fn open(&mut self, tag: &StartTag<usize>) {
        let name: &[u8] = &tag.name;
        if let Some((skipped, depth)) = &mut self.skipped {
            if **skipped == *name && !tag.self_closing {
                *depth += 1;
            }
            return;
        }
        if (SKIPPED.contains(&name) || has_class(tag, b"linenos")) && !tag.self_closing {
            self.skipped = Some((tag.name.clone(), 1));
            return;
        }
        if INLINE.contains(&name) || (self.verbatim && name != b"br") {
            return;
        }
        let line = self.line_at(tag.span.start);
        match name {
            b"br" if self.verbatim => self.text.push('\n'),
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => self.begin(Some(Mark::Heading)),
            b"caption" => self.begin(Some(Mark::Caption)),
            b"li" => {
                self.begin(None);
                self.item = true;
            }
            b"pre" => {
                self.begin(None);
                self.verbatim = true;
            }
            b"table" => {
                self.begin(None);
                let outermost = self.tables.is_empty() && !has_class(tag, b"highlighttable");
                self.tables.push(outermost.then(|| Grid {
                    line,
                    ..Grid::default()
                }));
            }
            b"tr" => {
                self.begin(None);
                self.close_row();
            }
            b"td" | b"th" => {
                self.begin(None);
                self.open_cell(tag, line);
            }
            _ => self.begin(self.marked),
        }
    }

    fn close(&mut self, name: &HtmlString, span: Span<usize>) {
        if let Some((skipped, depth)) = &mut self.skipped {
            if skipped == name {
                *depth -= 1;
            }
            if *depth == 0 {
                self.skipped = None;
            }
            return;
        }
        self.line_at(span.start);
        match name.as_slice() {
            inline if INLINE.contains(&inline) => {}
            b"pre" => {
                self.flush();
                self.verbatim = false;
            }
            _ if self.verbatim => {}
            b"li" => {
                self.begin(None);
                self.item = false;
            }
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"caption" => self.begin(None),
            b"table" => {
                self.begin(None);
                self.close_table();
            }
            b"tr" => {
                self.begin(None);
                self.close_row();
            }
            b"td" | b"th" => {
                self.begin(None);
                self.close_cell();
            }
            _ => self.begin(self.marked),
        }
    }

    /// Without the blank at the beginning, which is no part of a paragraph.
    fn unpadded<'t>(&self, text: &'t str) -> &'t str {
        if self.verbatim {
            text.trim_start_matches(['\n', '\r'])
        } else {
            text.trim_start()
        }
    }

    fn text(&mut self, text: &Spanned<HtmlString, usize>) {
        if self.skipped.is_some() {
            return;
        }
        let value = String::from_utf8_lossy(&text.value);
        let mut value = &*value;
        if self.text.is_empty() {
            let source = self.html.get(text.span.start..text.span.end);
            let blank = source.map_or(0, |source| source.len() - self.unpadded(source).len());
            self.text_line = self.line_at(text.span.start + blank);
            value = self.unpadded(value);
        }
        self.text.push_str(value);
    }

    /// Ends the paragraph, and begins one of the given kind.
    fn begin(&mut self, mark: Option<Mark>) {
        self.flush();
        self.marked = mark;
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let line = self.text_line;
        if text.trim().is_empty() {
            return;
        }
        if let Some(Some(grid)) = self.tables.first_mut()
            && let Some((cell, _)) = &mut grid.cell
        {
            let item = std::mem::take(&mut self.item);
            cell.parts.push(Part {
                line,
                item,
                text: tidy(&text),
            });
            return;
        }
        let kind = match self.marked {
            _ if self.verbatim => {
                let lines: Vec<&str> = text.trim_matches('\n').lines().collect();
                Kind::Code(dedent(&lines))
            }
            Some(Mark::Heading) => Kind::Heading(tidy(&text)),
            Some(Mark::Caption) => Kind::Caption(tidy(&text)),
            None if std::mem::take(&mut self.item) => Kind::Item(tidy(&text)),
            None => Kind::Text(tidy(&text)),
        };
        self.blocks.push(Block::new(line, kind));
    }

    /// The table whose cells are read, if the innermost open table is that.
    fn grid(&mut self) -> Option<&mut Grid> {
        match self.tables.as_mut_slice() {
            [Some(grid)] => Some(grid),
            _ => None,
        }
    }

    fn open_cell(&mut self, tag: &StartTag<usize>, line: usize) {
        self.close_cell();
        let (columns, rows) = (span_of(tag, b"colspan"), span_of(tag, b"rowspan"));
        let copies = &mut self.copies;
        let added = (columns * rows).saturating_sub(1);
        let (columns, rows) = match copies.checked_sub(added) {
            Some(left) => {
                *copies = left;
                (columns, rows)
            }
            None => (1, 1),
        };
        let Some(grid) = self.grid() else { return };
        grid.fill();
        grid.cell = Some((
            Cell {
                line,
                parts: Vec::new(),
            },
            columns,
        ));
        grid.below.resize(grid.row.len(), None);
        for _ in 0..columns {
            grid.below
                .push((rows > 1).then(|| (Cell::default(), rows - 1)));
        }
    }

    fn close_cell(&mut self) {
        let Some(grid) = self.grid() else { return };
        let Some((cell, columns)) = grid.cell.take() else {
            return;
        };
        if let Some(Some((below, _))) = grid.below.get_mut(grid.row.len())
            && cell.parts.iter().map(|part| part.text.len()).sum::<usize>() < 1_000
        {
            *below = cell.clone();
        }
        let line = cell.line;
        grid.row.push(cell);
        for _ in 1..columns {
            grid.row.push(Cell {
                line,
                parts: Vec::new(),
            });
        }
    }

    fn close_row(&mut self) {
        self.close_cell();
        if let Some(grid) = self.grid() {
            grid.close_row();
        }
    }

    fn close_table(&mut self) {
        self.close_row();
        if let Some(Some(grid)) = self.tables.pop() {
            self.blocks
                .push(Block::new(grid.line, Kind::Table(grid.rows)));
        }
    }
}

impl Grid {
    /// Adds the cells that reach down into this row, up to the first free column.
    fn fill(&mut self) {
        while let Some(Some((cell, rows))) = self.spans.get_mut(self.row.len()).map(Option::take) {
            self.below.resize(self.row.len(), None);
            self.below
                .push((rows > 1).then(|| (cell.clone(), rows - 1)));
            self.row.push(cell);
        }
    }

    fn close_row(&mut self) {
        if self.row.is_empty() {
            return;
        }
        self.fill();
        self.spans = std::mem::take(&mut self.below);
        self.rows.push(std::mem::take(&mut self.row));
    }
}

/// Over how many rows or columns a cell reaches.
fn span_of(tag: &StartTag<usize>, name: &[u8]) -> usize {
    let value = tag
        .attributes
        .get(name)
        .map(|value| String::from_utf8_lossy(&value.value));
    let span = value
        .and_then(|value| value.trim().parse().ok())
        .unwrap_or(1);
    usize::clamp(span, 1, MAX_COPIES)
}

fn has_class(tag: &StartTag<usize>, class: &[u8]) -> bool {
    tag.attributes
        .get(b"class".as_slice())
        .is_some_and(|classes| {
            classes
                .value
                .split(u8::is_ascii_whitespace)
                .any(|one| one == class)
        })
}
