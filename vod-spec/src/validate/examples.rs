//! Examples: JSON that has to fit the schema beside it.

use serde_json::{Map, Value};

use super::Validator;
use super::fields::length;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Field, Parameter, ReplyBody, ScalarType, Type, TypeDef, TypeKind};
use crate::raw;
use crate::source::Span;
use crate::yaml::{self, Node};

impl Validator<'_> {
    /// An example request: an object with a member per parameter.
    pub(super) fn request_example(
        &mut self,
        example: &raw::Example,
        parameters: &[Parameter],
        types: &[TypeDef],
    ) -> Option<Map<String, Value>> {
        let value = self.json(example)?;
        let nodes = nodes(example);
        let fields = parameters.iter().map(|parameter| &parameter.field);
        let checker = Checker {
            types,
            request: true,
        };
        let problem = checker.object(&value, fields, "", nodes.as_ref());
        self.bad_example(example, problem);
        match value {
            Value::Object(object) => Some(object),
            _ => None,
        }
    }

    pub(super) fn reply_example(
        &mut self,
        example: &raw::Example,
        body: &ReplyBody,
        types: &[TypeDef],
    ) -> Option<Value> {
        let value = self.json(example)?;
        let nodes = nodes(example);
        let checker = Checker {
            types,
            request: false,
        };
        let problem = match body {
            ReplyBody::Empty => Some(Problem {
                message: "this reply has no body".to_owned(),
                place: nodes.as_ref().map(|node| node.span),
            }),
            ReplyBody::Fields(fields) => checker.object(&value, fields.iter(), "", nodes.as_ref()),
            ReplyBody::Whole(ty) => checker.value(&value, ty, "", nodes.as_ref()),
        };
        self.bad_example(example, problem);
        Some(value)
    }

    fn json(&mut self, example: &raw::Example) -> Option<Value> {
        match serde_json::from_str(&example.text.value) {
            Ok(value) => Some(value),
            Err(error) => {
                let lines = example.text.value.split_inclusive('\n');
                let before: usize = lines
                    .take(error.line().saturating_sub(1))
                    .map(str::len)
                    .sum();
                let at = before + error.column().saturating_sub(1);
                let span = self.place_in_example(example, at, at + 1);
                let message = error.to_string();
                let message = match message.split(" at line ").next() {
                    Some(message) if !error.is_eof() => message,
                    _ => "it ends too early",
                };
                self.report(
                    Diagnostic::new(Code::BadExample, span, format!("not JSON: {message}")).help(
                        "JSON has quotes around keys and texts, commas between entries and none behind the last",
                    ),
                );
                None
            }
        }
    }

    fn bad_example(&mut self, example: &raw::Example, problem: Option<Problem>) {
        let Some(problem) = problem else { return };
        let (start, end) = problem
            .place
            .map_or((0, example.text.value.len()), |span| (span.start, span.end));
        let span = self.place_in_example(example, start, end);
        let message = format!("the example does not fit: {}", problem.message);
        self.report(
            Diagnostic::new(Code::BadExample, span, message)
                .help("correct the example, or the types if the docs show that it is right"),
        );
    }

    /// A part of the text of an example, as a place in the file.
    fn place_in_example(&self, example: &raw::Example, start: usize, end: usize) -> Span {
        let block = example.text.span;
        let place = |start, end| Span {
            source: block.source,
            start,
            end,
        };
        let value = example.text.value.as_str();
        let source = self.sources.text(block);
        if !example.literal {
            // In quotes the text is the same as in the file, unless it has escapes.
            let found = source.find(value).map(|at| block.start + at);
            return found.map_or(block, |at| place(at + start, at + end));
        }
        // A block begins with its first line that is not empty, behind the indent that all its lines have in the file.
        let blank = value.len() - value.trim_start_matches('\n').len();
        let before = value.get(blank..start).unwrap_or_default();
        let lines = before.matches('\n').count();
        let column = before.rsplit('\n').next().unwrap_or_default().len();
        let at = match lines {
            0 => block.start + column,
            _ => {
                let skipped: usize = source.split_inclusive('\n').take(lines).map(str::len).sum();
                let indent = self.sources.position(block).1 - 1;
                block.start + skipped + indent + column
            }
        };
        place(at, at + end.saturating_sub(start))
    }
}

/// The example as nodes that know their places in its text: JSON is YAML, but for a few rare escapes.
fn nodes(example: &raw::Example) -> Option<Node> {
    yaml::parse_text(example.text.span.source, &example.text.value).ok()
}

