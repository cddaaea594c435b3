//! Puts a received request together again: the JSON object that it was before it was spread over path, query and body.

use serde_json::{Map, Value};

use super::route::Route;
use crate::operation::{Parameter, Place, Schema, SchemaKind};

/// Reads as much as it can into `values`, by wire names; fails at the first thing that the operation does not know, or
/// that has another type.
pub(super) fn read(
    route: &Route,
    query: &[(String, String)],
    body: &[u8],
    values: &mut Map<String, Value>,
) -> Result<(), String> {
    for (name, text) in &route.values {
        if let Some(parameter) = find(route, Place::Path, name) {
            let value = from_text(name, &parameter.property.schema, text)?;
            values.insert((*name).to_owned(), value);
        }
    }
    for (name, text) in query {
        let parameter = find(route, Place::Query, name)
            .ok_or_else(|| format!("{name} is not a query parameter of {}", route.meta.name))?;
        match parameter.property.schema.kind() {
            SchemaKind::Array(item) => {
                let item = from_text(name, item, text)?;
                let list = values
                    .entry(name.as_str())
                    .or_insert_with(|| Value::Array(Vec::new()));
                if let Value::Array(list) = list {
                    list.push(item);
                }
            }
            _ if values.contains_key(name) => return Err(format!("{name} is given twice")),
            _ => {
                let value = from_text(name, &parameter.property.schema, text)?;
                values.insert(name.clone(), value);
            }
        }
    }
    read_body(route, body, values)
}

fn read_body(route: &Route, body: &[u8], values: &mut Map<String, Value>) -> Result<(), String> {
    if !route.meta.body {
        return match body {
            [] => Ok(()),
            _ => Err(format!("{} takes no body", route.meta.name)),
        };
    }
    let members = match serde_json::from_slice(body) {
        Ok(Value::Object(members)) => members,
        Ok(_) => return Err("the body is not a JSON object".to_owned()),
        Err(error) => return Err(format!("the body is not JSON: {error}")),
    };
    for (name, value) in members {
        let parameter = find(route, Place::Body, &name)
            .ok_or_else(|| format!("{name} is not a member of the body of {}", route.meta.name))?;
        check_type(&name, &parameter.property.schema, &value)?;
        values.insert(name, value);
    }
    Ok(())
}

fn find(route: &Route, place: Place, name: &str) -> Option<&'static Parameter> {
    let mut parameters = route.meta.parameters.iter();
    parameters.find(|parameter| parameter.place == place && parameter.property.name == name)
}

fn from_text(name: &str, schema: &Schema, text: &str) -> Result<Value, String> {
    let value = match schema.kind() {
        SchemaKind::String | SchemaKind::OneOf(_) | SchemaKind::Any => {
            Some(Value::String(text.to_owned()))
        }
        SchemaKind::Bool => text.parse().ok().map(Value::Bool),
        SchemaKind::Int32 => text.parse::<i32>().ok().map(Value::from),
        SchemaKind::Int64 => text.parse::<i64>().ok().map(Value::from),
        SchemaKind::Number => text.parse().ok().map(Value::Number),
        SchemaKind::Array(_) | SchemaKind::Map(_) | SchemaKind::Object(_) => None,
    };
    value.ok_or_else(|| wrong_type(name, schema))
}

fn check_type(path: &str, schema: &Schema, value: &Value) -> Result<(), String> {
    let fits = match (schema.kind(), value) {
        (_, Value::Null) | (SchemaKind::Any, _) => true,
        (SchemaKind::String | SchemaKind::OneOf(_), _) => value.is_string(),
        (SchemaKind::Bool, _) => value.is_boolean(),
        (SchemaKind::Int32, _) => value
            .as_i64()
            .is_some_and(|value| i32::try_from(value).is_ok()),
        (SchemaKind::Int64, _) => value.is_i64(),
        (SchemaKind::Number, _) => value.is_number(),
        (SchemaKind::Array(item), Value::Array(values)) => {
            for (index, value) in values.iter().enumerate() {
                check_type(&format!("{path}[{index}]"), item, value)?;
            }
            true
        }
        (SchemaKind::Map(item), Value::Object(members)) => {
            for (name, value) in members {
                check_type(&format!("{path}.{name}"), item, value)?;
            }
            true
        }
        (SchemaKind::Object(properties), Value::Object(members)) => {
            for (name, value) in members {
                let path = format!("{path}.{name}");
                let property = properties().iter().find(|known| known.name == name);
                let property = property.ok_or_else(|| format!("{path} is not known"))?;
                check_type(&path, &property.schema, value)?;
            }
            true
        }
        _ => false,
    };
    match fits {
        true => Ok(()),
        false => Err(wrong_type(path, schema)),
    }
}

