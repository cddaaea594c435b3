//! Requests to be filled in.

use serde_json::{Map, Value};
use vod_api::operation::{OperationMeta, Property, Schema, SchemaKind};
use vod_api::time::TimeFormat;

/// Which members a skeleton has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Members {
    All,
    Required,
}

/// A request with a value of the right type for each member.
pub(super) fn skeleton(meta: &OperationMeta, members: Members) -> Value {
    let parameters = meta.parameters.iter().map(|it| &it.property);
    let parameters = parameters.filter(|it| is_in(it, members)).map(|it| {
        let value = value(&it.schema, members, &mut Vec::new());
        (it.name.to_owned(), value)
    });
    parameters.collect::<Map<_, _>>().into()
}

fn is_in(property: &Property, members: Members) -> bool {
    members == Members::All || property.required
}

/// A value. `inside` are the members of the types around it, so that a type that contains itself
/// ends.
fn value(schema: &Schema, members: Members, inside: &mut Vec<&'static [Property]>) -> Value {
    match schema.kind() {
        SchemaKind::Bool | SchemaKind::Flag | SchemaKind::TextFlag => false.into(),
        SchemaKind::Int32 | SchemaKind::Int64 | SchemaKind::Number => number(schema).into(),
        SchemaKind::OneOf(values) => values.first().copied().unwrap_or_default().into(),
        SchemaKind::Time(TimeFormat::Seconds) => 0.into(),
        SchemaKind::Array(item) => match value(item, members, inside) {
            Value::Object(item) if item.is_empty() => Value::Array(Vec::new()),
            item => vec![item].into(),
        },
        SchemaKind::Map(item) => {
            let item = value(item, members, inside);
            [("name".to_owned(), item)]
                .into_iter()
                .collect::<Map<_, _>>()
                .into()
        }
        SchemaKind::Object(facts) => {
            let properties = facts().properties;
            if inside.iter().any(|outer| std::ptr::eq(*outer, properties)) {
                return Value::Object(Map::new());
            }
            inside.push(properties);
            let object: Map<_, _> = properties
                .iter()
                .filter(|property| is_in(property, members))
                .map(|it| (it.name.to_owned(), value(&it.schema, members, inside)))
                .collect();
            inside.pop();
            object.into()
        }
        SchemaKind::Any => Value::Null,
        _ => "".into(),
    }
}

/// The number within the limits that is nearest to 0.
fn number(schema: &Schema) -> i64 {
    let (min, max) = schema.range_limits();
    0.clamp(min, max.max(min))
}
