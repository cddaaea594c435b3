//! `ShowAssetMeta`.

use serde_json::{Value, json};

use super::search::Search;
use crate::data::Words;
use crate::operations::lists::page;
use crate::operations::view::{self, asset_status, base_info, exec_desc, play_info};
use crate::operations::{Answer, Call, Refusal};
use crate::rules::Scope;
use crate::state::{Asset, Project};

pub(crate) fn show_meta(project: &mut Project, call: &Call<'_>) -> Answer {
    let ids = call.texts("asset_id");
    let (infos, shown, total, has_more) = match &ids {
        Some(ids) => {
            let found = ids.iter().map(|id| by_id(call, project, id));
            let found: Vec<_> = found.collect::<Result<_, _>>()?;
            let total = found.len();
            let shown = ids.iter().map(|id| (*id).to_owned()).collect();
            (found, shown, total, false)
        }
        None => {
            let statuses = call.texts("status");
            let transcodes = call.texts("transcodeStatus");
            let publications = call.texts("assetStatus");
            let fits = |wanted: &Option<Vec<&str>>, word: &str| {
                wanted.as_ref().is_none_or(|wanted| wanted.contains(&word))
            };
            let found = Search::of(call).find(project, |asset| {
                let publication = match asset_status(asset) {
                    "PUBLISHED" => "PUBLISHED",
                    _ => "CREATED",
                };
                fits(&statuses, view::single_status(asset))
                    && fits(&transcodes, view::states(asset).transcode.as_str())
                    && fits(&publications, publication)
            });
            let page = page(call, found)?;
            let infos: Vec<_> = page
                .items
                .iter()
                .map(|asset| info(call, project, asset))
                .collect();
            let shown = page
                .items
                .iter()
                .map(|asset| asset.id.clone())
                .collect::<Vec<_>>();
            (infos, shown, page.total, page.has_more)
        }
    };
    view::shown(project, &shown);
    Ok(json!({
        "asset_info_array": infos, "is_truncated": u8::from(has_more), "total": total,
    }))
}

fn by_id(call: &Call<'_>, project: &Project, id: &str) -> Result<Value, Refusal> {
    match project.assets.get(id) {
        Some(asset) => Ok(info(call, project, asset)),
        None if call.context.rules.scope == Scope::Uploads => Err(Refusal::unknown()),
        None => Ok(json!({"asset_id": id, "status": "UNCREATED", "description": "no asset"})),
    }
}

/// An entry of the reply.
pub(super) fn info(call: &Call<'_>, project: &Project, asset: &Asset) -> Value {
    let mut info = json!({
        "asset_id": asset.id,
        "status": view::single_status(asset),
        "base_info": base_info(call, project, asset),
        "play_info_array": play_info(call, asset),
    });
    let description = exec_desc(asset);
    if !description.is_empty() {
        info["description"] = description.into();
    }
    info
}
