//! All URLs of a reply.

use serde_json::{Value, json};

use crate::model::{ShowAssetDetailResponse, ShowAssetMetaResponse};
use crate::playback::tests::{AT, HOUR, signer, time};
use crate::playback::{Algorithm, SignOptions};

fn detail() -> Value {
    json!({
        "base_info": {
            "video_url": "https://h/asset/film.mp4",
            "sign_url": "https://obs/film.mp4?Signature=s",
            "cover_info_array": [{ "cover_url": "https://h/asset/cover/Cover0.jpg" }],
            "subtitle_info": [{ "url": "https://h/asset/1.srt" }, { "url": "" }]
        },
        "transcode_info": { "output": [{ "url": "https://h/asset/play_video/index.m3u8" }] },
        "thumbnail_info": {
            "sample": [{ "url": "https://h/asset/snapshot/sample/0.jpg" }],
            "dots": [{ "url": "https://h/asset/snapshot/dot/0.jpg" }],
            "quantity": [{ "url": "https://h/asset/snapshot/quantity/0.jpg" }]
        }
    })
}

fn meta() -> Value {
    json!({
        "asset_info_array": [{
            "base_info": { "video_url": "https://h/asset/film.mp4" },
            "play_info_array": [{ "url": "https://h/asset/play_video/index.m3u8" }, {}]
        }]
    })
}

/// All texts that are URLs of the CDN.
fn urls(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) if text.starts_with("https://h/") => vec![text],
        Value::Array(items) => items.iter().flat_map(urls).collect(),
        Value::Object(members) => members.values().flat_map(urls).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn all_urls_are_signed() {
    let signer = signer(Algorithm::E);
    let options = SignOptions::new().at(time(AT));
    let mut reply: ShowAssetDetailResponse = serde_json::from_value(detail()).unwrap();
    signer.sign_reply_with(&mut reply, &options).unwrap();
    let signed = serde_json::to_value(&reply).unwrap();
    assert_eq!(urls(&signed).len(), 7);
    for url in urls(&signed) {
        signer.verify(url, time(AT), HOUR).unwrap();
    }
    assert_eq!(
        signed["base_info"]["sign_url"],
        "https://obs/film.mp4?Signature=s"
    );
    assert!(!format!("{reply:?}").contains("auth_key"));

    let mut reply: ShowAssetMetaResponse = serde_json::from_value(meta()).unwrap();
    signer.sign_reply_with(&mut reply, &options).unwrap();
    let signed = serde_json::to_value(&reply).unwrap();
    assert_eq!(urls(&signed).len(), 2);
    for url in urls(&signed) {
        signer.verify(url, time(AT), HOUR).unwrap();
    }
}

#[test]
fn nothing_is_signed_if_something_cannot_be() {
    let mut reply: ShowAssetDetailResponse = serde_json::from_value(detail()).unwrap();
    let before = reply.clone();
    let error = signer(Algorithm::A).sign_reply(&mut reply).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`transcode_info.output.url`: algorithm A cannot play HLS and DASH: set E for the domain \
         and here; `SignOptions::allow_playlists` signs the URL nevertheless"
    );
    assert_eq!(reply, before);
}

#[test]
fn a_reply_is_signed_once() {
    let mut reply: ShowAssetMetaResponse = serde_json::from_value(meta()).unwrap();
    signer(Algorithm::E).sign_reply(&mut reply).unwrap();
    let before = reply.clone();
    let error = signer(Algorithm::E).sign_reply(&mut reply).unwrap_err();
    assert_eq!(error.field(), "base_info.video_url");
    assert_eq!(reply, before);
}
