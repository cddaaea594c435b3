//! Media assets: the operations of an upload answer from what happened before.

mod authority;
mod confirm;
mod formats;
mod show;
mod upload;
mod watermark;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use serde_json::{Map, Value};

use crate::clock::Clock;
use crate::lock::lock;
use crate::reply::Reply;
use crate::store::Store;

/// All media assets and watermark templates.
#[derive(Debug)]
pub(crate) struct Assets {
    store: Arc<Store>,
    clock: Arc<Clock>,
    project_id: &'static str,
    media: Mutex<Media>,
}

#[derive(Debug, Default)]
struct Media {
    assets: BTreeMap<String, Asset>,
    /// Keys of images, by the ids of the templates.
    watermarks: BTreeMap<String, String>,
    /// How many names of media files were given out.
    videos: u64,
}

#[derive(Debug)]
struct Asset {
    status: Status,
    /// Where the media file goes.
    object: String,
    cover: Option<String>,
    subtitles: Vec<String>,
    /// What was said of it when it was created.
    facts: Map<String, Value>,
    created: SystemTime,
    modified: SystemTime,
}

/// How far the upload of a media file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Status {
    Creating,
    Created,
    UploadFailed,
    Cancelled,
}

impl Status {
    fn as_str(self) -> &'static str {
        match self {
            Self::Creating => "CREATING",
            Self::Created => "CREATED",
            Self::UploadFailed => "UPLOAD_FAILED",
            Self::Cancelled => "CANCELLED",
        }
    }
}

/// A media asset of the service, as uploads left it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AssetState {
    /// `CREATING`, `CREATED`, `UPLOAD_FAILED` or `CANCELLED`. Nothing is transcoded or published.
    pub status: String,
    /// The object of the media file.
    pub object: String,
    /// The object of the cover, if a URL for it was given out.
    pub cover: Option<String>,
    /// The objects of the subtitles that a URL was given out for.
    pub subtitles: Vec<String>,
}

/// A valid request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Call<'a> {
    pub(crate) operation: &'a str,
    pub(crate) parameters: &'a Value,
    /// Where URLs are to lead.
    pub(crate) host: &'a str,
}

impl<'a> Call<'a> {
    /// A parameter that is text.
    fn text(&self, name: &str) -> Option<&'a str> {
        self.parameters[name].as_str()
    }
}

/// Why an operation fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Refusal {
    /// There is no such media asset or template.
    Unknown,
    /// It takes no new media file in its state.
    Update,
    /// Its upload cannot end in its state.
    Confirmation,
    /// Nothing is signed for it in its state.
    Authority,
}

impl From<Refusal> for Reply {
    fn from(refusal: Refusal) -> Self {
        let (status, code, message) = match refusal {
            Refusal::Unknown => (400, "VOD.10062", "The resource does not exist."),
            Refusal::Update => (403, "VOD.10061", "The asset cannot be updated now."),
            Refusal::Confirmation => (403, "VOD.10126", "The upload cannot be confirmed now."),
            Refusal::Authority => (403, "VOD.10135", "The asset is not being uploaded."),
        };
        Self::error(status, code, message)
    }
}

impl Assets {
    pub(crate) fn new(store: Arc<Store>, clock: Arc<Clock>, project_id: &'static str) -> Self {
        Self {
            store,
            clock,
            project_id,
            media: Mutex::default(),
        }
    }

    /// What the state has to say; `None` if the operation has nothing to do with it.
    pub(crate) fn answer(&self, call: &Call<'_>) -> Option<Reply> {
        let body = match call.operation {
            "CreateAssetByFileUpload" => Ok(self.create(call)),
            "UpdateAsset" => self.update(call),
            "ConfirmAssetUpload" => self.confirm(call),
            "ShowAssetTempAuthority" => self.authorize(call),
            "CheckMd5Duplication" => Ok(self.find_duplicates(call)),
            "ShowAssetDetail" => self.show_detail(call),
            "ShowAssetMeta" => self.show_meta(call)?,
            "CreateWatermarkTemplate" => Ok(self.create_watermark(call)),
            "ConfirmImageUpload" => self.confirm_image(call),
            _ => return None,
        };
        Some(body.map_or_else(Reply::from, |body| Reply::json(200, body)))
    }

    pub(crate) fn asset(&self, asset_id: &str) -> Option<AssetState> {
        let media = lock(&self.media);
        let asset = media.assets.get(asset_id)?;
        Some(AssetState {
            status: asset.status.as_str().to_owned(),
            object: asset.object.clone(),
            cover: asset.cover.clone(),
            subtitles: asset.subtitles.clone(),
        })
    }
}

impl Media {
    /// The media asset that a call is about.
    fn asset(&mut self, call: &Call<'_>) -> Result<&mut Asset, Refusal> {
        let asset = call.text("asset_id").and_then(|id| self.assets.get_mut(id));
        asset.ok_or(Refusal::Unknown)
    }
}