fn wrong_type(path: &str, schema: &Schema) -> String {
    let expected = match schema.kind() {
        SchemaKind::String | SchemaKind::OneOf(_) => "text",
        SchemaKind::Bool => "true or false",
        SchemaKind::Int32 => "an integer of 32 bits",
        SchemaKind::Int64 => "an integer of 64 bits",
        SchemaKind::Number => "a number",
        SchemaKind::Any => "JSON",
        SchemaKind::Array(_) => "a list",
        SchemaKind::Map(_) | SchemaKind::Object(_) => "an object",
    };
    format!("{path} is not {expected}")
}

#[cfg(test)]
mod tests {
    use http::Method;
    use serde_json::json;

    use super::*;
    use crate::operation::{Described, OperationMeta, Property};

    struct Node;

    impl Described for Node {
        const PROPERTIES: &'static [Property] =
            &[Property::new("tags", Schema::array(&Schema::STRING))];
    }

    static META: OperationMeta = OperationMeta {
        name: "Test",
        method: Method::POST,
        path: "/v1/{project_id}/{number}",
        docs: None,
        idempotent: false,
        body: true,
        parameters: &[
            Parameter::path("number", Schema::INT64),
            Parameter::query("flag", Schema::BOOL),
            Parameter::query("ratio", Schema::NUMBER),
            Parameter::query("ids", Schema::array(&Schema::INT32)),
            Parameter::body("node", Schema::object::<Node>()),
            Parameter::body("groups", Schema::map(&Schema::array(&Schema::INT32))),
            Parameter::body("free", Schema::ANY),
        ],
        success: 200,
        reply: None,
        example: None,
    };

    fn read(number: &str, query: &[(&str, &str)], body: &str) -> Result<Value, String> {
        let route = Route {
            meta: &META,
            values: vec![
                ("project_id", "p".to_owned()),
                ("number", number.to_owned()),
            ],
        };
        let query: Vec<_> = query
            .iter()
            .map(|&(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let mut values = Map::new();
        super::read(&route, &query, body.as_bytes(), &mut values)?;
        Ok(Value::Object(values))
    }

    #[test]
    fn puts_requests_together() {
        let query = [
            ("flag", "true"),
            ("ids", "2"),
            ("ids", "1"),
            ("ratio", "1.5"),
        ];
        let body = r#"{"node":{"tags":["a"]},"groups":{"g":[1]},"free":[null]}"#;
        assert_eq!(
            read("7", &query, body).unwrap(),
            json!({
                "number": 7, "flag": true, "ids": [2, 1], "ratio": 1.5,
                "node": {"tags": ["a"]}, "groups": {"g": [1]}, "free": [null],
            })
        );
        assert_eq!(read("7", &[], "{}").unwrap(), json!({"number": 7}));
    }

    #[test]
    fn refuses_what_the_docs_do_not_know() {
        for (number, query, body, message) in [
            ("x", None, "{}", "number is not an integer of 64 bits"),
            (
                "7",
                Some(("x", "")),
                "{}",
                "x is not a query parameter of Test",
            ),
            ("7", Some(("flag", "1")), "{}", "flag is not true or false"),
            (
                "7",
                Some(("ids", "a")),
                "{}",
                "ids is not an integer of 32 bits",
            ),
            ("7", Some(("ratio", "NaN")), "{}", "ratio is not a number"),
            ("7", None, "[]", "the body is not a JSON object"),
            (
                "7",
                None,
                r#"{"x":1}"#,
                "x is not a member of the body of Test",
            ),
            ("7", None, r#"{"node":{"x":1}}"#, "node.x is not known"),
            ("7", None, r#"{"node":[]}"#, "node is not an object"),
            (
                "7",
                None,
                r#"{"node":{"tags":[1]}}"#,
                "node.tags[0] is not text",
            ),
            (
                "7",
                None,
                r#"{"groups":{"g":[1.5]}}"#,
                "groups.g[0] is not an integer of 32 bits",
            ),
        ] {
            let query: Vec<_> = query.into_iter().collect();
            assert_eq!(read(number, &query, body).unwrap_err(), message);
        }
        let error = read("7", &[("flag", "true"), ("flag", "true")], "{}").unwrap_err();
        assert_eq!(error, "flag is given twice");
        assert!(
            read("7", &[], "")
                .unwrap_err()
                .starts_with("the body is not JSON: EOF")
        );
    }
}
