//! The OpenAPI document: all of the description is in it, its schemas and examples fit, and so do recorded requests.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod constraints;
mod schema;
mod values;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};
use vod_spec::load_dir;
use vod_spec::model::{Api, Operation, Place, ReplyBody, TypeKind};
use vod_spec::openapi::document;

use self::schema::violations;

fn from_root(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name)
}

fn load(spec: &str) -> (Api, Value) {
    let api = load_dir(&from_root(spec)).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    let document = serde_json::to_value(document(&api)).unwrap();
    (api, document)
}

/// The API and the fixtures, which have what the API has not.
fn both() -> [(Api, Value); 2] {
    [load("spec"), load("vod-codegen/fixtures/spec")]
}

fn schemas(document: &Value) -> &Map<String, Value> {
    document["components"]["schemas"].as_object().unwrap()
}

fn operation<'d>(document: &'d Value, operation: &Operation) -> &'d Value {
    &document["paths"][&operation.path][operation.method.as_str().to_lowercase()]
}

/// Calls `visit` with every object in the document.
fn walk(value: &Value, visit: &mut impl FnMut(&Map<String, Value>)) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| walk(item, visit)),
        Value::Object(members) => {
            visit(members);
            members.values().for_each(|member| walk(member, visit));
        }
        _ => {}
    }
}

fn keys(value: &Value) -> BTreeSet<&str> {
    let members = value.as_object();
    members
        .into_iter()
        .flatten()
        .map(|(name, _)| name.as_str())
        .collect()
}

#[test]
fn no_member_stands_twice() {
    for spec in ["spec", "vod-codegen/fixtures/spec"] {
        let api = load_dir(&from_root(spec)).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
        let text = serde_json::to_string(&document(&api)).unwrap();
        // Reading keeps the last member of each name.
        let read: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(text.len(), read.to_string().len(), "{spec}");
    }
}

#[test]
fn references_lead_somewhere() {
    for (_, document) in both() {
        let mut count = 0;
        walk(&document, &mut |object| {
            if let Some(Value::String(reference)) = object.get("$ref") {
                let pointer = reference.strip_prefix('#').unwrap();
                assert!(document.pointer(pointer).is_some(), "{reference}");
                count += 1;
            }
        });
        assert!(count > 0);
    }
}

#[test]
fn operations_are_all_there() {
    for (api, document) in both() {
        let mut ids = Vec::new();
        walk(&document["paths"], &mut |object| {
            ids.extend(object.get("operationId").cloned())
        });
        assert_eq!(ids.len(), api.operations.len());
        for described in &api.operations {
            let name = &described.name.value;
            let written = operation(&document, described);
            assert_eq!(written["operationId"], **name);

            let parameters = written["parameters"].as_array().into_iter().flatten();
            let parameters: Vec<_> = parameters.map(|it| (&it["in"], &it["name"])).collect();
            let names = |place: Place| {
                let parameters = described.parameters.iter();
                let parameters = parameters.filter(move |it| it.place == place);
                parameters.map(|it| it.field.name.value.as_str())
            };
            let due = [Place::Path, Place::Query]
                .map(|place| names(place).map(move |name| (json!(place.as_str()), json!(name))));
            let due: Vec<_> = due.into_iter().flatten().collect();
            assert_eq!(
                parameters,
                due.iter()
                    .map(|(place, name)| (place, name))
                    .collect::<Vec<_>>()
            );

            let body = schemas(&document).get(&format!("{name}-Body"));
            assert_eq!(body.is_some(), described.body, "{name}");
            if let Some(body) = body {
                assert_eq!(keys(&body["properties"]), names(Place::Body).collect());
            }
            let reply = &written["responses"][described.reply.status.to_string()];
            assert_eq!(
                keys(&reply["headers"]),
                described
                    .reply
                    .headers
                    .iter()
                    .map(|it| it.name.value.as_str())
                    .collect()
            );
            let is_empty =
                described.reply.body == ReplyBody::Empty || described.reply.status == 204;
            assert_eq!(reply.get("content").is_none(), is_empty, "{name}");
            if let (ReplyBody::Fields(fields), false) = (&described.reply.body, is_empty) {
                let reply = &schemas(&document)[&format!("{name}-Reply")];
                assert_eq!(
                    keys(&reply["properties"]),
                    fields.iter().map(|it| it.name.value.as_str()).collect()
                );
            }
            for (status, _) in &described.errors {
                assert!(
                    written["responses"].get(status.to_string()).is_some(),
                    "{name}"
                );
            }
        }
    }
}

