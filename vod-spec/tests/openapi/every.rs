//! What holds of every document, whatever is described.
//!
//! Each rule is checked on the fixtures by a test of its own. One test checks all of them on the
//! description of this repository, which has texts of all kinds. No edit of it breaks them.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use vod_spec::model::{Place, ReplyBody, TypeKind};
use vod_spec::openapi;

use super::constraints::{assert_constraints_are_listed, assert_schemas_demand_constraints};
use super::schema::violations;
use super::{Described, fixtures, load, operation, schemas};

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

fn assert_operations(Described { api, document }: &Described) {
    let mut ids = Vec::new();
    walk(&document["paths"], &mut |object| {
        ids.extend(object.get("operationId").cloned())
    });
    assert_eq!(ids.len(), api.operations.len());
    for described in &api.operations {
        let name = &described.name.value;
        let written = operation(document, described);
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

        let body = schemas(document).get(&format!("{name}-Body"));
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
        let is_empty = described.reply.body == ReplyBody::Empty || described.reply.status == 204;
        assert_eq!(reply.get("content").is_none(), is_empty, "{name}");
        if let (ReplyBody::Fields(fields), false) = (&described.reply.body, is_empty) {
            let reply = &schemas(document)[&format!("{name}-Reply")];
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

fn assert_types(Described { api, document }: &Described) {
    let schemas = schemas(document);
    for ty in &api.types {
        let name = &ty.name.value;
        match &ty.kind {
            TypeKind::Enum(values) => {
                let values: Vec<_> = values.iter().map(|it| it.name.value.as_str()).collect();
                assert_eq!(schemas[name]["enum"], json!(values));
            }
            TypeKind::Object(fields) => {
                let names = match (ty.in_requests, ty.is_received()) {
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

fn assert_events(Described { api, document }: &Described) {
    let hooks = document["webhooks"].as_object().unwrap();
    assert_eq!(hooks.len(), api.events.len());
    for event in &api.events {
        let (name, member) = (&event.name.value, &event.member.value);
        let post = &hooks[name]["post"];
        assert_eq!(post["operationId"], **name);
        assert_eq!(post["externalDocs"]["url"], event.page);
        let content = &post["requestBody"]["content"]["application/json"];
        let examples = content["examples"].as_object().unwrap();
        assert_eq!(examples.len(), event.examples.len(), "{name}");
        for example in examples.values() {
            let found = violations(document, &content["schema"], &example["value"]);
            assert!(found.is_empty(), "{example}: {found:?}");
        }
        let schema = &schemas(document)[&format!("{name}-Event")];
        assert_eq!(schema["required"], json!(["event_type", member]));
        let due = api.body_of(event).map(|it| it.name.value.as_str());
        let body = &schema["properties"][member]["properties"];
        assert_eq!(keys(body), due.collect(), "{name}");
        for field in api.body_of(event) {
            let (name, field) = (&field.name.value, field);
            let aliases: Vec<_> = field.aliases.iter().map(|it| &it.value).collect();
            let written = &body[name]["x-vod-aliases"];
            assert!(aliases.is_empty() && written.is_null() || *written == json!(aliases));
            let absent = field.absent.as_ref().map(|it| &it.value);
            assert_eq!(body[name]["x-vod-absent"], json!(absent));
        }
    }
}

/// Returns how many examples there are.
fn assert_examples(Described { document, .. }: &Described) -> usize {
    let mut count = 0;
    walk(&document["paths"], &mut |object| {
        if let (Some(schema), Some(example)) = (object.get("schema"), object.get("example")) {
            let found = violations(document, schema, example);
            assert!(found.is_empty(), "{example}: {found:?}");
            count += 1;
        }
    });
    count
}

/// Returns how many references there are.
fn assert_references(Described { document, .. }: &Described) -> usize {
    let mut count = 0;
    walk(document, &mut |object| {
        if let Some(Value::String(reference)) = object.get("$ref") {
            let pointer = reference.strip_prefix('#').unwrap();
            assert!(document.pointer(pointer).is_some(), "{reference}");
            count += 1;
        }
    });
    count
}

fn assert_members_stand_once(Described { api, .. }: &Described) {
    let text = serde_json::to_string(&openapi::document(api)).unwrap();
    // Reading keeps the last member of each name.
    let read: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(text.len(), read.to_string().len());
}

#[test]
fn no_member_stands_twice() {
    assert_members_stand_once(&fixtures());
}

#[test]
fn references_lead_somewhere() {
    assert!(assert_references(&fixtures()) > 0);
}

#[test]
fn operations_are_all_there() {
    assert_operations(&fixtures());
}

#[test]
fn events_are_all_there() {
    assert_events(&fixtures());
}

#[test]
fn types_are_all_there() {
    assert_types(&fixtures());
}

#[test]
fn examples_fit() {
    assert!(assert_examples(&fixtures()) > 0);
}

#[test]
fn schemas_demand_what_constraints_do() {
    let count = assert_schemas_demand_constraints(&fixtures());
    assert!(count > 100, "{count}");
}

#[test]
fn every_constraint_stands_at_its_operation() {
    assert_constraints_are_listed(&fixtures());
}

#[test]
fn the_document_of_the_api_keeps_all_of_this() {
    let api = load("spec");
    assert_members_stand_once(&api);
    assert_references(&api);
    assert_operations(&api);
    assert_events(&api);
    assert_types(&api);
    assert_examples(&api);
    assert_schemas_demand_constraints(&api);
    assert_constraints_are_listed(&api);
}
