//! Descriptions in parts with labels: definition, constraints, range and default value.
//!
//! A label stands on a line of its own, or before its text. Other descriptions have labels too, without being made up
//! of them: there a label holds for what follows it at once.

use crate::describe::Part;
use crate::describe::key;

/// What a part of a description is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    /// Anything: it says in words what it states.
    Text,
    /// The values that are possible: the words need not say so.
    Range,
    /// The value that is assumed.
    Default,
}

/// Lines of a description with one subject.
pub(super) struct Topic {
    pub(super) about: About,
    pub(super) parts: Vec<Part>,
}

const LABELS: &[(About, &[&str])] = &[
    (
        About::Text,
        &[
            "Definition",
            "Constraints",
            "Constraint",
            "参数解释",
            "参数含义",
            "约束限制",
            "约束与限制",
        ],
    ),
    (
        About::Range,
        &["Range", "Value Range", "Value range", "取值范围"],
    ),
    (
        About::Default,
        &[
            "Default Value",
            "Default value",
            "Default",
            "默认取值",
            "默认值",
            "缺省值",
        ],
    ),
];

/// Takes a description apart by its labels.
pub(super) fn topics(parts: Vec<Part>) -> Vec<Topic> {
    let parts: Vec<Part> = parts.iter().flat_map(unjoined).collect();
    let labels: Vec<_> = parts.iter().map(|part| label(&part.text)).collect();
    let count = labels.iter().flatten().count();
    let has_text = labels.iter().flatten().any(|it| it.0 == About::Text);
    let is_template = count > 1 && has_text;
    let mut topics = vec![Topic {
        about: About::Text,
        parts: Vec::new(),
    }];
    let mut begin = |about: About, parts: Vec<Part>| topics.push(Topic { about, parts });
    let mut current = (About::Text, Vec::new());
    for (part, label) in parts.into_iter().zip(labels) {
        match label {
            Some((about, rest)) if is_template || rest.is_empty() && about != About::Text => {
                let (about, parts) = std::mem::replace(&mut current, (about, Vec::new()));
                begin(about, parts);
                if !rest.is_empty() {
                    let text = rest.to_owned();
                    current.1.push(Part { text, ..part });
                }
            }
            _ => {
                // Without the template a label holds for one paragraph, or one list.
                let ends = |last: &Part| !(last.item && part.item);
                if !is_template && current.0 != About::Text && current.1.last().is_some_and(ends) {
                    let (about, parts) = std::mem::replace(&mut current, (About::Text, Vec::new()));
                    begin(about, parts);
                }
                current.1.push(part);
            }
        }
    }
    let (about, parts) = current;
    begin(about, parts);
    topics.retain(|it| !it.parts.is_empty());
    topics
}

/// The label that a line begins with, and what follows it.
fn label(text: &str) -> Option<(About, String)> {
    let whole = if text.len() < 40 {
        key(text)
    } else {
        String::new()
    };
    for (about, words) in LABELS {
        for word in *words {
            if whole.len() == key_length(word) && whole == key(word) {
                return Some((*about, String::new()));
            }
            let rest = text.strip_prefix(word).map(str::trim_start);
            if let Some(rest) = rest.and_then(|it| it.strip_prefix([':', '：'])) {
                return Some((*about, rest.trim().to_owned()));
            }
        }
    }
    None
}

/// The length of the key of a label: labels have no other marks than spaces.
fn key_length(label: &str) -> usize {
    label.len() - label.matches(' ').count()
}

/// The parts of a line that has several labels, of which the first one begins it.
fn unjoined(part: &Part) -> Vec<Part> {
    let text = part.text.as_str();
    let all = || LABELS.iter().flat_map(|it| it.1.iter().copied());
    if !all().any(|word| text.starts_with(word)) {
        return vec![part.clone()];
    }
    let mut starts = Vec::new();
    let mut seen = Vec::new();
    for (at, _) in text.char_indices() {
        let before = text.get(..at).unwrap_or_default();
        let rest = text.get(at..).unwrap_or_default();
        let begins = before.is_empty()
            || before
                .ends_with(|c: char| c.is_whitespace() || matches!(c, '。' | '；' | ';' | '.'));
        let longest = all()
            .filter(|word| rest.starts_with(word))
            .max_by_key(|word| word.len());
        let Some(word) = longest.filter(|_| begins) else {
            continue;
        };
        let after = rest.get(word.len()..).unwrap_or_default();
        let ends = after.is_empty()
            || after.starts_with(|c: char| c.is_whitespace() || matches!(c, ':' | '：'));
        if ends && !seen.contains(&word) {
            seen.push(word);
            starts.push((at, at + word.len()));
        }
    }
    if starts.len() < 2 {
        return vec![part.clone()];
    }
    let mut parts = Vec::new();
    for (index, (at, end)) in starts.iter().enumerate() {
        let next = starts.get(index + 1).map_or(text.len(), |(next, _)| *next);
        let body = text.get(*end..next).unwrap_or_default();
        let body = body.trim().trim_start_matches([':', '：']).trim();
        for text in [text.get(*at..*end).unwrap_or_default(), body] {
            if !text.is_empty() {
                parts.push(Part {
                    line: part.line,
                    item: false,
                    text: text.to_owned(),
                });
            }
        }
    }
    parts
}
