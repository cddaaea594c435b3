//! The schemas that have names: bodies, replies, types and the error.

use super::constraints::{extension, prose};
use super::node::Map;
use super::schemas::{Schemas, described, listed, one_of, open, reference, type_name};
use super::{paragraphs, webhooks};
use crate::model::{
    Api, Direction, ErrorCodeKind, Event, Operation, Place, Reply, ReplyBody, TypeKind,
};

/// The body of an error.
pub(super) const ERROR: &str = "Service-Error";

const ERROR_CODE: &str = "Service-ErrorCode";

/// The field of an error that has one of the documented codes.
const ERROR_CODE_FIELD: &str = "error_code";

/// The status that says that there is no body.
const NO_CONTENT: u16 = 204;

pub(super) fn body_name(operation: &Operation) -> String {
    format!("{}-Body", operation.name.value)
}

pub(super) fn reply_name(operation: &Operation) -> String {
    format!("{}-Reply", operation.name.value)
}

pub(super) fn event_name(event: &Event) -> String {
    format!("{}-Event", event.name.value)
}

/// Whether a reply can have a body: with the status 204 it cannot, even where the docs describe one.
pub(super) fn has_body(reply: &Reply) -> bool {
    reply.body != ReplyBody::Empty && reply.status != NO_CONTENT
}

/// All of them: bodies and replies in the order of the operations, then events, types and the error.
pub(super) fn schemas(api: &Api) -> Map {
    let (requests, replies) = (Schemas::of_requests(api), Schemas::of_replies(api));
    let mut schemas = Map::new();
    for operation in &api.operations {
        if operation.body {
            let parameters = operation.parameters.iter();
            let parameters = parameters.filter(|it| it.place == Place::Body);
            let fields: Vec<_> = parameters.map(|it| &it.field).collect();
            let body = requests.constrained(&fields, &operation.constraints);
            schemas.add(body_name(operation), body);
        }
        if has_body(&operation.reply) {
            let reply = match &operation.reply.body {
                ReplyBody::Whole(ty) => replies.of_type(ty, false),
                _ => replies.object(operation.reply.fields().iter()),
            };
            schemas.add(reply_name(operation), reply);
        }
    }
    for event in &api.events {
        schemas.add(event_name(event), webhooks::schema(api, event));
    }
    for ty in &api.types {
        match &ty.kind {
            TypeKind::Enum(values) => {
                let doc = Map::new().with("description", &ty.doc);
                schemas.add(&ty.name.value, doc.and(listed(values.iter())));
            }
            TypeKind::Object(fields) => {
                let fields: Vec<_> = fields.iter().collect();
                if ty.in_requests {
                    let relations = prose(&ty.constraints, &fields);
                    let schema = Map::new()
                        .with("description", paragraphs([&ty.doc, &relations]))
                        .and(requests.constrained(&fields, &ty.constraints))
                        .and(extension(&ty.constraints));
                    schemas.add(type_name(ty, Direction::Request), schema);
                }
                if ty.is_received() {
                    let doc = Map::new().with("description", &ty.doc);
                    let schema = doc.and(replies.object(fields.iter().copied()));
                    schemas.add(type_name(ty, Direction::Reply), schema);
                }
            }
        }
    }
    schemas.and(error(replies))
}

fn error(replies: Schemas<'_>) -> Map {
    let service = &replies.api.service;
    let codes = service.error_codes.iter().map(|code| {
        let failure = if code.failure {
            ""
        } else {
            " Nothing has failed."
        };
        let doc = format!("HTTP {}. {}{failure}", code.status, code.doc);
        (&code.code.value, doc)
    });
    let codes: Vec<_> = codes.collect();
    let facts = service.error_codes.iter().map(|code| {
        let facts = Map::new()
            .with("name", &code.name.value)
            .with_some("kind", code.kind.map(ErrorCodeKind::as_str))
            .with("basis", code.basis.as_str());
        (&code.code.value, facts)
    });
    let fields = service.error.iter().map(|field| {
        let schema = if field.name.value == ERROR_CODE_FIELD && !codes.is_empty() {
            open(reference(ERROR_CODE), true)
        } else {
            replies.value(field, true)
        };
        (&field.name.value, described(field, schema))
    });
    let error = Map::new()
        .with("description", "What went wrong.")
        .with("type", "object")
        .with("properties", fields.collect::<Map>());
    let codes = (!codes.is_empty()).then(|| {
        let doc = Map::new().with("description", "What kind of error it is.");
        let facts = Map::new().with("x-vod-error-codes", facts.collect::<Map>());
        doc.and(one_of(codes)).and(facts)
    });
    Map::new().with(ERROR, error).with_some(ERROR_CODE, codes)
}
