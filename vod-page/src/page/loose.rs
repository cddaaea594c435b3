//! Finds tables whose cells stand on lines of their own, one below the other.
//!
//! Such a copy tells columns from its header row alone, and where a row ends from what the next one begins with: a
//! name, whether it is mandatory, and a type. Cells that a copy lost stay empty.

use crate::facts::CellType;
use crate::page::document::{Block, Cell, Kind, Part, Row};
use crate::page::words::{self, Column, Section};

/// Replaces the cells that belong to one table by the table.
pub(super) fn gather(blocks: Vec<Block>) -> Vec<Block> {
    let mut gathered = Vec::with_capacity(blocks.len());
    let mut section = Section::Start;
    let mut at = 0;
    while let Some(block) = blocks.get(at) {
        let columns = header(&blocks, at);
        if columns.is_empty() {
            match &block.kind {
                Kind::Heading(text) => {
                    section = words::section(text).map_or(section, |(next, _)| next)
                }
                Kind::Text(text) => {
                    section = words::section(text)
                        .map(|(next, _)| next)
                        .filter(|next| next.follows(section))
                        .unwrap_or(section);
                }
                _ => {}
            }
            gathered.push(block.clone());
            at += 1;
            continue;
        }
        let start = at + columns.len();
        let end = end(&blocks, start, &columns, section);
        let unknown = unknown(&blocks, start, end, &columns);
        let cells = blocks.get(start + unknown..end).unwrap_or_default();
        let header = blocks.get(at..start + unknown).unwrap_or_default();
        let mut header: Vec<&Block> = header.iter().collect();
        // All that stands in a row behind the type is one cell: of the description, if there is one.
        let is_known = |block: &Block| block.text().and_then(words::column).is_some();
        header.sort_by_key(|block| !is_known(block));
        let header = header.into_iter();
        let mut rows = vec![
            header
                .map(|block| cell(std::slice::from_ref(block)))
                .collect(),
        ];
        rows.extend(split(cells, &columns));
        gathered.push(Block::new(block.line, Kind::Table(rows)));
        at = end;
    }
    gathered
}

/// The columns of the header row that begins here; none if none does.
fn header(blocks: &[Block], at: usize) -> Vec<Column> {
    let mut columns = Vec::new();
    for block in blocks.iter().skip(at) {
        let Some(column) = block.text().and_then(words::column) else {
            break;
        };
        if columns.contains(&column)
            || columns
                .first()
                .is_some_and(|first| !first.others().contains(&column))
        {
            break;
        }
        columns.push(column);
    }
    let first = columns.first().copied();
    let whole = match first {
        Some(Column::Name) => columns.contains(&Column::Type),
        Some(Column::Action | Column::Status) => columns.len() > 1,
        _ => false,
    };
    if whole { columns } else { Vec::new() }
}

/// How many more columns a header has behind those that are known: up to two that stand before the first row.
fn unknown(blocks: &[Block], start: usize, end: usize, columns: &[Column]) -> usize {
    if columns.first() != Some(&Column::Name) {
        return 0;
    }
    let mut rows = start..end.min(start + 3);
    let row = rows.position(|at| begins(blocks, at, columns).is_some());
    row.unwrap_or_default()
}

/// Where the table ends.
fn end(blocks: &[Block], start: usize, columns: &[Column], section: Section) -> usize {
    let mut at = start;
    while let Some(block) = blocks.get(at) {
        if let Some(cells) = begins(blocks, at, columns) {
            at += cells.iter().sum::<usize>();
            let description = blocks.get(at).and_then(Block::text).unwrap_or_default();
            if columns.contains(&Column::Type) && words::is_section_or_description(description) {
                at += 1;
            }
            continue;
        }
        let ends = match &block.kind {
            Kind::Text(text) => {
                words::section(text).is_some_and(|(next, _)| next.follows(section))
                    || words::captioned(text).is_some()
                    || words::status_line(text).is_some()
                    || words::is_end(text)
                    || !header(blocks, at).is_empty()
            }
            Kind::Item(_) => false,
            _ => true,
        };
        if ends {
            break;
        }
        at += 1;
    }
    at
}

