//! Watermark templates, whose images are uploaded too.

use serde_json::{Value, json};

use super::formats::{extension, image_type};
use super::{Assets, Call, Refusal};
use crate::digest::id;
use crate::lock::lock;
use crate::store::Grant;

impl Assets {
    pub(super) fn create_watermark(&self, call: &Call<'_>) -> Value {
        let mut media = lock(&self.media);
        let id = id("watermark", media.watermarks.len() as u64 + 1);
        let format = call.text("type").unwrap_or_default();
        let key = format!("{}/{id}/watermark.{}", self.project_id, extension(format));
        let grant = Grant {
            verb: "PUT",
            key: &key,
            content_type: Some(&image_type(format)),
            content_md5: call.text("md5"),
            query: Vec::new(),
        };
        let url = self.store.url(call.host, &grant);
        media.watermarks.insert(id.clone(), key);
        json!({"id": id, "upload_url": url})
    }

    pub(super) fn confirm_image(&self, call: &Call<'_>) -> Result<Value, Refusal> {
        let media = lock(&self.media);
        let id = call.text("id").unwrap_or_default();
        let key = media.watermarks.get(id).ok_or(Refusal::Unknown)?;
        if call.text("status") != Some("SUCCEED") {
            return Ok(json!({"id": id}));
        }
        if !self.store.has(key) {
            return Err(Refusal::Confirmation);
        }
        let grant = Grant {
            verb: "GET",
            key,
            ..Grant::default()
        };
        Ok(json!({"id": id, "image_url": self.store.url(call.host, &grant)}))
    }
}
