//! What holds for each reply: it fits its type, and has all that the docs call mandatory.

use serde_json::Value;
use vod_api::operation::{OperationMeta, Schema, SchemaKind};
use vod_api::support::service::check_reply;

pub(crate) fn check(meta: &OperationMeta, reply: &Value) {
    if reply.is_null() {
        return;
    }
    let fits = check_reply(meta, reply.to_string().as_bytes());
    assert_eq!(fits, Ok(()), "{}: {reply}", meta.name);
    let missing = meta.reply.as_ref().and_then(|it| missing(it, reply));
    assert_eq!(missing, None, "{}: {reply}", meta.name);
}

/// The name of a member that has to be there and is not.
fn missing(schema: &Schema, value: &Value) -> Option<&'static str> {
    match schema.kind() {
        SchemaKind::Array(item) => {
            let mut items = value.as_array().into_iter().flatten();
            items.find_map(|value| missing(item, value))
        }
        SchemaKind::Map(item) => {
            let mut items = value.as_object().into_iter().flatten();
            items.find_map(|(_, value)| missing(item, value))
        }
        SchemaKind::Object(facts) if value.is_object() => {
            let mut properties = facts().properties.iter();
            properties.find_map(|property| match &value[property.name] {
                Value::Null => property.required.then_some(property.name),
                value => missing(&property.schema, value),
            })
        }
        _ => None,
    }
}
