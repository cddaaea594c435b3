//! Facts about the media asset of an upload: its URLs, cover and subtitles, another file.

use std::time::{Duration, SystemTime};

use serde_json::{Value, json};
use vod_api::model::{
    ConfirmAssetUploadRequest, CreateAssetByFileUploadRequest, UpdateAssetRequest,
};
use vod_api::operation::Operation;

use super::bench::{Bench, word};
use super::finding::{Finding, Seen, answered};
use super::parts;
use super::storage::{Upload, base64_md5, is_ok, parse};

/// How long a URL has to last at least.
const LIFETIME: Duration = Duration::from_secs(5 * 60);

/// Makes the media asset that all that follows is checked with.
pub(super) async fn asset(bench: &mut Bench) {
    let (ends, jpg) = (
        "a URL says when it ends, 5 minutes ahead or more",
        "a JPG cover is sent as image/jpg",
    );
    let image = b"not really an image";
    let request = json!({
        "title": bench.stamp,
        "description": bench.stamp,
        "tags": "doctor,facts",
        "video_name": "facts.mp4",
        "video_type": "MP4",
        "cover_type": "JPG",
        "cover_md5": base64_md5(image),
    });
    let made = bench
        .call(CreateAssetByFileUploadRequest::META, request)
        .await;
    let made = match made {
        Ok(made) => made.into_parts().0,
        Err(error) => {
            let why = Err(format!("there is no media asset: {error}"));
            bench.report.tell(ends, why.clone());
            bench.report.tell(jpg, why);
            return;
        }
    };
    bench.upload = Some(Upload {
        asset_id: word(&made, "/asset_id"),
        bucket: word(&made, "/target/bucket"),
        object: word(&made, "/target/object"),
        id: None,
    });
    bench.report.tell(
        ends,
        lifetime(&word(&made, "/video_upload_url"), (bench.now)()),
    );
    let cover = (&made, "/cover_upload_url");
    let cover = bench.put(cover, ("image/jpg", image)).await;
    bench.report.tell(jpg, is_ok(&cover));
}

fn lifetime(url: &str, now: SystemTime) -> Finding {
    let url = parse(url)?;
    let mut pairs = url.query_pairs();
    let expires = pairs.find(|(name, _)| name == "Expires");
    let Some(end) = expires.and_then(|(_, value)| value.parse().ok()) else {
        return Ok(Seen::new(false, "it has no Expires"));
    };
    let end = SystemTime::UNIX_EPOCH + Duration::from_secs(end);
    let left = end.duration_since(now).unwrap_or_default();
    Ok(Seen::new(left >= LIFETIME, format!("{} s", left.as_secs())))
}

/// Cover and subtitles, while the media file is being uploaded.
pub(super) async fn companions(bench: &mut Bench) {
    let image = b"another cover";
    let text = b"1\n00:00:01,000 --> 00:00:02,000\nHi\n";
    let cover = json!({"cover_id": 0, "cover_type": "JPG", "cover_md5": base64_md5(image)});
    let subtitle = json!({"id": 1, "type": "SRT", "language": "EN", "md5": base64_md5(text)});
    let subtitle = json!({ "subtitles": [subtitle] });
    let finding = sent(bench, cover, ("/cover_upload_url", "image/jpg", image)).await;
    let fact = "UpdateAsset renews the URL of a cover meanwhile";
    bench.report.tell(fact, finding);
    let place = "/subtitle_upload_urls/0";
    let finding = sent(bench, subtitle, (place, parts::PART_TYPE, text)).await;
    let fact = "and gives one for subtitles, sent as application/octet-stream";
    bench.report.tell(fact, finding);
}

/// Sends a file to a URL of UpdateAsset.
async fn sent(
    bench: &Bench,
    request: Value,
    (pointer, content_type, bytes): (&str, &str, &[u8]),
) -> Finding {
    let reply = match update(bench, request).await? {
        Ok(reply) => reply,
        Err(seen) => return Ok(seen),
    };
    let file = (content_type, bytes);
    is_ok(&bench.put((&reply, pointer), file).await)
}

/// Prepares another media file for the canceled media asset, and starts its upload in parts.
pub(super) async fn another_file(bench: &mut Bench) {
    cancel(bench).await;
    let finding = moved(bench).await;
    cancel(bench).await;
    let fact = "the URL of UpdateAsset names bucket and object";
    bench.report.tell(fact, finding);
}

async fn moved(bench: &mut Bench) -> Finding {
    let request = json!({"video_name": "facts.mp4", "video_type": "MP4"});
    let reply = match update(bench, request).await? {
        Ok(reply) => reply,
        Err(seen) => return Ok(seen),
    };
    let upload = bench.upload.as_mut().ok_or("there is no media asset")?;
    if upload.move_to(&word(&reply, "/video_upload_url"))? {
        is_ok(&parts::start(bench).await)
    } else {
        Ok(Seen::new(false, "another bucket"))
    }
}

/// The reply of UpdateAsset, or what is seen where it is refused.
async fn update(bench: &Bench, mut request: Value) -> Result<Result<Value, Seen>, String> {
    let upload = bench.upload.as_ref().ok_or("there is no media asset")?;
    request["asset_id"] = json!(upload.asset_id);
    match bench.call(UpdateAssetRequest::META, request).await {
        Ok(reply) => Ok(Ok(reply.into_parts().0)),
        Err(error) => answered(&error, false).map(Err),
    }
}

/// What fails here is told once the media asset is deleted.
async fn cancel(bench: &Bench) {
    if let Some(upload) = &bench.upload {
        let request = json!({"asset_id": upload.asset_id, "status": "CANCELLED"});
        let _ = bench.call(ConfirmAssetUploadRequest::META, request).await;
    }
}
