//! `ConfirmAssetUpload`: how an upload ended.

use serde_json::{Value, json};

use super::{Assets, Call, Refusal, Status};
use crate::lock::lock;

impl Assets {
    pub(super) fn confirm(&self, call: &Call<'_>) -> Result<Value, Refusal> {
        let mut media = lock(&self.media);
        let asset = media.asset(call)?;
        if asset.status != Status::Creating {
            return Err(Refusal::Confirmation);
        }
        asset.status = match call.text("status") {
            Some("CREATED") if self.store.has(&asset.object) => Status::Created,
            Some("FAILED") => Status::UploadFailed,
            Some("CANCELLED") => {
                self.store.abort_all(&asset.object);
                Status::Cancelled
            }
            _ => return Err(Refusal::Confirmation),
        };
        asset.modified = self.clock.now();
        Ok(json!({"asset_id": call.text("asset_id")}))
    }
}
