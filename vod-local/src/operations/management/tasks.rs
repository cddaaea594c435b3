//! `ListAssetTaskInfo`.

use serde_json::{Value, json};

use crate::data::Words;
use crate::machine::TaskStatus;
use crate::operations::lists::Period;
use crate::operations::{Answer, Call, Refusal};
use crate::progress::percent;
use crate::state::{Project, Task, Work};

pub(crate) fn list_tasks(project: &mut Project, call: &Call<'_>) -> Answer {
    let work = match call.text("type") {
        Some("THUMBNAIL") => Work::Thumbnail,
        _ => Work::Transcode,
    };
    let statuses = call.texts("status");
    let created = Period::of(call, "create_time_after", "create_time_before");
    let ended = Period::of(call, "end_time_after", "end_time_before");
    let fits = |task: &&Task| {
        task.work == work
            && call.text("task_id").is_none_or(|id| task.id == id)
            && statuses
                .as_ref()
                .is_none_or(|wanted| wanted.contains(&task.status.as_str()))
            && created.has_before_end(task.created)
            && (ended.is_unlimited() || task.ended.is_some_and(|at| ended.has_before_end(at)))
    };
    let fitting: Vec<_> = match call.text("asset_id") {
        Some(id) => project.tasks.of(id).filter(fits).collect(),
        None => project.tasks.iter().filter(fits).collect(),
    };
    let hidden: Vec<_> = fitting
        .iter()
        .filter(|task| task.hidden > 0)
        .map(|task| task.id.clone())
        .collect();
    let mut visible: Vec<_> = fitting
        .into_iter()
        .filter(|task| task.hidden == 0)
        .collect();
    // The newest comes first.
    visible.reverse();
    let count = visible.len();
    let start = match call.text("marker").filter(|marker| !marker.is_empty()) {
        // A page begins with the task that its marker names.
        Some(marker) => {
            let place = visible.iter().position(|task| task.id == marker);
            place.ok_or_else(|| Refusal::parameter("marker is not one that a reply had"))?
        }
        None => 0,
    };
    let limit = call
        .number("limit")
        .and_then(|limit| usize::try_from(limit).ok())
        .unwrap_or(10);
    let mut rest = visible.into_iter().skip(start);
    let page: Vec<_> = rest.by_ref().take(limit).collect();
    let results: Vec<_> = page.iter().map(|task| shown(call, task)).collect();
    let mut reply = json!({"results": results, "count": count});
    if let Some(next) = rest.next() {
        reply["next_marker"] = next.id.as_str().into();
    }
    let asked: Vec<_> = page.iter().map(|task| task.id.clone()).collect();
    for id in hidden {
        project.tasks.change(&id, |task| task.hidden -= 1);
    }
    for id in asked {
        project.tasks.change(&id, Task::ask);
    }
    Ok(reply)
}

fn shown(call: &Call<'_>, task: &Task) -> Value {
    let mut shown = json!({
        "type": task.work.as_str(),
        "asset_id": task.asset_id,
        "status": task.status.as_str(),
        "create_time": task.created.rfc3339(),
    });
    if let Some(ended) = task.ended {
        shown["end_time"] = ended.rfc3339().into();
    }
    if task.work == Work::Transcode {
        let seconds = |from, to| match (from, to) {
            (Some(from), Some(to)) => {
                let to: crate::state::Moment = to;
                i64::try_from(to.since(from).as_secs()).unwrap_or(-1)
            }
            _ => -1,
        };
        let mut result = json!({
            "template_name": task.details["template_group_name"],
            "progress": percent(task, &call.context),
            "waiting_time": seconds(Some(task.created), task.started),
            "process_time": seconds(task.started, task.ended),
        });
        if let Some(started) = task.started.filter(|_| task.status != TaskStatus::Waiting) {
            result["start_time"] = started.rfc3339().into();
        }
        shown["transcode_result"] = result;
    }
    shown
}
