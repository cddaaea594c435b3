//! Files on the nodes of the CDN, which are dropped or brought there. There is no CDN here, only the
//! tasks.

mod preload;
mod refresh;

use serde_json::{Value, json};
use vod_api::codes;

use super::view::source_url;
use super::{Call, Refusal};
use crate::machine::{TaskStatus, Upload};
use crate::progress::{Beginning, begin, fails};
use crate::state::{Asset, Project, Task, Work};

pub(crate) use preload::{preload, show_preloading};
pub(crate) use refresh::{refresh, show_refreshing};

/// How many media assets and URLs one kind of work takes in a day.
const A_DAY: u64 = 1000;

/// What a task is to work on.
struct Files {
    work: Work,
    /// How many media assets and URLs the request named.
    named: usize,
    urls: Vec<String>,
}

/// Begins a task, and gives its id; `None` if the project has had its share of the day.
fn start(project: &mut Project, call: &Call<'_>, files: Files) -> Option<String> {
    let Files { work, named, urls } = files;
    let today = call.context.now.day();
    let newest_first = project.tasks.iter().rev();
    let of_today = newest_first.take_while(|task| task.created.day() >= today);
    let of_today = of_today.filter(|task| task.work == work);
    let used: u64 = of_today
        .filter_map(|task| task.details["named"].as_u64())
        .sum();
    let named = u64::try_from(named).unwrap_or(u64::MAX);
    if used.saturating_add(named) > A_DAY {
        return None;
    }
    let urls = urls.into_iter().map(|url| {
        let title = asset_of(project, &url).map(|asset| asset.title.as_str());
        json!({"fails": fails(title.unwrap_or_default(), work), "url": url})
    });
    let urls: Vec<_> = urls.collect();
    let beginning = Beginning {
        work,
        // It is not busy by this.
        asset_id: "",
        details: json!({"named": named, "urls": urls}),
    };
    Some(begin(project, &call.context, beginning))
}

/// The URLs of a task, and how far each has come.
fn outcomes(
    project: &mut Project,
    call: &Call<'_>,
    work: Work,
) -> Result<Vec<(Value, TaskStatus)>, Refusal> {
    let id = call.text("task_id").unwrap_or_default();
    let task = project.tasks.get(id).filter(|task| task.work == work);
    let task = task.ok_or_else(Refusal::unknown)?;
    let urls = task.details["urls"].as_array().into_iter().flatten();
    let outcomes = urls.map(|url| {
        let status = match task.status {
            TaskStatus::Succeeded if url["fails"] == true => TaskStatus::Failed,
            status => status,
        };
        (url["url"].clone(), status)
    });
    let outcomes = outcomes.collect();
    project.tasks.change(id, Task::ask);
    Ok(outcomes)
}

/// The media asset that a URL is of, as in `…/asset/{asset_id}/…`.
fn asset_of<'p>(project: &'p Project, url: &str) -> Option<&'p Asset> {
    let (_, rest) = url.split_once("/asset/")?;
    let (id, _) = rest.split_once('/')?;
    project.assets.get(id)
}

/// The URLs that viewers have of a media asset: of the source file, and of what was made of it.
fn urls_of(call: &Call<'_>, asset: &Asset) -> Result<Vec<String>, Refusal> {
    let source = (!asset.without_source).then(|| source_url(call, asset));
    let outputs = asset.outputs.iter();
    let outputs = outputs.map(|output| call.context.viewer_url(&asset.id, &output.file));
    let urls: Vec<_> = source.into_iter().chain(outputs).collect();
    if asset.upload != Upload::Created || urls.is_empty() {
        return Err(not_ready());
    }
    Ok(urls)
}

fn not_ready() -> Refusal {
    let message = "The file of the media asset is not there, or it is not published.";
    Refusal::new(codes::ASSET_NOT_READY, message)
}
