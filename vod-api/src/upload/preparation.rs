//! The call that prepares an upload: it names the files, and gives the URLs that they go to.

use std::fmt;

use serde_json::Value;

use crate::Client;
use crate::error::{Error, ErrorKind, Sent};
use crate::facts::{Operation, OperationMeta, SchemaKind};
use crate::model::{
    CoverType, CreateAssetByFileUploadRequest, FileAddr, Subtitle, UpdateAssetRequest, VideoType,
};
use crate::secret::Secret;
use crate::upload::hash::Md5;
use crate::upload::media_type;
use crate::upload::target::{Target, url};

/// A request that prepares an upload to a media asset.
#[derive(Debug, Clone)]
pub enum Preparation {
    /// Makes a media asset.
    Create(Box<CreateAssetByFileUploadRequest>),
    /// Gives one new files.
    Update(Box<UpdateAssetRequest>),
}

/// What VOD answers.
pub(super) struct Prepared {
    pub(super) asset_id: String,
    pub(super) media: Option<Secret>,
    pub(super) cover: Option<Secret>,
    /// One for each subtitle, in their order.
    pub(super) subtitles: Vec<Option<Secret>>,
    pub(super) target: Option<Target>,
}

/// The longest title and file name, in bytes.
const LONGEST_NAME: usize = 128;

/// Makes a media asset from a file with this name.
pub(super) fn create(name: &str) -> CreateAssetByFileUploadRequest {
    let title = match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    };
    let format = VideoType::from(media_type::extension(name));
    CreateAssetByFileUploadRequest::new(shorten(title), shorten(name), format)
}

fn shorten(name: &str) -> &str {
    let ends = (0..=LONGEST_NAME.min(name.len())).rev();
    let end = ends.into_iter().find(|end| name.is_char_boundary(*end));
    name.get(..end.unwrap_or(0)).unwrap_or_default()
}

