//! The examples of an operation: calls that compile, made from the description's example request.

use std::collections::BTreeSet;

use vod_spec::json::{Json, Object};
use vod_spec::model::{self, Demand, ScalarType, TimeForm, Type, TypeId, TypeKind, meaning};

use super::{Lowering, look};
use crate::rust::{Reply, Struct};
use crate::{format, names};

/// A method of the client.
#[derive(Clone, Copy)]
pub(super) struct Method<'m> {
    pub(super) operation: &'m model::Operation,
    pub(super) name: &'m str,
    pub(super) request: &'m Struct,
    pub(super) reply: &'m Reply,
}

/// How a call differs from the example of the description.
#[derive(Clone, Copy)]
enum Change<'c> {
    Nothing,
    /// A parameter is left out, if it may be.
    Without(&'c str),
    /// A parameter is given, whatever the example has.
    With(&'c str),
}

/// A call and a look at its reply, as lines of code blocks; then whatever else can be made of the call.
pub(super) fn of_method(lowering: &Lowering<'_>, method: Method<'_>) -> Vec<String> {
    let operation = method.operation;
    let call = |change| Call::new(lowering, method, change);
    let plain = call(Change::Nothing);
    let mut lines = match method.reply {
        Reply::Empty(_) => plain.block("client", ".await?;"),
        Reply::Fields { .. } | Reply::Whole(_) => {
            let look = look::at_reply(lowering, operation, "reply");
            plain.block("let reply = client", &format!(".await?; {look}"))
        }
    };
    let mut also = |words: &str, block: Vec<String>| {
        lines.extend(["", words, ""].map(str::to_owned));
        lines.extend(block);
    };
    if let Some(pagination) = &operation.pagination {
        let look = look::at_item(lowering, operation, &pagination.items);
        also(
            "All items, page after page:",
            call(Change::Without(&pagination.position)).block(
                "let mut items = client",
                &format!(".items(); while let Some(item) = items.next().await {{ let item = item?; {look} }}"),
            ),
        );
    }
    if let Some(values) = super::series::batched(operation) {
        also(
            "With more values than one call takes:",
            call(Change::With(&values.name.value)).block(
                "let mut batches = client",
                ".in_batches(); while let Some(batch) = batches.next().await { println!(\"{:?}\", batch.result); }",
            ),
        );
    }
    if let Some(wait) = operation.waits.first() {
        let mut operations = lowering.api.operations.iter();
        let asked = operations.find(|it| it.name.value == wait.operation.value);
        let look = asked.map(|asked| look::at_reply(lowering, asked, "result"));
        let look = look.unwrap_or_default();
        also(
            "And wait for the end of the task:",
            plain.block(
                "let task = client",
                &format!(".start().await?; let result = task.until_done().await?; {look}"),
            ),
        );
    }
    lines
}

/// A call of an operation, as code: the method of the client with its arguments, and the setters.
struct Call {
    code: String,
    /// The types that it names.
    types: BTreeSet<String>,
}

impl Call {
    /// The call of the description's example, or one that would do.
    fn new(lowering: &Lowering<'_>, method: Method<'_>, change: Change<'_>) -> Self {
        let Method {
            operation, request, ..
        } = method;
        let mut writer = Writer {
            lowering,
            types: BTreeSet::new(),
        };
        let mut arguments = Vec::new();
        let mut setters = String::new();
        for (parameter, field) in operation.parameters.iter().zip(&request.fields) {
            let spec = &parameter.field;
            let wire = spec.name.value.as_str();
            if matches!(change, Change::Without(it) if it == wire) && !field.required {
                continue;
            }
            let given = operation.example.as_ref().and_then(|it| it.get(wire));
            let is_wanted = matches!(change, Change::With(it) if it == wire);
            let needed = || field.required || is_wanted || is_needed(operation, wire);
            let value = match given {
                Some(value) => writer.field(spec, value),
                None if needed() => writer.placeholder_of(spec),
                None => continue,
            };
            if field.required {
                arguments.push(value);
            } else {
                setters.push_str(&format!(".{}({value})", field.name));
            }
        }
        Self {
            code: format!(".{}({}){setters}", method.name, arguments.join(", ")),
            types: writer.types,
        }
    }

    /// A block of code with the call between `start` and `end`.
    fn block(&self, start: &str, end: &str) -> Vec<String> {
        let mut lines = vec!["```no_run".to_owned()];
        if !self.types.is_empty() {
            let types: Vec<_> = self.types.iter().map(String::as_str).collect();
            let import = format!("use vod_api::model::{{{}}};", types.join(", "));
            lines.extend(format::items(&import));
            lines.push(String::new());
        }
        lines.push(
            "# async fn example(client: &vod_api::Client) -> Result<(), vod_api::Error> {"
                .to_owned(),
        );
        lines.extend(format::statements(&format!("{start}{}{end}", self.code)));
        lines.extend(["# Ok(())", "# }", "```"].map(str::to_owned));
        lines
    }
}

/// Whether an example needs this parameter because of a constraint: it is the first of several parameters of which one
/// is needed, and the example has none of them.
fn is_needed(operation: &model::Operation, wire: &str) -> bool {
    let is_given = |name: &str| {
        operation
            .example
            .as_ref()
            .is_some_and(|it| it.contains_key(name))
    };
    operation.constraints.iter().any(|constraint| {
        let mut names = constraint.fields.iter().map(|it| it.value.as_str());
        matches!(constraint.demand, Demand::AtLeastOne | Demand::ExactlyOne)
            && !names.clone().any(is_given)
            && names.next() == Some(wire)
    })
}

struct Writer<'a> {
    lowering: &'a Lowering<'a>,
    types: BTreeSet<String>,
}

