//! Checks the constraints between the members of an object.

use std::fmt;

use super::{Misfit, Slot, is_blank, same};
use crate::facts::{Condition, Constraint, Demand, Literal, Property, Test};
use crate::wire::Json;

/// A relation between members that a request breaks.
#[derive(Debug)]
pub(crate) struct Relation {
    demand: Demand,
    all: Vec<Name>,
    given: Vec<Name>,
    missing: Vec<Name>,
    conditions: Vec<(Name, Test)>,
}

/// A member that a relation names: its name or path on the wire, and its facts if it is known.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Name {
    pub(crate) wire: &'static str,
    property: Option<&'static Property>,
}

/// Its name in Rust and, if it differs, its name on the wire.
impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.property {
            Some(property) => property.fmt(f),
            None => f.write_str(self.wire),
        }
    }
}

pub(super) fn check(constraint: &Constraint, slots: &[Slot<'_>]) -> Result<(), Misfit> {
    let given = || {
        constraint
            .fields
            .iter()
            .filter(|path| is_given(slots, path))
    };
    let conditions_hold = || {
        let mut conditions = constraint.conditions.iter();
        conditions.all(|condition| holds(condition, constraint.demand, slots))
    };
    let kept = match constraint.demand {
        Demand::AtLeastOne => given().count() > 0,
        Demand::ExactlyOne => given().count() == 1,
        Demand::AtMostOne => given().count() < 2,
        Demand::Together => [0, constraint.fields.len()].contains(&given().count()),
        Demand::Required => {
            let mut fields = constraint.fields.iter();
            !fields.any(|path| is_missing(slots, path)) || !conditions_hold()
        }
        Demand::Allowed => given().count() == 0 || conditions_hold(),
    };
    if kept {
        Ok(())
    } else {
        Err(Misfit::broken(Relation::of(constraint, slots)))
    }
}

/// Whether a member has a value. A path with dots leads into objects, and into all items of a list,
/// of which one with a value is enough.
fn is_given(slots: &[Slot<'_>], path: &str) -> bool {
    let (first, rest) = split(path);
    value(slots, first).is_some_and(|value| leads_to(value, rest))
}

/// Whether a member has no value. In a list, it is missing if any item lacks it; if the list itself
/// is absent, it is not missing.
fn is_missing(slots: &[Slot<'_>], path: &str) -> bool {
    let (first, rest) = split(path);
    match value(slots, first) {
        None => rest.is_empty(),
        Some(_) if rest.is_empty() => false,
        Some(Json::Array(mut items)) => items.any(|item| !leads_to(item, rest)),
        Some(value) => !leads_to(value, rest),
    }
}

/// Whether there is a value at the end of a path. An empty path means the value itself.
fn leads_to(value: Json<'_>, path: &str) -> bool {
    let (first, rest) = split(path);
    match value {
        value if path.is_empty() => filled(value),
        Json::Array(mut items) => items.any(|item| leads_to(item, path)),
        Json::Object(mut members) => {
            members.any(|(name, member)| name == first && leads_to(member, rest))
        }
        _ => false,
    }
}

/// The first name of a path, and the rest.
fn split(path: &str) -> (&str, &str) {
    // Paths are short, and a search for one character is made for long text.
    let dot = path.bytes().position(|byte| byte == b'.');
    let parts = dot.and_then(|dot| Some((path.get(..dot)?, path.get(dot + 1..)?)));
    parts.unwrap_or((path, ""))
}

/// The value of a member, unless it is empty or blank.
fn value<'a>(slots: &[Slot<'a>], name: &str) -> Option<Json<'a>> {
    let mut slots = slots.iter();
    let slot = slots.find(|slot| same(slot.property.name, name))?;
    slot.value.filter(|value| filled(*value))
}

fn filled(value: Json<'_>) -> bool {
    match value {
        Json::Null => false,
        Json::String(text) | Json::Unlisted(text) => !is_blank(text),
        Json::Array(mut values) => values.next().is_some(),
        Json::Object(mut members) => members.next().is_some(),
        Json::Bool(_) | Json::Number(_) => true,
    }
}

