//! The text of a flag as JSON, by the schema of its parameter.

use serde_json::{Number, Value};
use vod_api::operation::{Schema, SchemaKind};
use vod_api::time::TimeFormat;

use crate::api::strict;

/// Reads a value. Limits are not checked here.
///
/// # Errors
///
/// The rest of a sentence that begins with what the value is for: `must be a number, got "x"`.
pub(crate) fn value(schema: &Schema, text: &str) -> Result<Value, String> {
    let shown = || shown(text);
    match schema.kind() {
        SchemaKind::String | SchemaKind::OneOf(_) => Ok(text.into()),
        SchemaKind::Bool | SchemaKind::Flag | SchemaKind::TextFlag => match text {
            "true" | "1" => Ok(true.into()),
            "false" | "0" => Ok(false.into()),
            _ => Err(format!("must be true or false, got {}", shown())),
        },
        SchemaKind::Int32 | SchemaKind::Int64 => {
            let number = text.parse::<i64>();
            let number = number.map_err(|_| format!("must be a whole number, got {}", shown()))?;
            Ok(number.into())
        }
        SchemaKind::Time(TimeFormat::Seconds) => {
            let number = text.parse::<i64>().map_err(|_| {
                format!(
                    "must be a number of seconds since 1970, such as 1773994500, got {}",
                    shown()
                )
            })?;
            Ok(number.into())
        }
        SchemaKind::Time(_) => Ok(text.into()),
        SchemaKind::Number => {
            let number = text.parse::<f64>().ok().and_then(Number::from_f64);
            let number = match text.parse::<i64>() {
                Ok(whole) => Some(whole.into()),
                Err(_) => number,
            };
            let number = number.ok_or_else(|| format!("must be a number, got {}", shown()))?;
            Ok(Value::Number(number))
        }
        _ => strict::parse(text).map_err(|error| {
            let what = match schema.kind() {
                SchemaKind::Array(_) => "a list in JSON",
                SchemaKind::Map(_) | SchemaKind::Object(_) => "an object in JSON",
                _ => "JSON, with texts in quotes",
            };
            format!("must be {what}: {error}")
        }),
    }
}

/// Whether a value is written as JSON: an object, a list of anything but texts and numbers, or
/// whatever it likes.
pub(crate) fn is_json(schema: &Schema) -> bool {
    match schema.kind() {
        SchemaKind::Object(_) | SchemaKind::Map(_) | SchemaKind::Any => true,
        SchemaKind::Array(item) => is_json(item) || matches!(item.kind(), SchemaKind::Array(_)),
        _ => false,
    }
}

/// A value in a message: in quotes, on one line and not too long.
fn shown(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{:?}…", text.get(..end).unwrap_or_default()),
        None => format!("{text:?}"),
    }
}
