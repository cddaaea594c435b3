//! Plain text: what a browser gives when a page is copied or saved as text.

use crate::page::document::{Block, Kind, bullet, tidy};
use crate::page::words;

/// Takes a text apart into paragraphs, list items and code.
pub(super) fn extract(text: &str) -> Vec<Block> {
    let lines: Vec<&str> = text.lines().collect();
    parts(&lines, 1)
}

/// The parts of lines of which the first one is the line `first` of the page.
pub(super) fn parts(lines: &[&str], first: usize) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let content = tidy(line);
        let number = first + at;
        let mut next = at + 1;
        if is_json(&content) {
            next = code_end(lines, at);
            let code = dedent(lines.get(at..next).unwrap_or_default());
            blocks.push(Block::new(number, Kind::Code(code)));
        } else if let Some(item) = bullet(&content) {
            blocks.push(Block::new(number, Kind::Item(item.to_owned())));
        } else if !content.is_empty() {
            blocks.push(Block::new(number, Kind::Text(content)));
        }
        at = next;
    }
    blocks
}

/// Whether JSON begins with this line.
pub(super) fn is_json(line: &str) -> bool {
    let inner = line.strip_prefix(['{', '[']).map(str::trim_start);
    inner.is_some_and(|inner| inner.is_empty() || inner.starts_with(['{', '[', '}', ']', '"']))
}

/// The line after JSON that begins on the line `start`: where its brackets are closed, or else before the next heading.
pub(super) fn code_end(lines: &[&str], start: usize) -> usize {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for (at, line) in lines.iter().enumerate().skip(start) {
        if at > start && words::section(line.trim()).is_some() {
            return at;
        }
        for c in line.chars() {
            match c {
                _ if escaped => escaped = false,
                '\\' if quoted => escaped = true,
                '"' => quoted = !quoted,
                '{' | '[' if !quoted => depth += 1,
                '}' | ']' if !quoted => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        if depth == 0 {
            return at + 1;
        }
    }
    lines.len()
}

/// The lines without the white space that all of them begin with.
pub(super) fn dedent(lines: &[&str]) -> String {
    let indent = lines
        .iter()
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.len() - line.trim_start().len())
        .min()
        .unwrap_or_default();
    let lines: Vec<&str> = lines
        .iter()
        .map(|line| line.get(indent..).unwrap_or_default().trim_end())
        .collect();
    lines.join("\n").trim_end().to_owned()
}
