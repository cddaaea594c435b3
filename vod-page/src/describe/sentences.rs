//! Values that stand in sentences: `仅支持A和B`, `The value can be A or B`, `0 indicates off, and 1 indicates on`.

use crate::describe::is_han;
use crate::describe::{Part, short};
use crate::facts::Stated;

use super::Told;
use super::clauses::clauses;
use super::item::{self, Form};
use super::lines::{has_han, outside_brackets, separator};

/// How sure it is that the words behind a phrase are all the values.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Sure {
    /// Even of a single value.
    Only,
    /// Of several.
    Several,
    /// Of several in capitals, of numbers, or in quotes.
    Marked,
}

/// Phrases before values; where one begins like another one, the longer one comes first.
const PHRASES: &[(&str, Sure)] = &[
    ("仅支持", Sure::Only),
    ("只支持", Sure::Only),
    ("仅限", Sure::Only),
    ("只能为", Sure::Only),
    ("只能是", Sure::Only),
    ("只能取", Sure::Only),
    ("固定为", Sure::Only),
    ("取值可以是", Sure::Several),
    ("取值可以为", Sure::Several),
    ("取值为", Sure::Several),
    ("取值是", Sure::Several),
    ("取值有", Sure::Several),
    ("取值", Sure::Several),
    ("可选值为", Sure::Several),
    ("可选值", Sure::Several),
    ("可以设置为", Sure::Several),
    ("可设置为", Sure::Several),
    ("可以是", Sure::Several),
    ("可以为", Sure::Several),
    ("可选", Sure::Several),
    ("必须是", Sure::Several),
    ("必须为", Sure::Several),
    ("支持", Sure::Several),
    ("分为", Sure::Several),
    ("分别为", Sure::Several),
    ("分别是", Sure::Several),
    ("包括", Sure::Several),
    ("包含", Sure::Several),
    ("value can be", Sure::Several),
    ("value must be", Sure::Several),
    ("values are", Sure::Several),
    ("value is", Sure::Several),
    ("options are", Sure::Several),
    ("options include", Sure::Several),
    ("values include", Sure::Several),
    ("can only be", Sure::Only),
    ("only supports", Sure::Only),
    ("supports only", Sure::Only),
    ("can be either", Sure::Several),
    ("is either", Sure::Several),
    ("either", Sure::Marked),
    ("one of", Sure::Several),
    ("can be set to", Sure::Several),
    ("must be set to", Sure::Several),
    ("can be", Sure::Marked),
    ("must be", Sure::Marked),
    ("supports", Sure::Marked),
    ("include", Sure::Marked),
    ("only", Sure::Marked),
];

/// Words behind a phrase and before the first value.
const FILLERS: &[&str] = &[
    "the following",
    "values",
    "value",
    "either",
    "one of",
    "以下",
    "值",
    "：",
    ":",
    "为",
    "是",
];

/// Words that end a list in Chinese: `A、B两种`.
const ENDS: &[&str] = &[
    "两种",
    "三种",
    "四种",
    "五种",
    "两个",
    "三个",
    "之一",
    "其中之一",
    "其一",
    "二者之一",
    "中的一个",
    "中的一种",
];

/// Verbs that follow `can be` without saying what values there are.
const NO_VALUES: &[&str] = &[
    "empty", "null", "blank", "left", "used", "set", "any", "case", "and",
];

/// Reads the values that a paragraph lists in its sentences.
pub(super) fn read(part: &Part, number: bool, told: &mut Told) {
    if part.item {
        return;
    }
    if let Some(items) = clauses(&part.text, number) {
        told.hints.extend(items.iter().map(|it| Stated {
            value: it.value.clone(),
            line: part.line,
        }));
        return;
    }
    for sentence in sentences(&part.text) {
        match listed(sentence, number) {
            Found::Values(values) => told.hints.extend(values.into_iter().map(|value| Stated {
                value,
                line: part.line,
            })),
            Found::Perhaps => {
                let text = short(sentence);
                told.troubles.push((
                    part.line,
                    format!("words that may be all values, or not: {text}"),
                ));
            }
            Found::Nothing => {}
        }
    }
}