/// The first thing in an example that does not fit.
struct Problem {
    message: String,
    /// Its place in the text of the example, where that is known.
    place: Option<Span>,
}

impl Problem {
    fn some(node: Option<&Node>, message: String) -> Option<Self> {
        Some(Self {
            message,
            place: node.map(|node| node.span),
        })
    }
}

/// Holds values against types; `path` is where a value stands, for messages, and `node` is the same value again.
#[derive(Clone, Copy)]
struct Checker<'t> {
    types: &'t [TypeDef],
    request: bool,
}

impl<'t> Checker<'t> {
    fn value(self, value: &Value, ty: &Type, path: &str, node: Option<&Node>) -> Option<Problem> {
        let due = |what: &str| Problem::some(node, has_to_be(path, what, value));
        match ty {
            Type::Any => None,
            Type::Scalar(scalar) => match scalar {
                ScalarType::String if value.is_string() => None,
                ScalarType::String => due("a string"),
                ScalarType::Bool if value.is_boolean() => None,
                ScalarType::Bool => due("true or false"),
                ScalarType::Int32 if value.as_i64().is_some_and(|it| i32::try_from(it).is_ok()) => {
                    None
                }
                ScalarType::Int32 => due("a whole number of 32 bits"),
                ScalarType::Int64 if value.is_i64() => None,
                ScalarType::Int64 => due("a whole number of 64 bits"),
                ScalarType::Float | ScalarType::Double if value.is_number() => None,
                ScalarType::Float | ScalarType::Double => due("a number"),
            },
            Type::Array(inner) => match value.as_array() {
                Some(items) => items.iter().enumerate().find_map(|(index, item)| {
                    let node = node.and_then(|node| node.item(index));
                    self.value(item, inner, &format!("{path}[{index}]"), node)
                }),
                None => due("an array"),
            },
            Type::Map(inner) => match value.as_object() {
                Some(object) => object.iter().find_map(|(key, item)| {
                    let node = node.and_then(|node| node.entry(key)).map(|it| &it.value);
                    self.value(item, inner, &join(path, key), node)
                }),
                None => due("an object"),
            },
            Type::Named(id) => match &self.types.get(id.0)?.kind {
                TypeKind::Object(fields) => self.object(value, fields.iter(), path, node),
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
        value: &Value,
        fields: impl Iterator<Item = &'f Field> + Clone,
        path: &str,
        node: Option<&Node>,
    ) -> Option<Problem> {
        let Some(object) = value.as_object() else {
            return Problem::some(node, has_to_be(path, "an object", value));
        };
        let is_missing = |field: &&Field| field.required && !object.contains_key(&field.name.value);
        if self.request
            && let Some(missing) = fields.clone().find(is_missing)
        {
            let message = format!("`{}` is required", join(path, &missing.name.value));
            return Problem::some(node, message);
        }
        object.iter().find_map(|(key, item)| {
            let inner = join(path, key);
            let entry = node.and_then(|node| node.entry(key));
            let node = entry.map(|entry| &entry.value);
            match fields.clone().find(|field| field.name.value == *key) {
                // The service may leave out any field, and says so with `null` as well.
                Some(_) if item.is_null() && !self.request => None,
                Some(field) => self
                    .value(item, &field.ty, &inner, node)
                    .or_else(|| Problem::some(node, limit_problem(field, item, &inner)?)),
                None => Some(Problem {
                    message: format!("there is no `{inner}`"),
                    place: entry.map(|entry| entry.key_span),
                }),
            }
        })
    }
}

/// What is wrong with a value of the right type that breaks a limit.
fn limit_problem(field: &Field, value: &Value, path: &str) -> Option<String> {
    let limits = &field.limits;
    match value {
        Value::Array(items) => {
            let count = i64::try_from(items.len()).unwrap_or(i64::MAX);
            (!limits.items.allow(count))
                .then(|| format!("`{path}` has {count} items, which its limits do not allow"))
        }
        Value::String(text) => {
            let count = length(text);
            (!limits.length.allow(count))
                .then(|| format!("`{path}` has {count} characters, which its limits do not allow"))
        }
        Value::Number(number) => {
            let number = number.as_i64()?;
            (!limits.range.allow(number))
                .then(|| format!("`{path}` is {number}, which its limits do not allow"))
        }
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

fn has_to_be(path: &str, what: &str, value: &Value) -> String {
    if path.is_empty() {
        format!("it has to be {what}, not {value}")
    } else {
        format!("`{path}` has to be {what}, not {value}")
    }
}
