//! Checks of a request before it is sent.

use std::fmt;

use serde_json::Number;

use super::{Check, Misfit, Slot, constraints, is_blank, same};
use crate::facts::{Constraint, LengthUnit, Schema, SchemaKind};
use crate::nearest::nearest;
use crate::time::TimeFormat;
use crate::wire::Json;

/// Requires all required members, and values within the documented limits, lists and forms.
pub(super) struct Sending;

impl Check for Sending {
    const STRICT: bool = false;

    fn absent(slot: &Slot<'_>) -> Result<(), Misfit> {
        match slot.property.schema.kind() {
            _ if !slot.property.required => Ok(()),
            // An empty one is not written.
            SchemaKind::Array(_) | SchemaKind::Map(_) => {
                Err(Misfit::new("is required, but missing or empty"))
            }
            _ => Err(Misfit::new("is required, but missing")),
        }
    }

    fn value(schema: &Schema, value: Json<'_>) -> Result<(), Misfit> {
        match (schema.kind(), value) {
            (SchemaKind::Array(_), Json::Array(values)) => {
                check_count("value", schema.item_limits(), values.count())
            }
            (SchemaKind::Map(_), Json::Object(members)) => {
                check_count("value", schema.item_limits(), members.count())
            }
            (SchemaKind::OneOf(values), Json::String(text)) => listed(values, text, UNLISTED),
            (SchemaKind::OneOf(_), Json::Unlisted(text)) => check_meaning(text),
            (SchemaKind::Time(format), Json::String(text)) => time(format, text),
            (SchemaKind::String, Json::String(text)) => check_text(schema, text),
            // The form of numbers that JSON cannot represent.
            (SchemaKind::Number, Json::String(text)) => {
                Err(Misfit::new(format!("must be a finite number, got {text}")))
            }
            (_, Json::Number(number)) => check_range(schema.range_limits(), number),
            _ => Ok(()),
        }
    }

    fn together(slots: &[Slot<'_>], constraints: &[Constraint]) -> Result<(), Misfit> {
        constraints
            .iter()
            .try_for_each(|constraint| constraints::check(constraint, slots))
    }
}

fn check_text(schema: &Schema, text: &str) -> Result<(), Misfit> {
    if schema.allows_blank() {
        check_nul(text)?;
    } else {
        check_meaning(text)?;
    }
    match (schema.length_limits(), schema.length_unit()) {
        // A character has one to four bytes.
        ((min, max), _) if text.len() <= max && min <= text.len().div_ceil(4) => Ok(()),
        (limits, LengthUnit::Bytes) => check_count("byte", limits, text.len()),
        (limits, LengthUnit::Characters) => check_count("character", limits, text.chars().count()),
    }
}

/// Refuses text without a meaning.
fn check_meaning(text: &str) -> Result<(), Misfit> {
    match is_blank(text) {
        true if text.is_empty() => Err(Misfit::new("is empty: give it a value")),
        true => Err(Misfit::new("is blank: give it a value")),
        false => check_nul(text),
    }
}

fn check_nul(text: &str) -> Result<(), Misfit> {
    if text.as_bytes().contains(&0) {
        Err(Misfit::new("contains a NUL character: remove it"))
    } else {
        Ok(())
    }
}

/// How many documented values a message names.
const NAMED: usize = 12;

/// How a request can have another value.
const UNLISTED: &str = "; `unlisted` sends a value that the docs do not list";

/// Refuses a value that is not in the list; `otherwise` ends the message if no value is near.
pub(super) fn listed(values: &[&str], text: &str, otherwise: &'static str) -> Result<(), Misfit> {
    if values.iter().any(|listed| same(listed, text)) {
        return Ok(());
    }
    let due = match values {
        [only] => format!("must be {only}"),
        few if few.len() <= NAMED => format!("must be one of {}", few.join(", ")),
        _ => "must be one of the documented values".to_owned(),
    };
    let near = nearest(text, values.iter().copied());
    let near = near.map(|near| format!(": did you mean {near}?"));
    let got = format!("{due}, got {}", Shown(text));
    Err(match near {
        Some(near) => Misfit::new(got + &near),
        None => Misfit::new(got).with_advice(otherwise),
    })
}

/// Refuses text that is not a time of this form.
pub(super) fn time(format: TimeFormat, text: &str) -> Result<(), Misfit> {
    if format.matches(text) {
        return Ok(());
    }
    Err(Misfit::new(format!(
        "must be a time of the form {}, such as {}, got {}",
        format.pattern(),
        format.example(),
        Shown(text)
    )))
}

fn check_count(unit: &str, (min, max): (usize, usize), count: usize) -> Result<(), Misfit> {
    let (bound, limit) = if count > max {
        ("most", max)
    } else if count < min {
        ("least", min)
    } else {
        return Ok(());
    };
    let plural = if limit == 1 { "" } else { "s" };
    Err(Misfit::new(format!(
        "takes at {bound} {limit} {unit}{plural}, got {count}"
    )))
}

fn check_range((min, max): (i64, i64), number: &Number) -> Result<(), Misfit> {
    // Integers are compared as such: as floats, large ones would lose their last digits.
    let (below, above) = match (number.as_i64(), number.as_f64()) {
        (Some(integer), _) => (integer < min, integer > max),
        (None, Some(float)) => (
            min != i64::MIN && float < min as f64,
            max != i64::MAX && float > max as f64,
        ),
        (None, None) => (false, false),
    };
    if !below && !above {
        return Ok(());
    }
    let limit = match (min, max) {
        (i64::MIN, _) => format!("at most {max}"),
        (_, i64::MAX) => format!("at least {min}"),
        _ => format!("from {min} to {max}"),
    };
    Err(Misfit::new(format!("must be {limit}, got {number}")))
}

/// A value in a message: quoted, on one line and not too long.
struct Shown<'t>(&'t str);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const LONGEST: usize = 40;
        match self.0.char_indices().nth(LONGEST) {
            Some((end, _)) => write!(f, "{:?}…", self.0.get(..end).unwrap_or_default()),
            None => write!(f, "{:?}", self.0),
        }
    }
}
