//! Things by their names: people know the names of categories, the service their ids.

use serde_json::{Value, json};
use vod_api::Client;
use vod_api::model::ListCategoryInfoRequest;
use vod_api::operation::Operation;
use vod_api::support::service::nearest;

use crate::exit::Failure;

/// A category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Category {
    pub(super) id: i64,
    /// Its name behind those of the categories above it, with slashes between them.
    pub(super) path: String,
}

/// The id of a category: a number, its name, or names from the first level on, as `Travel/Summer`.
///
/// # Errors
///
/// There is none of the name, or several.
pub(super) async fn category(client: &Client, text: &str) -> Result<i64, Failure> {
    if let Ok(id) = text.parse() {
        return Ok(id);
    }
    let found = categories(client).await?;
    let mut matching = found.iter().filter(|it| it.is_called(text));
    match (matching.next(), matching.next()) {
        (Some(category), None) => Ok(category.id),
        (Some(first), Some(second)) => Err(Failure::usage_with(
            format!("there are several categories {text:?}"),
            format!("name one: {}, {}", first.path, second.path),
        )),
        (None, _) => {
            let near = nearest(text, found.iter().map(|it| it.path.as_str()));
            let hint = match near {
                Some(near) => format!("did you mean {near}?"),
                None => "`vod category tree` shows all".to_owned(),
            };
            let message = format!("there is no category {text:?}");
            Err(Failure::usage_with(message, hint))
        }
    }
}

/// All categories, each behind the one above it.
pub(super) async fn categories(client: &Client) -> Result<Vec<Category>, Failure> {
    // 0 stands for the first level. A reply has the categories that were asked for, and those right
    // below them; there are three levels.
    let first = listed(client, vec![0]).await?;
    let second = first.iter().flat_map(below).filter_map(id);
    let second = listed(client, second.filter(|id| *id > 0).collect()).await?;
    let mut found = Vec::new();
    for category in &first {
        add(&mut found, category, "");
        let above = path("", category);
        for category in below(category) {
            add(&mut found, category, &above);
            let above = path(&above, category);
            let same = second.iter().filter(|it| id(it) == id(category));
            for category in same.flat_map(below) {
                add(&mut found, category, &above);
            }
        }
    }
    Ok(found)
}

impl Category {
    /// Whether it has this name, or this path.
    fn is_called(&self, text: &str) -> bool {
        self.path == text || self.path.rsplit('/').next() == Some(text)
    }
}

/// The categories with these ids, and those right below them.
async fn listed(client: &Client, ids: Vec<i64>) -> Result<Vec<Value>, Failure> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let call = client.call(ListCategoryInfoRequest::META, json!({ "id": ids }));
    let mut batches = call.in_batches()?;
    let mut found = Vec::new();
    while let Some(batch) = batches.next().await {
        if let Value::Array(categories) = batch.result?.into_parts().0 {
            found.extend(categories);
        }
    }
    Ok(found)
}

fn add(found: &mut Vec<Category>, category: &Value, above: &str) {
    if let Some(id) = id(category) {
        let path = path(above, category);
        found.push(Category { id, path });
    }
}

fn below(category: &Value) -> impl Iterator<Item = &Value> {
    let below = category.get("sub_categories").and_then(Value::as_array);
    below.into_iter().flatten()
}

fn id(category: &Value) -> Option<i64> {
    category.get("id").and_then(Value::as_i64)
}

fn path(above: &str, category: &Value) -> String {
    let name = category.get("name").and_then(Value::as_str);
    let name = name.unwrap_or_default();
    match above {
        "" => name.to_owned(),
        above => format!("{above}/{name}"),
    }
}
