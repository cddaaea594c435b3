//! `UpdateAssetMeta`.

use serde_json::Value;

use crate::operations::upload::category;
use crate::operations::{Answer, Call};
use crate::state::Project;

pub(crate) fn change(project: &mut Project, call: &Call<'_>) -> Answer {
    call.asset(project)?;
    let category = match &call.parameters["category_id"] {
        Value::Null => None,
        given => Some(category(call, project, given)?),
    };
    let asset = call.asset(project)?;
    if let Some(title) = call.text("title") {
        title.clone_into(&mut asset.title);
    }
    if let Some(description) = call.text("description") {
        asset.description = Some(description.to_owned());
    }
    if let Some(tags) = call.text("tags") {
        asset.tags = Some(tags.to_owned());
    }
    asset.category_id = category.unwrap_or(asset.category_id);
    asset.modified = call.context.now;
    Ok(Value::Null)
}
