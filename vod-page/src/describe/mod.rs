//! What a description states in words: limits, defaults and lists of values.
//!
//! Phrases that are known are read; where a number stands by a word of limits and its sense is not certain, that is a
//! trouble rather than a guess.

mod clauses;
mod context;
mod cues;
mod defaults;
mod inline;
mod item;
mod labels;
mod limits;
mod lines;
mod numerals;
pub(crate) mod operation;
mod scan;
mod sentences;
#[cfg(test)]
mod tests;
mod text;
mod told;
mod values;
mod words;

use crate::facts::CellType;

use self::labels::About;
use self::scan::Scan;
pub(crate) use self::text::{Part, breaks, bullet, is_han, is_none, key, short, tidy};
pub(crate) use self::told::Told;

/// Reads the description of a parameter or a field of a type.
pub(crate) fn read(parts: &[Part], ty: Option<&CellType>) -> Told {
    let mut told = Told::default();
    let number = ty.is_some_and(values::is_number);
    for topic in labels::topics(lines::split(parts, number)) {
        match topic.about {
            About::Text => prose(&topic.parts, ty, &mut told),
            About::Range => range(&topic.parts, ty, &mut told),
            About::Default => default(&topic.parts, ty, &mut told),
        }
    }
    told.settle(ty);
    told
}

/// Reads what says in words what it states.
fn prose(parts: &[Part], ty: Option<&CellType>, told: &mut Told) {
    let listing = values::read(parts, ty, told);
    let counts = parts.first().is_some_and(|part| limits::counts(&part.text));
    for (at, part) in parts.iter().enumerate() {
        // What is said of one value does not hold for all of them.
        if !listing.lines.contains(&at) {
            limits::read(part, limits::Of { ty, counts }, told);
        }
    }
}

/// Reads what stands below the label of a range.
fn range(parts: &[Part], ty: Option<&CellType>, told: &mut Told) {
    let Some(first) = parts.iter().find(|part| !says_nothing(&part.text)) else {
        return;
    };
    let mut inner = Told::default();
    let with_label = |label: &str, text: &str| Part {
        line: first.line,
        item: false,
        text: format!("{label}: {text}"),
    };
    if first.item || parts.len() > 1 {
        let head = Part {
            text: "options:".to_owned(),
            ..first.clone()
        };
        let mut list = vec![head];
        list.extend(parts.iter().cloned());
        values::read(&list, ty, &mut inner);
        if inner.values.is_empty() {
            inner = Told::default();
        }
    }
    if inner.is_empty() {
        let of = limits::Of { ty, counts: false };
        limits::read(first, of, &mut inner);
        if inner.is_empty() {
            limits::read(&with_label("range", &first.text), of, &mut inner);
        }
        let rest = parts.iter().filter(|it| *it != first);
        for part in rest {
            limits::read(part, of, &mut inner);
        }
        if inner.is_empty() {
            values::read(&[with_label("options", &first.text)], ty, &mut inner);
            // That these are no values is no trouble yet: they are what can be said in words.
            if inner.values.is_empty() {
                inner = Told::default();
                prose(parts, ty, &mut inner);
            }
        }
    }
    if inner.is_empty() {
        let why = format!("a range that is not understood: {}", short(&first.text));
        inner.troubles.push((first.line, why));
    }
    told.add(inner);
}

/// Reads what stands below the label of a default value.
fn default(parts: &[Part], ty: Option<&CellType>, told: &mut Told) {
    let Some(first) = parts.iter().find(|part| !says_nothing(&part.text)) else {
        return;
    };
    let mut inner = Told::default();
    let of = limits::Of { ty, counts: false };
    if limits::says_default(&first.text) {
        limits::read(first, of, &mut inner);
    } else {
        let text = format!("default: {}", first.text);
        limits::read(
            &Part {
                text,
                ..first.clone()
            },
            of,
            &mut inner,
        );
    }
    if inner.is_empty() {
        let why = format!("a default that is not understood: {}", short(&first.text));
        inner.troubles.push((first.line, why));
    }
    told.add(inner);
}

/// Whether a text below a label says that there is nothing to say.
fn says_nothing(text: &str) -> bool {
    let lower = text.trim().trim_end_matches(['.', '。']).to_lowercase();
    is_none(text)
        || matches!(
            lower.as_str(),
            "n/a"
                | "na"
                | "none"
                | "null"
                | "not involved"
                | "not applicable"
                | "no default value"
                | "no restriction"
                | "no limit"
                | "无默认值"
                | "空"
                | "空值"
                | "无限制"
                | "暂无"
                | "暂不涉及"
        )
}

/// Whether a text begins with an interval of numbers.
fn is_interval(text: &str) -> bool {
    Scan::new(text.trim()).interval().is_some()
}

/// The text in small letters and with the punctuation of English; every character stays one character.
fn fold(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '：' => ':',
            '，' => ',',
            '。' => '.',
            '；' => ';',
            '（' => '(',
            '）' => ')',
            '【' => '[',
            '】' => ']',
            '～' | '〜' | '—' | '–' | '−' => '~',
            '“' | '”' => '"',
            '‘' | '’' => '\'',
            '\u{a0}' | '\u{3000}' => ' ',
            _ => c.to_ascii_lowercase(),
        })
        .collect()
}

/// Whether a text can be a value on the wire.
fn is_value(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 64
        && text.chars().all(|c| {
            c.is_ascii_alphanumeric()
                || matches!(c, '_' | '-' | '.' | '/' | '+' | '*' | '#' | '%' | '@')
        })
}
