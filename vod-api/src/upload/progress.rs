//! How far an upload is, and who is told.

use std::fmt;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Poll, Waker};
use std::time::Duration;

use tokio::time::Instant;

use crate::lock::lock;

/// How far an upload is.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct UploadProgress {
    /// What is being done.
    pub phase: UploadPhase,
    /// Bytes of the media file that were sent. Those of an attempt that failed do not count.
    pub sent: u64,
    /// Bytes of the media file that the store has confirmed, those of an earlier run included.
    pub stored: u64,
    /// Size of the media file, if it is known.
    pub total: Option<u64>,
    /// Parts that the store has confirmed.
    pub parts_stored: u32,
    /// Number of parts, if it is known; 0 for a file that is sent in one piece.
    pub parts: Option<u32>,
    /// Time since this run began.
    pub elapsed: Duration,
    /// Bytes that this run has sent for parts that are stored or on their way, without those that
    /// the store already had.
    sent_now: u64,
}

/// What an upload does. More may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UploadPhase {
    /// The media asset is created, and cover and subtitles are sent.
    Preparing,
    /// The media file is sent.
    Sending,
    /// The store joins the parts.
    Joining,
    /// VOD is told that the files are there.
    Confirming,
}

impl UploadProgress {
    /// Bytes per second in this run, on average.
    pub fn rate(&self) -> f64 {
        let seconds = self.elapsed.as_secs_f64();
        if seconds > 0.0 {
            self.sent_now as f64 / seconds
        } else {
            0.0
        }
    }
}

/// Called with what is known.
pub(super) type Report = Box<dyn FnMut(&UploadProgress) + Send>;

/// Counts what is sent, from all connections.
pub(super) struct Meter {
    begin: Instant,
    state: Mutex<State>,
}

struct State {
    progress: UploadProgress,
    /// Whether it has changed since the last report.
    changed: bool,
    /// Of the task that reports.
    waker: Option<Waker>,
}

impl Meter {
    pub(super) fn new() -> Arc<Self> {
        let progress = UploadProgress {
            phase: UploadPhase::Preparing,
            sent: 0,
            stored: 0,
            total: None,
            parts_stored: 0,
            parts: None,
            elapsed: Duration::ZERO,
            sent_now: 0,
        };
        Arc::new(Self {
            begin: Instant::now(),
            state: Mutex::new(State {
                progress,
                changed: false,
                waker: None,
            }),
        })
    }

    fn change(&self, change: impl FnOnce(&mut UploadProgress)) {
        let mut state = lock(&self.state);
        change(&mut state.progress);
        state.changed = true;
        if let Some(waker) = state.waker.take() {
            waker.wake();
        }
    }

    pub(super) fn enter(&self, phase: UploadPhase) {
        self.change(|progress| progress.phase = phase);
    }

    /// Says how much there is to be sent.
    pub(super) fn announce(&self, total: Option<u64>, parts: Option<u32>) {
        self.change(|progress| (progress.total, progress.parts) = (total, parts));
    }

    pub(super) fn sent(&self, bytes: u64) {
        self.change(|progress| {
            progress.sent += bytes;
            progress.sent_now += bytes;
        });
    }

    /// Takes back what an attempt sent that failed.
    pub(super) fn lost(&self, bytes: u64) {
        self.change(|progress| {
            progress.sent = progress.sent.saturating_sub(bytes);
            progress.sent_now = progress.sent_now.saturating_sub(bytes);
        });
    }

    /// Counts a part that the store has confirmed.
    pub(super) fn stored(&self, bytes: u64) {
        self.change(|progress| {
            progress.stored += bytes;
            progress.parts_stored += 1;
        });
    }

    /// Counts a file that the store has confirmed as a whole.
    pub(super) fn stored_whole(&self, bytes: u64) {
        self.change(|progress| (progress.sent, progress.stored) = (bytes, bytes));
    }

    pub(super) fn stored_bytes(&self) -> u64 {
        lock(&self.state).progress.stored
    }

    /// Counts a part that the store had before this run.
    pub(super) fn found(&self, bytes: u64) {
        self.change(|progress| {
            progress.sent += bytes;
            progress.stored += bytes;
            progress.parts_stored += 1;
        });
    }

    /// Does the work, and reports on the way. It reports in the task of the caller, so that a slow
    /// report cannot hold up a connection: several changes can become one report.
    pub(super) async fn watch<T>(
        &self,
        report: &mut Option<Report>,
        work: impl Future<Output = T>,
    ) -> T {
        let mut work = pin!(work);
        poll_fn(|context| {
            let outcome = work.as_mut().poll(context);
            if let Some(report) = report
                && let Some(progress) = self.news(context.waker())
            {
                report(&progress);
            }
            match outcome {
                Poll::Ready(outcome) => Poll::Ready(outcome),
                Poll::Pending => Poll::Pending,
            }
        })
        .await
    }

    fn news(&self, waker: &Waker) -> Option<UploadProgress> {
        let mut state = lock(&self.state);
        state.waker = Some(waker.clone());
        state.progress.elapsed = self.begin.elapsed();
        std::mem::take(&mut state.changed).then(|| state.progress.clone())
    }
}

impl fmt::Debug for Meter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Meter")
            .field(&lock(&self.state).progress)
            .finish()
    }
}
