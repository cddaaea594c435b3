//! What the object storage saw.

use std::fmt;
use std::sync::Mutex;

use http::HeaderMap;
use tokio::sync::watch;

use super::fault::Step;
use super::head::Head;
use crate::lock::lock;

/// A request to the object storage. It lacks the parameters that hold the signature.
#[derive(Clone)]
#[non_exhaustive]
pub struct StoreRequest {
    /// What it was for.
    pub step: Step,
    /// The object.
    pub key: String,
    /// The upload in parts that it belongs to.
    pub upload_id: Option<String>,
    /// The number of the part.
    pub part_number: Option<u32>,
    /// All headers.
    pub headers: HeaderMap,
    /// How many bytes of the body came in so far.
    pub received: u64,
    /// The status of the reply; `None` before there is one, and if there is none.
    pub status: Option<u16>,
}

/// Headers that hold secrets.
const HIDDEN: [&str; 3] = [
    "authorization",
    "x-amz-security-token",
    "x-obs-security-token",
];

impl fmt::Debug for StoreRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut headers = self.headers.clone();
        for name in HIDDEN {
            headers.remove(name);
        }
        f.debug_struct("StoreRequest")
            .field("step", &self.step)
            .field("key", &self.key)
            .field("upload_id", &self.upload_id)
            .field("part_number", &self.part_number)
            .field("headers", &headers)
            .field("received", &self.received)
            .field("status", &self.status)
            .finish()
    }
}

#[derive(Debug, Default)]
pub(super) struct Log {
    requests: Mutex<Vec<StoreRequest>>,
    /// How many requests there are.
    count: watch::Sender<usize>,
}

/// The place of one request in the log.
pub(super) struct Entry<'a> {
    log: &'a Log,
    index: usize,
}

impl Log {
    pub(super) fn all(&self) -> Vec<StoreRequest> {
        lock(&self.requests).clone()
    }

    /// Waits until there are so many requests.
    pub(super) async fn received(&self, count: usize) {
        let mut number = self.count.subscribe();
        // The sender lives as long as `self`.
        let _ = number.wait_for(|number| *number >= count).await;
    }

    pub(super) fn begin(&self, step: Step, head: &Head) -> Entry<'_> {
        let mut requests = lock(&self.requests);
        requests.push(StoreRequest {
            step,
            key: head.key.clone(),
            upload_id: head.parameter("uploadId").map(str::to_owned),
            part_number: head.part_number(),
            headers: head.headers.clone(),
            received: 0,
            status: None,
        });
        // Under the lock, so that the count never goes back.
        self.count.send_replace(requests.len());
        Entry {
            log: self,
            index: requests.len() - 1,
        }
    }
}

impl Entry<'_> {
    pub(super) fn received(&self, bytes: u64) {
        self.change(|request| request.received += bytes);
    }

    pub(super) fn answered(&self, status: u16) {
        self.change(|request| request.status = Some(status));
    }

    fn change(&self, change: impl FnOnce(&mut StoreRequest)) {
        if let Some(request) = lock(&self.log.requests).get_mut(self.index) {
            change(request);
        }
    }
}
