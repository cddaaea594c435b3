//! A project of the service.

use std::fmt;

use serde_json::Value;
use vod_api::{Client, ClientBuilder};

use super::Local;
use crate::machine::TaskStatus;
use crate::progress::{self, Context};
use crate::seen::{AssetState, TaskState};
use crate::state::Project;
use crate::world::Place;

/// A project of a [`Local`]; see [`Local::project`].
#[derive(Debug, Clone, Copy)]
pub struct LocalProject<'a> {
    pub(super) local: &'a Local,
    pub(super) id: &'a str,
}

/// A task cannot be moved on; see [`LocalProject::end_task`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TaskError {
    /// There is no such task in the project.
    Unknown,
    /// Its state does not allow it: it does not wait, or has ended.
    State,
}

impl LocalProject<'_> {
    /// The id.
    pub fn id(&self) -> &str {
        self.id
    }

    /// Sets up a client of this project; see [`Local::client`].
    pub fn client(&self) -> ClientBuilder {
        let clock = self.local.world.clock.clone();
        Client::builder()
            .endpoint(self.local.endpoint())
            .project_id(self.id)
            .credentials(self.local.credentials())
            .clock(move || clock.now())
    }

    /// A media asset of this project.
    pub fn asset(&self, id: &str) -> Option<AssetState> {
        self.look(|project, _| project.assets.get(id).map(AssetState::from))
    }

    /// The ids of all media assets, the oldest first.
    pub fn asset_ids(&self) -> Vec<String> {
        self.look(|project, _| {
            project
                .assets
                .iter()
                .map(|asset| asset.id.clone())
                .collect()
        })
    }

    /// All tasks, the oldest first, also those that have ended.
    pub fn tasks(&self) -> Vec<TaskState> {
        self.look(|project, _| project.tasks.iter().map(TaskState::from).collect())
    }

    /// Has a task begin that waits. For [`Progress::manual`](crate::Progress::manual), but it works
    /// with any progress.
    ///
    /// # Errors
    ///
    /// There is no such task, or it does not wait.
    pub fn start_task(&self, id: &str) -> Result<(), TaskError> {
        self.look(|project, context| {
            let task = project.tasks.get(id).ok_or(TaskError::Unknown)?;
            if task.status != TaskStatus::Waiting {
                return Err(TaskError::State);
            }
            progress::start(project, context, id);
            Ok(())
        })
    }

    /// Ends a task that waits or runs: it succeeds, or fails with a code such as `VOD.10092`.
    ///
    /// # Errors
    ///
    /// There is no such task, or it has ended.
    pub fn end_task(&self, id: &str, failure: Option<&str>) -> Result<(), TaskError> {
        self.look(|project, context| {
            let task = project.tasks.get(id).ok_or(TaskError::Unknown)?;
            if !task.status.is_open() {
                return Err(TaskError::State);
            }
            progress::end(project, context, id, failure.map(str::to_owned));
            Ok(())
        })
    }

    /// The last 1,000 events that the service has sent, the oldest first: bare, as
    /// `{"event_type": "transcodeComplete", "transcode_info": {…}}`. They leave the service only if
    /// [`LocalBuilder::notify`](crate::LocalBuilder::notify) says where to.
    pub fn events(&self) -> Vec<Value> {
        self.look(|project, _| {
            project
                .events
                .iter()
                .map(|event| event.body.clone())
                .collect()
        })
    }

    /// Sends an event of a test, bare and whatever it says, besides those that come by themselves.
    pub fn send_event(&self, event: Value) {
        self.look(|project, _| project.events.push(event));
    }

    /// Goes back to the start, as [`Local::reset`], in this project alone. Requests and failures
    /// that were asked for stay.
    pub fn reset(&self) {
        self.local.world.reset(Some(self.id));
    }

    fn look<T>(&self, look: impl FnOnce(&mut Project, &Context<'_>) -> T) -> T {
        let place = Place {
            project_id: self.id,
            base: &self.local.endpoint(),
        };
        self.local.world.in_project(place, look)
    }
}

impl fmt::Display for TaskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unknown => "there is no such task in the project",
            Self::State => "the state of the task does not allow it",
        })
    }
}

impl std::error::Error for TaskError {}
