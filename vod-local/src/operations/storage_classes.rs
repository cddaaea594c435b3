//! Storage classes of the files of media assets.

use serde_json::{Value, json};

use super::{Answer, Call};
use crate::data::Words;
use crate::machine::{Event, Machine, Upload};
use crate::state::{Project, StorageScope};

/// `UpdateStorageMode`.
pub(crate) fn change(project: &mut Project, call: &Call<'_>) -> Answer {
    let event = match call.text("storage_mode") {
        Some("WARM") => Event::Warm,
        Some("COLD") => Event::Cool,
        _ => Event::Restore,
    };
    let id = call.asset(project)?.id.clone();
    let is_busy = project.tasks.is_in_use(&id);
    let asset = call.asset(project)?;
    let is_there = asset.upload == Upload::Created;
    let next = asset.storage.after(event).filter(|_| is_there && !is_busy);
    if let Some(next) = next {
        asset.storage = next;
        asset.modified = call.context.now;
    }
    let status = if next.is_some() { "SUCCEED" } else { "FAILED" };
    Ok(json!({"task_result_array": [{"asset_id": id, "status": status}]}))
}

/// `ShowStorageModeType`.
pub(crate) fn show_scope(project: &mut Project, _: &Call<'_>) -> Answer {
    Ok(json!({"storage_mode_type": project.storage_scope.as_str()}))
}

/// `UpdateStorageModeType`.
pub(crate) fn change_scope(project: &mut Project, call: &Call<'_>) -> Answer {
    let given = call.text("storage_mode_type").and_then(StorageScope::of);
    project.storage_scope = given.unwrap_or(project.storage_scope);
    Ok(Value::Null)
}