impl Writer<'_> {
    /// An expression for the value of a field, as setters take it.
    fn field(&mut self, field: &model::Field, value: &Json) -> String {
        match meaning(value, field.flag) {
            Json::Bool(flag) if field.flag => flag.to_string(),
            // Times are made from text.
            Json::Int(seconds) if field.time.is_some() => format!("\"{seconds}\""),
            value => self.value(&field.ty, &value),
        }
    }

    /// The same where the description has no example.
    fn placeholder_of(&mut self, field: &model::Field) -> String {
        match field.time {
            _ if field.flag => "true".to_owned(),
            Some(time) if time.form == TimeForm::Seconds => "\"1773994500\"".to_owned(),
            Some(time) => match time.form {
                TimeForm::Day => "\"20260320\"",
                TimeForm::Midnight => "\"20260320000000\"",
                TimeForm::Spaced => "\"2026-03-20 08:15:00\"",
                TimeForm::Rfc3339 => "\"2026-03-20T08:15:00Z\"",
                _ => "\"20260320081500\"",
            }
            .to_owned(),
            None => self.placeholder(&field.ty),
        }
    }

    /// A value of an enum: its variant.
    fn variant(&mut self, id: TypeId, value: &str) -> Option<String> {
        let ty = self.lowering.api.type_def(id)?;
        let TypeKind::Enum(values) = &ty.kind else {
            return None;
        };
        let value = values.iter().find(|it| it.name.value == value)?;
        let name = self.lowering.type_name(id);
        let variant = names::chosen(&value.name, &value.rust, names::camel);
        self.types.insert(name.clone());
        Some(format!("{name}::{variant}"))
    }

    /// An expression for a value that fits `ty`, as setters take it.
    fn value(&mut self, ty: &Type, value: &Json) -> String {
        match (ty, value) {
            (Type::Array(inner), Json::Array(items)) if items.is_empty() => self.empty_list(inner),
            (Type::Map(inner), Json::Object(entries)) if entries.is_empty() => {
                self.empty_map(inner)
            }
            (Type::Array(inner), Json::Array(items)) => {
                let items: Vec<_> = items.iter().map(|item| self.inside(inner, item)).collect();
                format!("[{}]", items.join(", "))
            }
            (Type::Map(inner), Json::Object(entries)) => {
                let entry = |(key, item)| format!("({key:?}, {})", self.inside(inner, item));
                let entries: Vec<_> = entries.iter().map(entry).collect();
                format!("[{}]", entries.join(", "))
            }
            (Type::Any, value) => format!("serde_json::json!({})", any(value)),
            (Type::Scalar(ScalarType::Float | ScalarType::Double), value) => {
                format!("{:?}", value.as_f64().unwrap_or_default())
            }
            (Type::Named(id), Json::Object(object)) => self.object(*id, object),
            (Type::Named(id), Json::String(text)) => self
                .variant(*id, text)
                .unwrap_or_else(|| format!("{text:?}")),
            (_, Json::String(text)) => format!("{text:?}"),
            (_, value) => value.to_string(),
        }
    }

    /// The same inside a collection, whose own collections are taken as they are stored.
    fn inside(&mut self, ty: &Type, value: &Json) -> String {
        match (ty, value) {
            (Type::Array(inner), Json::Array(items)) => {
                let items: Vec<_> = items.iter().map(|item| self.stored(inner, item)).collect();
                format!("vec![{}]", items.join(", "))
            }
            (Type::Map(inner), Json::Object(entries)) => {
                let entry = |(key, item)| format!("({key:?}.into(), {})", self.stored(inner, item));
                let entries: Vec<_> = entries.iter().map(entry).collect();
                format!("[{}].into()", entries.join(", "))
            }
            _ => self.value(ty, value),
        }
    }

    /// The same where nothing is converted any more.
    fn stored(&mut self, ty: &Type, value: &Json) -> String {
        let expression = self.inside(ty, value);
        if matches!((ty, value), (Type::Scalar(_), Json::String(_))) {
            format!("{expression}.into()")
        } else {
            expression
        }
    }

    fn object(&mut self, id: TypeId, object: &Object) -> String {
        let Some(ty) = self.lowering.api.type_def(id) else {
            return String::new();
        };
        let TypeKind::Object(fields) = &ty.kind else {
            return String::new();
        };
        let mut arguments = Vec::new();
        let mut setters = String::new();
        for field in fields {
            let required = field.required;
            match object.get(&field.name.value) {
                Some(value) if required => arguments.push(self.field(field, value)),
                None if required => arguments.push(self.placeholder_of(field)),
                Some(value) => {
                    let name = names::chosen(&field.name, &field.rust, names::snake);
                    setters.push_str(&format!(".{name}({})", self.field(field, value)));
                }
                None => {}
            }
        }
        let name = self.lowering.type_name(id);
        let code = format!("{name}::new({}){setters}", arguments.join(", "));
        self.types.insert(name);
        code
    }

    /// A list without values, of which setters have to know the type where they would take several.
    fn empty_list(&self, inner: &Type) -> String {
        if self.lowering.rust_type(inner).is_converted() {
            "Vec::<String>::new()".to_owned()
        } else {
            "[]".to_owned()
        }
    }

    /// The same for a map: setters take any texts as its keys.
    fn empty_map(&self, inner: &Type) -> String {
        let inner = if self.lowering.rust_type(inner).is_converted() {
            "String"
        } else {
            "_"
        };
        format!("std::collections::BTreeMap::<String, {inner}>::new()")
    }

    fn is_object(&self, ty: &Type) -> bool {
        match ty {
            Type::Named(id) => {
                matches!(
                    self.lowering.api.type_def(*id).map(|ty| &ty.kind),
                    Some(TypeKind::Object(_))
                )
            }
            _ => false,
        }
    }

    fn placeholder_inside(&mut self, ty: &Type) -> String {
        match ty {
            Type::Array(_) => "vec![]".to_owned(),
            Type::Map(_) => "[].into()".to_owned(),
            ty => self.placeholder(ty),
        }
    }

    /// Something of the right type, where the description has no example.
    fn placeholder(&mut self, ty: &Type) -> String {
        match ty {
            Type::Scalar(ScalarType::Bool) => "true".to_owned(),
            Type::Scalar(ScalarType::Int32 | ScalarType::Int64) => "1".to_owned(),
            Type::Scalar(ScalarType::Float | ScalarType::Double) => "1.0".to_owned(),
            Type::Scalar(_) => "\"…\"".to_owned(),
            Type::Any => "serde_json::json!({})".to_owned(),
            // Objects stay out: one that has to hold a list of its own kind would never end.
            Type::Array(inner) if self.is_object(inner) => self.empty_list(inner),
            Type::Map(inner) if self.is_object(inner) => self.empty_map(inner),
            Type::Array(inner) => format!("[{}]", self.placeholder_inside(inner)),
            Type::Map(inner) => format!("[(\"…\", {})]", self.placeholder_inside(inner)),
            Type::Named(id) => match self.lowering.api.type_def(*id).map(|ty| &ty.kind) {
                Some(TypeKind::Enum(values)) => {
                    let first = values.first().map(|value| value.name.value.as_str());
                    let variant = first.and_then(|first| self.variant(*id, first));
                    variant.unwrap_or_default()
                }
                _ => self.object(*id, &Object::new()),
            },
        }
    }
}

/// A value of any type as `json!` takes it: JSON, but with the escapes and the types of Rust.
fn any(value: &Json) -> String {
    match value {
        // Whole numbers are `i32` unless they say something else.
        Json::Int(number) if i32::try_from(*number).is_err() => format!("{number}_i64"),
        Json::Large(number) => format!("{number}_u64"),
        Json::String(text) => format!("{text:?}"),
        Json::Array(items) => {
            let items: Vec<_> = items.iter().map(any).collect();
            format!("[{}]", items.join(", "))
        }
        Json::Object(members) => {
            let member = |(name, member)| format!("{name:?}: {}", any(member));
            let members: Vec<_> = members.iter().map(member).collect();
            format!("{{{}}}", members.join(", "))
        }
        Json::Null | Json::Bool(_) | Json::Int(_) | Json::Float(_) => value.to_string(),
    }
}