/// The cells, but for the last, of the row that begins here: how many blocks each takes.
fn begins(blocks: &[Block], at: usize, columns: &[Column]) -> Option<Vec<usize>> {
    let text = |offset: usize| blocks.get(at + offset).and_then(Block::text);
    let first = text(0)?;
    match columns.first()? {
        Column::Name if words::may_be_wire_name(first) => {
            let next = text(1)?;
            if !columns.contains(&Column::Mandatory) {
                return is_type(next).then(|| vec![1, 1]);
            }
            if words::mandatory(next).is_none() {
                if looks_mandatory(next) && text(2).is_some_and(is_type) {
                    return Some(vec![1, 1, 1]);
                }
                // The mandatory cell was lost.
                return is_type(next).then(|| vec![1, 0, 1]);
            }
            match text(2) {
                Some(ty) if is_type(ty) || looks_like_type(ty) => Some(vec![1, 1, 1]),
                _ => Some(vec![1, 1, 0]),
            }
        }
        Column::Status if words::status(first).is_some() => Some(vec![1]),
        Column::Action if is_action(first) => text(1)
            .filter(|access| is_access(access))
            .map(|_| vec![1, 1]),
        _ => None,
    }
}

/// Rows of as many cells as there are columns.
fn split(blocks: &[Block], columns: &[Column]) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut at = 0;
    while at < blocks.len() {
        let begun = begins(blocks, at, columns).unwrap_or_default();
        let mut row = Row::new();
        for length in &begun {
            row.push(cell(blocks.get(at..at + length).unwrap_or_default()));
            at += length;
        }
        let start = at;
        while at < blocks.len() && begins(blocks, at, columns).is_none() {
            at += 1;
        }
        let rest = blocks.get(start..at).unwrap_or_default();
        if columns.first() == Some(&Column::Action) {
            row.extend(permission_cells(rest, columns));
        } else {
            row.push(cell(rest));
        }
        rows.push(row);
    }
    rows
}

/// The cells of a row of permissions after its action and access level: which is which shows in their shapes.
fn permission_cells(blocks: &[Block], columns: &[Column]) -> Vec<Cell> {
    let columns = columns.get(2..).unwrap_or_default();
    let place = |column| {
        columns
            .iter()
            .position(|c| *c == column)
            .unwrap_or_default()
    };
    let mut cells = vec![Vec::new(); columns.len()];
    let mut at = 0;
    for block in blocks {
        let text = match &block.kind {
            Kind::Text(text) | Kind::Item(text) => text.as_str(),
            _ => continue,
        };
        let nothing = words::is_none(text);
        let shape = match text.matches(':').count() {
            0 => 0,
            1 => place(Column::ConditionKey),
            _ => place(Column::Alias),
        };
        if nothing
            && cells
                .get(at)
                .is_some_and(|cell: &Vec<Block>| !cell.is_empty())
        {
            at += 1;
        }
        at = at.max(shape);
        if let Some(cell) = cells.get_mut(at) {
            cell.push(block.clone());
        }
        if nothing {
            at += 1;
        }
    }
    cells.iter().map(|blocks| cell(blocks)).collect()
}

fn cell(blocks: &[Block]) -> Cell {
    let parts: Vec<Part> = blocks
        .iter()
        .filter_map(|block| {
            match &block.kind {
                Kind::Text(text) => Some((false, text)),
                Kind::Item(text) => Some((true, text)),
                _ => None,
            }
            .map(|(item, text)| Part {
                line: block.line,
                item,
                text: text.clone(),
            })
        })
        .collect();
    Cell {
        line: parts.first().map_or(0, |part| part.line),
        parts,
    }
}

fn is_type(text: &str) -> bool {
    !matches!(CellType::parse(text), CellType::Unknown(_))
}

/// Whether a text that no type is known by is a type rather than a sentence.
fn looks_like_type(text: &str) -> bool {
    text.len() <= 40 && text.is_ascii() && !text.ends_with('.') && text.split(' ').count() <= 3
}

/// Whether a text that says neither yes nor no stands where that is due: `-`, `Optional`. A name before a type begins
/// a row itself, unless it reads like a word.
fn looks_mandatory(text: &str) -> bool {
    let is_word = || {
        let mut letters = text.chars();
        letters.next().is_some_and(|c| c.is_ascii_uppercase())
            && letters.all(|c| c.is_ascii_lowercase())
    };
    text.chars().count() <= 20 && !is_type(text) && (!words::may_be_wire_name(text) || is_word())
}

/// `vod:thumbnail:delete`
fn is_action(text: &str) -> bool {
    text.split(':').count() == 3
        && text.split(':').all(|part| {
            !part.is_empty()
                && part
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || matches!(c, '*' | '-' | '_'))
        })
}

/// `Write`
fn is_access(text: &str) -> bool {
    words::section(text).is_none()
        && !text.is_empty()
        && text.len() <= 40
        && text.chars().all(|c| c.is_ascii_alphabetic() || c == '_')
}
