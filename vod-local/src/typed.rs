//! Replies of the types of vod-api, as they travel.

use serde::Serialize;
use serde_json::{Map, Value};

use vod_api::operation::{OperationMeta, SchemaKind};

/// The headers and the body of a reply; no body is `null`.
pub(crate) fn parts(
    meta: &OperationMeta,
    response: &impl Serialize,
) -> (Vec<(String, String)>, Value) {
    let body = serde_json::to_value(response).unwrap_or_default();
    let properties = match meta.reply.map(|schema| schema.kind()) {
        Some(SchemaKind::Object(facts)) => facts().properties,
        None => &[],
        // The reply is one value.
        Some(_) => return (Vec::new(), body),
    };
    let Value::Object(members) = body else {
        return (Vec::new(), body);
    };
    let is_in_body = |name: &str| properties.iter().any(|property| property.name == name);
    let (body, headers): (Map<_, _>, Map<_, _>) =
        members.into_iter().partition(|(name, _)| is_in_body(name));
    let headers = headers.into_iter().map(|(name, value)| match value {
        Value::String(text) => (name, text),
        other => (name, other.to_string()),
    });
    let body = match meta.reply {
        Some(_) => Value::Object(body),
        None => Value::Null,
    };
    (headers.collect(), body)
}
