//! What a call would send, without its secrets.

use serde_json::Value;
use vod_api::operation::{OperationMeta, Property, Schema, SchemaKind};
use vod_api::support::preview::{self, Limits};

use crate::api::{members, mistake};
use crate::exit::Failure;
use crate::settings::Place;

/// The text of a request: method and URL, then the body.
pub(super) fn text(
    meta: &'static OperationMeta,
    request: &Value,
    place: &Place,
) -> Result<String, Failure> {
    let mut shown = request.clone();
    for parameter in meta.parameters {
        if let Some(value) = shown.get_mut(parameter.property.name) {
            redact(&parameter.property, value);
        }
    }
    // What stands for a secret need not fit its limits.
    let preview = preview::preview(meta, &shown, Limits::Unchecked);
    let preview = preview.map_err(|error| mistake::failure(meta, &error))?;
    let project = place.project_id.as_deref().unwrap_or("{project_id}");
    let mut text = format!(
        "{} {}{}",
        preview.method,
        place.address(),
        readable(&preview.path).replace("{project_id}", project)
    );
    if !preview.query.is_empty() {
        text.push('?');
        text.push_str(&readable(&preview.query));
    }
    text.push('\n');
    if let Some(body) = preview.body {
        text.push_str(&members::text(meta, &body));
    }
    Ok(text)
}

/// Hides what is, or contains, a secret.
fn redact(property: &Property, value: &mut Value) {
    if property.sensitive {
        hide(value);
    } else {
        redact_inside(&property.schema, value);
    }
}

fn redact_inside(schema: &Schema, value: &mut Value) {
    match (schema.kind(), value) {
        (SchemaKind::Array(item), Value::Array(items)) => {
            items
                .iter_mut()
                .for_each(|value| redact_inside(item, value));
        }
        (SchemaKind::Map(item), Value::Object(members)) => {
            members
                .values_mut()
                .for_each(|value| redact_inside(item, value));
        }
        (SchemaKind::Object(facts), Value::Object(members)) => {
            for property in facts().properties {
                if let Some(value) = members.get_mut(property.name) {
                    redact(property, value);
                }
            }
        }
        _ => {}
    }
}

/// Hides all texts and numbers of a value, which keeps its type.
fn hide(value: &mut Value) {
    match value {
        Value::String(text) => *text = format!("[redacted, {} bytes]", text.len()),
        Value::Number(number) => *number = 0.into(),
        Value::Array(items) => items.iter_mut().for_each(hide),
        Value::Object(members) => members.values_mut().for_each(hide),
        Value::Null | Value::Bool(_) => {}
    }
}

/// A query in which what stands for a secret can be read.
fn readable(query: &str) -> String {
    let mut text = query.replace("%5Bredacted%2C%20", "[redacted, ");
    text = text.replace("%20bytes%5D", " bytes]");
    text
}
