//! Constraints: what fields say of each other, for the run time and in words.

use vod_spec::json::Json;
use vod_spec::model::{self, Basis, Demand, Field, meaning};

use crate::names;
use crate::rust::{Condition, Constraint, Literal, Test};

/// For the run time.
pub(super) fn constraints(constraints: &[model::Constraint], fields: &[&Field]) -> Vec<Constraint> {
    let build = |constraint: &model::Constraint| Constraint {
        demand: match constraint.demand {
            Demand::AtLeastOne => "AtLeastOne",
            Demand::ExactlyOne => "ExactlyOne",
            Demand::AtMostOne => "AtMostOne",
            Demand::Together => "Together",
            Demand::Required => "Required",
            _ => "Allowed",
        },
        fields: constraint
            .fields
            .iter()
            .map(|it| it.value.clone())
            .collect(),
        conditions: constraint
            .conditions
            .iter()
            .map(|it| condition(it, fields))
            .collect(),
    };
    constraints.iter().map(build).collect()
}

fn condition(condition: &model::Condition, fields: &[&Field]) -> Condition {
    let test = match &condition.test {
        model::Test::Present => Test::Present,
        model::Test::OneOf(values) => {
            let literals = values.iter().filter_map(literal).collect();
            match takes_default(condition, fields) {
                true => Test::OneOfOrAbsent(literals),
                false => Test::OneOf(literals),
            }
        }
        _ => Test::Absent,
    };
    Condition {
        field: condition.field.value.clone(),
        test,
    }
}

/// Whether a field that is not given has a default that meets the condition.
fn takes_default(condition: &model::Condition, fields: &[&Field]) -> bool {
    let model::Test::OneOf(values) = &condition.test else {
        return false;
    };
    find(fields, &condition.field.value)
        .and_then(|field| Some(meaning(field.default.as_ref()?, field.flag)))
        .is_some_and(|default| values.contains(&default))
}

fn literal(value: &Json) -> Option<Literal> {
    match value {
        Json::String(text) => Some(Literal::Text(text.clone())),
        Json::Int(number) => Some(Literal::Number(*number)),
        Json::Bool(flag) => Some(Literal::Flag(*flag)),
        _ => None,
    }
}

fn find<'f>(fields: &[&'f Field], wire: &str) -> Option<&'f Field> {
    fields.iter().copied().find(|it| it.name.value == wire)
}

/// A sentence for each, by the names in Rust.
pub(super) fn in_words(constraints: &[model::Constraint], fields: &[&Field]) -> Vec<String> {
    let sentence = |constraint: &model::Constraint| {
        let names: Vec<_> = constraint
            .fields
            .iter()
            .map(|it| name(fields, &it.value))
            .collect();
        let all = list(&names, "and");
        let are = if names.len() == 1 { "is" } else { "are" };
        let conditions = || {
            let words = constraint.conditions.iter();
            let words: Vec<_> = words.map(|it| condition_in_words(it, fields)).collect();
            list(&words, "and")
        };
        let mut text = match constraint.demand {
            Demand::AtLeastOne => format!("At least one of {all} is needed"),
            Demand::ExactlyOne => format!("Exactly one of {all} is needed"),
            Demand::AtMostOne => format!("At most one of {all} can be given"),
            Demand::Together => format!("{all} are given together or not at all"),
            Demand::Required => format!("{all} {are} needed if {}", conditions()),
            _ => format!("{all} can be given only if {}", conditions()),
        };
        if constraint.basis == Basis::Inferred {
            text.push_str(" (inferred)");
        }
        text.push('.');
        if let Some(doc) = &constraint.doc {
            text.push(' ');
            text.push_str(doc);
        }
        text
    };
    constraints.iter().map(sentence).collect()
}

fn condition_in_words(condition: &model::Condition, fields: &[&Field]) -> String {
    let name = name(fields, &condition.field.value);
    match &condition.test {
        model::Test::Present => format!("{name} is given"),
        model::Test::OneOf(values) => {
            let values = values.iter().map(|value| match value.as_str() {
                Some(text) => format!("`{text}`"),
                None => format!("`{value}`"),
            });
            let values = list(&values.collect::<Vec<_>>(), "or");
            match takes_default(condition, fields) {
                true => format!("{name} is {values} or not given"),
                false => format!("{name} is {values}"),
            }
        }
        _ => format!("{name} is not given"),
    }
}

fn name(fields: &[&Field], wire: &str) -> String {
    let rust = find(fields, wire).map(|it| names::chosen(&it.name, &it.rust, names::snake));
    format!("`{}`", rust.as_deref().unwrap_or(wire))
}

/// `a, b and c`.
fn list(words: &[String], last: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}
