//! `vod tasks`: what the service is working on, and what came of it.

use serde_json::{Value, json};
use vod_api::Client;
use vod_api::model::ListAssetTaskInfoRequest;
use vod_api::operation::Operation;

use crate::commands::asset;
use crate::exit::Failure;

/// The last tasks of a media asset, transcoding first.
pub(super) async fn of_asset(client: &Client, id: &str) -> Result<Vec<Value>, Failure> {
    let mut tasks = Vec::new();
    for kind in ["TRANSCODE", "THUMBNAIL"] {
        let request = json!({ "type": kind, "asset_id": id });
        let reply = client.call(ListAssetTaskInfoRequest::META, request).await?;
        tasks.extend(asset::list(reply.into_body(), "results"));
    }
    Ok(tasks)
}
