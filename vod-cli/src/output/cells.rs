//! Values as the text of a cell.

use serde_json::Value;

/// The text of the value at a path with dots; empty if there is none.
pub(super) fn cell(row: &Value, column: &str) -> String {
    match at(row, column) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(value) => value.to_string(),
    }
}

/// The value at a path with dots.
pub(super) fn at<'v>(row: &'v Value, column: &str) -> Option<&'v Value> {
    match row.get(column) {
        Some(value) => Some(value),
        None => {
            let (first, rest) = column.split_once('.')?;
            at(row.get(first)?, rest)
        }
    }
}

/// Text in one cell of tab-separated values: what would end it is escaped.
pub(super) fn tsv(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' => escaped.push_str("\\\\"),
            '\t' => escaped.push_str("\\t"),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// Text in one cell of comma-separated values, as RFC 4180 has it.
pub(super) fn csv(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

/// Text that a terminal shows as it is: control characters, which could do anything there, are
/// escaped.
pub(crate) fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        let turns = matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if letter.is_control() || turns {
            shown.extend(letter.escape_default());
        } else {
            shown.push(letter);
        }
    }
    shown
}
