//! Tasks that cut parts out of media assets and join them.

use serde_json::{Value, json};
use vod_api::codes;

use super::lists::{Page, window};
use super::processing::check_ready;
use super::{Answer, Call, Refusal};
use crate::data::{Words, object};
use crate::formats;
use crate::machine::{Event, Machine};
use crate::progress::{Beginning, begin, percent};
use crate::state::{Asset, Project, Task, Work};

/// `CreateAssetEditTask`.
pub(crate) fn create(project: &mut Project, call: &Call<'_>) -> Answer {
    let settings = &call.parameters["editing_settings"];
    let format = settings["format"].as_str().unwrap_or("MP4");
    let inputs = call.parameters["inputs"].as_array();
    let inputs = inputs.into_iter().flatten();
    for input in inputs.clone() {
        let id = input["asset_id"].as_str().unwrap_or_default();
        let source = project.assets.get(id).ok_or_else(Refusal::unknown)?;
        check_ready(source)?;
        if formats::is_audio(format) && !formats::is_audio(&source.video_type) {
            let message = format!("A video cannot be turned into {format}, which is audio.");
            return Err(Refusal::parameter(message));
        }
        check_part(input)?;
    }
    let mut sources = inputs.filter_map(|input| project.assets.get(input["asset_id"].as_str()?));
    let first = sources.next().cloned().unwrap_or_default();
    let context = &call.context;
    let id = context.id(project, "asset");
    let file = context.id(project, "video");
    let extension = formats::extension(format);
    project.assets.insert(Asset {
        id: id.clone(),
        title: first.title,
        video_name: format!("{file}.{extension}"),
        video_type: format.to_owned(),
        category_id: first.category_id,
        object: format!("{}/{id}/{file}.{extension}", context.project_id),
        created: context.now,
        modified: context.now,
        ..Asset::default()
    });
    let beginning = Beginning {
        work: Work::Edit,
        asset_id: &id,
        details: call.parameters.clone(),
    };
    let task_id = begin(project, context, beginning);
    Ok(json!({"task_id": task_id, "asset_id": id}))
}

/// `DeleteAssetEditTask`.
pub(crate) fn cancel(project: &mut Project, call: &Call<'_>) -> Answer {
    let id = call.text("task_id").unwrap_or_default();
    let task = project.tasks.get(id);
    let task = task.filter(|task| task.work == Work::Edit);
    let task = task.ok_or_else(Refusal::unknown)?;
    let message = "The task does not wait: it runs, or is over.";
    let status = task.status.after(Event::Cancel);
    let status = status.ok_or_else(|| Refusal::state(message))?;
    let now = call.context.now;
    let asset_id = task.asset_id.clone();
    project.tasks.change(id, |task| {
        task.status = status;
        task.ended = Some(now);
    });
    if let Some(asset) = project.assets.get_mut(&asset_id) {
        asset.upload = asset.upload.after(Event::Cancel).unwrap_or(asset.upload);
        asset.modified = now;
    }
    Ok(Value::Null)
}

/// `ListAssetEditTask`.
pub(crate) fn list(project: &mut Project, call: &Call<'_>) -> Answer {
    let id = call.text("task_id").filter(|id| !id.is_empty());
    let is_edit = |task: &&Task| task.work == Work::Edit;
    let page = match id {
        Some(id) => Page::whole(project.tasks.get(id).filter(is_edit).into_iter().collect()),
        None => {
            let newest_first = project.tasks.iter().rev();
            window(call, newest_first.filter(is_edit).collect(), 10)
        }
    };
    let shown: Vec<_> = page.items.iter().map(|task| shown(call, task)).collect();
    let reply = json!({"total": page.total, "tasks": shown});
    let asked: Vec<_> = page.items.iter().map(|task| task.id.clone()).collect();
    for id in asked {
        project.tasks.change(&id, Task::ask);
    }
    Ok(reply)
}

fn shown(call: &Call<'_>, task: &Task) -> Value {
    object([
        ("task_id", task.id.as_str().into()),
        ("asset_id", task.asset_id.as_str().into()),
        ("status", task.status.as_str().into()),
        ("progress", percent(task, &call.context).into()),
        ("create_time", task.created.rfc3339().into()),
        ("end_time", task.ended.map(|ended| ended.rfc3339()).into()),
    ])
}

/// Whether a part has a start, and an end after it.
fn check_part(input: &Value) -> Result<(), Refusal> {
    let second = |name: &str| {
        let text = input[name].as_str().unwrap_or_default();
        let second = text.trim().parse::<f64>().ok();
        second
            .filter(|second| second.is_finite() && *second >= 0.0)
            .ok_or_else(|| {
                Refusal::parameter(format!("{name} must be a number of seconds, got {text:?}"))
            })
    };
    if second("timeline_start")? < second("timeline_end")? {
        return Ok(());
    }
    let message = "The part to cut is too short: its end is not after its start.";
    Err(Refusal::new(codes::CLIP_TOO_SHORT, message))
}
