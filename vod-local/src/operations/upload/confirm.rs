//! `ConfirmAssetUpload`: how an upload ended.

use serde_json::json;
use vod_api::codes;

use crate::machine::{Event, Machine};
use crate::operations::{Answer, Call, Refusal};
use crate::progress::arrive;
use crate::state::Project;

pub(crate) fn confirm(project: &mut Project, call: &Call<'_>) -> Answer {
    let store = call.context.store;
    let refuse = |message| Refusal::new(codes::UPLOAD_NOT_CONFIRMABLE, message);
    let event = match call.text("status") {
        Some("FAILED") => Event::Fail,
        Some("CANCELLED") => Event::Cancel,
        _ => Event::Succeed,
    };
    // The upload of a file that the service fetches ends by itself.
    let is_uploaded = !project
        .tasks
        .is_busy(call.text("asset_id").unwrap_or_default());
    let asset = call.asset(project)?;
    let next = asset.upload.after(event).filter(|_| is_uploaded);
    let next = next.ok_or_else(|| refuse("The upload cannot be confirmed now."))?;
    match event {
        Event::Succeed if !store.has(&asset.object) => {
            return Err(refuse("The file of the media asset was not uploaded."));
        }
        Event::Cancel => store.abort_all(&asset.object),
        _ => {}
    }
    asset.upload = next;
    asset.modified = call.context.now;
    let id = asset.id.clone();
    if event == Event::Succeed {
        arrive(project, &call.context, &id, None);
    }
    Ok(json!({"asset_id": id}))
}
