//! The states in an answer, and what they say together.

use serde_json::Value;

use crate::facts::TaskFacts;

/// The objects that hold the last name of `path`: one for each part on the way.
pub(super) fn parts<'v>(answer: &'v Value, path: &str) -> std::vec::IntoIter<&'v Value> {
    fn collect<'v>(value: &'v Value, path: &str, found: &mut Vec<&'v Value>) {
        match (value, path.split_once('.')) {
            (Value::Array(parts), _) => parts.iter().for_each(|it| collect(it, path, found)),
            (value, Some((first, rest))) => {
                if let Some(member) = value.get(first) {
                    collect(member, rest, found);
                }
            }
            (value, None) => found.push(value),
        }
    }
    let mut found = Vec::new();
    collect(answer, path, &mut found);
    found.into_iter()
}

/// The text at the end of `path` in one of its [parts].
pub(super) fn field<'v>(part: &'v Value, path: &str) -> Option<&'v str> {
    part.get(last(path))?.as_str()
}

/// The states at the end of `path`.
pub(super) fn states(answer: &Value, path: &str) -> Vec<String> {
    let values = parts(answer, path).filter_map(|part| part.get(last(path)));
    let texts = values.flat_map(|value| match value {
        Value::Array(values) => values.iter().collect(),
        value => vec![value],
    });
    texts.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// A copy with only some of the [parts] of `path`. What is left out is not copied: an answer can be
/// about many tasks.
pub(super) fn select(answer: &Value, path: &str, keep: &mut impl FnMut(&Value) -> bool) -> Value {
    match (answer, path.split_once('.')) {
        (Value::Array(parts), None) => parts.iter().filter(|part| keep(part)).cloned().collect(),
        (Value::Array(parts), Some(_)) => {
            parts.iter().map(|part| select(part, path, keep)).collect()
        }
        (Value::Object(members), Some((first, rest))) => {
            let copy = |(name, member): (&String, &Value)| {
                let is_next = name == first;
                let member = if is_next {
                    select(member, rest, keep)
                } else {
                    member.clone()
                };
                (name.clone(), member)
            };
            members.iter().map(copy).collect()
        }
        (value, _) => value.clone(),
    }
}

fn last(path: &str) -> &str {
    path.rsplit_once('.').map_or(path, |(_, last)| last)
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Done,
    Failed,
    Open,
}

/// Case does not count: the service and its docs do not agree about it. A state that is not
/// documented does not end the wait.
pub(super) fn verdict(facts: &TaskFacts, states: &[String]) -> Verdict {
    let one_of =
        |known: &[&str], state: &String| known.iter().any(|it| it.eq_ignore_ascii_case(state));
    let failed = states
        .iter()
        .filter(|state| one_of(facts.failed, state))
        .count();
    let done = states
        .iter()
        .filter(|state| one_of(facts.done, state))
        .count();
    if states.is_empty() || failed + done < states.len() {
        Verdict::Open
    } else if failed > 0 {
        Verdict::Failed
    } else {
        Verdict::Done
    }
}

pub(super) fn in_words(states: &[String]) -> String {
    match states {
        [] => "the service reports no state".to_owned(),
        [state] => format!("its state is {state}"),
        states => format!("its states are {}", states.join(", ")),
    }
}
