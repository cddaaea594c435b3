//! `CreateAssetReviewTask`.

use serde_json::json;

use super::ready;
use crate::machine::{Event, Machine};
use crate::operations::{Answer, Call, Refusal};
use crate::progress::{Beginning, begin};
use crate::state::{Project, Work};

pub(crate) fn review(project: &mut Project, call: &Call<'_>) -> Answer {
    let asset = ready(project, call)?;
    if asset.review.after(Event::Ask).is_none() {
        return Err(Refusal::state("The media asset is being reviewed."));
    }
    let id = asset.id.clone();
    let settings = call.parameters["review"].clone();
    let beginning = Beginning {
        work: Work::Review,
        asset_id: &id,
        details: settings.clone(),
    };
    begin(project, &call.context, beginning);
    Ok(json!({"asset_id": id, "review": settings}))
}
