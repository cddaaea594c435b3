//! `CreateExtractAudioTask` and `CancelExtractAudioTask`.

use serde_json::{Value, json};

use super::ready;
use crate::formats;
use crate::machine::{Event, Machine, TaskStatus};
use crate::operations::{Answer, Call, Refusal};
use crate::progress::{Beginning, begin};
use crate::state::{Asset, Project, Work};

pub(crate) fn extract(project: &mut Project, call: &Call<'_>) -> Answer {
    let video = ready(project, call)?;
    if formats::is_audio(&video.video_type) {
        return Err(Refusal::state("The media asset is audio already."));
    }
    let video = video.clone();
    let format = call.parameters["parameter"]["format"]
        .as_str()
        .unwrap_or("MP3");
    let now = call.context.now;
    let id = call.context.id(project, "asset");
    let file = call.context.id(project, "video");
    let project_id = call.context.project_id;
    project.assets.insert(Asset {
        id: id.clone(),
        title: video.title,
        video_name: format!("{}.{}", video.video_name, formats::extension(format)),
        video_type: format.to_owned(),
        category_id: video.category_id,
        object: format!("{project_id}/{id}/{file}.{}", formats::extension(format)),
        created: now,
        modified: now,
        ..Asset::default()
    });
    let beginning = Beginning {
        work: Work::ExtractAudio,
        asset_id: &id,
        details: json!({"video": video.id}),
    };
    begin(project, &call.context, beginning);
    Ok(json!({"asset_id": video.id, "audio_asset_id": id}))
}

pub(crate) fn cancel_extraction(project: &mut Project, call: &Call<'_>) -> Answer {
    let named = call.asset(project)?.id.clone();
    // The docs do not say whether the video or the audio is named.
    let waiting = project.tasks.open().filter(|task| {
        task.work == Work::ExtractAudio
            && task.status == TaskStatus::Waiting
            && (task.asset_id == named || task.details["video"] == named.as_str())
    });
    let newest = waiting.max_by_key(|task| task.created);
    let message = "The extraction of audio does not wait: it runs, is over, or was not asked for.";
    let newest = newest.ok_or_else(|| Refusal::state(message))?;
    let (task, audio) = (newest.id.clone(), newest.asset_id.clone());
    project.tasks.remove(&task);
    if let Some(audio) = project.assets.get_mut(&audio) {
        audio.upload = audio.upload.after(Event::Cancel).unwrap_or(audio.upload);
        audio.modified = call.context.now;
    }
    Ok(Value::Null)
}
