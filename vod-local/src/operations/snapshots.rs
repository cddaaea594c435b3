//! Snapshots of media assets, task by task.

use serde_json::{Value, json};

use super::lists::window;
use super::view;
use super::{Answer, Call, Refusal};
use crate::machine::{Event, Machine, TaskStatus};
use crate::progress::{Kind, snapshot_file};
use crate::state::{Project, Task, Work};

/// `ListThumbnailInfo`.
pub(crate) fn list(project: &mut Project, call: &Call<'_>) -> Answer {
    let fits = |task: &&Task| {
        task.work == Work::Thumbnail
            && call.text("asset_id").is_none_or(|id| task.asset_id == id)
            && call.text("task_id").is_none_or(|id| task.id == id)
    };
    let found: Vec<_> = project.tasks.iter().rev().filter(fits).collect();
    let page = window(call, found, 10);
    let shown: Vec<_> = page
        .items
        .iter()
        .map(|task| task.asset_id.clone())
        .collect();
    let tasks = page.items.iter().map(|task| {
        json!({
            "task_id": task.id,
            "thumbnail_para": task.details,
            "thumbnail_count": count(task),
        })
    });
    let reply = json!({"total": page.total, "thumbnails": tasks.collect::<Vec<_>>()});
    view::shown(project, &shown);
    Ok(reply)
}

/// `ListThumbnailDetails`.
pub(crate) fn list_details(project: &mut Project, call: &Call<'_>) -> Answer {
    let task = call.text("task_id").and_then(|id| project.tasks.get(id));
    let task = task.filter(|task| task.work == Work::Thumbnail);
    let task = task.ok_or_else(Refusal::unknown)?;
    let asset_id = task.asset_id.clone();
    let page = window(call, images(call, task).collect(), 20);
    view::shown(project, &[asset_id]);
    Ok(json!({"total": page.total, "thumbnail_result": page.items}))
}

/// `DeleteThumbnails`.
pub(crate) fn delete(project: &mut Project, call: &Call<'_>) -> Answer {
    let asset_id = call.text("asset_id").filter(|id| !id.is_empty());
    let task_ids: Vec<String> = match (call.texts("task_id"), asset_id) {
        (Some(ids), _) => ids.into_iter().map(str::to_owned).collect(),
        (None, Some(asset_id)) => {
            call.asset(project)?;
            let tasks = project.tasks.of(asset_id);
            let tasks = tasks.filter(|task| task.work == Work::Thumbnail);
            tasks.map(|task| task.id.clone()).collect()
        }
        (None, None) => Vec::new(),
    };
    let results = task_ids.into_iter().map(|task_id| {
        let task = project.tasks.get(&task_id).filter(|task| {
            task.work == Work::Thumbnail
                && !task.status.is_open()
                && asset_id.is_none_or(|id| task.asset_id == id)
        });
        let of = task.map(|task| task.asset_id.clone());
        let status = if of.is_some() { "DELETED" } else { "FAILED" };
        if let Some(of) = &of {
            delete_task(project, &task_id, of);
        }
        json!({"asset_id": of.as_deref().or(asset_id), "task_id": task_id, "status": status})
    });
    let results: Vec<_> = results.map(without_null).collect();
    Ok(json!({"delete_result_array": results}))
}

fn delete_task(project: &mut Project, task_id: &str, asset_id: &str) {
    let files = project.tasks.remove(task_id).map(|task| {
        let kind = Kind::of(&task.details);
        (0..count(&task)).map(move |index| snapshot_file(kind, &task.id, index))
    });
    let mut left = project
        .tasks
        .of(asset_id)
        .filter(|task| task.work == Work::Thumbnail);
    let has_left = left.any(|task| count(task) > 0 || task.status.is_open());
    if let Some(asset) = project.assets.get_mut(asset_id) {
        let cover = asset.cover_snapshot.clone();
        if files.is_some_and(|mut files| files.any(|file| Some(file) == cover)) {
            asset.cover_snapshot = None;
        }
        if !has_left {
            asset.thumbnail = asset
                .thumbnail
                .after(Event::Clear)
                .unwrap_or(asset.thumbnail);
        }
    }
}

fn without_null(mut entry: Value) -> Value {
    if let Some(entry) = entry.as_object_mut() {
        entry.retain(|_, value| !value.is_null());
    }
    entry
}

/// How many snapshots a task took.
fn count(task: &Task) -> usize {
    match task.status {
        TaskStatus::Succeeded => task.result["offsets"].as_array().map_or(0, Vec::len),
        _ => 0,
    }
}

/// The snapshots that a task took.
pub(super) fn images(call: &Call<'_>, task: &Task) -> impl Iterator<Item = Value> {
    let kind = Kind::of(&task.details);
    let offsets = task.result["offsets"].as_array().into_iter().flatten();
    offsets.enumerate().map(move |(index, offset)| {
        let file = snapshot_file(kind, &task.id, index);
        json!({"offset": offset, "url": call.context.viewer_url(&task.asset_id, &file)})
    })
}
