//! `CreateAssetByFileUpload` and `UpdateAsset`: media assets whose files are uploaded.

use serde_json::{Value, json};
use vod_api::codes;

use super::files::Files;
use super::{LOCATION, described};
use crate::machine::{Event, Machine};
use crate::operations::{Answer, Call, Refusal};
use crate::state::{Asset, Project};
use crate::store::BUCKET;

pub(crate) fn create(project: &mut Project, call: &Call<'_>) -> Answer {
    let asset = described(call, project, call.parameters)?;
    let id = call.context.id(project, "asset");
    let files = Files::of(call, project, &id);
    let object = files.video.unwrap_or_default();
    let mut reply = Value::Object(files.urls);
    reply["asset_id"] = id.as_str().into();
    reply["target"] = json!({"bucket": BUCKET, "location": LOCATION, "object": object});
    project.assets.insert(Asset {
        id,
        object,
        cover: files.cover,
        subtitles: files.subtitles,
        ..asset
    });
    Ok(reply)
}

pub(crate) fn update(project: &mut Project, call: &Call<'_>) -> Answer {
    let asset = call.asset(project)?;
    let upload = match call.text("video_name") {
        Some(_) => asset.upload.after(Event::Ask),
        None => Some(asset.upload),
    };
    let message = "The media asset cannot be updated in its present state.";
    let upload = upload.ok_or_else(|| Refusal::new(codes::ASSET_NOT_UPDATABLE, message))?;
    let id = asset.id.clone();
    let files = Files::of(call, project, &id);
    let asset = call.asset(project)?;
    asset.modified = call.context.now;
    asset.upload = upload;
    if let Some(object) = files.video {
        asset.object = object;
        let text = |name| call.text(name).unwrap_or_default().to_owned();
        asset.video_name = text("video_name");
        asset.video_type = text("video_type");
    }
    asset.cover = files.cover.or(asset.cover.take());
    for subtitle in files.subtitles {
        asset
            .subtitles
            .retain(|known| known.object != subtitle.object);
        asset.subtitles.push(subtitle);
    }
    let mut reply = Value::Object(files.urls);
    reply["asset_id"] = id.into();
    Ok(reply)
}
