//! What the object storage saw.

use std::collections::VecDeque;
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

/// The last requests, and how many there were.
#[derive(Debug)]
pub(super) struct Log {
    requests: Mutex<VecDeque<StoreRequest>>,
    /// How many are kept.
    most: usize,
    /// How many requests there were.
    count: watch::Sender<usize>,
}

/// The place of one request in the log.
pub(super) struct Entry<'a> {
    log: &'a Log,
    /// From 1.
    number: usize,
}

impl Log {
    pub(super) fn keeping(most: usize) -> Self {
        Self {
            requests: Mutex::default(),
            most,
            count: watch::Sender::new(0),
        }
    }

    pub(super) fn all(&self) -> Vec<StoreRequest> {
        lock(&self.requests).iter().cloned().collect()
    }

    /// Forgets all of them; their numbers go on.
    pub(super) fn clear(&self) {
        lock(&self.requests).clear();
    }

    /// Waits until there were so many requests.
    pub(super) async fn received(&self, count: usize) {
        let mut number = self.count.subscribe();
        // The sender lives as long as `self`.
        let _ = number.wait_for(|number| *number >= count).await;
    }

    pub(super) fn begin(&self, step: Step, head: &Head) -> Entry<'_> {
        let mut requests = lock(&self.requests);
        if requests.len() >= self.most {
            requests.pop_front();
        }
        requests.push_back(StoreRequest {
            step,
            key: head.key.clone(),
            upload_id: head.parameter("uploadId").map(str::to_owned),
            part_number: head.part_number(),
            headers: head.headers.clone(),
            received: 0,
            status: None,
        });
        // Under the lock, so that the count never goes back.
        self.count.send_modify(|count| *count += 1);
        let number = *self.count.borrow();
        Entry { log: self, number }
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
        let mut requests = lock(&self.log.requests);
        // How many came after it, with the lock held.
        let later = self.log.count.borrow().saturating_sub(self.number);
        let place = requests.len().checked_sub(later + 1);
        if let Some(request) = place.and_then(|place| requests.get_mut(place)) {
            change(request);
        }
    }
}
