//! Object storage: what of OBS an upload needs.

mod blob;
mod config;
mod contents;
mod fault;
#[cfg(feature = "server")]
mod folder;
mod head;
mod log;
mod range;
mod receive;
#[cfg(feature = "server")]
mod record;
mod refusal;
mod reply;
mod serve;
mod sign;
mod view;
mod xml;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::UNIX_EPOCH;

use crate::clock::Clock;
use crate::faults::Faults;
use crate::lock::lock;
use crate::uri;

pub use config::{ContentTypes, Keep, Storage};
pub(crate) use fault::StoreFault;
#[cfg(feature = "server")]
pub(crate) use fault::Target;
pub use fault::{Fault, Step};
#[cfg(feature = "server")]
pub(crate) use folder::Folder;
pub use log::StoreRequest;
#[cfg(feature = "server")]
pub(crate) use record::RestoreError;
pub(crate) use sign::Grant;
pub use view::{OpenUpload, StoredObject, StoredPart};

/// The one bucket there is. It is also where its URLs begin.
pub(crate) const BUCKET: &str = "obs-vod-local";

#[derive(Debug)]
pub(crate) struct Store {
    pub(crate) config: Storage,
    clock: Arc<Clock>,
    contents: Mutex<contents::Contents>,
    memory: blob::Memory,
    pub(crate) faults: Faults<StoreFault>,
    log: log::Log,
    /// How many requests there were.
    requests: AtomicU64,
    /// How often the contents changed.
    changes: AtomicU64,
}

impl Store {
    /// `kept` is how many requests its log keeps.
    pub(crate) fn new(config: Storage, clock: Arc<Clock>, kept: usize) -> Self {
        let faults = Faults::seeded(config.fault_seed);
        Self {
            config,
            clock,
            contents: Mutex::default(),
            memory: blob::Memory::default(),
            faults,
            log: log::Log::keeping(kept),
            requests: AtomicU64::default(),
            changes: AtomicU64::default(),
        }
    }

    /// Whether a request with this path is for the object storage.
    pub(crate) fn owns(path: &str) -> bool {
        path.strip_prefix('/')
            .and_then(|path| path.split('/').next())
            .is_some_and(|first| first == BUCKET)
    }

    /// A signed URL, with the scheme and the host of `base`.
    pub(crate) fn url(&self, base: &str, grant: &Grant<'_>) -> String {
        let now = self
            .clock
            .now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        let until = now
            .as_secs()
            .saturating_add(self.config.url_lifetime.as_secs());
        let query = sign::query(grant, BUCKET, until);
        format!("{base}/{BUCKET}/{}?{query}", uri::encode_path(grant.key))
    }

    /// Whether there is an object.
    pub(crate) fn has(&self, key: &str) -> bool {
        lock(&self.contents).object(key).is_some()
    }

    /// The size of an object.
    pub(crate) fn size(&self, key: &str) -> Option<u64> {
        Some(lock(&self.contents).object(key)?.size)
    }

    /// The size of an object and the hash of its first bytes.
    pub(crate) fn fingerprint(&self, key: &str) -> Option<(u64, [u8; 16])> {
        let contents = lock(&self.contents);
        let object = contents.object(key)?;
        Some((object.size, object.head_md5()))
    }

    /// Forgets the requests so far.
    pub(crate) fn forget_requests(&self) {
        self.log.clear();
    }

    /// Stores an object without a request.
    #[cfg(test)]
    pub(crate) fn put_for_test(&self, key: &str) {
        let writer = blob::BlobWriter::new(Keep::InMemory, &self.memory);
        let blob = writer.and_then(blob::BlobWriter::finish);
        let blob = blob.expect("memory needs no file");
        let object = contents::Object::whole(blob, None, self.clock.now());
        lock(&self.contents).put(key, object);
    }

    /// Deletes all objects and uploads whose keys begin with this.
    pub(crate) fn clear(&self, prefix: &str) {
        self.change().clear(prefix);
    }

    /// Deletes the parts of all uploads of an object.
    pub(crate) fn abort_all(&self, key: &str) {
        self.change().abort_all(key);
    }

    /// The contents, to change them.
    fn change(&self) -> MutexGuard<'_, contents::Contents> {
        let contents = lock(&self.contents);
        self.changes.fetch_add(1, Ordering::Relaxed);
        contents
    }
}
