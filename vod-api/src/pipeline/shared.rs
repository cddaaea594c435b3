//! What all calls of a client share.

use std::fmt;
use std::sync::Arc;

use crate::endpoints::Endpoints;
use crate::identity::keyring::Keyring;
use crate::identity::project::Project;
use crate::pipeline::limiter::Limiter;
use crate::pipeline::options::CallOptions;
use crate::retry::Budget;
use crate::time::chance::Chance;
use crate::time::clock::Clock;
use crate::transport::Transport;

/// What all calls of a client share. Calls hold it instead of the client.
pub(crate) struct Shared {
    pub(crate) transport: Transport,
    pub(crate) endpoints: Endpoints,
    pub(crate) project: Project,
    pub(crate) keyring: Arc<Keyring>,
    pub(crate) options: Arc<CallOptions>,
    /// Whether requests to object storage may be unencrypted.
    #[cfg(feature = "upload")]
    pub(crate) allow_http: bool,
    pub(crate) clock: Clock,
    /// For look-ups of the project.
    pub(crate) iam_clock: Clock,
    pub(crate) chance: Chance,
    pub(crate) budget: Budget,
    /// `None` unless calls are to wait instead of being refused.
    pub(crate) limiter: Option<Limiter>,
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("endpoints", &self.endpoints)
            .field("project_id", &self.project.known())
            .field("credentials", &self.keyring)
            .finish_non_exhaustive()
    }
}
