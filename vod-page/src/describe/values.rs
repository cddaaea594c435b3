//! Lists of values.

use super::{Told, fold, is_value};
use crate::describe::{Part, short};
use crate::facts::{CellType, Stated};

/// Words that announce the values, before a colon; those in English are whole words, or plurals of these.
const ANNOUNCE: &[&str] = &[
    "option",
    "possible value",
    "available value",
    "valid value",
    "enumeration value",
    "enumerated value",
    "value can be",
    "value is",
    "values are",
    "values include",
    "the following values",
    "取值",
    "枚举值",
    "可选值",
    "可选项",
    "目前包括",
    "包括",
    "目前支持",
];

/// Words that announce what is assumed, not what is possible.
const DEFAULTS: &[&str] = &["default", "默认", "缺省"];

/// Reads the values that a description lists as the only ones.
pub(super) fn read(parts: &[Part], ty: Option<&CellType>, told: &mut Told) {
    let Some(ty) = ty.filter(|ty| has_values(ty)) else {
        return;
    };
    let token = |text: &str| token(text).filter(|value| fits(ty, value));
    let value = |part: &Part| {
        token(&part.text).map(|value| Stated {
            value,
            line: part.line,
        })
    };
    let mut at = 0;
    while let Some(part) = parts.get(at) {
        at += 1;
        if part.item {
            let items = run(parts, at - 1, |part| part.item);
            at += items.len() - 1;
            if items.len() > 1 && items.iter().all(is_plain) {
                let values: Option<Vec<_>> = items.iter().map(value).collect();
                told.values.extend(values.unwrap_or_default());
            }
            continue;
        }
        let Some(inline) = announced(&part.text) else {
            continue;
        };
        if !inline.is_empty() {
            inline_values(part, &inline, token, told);
            continue;
        }
        let items = run(parts, at, |part| part.item);
        // Some copies lose the bullets.
        let listed = if items.is_empty() {
            run(parts, at, |part| value(part).is_some())
        } else {
            items
        };
        at += listed.len();
        let mut values: Vec<_> = listed.iter().filter_map(value).collect();
        // Others lose the space behind them: `-0: off`, `-1: on`.
        let is_bullet = |it: &Stated<String>| it.value.len() > 1 && it.value.starts_with('-');
        if items.is_empty() && values.iter().all(is_bullet) {
            for value in &mut values {
                value.value.remove(0);
            }
        }
        match () {
            () if listed.is_empty() => told.troubles.push((
                part.line,
                "the values that are announced here are missing in this copy".to_owned(),
            )),
            () if values.len() < listed.len() => told.troubles.push((
                part.line,
                "a list of values that are not all values on the wire".to_owned(),
            )),
            () => told.values.extend(values),
        }
    }
}

fn has_values(ty: &CellType) -> bool {
    match ty {
        CellType::String | CellType::Integer | CellType::Long => true,
        CellType::Array(items) => !matches!(**items, CellType::Array(_)) && has_values(items),
        _ => false,
    }
}

/// Whether a text can be a value of a type.
fn fits(ty: &CellType, value: &str) -> bool {
    match ty {
        CellType::Array(items) => fits(items, value),
        CellType::Integer | CellType::Long => value.parse::<i64>().is_ok(),
        _ => true,
    }
}

/// The parts from a place on that are all of a kind.
fn run(parts: &[Part], at: usize, is: impl Fn(&Part) -> bool) -> &[Part] {
    let rest = parts.get(at..).unwrap_or_default();
    let end = rest.iter().position(|part| !is(part)).unwrap_or(rest.len());
    rest.get(..end).unwrap_or_default()
}

/// What follows on the same line, if a paragraph announces values.
fn announced(text: &str) -> Option<String> {
    let folded: Vec<char> = fold(text).chars().collect();
    let written: Vec<char> = text.chars().collect();
    for (at, _) in folded.iter().enumerate().filter(|(_, c)| **c == ':') {
        let before = folded.get(..at).unwrap_or_default();
        let start = before
            .iter()
            .rposition(|c| matches!(c, '.' | ';' | ':'))
            .unwrap_or_default();
        let clause: String = before.get(start..).unwrap_or_default().iter().collect();
        let last = clause.rsplit(',').next().unwrap_or_default();
        let of_default = DEFAULTS.iter().any(|words| last.contains(words));
        // A range is read as a limit, and so is a default.
        if ANNOUNCE.iter().any(|words| says(&clause, words))
            && !clause.contains("取值范围")
            && !of_default
        {
            let rest: String = written.get(at + 1..).unwrap_or_default().iter().collect();
            return Some(rest.trim().to_owned());
        }
    }
    None
}

/// Whether words stand in a clause; in English not within other words, as `option` does in `optional`.
fn says(clause: &str, words: &str) -> bool {
    clause.match_indices(words).any(|(at, _)| {
        let (before, after) = (&clause[..at], &clause[at + words.len()..]);
        let after = after.strip_prefix('s').unwrap_or(after);
        !words.is_ascii()
            || !(before.ends_with(|c: char| c.is_ascii_alphanumeric())
                || after.starts_with(|c: char| c.is_ascii_alphanumeric()))
    })
}

/// Values that follow their announcement on the same line: `A, B and C`, or `- A: first - B: second`.
fn inline_values(part: &Part, text: &str, token: impl Fn(&str) -> Option<String>, told: &mut Told) {
    let sentence = text.split(['。', '；', ';']).next().unwrap_or_default();
    let sentence = sentence.split(". ").next().unwrap_or_default();
    let pieces: Vec<&str> = match text.strip_prefix("- ") {
        Some(list) => list.split(" - ").collect(),
        None => sentence
            .split([',', '，', '、', '|'])
            .flat_map(|piece| piece.split(" or "))
            .flat_map(|piece| piece.split(" and "))
            .filter(|piece| !piece.trim().is_empty())
            .collect(),
    };
    let values: Option<Vec<_>> = pieces
        .iter()
        .map(|piece| token(piece))
        .map(|value| {
            value.map(|value| Stated {
                value,
                line: part.line,
            })
        })
        .collect();
    match values {
        Some(values) => told.values.extend(values),
        None => told.troubles.push((
            part.line,
            format!("values that are not understood: {}", short(sentence)),
        )),
    }
}

/// The value before a colon or a parenthesis.
fn token(text: &str) -> Option<String> {
    let value = text
        .split([':', '：', '(', '（', ',', '，'])
        .next()
        .unwrap_or_default()
        .split(" - ")
        .next()
        .unwrap_or_default()
        .trim()
        .trim_matches(['"', '`', '\'', '“', '”', '.', '。', ';', '；']);
    is_value(value).then(|| value.to_owned())
}

/// Whether an item is clearly a value: it is explained, and is all capitals, all small letters or a number.
fn is_plain(part: &Part) -> bool {
    let explained = part.text.contains([':', '：']);
    let one_case = |value: &str| {
        !(value.contains(|c: char| c.is_ascii_uppercase())
            && value.contains(|c: char| c.is_ascii_lowercase()))
    };
    explained && token(&part.text).is_some_and(|value| one_case(&value))
}
