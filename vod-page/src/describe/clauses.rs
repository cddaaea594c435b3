//! Values with what they mean, one behind the other in a sentence.

use crate::describe::is_han;

use super::item::{self, Form, Item};
use super::lines::separator;

/// Values with their meanings: `0表示关闭，1表示开启`, `SUCCEED成功，FAILED失败`. At least two.
pub(super) fn clauses(text: &str, number: bool) -> Option<Vec<Item<'_>>> {
    let end = |rest: &str| {
        let joined = separator(rest);
        if joined > 0 {
            return joined;
        }
        match rest.chars().next() {
            Some(c @ ('。' | ';' | '；' | ':' | '：' | ' ')) => c.len_utf8(),
            _ => 0,
        }
    };
    let starts = starts(text, end);
    let mut items: Vec<Item<'_>> = Vec::new();
    for start in starts {
        let clause = text.get(start..).unwrap_or_default();
        let Some(item) = item::read(clause, number) else {
            continue;
        };
        let is_value = match item.form {
            Form::Explained => {
                has_verb(item.rest)
                    || item.rest.starts_with([':', '：', '=']) && number
                    || is_marked_by_a_sign(&item, number)
            }
            Form::Run => is_meaning(item.rest) && item.is_capital(),
            Form::Bare => false,
        };
        if is_value && !items.iter().any(|it| it.value == item.value) {
            items.push(item);
        }
    }
    let meanings_differ = || {
        let mut rests: Vec<&str> = items.iter().map(|it| meaning(it.rest)).collect();
        rests.sort_unstable();
        rests.dedup();
        rests.len() == items.len()
    };
    let by_capitals = items.iter().any(|it| it.form == Form::Run);
    (items.len() > 1 && (!by_capitals || !number && meanings_differ())).then_some(items)
}

/// Values in capitals and numbers, with their meaning in Chinese behind a sign: `LEFT-左侧`, `0：关`.
fn is_marked_by_a_sign(item: &Item<'_>, number: bool) -> bool {
    let meaning = item
        .rest
        .trim_start_matches([':', '：', '-', '–', '—', ' ']);
    let is_value = number || item.is_capital();
    is_value && meaning.len() < item.rest.len() && meaning.starts_with(is_han)
}

/// Where clauses of a text begin.
fn starts(text: &str, end: impl Fn(&str) -> usize) -> Vec<usize> {
    let mut starts = vec![0];
    for (at, _) in text.char_indices() {
        let length = end(text.get(at..).unwrap_or_default());
        if length > 0 {
            starts.push(at + length);
        }
    }
    starts
}

fn has_verb(rest: &str) -> bool {
    let lower = rest.to_ascii_lowercase();
    item::VERBS
        .iter()
        .filter(|verb| **verb != "for ")
        .any(|verb| lower.starts_with(verb))
        || rest.starts_with(['为', '是'])
}

/// A short meaning in Chinese, up to the end of its clause: `成功`.
fn meaning(rest: &str) -> &str {
    let end = rest.find(['，', ',', '。', ';', '；', '、', ' ', '（', '(']);
    rest.get(..end.unwrap_or(rest.len())).unwrap_or_default()
}

fn is_meaning(rest: &str) -> bool {
    let meaning = meaning(rest);
    let long = meaning.chars().count();
    (1..=6).contains(&long) && meaning.chars().all(is_han)
}
