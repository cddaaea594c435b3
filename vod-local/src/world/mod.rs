//! The service with state: who is asked, and what it knows.

#[cfg(test)]
mod tests;
#[cfg(feature = "server")]
mod whole;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock};
use std::time::SystemTime;

use serde_json::Value;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use vod_api::operation::OperationMeta;

use crate::behaviours;
use crate::clock::Clock;
use crate::data::{Data, Misread};
use crate::lock::lock;
use crate::operations::Call;
use crate::progress::{Context, advance, next};
use crate::reply::Reply;
use crate::rules::{Progress, Rules, Scope};
use crate::seen::AssetState;
use crate::state::{Document, Project};
use crate::store::Store;

#[cfg(feature = "server")]
pub(crate) use whole::{CLOCK, NotSent, STORAGE};

/// Everything that has state, but for the objects.
#[derive(Debug)]
pub(crate) struct World {
    rules: Mutex<Rules>,
    document: Mutex<Document>,
    /// What it starts with, and goes back to.
    seed: Mutex<Document>,
    /// How often it may have changed.
    changes: AtomicU64,
    /// How many events got a number.
    events: AtomicU64,
    /// Where events go, if somebody wants them.
    outbox: OnceLock<UnboundedSender<Emitted>>,
    pub(crate) store: Arc<Store>,
    pub(crate) clock: Arc<Clock>,
}

/// An event of a project.
#[derive(Debug)]
pub(crate) struct Emitted {
    pub(crate) number: u64,
    pub(crate) project_id: String,
    pub(crate) event: Value,
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
            seed: Mutex::new(seed),
            changes: AtomicU64::default(),
            events: AtomicU64::default(),
            outbox: OnceLock::new(),
            store,
            clock,
        }
    }

    /// All events from now on. The clock is woken when there can be more, or tasks have changed.
    pub(crate) fn emitted(&self) -> UnboundedReceiver<Emitted> {
        let (sender, receiver) = unbounded_channel();
        // There is one who sends them, from the start.
        let _ = self.outbox.set(sender);
        receiver
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
        let done = self.go_on_in(place, act);
        if self.outbox.get().is_some() {
            self.clock.wake();
        }
        done
    }

    /// Has everything happen that is due in all projects; gives the time when there is more to do.
    pub(crate) fn go_on(&self, base: &str) -> Option<SystemTime> {
        let next = |project_id: &String| {
            let place = Place { project_id, base };
            self.go_on_in(place, |project, context| next(project, context))
        };
        let next = self.projects().iter().filter_map(next).min();
        next.map(SystemTime::from)
    }

    fn go_on_in<T>(
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
        let mut document = self.change();
        let project = document.projects.entry(place.project_id.to_owned());
        let project = project.or_default();
        advance(project, &context);
        let done = act(project, &context);
        let number = || self.events.fetch_add(1, Ordering::Relaxed) + 1;
        let fresh = project.events.take_fresh(number);
        // Under the lock, so that they go in their order.
        if let Some(outbox) = self.outbox.get() {
            for (number, event) in fresh {
                // Nobody listens if the service is about to end.
                let _ = outbox.send(Emitted {
                    number,
                    project_id: place.project_id.to_owned(),
                    event,
                });
            }
        }
        done
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
        self.clock.wake();
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
        *self.change() = document;
        Ok(())
    }

    /// Goes back to the start, in one project or in all; objects are deleted.
    pub(crate) fn reset(&self, project_id: Option<&str>) {
        let seed = lock(&self.seed).clone();
        let mut document = self.change();
        let Some(id) = project_id else {
            *document = seed;
            self.store.clear("");
            return;
        };
        match seed.projects.get(id) {
            Some(seed) => document.projects.insert(id.to_owned(), seed.clone()),
            None => document.projects.remove(id),
        };
        self.store.clear(&format!("{id}/"));
    }

    /// The document, to change it.
    fn change(&self) -> MutexGuard<'_, Document> {
        let document = lock(&self.document);
        self.changes.fetch_add(1, Ordering::Relaxed);
        document
    }
}

/// Whether an operation has state where only uploads do. A search for media assets has none.
fn is_of_uploads(operation: &str, parameters: &Value) -> bool {
    let is_search = operation == "ShowAssetMeta" && !parameters["asset_id"].is_array();
    UPLOADS.contains(&operation) && !is_search
}
