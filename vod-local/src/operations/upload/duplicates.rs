//! `CheckMd5Duplication`: whether a file is there already.

use serde_json::json;

use crate::digest::hex;
use crate::operations::{Answer, Call};
use crate::state::Project;

pub(crate) fn find_duplicates(project: &mut Project, call: &Call<'_>) -> Answer {
    let (size, md5) = (call.parameters["size"].as_u64(), call.text("md5"));
    let found = project.assets.iter().filter(|asset| {
        let known = call.context.store.fingerprint(&asset.object);
        known.is_some_and(|(bytes, head)| Some(bytes) == size && md5 == Some(hex(&head).as_str()))
    });
    let ids: Vec<_> = found.map(|asset| asset.id.as_str()).collect();
    Ok(json!({"is_duplicated": u8::from(!ids.is_empty()), "asset_ids": ids}))
}
