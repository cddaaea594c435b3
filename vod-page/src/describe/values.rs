//! Lists of values.

use super::inline::inline_values;
use super::item::{self, Form, Item};
use super::lines::{outside_brackets, separator};
use super::{Told, fold, sentences};
use crate::describe::Part;
use crate::facts::{CellType, Stated, Statement};

/// Words that announce nothing but values, before a colon; those in English are whole words, or plurals of these.
const ANNOUNCE: &[&str] = &[
    "option",
    "possible value",
    "available value",
    "valid value",
    "allowed value",
    "supported value",
    "enumeration value",
    "enumerated value",
    "enumeration",
    "enum",
    "value can be",
    "value is",
    "values are",
    "values include",
    "the following values",
    "取值",
    "选值",
    "枚举",
    "可选值",
    "可选项",
    "可选",
    "有效值",
    "目前包括",
    "包括",
    "目前支持",
];

/// Words that announce values or something else.
const MAY_ANNOUNCE: &[&str] = &[
    "as follows",
    "the following",
    "include",
    "supported",
    "can be",
    "must be",
    "type",
    "value",
    "如下",
    "以下",
    "包含",
    "支持",
    "分为",
    "分别",
    "可以",
    "类型",
    "状态",
    "值",
];

/// Words that announce what is assumed, or what is only an example.
const OTHERS: &[&str] = &[
    "minimum",
    "maximum",
    "length",
    "最小",
    "最大",
    "长度",
    "default",
    "默认",
    "缺省",
    "example",
    "e.g",
    "示例",
    "例如",
    "format",
    "格式为",
];

/// What a value was found in.
pub(super) struct Listing {
    /// Lines of which each is a value: what else they say is about that value alone.
    pub(super) lines: Vec<usize>,
}

/// How a text announces values.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Announced {
    Surely,
    Perhaps,
}

/// Reads the values that a description lists as the only ones.
pub(super) fn read(parts: &[Part], ty: Option<&CellType>, told: &mut Told) -> Listing {
    let mut listing = Listing { lines: Vec::new() };
    let Some(ty) = ty.filter(|ty| has_values(ty)) else {
        return listing;
    };
    let number = is_number(ty);
    let mut at = 0;
    while let Some(part) = parts.get(at) {
        at += 1;
        let announced = announced(&part.text);
        if let Some((how, inline)) = &announced
            && !inline.is_empty()
        {
            if !inline_values(part, inline, number, *how, told) {
                sentences::read(part, number, told);
            }
            // An item that lists values in its line is one of several, such as of groups.
            continue;
        }
        let (start, how) = match &announced {
            Some((how, _)) => (at, Some(*how)),
            None => (at - 1, None),
        };
        let listed = run(parts, start, how, number);
        if how.is_none() && listed.len() < 2 {
            sentences::read(part, number, told);
            continue;
        }
        let list = List {
            how,
            number,
            is_last: at >= parts.len(),
        };
        if list.take(part, listed, told) {
            listing.lines.extend(start..start + listed.len());
            at = start + listed.len();
        } else if how.is_none() {
            sentences::read(part, number, told);
        } else if how == Some(Announced::Surely) {
            at = start + listed.len();
        }
    }
    listing
}

fn has_values(ty: &CellType) -> bool {
    match ty {
        CellType::String | CellType::Integer | CellType::Long => true,
        // A cell can say `Array` alone.
        CellType::Array(items) => match &**items {
            CellType::Array(_) => false,
            CellType::Unknown(text) => text.is_empty(),
            items => has_values(items),
        },
        _ => false,
    }
}

/// Whether the values of a type, or of its items, are numbers.
pub(super) fn is_number(ty: &CellType) -> bool {
    match ty {
        CellType::Array(items) => is_number(items),
        ty => matches!(ty, CellType::Integer | CellType::Long),
    }
}

/// The lines from a place on that can be one list: items, or lines that all begin with a value.
fn run(parts: &[Part], at: usize, how: Option<Announced>, number: bool) -> &[Part] {
    let rest = parts.get(at..).unwrap_or_default();
    let announces = |part: &Part| announced(&part.text).is_some_and(|(_, rest)| rest.is_empty());
    let items = rest.iter().take_while(|part| part.item && !announces(part));
    let items = items.count();
    if items > 0 {
        return rest.get(..items).unwrap_or_default();
    }
    let begins = |part: &&Part| {
        !part.item
            && !is_labelled(&part.text)
            && item::read(&part.text, number)
                .is_some_and(|it| it.is_plain() || how.is_some() && it.form != Form::Run)
    };
    let lines = rest.iter().take_while(begins).count();
    rest.get(..lines).unwrap_or_default()
}

/// Whether a line says what is assumed, or gives an example: `Default: ON`.
fn is_labelled(text: &str) -> bool {
    let Some((label, value)) = text.split_once([':', '：']) else {
        return false;
    };
    let is_label = matches!(
        label.trim(),
        "Default" | "Example" | "Minimum" | "Maximum" | "Length"
    );
    is_label && super::is_value(value.trim().trim_end_matches('.'))
}

/// A list of which each line may be a value.
struct List {
    how: Option<Announced>,
    number: bool,
    /// Whether the description ends before the list.
    is_last: bool,
}