impl Preparation {
    fn meta(&self) -> &'static OperationMeta {
        match self {
            Self::Create(_) => CreateAssetByFileUploadRequest::META,
            Self::Update(_) => UpdateAssetRequest::META,
        }
    }

    /// The name of the operation.
    pub(super) fn operation(&self) -> &'static str {
        self.meta().name
    }

    /// Whether doing it twice does what doing it once does.
    pub(super) fn can_be_repeated(&self) -> bool {
        self.meta().idempotent
    }

    /// The title of the media asset, if this names it.
    pub(super) fn title(&self) -> Option<&str> {
        match self {
            Self::Create(request) => Some(&request.title),
            Self::Update(_) => None,
        }
    }

    /// Names the media file, as far as the caller has not done so.
    pub(super) fn set_media(&mut self, name: &str) {
        if let Self::Update(request) = self {
            let format = || VideoType::from(media_type::extension(name));
            request.video_type.get_or_insert_with(format);
            let name = || shorten(name).to_owned();
            request.video_name.get_or_insert_with(name);
        }
    }

    pub(super) fn set_media_md5(&mut self, md5: Md5) {
        *match self {
            Self::Create(request) => &mut request.video_md5,
            Self::Update(request) => &mut request.video_md5,
        } = Some(md5.base64());
    }

    pub(super) fn set_cover(&mut self, format: CoverType, md5: Md5) {
        let (cover_type, cover_md5) = match self {
            Self::Create(request) => (&mut request.cover_type, &mut request.cover_md5),
            Self::Update(request) => {
                request.cover_id = Some(0);
                (&mut request.cover_type, &mut request.cover_md5)
            }
        };
        *cover_type = Some(format);
        *cover_md5 = Some(md5.base64());
    }

    pub(super) fn add_subtitle(&mut self, mut subtitle: Subtitle, md5: Md5) {
        subtitle.md5 = Some(md5.base64());
        let subtitles = match self {
            Self::Create(request) => &mut request.subtitles,
            Self::Update(request) => &mut request.subtitles,
        };
        subtitles.get_or_insert_default().push(subtitle);
    }

    pub(super) fn cover_md5(&self) -> Option<&str> {
        match self {
            Self::Create(request) => request.cover_md5.as_deref(),
            Self::Update(request) => request.cover_md5.as_deref(),
        }
    }

    pub(super) fn subtitles(&self) -> &[Subtitle] {
        let subtitles = match self {
            Self::Create(request) => &request.subtitles,
            Self::Update(request) => &request.subtitles,
        };
        subtitles.as_deref().unwrap_or_default()
    }

    fn format(&self) -> Option<&VideoType> {
        match self {
            Self::Create(request) => Some(&request.video_type),
            Self::Update(request) => request.video_type.as_ref(),
        }
    }

    /// The `Content-Type` of the media file.
    pub(super) fn content_type(&self) -> String {
        self.format()
            .map(media_type::content_type)
            .unwrap_or_default()
    }

    pub(super) fn cover_type(&self) -> Option<&CoverType> {
        match self {
            Self::Create(request) => request.cover_type.as_ref(),
            Self::Update(request) => request.cover_type.as_ref(),
        }
    }

    /// Refuses a format that this operation does not take. The check before sending would, too, but
    /// does not know the file.
    pub(super) fn check_format(&self, name: &str) -> Result<(), Error> {
        let Some(format) = self.format() else {
            return Ok(());
        };
        let mut parameters = self.meta().parameters.iter();
        let parameter = parameters.find(|it| it.property.name == "video_type");
        let Some(SchemaKind::OneOf(taken)) = parameter.map(|it| it.property.schema.kind()) else {
            return Ok(());
        };
        let meant = matches!(format, VideoType::Unrecognized(value) if value.is_on_purpose());
        if meant || taken.contains(&format.as_str()) {
            return Ok(());
        }
        let what = match format.as_str() {
            "" => "has no extension that tells its format".to_owned(),
            format => format!("has the format {format:?}, which VOD does not take as an upload"),
        };
        let taken = taken.join(", ");
        Err(
            Error::invalid_request(format!("{name} {what}: it takes {taken}"))
                .in_call(self.operation(), 0),
        )
    }

    /// The request in JSON.
    pub(super) fn to_json(&self) -> Value {
        let json = match self {
            Self::Create(request) => serde_json::to_value(request),
            Self::Update(request) => serde_json::to_value(request),
        };
        // Text and numbers can always be written.
        json.unwrap_or_default()
    }

    /// Reads what `to_json` wrote; `None` for another operation.
    pub(super) fn read(operation: &str, request: Value) -> Option<serde_json::Result<Self>> {
        if operation == CreateAssetByFileUploadRequest::META.name {
            Some(serde_json::from_value(request).map(Self::Create))
        } else if operation == UpdateAssetRequest::META.name {
            Some(serde_json::from_value(request).map(Self::Update))
        } else {
            None
        }
    }

    pub(super) async fn send(&self, client: &Client) -> Result<Prepared, Error> {
        let (asset_id, media, cover, subtitles, target) = match self {
            Self::Create(request) => {
                let reply = client.execute((**request).clone()).await?.into_body();
                let target = reply.target.and_then(target);
                let urls = (reply.video_upload_url, reply.cover_upload_url);
                (
                    reply.asset_id,
                    urls.0,
                    urls.1,
                    reply.subtitle_upload_urls,
                    target,
                )
            }
            Self::Update(request) => {
                let reply = client.execute((**request).clone()).await?.into_body();
                let urls = (reply.video_upload_url, reply.cover_upload_url);
                let id = reply.asset_id.or_else(|| Some(request.asset_id.clone()));
                (id, urls.0, urls.1, reply.subtitle_upload_urls, None)
            }
        };
        let media = url(media);
        Ok(Prepared {
            asset_id: asset_id.ok_or_else(|| self.lacks("asset_id"))?,
            target: target.or_else(|| media.as_ref().and_then(Target::of_url)),
            media,
            cover: url(cover),
            subtitles: subtitles.into_iter().map(|it| url(Some(it))).collect(),
        })
    }

    /// The error for a reply without something that the upload needs.
    pub(super) fn lacks(&self, field: &str) -> Error {
        lacks(self.meta(), field)
    }
}

/// The error for a reply of an operation without something that the upload needs.
pub(super) fn lacks(meta: &OperationMeta, field: &str) -> Error {
    let message = format!("the reply has no `{field}`, which the upload needs");
    Error::new(ErrorKind::Decode, Sent::Yes, message).in_call(meta.name, 0)
}

fn target(address: FileAddr) -> Option<Target> {
    Some(Target {
        bucket: address.bucket?,
        object: address.object?,
    })
}

impl fmt::Debug for Prepared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Prepared")
            .field("asset_id", &self.asset_id)
            .finish_non_exhaustive()
    }
}
