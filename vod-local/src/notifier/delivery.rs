//! What became of events.

use std::collections::VecDeque;
use std::error::Error;
use std::sync::Mutex;

use serde_json::Value;
use tokio::sync::watch;
use vod_api::reqwest;

use crate::lock::lock;
use crate::world::Emitted;

/// How many are kept.
const KEPT: usize = 1000;

/// An event that was sent, or could not be.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Delivery {
    /// The number of the event, which one that is sent once more keeps.
    pub(crate) number: u64,
    /// The project that it is of.
    pub project_id: String,
    /// The event, bare.
    pub event: Value,
    /// How often it was sent.
    pub attempts: u32,
    /// Status of the last answer; `None` if there was none.
    pub status: Option<u16>,
    /// Why there was no answer.
    pub error: Option<String>,
}

impl Delivery {
    pub(super) fn of(emitted: Emitted) -> Self {
        Self {
            number: emitted.number,
            project_id: emitted.project_id,
            event: emitted.event,
            attempts: 0,
            status: None,
            error: None,
        }
    }

    pub(super) fn take(&mut self, outcome: reqwest::Result<u16>) {
        let outcome = outcome.map_err(|error| in_words(&error.without_url()));
        self.status = outcome.as_ref().ok().copied();
        self.error = outcome.err();
    }

    /// Whether the server has answered with a success.
    pub(super) fn is_done(&self) -> bool {
        self.status
            .is_some_and(|status| (200..300).contains(&status))
    }
}

/// An error with its causes.
fn in_words(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text += &format!(": {error}");
        cause = error.source();
    }
    text
}

/// The last deliveries, and how many there were.
#[derive(Debug, Default)]
pub(crate) struct Deliveries {
    kept: Mutex<VecDeque<Delivery>>,
    count: watch::Sender<usize>,
}

impl Deliveries {
    pub(super) fn add(&self, delivery: Delivery) {
        let mut kept = lock(&self.kept);
        if kept.len() == KEPT {
            kept.pop_front();
        }
        kept.push_back(delivery);
        // Under the lock, so that the count never goes back.
        self.count.send_modify(|count| *count += 1);
    }

    pub(crate) fn all(&self) -> Vec<Delivery> {
        lock(&self.kept).iter().cloned().collect()
    }

    /// Waits until there were so many, all in all.
    pub(crate) async fn delivered(&self, count: usize) {
        let mut number = self.count.subscribe();
        // The sender lives as long as `self`.
        let _ = number.wait_for(|number| *number >= count).await;
    }
}