impl List {
    /// Takes the values; gives whether the list is one of values.
    fn take(&self, head: &Part, lines: &[Part], told: &mut Told) -> bool {
        let surely = self.how == Some(Announced::Surely);
        if lines.is_empty() {
            if surely && head.text.trim_end().ends_with([':', '：']) {
                told.trouble(head.line, if self.is_last { MISSING } else { NOT_ALL });
            }
            return false;
        }
        if let Some(values) = self.groups(lines) {
            told.values.extend(values);
            return true;
        }
        let mut read: Vec<_> = lines
            .iter()
            .map(|line| item::read(&line.text, self.number))
            .collect();
        self.unbullet(lines, &mut read);
        let items: Vec<&Item<'_>> = read.iter().flatten().collect();
        let good = items.iter().filter(|it| self.is_value(it)).count();
        let mut names: Vec<&str> = items.iter().map(|it| it.value.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        let all = good == lines.len() && (surely || names.len() == lines.len());
        if all {
            for (item, line) in items.iter().zip(lines) {
                told.value(item, line.line);
            }
            return true;
        }
        // Two values beside something else: that is no accident.
        let plain = items.iter().filter(|it| it.is_plain()).count();
        if surely || plain > 1 && plain * 2 > lines.len() {
            told.trouble(head.line, NOT_ALL);
        }
        false
    }

    fn is_value(&self, item: &Item<'_>) -> bool {
        match self.how {
            Some(Announced::Surely) => item.form != Form::Run || item::is_marked(&item.value),
            _ => item.is_plain(),
        }
    }

    /// Some copies lose the space behind bullets: `-0: off`, `-1: on`.
    fn unbullet(&self, lines: &[Part], read: &mut [Option<Item<'_>>]) {
        let begins = |it: &Option<Item<'_>>| {
            it.as_ref()
                .is_some_and(|it| it.value.len() > 1 && it.value.starts_with('-'))
        };
        if !lines.iter().any(|it| it.item) && read.iter().all(begins) {
            for item in read.iter_mut().flatten() {
                item.value.remove(0);
            }
        }
    }

    /// Values in groups: `Video: MP4, TS`, `Audio: MP3, OGG`.
    fn groups(&self, lines: &[Part]) -> Option<Vec<Stated<String>>> {
        let mut values = Vec::new();
        let mut many = false;
        self.how?;
        for line in lines {
            let (label, list) = line.text.split_once([':', '：'])?;
            let is_value = super::is_value(label) && item::is_marked(label);
            if label.is_empty() || label.contains(['.', '。']) || is_value {
                return None;
            }
            let list = list.trim().trim_end_matches(['.', '。', ';', '；']);
            let pieces = outside_brackets(list, separator);
            many |= pieces.len() > 1;
            for piece in pieces {
                let item = item::read(piece, self.number).filter(|it| it.form == Form::Bare)?;
                values.push(Stated {
                    value: item.value,
                    line: line.line,
                });
            }
        }
        many.then_some(values)
    }
}

const MISSING: &str = "the values that are announced here are missing in this copy";
const NOT_ALL: &str = "a list of values that are not all values on the wire";

impl Told {
    pub(super) fn trouble(&mut self, line: usize, why: &str) {
        self.troubles.push((line, why.to_owned()));
    }

    pub(super) fn value(&mut self, item: &Item<'_>, line: usize) {
        let value = item.value.clone();
        if item.is_default() {
            self.states.push(Stated {
                value: Statement::Default(value.clone()),
                line,
            });
        }
        self.values.push(Stated { value, line });
    }
}

/// How a paragraph announces values, and what follows on the same line.
fn announced(text: &str) -> Option<(Announced, String)> {
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
        let rest: String = written.get(at + 1..).unwrap_or_default().iter().collect();
        let rest = rest.trim().to_owned();
        if OTHERS.iter().any(|words| last.contains(words)) {
            continue;
        }
        let is_range = clause.contains("范围") || clause.contains("range");
        // A range is read as a limit, unless words stand there.
        if is_range && rest.starts_with(|c: char| !c.is_alphabetic() && c != '"' && c != '“') {
            continue;
        }
        // Behind a value stands its explanation.
        if at > 0
            && item::read(&last.to_ascii_uppercase(), false).is_some_and(|it| it.form == Form::Bare)
            && !says(&clause, ANNOUNCE)
        {
            continue;
        }
        if says(&clause, ANNOUNCE) || is_range && rest.is_empty() {
            return Some((Announced::Surely, rest));
        }
        if says(&clause, MAY_ANNOUNCE) || is_range {
            return Some((Announced::Perhaps, rest));
        }
    }
    None
}

/// Whether a clause has one of the words; in English not within other words, as `option` in `optional`.
fn says(clause: &str, list: &[&str]) -> bool {
    list.iter().any(|words| {
        clause.match_indices(words).any(|(at, _)| {
            let (before, after) = (&clause[..at], &clause[at + words.len()..]);
            let after = after.strip_prefix('s').unwrap_or(after);
            !words.is_ascii()
                || !(before.ends_with(|c: char| c.is_ascii_alphanumeric())
                    || after.starts_with(|c: char| c.is_ascii_alphanumeric()))
        })
    })
}
