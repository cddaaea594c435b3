//! What replies say of a media asset and its file.

use serde_json::{Value, json};

use crate::operations::Call;
use crate::operations::upload::LOCATION;
use crate::progress::source_file;
use crate::state::{Asset, Project};
use crate::store::BUCKET;

/// The built-in category.
pub(in crate::operations) const OTHER: (i64, &str) = (-1, "Other");

pub(in crate::operations) fn base_info(call: &Call<'_>, project: &Project, asset: &Asset) -> Value {
    let (category_id, category_name) = category(project, asset);
    let url = |file: &str| call.context.viewer_url(&asset.id, file);
    let place = |object: &str| json!({"bucket": BUCKET, "location": LOCATION, "object": object});
    let mut info = json!({
        "title": asset.title,
        "video_name": asset.video_name,
        "video_type": asset.video_type,
        "category_id": category_id,
        "category_name": category_name,
        "create_time": asset.created.compact(),
        "last_modified": asset.modified.compact(),
        "source_path": place(&asset.object),
        "cover_info_array": covers(call, asset),
    });
    let folder = asset
        .object
        .rsplit_once('/')
        .map_or("", |(folder, _)| folder);
    let has_file = asset.media.is_some() && !asset.without_source;
    let subtitles = asset.subtitles.iter().map(|subtitle| {
        let name = subtitle.object.rsplit('/').next().unwrap_or_default();
        json!({
            "id": subtitle.number,
            "type": subtitle.format,
            "language": subtitle.language,
            "url": url(&format!("subtitle/{name}")),
        })
    });
    let subtitles: Vec<_> = subtitles.collect();
    let more = [
        ("description", asset.description.clone().map(Value::from)),
        ("tags", asset.tags.clone().map(Value::from)),
        ("meta_data", meta_data(asset)),
        (
            "video_url",
            has_file.then(|| source_url(call, asset).into()),
        ),
        (
            "subtitle_info",
            (!subtitles.is_empty()).then(|| subtitles.into()),
        ),
        (
            "output_path",
            (!asset.outputs.is_empty()).then(|| place(&format!("{folder}/play_video/"))),
        ),
    ];
    for (name, value) in more {
        if let Some(value) = value {
            info[name] = value;
        }
    }
    info
}

pub(in crate::operations) fn source_url(call: &Call<'_>, asset: &Asset) -> String {
    call.context.viewer_url(&asset.id, &source_file(asset))
}

/// The id and the name of the category.
pub(in crate::operations) fn category<'p>(project: &'p Project, asset: &Asset) -> (i64, &'p str) {
    let known = asset
        .category_id
        .and_then(|id| project.categories.get(&id.to_string()));
    known.map_or(OTHER, |category| {
        (category.number(), category.name.as_str())
    })
}

pub(in crate::operations) fn covers(call: &Call<'_>, asset: &Asset) -> Value {
    let uploaded = asset.cover.as_deref().map(|object| {
        let name = object.rsplit('/').next().unwrap_or_default();
        format!("cover/{name}")
    });
    let first_frame = || (asset.media.as_ref()?.width > 0).then(|| "cover/Cover0.jpg".to_owned());
    let file = asset
        .cover_snapshot
        .clone()
        .or(uploaded)
        .or_else(first_frame);
    let url = file.map(|file| call.context.viewer_url(&asset.id, &file));
    url.into_iter()
        .map(|url| json!({"cover_url": url}))
        .collect()
}

/// What the service found out about the file.
fn meta_data(asset: &Asset) -> Option<Value> {
    let media = asset.media.as_ref()?;
    let mut data = json!({
        "codec": media.codec,
        "audio_codec": media.audio_codec,
        "duration": media.duration_ms / 1000,
        "duration_ms": media.duration_ms,
        "video_size": media.size,
        "bit_rate": media.bit_rate,
    });
    if media.width > 0 {
        data["width"] = media.width.into();
        data["height"] = media.height.into();
        data["hight"] = media.height.into();
        data["frame_rate"] = media.frame_rate.into();
    }
    Some(data)
}
