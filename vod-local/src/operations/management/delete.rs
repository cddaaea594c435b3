//! `DeleteAssets`.

use serde_json::json;

use crate::operations::{Answer, Call};
use crate::state::Project;

pub(crate) fn delete(project: &mut Project, call: &Call<'_>) -> Answer {
    let source_only = call.text("delete_type") == Some("origin");
    let ids = call.texts("asset_id").unwrap_or_default();
    let results = ids.into_iter().map(|id| {
        let done = if project.tasks.is_in_use(id) {
            false
        } else if source_only {
            delete_source(project, call, id)
        } else {
            delete_all(project, call, id)
        };
        json!({"asset_id": id, "status": if done { "DELETED" } else { "FAILED" }})
    });
    let results: Vec<_> = results.collect();
    Ok(json!({"delete_result_array": results}))
}

fn delete_source(project: &mut Project, call: &Call<'_>, id: &str) -> bool {
    let Some(asset) = project.assets.get_mut(id) else {
        return false;
    };
    call.context.store.remove(&asset.object);
    asset.without_source = true;
    asset.modified = call.context.now;
    true
}

fn delete_all(project: &mut Project, call: &Call<'_>, id: &str) -> bool {
    let Some(asset) = project.assets.remove(id) else {
        return false;
    };
    project.tasks.remove_of(id);
    let subtitles = asset.subtitles.into_iter().map(|subtitle| subtitle.object);
    for key in subtitles.chain(asset.cover).chain([asset.object]) {
        call.context.store.remove(&key);
        call.context.store.abort_all(&key);
    }
    true
}
