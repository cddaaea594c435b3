//! The outputs of transcoding.

use serde_json::{Value, json};
use vod_api::model::{MediaQuality, OutputQuality};

use crate::operations::Call;
use crate::state::{Asset, Output};

/// As `ShowAssetDetail` has them.
pub(in crate::operations) fn outputs(call: &Call<'_>, asset: &Asset) -> Vec<Value> {
    let outputs = asset.outputs.iter().map(|output| {
        let mut shown = common(call, asset, output);
        shown["play_type"] = output.play_type.as_str().into();
        let quality = output.quality.as_deref().unwrap_or_default();
        // The lists of the levels differ, and templates have more.
        if OutputQuality::KNOWN.iter().any(|it| it.as_str() == quality) {
            shown["quality"] = quality.into();
        }
        if MediaQuality::KNOWN.iter().any(|it| it.as_str() == quality) {
            shown["meta_data"]["quality"] = quality.into();
        }
        shown
    });
    outputs.collect()
}

/// As `ShowAssetMeta` has them.
pub(in crate::operations) fn play_info(call: &Call<'_>, asset: &Asset) -> Vec<Value> {
    // It has no word for audio.
    let videos = asset.outputs.iter();
    let videos = videos.filter(|output| !["MP3", "AAC"].contains(&output.play_type.as_str()));
    let outputs = videos.map(|output| {
        let mut shown = common(call, asset, output);
        shown["play_type"] = output.play_type.to_lowercase().into();
        shown
    });
    outputs.collect()
}

fn common(call: &Call<'_>, asset: &Asset, output: &Output) -> Value {
    let mut shown = json!({
        "url": call.context.viewer_url(&asset.id, &output.file),
        "group_id": output.group_id,
        "group_name": output.group_name,
        "encrypted": u8::from(output.encrypted),
    });
    if output.quality.is_some() {
        let duration_ms = asset.media.as_ref().map_or(0, |media| media.duration_ms);
        shown["meta_data"] = json!({
            "codec": "H.264",
            "audio_codec": "AAC",
            "duration": duration_ms / 1000,
            "duration_ms": duration_ms,
            // kbit/s times milliseconds are bits.
            "video_size": output.bit_rate * duration_ms / 8,
            "width": output.width,
            "height": output.height,
            "hight": output.height,
            "bit_rate": output.bit_rate,
        });
    }
    shown
}