#[test]
fn types_are_all_there() {
    for (api, document) in both() {
        let schemas = schemas(&document);
        for ty in &api.types {
            let name = &ty.name.value;
            match &ty.kind {
                TypeKind::Enum(values) => {
                    let values: Vec<_> = values.iter().map(|it| it.name.value.as_str()).collect();
                    assert_eq!(schemas[name]["enum"], json!(values));
                }
                TypeKind::Object(fields) => {
                    let names = match (ty.in_requests, ty.in_replies) {
                        (true, true) => vec![format!("{name}-Sent"), format!("{name}-Received")],
                        _ => vec![name.clone()],
                    };
                    for name in names {
                        let due = fields.iter().map(|it| it.name.value.as_str()).collect();
                        assert_eq!(keys(&schemas[&name]["properties"]), due, "{name}");
                    }
                }
            }
        }
        let codes = api
            .service
            .error_codes
            .iter()
            .map(|it| it.code.value.as_str());
        let schema = &schemas["Service-ErrorCode"];
        assert_eq!(schema["enum"], json!(codes.collect::<Vec<_>>()));
        for code in &api.service.error_codes {
            let mut facts = json!({"name": code.name.value, "basis": code.basis.as_str()});
            if let Some(kind) = code.kind {
                facts["kind"] = json!(kind.as_str());
            }
            let code = &code.code.value;
            assert_eq!(schema["x-vod-error-codes"][code], facts, "{code}");
        }
    }
}

#[test]
fn examples_fit() {
    for (_, document) in both() {
        let mut count = 0;
        walk(&document["paths"], &mut |object| {
            if let (Some(schema), Some(example)) = (object.get("schema"), object.get("example")) {
                let found = violations(&document, schema, example);
                assert!(found.is_empty(), "{example}: {found:?}");
                count += 1;
            }
        });
        assert!(count > 0);
    }
}

#[test]
fn requests_are_strict_and_replies_are_not() {
    let [(_, api), (_, fixtures)] = both();
    let cases = [
        ("Thing-Sent", json!({"name": "a", "state": "READY"}), true),
        ("Thing-Sent", json!({"name": "a", "state": "NEW"}), false),
        ("Thing-Sent", json!({"name": "a", "state": null}), false),
        ("Thing-Sent", json!({"state": "READY"}), false),
        ("Thing-Received", json!({"state": "READY"}), true),
        (
            "Thing-Received",
            json!({"name": null, "state": "NEW"}),
            true,
        ),
        ("Thing-Received", json!({"state": null}), true),
        ("Thing-Received", json!({"state": 1}), false),
        ("CreateThing-Reply", json!({"thing": null}), true),
        ("CreateThing-Reply", json!({"thing": {"name": 1}}), false),
        (
            "CreateThing-Body",
            json!({"title": "a", "state": "READY", "tags": ["a", "b"]}),
            true,
        ),
        (
            "CreateThing-Body",
            json!({"title": "a", "state": "READY", "tags": ["a", "b", "c"]}),
            false,
        ),
        ("CreateThing-Body", json!({"title": "a", "tags": []}), false),
        (
            "SetNumbers-Body",
            json!({"small": -5, "large": 1, "rate": 0.5}),
            true,
        ),
        ("SetNumbers-Body", json!({"small": -6}), false),
        ("SetNumbers-Body", json!({"small": 5, "large": 0}), false),
        ("SetNumbers-Body", json!({"small": 0.5}), false),
        (
            "PutMaps-Body",
            json!({"labels": {"a": "b"}, "anything": [null]}),
            true,
        ),
        ("PutMaps-Body", json!({"labels": {"a": 1}}), false),
        (
            "PutTree-Body",
            json!({"tree": {"label": "a", "children": [{"label": "b"}]}}),
            true,
        ),
        (
            "PutTree-Body",
            json!({"tree": {"label": "a", "children": [{}]}}),
            false,
        ),
        ("ListThingNames-Reply", json!([{"name": "a"}]), true),
        ("ListThingNames-Reply", json!(null), false),
        (
            "Service-Error",
            json!({"error_code": "FIX.0001", "error_msg": "m"}),
            true,
        ),
        (
            "Service-Error",
            json!({"error_code": "FIX.9999", "error_msg": null}),
            true,
        ),
    ];
    let fits = |document: &Value, name: &str, value: &Value| {
        violations(document, &schemas(document)[name], value).is_empty()
    };
    for (name, value, due) in cases {
        assert_eq!(fits(&fixtures, name, &value), due, "{name}: {value}");
    }
    // The fixtures have no limits in a type of both directions.
    let beyond = json!({"interval": 101});
    assert!(!fits(&api, "ReviewSettings-Sent", &beyond));
    assert!(fits(&api, "ReviewSettings-Received", &beyond));
}

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
    let (api, document) = load("spec");
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
    let (api, document) = load("spec");
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
