//! The state as a whole: saved, replaced, looked at from outside.

use std::sync::atomic::Ordering;

use serde_json::Value;

use super::World;
use crate::data::{Data, Misread};
use crate::lock::lock;
use crate::rules::{Progress, Rules};
use crate::state::Document;

/// The member of a saved state that has the objects.
pub(crate) const STORAGE: &str = "storage";

impl World {
    /// How often it may have changed.
    pub(crate) fn changes(&self) -> u64 {
        let document = self.changes.load(Ordering::Relaxed);
        document.wrapping_add(self.store.changes())
    }

    /// Everything, with the names of the files that have the bytes of the objects.
    pub(crate) fn snapshot(&self) -> Value {
        let document = lock(&self.document);
        let mut snapshot = document.write();
        // With the lock held: what a media asset says of its object is true of these.
        snapshot[STORAGE] = self.store.record();
        snapshot
    }

    /// Replaces what it starts with and goes back to, and goes there.
    pub(crate) fn set_seed(&self, document: Value) -> Result<(), Misread> {
        *lock(&self.seed) = Document::read(document)?;
        self.reset(None);
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
