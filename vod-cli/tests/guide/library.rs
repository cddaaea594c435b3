//! What the service of the sessions has at the beginning.

use std::time::{Duration, SystemTime};

use serde_json::{Value, json};
use vod_api::format_rfc3339;
use vod_local::Local;

const HOUR: u64 = 60 * 60;
const DAY: u64 = 24 * HOUR;

/// Nothing.
pub(crate) fn empty() -> Value {
    json!({})
}

/// A film that can be played, talks, and what is left of uploads. The ages are from now, as a shell
/// has no other clock.
pub(crate) fn filled() -> Value {
    let output = |file: &str, play_type: &str| {
        json!({"play_type": play_type, "group_id": "1", "group_name": "web", "encrypted": false,
            "quality": "HD", "file": format!("play_video/{file}"), "width": 1280, "height": 720,
            "bit_rate": 1000})
    };
    let mut holidays = asset("f488337c31c8e4622f1590735b134c65", "holidays", 2 * HOUR);
    holidays["publication"] = "PUBLISHED".into();
    holidays["category_id"] = 2.into();
    holidays["transcode"] = "TRANSCODE_SUCCEED".into();
    holidays["outputs"] = json!([
        output("holidays_1_1280X720_1000_0.m3u8", "HLS"),
        output("holidays_1_1280X720_1000_0.mp4", "MP4"),
    ]);
    let mut assets = vec![
        holidays,
        asset("652c1e4085afeb22fdc256c6757d751b", "opening", 2 * DAY),
        asset(
            "0d9f52c0c5da47e6a4d40b5e4f6b7a81",
            "closing [fail:VOD.10092]",
            3 * DAY,
        ),
        asset("7be4d0a1f1b84c7f9a3b2c6d5e8f9012", "panel", 4 * DAY),
    ];
    for (number, upload) in [(1, "CREATING"), (2, "CREATING"), (3, "UPLOAD_FAILED")] {
        let mut left = asset(&format!("{number:032x}"), "left over", 20 * DAY + number);
        left["upload"] = upload.into();
        left["media"] = Value::Null;
        assets.push(left);
    }
    let categories = json!([
        {"id": "1", "name": "Travel"},
        {"id": "2", "name": "Summer", "parent": "1"},
        {"id": "3", "name": "Talks"},
    ]);
    json!({"projects": {(Local::PROJECT_ID): {"assets": assets, "categories": categories}}})
}

/// A media asset that was made so many seconds ago.
fn asset(id: &str, title: &str, age: u64) -> Value {
    let created = SystemTime::now() - Duration::from_secs(age);
    let created = format_rfc3339(created);
    json!({"id": id, "title": title, "video_name": format!("{title}.mp4"), "video_type": "MP4",
        "created": created, "modified": created, "upload": "CREATED",
        "object": format!("{id}/{title}.mp4"),
        "media": {"codec": "H.264", "audio_codec": "AAC", "duration_ms": 131_000,
            "size": 4_900_000, "width": 1280, "height": 720, "bit_rate": 3000, "frame_rate": 25}})
}
