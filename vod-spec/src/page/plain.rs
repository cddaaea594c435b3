//! Plain text: what a browser gives when a page is copied or saved as text.

use super::document::{Block, Kind, bullet, tidy};
use super::words;

/// Takes a text apart into lines, list items and code.
pub(super) fn extract(text: &str) -> Vec<Block> {
    let lines: Vec<&str> = text.lines().collect();
    let mut blocks = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let content = tidy(line);
        if content.starts_with(['{', '[']) {
            let end = code_end(&lines, at);
            let code = dedent(lines.get(at..end).unwrap_or_default());
            blocks.push(Block::new(at + 1, Kind::Code(code)));
            at = end;
            continue;
        }
        at += 1;
        if content.is_empty() {
            continue;
        }
        let kind = match bullet(&content) {
            Some(item) => Kind::Item(item.to_owned()),
            None => Kind::Text(content),
        };
        blocks.push(Block::new(at, kind));
    }
    blocks
}

/// The line after JSON that begins on the line `start`: where its brackets are closed, or else before the next heading.
fn code_end(lines: &[&str], start: usize) -> usize {
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
