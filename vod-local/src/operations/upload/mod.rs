//! Uploads, and files that the service fetches.

mod authority;
mod confirm;
mod create;
mod duplicates;
mod fetch;
mod files;

use serde_json::Value;
use vod_api::codes;

use super::{Call, Refusal};
use crate::rules::Scope;
use crate::state::{Asset, Plan, Project};

pub(crate) use authority::authorize;
pub(crate) use confirm::confirm;
pub(crate) use create::{create, update};
pub(crate) use duplicates::find_duplicates;
pub(crate) use fetch::{authorize_bucket, copy, pull};

/// Where the service says that its bucket is.
pub(super) const LOCATION: &str = "cn-north-4";

/// The category that a request names; `None` for the built-in one.
pub(super) fn category(
    call: &Call<'_>,
    project: &Project,
    given: &Value,
) -> Result<Option<i64>, Refusal> {
    let id = given.as_i64().filter(|id| *id != -1);
    let is_known = |id: i64| {
        call.context.rules.scope == Scope::Uploads
            || project.categories.get(&id.to_string()).is_some()
    };
    match id {
        Some(id) if !is_known(id) => Err(Refusal::new(
            codes::CATEGORY_NOT_FOUND,
            format!("The category {id} does not exist."),
        )),
        id => Ok(id),
    }
}

/// A media asset as a request describes it. Its file is not there yet.
fn described(call: &Call<'_>, project: &Project, given: &Value) -> Result<Asset, Refusal> {
    let text = |name: &str| given[name].as_str().map(str::to_owned);
    let is_on = |name: &str, default| given[name].as_i64().map_or(default, |value| value != 0);
    let object = |name: &str| given.get(name).filter(|value| value.is_object()).cloned();
    let now = call.context.now;
    Ok(Asset {
        title: text("title").unwrap_or_default(),
        description: text("description"),
        video_name: text("video_name")
            .or_else(|| text("title"))
            .unwrap_or_default(),
        video_type: text("video_type").unwrap_or_default(),
        category_id: category(call, project, &given["category_id"])?,
        tags: text("tags"),
        created: now,
        modified: now,
        plan: Plan {
            publish: is_on("auto_publish", true),
            template_group_name: text("template_group_name").filter(|name| !name.is_empty()),
            encrypt: is_on("auto_encrypt", false),
            thumbnail: object("thumbnail"),
            review: object("review"),
        },
        ..Asset::default()
    })
}
