//! Puts a received request together again: the JSON object that it was before it was spread over path, query and body.

use bytes::Bytes;
use serde_json::{Map, Value};

use crate::route::Route;
use vod_api::operation::{Parameter, Place, Schema, SchemaKind};
use vod_api::support::service::check_types;
use vod_api::time::TimeFormat;

/// Reads as much as it can into `values`, by wire names; fails at the first thing that the operation does not know, or
/// that has another type.
pub(crate) fn read(
    route: &Route,
    query: &[(String, String)],
    body: &[u8],
    values: &mut Map<String, Value>,
) -> Result<(), String> {
    for (name, text) in &route.values {
        if let Some(parameter) = find(route, Place::Path, name) {
            let value = from_text(&parameter.property.schema, text);
            values.insert((*name).to_owned(), value);
        }
    }
    for (name, text) in query {
        let parameter = find(route, Place::Query, name)
            .ok_or_else(|| format!("{name} is not a query parameter of {}", route.meta.name))?;
        match parameter.property.schema.kind() {
            SchemaKind::Array(item) => {
                let item = from_text(item, text);
                let list = values
                    .entry(name.as_str())
                    .or_insert_with(|| Value::Array(Vec::new()));
                if let Value::Array(list) = list {
                    list.push(item);
                }
            }
            _ if values.contains_key(name) => return Err(format!("{name} is given twice")),
            _ => {
                let value = from_text(&parameter.property.schema, text);
                values.insert(name.clone(), value);
            }
        }
    }
    read_body(route, body, values)?;
    check_types(route.meta, &Value::Object(values.clone()))
}

/// Drops what the operation does not know, and says what that is.
pub(crate) fn drop_unknown(
    route: &Route,
    query: &mut Vec<(String, String)>,
    body: &mut Bytes,
    warnings: &mut Vec<String>,
) {
    let name = route.meta.name;
    query.retain(|(parameter, _)| {
        let is_known = find(route, Place::Query, parameter).is_some();
        if !is_known {
            warnings.push(format!("{parameter} is not a query parameter of {name}"));
        }
        is_known
    });
    if !route.meta.body && !body.is_empty() {
        warnings.push(format!("{name} takes no body"));
        body.clear();
    }
    // What is wrong with it otherwise is found when it is read.
    let Ok(Value::Object(mut members)) = serde_json::from_slice(body) else {
        return;
    };
    let before = warnings.len();
    members.retain(|member, value| match find(route, Place::Body, member) {
        Some(parameter) => {
            drop_unknown_members(&parameter.property.schema, value, (member, warnings));
            true
        }
        None => {
            warnings.push(format!("{member} is not a member of the body of {name}"));
            false
        }
    });
    if warnings.len() > before {
        *body = Value::Object(members).to_string().into();
    }
}

/// The same inside of a value, given where it is.
fn drop_unknown_members(
    schema: &Schema,
    value: &mut Value,
    (path, warnings): (&str, &mut Vec<String>),
) {
    match (schema.kind(), value) {
        (SchemaKind::Array(item), Value::Array(items)) => {
            for (index, value) in items.iter_mut().enumerate() {
                drop_unknown_members(item, value, (&format!("{path}[{index}]"), warnings));
            }
        }
        (SchemaKind::Map(item), Value::Object(members)) => {
            for (name, value) in members {
                drop_unknown_members(item, value, (&format!("{path}.{name}"), warnings));
            }
        }
        (SchemaKind::Object(facts), Value::Object(members)) => {
            let properties = facts().properties;
            members.retain(|name, value| {
                let path = format!("{path}.{name}");
                let known = properties.iter().find(|property| property.name == name);
                match known {
                    Some(property) => {
                        drop_unknown_members(&property.schema, value, (&path, warnings));
                    }
                    None => warnings.push(format!("{path} is not known here")),
                }
                known.is_some()
            });
        }
        _ => {}
    }
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
        find(route, Place::Body, &name)
            .ok_or_else(|| format!("{name} is not a member of the body of {}", route.meta.name))?;
        values.insert(name, value);
    }
    Ok(())
}