fn holds(condition: &Condition, demand: Demand, slots: &[Slot<'_>]) -> bool {
    let value = value(slots, condition.field);
    let is_one = |values: &[Literal]| match value {
        // Which members go with an undocumented value is not known: it is left to the caller.
        Some(Json::Unlisted(_)) => demand == Demand::Allowed,
        Some(value) => values.iter().any(|literal| is(*literal, value)),
        None => false,
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
        (Literal::Text(text), Json::String(value)) => same(text, value),
        (Literal::Number(number), Json::Number(value)) => value.as_i64() == Some(number),
        (Literal::Flag(flag), Json::Bool(value)) => flag == value,
        (Literal::Flag(flag), Json::Number(value)) => value.as_i64() == Some(i64::from(flag)),
        (Literal::Flag(flag), Json::String(value)) => value == if flag { "1" } else { "0" },
        _ => false,
    }
}

impl Relation {
    fn of(constraint: &Constraint, slots: &[Slot<'_>]) -> Self {
        let name_in = |wire: &'static str| {
            let slot = slots.iter().find(|slot| slot.property.name == wire);
            let property = slot.map(|slot| slot.property);
            Name { wire, property }
        };
        let named = |keep: &dyn Fn(&str) -> bool| {
            let paths = constraint.fields.iter().filter(|path| keep(path));
            paths.map(|path| name_in(path)).collect()
        };
        let conditions = constraint.conditions.iter();
        Self {
            demand: constraint.demand,
            all: named(&|_| true),
            given: named(&|path| is_given(slots, path)),
            missing: named(&|path| is_missing(slots, path)),
            conditions: conditions
                .map(|condition| (name_in(condition.field), condition.test))
                .collect(),
        }
    }

    /// What is wrong, with the names that `call` gives the members.
    pub(super) fn message(&self, call: &dyn Fn(Name) -> String) -> String {
        let joined = |names: &[Name], last: &str| {
            let names: Vec<_> = names.iter().copied().map(call).collect();
            join(&names, last)
        };
        let (any, every) = (joined(&self.all, "or"), joined(&self.all, "and"));
        let given = joined(&self.given, "and");
        let missing = joined(&self.missing, "and");
        match self.demand {
            Demand::AtLeastOne if self.all.len() == 1 => format!("needs {any}"),
            Demand::AtLeastOne => format!("needs {any}, but none of them is given"),
            Demand::ExactlyOne if given.is_empty() => {
                format!("needs {any}, but none of them is given")
            }
            Demand::ExactlyOne | Demand::AtMostOne => {
                format!("takes only one of {every}, got {given}")
            }
            Demand::Together => format!("takes {every} together, but {missing} is missing"),
            Demand::Required => format!("needs {missing} if {}", self.conditions(call)),
            Demand::Allowed => format!("takes {given} only if {}", self.conditions(call)),
        }
    }

    fn conditions(&self, call: &dyn Fn(Name) -> String) -> String {
        let words = |(name, test): &(Name, Test)| {
            let name = call(*name);
            match test {
                Test::Present => format!("{name} is given"),
                Test::Absent => format!("{name} is not given"),
                Test::OneOf(values) => format!("{name} is {}", literals(values)),
                Test::OneOfOrAbsent(values) => {
                    format!("{name} is {} or not given", literals(values))
                }
            }
        };
        let all: Vec<_> = self.conditions.iter().map(words).collect();
        join(&all, "and")
    }
}

fn literals(values: &[Literal]) -> String {
    let values = values.iter().map(|value| match value {
        Literal::Text(text) => (*text).to_owned(),
        Literal::Number(number) => number.to_string(),
        Literal::Flag(flag) => flag.to_string(),
    });
    join(&values.collect::<Vec<_>>(), "or")
}

/// `a, b and c`.
fn join(words: &[String], last: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}
