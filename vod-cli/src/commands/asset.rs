//! What the service says of media assets.

use serde_json::{Value, json};
use vod_api::Client;
use vod_api::model::{ListAssetListRequest, ShowAssetDetailRequest};
use vod_api::operation::Operation;

use crate::cache::Kind;
use crate::exit::{Exit, Failure};
use crate::session::Session;

/// How many media assets one call of `ListAssetList` can name.
pub(super) const NAMED: usize = 10;

/// What is known of a media asset, or only these parts of it if there are any.
pub(super) async fn detail(client: &Client, id: &str, parts: &[&str]) -> Result<Value, Failure> {
    let mut request = json!({ "asset_id": id });
    if !parts.is_empty() {
        request["categories"] = json!(parts);
    }
    let reply = client.call(ShowAssetDetailRequest::META, request).await?;
    Ok(reply.into_body())
}

/// The entries of the list for these media assets, at most [`NAMED`]. They have the states.
pub(super) async fn entries(client: &Client, ids: &[String]) -> Result<Vec<Value>, Failure> {
    let request = json!({ "asset_id": ids, "size": NAMED });
    let reply = client.call(ListAssetListRequest::META, request).await?;
    Ok(list(reply.into_body(), "assets"))
}

/// Completion offers media assets no longer that were deleted, unless the call itself has failed. Of
/// several, one that is still there is known again with the next list.
pub(super) async fn forget(session: &Session<'_>, ids: &[String], ended: &Result<Exit, Failure>) {
    if !matches!(ended, Err(Failure::Call(_))) {
        session.forget(Kind::Assets, ids).await;
    }
}

/// The items of a list in a reply.
pub(super) fn list(mut reply: Value, name: &str) -> Vec<Value> {
    match reply.get_mut(name).map(Value::take) {
        Some(Value::Array(items)) => items,
        _ => Vec::new(),
    }
}

/// The text of a member; empty if there is none.
pub(super) fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}
