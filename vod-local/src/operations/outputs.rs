//! Outputs of transcoding.

use serde_json::{Value, json};

use super::{Answer, Call, Refusal};
use crate::machine::{Event, Machine};
use crate::state::{Output, Project};

/// `DeleteTranscodeProduct`.
pub(crate) fn delete(project: &mut Project, call: &Call<'_>) -> Answer {
    let asset = call.asset(project)?;
    let id = asset.id.clone();
    if project.tasks.is_busy(&id) {
        return Err(Refusal::state("The media asset is being worked on."));
    }
    let asset = call.asset(project)?;
    let groups = call.parameters["delete_infos"].as_array();
    let (mut deleted, mut failed) = (Vec::new(), Vec::new());
    for group in groups.into_iter().flatten() {
        let group_id = group["group_id"].as_str();
        let is_of_group = |output: &Output| group_id.is_none_or(|id| output.group_id == id);
        if call.text("delete_type") == Some("GROUP") {
            let before = asset.outputs.len();
            asset.outputs.retain(|output| !is_of_group(output));
            if asset.outputs.len() < before {
                deleted.push(json!({"group_id": group_id}));
            } else {
                failed.push(json!({"group_id": group_id, "fail_reason": "no such output"}));
            }
            continue;
        }
        let products = group["products"].as_array().into_iter().flatten();
        let (mut gone, mut left) = (Vec::new(), Vec::new());
        for url in products.map(|product| &product["url"]) {
            let path = url.as_str().unwrap_or_default();
            let end = |output: &Output| path.ends_with(&format!("/{}/{}", asset.id, output.file));
            let place = asset
                .outputs
                .iter()
                .position(|it| is_of_group(it) && end(it));
            match place {
                Some(place) => {
                    asset.outputs.remove(place);
                    gone.push(json!({"url": url}));
                }
                None => left.push(json!({"url": url, "fail_reason": "no such output"})),
            }
        }
        for (list, products) in [(&mut deleted, gone), (&mut failed, left)] {
            if !products.is_empty() {
                list.push(json!({"group_id": group_id, "products": products}));
            }
        }
    }
    if asset.outputs.is_empty() {
        asset.transcode = asset
            .transcode
            .after(Event::Clear)
            .unwrap_or(asset.transcode);
    }
    asset.modified = call.context.now;
    let status = match (deleted.is_empty(), failed.is_empty()) {
        (_, true) => "SUCCESS",
        (true, false) => "FAIL",
        (false, false) => "PARTIAL_SUCCESS",
    };
    let [deleted, failed] = [deleted, failed].map(|groups| {
        let groups = groups.into_iter().map(without_null);
        groups.collect::<Vec<_>>()
    });
    Ok(json!({
        "asset_id": id, "status": status, "deleted_products": deleted, "failed_products": failed,
    }))
}

/// A group need not have been named.
fn without_null(mut group: Value) -> Value {
    if let Some(group) = group.as_object_mut() {
        group.retain(|_, value| !value.is_null());
    }
    group
}
