//! The state as a whole: saved, replaced, looked at from outside.

use std::sync::atomic::Ordering;

use serde_json::Value;

use super::{Emitted, World};
use crate::clock::Setting;
use crate::data::{Data, Misread, data};
use crate::lock::lock;
use crate::rules::{Progress, Rules};
use crate::state::{Document, Moment, Project};

/// The member of a saved state that has the objects.
pub(crate) const STORAGE: &str = "storage";
/// The member of a saved state that has the clock.
pub(crate) const CLOCK: &str = "clock";

data! {
    /// How the clock goes.
    struct ClockRecord {
        /// How many milliseconds it is ahead of the system's.
        ahead_ms: i64,
        /// The time, if it is stopped.
        stopped: Option<Moment>,
    }
}

/// Why an event is not sent once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotSent {
    /// There is no such event, or it is too old to be kept.
    Unknown,
    /// Events are sent to nobody.
    Nowhere,
}

impl World {
    /// How often it may have changed.
    pub(crate) fn changes(&self) -> u64 {
        let document = self.changes.load(Ordering::Relaxed);
        let others = self.store.changes().wrapping_add(self.clock.changes());
        document.wrapping_add(others)
    }

    /// Everything, with the clock and the names of the files that have the bytes of the objects.
    pub(crate) fn snapshot(&self) -> Value {
        let document = lock(&self.document);
        let mut snapshot = document.write();
        // With the lock held: what a media asset says of its object is true of these.
        snapshot[STORAGE] = self.store.record();
        let (ahead_ms, stopped) = match self.clock.setting() {
            Setting::Ahead(millis) => (millis, None),
            Setting::Stopped(time) => (0, Some(time.into())),
        };
        snapshot[CLOCK] = ClockRecord { ahead_ms, stopped }.write();
        snapshot
    }

    /// Has the clock go on as it did when the state was saved: the times in it are the clock's.
    pub(crate) fn restore_clock(&self, record: Value) -> Result<(), Misread> {
        let ClockRecord { ahead_ms, stopped } = ClockRecord::read(record)?;
        self.clock.restore(match stopped {
            Some(time) => Setting::Stopped(time.into()),
            None => Setting::Ahead(ahead_ms),
        });
        Ok(())
    }

    /// Replaces what it starts with and goes back to, and goes there.
    pub(crate) fn set_seed(&self, document: Value) -> Result<(), Misread> {
        *lock(&self.seed) = Document::read(document)?;
        self.reset(None);
        Ok(())
    }

    /// Sends an event once more.
    pub(crate) fn redeliver(&self, number: u64) -> Result<(), NotSent> {
        let document = lock(&self.document);
        let find = |(project_id, project): (&String, &Project)| {
            let mut events = project.events.iter();
            let found = events.find(|event| event.number == Some(number))?;
            Some(Emitted {
                number,
                project_id: project_id.clone(),
                event: found.body.clone(),
            })
        };
        let emitted = document.projects.iter().find_map(find);
        drop(document);
        let emitted = emitted.ok_or(NotSent::Unknown)?;
        let outbox = self.outbox.get().ok_or(NotSent::Nowhere)?;
        // Nobody listens if the service is about to end.
        let _ = outbox.send(emitted);
        self.clock.wake();
        Ok(())
    }

    /// How it behaves now.
    pub(crate) fn rules(&self) -> Rules {
        *lock(&self.rules)
    }

    /// When tasks go on.
    pub(crate) fn progress(&self) -> Progress {
        self.rules().progress
    }
}
