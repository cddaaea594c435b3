//! Types and fields as JSON Schema.
//!
//! The two directions differ. A request is what the docs say: required fields, limits, and the listed values of enums.
//! A reply is what a client has to live with: any field can be absent or `null`, enums grow, and nobody checks limits.

use super::constraints::Relations;
use super::node::{Map, Node};
use super::{values, with_deprecation};
use crate::model::{
    Api, Constraint, Direction, EnumValue, Field, ScalarType, Type, TypeDef, TypeId, TypeKind,
};
use crate::source::Spanned;

/// Writes the schemas of one direction.
#[derive(Debug, Clone, Copy)]
pub(super) struct Schemas<'a> {
    pub(super) api: &'a Api,
    pub(super) direction: Direction,
}

impl<'a> Schemas<'a> {
    pub(super) fn of_requests(api: &'a Api) -> Self {
        let direction = Direction::Request;
        Self { api, direction }
    }

    pub(super) fn of_replies(api: &'a Api) -> Self {
        let direction = Direction::Reply;
        Self { api, direction }
    }

    pub(super) fn object<'f>(self, fields: impl Iterator<Item = &'f Field> + Clone) -> Map {
        let is_request = self.direction == Direction::Request;
        let required = fields.clone().filter(|it| it.required && is_request);
        let required: Vec<_> = required.map(|field| &field.name.value).collect();
        let properties = fields.map(|field| {
            let schema = self.value(field, !is_request);
            (&field.name.value, described(field, schema))
        });
        Map::new()
            .with("type", "object")
            .with_filled("properties", properties.collect::<Map>())
            .with_filled("required", required)
    }

    /// The same, with the constraints between the fields.
    pub(super) fn constrained(self, fields: &[&Field], constraints: &[Constraint]) -> Map {
        let relations = Relations {
            types: &self.api.types,
            fields,
        };
        let object = self.object(fields.iter().copied());
        object.and(relations.keywords(constraints))
    }

    /// The values that a field can have; in a URL or a header there is no `null` among them.
    pub(super) fn value(self, field: &Field, nullable: bool) -> Map {
        let is_text = field.ty == Type::Scalar(ScalarType::String);
        let secret = (field.sensitive && is_text).then_some("password");
        let schema = match self.direction {
            Direction::Reply => self
                .of_type(&field.ty, nullable)
                .with_some("format", secret),
            Direction::Request => self
                .sent(field, &field.ty)
                .and(values::items(field))
                .with_some("format", secret.or(values::format(field)))
                .with_some("default", field.default.clone()),
        };
        schema.and(values::meaning(field))
    }

    /// A value of a field of a request, or an item of it; `ty` is its type.
    fn sent(self, field: &Field, ty: &Type) -> Map {
        let values = match (ty, &field.only) {
            (Type::Named(id), Some(only)) => self.values_of(*id, only),
            _ => None,
        };
        match (ty, values) {
            (_, Some(values)) => values,
            (Type::Array(item), _) => {
                json_type("array", false).with("items", self.sent(field, item))
            }
            (ty, _) => self.of_type(ty, false).and(values::allowed(field, ty)),
        }
    }

    /// Some values of an enum.
    fn values_of(self, id: TypeId, only: &[Spanned<String>]) -> Option<Map> {
        let ty = self.api.type_def(id)?;
        let TypeKind::Enum(values) = &ty.kind else {
            return None;
        };
        let is_one = |value: &&EnumValue| only.iter().any(|it| it.value == value.name.value);
        Some(listed(values.iter().filter(is_one)))
    }

    pub(super) fn of_type(self, ty: &Type, nullable: bool) -> Map {
        match ty {
            Type::Any => Map::new(),
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
            Type::Array(item) => {
                json_type("array", nullable).with("items", self.of_type(item, false))
            }
            Type::Map(value) => json_type("object", nullable)
                .with("additionalProperties", self.of_type(value, false)),
            Type::Named(id) => {
                let Some(ty) = self.api.type_def(*id) else {
                    return Map::new();
                };
                let schema = reference(&type_name(ty, self.direction));
                match (&ty.kind, self.direction) {
                    (TypeKind::Enum(_), Direction::Reply) => open(schema, nullable),
                    _ if nullable => any_of(schema, json_type("null", false)),
                    _ => schema,
                }
            }
        }
    }
}

/// What is said of a field beside its values: the same members in a schema, a parameter and a header.
pub(super) fn described(field: &Field, rest: Map) -> Map {
    let doc = with_deprecation(&field.doc, field.deprecated.as_deref());
    let aliases = field.aliases.iter().map(|it| &it.value);
    Map::new()
        .with("description", doc)
        .and(rest)
        .with_flag("deprecated", field.deprecated.is_some())
        .with_flag("x-vod-sensitive", field.sensitive)
        .with_flag("x-vod-batch", field.batch)
        .with_filled("x-vod-aliases", aliases.collect::<Vec<_>>())
        .with_some("x-vod-absent", field.absent.as_ref().map(|it| &it.value))
}

/// A text that is one of some values of an enum.
pub(super) fn listed<'v>(values: impl Iterator<Item = &'v EnumValue> + Clone) -> Map {
    let described = values.clone().map(|value| {
        let doc = with_deprecation(&value.doc, value.deprecated.as_deref());
        (&value.name.value, doc)
    });
    let aliases = values.clone().filter(|it| !it.aliases.is_empty());
    let aliases = aliases.map(|value| {
        let names = value.aliases.iter().map(|it| &it.value);
        (&value.name.value, names.collect::<Vec<_>>())
    });
    let aliases = Map::new().with_filled("x-vod-aliases", aliases.collect::<Map>());
    one_of(described.collect()).and(aliases)
}

/// A text that is one of some values, each with what it means.
pub(super) fn one_of(values: Vec<(&String, String)>) -> Map {
    let names: Vec<_> = values.iter().map(|(name, _)| *name).collect();
    Map::new()
        .with("type", "string")
        .with("enum", names)
        .with("x-enumDescriptions", values.into_iter().collect::<Map>())
}

/// A listed text or any other one. The listed ones come first: mock servers take the first.
pub(super) fn open(known: Map, nullable: bool) -> Map {
    any_of(known, json_type("string", nullable))
}

pub(super) fn reference(name: &str) -> Map {
    Map::new().with("$ref", format!("#/components/schemas/{name}"))
}

fn any_of(first: Map, second: Map) -> Map {
    Map::new().with("anyOf", vec![first, second])
}

fn json_type(name: &str, nullable: bool) -> Map {
    let name = if nullable {
        Node::from(vec![name, "null"])
    } else {
        name.into()
    };
    Map::new().with("type", name)
}

/// An object that both directions use has a schema for each.
pub(super) fn type_name(ty: &TypeDef, direction: Direction) -> String {
    let suffix = match (&ty.kind, direction) {
        (TypeKind::Enum(_), _) => "",
        _ if !(ty.in_requests && ty.is_received()) => "",
        (_, Direction::Request) => "-Sent",
        (_, Direction::Reply) => "-Received",
    };
    format!("{}{suffix}", ty.name.value)
}
