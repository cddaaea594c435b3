//! Constraints between fields, for the run time and in words.

use vod_spec::json::Json;
use vod_spec::model::{self, Demand, Field, Words};

use crate::names;
use crate::rust::{Condition, Constraint, Literal, Test};

/// The constraints for the run time.
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
            if condition.takes_default(fields) {
                Test::OneOfOrAbsent(literals)
            } else {
                Test::OneOf(literals)
            }
        }
        _ => Test::Absent,
    };
    Condition {
        field: condition.field.value.clone(),
        test,
    }
}

fn literal(value: &Json) -> Option<Literal> {
    match value {
        Json::String(text) => Some(Literal::Text(text.clone())),
        Json::Int(number) => Some(Literal::Number(*number)),
        Json::Bool(flag) => Some(Literal::Flag(*flag)),
        _ => None,
    }
}

/// A sentence for each constraint, with the Rust names.
pub(super) fn in_words(constraints: &[model::Constraint], fields: &[&Field]) -> Vec<String> {
    let words = words(fields);
    constraints.iter().map(|it| words.sentences(it)).collect()
}

/// Words with the Rust names.
pub(crate) fn words<'a>(fields: &'a [&'a Field]) -> Words<'a, fn(&Field) -> String> {
    let name = |field: &Field| {
        let name = names::chosen(&field.name, &field.rust, names::snake);
        name.trim_start_matches("r#").to_owned()
    };
    Words { fields, name }
}
