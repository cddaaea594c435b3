//! `CreateAssetProcessTask` and `CancelAssetTranscodeTask`.

use serde_json::{Value, json};

use super::ready;
use crate::formats;
use crate::machine::{Event, Machine, TaskStatus};
use crate::operations::{Answer, Call, Refusal};
use crate::progress::{Beginning, begin, offsets};
use crate::state::{Project, Work};

pub(crate) fn process(project: &mut Project, call: &Call<'_>) -> Answer {
    let asset = ready(project, call)?;
    let group = call
        .text("template_group_name")
        .filter(|name| !name.is_empty());
    let thumbnail = &call.parameters["thumbnail"];
    if formats::is_audio(&asset.video_type) {
        return Err(Refusal::state(
            "Audio files cannot be transcoded and have no snapshots.",
        ));
    }
    if group.is_some() && asset.transcode.after(Event::Ask).is_none() {
        return Err(Refusal::state("The media asset is being transcoded."));
    }
    if thumbnail.is_object() && asset.thumbnail.after(Event::Ask).is_none() {
        return Err(Refusal::state(
            "Snapshots of the media asset are being taken.",
        ));
    }
    let id = asset.id.clone();
    let seconds = asset
        .media
        .as_ref()
        .map_or(0, |media| media.duration_ms / 1000);
    let seconds = i64::try_from(seconds).unwrap_or(0);
    let mut reply = json!({"asset_id": id});
    let mut begin = |work, details| {
        let beginning = Beginning {
            work,
            asset_id: &id,
            details,
        };
        begin(project, &call.context, beginning)
    };
    if let Some(group) = group {
        let encrypt = u8::from(call.flag("auto_encrypt").unwrap_or(false));
        let subtitles = &call.parameters["subtitle_id"];
        let details = json!({
            "template_group_name": group, "auto_encrypt": encrypt, "subtitle_id": subtitles,
        });
        begin(Work::Transcode, details);
    }
    if thumbnail.is_object() {
        let several = offsets(thumbnail, seconds).len() > 1;
        let task_id = begin(Work::Thumbnail, thumbnail.clone());
        if several {
            reply["thumbnail_task_id"] = task_id.into();
        }
    }
    Ok(reply)
}

pub(crate) fn cancel_transcoding(project: &mut Project, call: &Call<'_>) -> Answer {
    let asset = call.asset(project)?;
    // Where earlier outputs are still there, they stay.
    let event = match asset.outputs.as_slice() {
        [] => Event::Cancel,
        _ => Event::Restore,
    };
    let next = asset.transcode.after(event);
    let message = "Transcoding does not wait: it runs, is over, or was not asked for.";
    let id = asset.id.clone();
    let task = project.tasks.last(&id, Work::Transcode);
    let task = task.filter(|task| task.status == TaskStatus::Waiting);
    let task = task.map(|task| task.id.clone());
    let (Some(next), Some(task)) = (next, task) else {
        return Err(Refusal::state(message));
    };
    project.tasks.remove(&task);
    let asset = call.asset(project)?;
    asset.transcode = next;
    asset.plan.publish = false;
    asset.stale = None;
    asset.modified = call.context.now;
    Ok(Value::Null)
}
