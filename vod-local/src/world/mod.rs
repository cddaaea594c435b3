//! The service with state: who is asked, and what it knows.

#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex};

use serde_json::Value;
use vod_api::operation::OperationMeta;

use crate::behaviours;
use crate::clock::Clock;
use crate::data::{Data, Misread};
use crate::lock::lock;
use crate::operations::Call;
use crate::progress::{Context, advance};
use crate::reply::Reply;
use crate::rules::{Progress, Rules, Scope};
use crate::seen::AssetState;
use crate::state::{Document, Project};
use crate::store::Store;

/// Everything that has state, but for the objects.
#[derive(Debug)]
pub(crate) struct World {
    rules: Mutex<Rules>,
    document: Mutex<Document>,
    /// What it starts with, and goes back to.
    seed: Document,
    pub(crate) store: Arc<Store>,
    pub(crate) clock: Arc<Clock>,
}

/// A valid request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Question<'a> {
    pub(crate) operation: &'static OperationMeta,
    pub(crate) parameters: &'a Value,
    pub(crate) place: Place<'a>,
}

/// Which project is asked, and how.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) project_id: &'a str,
    /// Scheme and host that URLs in the reply begin with.
    pub(crate) base: &'a str,
}

/// The operations of an upload.
const UPLOADS: [&str; 9] = [
    "CreateAssetByFileUpload",
    "UpdateAsset",
    "ConfirmAssetUpload",
    "ShowAssetTempAuthority",
    "CheckMd5Duplication",
    "ShowAssetDetail",
    "ShowAssetMeta",
    "CreateWatermarkTemplate",
    "ConfirmImageUpload",
];

impl World {
    pub(crate) fn new(rules: Rules, seed: Document, store: Arc<Store>, clock: Arc<Clock>) -> Self {
        Self {
            rules: Mutex::new(rules),
            document: Mutex::new(seed.clone()),
            seed,
            store,
            clock,
        }
    }

    /// What the state has to say; `None` if the operation has nothing to do with it.
    pub(crate) fn answer(&self, question: &Question<'_>) -> Option<Reply> {
        let Question {
            operation,
            parameters,
            place,
        } = *question;
        if lock(&self.rules).scope == Scope::Uploads && !is_of_uploads(operation.name, parameters) {
            return None;
        }
        let run = behaviours::find(operation.name)?.run;
        let answer = self.in_project(place, |project, context| {
            run(
                project,
                &Call {
                    parameters,
                    context: *context,
                },
            )
        });
        Some(match answer {
            Ok(Value::Null) => Reply::status(operation.success),
            Ok(body) => Reply::json(operation.success, body),
            Err(refusal) => refusal.into(),
        })
    }

    /// Does something in a project, which is made by its first use. What is due has happened.
    pub(crate) fn in_project<T>(
        &self,
        place: Place<'_>,
        act: impl FnOnce(&mut Project, &Context<'_>) -> T,
    ) -> T {
        let rules = *lock(&self.rules);
        let context = Context {
            project_id: place.project_id,
            base: place.base,
            now: self.clock.now().into(),
            rules: &rules,
            store: &self.store,
        };
        let mut document = lock(&self.document);
        let project = document.projects.entry(place.project_id.to_owned());
        let project = project.or_default();
        advance(project, &context);
        act(project, &context)
    }

    /// A media asset, of whatever project.
    pub(crate) fn asset(&self, id: &str, base: &str) -> Option<AssetState> {
        let asset = |project_id: &String| {
            let place = Place { project_id, base };
            self.in_project(place, |project, _| {
                project.assets.get(id).map(AssetState::from)
            })
        };
        self.projects().iter().find_map(asset)
    }

    /// The names of all projects.
    pub(crate) fn projects(&self) -> Vec<String> {
        lock(&self.document).projects.keys().cloned().collect()
    }

    pub(crate) fn set_progress(&self, progress: Progress) {
        lock(&self.rules).progress = progress;
    }

    /// The whole document. What is due has happened.
    pub(crate) fn export(&self, base: &str) -> Value {
        for project_id in &self.projects() {
            self.in_project(Place { project_id, base }, |_, _| ());
        }
        lock(&self.document).write()
    }

    pub(crate) fn import(&self, document: Value) -> Result<(), Misread> {
        let document = Document::read(document)?;
        *lock(&self.document) = document;
        Ok(())
    }

    /// Goes back to the start, in one project or in all; objects are deleted.
    pub(crate) fn reset(&self, project_id: Option<&str>) {
        let mut document = lock(&self.document);
        let Some(id) = project_id else {
            *document = self.seed.clone();
            self.store.clear("");
            return;
        };
        match self.seed.projects.get(id) {
            Some(seed) => document.projects.insert(id.to_owned(), seed.clone()),
            None => document.projects.remove(id),
        };
        self.store.clear(&format!("{id}/"));
    }
}

/// Whether an operation has state where only uploads do. A search for media assets has none.
fn is_of_uploads(operation: &str, parameters: &Value) -> bool {
    let is_search = operation == "ShowAssetMeta" && !parameters["asset_id"].is_array();
    UPLOADS.contains(&operation) && !is_search
}
