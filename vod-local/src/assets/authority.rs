//! `ShowAssetTempAuthority`: URLs for the steps of an upload in parts.

use serde_json::{Value, json};

use super::{Assets, Call, Refusal, Status};
use crate::lock::lock;
use crate::store::{BUCKET, Grant};

impl Assets {
    pub(super) fn authorize(&self, call: &Call<'_>) -> Result<Value, Refusal> {
        let key = call.text("object_key").unwrap_or_default();
        let media = lock(&self.media);
        let asset = media.assets.values().find(|asset| asset.object == key);
        let asset = asset.filter(|_| call.text("bucket") == Some(BUCKET));
        if asset.ok_or(Refusal::Unknown)?.status != Status::Creating {
            return Err(Refusal::Authority);
        }
        let verb = call.text("http_verb").unwrap_or_default();
        let upload_id = call.text("upload_id");
        let asked = call.text("content_type");
        let part_number = call.parameters["part_number"].as_i64();
        let number = part_number.map(|number| ("partNumber", number.to_string()));
        let upload = match upload_id {
            Some(upload_id) => Some(("uploadId", upload_id.to_owned())),
            None if verb == "POST" => Some(("uploads", String::new())),
            None => None,
        };
        let grant = Grant {
            verb,
            key,
            content_type: self.store.config.content_type(verb, asked, upload_id),
            content_md5: call.text("content_md5"),
            query: number.into_iter().chain(upload).collect(),
        };
        Ok(json!({"sign_str": self.store.url(call.host, &grant)}))
    }
}
