//! The example of an operation: a call that compiles, made from the description's example request.

use vod_spec::json::{Json, Object};
use vod_spec::model::{self, Api, ScalarType, Type, TypeId, TypeKind};

use crate::names;
use crate::rust::{Reply, RustType, Struct};

/// A call and a look at its reply, as lines of code blocks; then whatever else can be made of the call.
pub(super) fn of_operation(
    api: &Api,
    operation: &model::Operation,
    method: &str,
    request: &Struct,
    reply: &Reply,
    type_name: impl Fn(TypeId) -> String,
) -> Vec<String> {
    let writer = Writer {
        api,
        type_name: &type_name,
    };
    let call = |without, with| call(&writer, operation, method, request, without, with);
    let body = match reply {
        Reply::Fields { body, .. } | Reply::Whole(body) => Some(body),
        Reply::Empty(_) => None,
    };
    let start = if body.is_some() {
        "let reply = client"
    } else {
        "client"
    };
    let mut lines = call(None, None).statement(start, &[], ".await?");
    if let Some(body) = body {
        let list = body
            .fields
            .iter()
            .find(|field| matches!(field.ty, RustType::Vec(_)));
        match list {
            Some(list) => lines.extend([
                format!("for item in &reply.{} {{", list.name),
                "    println!(\"{item:?}\");".to_owned(),
                "}".to_owned(),
            ]),
            None => lines.push("println!(\"{reply:?}\");".to_owned()),
        }
    }
    let mut lines = block(lines);
    let mut also = |words: &str, mut code: Vec<String>, rest: &[&str]| {
        code.extend(rest.iter().copied().map(str::to_owned));
        lines.extend(["", words, ""].map(str::to_owned));
        lines.extend(block(code));
    };
    if let Some(pagination) = &operation.pagination {
        let call = call(Some(&pagination.position), None);
        also(
            "All items, page after page:",
            call.statement("let mut items = client", &[], ".items()"),
            &[
                "while let Some(item) = items.next().await {",
                "    println!(\"{:?}\", item?);",
                "}",
            ],
        );
    }
    if let Some(values) = super::series::batched(operation) {
        let call = call(None, Some(&values.name.value));
        also(
            "With more values than one call takes:",
            call.statement("let mut batches = client", &[], ".in_batches()"),
            &[
                "while let Some(batch) = batches.next().await {",
                "    println!(\"{:?}\", batch.result);",
                "}",
            ],
        );
    }
    if operation.wait.is_some() {
        also(
            "And wait for the end of the task:",
            call(None, None).statement("let task = client", &[".start()"], ".await?"),
            &[
                "let result = task.until_done().await?;",
                "println!(\"{result:?}\");",
            ],
        );
    }
    lines
}

fn block(code: Vec<String>) -> Vec<String> {
    let open = [
        "```no_run",
        "# async fn example(client: &vod_api::Client) -> Result<(), vod_api::Error> {",
    ];
    let lines = open.map(str::to_owned).into_iter().chain(code);
    lines
        .chain(["# Ok(())", "# }", "```"].map(str::to_owned))
        .collect()
}

/// A call of an operation, as code: the method of the client with its arguments, and the setters.
struct Call {
    method: String,
    setters: Vec<String>,
}

impl Call {
    /// The call as a statement, from `start` to `end`.
    fn statement(&self, start: &str, more: &[&str], end: &str) -> Vec<String> {
        if self.setters.is_empty() {
            return vec![format!("{start}{}{}{end};", self.method, more.concat())];
        }
        let links = [&self.method].into_iter().chain(&self.setters);
        let links = links.map(String::as_str).chain(more.iter().copied());
        let mut lines = vec![start.to_owned()];
        lines.extend(links.map(|link| format!("    {link}")));
        lines.push(format!("    {end};"));
        lines
    }
}

/// The call of the description's example, or one that would do; without one of its parameters, and with another.
fn call<F: Fn(TypeId) -> String>(
    writer: &Writer<'_, F>,
    operation: &model::Operation,
    method: &str,
    request: &Struct,
    without: Option<&str>,
    with: Option<&str>,
) -> Call {
    let mut arguments = Vec::new();
    let mut setters = Vec::new();
    for (parameter, field) in operation.parameters.iter().zip(&request.fields) {
        let spec = &parameter.field;
        let wire = spec.name.value.as_str();
        let given = operation.example.as_ref().and_then(|it| it.get(wire));
        let value = match given {
            Some(value) => writer.value(&spec.ty, value),
            None if field.required || with == Some(wire) => writer.placeholder(&spec.ty),
            None => continue,
        };
        if field.required {
            arguments.push(value);
        } else if without != Some(wire) {
            setters.push(format!(".{}({value})", field.name));
        }
    }
    Call {
        method: format!(".{method}({})", arguments.join(", ")),
        setters,
    }
}

