//! `CreatePreheatingAsset` and `ShowPreheatingAsset`.

use serde_json::{Value, json};
use vod_api::codes;

use super::{Files, asset_of, not_ready, outcomes, start, urls_of};
use crate::data::Words;
use crate::machine::Publication;
use crate::operations::{Answer, Call, Refusal};
use crate::state::{Asset, Project, Work};

pub(crate) fn preload(project: &mut Project, call: &Call<'_>) -> Answer {
    let given = call.texts("urls").unwrap_or_default();
    let id = call.text("asset_id").filter(|id| !id.is_empty());
    let named = given.len() + usize::from(id.is_some());
    let is_hidden = |asset: &Asset| asset.publication == Publication::Unpublished;
    let mut of_urls = given.iter().filter_map(|url| asset_of(project, url));
    if of_urls.any(is_hidden) {
        return Err(not_ready());
    }
    let mut urls: Vec<_> = given.into_iter().map(str::to_owned).collect();
    if let Some(id) = id {
        let asset = project.assets.get(id).ok_or_else(Refusal::unknown)?;
        if is_hidden(asset) {
            return Err(not_ready());
        }
        urls.extend(urls_of(call, asset)?);
    }
    let files = Files {
        work: Work::Preload,
        named,
        urls,
    };
    let message = "At most 1,000 media assets and URLs are pre-loaded in a day.";
    let too_many = || Refusal::new(codes::TOO_MANY_PRELOAD_URLS, message);
    let id = start(project, call, files).ok_or_else(too_many)?;
    Ok(json!({"task_id": id}))
}

pub(crate) fn show_preloading(project: &mut Project, call: &Call<'_>) -> Answer {
    let outcomes = outcomes(project, call, Work::Preload)?.into_iter();
    let results: Value = outcomes
        .map(|(url, status)| json!({"url": url, "status": status.as_str().to_lowercase()}))
        .collect();
    Ok(json!({"preheating_results": results}))
}
