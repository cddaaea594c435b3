//! Uploads: from a file to a media asset in one call. Needs the feature `upload`.
//!
//! ```no_run
//! # async fn example(client: &vod_api::Client) -> Result<(), vod_api::Error> {
//! let done = client.upload("holidays.mp4").title("My holidays").await?;
//! println!("{}", done.asset_id);
//! # Ok(())
//! # }
//! ```
//!
//! See [`Upload`] for what can be set, and the [guide](crate::guide::uploading) for more.

mod begin;
mod body;
mod builder;
mod end;
mod expiry;
mod file;
mod finish;
#[cfg(fuzzing)]
pub(crate) mod fuzz;
mod hash;
mod input;
mod journal;
mod media_type;
mod observe;
mod order;
mod outcome;
mod parts;
mod preparation;
mod progress;
mod run;
mod sender;
mod signed;
mod sizes;
mod source;
mod state;
mod step;
mod store;
mod target;
mod watermark;
mod xml;

/// Generated setters of uploads.
mod setters {
    include!(concat!(env!("OUT_DIR"), "/uploads.rs"));
}

use std::path::PathBuf;

pub use self::builder::Upload;
use self::order::Files;
pub use self::order::{Begin, Prepares, Resume};
pub use self::outcome::{UploadCheck, Uploaded};
pub use self::progress::{UploadPhase, UploadProgress};
pub use self::signed::{SignedPart, SignedUpload};
pub use self::source::Source;
pub use self::watermark::UploadedWatermark;
use crate::Client;
use crate::model::{
    CreateAssetByFileUploadRequest, CreateWatermarkTemplateRequest, UpdateAssetRequest,
};

/// Uploads. They need the feature `upload`.
impl Client {
    /// Uploads a media file and makes a media asset of it. Title, file name and format are taken
    /// from the file name, unless they are set.
    ///
    /// ```no_run
    /// # async fn example(client: &vod_api::Client) -> Result<(), vod_api::Error> {
    /// let done = client
    ///     .upload("holidays.mp4")
    ///     .template_group_name("system_template_group")
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn upload(&self, source: impl Into<Source>) -> Upload<CreateAssetByFileUploadRequest> {
        let source = source.into();
        let request = preparation::create(&source.name());
        let files = Files {
            media: Some(source),
            ..Files::default()
        };
        Upload::new(self.clone(), request, files)
    }

    /// Uploads new files to a media asset: a media file, a cover or subtitles. VOD takes a new
    /// media file only after an upload that failed or was canceled.
    ///
    /// ```no_run
    /// # async fn example(client: &vod_api::Client) -> Result<(), vod_api::Error> {
    /// client.upload_to("f488337c31c8e4622f1590735b134c65").file("holidays.mp4").await?;
    /// client.upload_to("f488337c31c8e4622f1590735b134c65").cover("cover.jpg").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn upload_to(&self, asset_id: impl Into<String>) -> Upload<UpdateAssetRequest> {
        let request = UpdateAssetRequest::new(asset_id);
        Upload::new(self.clone(), request, Files::default())
    }

    /// Makes a watermark template of an image, a PNG or JPG file, which VOD calls by this name.
    ///
    /// ```no_run
    /// # async fn example(client: &vod_api::Client) -> Result<(), vod_api::Error> {
    /// let done = client.upload_watermark("logo", "logo.png").dx("0.05").width("0.12").await?;
    /// println!("{}", done.id);
    /// # Ok(())
    /// # }
    /// ```
    pub fn upload_watermark(
        &self,
        name: impl Into<String>,
        source: impl Into<Source>,
    ) -> Upload<CreateWatermarkTemplateRequest> {
        let source = source.into();
        let format = media_type::extension(&source.name());
        let request = CreateWatermarkTemplateRequest::new(name, format);
        let files = Files {
            media: Some(source),
            ..Files::default()
        };
        Upload::new(self.clone(), request, files)
    }

    /// Goes on with an upload from its journal. What the store has is compared with the file, and
    /// not sent again.
    ///
    /// ```no_run
    /// # async fn example(client: &vod_api::Client) -> Result<(), vod_api::Error> {
    /// let done = client.resume_upload("holidays.upload").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn resume_upload(&self, journal: impl Into<PathBuf>) -> Upload<Resume> {
        let mut upload = Upload::new(self.clone(), Resume, Files::default());
        upload.journal = Some(journal.into());
        upload
    }
}
