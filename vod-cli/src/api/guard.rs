//! Deletions that do not name what they delete.

use serde_json::Value;
use vod_api::http::Method;
use vod_api::operation::{OperationMeta, SchemaKind};
use vod_api::support::preview::{Limits, preview};

/// What a request may delete without naming it; `None` if it names all, or deletes nothing.
///
/// The facts say it: the list of what is deleted is left out, an id is 0, which stands for all of a
/// kind, there is nothing in the request at all, or it is not as the docs allow.
pub(super) fn unnamed(meta: &'static OperationMeta, request: &Value) -> Option<String> {
    if meta.method != Method::DELETE {
        return None;
    }
    if let Some(batch) = meta.batch
        && !is_given(request.get(batch.values))
    {
        return Some(format!(
            "without {}, it can delete all there is",
            batch.values
        ));
    }
    let mut parameters = meta.parameters.iter().map(|it| &it.property);
    let zero = parameters.clone().find(|property| {
        let is_number = matches!(
            property.schema.kind(),
            SchemaKind::Int32 | SchemaKind::Int64
        );
        is_number && request.get(property.name).and_then(Value::as_i64) == Some(0)
    });
    if let Some(property) = zero {
        return Some(format!("{} 0 can stand for all there is", property.name));
    }
    let names_nothing = !parameters.any(|property| is_given(request.get(property.name)));
    if names_nothing {
        return Some("it names nothing, and can delete all there is".to_owned());
    }
    let is_allowed = preview(meta, request, Limits::Checked).is_ok();
    let why = "the docs do not allow it, and it can delete more than it names";
    (!is_allowed).then(|| why.to_owned())
}

fn is_given(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null) => false,
        Some(Value::String(text)) => !text.trim().is_empty(),
        Some(Value::Array(items)) => items.iter().any(|item| is_given(Some(item))),
        Some(Value::Object(members)) => !members.is_empty(),
        Some(_) => true,
    }
}
