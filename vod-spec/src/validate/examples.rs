//! Examples: JSON that has to fit the schema beside it.

use std::ops::Range;

use super::Validator;
use super::fields::length;
use crate::diagnostic::{Code, Diagnostic};
use crate::json::{self, Json, Object, Place};
use crate::model::{Field, Parameter, ReplyBody, ScalarType, Type, TypeDef, TypeKind};
use crate::raw;
use crate::source::Span;

impl Validator<'_> {
    /// An example request: an object with a member per parameter.
    pub(super) fn request_example(
        &mut self,
        example: &raw::Example,
        parameters: &[Parameter],
        types: &[TypeDef],
    ) -> Option<Object> {
        let (value, place) = self.json(example)?;
        let fields = parameters.iter().map(|parameter| &parameter.field);
        let checker = Checker {
            types,
            request: true,
        };
        let problem = checker.object(&value, fields, "", &place);
        self.bad_example(example, problem);
        match value {
            Json::Object(object) => Some(object),
            _ => None,
        }
    }

    pub(super) fn reply_example(
        &mut self,
        example: &raw::Example,
        body: &ReplyBody,
        types: &[TypeDef],
    ) -> Option<Json> {
        let (value, place) = self.json(example)?;
        let checker = Checker {
            types,
            request: false,
        };
        let problem = match body {
            ReplyBody::Empty => Some(Problem {
                message: "this reply has no body".to_owned(),
                place: place.value,
            }),
            ReplyBody::Fields(fields) => checker.object(&value, fields.iter(), "", &place),
            ReplyBody::Whole(ty) => checker.value(&value, ty, "", &place),
        };
        self.bad_example(example, problem);
        Some(value)
    }

    fn json(&mut self, example: &raw::Example) -> Option<(Json, Place)> {
        let error = match json::parse(&example.text.value) {
            Ok(read) => return Some(read),
            Err(error) => error,
        };
        let span = self.place_in_example(example, error.place);
        self.report(match error.problem {
            json::Problem::Syntax(message) => {
                Diagnostic::new(Code::BadExample, span, format!("not JSON: {message}")).help(
                    "JSON has quotes around keys and texts, commas between entries and none behind the last",
                )
            }
            json::Problem::Duplicate { name, first } => {
                let message = format!("`{name}` stands here a second time");
                Diagnostic::new(Code::BadExample, span, message)
                    .related(self.place_in_example(example, first), "the first one")
                    .help("keep one of the two")
            }
        });
        None
    }

    fn bad_example(&mut self, example: &raw::Example, problem: Option<Problem>) {
        let Some(problem) = problem else { return };
        let span = self.place_in_example(example, problem.place);
        let message = format!("the example does not fit: {}", problem.message);
        self.report(
            Diagnostic::new(Code::BadExample, span, message)
                .help("correct the example, or the types if the docs show that it is right"),
        );
    }

    /// A part of the text of an example, as a place in the file.
    fn place_in_example(&self, example: &raw::Example, part: Range<usize>) -> Span {
        let block = example.text.span;
        let value = example.text.value.as_str();
        let source = self.sources.text(block);
        let place = |start, end| Span {
            source: block.source,
            start,
            end,
        };
        if !example.literal {
            return self.part(&example.text, part);
        }
        // A block begins with its first line that is not empty, behind the indent that all its lines have in the file.
        let blank = value.len() - value.trim_start_matches('\n').len();
        let indent = self.sources.position(block).1 - 1;
        let in_file = |at: usize| {
            let before = value.as_bytes().get(blank..at).unwrap_or_default();
            let lines = before.iter().filter(|byte| **byte == b'\n').count();
            let column = before
                .rsplit(|byte| *byte == b'\n')
                .next()
                .map_or(0, <[u8]>::len);
            let skipped: usize = source.split_inclusive('\n').take(lines).map(str::len).sum();
            block.start + skipped + column + if lines == 0 { 0 } else { indent }
        };
        let start = in_file(part.start);
        match part.end.checked_sub(1) {
            Some(last) if last >= part.start => place(start, in_file(last) + 1),
            _ => place(start, start),
        }
    }
}

/// The first thing in an example that does not fit.
struct Problem {
    message: String,
    /// Its place in the text of the example.
    place: Range<usize>,
}

impl Problem {
    fn some(place: &Place, message: String) -> Option<Self> {
        Some(Self {
            message,
            place: place.value.clone(),
        })
    }
}

