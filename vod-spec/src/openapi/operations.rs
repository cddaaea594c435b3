//! Paths and the operations on them.

use super::constraints::prose;
use super::node::{Map, Node};
use super::schemas::{Schemas, described, reference};
use super::{components, facts, headers, paragraphs, with_deprecation};
use crate::model::{Api, Operation, PROJECT_ID, Parameter, Place, Type};
use vod_page::json::{Json, Object};

/// All paths, in the order in which the operations come to them.
pub(super) fn paths(api: &Api) -> Map {
    let mut paths = Map::new();
    for Operation { path, .. } in &api.operations {
        if paths.has(path) {
            continue;
        }
        let mut item = Map::new();
        if path.contains(&format!("{{{PROJECT_ID}}}")) {
            let project = format!("#/components/parameters/{PROJECT_ID}");
            item.add("parameters", vec![Map::new().with("$ref", project)]);
        }
        for operation in api.operations.iter().filter(|it| it.path == *path) {
            item.add(
                operation.method.as_str().to_lowercase(),
                of_operation(api, operation),
            );
        }
        paths.add(path, item);
    }
    paths
}

fn of_operation(api: &Api, operation: &Operation) -> Map {
    let section = api.service.sections.get(operation.section);
    let fields: Vec<_> = operation.parameters.iter().map(|it| &it.field).collect();
    let description = paragraphs([
        operation.description.clone().unwrap_or_default(),
        prose(&operation.constraints, &fields),
    ]);
    let description = with_deprecation(&description, operation.deprecated.as_deref());
    let page = operation.page.as_ref().map(|page| {
        Map::new()
            .with("description", &operation.title)
            .with("url", page)
    });
    let parameters = operation.parameters.iter();
    let parameters = parameters.filter(|it| it.place != Place::Body);
    let parameters = parameters.map(|it| parameter(api, operation, it));
    Map::new()
        .with("operationId", &operation.name.value)
        .with_some("tags", section.map(|section| vec![&section.title]))
        .with("summary", &operation.summary)
        .with_some(
            "description",
            (!description.is_empty()).then_some(description),
        )
        .with_some("externalDocs", page)
        .with_flag("deprecated", operation.deprecated.is_some())
        .with("security", security(api, operation))
        .with_filled("parameters", parameters.collect::<Vec<_>>())
        .with_some("requestBody", operation.body.then(|| body(operation)))
        .with("responses", responses(api, operation))
        .and(facts::of_operation(api, operation))
}

/// One requirement per scheme that is accepted; it names all headers of the scheme.
fn security(api: &Api, operation: &Operation) -> Vec<Map> {
    let schemes = api.service.auth.iter();
    let accepted = schemes.filter(|scheme| operation.auth.contains(&scheme.name));
    let no_scopes = || Node::List(Vec::new());
    accepted
        .map(|scheme| {
            headers(scheme)
                .map(|(name, _)| (name, no_scopes()))
                .collect()
        })
        .collect()
}

fn parameter(api: &Api, operation: &Operation, parameter: &Parameter) -> Map {
    let field = &parameter.field;
    let is_array = matches!(field.ty, Type::Array(_));
    let schema = Schemas::of_requests(api).value(field, false);
    let example = operation.example.as_ref();
    let example = example.and_then(|example| example.get(&field.name.value).cloned());
    Map::new()
        .with("name", &field.name.value)
        .with("in", parameter.place.as_str())
        .with_flag("required", field.required)
        // The key is repeated for each item.
        .with_some("style", is_array.then_some("form"))
        .with_some("explode", is_array.then_some(true))
        .and(described(field, Map::new().with("schema", schema)))
        .with_some("example", example)
}

fn body(operation: &Operation) -> Map {
    let example = operation.example.as_ref().map(|example| {
        let fields = operation.parameters.iter();
        let fields = fields.filter(|it| it.place == Place::Body);
        let members = fields.filter_map(|it| {
            let name = &it.field.name.value;
            Some((name.clone(), example.get(name)?.clone()))
        });
        Json::Object(members.collect::<Object>())
    });
    Map::new()
        .with("required", true)
        .with("content", json(&components::body_name(operation), example))
}

fn responses(api: &Api, operation: &Operation) -> Map {
    let reply = &operation.reply;
    let replies = Schemas::of_replies(api);
    let headers = reply.headers.iter().map(|header| {
        let schema = Map::new().with("schema", replies.value(header, false));
        (&header.name.value, described(header, schema))
    });
    let content = components::has_body(reply)
        .then(|| json(&components::reply_name(operation), reply.example.clone()));
    let success = Map::new()
        .with("description", &reply.doc)
        .with_filled("headers", headers.collect::<Map>())
        .with_some("content", content);
    let mut responses = Map::new().with(&reply.status.to_string(), success);
    for (status, doc) in &operation.errors {
        responses.add(status.to_string(), error(doc));
    }
    let other = Map::new().with("$ref", "#/components/responses/Error");
    responses.with("default", other)
}

/// A reply that says what went wrong.
pub(super) fn error(doc: &str) -> Map {
    Map::new()
        .with("description", doc)
        .with("content", json(components::ERROR, None))
}

fn json(schema: &str, example: Option<Json>) -> Map {
    let content = Map::new()
        .with("schema", reference(schema))
        .with_some("example", example);
    Map::new().with("application/json", content)
}
