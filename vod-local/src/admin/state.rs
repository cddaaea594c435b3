//! The state: shown, replaced and changed.

use serde_json::{Map, Value, json};

use super::asked::Asked;
use super::problem::Problem;
use super::routes::Content;
use crate::data::{Data, Misread};
use crate::machine::TaskStatus;
use crate::progress;
use crate::state::{Asset, Project, Task};

pub(super) fn reset(asked: &mut Asked<'_>) -> Result<Content, Problem> {
    let project = asked.query.take("project");
    asked.query.end()?;
    asked.world.reset(project.as_deref());
    if project.is_none() {
        asked.standalone.faults.clear();
        asked.world.store.faults.clear();
        asked.standalone.journal.clear();
    }
    Ok(Content::Json(
        json!({"reset": project.as_deref().unwrap_or("everything")}),
    ))
}

pub(super) fn show(asked: &mut Asked<'_>) -> Result<Content, Problem> {
    if !asked.query.has("project") {
        asked.query.end()?;
        return Ok(Content::Json(asked.world.export(&asked.base)));
    }
    let ids = asked.projects()?;
    asked.query.end()?;
    let project = ids
        .first()
        .map(|id| asked.in_project(id, |project, _| project.write()));
    Ok(Content::Json(project.unwrap_or_default()))
}

pub(super) fn replace(asked: &mut Asked<'_>) -> Result<Content, Problem> {
    let id = asked.query.take("project");
    asked.query.end()?;
    let mut document = asked.json()?;
    match id {
        Some(id) => {
            let replacement = Project::read(document)?;
            asked.in_project(&id, |project, _| *project = replacement);
        }
        None => {
            without_storage(&mut document);
            asked.world.import(document)?;
        }
    }
    Ok(Content::Json(json!({"projects": asked.world.projects()})))
}

pub(super) fn seed(asked: &mut Asked<'_>) -> Result<Content, Problem> {
    asked.query.end()?;
    let mut document = asked.json()?;
    without_storage(&mut document);
    asked.world.set_seed(document)?;
    Ok(Content::Json(json!({"projects": asked.world.projects()})))
}

/// A saved state names files, which are not in the document.
fn without_storage(document: &mut Value) {
    if let Value::Object(members) = document {
        members.remove(crate::world::STORAGE);
    }
}

pub(super) fn projects(asked: &mut Asked<'_>) -> Result<Content, Problem> {
    asked.query.end()?;
    Ok(Content::Json(json!({"projects": asked.world.projects()})))
}

pub(super) fn asset(asked: &mut Asked<'_>) -> Result<Content, Problem> {
    let id = asked.id.clone();
    asked.find("media asset", |project, _| {
        Ok(project.assets.get(&id).map(Asset::write))
    })
}

pub(super) fn change_asset(asked: &mut Asked<'_>) -> Result<Content, Problem> {
    let (id, patch) = (asked.id.clone(), patch(asked)?);
    asked.find("media asset", |project, _| {
        let Some(asset) = project.assets.get_mut(&id) else {
            return Ok(None);
        };
        *asset = patched(asset, &patch)?;
        Ok(Some(asset.write()))
    })
}

pub(super) fn task(asked: &mut Asked<'_>) -> Result<Content, Problem> {
    let id = asked.id.clone();
    asked.find("task", |project, _| {
        Ok(project.tasks.get(&id).map(Task::write))
    })
}

/// A change of the state has the consequences that it has by itself, where it is the next one.
pub(super) fn change_task(asked: &mut Asked<'_>) -> Result<Content, Problem> {
    let (id, patch) = (asked.id.clone(), patch(asked)?);
    asked.find("task", |project, context| {
        let Some(task) = project.tasks.get(&id) else {
            return Ok(None);
        };
        let changed: Task = patched(task, &patch)?;
        if changed.asset_id != task.asset_id {
            return Err(Misread::new("cannot be changed")
                .in_member("asset_id")
                .into());
        }
        match (task.status, changed.status) {
            (TaskStatus::Waiting, TaskStatus::Processing) => {
                progress::start(project, context, &id);
            }
            (from, TaskStatus::Succeeded) if from.is_open() => {
                progress::end(project, context, &id, None);
            }
            (from, TaskStatus::Failed) if from.is_open() => {
                let code = changed.fails_with;
                let code = code.unwrap_or_else(|| progress::default_code(changed.work).to_owned());
                progress::end(project, context, &id, Some(code));
            }
            _ => {
                project.tasks.change(&id, |task| *task = changed);
            }
        }
        Ok(project.tasks.get(&id).map(Task::write))
    })
}

/// The members to change.
fn patch(asked: &Asked<'_>) -> Result<Map<String, Value>, Problem> {
    match asked.json()? {
        Value::Object(members) => Ok(members),
        other => Err(Misread::kind("an object", &other).into()),
    }
}

/// A record with other members; those that are `null` get their defaults.
fn patched<T: Data>(record: &T, patch: &Map<String, Value>) -> Result<T, Problem> {
    let mut changed = record.write();
    let id = changed["id"].clone();
    if let Value::Object(members) = &mut changed {
        members.extend(patch.clone());
    }
    if changed["id"] != id {
        return Err(Misread::new("cannot be changed").in_member("id").into());
    }
    Ok(T::read(changed)?)
}

impl Asked<'_> {
    /// Looks for something in the project that is asked for, or in all of them.
    fn find(
        &mut self,
        kind: &str,
        mut look: impl FnMut(&mut Project, &progress::Context<'_>) -> Result<Option<Value>, Problem>,
    ) -> Result<Content, Problem> {
        let projects = self.projects()?;
        self.query.end()?;
        for project_id in projects {
            if let Some(mut found) = self.in_project(&project_id, &mut look)? {
                found["project_id"] = project_id.into();
                return Ok(Content::Json(found));
            }
        }
        let message = format!("there is no {kind} {:?}", self.id);
        Err(Problem::missing("id", message))
    }
}
