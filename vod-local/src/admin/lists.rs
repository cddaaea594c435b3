//! Lists of what there is, in all projects or in one.

use serde_json::{Value, json};

use super::asked::Asked;
use super::problem::Problem;
use super::routes::Content;
use crate::data::Data;
use crate::progress;

/// How many are listed, where no other number is asked for.
const LIMIT: usize = 100;

pub(super) fn assets(asked: &mut Asked<'_>) -> Result<Content, Problem> {
    let limit = asked.query.number("limit")?.unwrap_or(LIMIT);
    let projects = asked.projects()?;
    asked.query.end()?;
    let (mut assets, mut total) = (Vec::new(), 0);
    for id in projects {
        asked.in_project(&id, |project, _| {
            total += project.assets.iter().count();
            assets.extend(project.assets.iter().rev().take(limit).map(|asset| {
                let mut shown = asset.write();
                shown["project_id"] = id.as_str().into();
                (asset.created, shown)
            }));
        });
    }
    Ok(newest("assets", assets, [limit, total]))
}

pub(super) fn tasks(asked: &mut Asked<'_>) -> Result<Content, Problem> {
    let limit = asked.query.number("limit")?.unwrap_or(LIMIT);
    let projects = asked.projects()?;
    asked.query.end()?;
    let (mut tasks, mut total) = (Vec::new(), 0);
    for id in projects {
        asked.in_project(&id, |project, context| {
            total += project.tasks.iter().count();
            tasks.extend(project.tasks.iter().rev().take(limit).map(|task| {
                let mut shown = task.write();
                shown["project_id"] = id.as_str().into();
                shown["percent"] = progress::percent(task, context).into();
                // What was asked for can hold signed URLs.
                if let Value::Object(members) = &mut shown {
                    members.remove("details");
                    members.remove("result");
                }
                (task.created, shown)
            }));
        });
    }
    Ok(newest("tasks", tasks, [limit, total]))
}

/// The newest first.
fn newest<T: Ord + Copy>(
    name: &str,
    mut found: Vec<(T, Value)>,
    [limit, total]: [usize; 2],
) -> Content {
    found.sort_by_key(|(created, _)| std::cmp::Reverse(*created));
    let found = found.into_iter().take(limit).map(|(_, shown)| shown);
    let mut list = json!({"total": total});
    list[name] = found.collect();
    Content::Json(list)
}

pub(super) fn uploads(asked: &mut Asked<'_>) -> Result<Content, Problem> {
    asked.query.end()?;
    let uploads = asked.world.store.uploads().into_iter().map(|upload| {
        let parts = upload
            .parts
            .iter()
            .map(|part| json!({"number": part.number, "size": part.size, "md5": part.md5}));
        json!({
            "upload_id": upload.upload_id,
            "object": upload.key,
            "parts": parts.collect::<Vec<_>>(),
        })
    });
    let uploads: Vec<_> = uploads.collect();
    Ok(Content::Json(
        json!({"total": uploads.len(), "uploads": uploads}),
    ))
}
