//! What a test sees of the object storage.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;

use crate::seen::AssetState;
use crate::store::{Fault, Grant, OpenUpload, Step, Store, StoreRequest, StoredObject};
use crate::world::World;

/// The object storage of a [`Service`](crate::Service), and the media assets that files were
/// uploaded for; see [`Service::storage`](crate::Service::storage).
#[derive(Clone)]
pub struct Objects {
    pub(crate) store: Arc<Store>,
    pub(crate) world: Arc<World>,
    /// Scheme, host and port.
    pub(crate) base: String,
}

impl Objects {
    /// An object by its key, which is `object` in the `target` of a media asset.
    pub fn object(&self, key: &str) -> Option<StoredObject> {
        self.store.object(key)
    }

    /// The bytes of an object; `None` if there is no such object, or they were not kept.
    pub fn bytes(&self, key: &str) -> Option<Bytes> {
        self.store.bytes(key)
    }

    /// The keys of all objects, sorted.
    pub fn keys(&self) -> Vec<String> {
        self.store.keys()
    }

    /// The uploads in parts that are neither joined nor aborted, the oldest first.
    pub fn uploads(&self) -> Vec<OpenUpload> {
        self.store.uploads()
    }

    /// The requests to the object storage so far, in the order in which they came, also those that
    /// were refused. [`Service::requests`](crate::Service::requests) does not have them. What is
    /// none of the steps, such as `OPTIONS`, is left out.
    pub fn requests(&self) -> Vec<StoreRequest> {
        self.store.requests()
    }

    /// Waits until the object storage has had `count` requests, all in all; they need not be
    /// answered yet, and their bodies need not be there. It waits for ever if they do not come.
    pub async fn received(&self, count: usize) {
        self.store.received(count).await;
    }

    /// A media asset, of whatever project.
    pub fn asset(&self, asset_id: &str) -> Option<AssetState> {
        self.world.asset(asset_id, &self.base)
    }

    /// A signed URL to download an object, with `GET` or `HEAD`.
    pub fn url(&self, key: &str) -> String {
        let grant = Grant {
            verb: "GET",
            key,
            ..Grant::default()
        };
        self.store.url(&self.base, &grant)
    }

    /// Aborts an upload in parts, as if somebody else had done it.
    pub fn abort(&self, upload_id: &str) {
        self.store.abort(upload_id);
    }

    /// Deletes an object, as if somebody else had done it.
    pub fn remove(&self, key: &str) {
        self.store.remove(key);
    }

    /// How the next request of a kind fails. Several failures are used in the order in which they
    /// were given, each once; requests that are not signed as they must be use up none.
    ///
    /// ```
    /// use vod_local::{Fault, Step};
    /// # fn example(objects: &vod_local::Objects) {
    /// objects.fail(Step::Join, Fault::error(503, "SlowDown"));
    /// objects.fail(Step::Join, Fault::lost_reply());
    /// # }
    /// ```
    pub fn fail(&self, step: Step, fault: Fault) {
        self.store.fail(step, fault);
    }

    /// The same for the next request that uploads the part with this number.
    pub fn fail_part(&self, number: u32, fault: Fault) {
        self.store.fail_part(number, fault);
    }
}

impl fmt::Debug for Objects {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Objects")
            .field("keys", &self.keys())
            .field("uploads", &self.uploads())
            .finish_non_exhaustive()
    }
}
