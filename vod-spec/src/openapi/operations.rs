//! Paths and the operations on them.

use super::facts;
use super::node::{Map, Node};
use super::schemas::{self, Direction, described};
use super::{PROJECT_ID, with_deprecation};
use crate::json::{Json, Object};
use crate::model::{Api, Operation, Parameter, Place, Type};

/// All paths, in the order in which the operations come to them.
pub(super) fn paths(api: &Api) -> Map {
    let mut paths = Map::default();
    for Operation { path, .. } in &api.operations {
        if paths.has(path) {
            continue;
        }
        let mut item = Map::default();
        if path.contains(&format!("{{{PROJECT_ID}}}")) {
            let project = format!("#/components/parameters/{PROJECT_ID}");
            item.add("parameters", vec![Map::default().with("$ref", project)]);
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
    let description = with_deprecation(
        operation.description.as_deref().unwrap_or_default(),
        operation.deprecated.as_deref(),
    );
    let page = operation.page.as_ref().map(|page| {
        Map::default()
            .with("description", &operation.title)
            .with("url", page)
    });
    let parameters = operation.parameters.iter();
    let parameters = parameters.filter(|it| it.place != Place::Body);
    let parameters = parameters.map(|it| parameter(api, operation, it));
    Map::default()
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
        .and(facts::of_operation(operation))
}

/// One requirement per scheme that is accepted; it names all headers of the scheme.
fn security(api: &Api, operation: &Operation) -> Vec<Map> {
    let accepted = |name: &&String| api.service.auth.iter().find(|it| it.name == **name);
    let accepted = operation.auth.iter().filter_map(|name| accepted(&name));
    let no_scopes = || Node::List(Vec::new());
    accepted
        .map(|scheme| {
            let names = super::headers(scheme).map(|(name, _)| (name, no_scopes()));
            names.collect()
        })
        .collect()
}

fn parameter(api: &Api, operation: &Operation, parameter: &Parameter) -> Map {
    let field = &parameter.field;
    let is_array = matches!(field.ty, Type::Array(_));
    let schema = schemas::value(api, field, Direction::Request, false);
    let example = operation.example.as_ref();
    let example = example.and_then(|example| example.get(&field.name.value).cloned());
    Map::default()
        .with("name", &field.name.value)
        .with("in", parameter.place.as_str())
        .with_flag("required", field.required)
        // The key is repeated for each item.
        .with_some("style", is_array.then_some("form"))
        .with_some("explode", is_array.then_some(true))
        .and(described(field, Map::default().with("schema", schema)))
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
    Map::default()
        .with("required", true)
        .with("content", json(&schemas::body_name(operation), example))
}

fn responses(api: &Api, operation: &Operation) -> Map {
    let reply = &operation.reply;
    let headers = reply.headers.iter().map(|header| {
        let schema = schemas::value(api, header, Direction::Reply, false);
        let header_object = described(header, Map::default().with("schema", schema));
        (&header.name.value, header_object)
    });
    let content = schemas::has_body(reply)
        .then(|| json(&schemas::reply_name(operation), reply.example.clone()));
    let success = Map::default()
        .with("description", &reply.doc)
        .with_filled("headers", headers.collect::<Map>())
        .with_some("content", content);
    let mut responses = Map::default().with(&reply.status.to_string(), success);
    for (status, doc) in &operation.errors {
        responses.add(status.to_string(), error(doc));
    }
    let other = Map::default().with("$ref", "#/components/responses/Error");
    responses.with("default", other)
}

/// A reply that says what went wrong.
pub(super) fn error(doc: &str) -> Map {
    let content = Map::default().with(
        "application/json",
        Map::default().with("schema", schemas::error()),
    );
    Map::default()
        .with("description", doc)
        .with("content", content)
}

fn json(schema: &str, example: Option<Json>) -> Map {
    let content = Map::default()
        .with("schema", schemas::reference(schema))
        .with_some("example", example);
    Map::default().with("application/json", content)
}
