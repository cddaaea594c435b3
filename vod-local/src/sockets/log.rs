//! The requests that came.

use std::collections::VecDeque;
use std::sync::Mutex;

use tokio::sync::watch;

use crate::lock::lock;
use crate::request::ReceivedRequest;

/// The last requests, and how many there were.
#[derive(Debug)]
pub(crate) struct Requests {
    kept: Mutex<VecDeque<ReceivedRequest>>,
    /// How many are kept.
    most: usize,
    count: watch::Sender<usize>,
}

impl Requests {
    pub(crate) fn keeping(most: usize) -> Self {
        Self {
            kept: Mutex::default(),
            most,
            count: watch::Sender::new(0),
        }
    }

    /// Adds a request, and gives its number, from 1.
    pub(super) fn add(&self, request: ReceivedRequest) -> usize {
        let mut kept = lock(&self.kept);
        if kept.len() >= self.most {
            kept.pop_front();
        }
        kept.push_back(request);
        // Under the lock, so that the count never goes back.
        self.count.send_modify(|count| *count += 1);
        *self.count.borrow()
    }

    pub(crate) fn all(&self) -> Vec<ReceivedRequest> {
        lock(&self.kept).iter().cloned().collect()
    }

    /// Forgets all of them; their numbers go on.
    pub(crate) fn clear(&self) {
        lock(&self.kept).clear();
    }

    /// Waits until there were so many, all in all.
    pub(crate) async fn received(&self, count: usize) {
        let mut number = self.count.subscribe();
        // The sender lives as long as `self`.
        let _ = number.wait_for(|number| *number >= count).await;
    }
}
