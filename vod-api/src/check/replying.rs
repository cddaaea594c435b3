//! Checks of a reply that a test has written: whether the service could have sent it.

use super::reading::Reading;
use super::sending::{listed, time};
use super::{Check, Misfit, Slot, is_blank};
use crate::facts::{Constraint, Schema, SchemaKind};
use crate::wire::Json;

/// Requires known members, the right JSON types, listed values and the right forms of times. Any
/// member may be missing, as tests state only what they need. Lengths, ranges and constraints are
/// limits of requests.
pub(super) struct Replying;

impl Check for Replying {
    const STRICT: bool = true;

    fn absent(_: &Slot<'_>) -> Result<(), Misfit> {
        Ok(())
    }

    fn value(schema: &Schema, value: Json<'_>) -> Result<(), Misfit> {
        match (schema.kind(), value) {
            // Blank text is read as no value.
            (SchemaKind::Time(_) | SchemaKind::OneOf(_), Json::String(text)) if is_blank(text) => {
                return Ok(());
            }
            _ => Reading::value(schema, value)?,
        }
        match (schema.kind(), value) {
            (SchemaKind::OneOf(values), Json::String(text)) => listed(values, text, ""),
            (SchemaKind::Time(format), Json::String(text)) => time(format, text),
            _ => Ok(()),
        }
    }

    fn together(_: &[Slot<'_>], _: &[Constraint]) -> Result<(), Misfit> {
        Ok(())
    }
}
