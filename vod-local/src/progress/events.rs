//! The events that the service sends, as the channels carry them.

use serde_json::{Value, json};
use vod_api::codes;

use super::Context;
use super::snapshots::{Kind, snapshot_file};
use crate::formats;
use crate::machine::{Review, TaskStatus};
use crate::state::{Asset, Output, Project, Task, Work};

/// The event of the end of a task, if there is one.
pub(super) fn of_task(project: &mut Project, context: &Context<'_>, task: &Task) {
    let Some(asset) = project.assets.get(&task.asset_id) else {
        return;
    };
    let (kind, member, more) = match task.work {
        Work::Transcode => (
            "transcodeComplete",
            "transcode_info",
            transcoded(context, asset, task),
        ),
        Work::Thumbnail => {
            // The snapshots were taken, which changed the task.
            let task = project.tasks.get(&task.id).unwrap_or(task);
            (
                "thumbnailComplete",
                "thumbnail_info",
                snapshots(context, task),
            )
        }
        Work::Review => ("reviewComplete", "review_info", reviewed(asset)),
        Work::ExtractAudio => (
            "audioExtractComplete",
            "audio_extract_info",
            created(context, asset),
        ),
        // Its success is told when the file arrives.
        Work::Copy | Work::Pull if task.status == TaskStatus::Failed => (
            "createComplete",
            "create_info",
            json!({"title": asset.title}),
        ),
        _ => return,
    };
    let info = match &task.fails_with {
        None => with(json!({"asset_id": asset.id, "status": "SUCCEED"}), more),
        Some(code) => {
            let message = codes::doc(code).unwrap_or("null");
            let failed = json!({
                "asset_id": asset.id, "status": "FAILED", "error_code": code, "error_msg": message,
            });
            match task.work {
                Work::Transcode => with(failed, json!({"template_group_name": group(task)})),
                _ => with(failed, json!({"title": asset.title})),
            }
        }
    };
    let event = json!({"event_type": kind, member: info});
    project.events.push(event);
}

/// The events of a file that has arrived.
pub(super) fn of_arrival(project: &mut Project, context: &Context<'_>, asset_id: &str) {
    let Some(asset) = project.assets.get(asset_id) else {
        return;
    };
    let done = json!({"asset_id": asset.id, "status": "SUCCEED"});
    let create = with(done.clone(), created(context, asset));
    let mut events = vec![json!({"event_type": "createComplete", "create_info": create})];
    if !formats::is_audio(&asset.video_type) {
        let url = context.viewer_url(&asset.id, &source_file(asset));
        let parse = with(
            done.clone(),
            json!({"original_url": url, "meta_data": meta_data(asset)}),
        );
        events.push(json!({"event_type": "parseComplete", "parse_info": parse}));
        // Where snapshots are taken, theirs is the only event about the cover.
        if asset.cover.is_none() && asset.plan.thumbnail.is_none() {
            let more = json!({"title": asset.title, "cover_type": "HEAD_FRAME_COVER"});
            let cover = with(done, more);
            events.push(json!({"event_type": "coverComplete", "cover_info": cover}));
        }
    }
    for event in events {
        project.events.push(event);
    }
}

/// The last part of the key of the source file.
pub(crate) fn source_file(asset: &Asset) -> String {
    let name = asset.object.rsplit('/').next();
    name.unwrap_or_default().to_owned()
}

fn with(mut object: Value, more: Value) -> Value {
    if let (Value::Object(object), Value::Object(more)) = (&mut object, more) {
        object.extend(more);
    }
    object
}

fn group(task: &Task) -> &Value {
    &task.details["template_group_name"]
}

fn transcoded(context: &Context<'_>, asset: &Asset, task: &Task) -> Value {
    let output = |output: &Output| {
        let seconds = asset
            .media
            .as_ref()
            .map_or(0, |media| media.duration_ms / 1000);
        let seconds = output.quality.as_ref().map_or(0, |_| seconds);
        let mut event = json!({
            "play_type": output.play_type,
            "url": context.viewer_url(&asset.id, &output.file),
            "encrypted": u8::from(output.encrypted),
            "meta_data": {
                "play_type": 0, "codec": "H_264", "duration": seconds, "videoSize": 0,
                "width": output.width, "hight": output.height, "bitRate": output.bit_rate,
                "frameRate": 0,
            },
        });
        if let Some(quality) = &output.quality {
            event["quality"] = quality.as_str().into();
        }
        event
    };
    let outputs: Vec<_> = asset.outputs.iter().map(output).collect();
    json!({"templateGroupName": group(task), "output": outputs})
}

fn snapshots(context: &Context<'_>, task: &Task) -> Value {
    let kind = Kind::of(&task.details);
    let offsets = task.result["offsets"].as_array().into_iter().flatten();
    let taken = offsets.enumerate().map(|(index, offset)| {
        let url = context.viewer_url(&task.asset_id, &snapshot_file(kind, &task.id, index));
        json!({"offset": offset, "url": url})
    });
    let taken: Vec<_> = taken.collect();
    let mut info = json!({"sample": [], "dots": []});
    info[kind.member()] = taken.into();
    info
}

fn reviewed(asset: &Asset) -> Value {
    let suggestion = match asset.review {
        Review::Blocked => "BLOCK",
        Review::Suspicious => "REVIEW",
        _ => "PASS",
    };
    json!({"suggestion": suggestion, "text": {"suggestion": "PASS"}, "cover": [], "video": []})
}

fn created(context: &Context<'_>, asset: &Asset) -> Value {
    json!({
        "title": asset.title,
        "url": context.viewer_url(&asset.id, &source_file(asset)),
        "meta_data": meta_data(asset),
    })
}

fn meta_data(asset: &Asset) -> Value {
    let Some(media) = &asset.media else {
        return json!({});
    };
    json!({
        "play_type": 0,
        "pack_type": asset.video_type,
        "codec": media.codec,
        "duration": media.duration_ms / 1000,
        "video_size": media.size,
        "width": media.width,
        "hight": media.height,
        "bit_rate": media.bit_rate,
        "frame_rate": media.frame_rate,
    })
}