fn find(route: &Route, place: Place, name: &str) -> Option<&'static Parameter> {
    let mut parameters = route.meta.parameters.iter();
    parameters.find(|parameter| parameter.place == place && parameter.property.name == name)
}

/// The JSON value of a text; the text itself if it does not have the expected form.
fn from_text(schema: &Schema, text: &str) -> Value {
    let value = match schema.kind() {
        SchemaKind::Bool => text.parse().ok().map(Value::Bool),
        SchemaKind::Int32
        | SchemaKind::Int64
        | SchemaKind::Flag
        | SchemaKind::Time(TimeFormat::Seconds) => text.parse::<i64>().ok().map(Value::from),
        SchemaKind::Number => text.parse().ok().map(Value::Number),
        _ => None,
    };
    value.unwrap_or_else(|| Value::from(text))
}

#[cfg(test)]
mod tests {
    use http::Method;
    use serde_json::json;
    use vod_api::operation::{Described, OperationMeta, Property};

    use super::*;

    struct Node;

    impl Described for Node {
        const PROPERTIES: &'static [Property] =
            &[Property::new("tags", Schema::array(&Schema::STRING))];
    }

    static META: OperationMeta = OperationMeta {
        name: "Test",
        method: Method::POST,
        path: "/v1/{project_id}/{number}",
        section: "Tests",
        title: "Test",
        summary: "Is a test.",
        deprecated: None,
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
        constraints: &[],
        success: 200,
        reply: None,
        example: None,
        pagination: None,
        batch: None,
        outcome: None,
        tasks: &[],
        rate: None,
        normalize: vod_api::support::normalize::<serde_json::Value>,
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
        struct Case {
            name: &'static str,
            number: &'static str,
            query: Option<(&'static str, &'static str)>,
            body: &'static str,
            message: &'static str,
        }

        let cases = [
            Case {
                name: "text for a number in the path",
                number: "x",
                query: None,
                body: "{}",
                message: "number must be a whole number of 64 bits, got text",
            },
            Case {
                name: "an unknown parameter",
                number: "7",
                query: Some(("x", "")),
                body: "{}",
                message: "x is not a query parameter of Test",
            },
            Case {
                name: "a number for a flag",
                number: "7",
                query: Some(("flag", "1")),
                body: "{}",
                message: "flag must be true or false, got text",
            },
            Case {
                name: "text in a list of numbers",
                number: "7",
                query: Some(("ids", "a")),
                body: "{}",
                message: "ids[0] must be a whole number of 32 bits, got text",
            },
            Case {
                name: "not a number",
                number: "7",
                query: Some(("ratio", "NaN")),
                body: "{}",
                message: "ratio must be a number, got text",
            },
            Case {
                name: "a body that is a list",
                number: "7",
                query: None,
                body: "[]",
                message: "the body is not a JSON object",
            },
            Case {
                name: "an unknown member",
                number: "7",
                query: None,
                body: r#"{"x":1}"#,
                message: "x is not a member of the body of Test",
            },
            Case {
                name: "an unknown member further inside",
                number: "7",
                query: None,
                body: r#"{"node":{"x":1}}"#,
                message: "node.x is not known here: the members are tags",
            },
            Case {
                name: "a list for an object",
                number: "7",
                query: None,
                body: r#"{"node":[]}"#,
                message: "node must be an object, got a list",
            },
            Case {
                name: "a number in a list of text",
                number: "7",
                query: None,
                body: r#"{"node":{"tags":[1]}}"#,
                message: "node.tags[0] must be text, got a number",
            },
            Case {
                name: "a fraction in a map",
                number: "7",
                query: None,
                body: r#"{"groups":{"g":[1.5]}}"#,
                message: "groups.g[0] must be a whole number of 32 bits, got 1.5",
            },
        ];
        for Case {
            name,
            number,
            query,
            body,
            message,
        } in cases
        {
            let query: Vec<_> = query.into_iter().collect();
            assert_eq!(read(number, &query, body).unwrap_err(), message, "{name}");
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
