//! The example of an operation: a call that compiles, made from the description's example request.

use vod_spec::json::{Json, Object};
use vod_spec::model::{self, Api, ScalarType, Type, TypeId, TypeKind};

use crate::names;
use crate::rust::{Reply, RustType, Struct};

/// A call and a look at its reply, as lines of a code block.
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
    let given = |field: &model::Field| {
        operation
            .example
            .as_ref()
            .and_then(|it| it.get(&field.name.value))
    };
    let mut arguments = Vec::new();
    let mut setters = Vec::new();
    for (parameter, field) in operation.parameters.iter().zip(&request.fields) {
        let spec = &parameter.field;
        match (given(spec), field.required) {
            (Some(value), true) => arguments.push(writer.value(&spec.ty, value)),
            (None, true) => arguments.push(writer.placeholder(&spec.ty)),
            (Some(value), false) => {
                setters.push(format!(
                    "    .{}({})",
                    field.name,
                    writer.value(&spec.ty, value)
                ));
            }
            (None, false) => {}
        }
    }
    let call = format!(".{method}({})", arguments.join(", "));
    let mut lines = vec![
        "```no_run".to_owned(),
        "# async fn example(client: &vod_api::Client) -> Result<(), vod_api::Error> {".to_owned(),
    ];
    let body = match reply {
        Reply::Fields { body, .. } | Reply::Whole(body) => Some(body),
        Reply::Empty(_) => None,
    };
    let start = if body.is_some() {
        "let reply = client"
    } else {
        "client"
    };
    if setters.is_empty() {
        lines.push(format!("{start}{call}.await?;"));
    } else {
        lines.push(start.to_owned());
        lines.push(format!("    {call}"));
        lines.extend(setters);
        lines.push("    .await?;".to_owned());
    }
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
    lines.extend(["# Ok(())", "# }", "```"].map(str::to_owned));
    lines
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