/// Holds values against types; `path` is where a value stands, for messages, and `place` where it stands in the text.
#[derive(Clone, Copy)]
struct Checker<'t> {
    types: &'t [TypeDef],
    request: bool,
}

impl<'t> Checker<'t> {
    fn value(self, value: &Json, ty: &Type, path: &str, place: &Place) -> Option<Problem> {
        let due = |what: &str| Problem::some(place, has_to_be(path, what, value));
        match ty {
            Type::Any => None,
            Type::Scalar(scalar) => match scalar {
                ScalarType::String if matches!(value, Json::String(_)) => None,
                ScalarType::String => due("a string"),
                ScalarType::Bool if matches!(value, Json::Bool(_)) => None,
                ScalarType::Bool => due("true or false"),
                ScalarType::Int32 if matches!(value, Json::Int(it) if i32::try_from(*it).is_ok()) => {
                    None
                }
                ScalarType::Int32 => due("a whole number of 32 bits"),
                ScalarType::Int64 if matches!(value, Json::Int(_)) => None,
                ScalarType::Int64 => due("a whole number of 64 bits"),
                ScalarType::Float | ScalarType::Double if value.as_f64().is_some() => None,
                ScalarType::Float | ScalarType::Double => due("a number"),
            },
            Type::Array(inner) => match value {
                Json::Array(items) => {
                    let mut items = items.iter().zip(&place.inner).enumerate();
                    items.find_map(|(index, (item, place))| {
                        self.value(item, inner, &format!("{path}[{index}]"), place)
                    })
                }
                _ => due("an array"),
            },
            Type::Map(inner) => match value {
                Json::Object(object) => {
                    let mut members = object.iter().zip(&place.inner);
                    members.find_map(|((key, item), place)| {
                        self.value(item, inner, &join(path, key), place)
                    })
                }
                _ => due("an object"),
            },
            Type::Named(id) => match &self.types.get(id.0)?.kind {
                TypeKind::Object(fields) => self.object(value, fields.iter(), path, place),
                TypeKind::Enum(values) => match value.as_str() {
                    Some(text) if values.iter().any(|it| it.name.value == text) => None,
                    Some(_) => due("one of the documented values"),
                    None => due("a string"),
                },
            },
        }
    }

    fn object<'f>(
        self,
        value: &Json,
        fields: impl Iterator<Item = &'f Field> + Clone,
        path: &str,
        place: &Place,
    ) -> Option<Problem> {
        let Json::Object(object) = value else {
            return Problem::some(place, has_to_be(path, "an object", value));
        };
        let is_missing = |field: &&Field| field.required && !object.contains_key(&field.name.value);
        if self.request
            && let Some(missing) = fields.clone().find(is_missing)
        {
            let message = format!("`{}` is required", join(path, &missing.name.value));
            return Problem::some(place, message);
        }
        let mut members = object.iter().zip(&place.inner);
        members.find_map(|((key, item), place)| {
            let inner = join(path, key);
            match fields.clone().find(|field| field.name.value == *key) {
                // The service may leave out any field, and says so with `null` as well.
                Some(_) if *item == Json::Null && !self.request => None,
                Some(field) => self
                    .value(item, &field.ty, &inner, place)
                    .or_else(|| Problem::some(place, limit_problem(field, item, &inner)?)),
                None => Some(Problem {
                    message: format!("there is no `{inner}`"),
                    place: place.key.clone(),
                }),
            }
        })
    }
}

/// What is wrong with a value of the right type that breaks a limit.
fn limit_problem(field: &Field, value: &Json, path: &str) -> Option<String> {
    let limits = &field.limits;
    match value {
        Json::Array(items) => {
            let count = i64::try_from(items.len()).unwrap_or(i64::MAX);
            (!limits.items.allow(count))
                .then(|| format!("`{path}` has {count} items, which its limits do not allow"))
        }
        Json::String(text) => {
            let count = length(text);
            (!limits.length.allow(count))
                .then(|| format!("`{path}` has {count} characters, which its limits do not allow"))
        }
        Json::Int(number) => (!limits.range.allow(*number))
            .then(|| format!("`{path}` is {number}, which its limits do not allow")),
        _ => None,
    }
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}

fn has_to_be(path: &str, what: &str, value: &Json) -> String {
    if path.is_empty() {
        format!("it has to be {what}, not {value}")
    } else {
        format!("`{path}` has to be {what}, not {value}")
    }
}
