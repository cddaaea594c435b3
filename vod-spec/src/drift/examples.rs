//! Examples of the page against the description. What is reported for the tables is not reported again.

use std::collections::BTreeSet;

use crate::json::{self, Json, Object};
use crate::model::{Field, Place, ReplyBody, ScalarType, Type, TypeKind};
use crate::page::Stated;
use crate::rule::Rule;

use super::{Comparer, Direction};

/// What an example has and the description does not.
struct Misfit {
    /// Address of the field or value.
    at: String,
    message: String,
}

impl Comparer<'_, '_> {
    pub(super) fn examples(&mut self) {
        let operation = self.operation;
        for example in &self.page.example_requests {
            // Before the body stand the request line and headers.
            let body = example.value.find(['{', '[']).filter(|_| operation.body);
            let body = body.and_then(|at| {
                let (before, _) = example.value.split_at(at);
                let in_path = before
                    .lines()
                    .next_back()
                    .is_some_and(|line| line.contains('/'));
                if in_path {
                    example.value.find("\n{").map(|at| at + 1)
                } else {
                    Some(at)
                }
            });
            let Some(text) = body.and_then(|at| example.value.get(at..)) else {
                continue;
            };
            let fields = operation
                .parameters
                .iter()
                .filter(|it| it.place == Place::Body);
            let fields: Vec<_> = fields.map(|it| &it.field).collect();
            self.example(
                "example.request",
                example,
                text,
                |comparer, value, misfits| match value {
                    Json::Object(object) => comparer.object(object, &fields, "body", misfits),
                    other => misfits.push(due("body", "an object", other)),
                },
            );
        }
        for (status, example) in &self.page.example_responses {
            let at = format!("example.{status}");
            let is_error = operation.errors.iter().any(|(it, _)| it == status);
            self.example(&at, example, &example.value, |comparer, value, misfits| {
                let prefix = format!("response.{status}");
                match (value, &operation.reply.body) {
                    (Json::Object(object), _) if is_error => {
                        let fields: Vec<_> = comparer.api.service.error.iter().collect();
                        comparer.object(object, &fields, &prefix, misfits);
                    }
                    (_, _) if is_error => misfits.push(due(&prefix, "an object", value)),
                    (_, ReplyBody::Whole(ty)) => comparer.value(value, ty, &prefix, misfits),
                    (Json::Object(object), body) => {
                        let fields: Vec<_> = match body {
                            ReplyBody::Fields(fields) => fields.iter().collect(),
                            _ => Vec::new(),
                        };
                        comparer.object(object, &fields, &prefix, misfits);
                    }
                    (_, _) => misfits.push(due(&prefix, "an object", value)),
                }
            });
        }
    }

    fn example(
        &mut self,
        at: &str,
        example: &Stated<String>,
        text: &str,
        check: impl Fn(&Self, &Json, &mut Vec<Misfit>),
    ) {
        if !self.reach.is_whole(example.line) {
            return;
        }
        let mut misfits = Vec::new();
        let message = match json::parse(text.trim()) {
            Ok((value, _)) => {
                check(self, &value, &mut misfits);
                let known: BTreeSet<_> = self.findings.iter().map(|it| it.at.as_str()).collect();
                let is_new = |misfit: &&Misfit| !known.contains(misfit.at.as_str());
                let mut messages: Vec<_> = misfits
                    .iter()
                    .filter(is_new)
                    .map(|it| it.message.clone())
                    .collect();
                messages.dedup();
                if messages.is_empty() {
                    return;
                }
                messages.join("; ")
            }
            Err(error) => match error.problem {
                json::Problem::Syntax(message) => format!("it is not JSON: {message}"),
                json::Problem::Duplicate { name, .. } => format!("`{name}` stands there twice"),
            },
        };
        let message = format!("the example does not fit: {message}");
        let place = self.operation.places.responses;
        self.report(
            Rule::ExampleMisfit,
            Direction::Reply,
            at,
            example.line,
            place,
            message,
        );
    }

    fn object(&self, object: &Object, fields: &[&Field], at: &str, misfits: &mut Vec<Misfit>) {
        for (key, value) in object {
            let inner = format!("{at}.{key}");
            match fields.iter().find(|field| field.name.value == *key) {
                Some(_) if *value == Json::Null => {}
                Some(field) => self.value(value, &field.ty, &inner, misfits),
                None => misfits.push(Misfit {
                    message: format!("the description has no `{inner}`"),
                    at: inner,
                }),
            }
        }
    }

    fn value(&self, value: &Json, ty: &Type, at: &str, misfits: &mut Vec<Misfit>) {
        let mut check = |fits: bool, what: &str| {
            if !fits {
                misfits.push(due(at, what, value));
            }
        };
        match (ty, value) {
            (Type::Any, _) => {}
            (Type::Scalar(ScalarType::String), it) => {
                check(matches!(it, Json::String(_)), "a text")
            }
            (Type::Scalar(ScalarType::Bool), it) => {
                check(matches!(it, Json::Bool(_)), "true or false")
            }
            (Type::Scalar(ScalarType::Int32 | ScalarType::Int64), it) => {
                check(matches!(it, Json::Int(_)), "a whole number");
            }
            (Type::Scalar(_), it) => check(it.as_f64().is_some(), "a number"),
            (Type::Array(inner), Json::Array(items)) => {
                for item in items {
                    self.value(item, inner, at, misfits);
                }
            }
            (Type::Map(inner), Json::Object(members)) => {
                for item in members.values() {
                    self.value(item, inner, at, misfits);
                }
            }
            (Type::Array(_), _) => check(false, "an array"),
            (Type::Map(_), _) => check(false, "an object"),
            (Type::Named(id), it) => {
                let Some(ty) = self.api.type_def(*id) else {
                    return;
                };
                match (&ty.kind, it) {
                    (TypeKind::Object(fields), Json::Object(object)) => {
                        let fields: Vec<_> = fields.iter().collect();
                        let at = format!("type.{}", ty.name.value);
                        self.object(object, &fields, &at, misfits);
                    }
                    (TypeKind::Object(_), _) => check(false, "an object"),
                    (TypeKind::Enum(values), Json::String(text)) => {
                        if !values.iter().any(|it| it.name.value == *text) {
                            misfits.push(Misfit {
                                at: format!("{at}.{text}"),
                                message: format!("`{text}` is no known value of `{at}`"),
                            });
                        }
                    }
                    (TypeKind::Enum(_), _) => check(false, "a text"),
                }
            }
        }
    }
}

fn due(at: &str, what: &str, value: &Json) -> Misfit {
    let text = value.to_string();
    let start: String = text.chars().take(40).collect();
    let rest = if start.len() < text.len() { "…" } else { "" };
    Misfit {
        at: at.to_owned(),
        message: format!("`{at}` has to be {what}, not {start}{rest}"),
    }
}
