//! `ShowAssetDetail`.

use serde_json::{Value, json};

use crate::data::Words;
use crate::machine::{Review, Snapshots, TaskStatus, Transcode};
use crate::operations::view::{self, base_info, outputs, states};
use crate::operations::{Answer, Call, snapshots};
use crate::progress::Kind;
use crate::state::{Asset, Project, Work};
use crate::store::Grant;

pub(crate) fn show_detail(project: &mut Project, call: &Call<'_>) -> Answer {
    let id = call.asset(project)?.id.clone();
    let asset = call.asset(project)?.clone();
    let wanted = call.texts("categories");
    let states = states(&asset);
    let is_wanted = |part: &str| wanted.as_ref().is_none_or(|wanted| wanted.contains(&part));
    let parts = [
        ("base_info", Some(with_signed_url(call, project, &asset))),
        (
            "transcode_info",
            (states.transcode == Transcode::Succeeded).then(|| transcode_info(call, &asset)),
        ),
        (
            "thumbnail_info",
            (states.thumbnail == Snapshots::Succeeded).then(|| thumbnail_info(call, project, &id)),
        ),
        (
            "review_info",
            matches!(
                states.review,
                Review::Passed | Review::Suspicious | Review::Blocked
            )
            .then(|| review_info(states.review)),
        ),
    ];
    let mut reply = json!({"asset_id": id});
    for (name, part) in parts {
        if let Some(part) = part.filter(|_| is_wanted(name)) {
            reply[name] = part;
        }
    }
    view::shown(project, &[id]);
    Ok(reply)
}

fn with_signed_url(call: &Call<'_>, project: &Project, asset: &Asset) -> Value {
    let mut info = base_info(call, project, asset);
    if asset.media.is_some() && !asset.without_source {
        let grant = Grant {
            verb: "GET",
            key: &asset.object,
            ..Grant::default()
        };
        info["sign_url"] = call.context.store.url(call.context.base, &grant).into();
    }
    info
}

fn transcode_info(call: &Call<'_>, asset: &Asset) -> Value {
    let group = asset
        .outputs
        .first()
        .map(|output| output.group_name.as_str());
    json!({
        "template_group_name": group.unwrap_or_default(),
        "output": outputs(call, asset),
        "exec_desc": "Transcode success",
        "transcode_status": Transcode::Succeeded.as_str(),
    })
}

/// The snapshots of all tasks, by the way in which they were taken.
fn thumbnail_info(call: &Call<'_>, project: &Project, asset_id: &str) -> Value {
    let of = |kind: Kind| {
        let tasks = project.tasks.of(asset_id).filter(|task| {
            task.work == Work::Thumbnail
                && task.status == TaskStatus::Succeeded
                && Kind::of(&task.details) == kind
        });
        let images = tasks.flat_map(|task| snapshots::images(call, task));
        images.collect::<Vec<_>>()
    };
    let mut info = json!({
        "exec_desc": "Thumbnail success",
        "thumbnail_status": Snapshots::Succeeded.as_str(),
    });
    for kind in [Kind::Time, Kind::Dots, Kind::Quantity] {
        let images = of(kind);
        if !images.is_empty() {
            info[kind.member()] = images.into();
        }
    }
    info
}

fn review_info(review: Review) -> Value {
    let suggestion = match review {
        Review::Blocked => "block",
        Review::Suspicious => "review",
        _ => "pass",
    };
    json!({
        "suggestion": suggestion,
        "text": {"suggestion": "pass"},
        "cover": [],
        "video": [],
        "exec_desc": "Review success",
        "review_status": review.as_str(),
    })
}
