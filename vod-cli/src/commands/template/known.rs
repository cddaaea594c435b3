//! The transcoding templates that there are.

use serde_json::{Value, json};
use vod_api::model::ListTranscodeTemplateRequest;
use vod_api::operation::Operation;
use vod_api::support::service::nearest;
use vod_api::{Client, JsonItems};

use crate::exit::Failure;

/// The type of templates that somebody made.
pub(super) const CUSTOM: &str = "custom_template_group";

/// The most that a page has.
const PAGE: u64 = 100;

/// All templates, page by page.
pub(super) fn templates(client: &Client) -> Result<JsonItems, Failure> {
    let request = json!({ "limit": PAGE });
    Ok(client
        .call(ListTranscodeTemplateRequest::META, request)
        .items()?)
}

/// All templates.
pub(super) async fn all(client: &Client) -> Result<Vec<Value>, Failure> {
    let mut items = templates(client)?;
    let mut all = Vec::new();
    while let Some(item) = items.next().await {
        all.push(item?);
    }
    Ok(all)
}

/// The template with a name or an id.
///
/// # Errors
///
/// There is none.
pub(super) fn find<'t>(known: &'t [Value], text: &str) -> Result<&'t Value, Failure> {
    let with = |name| known.iter().find(move |it| member(it, name) == text);
    with("name").or_else(|| with("group_id")).ok_or_else(|| {
        let near = nearest(text, known.iter().map(|it| member(it, "name")));
        let hint = match near {
            Some(near) => format!("did you mean {near}?"),
            None => "`vod template list` shows all".to_owned(),
        };
        Failure::usage_with(format!("there is no transcoding template {text:?}"), hint)
    })
}

/// The text of a member; empty if there is none.
pub(super) fn member<'t>(template: &'t Value, name: &str) -> &'t str {
    template
        .get(name)
        .and_then(Value::as_str)
        .unwrap_or_default()
}
