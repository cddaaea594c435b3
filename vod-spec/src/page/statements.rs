//! What a description states in words: limits, defaults and lists of values.

use super::document::Part;
use super::facts::{CellType, Stated, Statement};

/// What was found in a description.
#[derive(Default)]
pub(super) struct Told {
    pub(super) states: Vec<Stated<Statement>>,
    pub(super) values: Vec<Stated<String>>,
    /// Lines that could not be read, and why.
    pub(super) troubles: Vec<(usize, String)>,
}

pub(super) fn read(parts: &[Part], ty: Option<&CellType>) -> Told {
    let mut told = Told::default();
    let array = matches!(ty, Some(CellType::Array(_)));
    for (at, part) in parts.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| parts.get(at));
        let lower = part.text.to_ascii_lowercase();
        if let Some(number) = after(&lower, "a maximum of ").and_then(number)
            && array
        {
            let value = Statement::Items(None, Some(number));
            told.states.push(Stated {
                value,
                line: part.line,
            });
        }
        if part.item
            && (before.is_some_and(|before| before.text.ends_with([':', '：']))
                || !told.values.is_empty())
        {
            let value = part
                .text
                .split([':', '：', '(', '（'])
                .next()
                .unwrap_or_default()
                .trim();
            told.values.push(Stated {
                value: value.to_owned(),
                line: part.line,
            });
        }
    }
    told
}

fn after<'t>(text: &'t str, words: &str) -> Option<&'t str> {
    text.split_once(words).map(|(_, rest)| rest)
}

fn number(text: &str) -> Option<i64> {
    let digits: String = text
        .chars()
        .take_while(|c| c.is_ascii_digit() || *c == ',')
        .filter(char::is_ascii_digit)
        .collect();
    digits.parse().ok()
}
