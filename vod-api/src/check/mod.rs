//! Checks JSON against the schema of an operation. The traversal is here; [`Reading`], [`Sending`]
//! and [`Replying`] check each value.

mod constraints;
mod deserialize;
mod misfit;
mod reading;
mod replying;
mod sending;
#[cfg(test)]
mod tests;

pub(crate) use constraints::Name;
pub use deserialize::{deserialize_part, deserialize_request};
pub(crate) use misfit::Misfit;

use self::reading::Reading;
use self::replying::Replying;
use self::sending::Sending;
use crate::facts::{Constraint, OperationMeta, Property, Schema, SchemaKind};
use crate::nearest::nearest;
use crate::wire::{Json, Members};

/// A member of an object: its schema and its value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Slot<'a> {
    pub(crate) property: &'static Property,
    pub(crate) value: Option<Json<'a>>,
}

/// The checks for each value.
trait Check {
    /// Whether members that are unknown or given twice are refused.
    const STRICT: bool;

    /// Checks a member that is absent or `null`.
    fn absent(slot: &Slot<'_>) -> Result<(), Misfit>;

    /// Checks a value, without the values inside it.
    fn value(schema: &Schema, value: Json<'_>) -> Result<(), Misfit>;

    /// Checks the members of an object against its constraints.
    fn together(slots: &[Slot<'_>], constraints: &[Constraint]) -> Result<(), Misfit>;
}

/// Refuses a request with unknown or repeated members, with values of another type, or with `null`
/// where it could mean everything.
pub(crate) fn read_request(meta: &OperationMeta, request: Json<'_>) -> Result<(), Misfit> {
    let Json::Object(members) = request else {
        return Err(Misfit::wrong_type("an object", request));
    };
    let slots = fill::<Reading>(properties(meta), members)?;
    walk_members::<Reading>(&slots, meta.constraints)
}

/// The same for a part of a request.
fn read_value(schema: &Schema, value: Json<'_>) -> Result<(), Misfit> {
    walk::<Reading>(schema, value)
}

/// Refuses a request that breaks documented limits, constraints or forms: the service would refuse
/// or misread it.
pub(crate) fn send(meta: &OperationMeta, slots: &[Slot<'_>]) -> Result<(), Misfit> {
    walk_members::<Sending>(slots, meta.constraints)
}

/// Refuses a reply that the service would not send, by the schema of its body: `None` for no body.
pub(crate) fn reply(schema: Option<&Schema>, body: Json<'_>) -> Result<(), Misfit> {
    match (schema, body) {
        // It is read as a reply in which everything is absent.
        (_, Json::Null) => Ok(()),
        (Some(schema), _) => walk::<Replying>(schema, body),
        (None, Json::Object(members)) => fill::<Replying>(std::iter::empty(), members).map(|_| ()),
        (None, _) => Err(Misfit::wrong_type("empty", body)),
    }
}

/// The members of a request by its parameters, in their order. Other members are left out.
pub(crate) fn slots<'a>(meta: &OperationMeta, members: Members<'a>) -> Vec<Slot<'a>> {
    // Only a strict check refuses members.
    fill::<Sending>(properties(meta), members).unwrap_or_default()
}

fn properties(meta: &OperationMeta) -> impl Iterator<Item = &'static Property> {
    meta.parameters.iter().map(|parameter| &parameter.property)
}

fn walk<C: Check>(schema: &Schema, value: Json<'_>) -> Result<(), Misfit> {
    C::value(schema, value)?;
    match (schema.kind(), value) {
        (SchemaKind::Array(item), Json::Array(mut values)) => {
            let mut index = 0;
            values.try_for_each(|value| {
                let walked = walk::<C>(item, value).map_err(|misfit| misfit.at(index));
                index += 1;
                walked
            })
        }
        (SchemaKind::Map(item), Json::Object(mut members)) => {
            members.try_for_each(|(key, value)| {
                walk::<C>(item, value).map_err(|misfit| misfit.inside(key, key))
            })
        }
        (SchemaKind::Object(facts), Json::Object(members)) => {
            let facts = facts();
            let slots = fill::<C>(facts.properties.iter(), members)?;
            walk_members::<C>(&slots, facts.constraints)
        }
        _ => Ok(()),
    }
}

fn walk_members<C: Check>(slots: &[Slot<'_>], constraints: &[Constraint]) -> Result<(), Misfit> {
    for slot in slots {
        let checked = match slot.value {
            None | Some(Json::Null) => C::absent(slot),
            Some(value) => walk::<C>(&slot.property.schema, value),
        };
        checked.map_err(|misfit| misfit.inside(slot.property.name, slot.property.rust_name))?;
    }
    C::together(slots, constraints)
}

/// Pairs the members of an object with their schemas.
fn fill<'a, C: Check>(
    properties: impl Iterator<Item = &'static Property>,
    members: Members<'a>,
) -> Result<Vec<Slot<'a>>, Misfit> {
    let empty = |property| Slot {
        property,
        value: None,
    };
    let mut slots: Vec<_> = properties.map(empty).collect();
    let mut next = 0;
    for (name, value) in members {
        // Requests are written in the order of the schema, so the match is usually close.
        let (before, from_here) = slots.split_at_mut(next);
        let mut from_here = (next..).zip(from_here).chain((0..).zip(before));
        match from_here.find(|(_, slot)| slot.property.name == name) {
            Some((_, slot)) if C::STRICT && slot.value.is_some() => {
                let misfit = Misfit::new("is given twice: keep one of the two");
                return Err(misfit.inside(name, slot.property.rust_name));
            }
            Some((at, slot)) => {
                slot.value = Some(value);
                next = at + 1;
            }
            None if C::STRICT => return Err(unknown(name, &slots)),
            None => {}
        }
    }
    Ok(slots)
}

/// Whether a text has nothing but white space. It stops at the first other character, which `trim`
/// does not.
fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

/// Whether two texts are equal. Values of one list often have the same length and the same first
/// letters, so the last bytes are compared before all of them, which is a call of its own.
fn same(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.as_bytes().last() == other.as_bytes().last() && one == other
}

/// An unknown member, and the known one that was probably meant.
fn unknown(name: &str, slots: &[Slot<'_>]) -> Misfit {
    let of_rust = slots.iter().find(|slot| slot.property.rust_name == name);
    let names = slots.iter().map(|slot| slot.property.name);
    let rust_names = slots.iter().map(|slot| slot.property.rust_name);
    let near = nearest(name, names.clone()).or_else(|| {
        let near = nearest(name, rust_names)?;
        let slot = slots.iter().find(|slot| slot.property.rust_name == near)?;
        Some(slot.property.name)
    });
    let message = match (of_rust, near) {
        (Some(slot), _) => format!(
            "is not known here: it is the name in Rust; the name in JSON is {}",
            slot.property.name
        ),
        (None, Some(near)) => format!("is not known here: did you mean {near}?"),
        (None, None) if slots.is_empty() => {
            "is not known here: the object has no members".to_owned()
        }
        (None, None) => {
            let names: Vec<_> = names.collect();
            format!("is not known here: the members are {}", names.join(", "))
        }
    };
    Misfit::new(message).inside(name, name)
}
