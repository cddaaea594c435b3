//! The states of a media asset, and the words that replies make of them.

use vod_api::codes;

use crate::data::Words;
use crate::machine::{Machine, Publication, Review, Snapshots, Transcode, Upload};
use crate::state::Asset;

/// The states that an answer shows.
pub(in crate::operations) struct States {
    pub(in crate::operations) transcode: Transcode,
    pub(in crate::operations) thumbnail: Snapshots,
    pub(in crate::operations) review: Review,
}

/// The states as they are or, after a start, as they were before.
pub(in crate::operations) fn states(asset: &Asset) -> States {
    match &asset.stale {
        Some(stale) => States {
            transcode: stale.transcode,
            thumbnail: stale.thumbnail,
            review: stale.review,
        },
        None => States {
            transcode: asset.transcode,
            thumbnail: asset.thumbnail,
            review: asset.review,
        },
    }
}

/// The word for upload and publication.
pub(in crate::operations) fn asset_status(asset: &Asset) -> &'static str {
    match asset.upload {
        Upload::Failed | Upload::Cancelled | Upload::CopyFailed => "FAILED",
        Upload::Creating | Upload::Copying | Upload::Copied => "CREATING",
        Upload::Created => asset.publication.as_str(),
    }
}

/// The word for upload, transcoding and publication together.
pub(in crate::operations) fn single_status(asset: &Asset) -> &'static str {
    match (asset.upload, states(asset).transcode) {
        (Upload::Created, _) if asset.publication == Publication::Published => {
            asset.publication.as_str()
        }
        (Upload::Created, Transcode::Un) => asset.publication.as_str(),
        (Upload::Created, transcode) => transcode.as_str(),
        (upload, _) => upload.as_str(),
    }
}

/// Texts about how the work went.
pub(in crate::operations) fn exec_desc(asset: &Asset) -> String {
    let failed = |name: &str| {
        let code = asset.failures.get(name)?;
        let doc = codes::doc(code).unwrap_or("The task failed.");
        Some(format!("{code}: {doc}"))
    };
    let states = states(asset);
    let asset_text = match asset_status(asset) {
        "PUBLISHED" => Some("Asset meta is published".to_owned()),
        "FAILED" => failed(Upload::NAME).or_else(|| Some("The upload failed".to_owned())),
        _ => None,
    };
    let transcode = match states.transcode {
        Transcode::Succeeded => Some("Transcode success".to_owned()),
        Transcode::Failed => failed(Transcode::NAME),
        _ => None,
    };
    let thumbnail = match states.thumbnail {
        Snapshots::Succeeded => Some("Thumbnail success".to_owned()),
        Snapshots::Failed => failed(Snapshots::NAME),
        _ => None,
    };
    let review = match states.review {
        Review::Un | Review::Running => None,
        Review::Failed => failed(Review::NAME),
        _ => Some("Review success".to_owned()),
    };
    let texts = [
        ("asset_exec_desc", asset_text),
        ("transcode_exec_desc", transcode),
        ("thumbnail_exec_desc", thumbnail),
        ("review_exec_desc", review),
    ];
    let texts = texts
        .into_iter()
        .filter_map(|(name, text)| Some(format!("{name}:{};", text?)));
    texts.collect()
}
