//! Work that goes on after a reply.

use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use super::moment::Moment;
use super::table::{Record, Table};
use crate::data::{Data, Misread, data, words};
use crate::machine::TaskStatus;

words! {
    /// What a task does.
    pub(crate) enum Work {
        Transcode = "TRANSCODE",
        Thumbnail = "THUMBNAIL",
        Review = "REVIEW",
        ExtractAudio = "EXTRACT_AUDIO",
        /// Copies a file from a bucket of the user.
        Copy = "COPY",
        /// Fetches a file from a web address.
        Pull = "PULL",
        Edit = "EDIT",
        Subtitles = "SUBTITLES",
        Refresh = "REFRESH",
        Preload = "PRELOAD",
    }
}

data! {
    /// A task.
    pub(crate) struct Task {
        id: String,
        work: Work,
        /// The media asset that it works on, or that it makes; empty if there is none.
        asset_id: String,
        status: TaskStatus,
        created: Moment,
        started: Option<Moment>,
        ended: Option<Moment>,
        /// How many answers have shown it.
        asked: u32,
        /// How many answers still leave it out.
        hidden: u32,
        /// It takes ten times as long.
        slow: bool,
        /// The code of the error that it ends with; none if it succeeds.
        fails_with: Option<String>,
        /// What was asked for.
        details: Value,
        /// What came of it.
        result: Value,
    }
}

impl Record for Task {
    fn id(&self) -> &str {
        &self.id
    }
}

impl Task {
    /// An answer has shown it.
    pub(crate) fn ask(&mut self) {
        self.asked = self.asked.saturating_add(1);
    }

    /// Whether it makes a new file of those of a media asset.
    fn is_made_of(&self, asset_id: &str) -> bool {
        match self.work {
            Work::ExtractAudio => self.details["video"] == asset_id,
            Work::Edit => {
                let mut inputs = self.details["inputs"].as_array().into_iter().flatten();
                inputs.any(|input| input["asset_id"] == asset_id)
            }
            _ => false,
        }
    }
}

/// All tasks, which of them have not ended, and which belong to a media asset.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Tasks {
    all: Table<Task>,
    open: BTreeSet<String>,
    by_asset: HashMap<String, Vec<String>>,
}

impl Tasks {
    pub(crate) fn get(&self, id: &str) -> Option<&Task> {
        self.all.get(id)
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &Task> {
        self.all.iter()
    }

    /// Those that have not ended.
    pub(crate) fn open(&self) -> impl Iterator<Item = &Task> {
        self.open.iter().filter_map(|id| self.all.get(id))
    }

    /// Those of a media asset, the oldest first.
    pub(crate) fn of(&self, asset_id: &str) -> impl DoubleEndedIterator<Item = &Task> {
        let ids = self.by_asset.get(asset_id).into_iter().flatten();
        ids.filter_map(|id| self.all.get(id))
    }

    /// The last one of a media asset that does such work.
    pub(crate) fn last(&self, asset_id: &str, work: Work) -> Option<&Task> {
        self.of(asset_id).rfind(|task| task.work == work)
    }

    /// Whether a media asset is being worked on.
    pub(crate) fn is_busy(&self, asset_id: &str) -> bool {
        self.of(asset_id).any(|task| task.status.is_open())
    }

    /// Whether a media asset is being worked on, or something is being made of it.
    pub(crate) fn is_in_use(&self, asset_id: &str) -> bool {
        self.is_busy(asset_id) || self.open().any(|task| task.is_made_of(asset_id))
    }

    pub(crate) fn insert(&mut self, task: Task) {
        self.note(&task.id, task.status);
        let ids = self.by_asset.entry(task.asset_id.clone()).or_default();
        ids.push(task.id.clone());
        self.all.insert(task);
    }

    /// Changes a task, but for its id and its media asset.
    pub(crate) fn change<T>(&mut self, id: &str, change: impl FnOnce(&mut Task) -> T) -> Option<T> {
        let task = self.all.get_mut(id)?;
        let changed = change(task);
        let status = task.status;
        self.note(id, status);
        Some(changed)
    }

    pub(crate) fn remove(&mut self, id: &str) -> Option<Task> {
        self.open.remove(id);
        let task = self.all.remove(id)?;
        if let Some(ids) = self.by_asset.get_mut(&task.asset_id) {
            ids.retain(|known| known != id);
        }
        Some(task)
    }

    /// Removes all tasks of a media asset.
    pub(crate) fn remove_of(&mut self, asset_id: &str) {
        for id in self.by_asset.remove(asset_id).unwrap_or_default() {
            self.remove(&id);
        }
    }

    fn note(&mut self, id: &str, status: TaskStatus) {
        if status.is_open() {
            self.open.insert(id.to_owned());
        } else {
            self.open.remove(id);
        }
    }
}

impl Data for Tasks {
    fn write(&self) -> Value {
        self.all.write()
    }

    fn read(value: Value) -> Result<Self, Misread> {
        let mut tasks = Self::default();
        for task in Table::<Task>::read(value)?.into_records() {
            tasks.insert(task);
        }
        Ok(tasks)
    }
}
