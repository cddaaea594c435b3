//! What a test sees of the state.

use std::time::SystemTime;

use crate::data::Words;
use crate::machine::Publication;
use crate::state::{Asset, Task};

/// A media asset of the service. The states are the words of the service, as they are, also where
/// [`stale`](crate::LocalBuilder::stale) answers show others.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AssetState {
    /// State of the upload: `CREATING`, `CREATED`, `UPLOAD_FAILED` or `CANCELLED`, or for a file
    /// that is copied from OBS `OBS_CREATING`, `OBS_CREATE_SUCCESS` or `OBS_CREATE_FAILED`.
    pub status: String,
    /// State of transcoding, as `TRANSCODE_SUCCEED`.
    pub transcode_status: String,
    /// State of the snapshots, as `THUMBNAIL_SUCCEED`.
    pub thumbnail_status: String,
    /// State of the review, as `REVIEW_PASSED`.
    pub review_status: String,
    /// Whether it is published.
    pub is_published: bool,
    /// Title.
    pub title: String,
    /// The object of the media file.
    pub object: String,
    /// The object of the cover, if a URL for it was given out.
    pub cover: Option<String>,
    /// The objects of the subtitles that a URL was given out for.
    pub subtitles: Vec<String>,
    /// When it was created.
    pub created: SystemTime,
}

/// A task of the service: transcoding, snapshots, a review and the like.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TaskState {
    /// Id of the task.
    pub id: String,
    /// What it does, as `TRANSCODE` or `THUMBNAIL`.
    pub kind: String,
    /// The media asset that it works on, or that it makes; empty if there is none.
    pub asset_id: String,
    /// `WAITING`, `PROCESSING`, `SUCCEED`, `FAILED` or `CANCEL`.
    pub status: String,
    /// When it was created.
    pub created: SystemTime,
}

impl From<&Asset> for AssetState {
    fn from(asset: &Asset) -> Self {
        Self {
            status: asset.upload.as_str().to_owned(),
            transcode_status: asset.transcode.as_str().to_owned(),
            thumbnail_status: asset.thumbnail.as_str().to_owned(),
            review_status: asset.review.as_str().to_owned(),
            is_published: asset.publication == Publication::Published,
            title: asset.title.clone(),
            object: asset.object.clone(),
            cover: asset.cover.clone(),
            subtitles: asset
                .subtitles
                .iter()
                .map(|subtitle| subtitle.object.clone())
                .collect(),
            created: asset.created.into(),
        }
    }
}

impl From<&Task> for TaskState {
    fn from(task: &Task) -> Self {
        Self {
            id: task.id.clone(),
            kind: task.work.as_str().to_owned(),
            asset_id: task.asset_id.clone(),
            status: task.status.as_str().to_owned(),
            created: task.created.into(),
        }
    }
}
