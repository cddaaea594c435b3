//! Types and fields as JSON Schema.
//!
//! The two directions differ. A request is what the docs say: required fields, enums with their values and nothing
//! else. A reply is what clients have to live with: any field can be absent or `null`, and enums grow.

use super::node::{Map, Node};
use super::with_deprecation;
use crate::model::{
    Api, Bounds, EnumValue, Field, Limits, Operation, Place, Reply, ReplyBody, ScalarType, Service,
    Type, TypeDef, TypeKind,
};

/// Whether a value is sent or received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Request,
    Reply,
}

/// The status that says that there is no body.
const NO_CONTENT: u16 = 204;

/// The field of an error body that holds one of the documented codes.
const ERROR_CODE: &str = "error_code";

/// Names of schemas that no type has: those have no `-`.
const ERROR: &str = "Service-Error";
const ERROR_CODES: &str = "Service-ErrorCode";

pub(super) fn body_name(operation: &Operation) -> String {
    format!("{}-Body", operation.name.value)
}

pub(super) fn reply_name(operation: &Operation) -> String {
    format!("{}-Reply", operation.name.value)
}

/// Whether a reply can have a body: with the status 204 it cannot, even where the docs describe one.
pub(super) fn has_body(reply: &Reply) -> bool {
    reply.body != ReplyBody::Empty && reply.status != NO_CONTENT
}

/// The schema of an error body.
pub(super) fn error() -> Map {
    reference(ERROR)
}

pub(super) fn reference(name: &str) -> Map {
    Map::default().with("$ref", format!("#/components/schemas/{name}"))
}

/// All schemas that have a name: bodies and replies in the order of the operations, then the types.
pub(super) fn components(api: &Api) -> Map {
    let mut schemas = Map::default();
    for operation in &api.operations {
        if operation.body {
            let parameters = operation.parameters.iter();
            let fields = parameters.filter(|it| it.place == Place::Body);
            let fields = fields.map(|parameter| &parameter.field);
            let schema = object(api, fields, Direction::Request);
            schemas.add(body_name(operation), schema);
        }
        if has_body(&operation.reply) {
            let schema = match &operation.reply.body {
                ReplyBody::Whole(ty) => of_type(api, ty, Direction::Reply, false),
                _ => object(api, operation.reply.fields().iter(), Direction::Reply),
            };
            schemas.add(reply_name(operation), schema);
        }
    }
    for ty in &api.types {
        match &ty.kind {
            TypeKind::Enum(values) => schemas.add(&ty.name.value, of_enum(&ty.doc, values)),
            TypeKind::Object(fields) => {
                for direction in [Direction::Request, Direction::Reply] {
                    let used = match direction {
                        Direction::Request => ty.in_requests,
                        Direction::Reply => ty.in_replies,
                    };
                    if used {
                        let schema = Map::default().with("description", &ty.doc).and(object(
                            api,
                            fields.iter(),
                            direction,
                        ));
                        schemas.add(type_name(ty, direction), schema);
                    }
                }
            }
        }
    }
    errors(api, &mut schemas);
    schemas
}

fn errors(api: &Api, schemas: &mut Map) {
    let Service {
        error, error_codes, ..
    } = &api.service;
    let properties = error.iter().map(|field| {
        let schema = if field.name.value == ERROR_CODE && !error_codes.is_empty() {
            open(reference(ERROR_CODES), true)
        } else {
            of_type(api, &field.ty, Direction::Reply, true)
        };
        (&field.name.value, described(field, schema))
    });
    let properties = properties.collect::<Map>();
    let schema = Map::default()
        .with("description", "What went wrong.")
        .with("type", "object")
        .with("properties", properties);
    schemas.add(ERROR, schema);
    if !error_codes.is_empty() {
        let values = error_codes.iter().map(|code| {
            let failure = if code.failure {
                ""
            } else {
                " Nothing has failed."
            };
            let doc = format!("HTTP {}. {}{failure}", code.status, code.doc);
            (&code.code.value, doc)
        });
        schemas.add(ERROR_CODES, listed("Codes of errors.", values.collect()));
    }
}

/// The schema's name; an object that both directions use has one schema for each.
fn type_name(ty: &TypeDef, direction: Direction) -> String {
    let suffix = match (&ty.kind, direction) {
        (TypeKind::Enum(_), _) => "",
        _ if !(ty.in_requests && ty.in_replies) => "",
        (_, Direction::Request) => "-Input",
        (_, Direction::Reply) => "-Output",
    };
    format!("{}{suffix}", ty.name.value)
}

