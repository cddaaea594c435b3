//! `ListAssetList`.

use serde_json::{Value, json};
use vod_api::model::MediaFormat;

use super::search::Search;
use crate::data::Words;
use crate::machine::{Review, Snapshots, Transcode};
use crate::operations::lists::page;
use crate::operations::view::{self, asset_status, covers, exec_desc, states};
use crate::operations::{Answer, Call};
use crate::state::{Asset, Project};

pub(crate) fn list(project: &mut Project, call: &Call<'_>) -> Answer {
    let ids = call.texts("asset_id");
    let statuses = call.texts("status");
    let formats = call.texts("media_type");
    let mut found = Search::of(call).find(project, |asset| {
        ids.as_ref()
            .is_none_or(|ids| ids.contains(&asset.id.as_str()))
            && formats
                .as_ref()
                .is_none_or(|formats| formats.contains(&asset.video_type.as_str()))
            && statuses
                .as_ref()
                .is_none_or(|wanted| has_status(asset, wanted))
    });
    if call.text("order") == Some("asc") {
        found.reverse();
    }
    let page = page(call, found)?;
    let assets: Vec<_> = page
        .items
        .iter()
        .map(|asset| summary(call, project, asset))
        .collect();
    let shown: Vec<_> = page.items.iter().map(|asset| asset.id.clone()).collect();
    let total = page.total;
    view::shown(project, &shown);
    Ok(json!({"total": total, "assets": assets}))
}

/// Whether a media asset has one of the states, of each kind that there are some of.
fn has_status(asset: &Asset, wanted: &[&str]) -> bool {
    fn fits<W: Words>(state: W, wanted: &[&str]) -> bool {
        let mut of_this_kind = wanted
            .iter()
            .filter(|word| W::of(word).is_some())
            .peekable();
        of_this_kind.peek().is_none() || of_this_kind.any(|word| *word == state.as_str())
    }
    let states = states(asset);
    let mut uploads = wanted
        .iter()
        .filter(|word| ["CREATING", "FAILED", "CREATED", "PUBLISHED"].contains(word))
        .peekable();
    let upload = asset_status(asset);
    (uploads.peek().is_none() || uploads.any(|word| *word == upload))
        && fits::<Transcode>(states.transcode, wanted)
        && fits::<Snapshots>(states.thumbnail, wanted)
        && fits::<Review>(states.review, wanted)
}

fn summary(call: &Call<'_>, project: &Project, asset: &Asset) -> Value {
    let states = states(asset);
    let (_, category) = view::category(project, asset);
    let mut summary = json!({
        "asset_id": asset.id,
        "title": asset.title,
        "category": category,
        "covers": covers(call, asset),
        "create_time": asset.created.compact(),
        "asset_status": asset_status(asset),
        "transcode_status": states.transcode.as_str(),
        "thumbnail_status": states.thumbnail.as_str(),
        "review_status": states.review.as_str(),
        "exec_desc": exec_desc(asset),
    });
    let media = asset.media.as_ref();
    let file = media.filter(|_| !asset.without_source);
    let more = [
        ("description", asset.description.clone().map(Value::from)),
        (
            "duration",
            media.map(|media| (media.duration_ms / 1000).into()),
        ),
        ("duration_ms", media.map(|media| media.duration_ms.into())),
        ("size", media.map(|media| media.size.into())),
        (
            "original_url",
            file.map(|_| view::source_url(call, asset).into()),
        ),
        (
            "media_type",
            is_listed(&asset.video_type).then(|| asset.video_type.clone().into()),
        ),
    ];
    for (name, value) in more {
        if let Some(value) = value {
            summary[name] = value;
        }
    }
    summary
}

/// Whether the list has a word for the format.
fn is_listed(format: &str) -> bool {
    MediaFormat::KNOWN
        .iter()
        .any(|known| known.as_str() == format)
}
