//! `UpdateCoverByThumbnail`.

use serde_json::Value;

use crate::operations::{Answer, Call, Refusal};
use crate::progress::{Kind, snapshot_file};
use crate::state::{Project, Work};

pub(crate) fn set_cover(project: &mut Project, call: &Call<'_>) -> Answer {
    let url = call.text("thumbnailUrl").unwrap_or_default();
    let url = url.split(['?', '#']).next().unwrap_or_default();
    // As in `…/asset/{asset_id}/snapshot/sample/0.jpg`.
    let (_, rest) = url.rsplit_once("/asset/").ok_or_else(Refusal::unknown)?;
    let (asset_id, file) = rest.split_once('/').ok_or_else(Refusal::unknown)?;
    let mut tasks = project
        .tasks
        .of(asset_id)
        .filter(|task| task.work == Work::Thumbnail);
    let is_there = tasks.any(|task| {
        let kind = Kind::of(&task.details);
        let taken = task.result["offsets"].as_array().map_or(0, Vec::len);
        (0..taken).any(|index| snapshot_file(kind, &task.id, index) == file)
    });
    let asset = project.assets.get_mut(asset_id).filter(|_| is_there);
    let asset = asset.ok_or_else(Refusal::unknown)?;
    asset.cover_snapshot = Some(file.to_owned());
    asset.modified = call.context.now;
    Ok(Value::Null)
}
