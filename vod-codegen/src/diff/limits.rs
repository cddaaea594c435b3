//! Compares the values that requests can have in a field: limits, values of enums, blank text.

use std::collections::BTreeSet;

use vod_spec::Spanned;
use vod_spec::model::{Bounds, Field, LengthUnit, Limits, ScalarType, Type};

use super::Rule;
use crate::lower::sentences::{EACH, limits_in_words, listed};

/// The smallest and the largest value; without a limit, those of the type.
type Ends = (i64, i64);

/// Lengths and numbers of items.
const COUNTS: Ends = (0, i64::MAX);

/// The changes of a field that has the same Rust type on both sides; `item` is its name in messages.
pub(super) fn changes(item: &str, old: &Field, new: &Field) -> Vec<(Rule, String)> {
    let mut changes = Vec::new();
    // A flag has no range, and a time has a form instead of limits.
    if !new.flag && new.time.is_none() {
        changes.extend(limits(item, old, new));
        changes.extend(blank(item, old, new));
    }
    changes.extend(values(item, old, new));
    changes
}

/// The documentation of the limits.
pub(super) fn in_words(field: &Field) -> ([Option<String>; 3], Option<String>) {
    (limits_in_words(field), field.only.as_deref().map(listed))
}

fn limits(item: &str, old: &Field, new: &Field) -> Vec<(Rule, String)> {
    let numbers = match one(&new.ty) {
        Type::Scalar(ScalarType::Int32) => (i32::MIN.into(), i32::MAX.into()),
        _ => (i64::MIN, i64::MAX),
    };
    let ends = |bounds: Bounds, (lowest, highest): Ends| {
        (bounds.min.unwrap_or(lowest), bounds.max.unwrap_or(highest))
    };
    let pair = |of: fn(&Limits) -> Bounds, whole: Ends| {
        let [before, after] = [old, new].map(|it| ends(of(&it.limits), whole));
        (before != after, before, after)
    };
    let (was, is) = (old.limits.unit, new.limits.unit);
    let (changed, before, after) = pair(|it| it.length, COUNTS);
    let changed = changed || was != is && before != COUNTS;
    // Whether something has changed, what was allowed, and what is allowed now.
    let kinds = [
        pair(|it| it.range, numbers),
        (changed, reach(before, was, is), after),
        pair(|it| it.items, COUNTS),
    ];
    let words = limits_in_words(old).into_iter().zip(limits_in_words(new));
    let mut changes = Vec::new();
    for ((changed, before, after), (was, is)) in kinds.into_iter().zip(words) {
        if !changed {
            continue;
        }
        let words = |sentence: Option<String>| match sentence.as_deref() {
            Some(words) => {
                let words = words.strip_prefix(EACH).unwrap_or(words);
                words.trim_end_matches('.').to_ascii_lowercase()
            }
            None => "anything".to_owned(),
        };
        let of_each = [&was, &is].into_iter().flatten();
        let each = if of_each.into_iter().any(|it| it.starts_with(EACH)) {
            "each of "
        } else {
            ""
        };
        let message = format!("{each}{item} takes {}, took {}", words(is), words(was));
        let tightened = after.0 > before.0 || after.1 < before.1;
        changes.push((rule(tightened), message));
    }
    changes
}

/// The possible lengths, in the new unit, of texts whose length in the old unit lies between these bounds: a character
/// has one to four bytes.
fn reach((min, max): Ends, old: LengthUnit, new: LengthUnit) -> Ends {
    match (old, new) {
        (LengthUnit::Characters, LengthUnit::Bytes) => (min, max.saturating_mul(4)),
        (LengthUnit::Bytes, LengthUnit::Characters) => (min / 4 + i64::from(min % 4 > 0), max),
        _ => (min, max),
    }
}

fn blank(item: &str, old: &Field, new: &Field) -> Option<(Rule, String)> {
    let is_text = *one(&new.ty) == Type::Scalar(ScalarType::String);
    // Required fields cannot be blank either; a change of `required` is reported on its own.
    let changed = old.blank != new.blank && old.required == new.required;
    let takes = if new.blank { "takes" } else { "does not take" };
    let message = format!("{item} {takes} blank text");
    (is_text && changed).then(|| (rule(!new.blank), message))
}

/// Values of an enum that can be sent.
fn values(item: &str, old: &Field, new: &Field) -> Option<(Rule, String)> {
    let names = |it: &[Spanned<String>]| it.iter().map(|it| it.value.clone()).collect();
    let tightened = match (old.only.as_deref(), new.only.as_deref()) {
        (None, None) => return None,
        (None, Some(_)) => true,
        (Some(_), None) => false,
        (Some(old), Some(new)) => {
            let (old, new): (BTreeSet<String>, BTreeSet<String>) = (names(old), names(new));
            if old == new {
                return None;
            }
            !old.is_subset(&new)
        }
    };
    let words = |it: &Field| match it.only.as_deref() {
        Some(values) => format!("only {}", listed(values)),
        None => "every value".to_owned(),
    };
    let message = format!("{item} takes {}, took {}", words(new), words(old));
    Some((rule(tightened), message))
}

/// A request that was accepted is refused, or the other way round.
fn rule(tightened: bool) -> Rule {
    if tightened {
        Rule::LimitTightened
    } else {
        Rule::LimitLoosened
    }
}

/// The type of a value, or of the items of an array.
fn one(ty: &Type) -> &Type {
    match ty {
        Type::Array(item) => one(item),
        ty => ty,
    }
}
