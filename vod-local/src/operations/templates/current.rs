//! The form of today: `CreateTranscodeTemplate` and its like.

use serde_json::{Value, json};

use super::given::Given;
use super::{add, change};
use crate::data::{Words, object};
use crate::operations::lists::{Page, window};
use crate::operations::{Answer, Call};
use crate::state::{Project, Stream, Template};

/// `CreateTranscodeTemplate`.
pub(crate) fn create(project: &mut Project, call: &Call<'_>) -> Answer {
    let id = add(project, call, given(call))?;
    Ok(json!({"group_id": id}))
}

/// `UpdateTranscodeTemplate`.
pub(crate) fn update(project: &mut Project, call: &Call<'_>) -> Answer {
    let given = Given {
        is_default: Some(call.parameters["is_default"] == true),
        ..given(call)
    };
    change(project, call, given)
}

/// `ListTranscodeTemplate`.
pub(crate) fn list(project: &mut Project, call: &Call<'_>) -> Answer {
    let id = call.text("group_id").filter(|id| !id.is_empty());
    let text = call.text("query_string").unwrap_or_default().to_lowercase();
    let only_default = call.parameters["is_default"] == true;
    let has_text = |text_of: &str| text_of.to_lowercase().contains(&text);
    let found: Vec<_> = project
        .all_templates()
        .filter(|template| match id {
            Some(id) => template.id == id,
            None => {
                let description = template.description.as_deref().unwrap_or_default();
                (template.is_default || !only_default)
                    && (has_text(&template.name) || has_text(description))
            }
        })
        .collect();
    let page = match id {
        Some(_) => Page::whole(found),
        None => window(call, found, 10),
    };
    let shown: Vec<_> = page.items.iter().map(|template| shown(template)).collect();
    Ok(json!({"template_group_list": shown, "total": page.total}))
}

fn given(call: &Call<'_>) -> Given {
    let parameters = call.parameters;
    let text = |name| call.text(name).map(str::to_owned);
    let list = |name: &str| parameters[name].as_array().filter(|list| !list.is_empty());
    let mut common = parameters["common"].as_object().cloned();
    let format = common.as_mut().and_then(|common| common.remove("format"));
    let stream = |given: &Value| {
        let part = |name: &str| given.get(name).filter(|part| part.is_object()).cloned();
        Stream {
            format: String::new(),
            video: part("video"),
            audio: part("audio"),
        }
    };
    Given {
        name: text("name"),
        description: text("description"),
        is_default: parameters["is_default"].as_bool(),
        encrypted: parameters["is_auto_encrypt"].as_bool(),
        streams: list("quality_info_list").map(|list| list.iter().map(stream).collect()),
        format: format.as_ref().and_then(Value::as_str).map(str::to_owned),
        common: common.map(Value::Object),
        manifests: list("additional_manifests").map(|list| list.clone().into()),
        watermarks: call.texts("watermark_template_ids").map(owned),
    }
}

pub(super) fn owned(texts: Vec<&str>) -> Vec<String> {
    texts.into_iter().map(str::to_owned).collect()
}

fn shown(template: &Template) -> Value {
    let streams = template.streams.iter().map(|stream| {
        let mut video = stream.video.clone();
        // The form of today has no word for it.
        if let Some(video) = video.as_mut().filter(|video| video["quality"] == "AD") {
            video["quality"] = "UNKNOW".into();
        }
        object([
            ("video", video.into()),
            ("audio", stream.audio.clone().into()),
        ])
    });
    object([
        ("group_id", template.id.as_str().into()),
        ("name", template.name.as_str().into()),
        ("is_default", template.is_default.into()),
        ("type", template.kind.as_str().into()),
        ("is_auto_encrypt", template.encrypted.into()),
        ("additional_manifests", template.manifests.clone().into()),
        ("quality_info_list", streams.collect()),
        ("watermark_template_ids", template.watermarks.clone().into()),
        ("description", template.description.clone().into()),
        ("common", shown_common(template)),
    ])
}

/// The shared settings, with the documented values of what was left out.
fn shown_common(template: &Template) -> Value {
    let mut shown = json!({
        "pvc": false, "audio_codec": "AAC", "is_black_cut": false, "format": template.format(),
        "hls_interval": 5, "upsample": false, "adaptation": "NONE", "preset": 0,
        "max_iframes_interval": 5, "hls_audio_separate": false, "hls_segment_type": "TS",
    });
    let common = template.common.as_ref().and_then(Value::as_object);
    for (name, value) in common.into_iter().flatten() {
        let is_of_old = name == "pvc_version" || value == "UNKNOW";
        if !is_of_old && !value.is_null() {
            shown[name] = value.clone();
        }
    }
    shown
}
