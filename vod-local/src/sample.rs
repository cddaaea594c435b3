//! A value that fits a schema, for replies that the docs show no example of.

use serde_json::{Map, Value};

use vod_api::operation::{Schema, SchemaKind};
use vod_api::time::TimeFormat;

/// How often a type may stand inside itself.
const DEPTH: usize = 4;

pub(crate) fn of(schema: &Schema) -> Value {
    value(schema, 0)
}

fn value(schema: &Schema, depth: usize) -> Value {
    let (least, _) = schema.range_limits();
    match schema.kind() {
        SchemaKind::OneOf(values) => Value::from(values.first().copied().unwrap_or("text")),
        SchemaKind::Bool => Value::from(true),
        SchemaKind::Int32 | SchemaKind::Int64 => Value::from(least.max(1)),
        SchemaKind::Number => Value::from(1.5),
        SchemaKind::Any => Value::Object(Map::new()),
        SchemaKind::Array(_) | SchemaKind::Map(_) if depth >= DEPTH => match schema.kind() {
            SchemaKind::Array(_) => Value::Array(Vec::new()),
            _ => Value::Object(Map::new()),
        },
        SchemaKind::Array(item) => Value::Array(vec![value(item, depth + 1)]),
        SchemaKind::Map(item) => Value::Object(Map::from_iter([(
            "name".to_owned(),
            value(item, depth + 1),
        )])),
        SchemaKind::Object(_) if depth >= 2 * DEPTH => Value::Object(Map::new()),
        SchemaKind::Flag => Value::from(1),
        SchemaKind::TextFlag => Value::from("1"),
        SchemaKind::Time(TimeFormat::Seconds) => Value::from(1_773_994_500),
        SchemaKind::Time(format) => Value::from(format.example()),
        SchemaKind::Object(facts) => Value::Object(
            facts()
                .properties
                .iter()
                .map(|property| (property.name.to_owned(), value(&property.schema, depth + 1)))
                .collect(),
        ),
        // Text, and kinds that are newer than this crate.
        _ => Value::from("text"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use vod_api::operation::{Described, Property};

    use super::*;

    struct Node;

    impl Described for Node {
        const PROPERTIES: &'static [Property] = &[
            Property::new("name", Schema::STRING),
            Property::new("count", Schema::INT32.range(5, 9)),
            Property::new("next", Schema::array(&Schema::object::<Node>())),
        ];
    }

    #[test]
    fn types_that_hold_themselves_come_to_an_end() {
        assert_eq!(
            of(&Schema::object::<Node>()),
            json!({"name": "text", "count": 5, "next": [
                {"name": "text", "count": 5, "next": [{"name": "text", "count": 5, "next": []}]},
            ]})
        );
    }
}
