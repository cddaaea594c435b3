//! Checks the constraints between the members of an object.

use super::{Misfit, Slot};
use crate::operation::{Condition, Constraint, Demand, Literal, Test};
use crate::wire::Json;

pub(super) fn check(constraint: &Constraint, slots: &[Slot<'_>]) -> Result<(), Misfit> {
    let given = constraint
        .fields
        .iter()
        .filter(|name| value(slots, name).is_some())
        .count();
    let all = constraint.fields.len();
    let conditions_hold = || {
        let mut conditions = constraint.conditions.iter();
        conditions.all(|condition| holds(condition, slots))
    };
    let kept = match constraint.demand {
        Demand::AtLeastOne => given > 0,
        Demand::ExactlyOne => given == 1,
        Demand::AtMostOne => given < 2,
        Demand::Together => given == 0 || given == all,
        Demand::Required => given == all || !conditions_hold(),
        Demand::Allowed => given == 0 || conditions_hold(),
    };
    match kept {
        true => Ok(()),
        false => Err(Misfit::new(message(constraint, slots))),
    }
}

/// The value of a member, unless it is empty or blank.
fn value<'a>(slots: &[Slot<'a>], name: &str) -> Option<Json<'a>> {
    let slot = slots.iter().find(|slot| slot.property.name == name)?;
    slot.value.filter(|value| match value {
        Json::Null => false,
        Json::String(text) | Json::Unlisted(text) => !text.trim().is_empty(),
        Json::Array(values) => values.clone().next().is_some(),
        Json::Object(members) => members.clone().next().is_some(),
        Json::Bool(_) | Json::Number(_) => true,
    })
}

fn holds(condition: &Condition, slots: &[Slot<'_>]) -> bool {
    let value = value(slots, condition.field);
    let is_one = |values: &[Literal]| {
        value.is_some_and(|value| values.iter().any(|literal| is(*literal, value)))
    };
    match condition.test {
        Test::Present => value.is_some(),
        Test::Absent => value.is_none(),
        Test::OneOf(values) => is_one(values),
        Test::OneOfOrAbsent(values) => value.is_none() || is_one(values),
    }
}

fn is(literal: Literal, value: Json<'_>) -> bool {
    match (literal, value) {
        (Literal::Text(text), Json::String(value) | Json::Unlisted(value)) => text == value,
        (Literal::Number(number), Json::Number(value)) => value.as_i64() == Some(number),
        (Literal::Flag(flag), Json::Bool(value)) => flag == value,
        (Literal::Flag(flag), Json::Number(value)) => value.as_i64() == Some(i64::from(flag)),
        (Literal::Flag(flag), Json::String(value)) => value == if flag { "1" } else { "0" },
        _ => false,
    }
}

fn message(constraint: &Constraint, slots: &[Slot<'_>]) -> String {
    let name = |wire: &&str| name_in(slots, wire);
    let all: Vec<_> = constraint.fields.iter().map(name).collect();
    let is_given = |wire: &&&str| value(slots, wire).is_some();
    let (given, missing): (Vec<&&str>, Vec<&&str>) = constraint.fields.iter().partition(is_given);
    let [given, missing] = [given, missing].map(|names| {
        let names: Vec<_> = names.into_iter().map(name).collect();
        join(&names, "and")
    });
    let (any, every) = (join(&all, "or"), join(&all, "and"));
    match constraint.demand {
        Demand::AtLeastOne => format!("needs {any}, and none of them is given"),
        Demand::ExactlyOne if given.is_empty() => format!("needs {any}, and none of them is given"),
        Demand::ExactlyOne | Demand::AtMostOne => {
            format!("takes only one of {every}, got {given}")
        }
        Demand::Together => format!("takes {every} together, and {missing} is missing"),
        Demand::Required => format!("needs {missing} if {}", conditions(constraint, slots)),
        Demand::Allowed => format!("takes {given} only if {}", conditions(constraint, slots)),
    }
}

fn conditions(constraint: &Constraint, slots: &[Slot<'_>]) -> String {
    let words = |condition: &Condition| {
        let name = name_in(slots, condition.field);
        match condition.test {
            Test::Present => format!("{name} is given"),
            Test::Absent => format!("{name} is not given"),
            Test::OneOf(values) => format!("{name} is {}", literals(values)),
            Test::OneOfOrAbsent(values) => {
                format!("{name} is {} or not given", literals(values))
            }
        }
    };
    let all: Vec<_> = constraint.conditions.iter().map(words).collect();
    join(&all, "and")
}

fn literals(values: &[Literal]) -> String {
    let values = values.iter().map(|value| match value {
        Literal::Text(text) => (*text).to_owned(),
        Literal::Number(number) => number.to_string(),
        Literal::Flag(flag) => flag.to_string(),
    });
    join(&values.collect::<Vec<_>>(), "or")
}

fn name_in(slots: &[Slot<'_>], wire: &str) -> String {
    let slot = slots.iter().find(|slot| slot.property.name == wire);
    slot.map_or_else(|| wire.to_owned(), |slot| slot.property.to_string())
}

/// `a, b and c`.
fn join(words: &[String], last: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}
