//! `RefreshAsset` and `ShowRefreshResult`.

use serde_json::{Value, json};
use vod_api::codes;

use super::{Files, outcomes, start, urls_of};
use crate::data::Words;
use crate::operations::{Answer, Call, Refusal};
use crate::state::{Project, Work};

pub(crate) fn refresh(project: &mut Project, call: &Call<'_>) -> Answer {
    let ids = call.texts("asset_id_list").unwrap_or_default();
    let given = call.texts("urls").unwrap_or_default();
    let named = ids.len() + given.len();
    let mut urls: Vec<_> = given.into_iter().map(str::to_owned).collect();
    for id in ids {
        let asset = project.assets.get(id).ok_or_else(Refusal::unknown)?;
        urls.extend(urls_of(call, asset)?);
    }
    let files = Files {
        work: Work::Refresh,
        named,
        urls,
    };
    let message = "At most 1,000 media assets and URLs are refreshed in a day.";
    let too_many = || Refusal::new(codes::TOO_MANY_REFRESH_URLS, message);
    let id = start(project, call, files).ok_or_else(too_many)?;
    Ok(json!({"task_id": id}))
}

pub(crate) fn show_refreshing(project: &mut Project, call: &Call<'_>) -> Answer {
    let outcomes = outcomes(project, call, Work::Refresh)?.into_iter();
    let results: Value = outcomes
        .map(|(url, status)| json!({"url": url, "status": status.as_str()}))
        .collect();
    Ok(json!({"refresh_results": results}))
}
