//! `CreateAssetByFileUpload` and `UpdateAsset`: where files go.

use serde_json::{Map, Value, json};

use super::formats::{SUBTITLE_TYPE, extension, image_type, media_type};
use super::{Asset, Assets, Call, Media, Refusal, Status};
use crate::digest::id;
use crate::lock::lock;
use crate::store::{BUCKET, Grant};

/// Where the service says that its bucket is.
pub(super) const LOCATION: &str = "cn-north-4";

/// Parameters of `CreateAssetByFileUpload` that are shown later on.
const FACTS: [&str; 6] = [
    "title",
    "description",
    "video_name",
    "video_type",
    "category_id",
    "tags",
];

/// The URLs in a reply, and where they lead.
struct Files {
    urls: Map<String, Value>,
    video: Option<String>,
    cover: Option<String>,
    subtitles: Vec<String>,
}

impl Assets {
    pub(super) fn create(&self, call: &Call<'_>) -> Value {
        let mut media = lock(&self.media);
        let asset_id = id("asset", media.assets.len() as u64 + 1);
        let files = self.files(call, &asset_id, &mut media);
        let object = files.video.unwrap_or_default();
        let facts = FACTS.iter().filter_map(|&name| {
            let value = call.parameters.get(name)?;
            Some((name.to_owned(), value.clone()))
        });
        let now = self.clock.now();
        let asset = Asset {
            status: Status::Creating,
            object: object.clone(),
            cover: files.cover,
            subtitles: files.subtitles,
            facts: facts.collect(),
            created: now,
            modified: now,
        };
        media.assets.insert(asset_id.clone(), asset);
        let mut reply = Value::Object(files.urls);
        reply["asset_id"] = asset_id.into();
        reply["target"] = json!({"bucket": BUCKET, "location": LOCATION, "object": object});
        reply
    }

    pub(super) fn update(&self, call: &Call<'_>) -> Result<Value, Refusal> {
        let mut media = lock(&self.media);
        let status = media.asset(call)?.status;
        let asset_id = call.text("asset_id").unwrap_or_default();
        let has_failed = matches!(status, Status::UploadFailed | Status::Cancelled);
        if call.text("video_name").is_some() && !has_failed {
            return Err(Refusal::Update);
        }
        let files = self.files(call, asset_id, &mut media);
        let asset = media.asset(call)?;
        asset.modified = self.clock.now();
        if let Some(object) = files.video {
            asset.status = Status::Creating;
            asset.object = object;
            for name in ["video_name", "video_type"] {
                let value = call.parameters[name].clone();
                asset.facts.insert(name.to_owned(), value);
            }
        }
        asset.cover = files.cover.or(asset.cover.take());
        for key in files.subtitles {
            if !asset.subtitles.contains(&key) {
                asset.subtitles.push(key);
            }
        }
        let mut reply = Value::Object(files.urls);
        reply["asset_id"] = asset_id.into();
        Ok(reply)
    }

    /// URLs for the files that the call names. Each media file gets a name of its own, so that one
    /// that came before does not stand for the next.
    fn files(&self, call: &Call<'_>, asset_id: &str, media: &mut Media) -> Files {
        let folder = format!("{}/{asset_id}", self.project_id);
        let put = |key: &str, content_type: &str, content_md5: Option<&str>| {
            let grant = Grant {
                verb: "PUT",
                key,
                content_type: Some(content_type),
                content_md5,
                query: Vec::new(),
            };
            Value::from(self.store.url(call.host, &grant))
        };
        let video = call.text("video_name").map(|_| {
            media.videos += 1;
            let format = call.text("video_type").unwrap_or_default();
            let key = format!(
                "{folder}/{}.{}",
                id("video", media.videos),
                extension(format)
            );
            let url = put(&key, &media_type(format), call.text("video_md5"));
            (key, url)
        });
        let cover = call.text("cover_type").map(|format| {
            let key = format!("{folder}/cover/Cover0.{}", extension(format));
            let url = put(&key, &image_type(format), call.text("cover_md5"));
            (key, url)
        });
        let subtitles = call.parameters["subtitles"].as_array();
        let subtitles = subtitles.into_iter().flatten().map(|subtitle| {
            let format = subtitle["type"].as_str().unwrap_or_default();
            let key = format!("{folder}/subtitle/{}.{}", subtitle["id"], extension(format));
            let url = put(&key, SUBTITLE_TYPE, subtitle["md5"].as_str());
            (key, url)
        });
        let (subtitles, subtitle_urls): (Vec<_>, Vec<_>) = subtitles.unzip();
        let (video, video_url) = video.unzip();
        let (cover, cover_url) = cover.unzip();
        let urls = [
            ("video_upload_url", video_url.unwrap_or_default()),
            ("cover_upload_url", cover_url.unwrap_or_default()),
            ("subtitle_upload_urls", subtitle_urls.into()),
        ];
        Files {
            urls: urls
                .map(|(name, url)| (name.to_owned(), url))
                .into_iter()
                .collect(),
            video,
            cover,
            subtitles,
        }
    }
}
