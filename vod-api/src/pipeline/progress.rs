//! The progress of a call.

use std::sync::Arc;

use tokio::time::Instant;

use crate::error::{Error, Sent};
use crate::identity::keyring::Snapshot;
use crate::pipeline::deadline::Deadline;
use crate::pipeline::options::CallOptions;
use crate::pipeline::recovery::Recoveries;
use crate::response::ResponseMeta;

/// A reply, and the credentials of its request, which contain the secrets that must not be shown.
pub(crate) struct Reply {
    pub(crate) meta: Box<ResponseMeta>,
    pub(crate) keys: Arc<Snapshot>,
}

/// Why an attempt failed.
pub(super) struct Failure {
    pub(super) error: Error,
    /// Whether the cause has been removed since: another attempt may work.
    pub(super) recovered: bool,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self {
            error,
            recovered: false,
        }
    }
}

/// What an attempt needs to know of the attempts before it.
#[derive(Debug)]
pub(super) struct Progress {
    pub(super) start: Instant,
    /// Of the whole call.
    pub(super) deadline: Deadline,
    /// How many attempts there were.
    pub(super) attempts: u32,
    /// How far any of them got.
    pub(super) sent: Sent,
    pub(super) recoveries: Recoveries,
    /// What the last retry cost.
    pub(super) price: Option<u32>,
}

impl Progress {
    /// That of a call that begins now.
    pub(super) fn new(options: &CallOptions) -> Self {
        let start = Instant::now();
        Self {
            start,
            deadline: Deadline::new(start, options.timeout),
            attempts: 0,
            sent: Sent::No,
            recoveries: Recoveries::default(),
            price: None,
        }
    }
}
