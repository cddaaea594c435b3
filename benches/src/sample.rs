//! Replies of the service, of a size that is usual.

use serde_json::{Value, json};

/// The reply of `DeleteThumbnails`.
pub fn deleted_thumbnails() -> Value {
    json!({"delete_result_array": [
        {"asset_id": ASSET, "task_id": "2000030", "status": "DELETED"},
        {"asset_id": ASSET, "task_id": "2000031", "status": "FAILED"},
    ]})
}

/// The reply of `CreateAssetByFileUpload`.
pub fn created_asset() -> Value {
    json!({
        "asset_id": ASSET,
        "video_upload_url": url("upload.mp4"),
        "subtitle_upload_urls": [url("upload.srt")],
        "target": {"bucket": "obs-vod-1", "location": "cn-north-4", "object": "05041fffa40025702f6dc009cc6f8f33/upload.mp4"},
    })
}

/// The reply of `ShowAssetDetail`, 10 kB: 12 outputs and 40 snapshots.
pub fn asset_detail() -> Value {
    let outputs: Vec<_> = (0..12)
        .map(|number| {
            json!({
                "play_type": "HLS",
                "url": url(&format!("Avatar_{number}_854X480_600_0.m3u8")),
                "encrypted": 0,
                "quality": "SD",
                "meta_data": meta_data(number),
            })
        })
        .collect();
    let pictures: Vec<_> = (0..40)
        .map(|number| json!({"offset": number * 10, "url": url(&format!("snapshot/{number}.jpg"))}))
        .collect();
    json!({
        "asset_id": ASSET,
        "base_info": base_info(),
        "transcode_info": {
            "template_group_name": "system_template_group",
            "output": outputs,
            "exec_desc": "Transcode success",
            "transcode_status": "TRANSCODE_SUCCEED",
        },
        "thumbnail_info": {
            "sample": pictures,
            "exec_desc": "Thumbnail success",
            "thumbnail_status": "THUMBNAIL_SUCCEED",
        },
    })
}

/// The reply of `ShowAssetMeta` for 100 media assets, 300 kB.
pub fn asset_list() -> Value {
    let assets: Vec<_> = (0..100)
        .map(|_| {
            let outputs: Vec<_> = (0..5)
                .map(|number| {
                    json!({
                        "play_type": "HLS",
                        "group_name": "system_template_group",
                        "url": url(&format!("Avatar_{number}_854X480_600_0.m3u8")),
                        "encrypted": 0,
                        "meta_data": meta_data(number),
                    })
                })
                .collect();
            json!({
                "asset_id": ASSET,
                "status": "PUBLISHED",
                "description": "A film, \"in\" several versions",
                "base_info": base_info(),
                "play_info_array": outputs,
            })
        })
        .collect();
    json!({"asset_info_array": assets, "is_truncated": 0, "total": 100})
}

const ASSET: &str = "41cff636d5b12a51e7eb2838bbf45201";

fn url(file: &str) -> String {
    format!("https://1234.cdn-vod.example.com/asset/{ASSET}/play_video/{file}")
}

fn base_info() -> Value {
    json!({
        "title": "Avatar",
        "video_name": "Avatar.mp4",
        "description": "视频点播",
        "category_id": -1,
        "category_name": "Other",
        "create_time": "20190612032250",
        "last_modified": "20190613075030",
        "video_type": "MP4",
        "tags": "test1,test2",
        "meta_data": meta_data(0),
        "video_url": url("Avatar.mp4"),
        "cover_info_array": [{"cover_url": url("cover/Cover0.jpg")}],
    })
}

fn meta_data(number: i32) -> Value {
    json!({
        "pack_type": "MP4",
        "codec": "H.264",
        "audio_codec": "AAC",
        "bit_rate": 421 + number,
        "duration": 131,
        "duration_ms": 131_000,
        "frame_rate": 30,
        "height": 480,
        "width": 854,
        "video_size": 7_976_960,
        "quality": "SD",
    })
}
