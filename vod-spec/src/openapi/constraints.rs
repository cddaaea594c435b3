//! Constraints between fields: as JSON Schema, as an extension with the keys of `spec/README.md`, and in sentences.
//!
//! A field is given if it has a value; `required` alone would accept blank text and empty lists.

use super::node::{Map, Node};
use crate::model::{Condition, Constraint, Demand, Field, ScalarType, Test, Type, TypeKind, Words};
use vod_page::json::Json;

/// Writes the constraints between some fields.
#[derive(Debug, Clone, Copy)]
pub(super) struct Relations<'a> {
    pub(super) types: &'a [crate::model::TypeDef],
    pub(super) fields: &'a [&'a Field],
}

/// The extension `x-vod-constraints`.
pub(super) fn extension(constraints: &[Constraint]) -> Map {
    let facts: Vec<_> = constraints.iter().map(facts).collect();
    Map::new().with_filled("x-vod-constraints", facts)
}

fn facts(constraint: &Constraint) -> Map {
    let fields = constraint.fields.iter();
    let fields: Vec<_> = fields.map(|it| &it.value).collect();
    let conditions = constraint.conditions.iter().map(|condition| {
        let test: Node = match &condition.test {
            Test::Present => "present".into(),
            Test::Absent => "absent".into(),
            Test::OneOf(values) => match values.as_slice() {
                [one] => one.clone().into(),
                values => values.to_vec().into(),
            },
        };
        (&condition.field.value, test)
    });
    Map::new()
        .with(constraint.demand.as_str(), fields)
        .with_filled("if", conditions.collect::<Map>())
        .with("basis", constraint.basis.as_str())
        .with_some("doc", constraint.doc.as_ref())
}

/// A prose paragraph about them; empty where there are none.
pub(super) fn prose(constraints: &[Constraint], fields: &[&Field]) -> String {
    let name = |field: &Field| field.name.value.clone();
    let words = Words { fields, name };
    let sentences = constraints.iter().map(|it| words.sentences(it));
    sentences.collect::<Vec<_>>().join(" ")
}

impl<'a> Relations<'a> {
    /// The keywords for those constraints that are about these fields alone.
    pub(super) fn keywords(self, constraints: &[Constraint]) -> Map {
        let own = constraints.iter().filter(|it| self.has_all(it));
        let schemas: Vec<_> = own.map(|it| self.schema(it)).collect();
        Map::new().with_filled("allOf", schemas)
    }

    fn has_all(self, constraint: &Constraint) -> bool {
        let conditions = constraint.conditions.iter().map(|it| &it.field);
        let mut names = constraint.fields.iter().chain(conditions);
        names.all(|name| self.find(&name.value).is_some())
    }

