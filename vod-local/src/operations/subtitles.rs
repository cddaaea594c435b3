//! Subtitles of media assets.

use serde_json::json;

use super::{Answer, Call, Refusal};
use crate::machine::Upload;
use crate::progress::{Beginning, begin};
use crate::state::{Project, Work};

/// `ModifySubtitle`.
pub(crate) fn modify(project: &mut Project, call: &Call<'_>) -> Answer {
    let asset = call.asset(project)?;
    if asset.upload != Upload::Created {
        return Err(Refusal::state("The file of the media asset is not there."));
    }
    let language = |name: &str| {
        let list = call.parameters[name].as_array().into_iter().flatten();
        list.filter_map(|subtitle| subtitle["language"].as_str())
            .collect::<Vec<_>>()
    };
    let [added, deleted] = ["add_subtitles", "delete_subtitles"].map(language);
    if let Some(both) = deleted.iter().find(|language| added.contains(language)) {
        let message =
            format!("The language {both} is both in add_subtitles and in delete_subtitles.");
        return Err(Refusal::parameter(message));
    }
    if let Some(default) = call.text("default_language") {
        let stays = asset
            .subtitles
            .iter()
            .map(|subtitle| subtitle.language.as_str());
        let mut there = stays
            .filter(|language| !deleted.contains(language))
            .chain(added);
        if !there.any(|language| language.eq_ignore_ascii_case(default)) {
            let message = format!("There are no subtitles in the language {default}.");
            return Err(Refusal::parameter(message));
        }
    }
    let id = asset.id.clone();
    let beginning = Beginning {
        work: Work::Subtitles,
        asset_id: &id,
        details: call.parameters.clone(),
    };
    begin(project, &call.context, beginning);
    Ok(json!({"asset_id": id}))
}
