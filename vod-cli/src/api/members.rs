//! A request as text, with its members in the order of the docs.

use serde_json::Value;
use vod_api::operation::OperationMeta;

use crate::output::{Indented, ordered, to_text};

/// The members of an object that are parameters of an operation, a line each or more.
pub(super) fn text(meta: &OperationMeta, object: &Value) -> String {
    let members = meta.parameters.iter().filter_map(|parameter| {
        let property = &parameter.property;
        let value = object.get(property.name)?;
        let value = to_text(&ordered(value, Some(property.schema)), Indented::Yes);
        Some(format!(
            "  {:?}: {}",
            property.name,
            value.replace('\n', "\n  ")
        ))
    });
    let members: Vec<_> = members.collect();
    if members.is_empty() {
        return "{}\n".to_owned();
    }
    format!("{{\n{}\n}}\n", members.join(",\n"))
}