    fn find(self, name: &str) -> Option<&'a Field> {
        let mut fields = self.fields.iter().copied();
        fields.find(|field| field.name.value == name)
    }

    fn schema(self, constraint: &Constraint) -> Map {
        let names: Vec<_> = constraint.fields.iter().map(|it| &*it.value).collect();
        let each = || names.iter().map(|name| self.given(&[name])).collect();
        let pairs = || {
            let rest = |at: usize| names.iter().skip(at + 1);
            let first = names.iter().enumerate();
            let pairs = first.flat_map(|(at, one)| rest(at).map(|other| self.given(&[one, other])));
            pairs.collect()
        };
        let conditions = || {
            constraint
                .conditions
                .iter()
                .map(|it| self.condition(it))
                .collect()
        };
        match constraint.demand {
            Demand::AtLeastOne => any(each()),
            Demand::ExactlyOne => Map::new().with("oneOf", each()),
            Demand::AtMostOne => not(any(pairs())),
            Demand::Together if self.are_plain(&names) => {
                let others = names.iter().map(|name| {
                    let others = names.iter().filter(|it| *it != name).copied();
                    (*name, others.collect::<Vec<_>>())
                });
                Map::new().with("dependentRequired", others.collect::<Map>())
            }
            Demand::Together => implies(any(each()), self.given(&names)),
            Demand::Required => implies(all(conditions()), self.given(&names)),
            Demand::Allowed => implies(any(each()), all(conditions())),
        }
    }

    /// All of these have a value.
    fn given(self, names: &[&str]) -> Map {
        let contents = names.iter().filter_map(|name| {
            let contents = self.contents(self.find(name)?)?;
            Some((*name, contents))
        });
        Map::new()
            .with("required", names.to_vec())
            .with_filled("properties", contents.collect::<Map>())
    }

    /// Whether each of them has a value where it is there at all.
    fn are_plain(self, names: &[&str]) -> bool {
        let mut fields = names.iter().filter_map(|name| self.find(name));
        fields.all(|field| self.contents(field).is_none())
    }

    /// The schema that excludes empty and blank values, if nothing else forbids them.
    fn contents(self, field: &Field) -> Option<Map> {
        let at_least_one = |keyword| Some(Map::new().with(keyword, 1));
        match &field.ty {
            Type::Scalar(ScalarType::String) if field.flag || field.time.is_some() => None,
            Type::Scalar(ScalarType::String) if field.blank => Some(not_blank()),
            Type::Array(_) if field.limits.items.min < Some(1) => at_least_one("minItems"),
            Type::Map(_) => at_least_one("minProperties"),
            Type::Named(id) => match &self.types.get(id.index())?.kind {
                TypeKind::Object(fields) if !fields.iter().any(|it| it.required) => {
                    at_least_one("minProperties")
                }
                _ => None,
            },
            _ => None,
        }
    }

    fn condition(self, condition: &Condition) -> Map {
        let name = condition.field.value.as_str();
        let values = match &condition.test {
            Test::Present => return self.given(&[name]),
            Test::Absent => return not(self.given(&[name])),
            Test::OneOf(values) => values,
        };
        let field = condition.field_of(self.fields);
        let values = values.iter().map(|it| on_the_wire(it, field));
        let listed = Map::new().with("enum", values.collect::<Vec<_>>());
        let is = |schema: Map| Map::new().with("properties", Map::new().with(name, schema));
        if !condition.takes_default(self.fields) {
            return Map::new().with("required", vec![name]).and(is(listed));
        }
        match field.and_then(|field| self.contents(field)) {
            Some(contents) => is(any(vec![listed, not(contents)])),
            None => is(listed),
        }
    }
}

/// A value of a condition as the field has it.
fn on_the_wire(value: &Json, field: Option<&Field>) -> Json {
    match (value, field) {
        (Json::Bool(yes), Some(field)) if field.flag => flag_value(*yes, &field.ty),
        _ => value.clone(),
    }
}

/// The value of a flag of this type on the wire.
pub(super) fn flag_value(yes: bool, ty: &Type) -> Json {
    let number = i64::from(yes);
    match ty {
        Type::Scalar(ScalarType::String) => Json::String(number.to_string()),
        _ => Json::Int(number),
    }
}

/// Text with at least one character that is not white space.
pub(super) fn not_blank() -> Map {
    Map::new().with("pattern", r"\S")
}

fn implies(premise: Map, conclusion: Map) -> Map {
    Map::new().with("if", premise).with("then", conclusion)
}

fn not(schema: Map) -> Map {
    Map::new().with("not", schema)
}

fn any(schemas: Vec<Map>) -> Map {
    combined("anyOf", schemas)
}

fn all(schemas: Vec<Map>) -> Map {
    combined("allOf", schemas)
}

/// A single schema needs no keyword around it.
fn combined(keyword: &str, mut schemas: Vec<Map>) -> Map {
    match (schemas.len(), schemas.pop()) {
        (1, Some(only)) => only,
        (_, last) => {
            schemas.extend(last);
            Map::new().with(keyword, schemas)
        }
    }
}
