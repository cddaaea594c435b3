//! A film that was uploaded and transcoded.

use serde_json::{Value, json};
use vod_api::upload::Source;
use vod_local::Local;

/// What is in its file.
pub(crate) fn content(size: usize) -> Vec<u8> {
    let letters = (0..size).map(|place| b"abcdefghijklmnopqrstuvwxyz\n"[place % 27]);
    letters.collect()
}

/// Uploads a file of letters as a film, and gives it outputs. Returns its id.
pub(crate) async fn made(local: &Local, size: usize) -> String {
    let client = local.client().build().unwrap();
    let source = Source::bytes("film.mp4", content(size));
    let id = client.upload(source).await.unwrap().asset_id;
    change(local, &id, outputs());
    id
}

/// Changes a media asset behind the back of the service.
pub(crate) fn change(local: &Local, id: &str, changes: Value) {
    let mut document = local.export();
    let assets = &mut document["projects"][Local::PROJECT_ID]["assets"];
    let mut assets = assets.as_array_mut().unwrap().iter_mut();
    let asset = assets.find(|asset| asset["id"] == id).unwrap();
    for (name, value) in changes.as_object().unwrap() {
        asset[name] = value.clone();
    }
    local.import(document).unwrap();
}

fn outputs() -> Value {
    let output = |play_type: &str, quality: Value, file: &str| {
        json!({"play_type": play_type, "group_id": "1", "group_name": "web", "encrypted": false,
            "quality": quality, "file": format!("play_video/{file}"),
            "width": 1280, "height": 720, "bit_rate": 1000})
    };
    json!({
        "publication": "PUBLISHED",
        "transcode": "TRANSCODE_SUCCEED",
        "outputs": [
            output("HLS", Value::Null, "index.m3u8"),
            output("HLS", "HD".into(), "film_1_1280X720_1000_0.m3u8"),
            output("MP4", "HD".into(), "film_1_1280X720_1000_0.mp4"),
        ],
    })
}
