//! `PublishAssets` and `UnpublishAssets`.

use serde_json::{Value, json};
use vod_api::codes;

use super::meta::info;
use crate::machine::{Event, Machine, Review, Upload};
use crate::operations::{Answer, Call, Refusal};
use crate::state::{Asset, Project};

/// How many media assets one call takes.
const MOST: usize = 100;

pub(crate) fn publish(project: &mut Project, call: &Call<'_>) -> Answer {
    all(project, call, "UNCREATED", |asset| {
        if asset.upload != Upload::Created {
            return Err("The file of the media asset is not there.");
        }
        if asset.review == Review::Blocked {
            return Err("The media asset is blocked by its review.");
        }
        asset.publication = asset
            .publication
            .after(Event::Publish)
            .unwrap_or(asset.publication);
        Ok(())
    })
}

pub(crate) fn unpublish(project: &mut Project, call: &Call<'_>) -> Answer {
    let reply = all(project, call, "NOASSET", |asset| {
        if asset.upload != Upload::Created {
            return Err("The file of the media asset is not there.");
        }
        let next = asset.publication.after(Event::Unpublish);
        asset.publication = next.unwrap_or(asset.publication);
        // It is not published again when work on it ends.
        asset.plan.publish = false;
        Ok(())
    });
    reply.map(without_playback)
}

/// Does the same to all media assets, each by itself.
fn all(
    project: &mut Project,
    call: &Call<'_>,
    missing: &str,
    change: impl Fn(&mut Asset) -> Result<(), &'static str>,
) -> Answer {
    let ids = call.texts("asset_id").unwrap_or_default();
    if ids.len() > MOST {
        let message = format!(
            "At most {MOST} media assets can be given, got {}.",
            ids.len()
        );
        return Err(Refusal::new(codes::TOO_MANY_ASSETS, message));
    }
    let entries = ids.into_iter().map(|id| {
        let Some(asset) = project.assets.get_mut(id) else {
            return json!({"asset_id": id, "status": missing, "description": "no asset"});
        };
        let before = asset.publication;
        let changed = change(asset);
        if asset.publication != before {
            asset.modified = call.context.now;
        }
        let mut entry = match project.assets.get(id) {
            Some(asset) => info(call, project, asset),
            None => Value::Null,
        };
        if let Err(message) = changed {
            entry["description"] = message.into();
        }
        entry
    });
    let entries: Vec<_> = entries.collect();
    Ok(json!({"asset_info_array": entries}))
}

fn without_playback(mut reply: Value) -> Value {
    let entries = reply["asset_info_array"].as_array_mut();
    for entry in entries
        .into_iter()
        .flatten()
        .filter_map(Value::as_object_mut)
    {
        entry.remove("play_info_array");
    }
    reply
}
