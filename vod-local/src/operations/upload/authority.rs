//! `ShowAssetTempAuthority`: URLs for the steps of an upload in parts.

use serde_json::json;
use vod_api::codes;

use crate::machine::Upload;
use crate::operations::{Answer, Call, Refusal};
use crate::state::Project;
use crate::store::{BUCKET, Grant};

pub(crate) fn authorize(project: &mut Project, call: &Call<'_>) -> Answer {
    let store = call.context.store;
    let key = call.text("object_key").unwrap_or_default();
    // The key has the id of the media asset.
    let asset = key.split('/').nth(1).and_then(|id| project.assets.get(id));
    let asset = asset.filter(|asset| asset.object == key && call.text("bucket") == Some(BUCKET));
    if asset.ok_or_else(Refusal::unknown)?.upload != Upload::Creating {
        let message = "The media asset is not being uploaded.";
        return Err(Refusal::new(codes::ASSET_NOT_UPLOADING, message));
    }
    let verb = call.text("http_verb").unwrap_or_default();
    let upload_id = call.text("upload_id");
    let asked = call.text("content_type");
    let number = call.number("part_number");
    let number = number.map(|number| ("partNumber", number.to_string()));
    let upload = match upload_id {
        Some(upload_id) => Some(("uploadId", upload_id.to_owned())),
        None if verb == "POST" => Some(("uploads", String::new())),
        None => None,
    };
    let grant = Grant {
        verb,
        key,
        content_type: store.config.content_type(verb, asked, upload_id),
        content_md5: call.text("content_md5"),
        query: number.into_iter().chain(upload).collect(),
    };
    Ok(json!({"sign_str": store.url(call.context.base, &grant)}))
}
