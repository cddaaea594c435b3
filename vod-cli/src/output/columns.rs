//! Which rows and columns a value has.

use serde_json::Value;
use vod_api::operation::{Property, Schema, SchemaKind};

/// The rows of a reply: the items of its list, those of a list that is the reply, or the reply
/// itself.
pub(super) fn rows<'v>(value: &'v Value, items: Option<&str>) -> &'v [Value] {
    let listed = items.and_then(|name| value.get(name));
    match listed.unwrap_or(value) {
        Value::Array(rows) => rows,
        Value::Null => &[],
        _ => std::slice::from_ref(value),
    }
}

/// The members of an item, by the schema of the reply.
pub(super) fn members(reply: Option<Schema>, items: Option<&str>) -> &'static [Property] {
    let Some(reply) = reply else { return &[] };
    match (reply.kind(), items) {
        (SchemaKind::Object(facts), Some(items)) => {
            let list = facts().properties.iter().find(|it| it.name == items);
            list.map_or(&[], |list| members(Some(list.schema), None))
        }
        (SchemaKind::Object(facts), None) => facts().properties,
        (SchemaKind::Array(item), _) => members(Some(*item), None),
        _ => &[],
    }
}

/// The schema of an item.
pub(super) fn items(reply: Option<Schema>, items: Option<&str>) -> Option<Schema> {
    let reply = reply?;
    match (reply.kind(), items) {
        (SchemaKind::Object(facts), Some(items)) => {
            let list = facts().properties.iter().find(|it| it.name == items);
            Some(list?.schema)
        }
        _ => Some(reply),
    }
}

/// The names of the columns of all these rows: known members in their order, then others.
pub(super) fn of_rows(rows: &[Value], known: &[Property]) -> Vec<String> {
    let mut names: Vec<&str> = known.iter().map(|property| property.name).collect();
    let is_there = |name: &str| rows.iter().any(|row| row.get(name).is_some());
    names.retain(|name| is_there(name));
    for row in rows.iter().filter_map(Value::as_object) {
        for name in row.keys() {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
    }
    names.into_iter().map(str::to_owned).collect()
}

/// Leaves out the columns that have nothing but lists and objects, which no cell has room for.
pub(super) fn without_structures(columns: Vec<String>, rows: &[Value]) -> Vec<String> {
    let fits = |name: &String| {
        let mut values = rows.iter().filter_map(|row| row.get(name));
        values.any(|value| !value.is_array() && !value.is_object() && !value.is_null())
    };
    columns.into_iter().filter(fits).collect()
}

/// The column that tells an item from all others.
pub(super) fn id<'n>(names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let is_id = |name: &&str| *name == "id" || name.ends_with("_id");
    names.into_iter().find(is_id)
}
