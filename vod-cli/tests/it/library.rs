//! A service with state that has something in it.

use serde_json::{Value, json};
use vod_local::{Local, LocalBuilder, Progress};

use crate::vod::now;

/// The ids of its media assets, the newest first.
pub(crate) const HOLIDAYS: &str = "f488337c31c8e4622f1590735b134c65";
pub(crate) const TALK: &str = "652c1e4085afeb22fdc256c6757d751b";
pub(crate) const BROKEN: &str = "0b1f2e3d4c5b6a798897a6b5c4d3e2f1";
pub(crate) const UNFINISHED: &str = "1c83f5e7c1d34a1b8c4d0e9f7a6b5c4d";

/// A service with a few media assets and categories. It has the time of day of the tests.
pub(crate) fn library() -> LocalBuilder {
    let builder = Local::builder().seed(1).progress(Progress::polls(1));
    builder.seed_state(document()).unwrap()
}

/// The same, started.
pub(crate) async fn started() -> Local {
    let local = library().start().await.unwrap();
    local.clock().set(now());
    local
}

fn document() -> Value {
    let media = json!({"codec": "H.264", "audio_codec": "AAC", "duration_ms": 131_000,
        "size": 4_900_000, "width": 1280, "height": 720, "bit_rate": 3000, "frame_rate": 25});
    let asset = |id: &str, title: &str, created: &str| {
        json!({"id": id, "title": title, "video_name": format!("{title}.mp4"), "video_type": "MP4",
            "created": created, "modified": created, "upload": "CREATED", "media": media.clone(),
            "object": format!("{id}/{title}.mp4")})
    };
    let with = |mut asset: Value, changes: Value| {
        if let (Value::Object(asset), Value::Object(changes)) = (&mut asset, changes) {
            asset.extend(changes);
        }
        asset
    };
    let holidays = asset(HOLIDAYS, "holidays", "2026-11-30T10:00:00Z");
    let talk = asset(TALK, "talk", "2026-11-28T12:00:00Z");
    let broken = asset(BROKEN, "broken", "2026-11-15T12:00:00Z");
    let unfinished = asset(UNFINISHED, "unfinished", "2026-10-30T12:00:00Z");
    let assets = json!([
        with(
            holidays,
            json!({"publication": "PUBLISHED", "category_id": 2})
        ),
        with(talk, json!({"tags": "rust,talks"})),
        with(broken, json!({"upload": "UPLOAD_FAILED", "media": null})),
        with(unfinished, json!({"upload": "CREATING", "media": null})),
    ]);
    let categories = json!([
        {"id": "1", "name": "Travel"},
        {"id": "2", "name": "Summer", "parent": "1"},
        {"id": "3", "name": "November", "parent": "2"},
        {"id": "4", "name": "Talks"},
    ]);
    json!({"projects": {(Local::PROJECT_ID): {"assets": assets, "categories": categories}}})
}
