//! The historical form: `CreateTemplateGroup` and its like.

use serde_json::{Map, Value, json};

use super::current::owned;
use super::given::Given;
use super::{add, change};
use crate::data::{Words, object};
use crate::operations::lists::{Page, page};
use crate::operations::{Answer, Call};
use crate::state::{Project, Stream, Template};

/// Sampling rates; the historical form has their numbers, from 1.
const RATES: [&str; 6] = [
    "AUDIO_SAMPLE_AUTO",
    "AUDIO_SAMPLE_22050",
    "AUDIO_SAMPLE_32000",
    "AUDIO_SAMPLE_44100",
    "AUDIO_SAMPLE_48000",
    "AUDIO_SAMPLE_96000",
];

/// `CreateTemplateGroup`. Its status does not allow a body.
pub(crate) fn create_group(project: &mut Project, call: &Call<'_>) -> Answer {
    add(project, call, given(call))?;
    Ok(Value::Null)
}

/// `UpdateTemplateGroup`.
pub(crate) fn update_group(project: &mut Project, call: &Call<'_>) -> Answer {
    change(project, call, given(call))
}

/// `ListTemplateGroup`.
pub(crate) fn list_groups(project: &mut Project, call: &Call<'_>) -> Answer {
    let id = call.text("group_id").filter(|id| !id.is_empty());
    let found = project.all_templates();
    let found = found.filter(|template| id.is_none_or(|id| template.id == id));
    let found: Vec<_> = found.collect();
    let page = match id {
        Some(_) => Page::whole(found),
        None => page(call, found)?,
    };
    let shown: Vec<_> = page.items.iter().map(|template| shown(template)).collect();
    Ok(json!({"template_group_list": shown, "total": page.total}))
}

fn given(call: &Call<'_>) -> Given {
    let text = |name| call.text(name).map(str::to_owned);
    let list = call.parameters["quality_info_list"].as_array();
    let list = list.filter(|list| !list.is_empty());
    Given {
        name: text("name"),
        description: text("description"),
        is_default: call.flag("status"),
        encrypted: call.flag("auto_encrypt"),
        streams: list.map(|list| list.iter().map(stream).collect()),
        common: call.parameters["common"].as_object().map(common),
        watermarks: call.texts("watermark_template_ids").map(owned),
        ..Given::default()
    }
}

fn stream(given: &Value) -> Stream {
    let part = |name: &str| given.get(name).filter(|part| part.is_object()).cloned();
    let video = part("video").map(|mut video| {
        // 1 is the rate of the source, which is 0 today.
        let rate = video["frame_rate"].as_i64().unwrap_or(1);
        video["frame_rate"] = if rate == 1 { 0 } else { rate }.into();
        video["bitrate"] = video["bitrate"].as_i64().unwrap_or(0).into();
        video
    });
    let audio = part("audio").map(|audio| {
        let rate = audio["sample_rate"]
            .as_u64()
            .and_then(|it| it.checked_sub(1));
        let rate = rate.and_then(|index| RATES.get(usize::try_from(index).ok()?));
        let channels = match audio["channels"].as_i64() {
            Some(1) => "AUDIO_CHANNELS_1",
            _ => "AUDIO_CHANNELS_2",
        };
        json!({
            "sample_rate": rate.copied().unwrap_or("AUDIO_SAMPLE_AUTO"),
            "bitrate": audio["bitrate"].as_i64().unwrap_or(0),
            "channels": channels,
        })
    });
    Stream {
        format: given["format"].as_str().unwrap_or_default().to_owned(),
        video,
        audio,
    }
}

fn common(given: &Map<String, Value>) -> Value {
    let mut common = Value::Object(given.clone());
    common["pvc"] = matches!(given.get("pvc").and_then(Value::as_str), Some("1" | "2")).into();
    // The short side decided before there was a choice.
    common["adaptation"] = "SHORT".into();
    common
}

/// A template as the historical operations and the sets show it.
pub(in crate::operations) fn shown(template: &Template) -> Value {
    let flag = |flag: bool| i64::from(flag);
    object([
        ("group_id", template.id.as_str().into()),
        ("name", template.name.as_str().into()),
        ("status", flag(template.is_default).to_string().into()),
        ("type", template.kind.as_str().into()),
        ("auto_encrypt", flag(template.encrypted).into()),
        (
            "quality_info_list",
            template.streams.iter().map(shown_stream).collect(),
        ),
        ("watermark_template_ids", template.watermarks.clone().into()),
        ("description", template.description.clone().into()),
        ("common", shown_common(template)),
    ])
}

fn shown_stream(stream: &Stream) -> Value {
    let video = stream.video.as_ref().map(|video| {
        let rate = video["frame_rate"].as_i64().filter(|rate| *rate != 0);
        object([
            ("quality", video["quality"].clone()),
            ("width", video["width"].clone()),
            ("height", video["height"].clone()),
            ("bitrate", video["bitrate"].clone()),
            ("frame_rate", rate.unwrap_or(1).into()),
        ])
    });
    let audio = stream.audio.as_ref().map(|audio| {
        let rate = RATES.iter().position(|rate| audio["sample_rate"] == *rate);
        let is_mono = audio["channels"] == "AUDIO_CHANNELS_1";
        json!({
            "sample_rate": rate.unwrap_or(0) + 1,
            "bitrate": audio["bitrate"].as_i64().unwrap_or(0),
            "channels": if is_mono { 1 } else { 2 },
        })
    });
    object([
        ("video", video.into()),
        ("audio", audio.into()),
        ("format", stream.format.as_str().into()),
    ])
}

fn shown_common(template: &Template) -> Value {
    let member = |name: &str| {
        let common = template.common.as_ref();
        common.map_or(Value::Null, |common| common[name].clone())
    };
    let audio_codec = match member("audio_codec") {
        Value::Null => "AAC".into(),
        codec => codec,
    };
    object([
        ("pvc", if member("pvc") == true { "1" } else { "0" }.into()),
        ("pvc_version", member("pvc_version")),
        ("video_codec", member("video_codec")),
        ("audio_codec", audio_codec),
        (
            "hls_interval",
            member("hls_interval").as_i64().unwrap_or(5).into(),
        ),
    ])
}
