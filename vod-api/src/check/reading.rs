//! Checks of a request that is read from JSON.

use std::collections::HashSet;

use super::{Check, Misfit, Slot, is_blank};
use crate::facts::{Constraint, Schema, SchemaKind};
use crate::time::TimeFormat;
use crate::wire::Json;

/// Requires known members and the right JSON types.
pub(super) struct Reading;

impl Check for Reading {
    const STRICT: bool = true;

    fn absent(slot: &Slot<'_>) -> Result<(), Misfit> {
        let Some(Json::Null) = slot.value else {
            return Ok(());
        };
        // A list that is `null` can mean everything or nothing.
        match slot.property.schema.kind() {
            SchemaKind::Array(_) => Err(Misfit::new(
                "must be a list, got null: leave it out, or give it values",
            )),
            SchemaKind::Map(_) => Err(Misfit::new(
                "must be an object, got null: leave it out, or give it values",
            )),
            _ if slot.property.required => {
                Err(Misfit::new("is required, but null: give it a value"))
            }
            _ => Ok(()),
        }
    }

    fn value(schema: &Schema, value: Json<'_>) -> Result<(), Misfit> {
        // Blank text would be read as an absent time.
        if let (SchemaKind::Time(_), Json::String(text)) = (schema.kind(), value)
            && is_blank(text)
        {
            return Err(Misfit::new("is blank: leave it out, or give it a value"));
        }
        let fits = match (schema.kind(), value) {
            (SchemaKind::Any, _) => true,
            (SchemaKind::String | SchemaKind::OneOf(_), _) => is_text(value),
            (SchemaKind::Time(TimeFormat::Seconds), Json::Number(_)) => true,
            (SchemaKind::Time(_), _) => is_text(value),
            (SchemaKind::Bool | SchemaKind::Flag | SchemaKind::TextFlag, Json::Bool(_)) => true,
            (SchemaKind::Flag, Json::Number(number)) => {
                number.as_u64().is_some_and(|number| number < 2)
            }
            (SchemaKind::TextFlag, Json::String(text)) => matches!(text, "0" | "1"),
            (SchemaKind::Int32, Json::Number(number)) => {
                let number = number.as_i64().map(i32::try_from);
                matches!(number, Some(Ok(_)))
            }
            (SchemaKind::Int64, Json::Number(number)) => number.is_i64(),
            (SchemaKind::Number, Json::Number(_)) | (SchemaKind::Array(_), Json::Array(_)) => true,
            (SchemaKind::Object(_), Json::Object(_)) => true,
            (SchemaKind::Map(_), Json::Object(mut members)) => {
                let mut names = HashSet::new();
                if let Some((name, _)) = members.find(|(name, _)| !names.insert(*name)) {
                    let misfit = Misfit::new("is given twice: keep one of the two");
                    return Err(misfit.inside(name, name));
                }
                true
            }
            _ => false,
        };
        if fits {
            Ok(())
        } else {
            Err(Misfit::wrong_type(expected(schema), value))
        }
    }

    fn together(slots: &[Slot<'_>], constraints: &[Constraint]) -> Result<(), Misfit> {
        let fields = constraints.iter().flat_map(|constraint| constraint.fields);
        for name in fields {
            let is_null = |slot: &&Slot<'_>| {
                slot.property.name == *name && matches!(slot.value, Some(Json::Null))
            };
            if let Some(slot) = slots.iter().find(is_null) {
                let misfit = Misfit::new("is null: leave it out, or give it a value");
                return Err(misfit.inside(name, slot.property.rust_name));
            }
        }
        Ok(())
    }
}

fn is_text(value: Json<'_>) -> bool {
    matches!(value, Json::String(_) | Json::Unlisted(_))
}

fn expected(schema: &Schema) -> &'static str {
    match schema.kind() {
        SchemaKind::Time(TimeFormat::Seconds) => "a number of seconds since 1970",
        SchemaKind::String | SchemaKind::OneOf(_) | SchemaKind::Time(_) => "text",
        SchemaKind::Bool => "true or false",
        SchemaKind::Flag => "1, 0, true or false",
        SchemaKind::TextFlag => "\"1\", \"0\", true or false",
        SchemaKind::Int32 => "a whole number of 32 bits",
        SchemaKind::Int64 => "a whole number of 64 bits",
        SchemaKind::Number => "a number",
        SchemaKind::Array(_) => "a list",
        SchemaKind::Map(_) | SchemaKind::Object(_) => "an object",
        SchemaKind::Any => "any JSON",
    }
}
