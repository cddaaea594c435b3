//! Media assets as they are shown, and found by their files.

use serde_json::{Value, json};
use vod_api::format_time;

use super::upload::LOCATION;
use super::{Asset, Assets, Call, Refusal};
use crate::digest::hex;
use crate::lock::lock;
use crate::store::BUCKET;

impl Assets {
    pub(super) fn show_detail(&self, call: &Call<'_>) -> Result<Value, Refusal> {
        let mut media = lock(&self.media);
        let base_info = base_info(media.asset(call)?);
        let mut reply = json!({"asset_id": call.text("asset_id")});
        // Of the parts of a reply, the others come when work has succeeded, and there is none.
        let categories = call.parameters["categories"].as_array();
        if categories.is_none_or(|wanted| wanted.iter().any(|name| name == "base_info")) {
            reply["base_info"] = base_info;
        }
        Ok(reply)
    }

    /// By their ids alone: there is no search.
    pub(super) fn show_meta(&self, call: &Call<'_>) -> Option<Result<Value, Refusal>> {
        let ids = call.parameters["asset_id"].as_array()?;
        let media = lock(&self.media);
        let found = ids.iter().filter_map(Value::as_str).map(|id| {
            let asset = media.assets.get(id).ok_or(Refusal::Unknown)?;
            Ok(json!({
                "asset_id": id,
                "status": asset.status.as_str(),
                "base_info": base_info(asset),
                "play_info_array": [],
            }))
        });
        let found: Result<Vec<_>, _> = found.collect();
        Some(found.map(|found| {
            let total = found.len();
            json!({"asset_info_array": found, "is_truncated": 0, "total": total})
        }))
    }

    pub(super) fn find_duplicates(&self, call: &Call<'_>) -> Value {
        let (size, md5) = (call.parameters["size"].as_u64(), call.text("md5"));
        let media = lock(&self.media);
        let found = media.assets.iter().filter(|(_, asset)| {
            let known = self.store.fingerprint(&asset.object);
            known.is_some_and(|(bytes, head)| {
                Some(bytes) == size && md5 == Some(hex(&head).as_str())
            })
        });
        let ids: Vec<_> = found.map(|(id, _)| id).collect();
        json!({"is_duplicated": u8::from(!ids.is_empty()), "asset_ids": ids})
    }
}

fn base_info(asset: &Asset) -> Value {
    let mut info = json!({
        "category_id": -1,
        "create_time": format_time(asset.created),
        "last_modified": format_time(asset.modified),
        "source_path": {"bucket": BUCKET, "location": LOCATION, "object": asset.object},
    });
    for (name, value) in &asset.facts {
        info[name] = value.clone();
    }
    info
}