struct Writer<'a, F> {
    api: &'a Api,
    type_name: &'a F,
}

impl<F: Fn(TypeId) -> String> Writer<'_, F> {
    /// An expression for a value that fits `ty`, as setters take it.
    fn value(&self, ty: &Type, value: &Json) -> String {
        match (ty, value) {
            (Type::Array(inner), Json::Array(items)) => {
                let items: Vec<_> = items.iter().map(|item| self.inside(inner, item)).collect();
                format!("[{}]", items.join(", "))
            }
            (Type::Map(inner), Json::Object(entries)) => {
                let entry = |(key, item)| format!("({key:?}, {})", self.inside(inner, item));
                let entries: Vec<_> = entries.iter().map(entry).collect();
                format!("[{}]", entries.join(", "))
            }
            (Type::Any, value) => format!("serde_json::json!({value})"),
            (Type::Scalar(ScalarType::Float | ScalarType::Double), value) => {
                format!("{:?}", value.as_f64().unwrap_or_default())
            }
            (Type::Named(id), Json::Object(object)) => self.object(*id, object),
            (_, Json::String(text)) => format!("{text:?}"),
            (_, value) => value.to_string(),
        }
    }

    /// The same inside a collection, whose own collections are taken as they are stored.
    fn inside(&self, ty: &Type, value: &Json) -> String {
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
    fn stored(&self, ty: &Type, value: &Json) -> String {
        let expression = self.inside(ty, value);
        if matches!(value, Json::String(_)) && !matches!(ty, Type::Any) {
            format!("{expression}.into()")
        } else {
            expression
        }
    }

    fn object(&self, id: TypeId, object: &Object) -> String {
        let Some(ty) = self.api.type_def(id) else {
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
                Some(value) if required => arguments.push(self.value(&field.ty, value)),
                None if required => arguments.push(self.placeholder(&field.ty)),
                Some(value) => {
                    let name = match &field.rust {
                        Some(given) => given.value.clone(),
                        None => names::snake(&field.name.value).unwrap_or_default(),
                    };
                    setters.push_str(&format!(".{name}({})", self.value(&field.ty, value)));
                }
                None => {}
            }
        }
        let name = (self.type_name)(id);
        format!(
            "vod_api::model::{name}::new({}){setters}",
            arguments.join(", ")
        )
    }

    fn is_object(&self, ty: &Type) -> bool {
        match ty {
            Type::Named(id) => {
                matches!(
                    self.api.type_def(*id).map(|ty| &ty.kind),
                    Some(TypeKind::Object(_))
                )
            }
            _ => false,
        }
    }

    fn placeholder_inside(&self, ty: &Type) -> String {
        match ty {
            Type::Array(_) => "vec![]".to_owned(),
            Type::Map(_) => "[].into()".to_owned(),
            ty => self.placeholder(ty),
        }
    }

    /// Something of the right type, where the description has no example.
    fn placeholder(&self, ty: &Type) -> String {
        match ty {
            Type::Scalar(ScalarType::Bool) => "true".to_owned(),
            Type::Scalar(ScalarType::Int32 | ScalarType::Int64) => "1".to_owned(),
            Type::Scalar(ScalarType::Float | ScalarType::Double) => "1.0".to_owned(),
            Type::Scalar(_) => "\"…\"".to_owned(),
            Type::Any => "serde_json::json!({})".to_owned(),
            // Objects stay out: one that has to hold a list of its own kind would never end.
            Type::Array(inner) if self.is_object(inner) => "[]".to_owned(),
            Type::Map(inner) if self.is_object(inner) => {
                "std::collections::BTreeMap::<String, _>::new()".to_owned()
            }
            Type::Array(inner) => format!("[{}]", self.placeholder_inside(inner)),
            Type::Map(inner) => format!("[(\"…\", {})]", self.placeholder_inside(inner)),
            Type::Named(id) => match self.api.type_def(*id).map(|ty| &ty.kind) {
                Some(TypeKind::Enum(values)) => {
                    let first = values.first().map(|value| value.name.value.as_str());
                    format!("{:?}", first.unwrap_or_default())
                }
                _ => self.object(*id, &Object::new()),
            },
        }
    }
}