fn of_enum(doc: &str, values: &[EnumValue]) -> Map {
    let values = values.iter().map(|value| {
        let doc = with_deprecation(&value.doc, value.deprecated.as_deref());
        (&value.name.value, doc)
    });
    listed(doc, values.collect())
}

/// A text that is one of some values, each with what it means: tools that show documentation know this extension.
fn listed(doc: &str, values: Vec<(&String, String)>) -> Map {
    let names: Vec<_> = values.iter().map(|(name, _)| *name).collect();
    Map::default()
        .with("description", doc)
        .with("type", "string")
        .with("enum", names)
        .with("x-enumDescriptions", values.into_iter().collect::<Map>())
}

fn object<'f>(
    api: &Api,
    fields: impl Iterator<Item = &'f Field> + Clone,
    direction: Direction,
) -> Map {
    let required = fields
        .clone()
        .filter(|field| field.required && direction == Direction::Request);
    let required: Vec<_> = required.map(|field| &field.name.value).collect();
    let properties = fields.map(|field| (&field.name.value, property(api, field, direction)));
    Map::default()
        .with("type", "object")
        .with_filled("properties", properties.collect::<Map>())
        .with_filled("required", required)
}

fn property(api: &Api, field: &Field, direction: Direction) -> Map {
    let nullable = direction == Direction::Reply;
    described(field, value(api, field, direction, nullable))
}

/// What is said of a field beside its values: the same members in a schema, a parameter and a header.
pub(super) fn described(field: &Field, schema: Map) -> Map {
    let doc = with_deprecation(&field.doc, field.deprecated.as_deref());
    Map::default()
        .with("description", doc)
        .and(schema)
        .with_flag("deprecated", field.deprecated.is_some())
        .with_flag("x-vod-sensitive", field.sensitive)
        .with_flag("x-vod-batch", field.batch)
}

/// The values that a field can have.
pub(super) fn value(api: &Api, field: &Field, direction: Direction, nullable: bool) -> Map {
    let is_text = field.ty == Type::Scalar(ScalarType::String);
    // What the service assumes goes for requests only: a field that a reply lacks is unknown.
    let default = field
        .default
        .clone()
        .filter(|_| direction == Direction::Request);
    of_type(api, &field.ty, direction, nullable)
        .with_some("format", (field.sensitive && is_text).then_some("password"))
        .and(limits(&field.limits))
        .with_some("default", default)
}

fn limits(limits: &Limits) -> Map {
    let pair = |Bounds { min, max }: Bounds, lower: &str, upper: &str| {
        Map::default().with_some(lower, min).with_some(upper, max)
    };
    pair(limits.range, "minimum", "maximum")
        .and(pair(limits.length, "minLength", "maxLength"))
        .and(pair(limits.items, "minItems", "maxItems"))
}

fn of_type(api: &Api, ty: &Type, direction: Direction, nullable: bool) -> Map {
    let inner = |ty: &Type| of_type(api, ty, direction, false);
    match ty {
        Type::Any => Map::default(),
        Type::Scalar(scalar) => {
            let (name, format) = match scalar {
                ScalarType::String => ("string", None),
                ScalarType::Bool => ("boolean", None),
                ScalarType::Int32 => ("integer", Some("int32")),
                ScalarType::Int64 => ("integer", Some("int64")),
                ScalarType::Float => ("number", Some("float")),
                ScalarType::Double => ("number", Some("double")),
            };
            json_type(name, nullable).with_some("format", format)
        }
        Type::Array(item) => json_type("array", nullable).with("items", inner(item)),
        Type::Map(value) => {
            json_type("object", nullable).with("additionalProperties", inner(value))
        }
        Type::Named(id) => {
            let Some(ty) = api.type_def(*id) else {
                return Map::default();
            };
            let schema = reference(&type_name(ty, direction));
            match &ty.kind {
                TypeKind::Enum(_) if direction == Direction::Reply => open(schema, nullable),
                _ if nullable => any_of(schema, Map::default().with("type", "null")),
                _ => schema,
            }
        }
    }
}

/// A known text or any other one. The known ones come first: that is what generators and mock servers take.
fn open(known: Map, nullable: bool) -> Map {
    any_of(known, json_type("string", nullable))
}

fn any_of(first: Map, second: Map) -> Map {
    Map::default().with("anyOf", vec![first, second])
}

fn json_type(name: &str, nullable: bool) -> Map {
    let name = if nullable {
        Node::from(vec![name, "null"])
    } else {
        name.into()
    };
    Map::default().with("type", name)
}
