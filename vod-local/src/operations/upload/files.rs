//! Where files go, and the URLs that they are sent to.

use serde_json::{Map, Value};

use crate::formats::{SUBTITLE_TYPE, extension, image_type, media_type};
use crate::operations::Call;
use crate::state::{Project, Subtitle};
use crate::store::Grant;

/// The URLs in a reply, and where they lead.
pub(super) struct Files {
    pub(super) urls: Map<String, Value>,
    pub(super) video: Option<String>,
    pub(super) cover: Option<String>,
    pub(super) subtitles: Vec<Subtitle>,
}

impl Files {
    /// Those that a call names.
    pub(super) fn of(call: &Call<'_>, project: &mut Project, asset_id: &str) -> Self {
        let context = &call.context;
        let folder = format!("{}/{asset_id}", context.project_id);
        let put = |key: &str, content_type: &str, content_md5: Option<&str>| {
            let grant = Grant {
                verb: "PUT",
                key,
                content_type: Some(content_type),
                content_md5,
                query: Vec::new(),
            };
            Value::from(context.store.url(context.base, &grant))
        };
        let video = call.text("video_name").map(|_| {
            let format = call.text("video_type").unwrap_or_default();
            let key = video_key(call, project, asset_id, format);
            let url = put(&key, &media_type(format), call.text("video_md5"));
            (key, url)
        });
        let cover = call.text("cover_type").map(|format| {
            let key = format!("{folder}/cover/Cover0.{}", extension(format));
            let url = put(&key, &image_type(format), call.text("cover_md5"));
            (key, url)
        });
        let given = call.parameters["subtitles"].as_array();
        let subtitles = given.into_iter().flatten().map(|given| {
            let text = |name: &str| given[name].as_str().unwrap_or_default().to_owned();
            let number = given["id"].as_i64().unwrap_or_default();
            let format = text("type");
            let object = format!("{folder}/subtitle/{number}.{}", extension(&format));
            let url = put(&object, SUBTITLE_TYPE, given["md5"].as_str());
            let subtitle = Subtitle {
                number,
                format,
                language: text("language"),
                object,
            };
            (subtitle, url)
        });
        let (subtitles, subtitle_urls): (Vec<_>, Vec<_>) = subtitles.unzip();
        let (video, video_url) = video.unzip();
        let (cover, cover_url) = cover.unzip();
        let urls = [
            ("video_upload_url", video_url.unwrap_or_default()),
            ("cover_upload_url", cover_url.unwrap_or_default()),
            ("subtitle_upload_urls", subtitle_urls.into()),
        ];
        Self {
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

/// The key of a media file. Each has a name of its own, so that one that came before does not stand
/// for the next.
pub(super) fn video_key(
    call: &Call<'_>,
    project: &mut Project,
    asset_id: &str,
    format: &str,
) -> String {
    let name = call.context.id(project, "video");
    format!(
        "{}/{asset_id}/{name}.{}",
        call.context.project_id,
        extension(format)
    )
}