fn sentences(text: &str) -> Vec<&str> {
    let end = |rest: &str| match rest.chars().next() {
        Some(c @ ('。' | ';' | '；')) => c.len_utf8(),
        Some('.') if rest.get(1..).is_some_and(|it| it.starts_with(' ')) => 1,
        _ => 0,
    };
    outside_brackets(text, end)
}

enum Found {
    Values(Vec<String>),
    Perhaps,
    Nothing,
}

/// The values behind a phrase of a sentence.
fn listed(sentence: &str, number: bool) -> Found {
    let lower = sentence.to_ascii_lowercase();
    let mut perhaps = ends_in_capitals(sentence);
    let phrases = PHRASES.iter().filter(|it| lower.contains(it.0));
    let phrases: Vec<_> = phrases.collect();
    for (at, c) in lower.char_indices().filter(|_| !phrases.is_empty()) {
        let rest = lower.get(at..).unwrap_or_default();
        let before = lower.get(..at).unwrap_or_default();
        if c.is_ascii() && before.ends_with(|c: char| c.is_ascii_alphanumeric()) {
            continue;
        }
        let Some((phrase, sure)) = phrases.iter().find(|it| rest.starts_with(it.0)) else {
            continue;
        };
        // Which of these hold when: the values of another parameter, or some of the values.
        let before = before.replace("当前", "").replace("不同", "");
        let before = before.as_str();
        let of_other = before
            .ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '”' | '"' | '_'))
            || [
                "如果", "若", "当", "不", "if ", "when ", "not ", "默认", "default", "example",
                "示例",
            ]
            .iter()
            .any(|word| before.contains(word));
        if of_other {
            continue;
        }
        let behind = sentence.get(at + phrase.len()..).unwrap_or_default();
        match values(behind, number, *sure, before) {
            Found::Nothing => {}
            Found::Perhaps => perhaps = true,
            Found::Values(values)
                if phrase.is_ascii() && values.iter().any(|it| is_no_value(it)) => {}
            Found::Values(values) => return Found::Values(values),
        }
    }
    match enumerated(sentence, number) {
        Some(values) => Found::Values(values),
        None if perhaps => Found::Perhaps,
        None => Found::Nothing,
    }
}

/// Values without a phrase: at least three in capitals, up to the end of the sentence.
fn enumerated(sentence: &str, number: bool) -> Option<Vec<String>> {
    let starts = sentence.match_indices([',', '，', ':', '：']);
    starts.filter(|_| !number).find_map(|(at, mark)| {
        let label = sentence.get(..at)?;
        if ["如", "示例", "example", "e.g"]
            .iter()
            .any(|word| label.contains(word))
        {
            return None;
        }
        let rest = sentence.get(at + mark.len()..)?;
        match values(rest, number, Sure::Several, "") {
            Found::Values(values) => {
                let is_value = |it: &String| item::is_marked(it) && it.len() > 1;
                (values.len() > 2 && values.iter().all(is_value)).then_some(values)
            }
            _ => None,
        }
    })
}

/// Whether several clauses of Chinese end in a name in capitals: `快速EXPEDITED，标准STANDARD`.
fn ends_in_capitals(sentence: &str) -> bool {
    let clauses = sentence.split(['，', ',', '、']);
    let ends = clauses.filter(|clause| {
        let name = clause.trim_end_matches(|c: char| c.is_ascii_uppercase() || c == '_');
        clause.len() > name.len() + 3 && name.ends_with(is_han)
    });
    ends.count() > 1
}

