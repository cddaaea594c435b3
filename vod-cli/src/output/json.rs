//! JSON with its members in the order of the docs.

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;
use vod_api::operation::{Property, Schema, SchemaKind};

/// A value, written in the order of a schema. Members that the schema does not have follow.
pub(crate) fn ordered<'a>(value: &'a Value, schema: Option<Schema>) -> impl Serialize + 'a {
    Ordered { value, schema }
}

/// JSON as text: indented where people read it, else on one line. Values can always be written.
pub(crate) fn to_text(value: &impl Serialize, indented: Indented) -> String {
    let text = match indented {
        Indented::Yes => serde_json::to_string_pretty(value),
        Indented::No => serde_json::to_string(value),
    };
    text.unwrap_or_default()
}

/// Whether JSON is written on several lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Indented {
    Yes,
    No,
}

struct Ordered<'a> {
    value: &'a Value,
    schema: Option<Schema>,
}

impl Serialize for Ordered<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let kind = self.schema.map(|schema| schema.kind());
        match (self.value, kind) {
            (Value::Array(items), _) => {
                let schema = match kind {
                    Some(SchemaKind::Array(item)) => Some(*item),
                    _ => None,
                };
                serializer.collect_seq(items.iter().map(|value| Ordered { value, schema }))
            }
            (Value::Object(members), Some(SchemaKind::Object(facts))) => {
                let properties = facts().properties;
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for Property { name, schema, .. } in properties {
                    if let Some(value) = members.get(*name) {
                        let schema = Some(*schema);
                        map.serialize_entry(name, &Ordered { value, schema })?;
                    }
                }
                let is_known = |name: &str| properties.iter().any(|it| it.name == name);
                for (name, value) in members.iter().filter(|(name, _)| !is_known(name)) {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
            (value, _) => value.serialize(serializer),
        }
    }
}
