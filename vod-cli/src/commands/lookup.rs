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

/// The id of a category by its name, by names from the first level on, as `Travel/Summer`, or by
/// its id.
///
/// # Errors
///
/// There is none of the name, or several.
pub(super) async fn category(client: &Client, text: &str) -> Result<i64, Failure> {
    let known = categories(client).await?;
    match (text.parse(), find(&known, text)) {
        // Some are not listed, as that of media assets which are in no other.
        (Ok(id), Err(_)) => Ok(id),
        (_, found) => Ok(found?.id),
    }
}

/// The category that a text names, as [`category`] does.
///
/// # Errors
///
/// There is none, or the text can mean several.
pub(super) fn find<'c>(known: &'c [Category], text: &str) -> Result<&'c Category, Failure> {
    let id = text.parse().ok();
    let mut matching = known
        .iter()
        .filter(|it| it.is_called(text) || Some(it.id) == id);
    match (matching.next(), matching.next()) {
        (Some(category), None) => Ok(category),
        (Some(first), Some(second)) => {
            let named = [first, second].map(|it| format!("{} (id {})", it.path, it.id));
            Err(Failure::usage_with(
                format!("there are several categories {text:?}"),
                format!("name one by its path: {}", named.join(", ")),
            ))
        }
        (None, _) => {
            let near = nearest(text, known.iter().map(|it| it.path.as_str()));
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
    /// Whether another category is above it.
    pub(super) fn is_below(&self, other: &Self) -> bool {
        let rest = self.path.strip_prefix(other.path.as_str());
        rest.is_some_and(|rest| rest.starts_with('/'))
    }

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
