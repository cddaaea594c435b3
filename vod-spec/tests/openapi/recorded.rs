//! Requests and replies of all operations, as `vod-api` was recorded to send and to read them, against the document.
//!
//! Like a snapshot, a record is about the description of this repository: where an operation changes, its lines of
//! `wire-vectors.jsonl` are recorded anew.

use std::collections::BTreeMap;
use std::fs;

use serde_json::{Value, json};

use super::schema::violations;
use super::{Described, from_root, load, operation};

/// A value of the query, as a server reads it that knows its type.
fn read(text: &str, schema: &Value) -> Value {
    let value = match schema["type"].as_str() {
        Some("integer" | "number" | "boolean") => serde_json::from_str(text).ok(),
        _ => None,
    };
    value.unwrap_or_else(|| json!(text))
}

/// The query by name; a key that is repeated makes an array.
fn read_query(pairs: &Value, parameters: &Value) -> BTreeMap<String, (Value, Value)> {
    let mut query = BTreeMap::new();
    let pairs: Vec<(String, String)> = serde_json::from_value(pairs.clone()).unwrap();
    for (name, text) in pairs {
        let mut parameters = parameters.as_array().into_iter().flatten();
        let parameter = parameters
            .find(|it| it["in"] == "query" && it["name"] == *name)
            .unwrap();
        let schema = &parameter["schema"];
        if schema["type"] == "array" {
            assert_eq!(
                (&parameter["style"], &parameter["explode"]),
                (&json!("form"), &json!(true))
            );
            let item = read(&text, &schema["items"]);
            let (_, items) = query
                .entry(name)
                .or_insert_with(|| (schema.clone(), json!([])));
            items.as_array_mut().unwrap().push(item);
        } else {
            let again = query.insert(name, (schema.clone(), read(&text, schema)));
            assert_eq!(again, None);
        }
    }
    query
}

/// The recorded values are at random, so a request can break these rules. All others it has to keep.
const LIMITS: &[&str] = &[
    "allOf",
    "enum",
    "maximum",
    "maxItems",
    "maxLength",
    "minimum",
    "minItems",
    "minLength",
    "pattern",
    "required",
];

/// What `vod-api` was recorded to send and to receive.
fn vectors() -> Vec<Value> {
    let text = fs::read_to_string(from_root("vod-api/tests/data/wire-vectors.jsonl")).unwrap();
    let lines = text.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn recorded_requests_fit() {
    let Described { api, document } = load("spec");
    for (line, vector) in (1..).zip(vectors()) {
        let wire = &vector["wire"];
        let described = api
            .operations
            .iter()
            .find(|it| vector["operation"] == *it.name.value)
            .unwrap();
        let about = format!("line {line}: {}", described.name.value);
        assert_eq!(wire["method"], described.method.as_str(), "{about}");
        let segments = wire["path"].as_str().unwrap().split('/');
        let template: Vec<_> = described.path.split('/').collect();
        assert_eq!(segments.clone().count(), template.len(), "{about}");
        for (segment, template) in segments.zip(template) {
            assert!(segment == template || template.starts_with('{'), "{about}");
        }

        let written = operation(&document, described);
        let query = read_query(&wire["query"], &written["parameters"]);
        let mut values: Vec<_> = query.into_values().collect();
        let body = &written["requestBody"];
        assert_eq!(body.is_null(), wire["body"].is_null(), "{about}");
        if !body.is_null() {
            let schema = &body["content"]["application/json"]["schema"];
            values.push((schema.clone(), wire["body"].clone()));
        }
        for (schema, value) in values {
            for violation in violations(&document, &schema, &value) {
                let (_, keyword) = violation.rsplit_once(": ").unwrap();
                assert!(LIMITS.contains(&keyword), "{about}: {violation}");
            }
        }
    }
}

#[test]
fn recorded_replies_fit() {
    let Described { api, document } = load("spec");
    let mut count = 0;
    for (line, vector) in (1..).zip(vectors()) {
        let operations = &mut api.operations.iter();
        let described = operations
            .find(|it| vector["operation"] == *it.name.value)
            .unwrap();
        let reply = &operation(&document, described)["responses"]
            [described.reply.status.to_string()]["content"]["application/json"];
        if reply.is_null() {
            continue;
        }
        let found = violations(&document, &reply["schema"], &vector["reply"]["body"]);
        assert!(found.is_empty(), "line {line}: {found:?}");
        count += 1;
    }
    assert!(count > 0);
}