/// The values that a text begins with.
fn values(text: &str, number: bool, sure: Sure, before: &str) -> Found {
    let text = without_fillers(text);
    let pieces = outside_brackets(text, separator);
    let mut values: Vec<String> = Vec::new();
    let mut quoted = true;
    let (mut open, mut explained) = (false, false);
    for (at, piece) in pieces.iter().enumerate() {
        let trimmed = piece.trim().trim_end_matches(['.', ':', '：']);
        if trimmed.is_empty() {
            continue;
        }
        let last = at + 1 == pieces.len();
        let (word, tail) = ended(trimmed);
        match item::read(word, number) {
            Some(item) if matches!(item.form, Form::Bare | Form::Explained) => {
                explained |= item.form == Form::Explained;
                quoted &= word.starts_with(['"', '“', '`', '\'', '‘']);
                values.push(item.value);
                if tail {
                    break;
                }
            }
            // An explanation between the values, if one more comes behind it.
            _ if !values.is_empty() && !last && !has_han(piece) => explained = true,
            _ => {
                let starts_with_value = starts_with_word(trimmed, number);
                open = starts_with_value && (at == 0 || !follows_comma(text, piece));
                break;
            }
        }
    }
    let marked = values.iter().all(|it| item::is_marked(it));
    let plain_words = !marked && !quoted;
    if open && values.is_empty() && sure == Sure::Only && is_of_format(text) {
        return Found::Perhaps;
    }
    if values.is_empty() || sure == Sure::Marked && values.iter().any(|it| is_no_value(it)) {
        return Found::Nothing;
    }
    if open {
        return if marked && !number {
            Found::Perhaps
        } else {
            Found::Nothing
        };
    }
    match sure {
        Sure::Only if values.len() == 1 && (number || plain_words) => Found::Nothing,
        Sure::Only | Sure::Several if values.len() > 1 || sure == Sure::Only => {
            Found::Values(values)
        }
        Sure::Marked if values.len() > 1 => {
            let subject = ["value", "type", "mode", "source", "which", "it "];
            let is_it = matches!(before.trim(), "it" | "which" | "value" | "the value");
            let is_subject = is_it || subject.iter().any(|it| before.contains(it)) && explained;
            match () {
                () if !plain_words || number || is_subject => Found::Values(values),
                () if explained => Found::Perhaps,
                () => Found::Nothing,
            }
        }
        _ => Found::Nothing,
    }
}

/// Whether a word goes on a sentence of English, such as `changed` behind `can be`.
fn is_no_value(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    NO_VALUES.contains(&word.as_str()) || word.ends_with("ed") || word.ends_with("ly")
}

fn without_fillers(text: &str) -> &str {
    let mut text = text.trim_start();
    loop {
        let filler = FILLERS.iter().find(|it| {
            text.get(..it.len())
                .is_some_and(|found| found.eq_ignore_ascii_case(it))
        });
        match filler.and_then(|it| text.get(it.len()..)) {
            Some(rest) => text = rest.trim_start(),
            None => return text,
        }
    }
}

/// A word without what ends a list, and whether there was such an end.
fn ended(text: &str) -> (&str, bool) {
    let end = ENDS.iter().find_map(|end| text.strip_suffix(end));
    let english = [
        " are supported",
        " is supported",
        " are available",
        " is allowed",
        " are allowed",
    ];
    let end = end.or_else(|| english.iter().find_map(|end| text.strip_suffix(end)));
    end.map_or((text, false), |word| (word.trim_end(), true))
}

/// Whether a word in capitals or a number stands here, whatever follows.
fn starts_with_word(text: &str, number: bool) -> bool {
    let word = text.trim_start_matches(['"', '“', '`']);
    let end = word
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')))
        .unwrap_or(word.len());
    let word = word.get(..end).unwrap_or_default();
    let is_number = word.parse::<i64>().is_ok();
    !word.is_empty() && item::is_marked(word) && is_number == number
}

/// Whether a sentence speaks of names of formats or types.
fn is_of_format(text: &str) -> bool {
    ["格式", "类型", "format", "type"]
        .iter()
        .any(|word| text.contains(word))
}

/// Whether a comma stands before a piece of a text.
fn follows_comma(text: &str, piece: &str) -> bool {
    let at = (piece.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    let before = text.get(..at).unwrap_or_default().trim_end();
    before.ends_with([',', '，'])
}
