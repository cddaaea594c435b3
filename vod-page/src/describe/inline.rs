//! Values that follow their announcement on the same line.

use super::Told;
use super::clauses::clauses;
use super::item::{self, Form, Item};
use super::lines::{outside_brackets, separator};
use super::values::Announced;
use crate::describe::{Part, short};

/// Values that follow their announcement on the same line: `A, B and C`, `A: first; B: second`. Gives whether they were
/// read, or noted.
pub(super) fn inline_values(
    part: &Part,
    text: &str,
    number: bool,
    how: Announced,
    told: &mut Told,
) -> bool {
    let end = |text: &str| text.find(['。', '；', ';']).unwrap_or(text.len());
    let sentence = text.get(..end(text)).unwrap_or_default();
    let sentence = sentence.split(". ").next().unwrap_or_default();
    let items = sentences_of_values(text, number)
        .or_else(|| semicolons(text, number))
        .or_else(|| commas(sentence, number));
    let items = items.filter(|items| {
        how == Announced::Surely || items.len() > 1 && items.iter().all(Item::is_plain)
    });
    match items {
        Some(items) => {
            for item in items {
                told.value(&item, part.line);
            }
            true
        }
        None if how == Announced::Perhaps || number && super::is_interval(sentence) => false,
        None => {
            if let Some(items) = clauses(text, number) {
                for item in items {
                    told.value(&item, part.line);
                }
            } else {
                let text = short(sentence);
                told.troubles
                    .push((part.line, format!("values that are not understood: {text}")));
            }
            true
        }
    }
}

/// `A: first. B: second.`: a value and its explanation in each sentence.
fn sentences_of_values(text: &str, number: bool) -> Option<Vec<Item<'_>>> {
    let end = |rest: &str| match rest.chars().next() {
        Some(c @ ('。' | ';' | '；')) => c.len_utf8(),
        Some('.') if rest.get(1..).is_some_and(|it| it.starts_with(' ')) => 1,
        _ => 0,
    };
    let pieces = outside_brackets(text, end);
    let pieces = pieces.iter().filter(|it| !it.trim().is_empty());
    let explained = pieces.map_while(|piece| {
        let item = item::read(piece, number)?;
        let by_mark = !item.rest.starts_with([',', '，']);
        (item.form == Form::Explained && by_mark).then_some(item)
    });
    let items: Vec<_> = explained.collect();
    // One sentence can hold several of them.
    let is_one = |item: &Item<'_>| clauses(item.rest, number).is_none();
    (items.len() > 1 && items.iter().all(is_one)).then_some(items)
}

/// `A; B; C`, without explanations.
fn semicolons(text: &str, number: bool) -> Option<Vec<Item<'_>>> {
    let end = text.find('。').unwrap_or(text.len());
    let list = text.get(..end)?.split(". ").next()?;
    let mark = |rest: &str| match rest.chars().next() {
        Some(c @ (';' | '；')) => c.len_utf8(),
        _ => 0,
    };
    let pieces = outside_brackets(list, mark);
    let pieces = pieces
        .iter()
        .map(|it| it.trim())
        .filter(|it| !it.is_empty());
    let pieces = pieces.map(|it| {
        let word = ["or ", "and "]
            .iter()
            .find_map(|word| it.strip_prefix(word));
        word.unwrap_or(it)
    });
    let items = pieces.map(|it| item::read(it, number).filter(|it| it.form == Form::Bare));
    let items: Option<Vec<_>> = items.collect();
    items.filter(|items| items.len() > 1)
}

/// `A, B and C`, with or without explanations.
fn commas(sentence: &str, number: bool) -> Option<Vec<Item<'_>>> {
    let pieces = outside_brackets(sentence, separator);
    let pieces = pieces
        .iter()
        .map(|it| it.trim())
        .filter(|it| !it.is_empty());
    let mut pieces: Vec<&str> = pieces.collect();
    // What is assumed is read where limits are.
    while pieces.len() > 1 && pieces.last().is_some_and(|it| is_default(it)) {
        pieces.pop();
    }
    if let [one] = pieces.as_slice() {
        let parts: Vec<&str> = one.split('/').map(str::trim).collect();
        if parts.len() > 1
            && parts
                .iter()
                .all(|it| super::is_value(it) && item::is_marked(it))
        {
            pieces = parts;
        }
    }
    let items = pieces.iter().map(|piece| item::read(piece, number));
    let items: Option<Vec<_>> = items.collect();
    items.filter(|items| {
        let is_value = |it: &Item<'_>| it.form != Form::Run || item::is_marked(&it.value);
        !items.is_empty() && items.iter().all(is_value)
    })
}

/// Whether a piece says what is assumed.
fn is_default(piece: &str) -> bool {
    let lower = piece.to_ascii_lowercase();
    ["默认", "缺省", "default"]
        .iter()
        .any(|word| lower.starts_with(word))
}
