//! The client: what all calls share.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::builder::ClientBuilder;
use crate::call::Call;
use crate::endpoints::Endpoints;
use crate::keyring::Keyring;
use crate::operation::Operation;
use crate::project::Project;
use crate::transport::Transport;

/// A client of the service, for one endpoint, project and identity.
///
/// Cheap to clone; clones share their connections. Each operation is a method; see the sections below. Calls need a
/// tokio runtime with time and I/O enabled.
#[derive(Clone)]
pub struct Client(Arc<Shared>);

pub(crate) struct Shared {
    pub(crate) transport: Transport,
    pub(crate) endpoints: Endpoints,
    pub(crate) project: Project,
    pub(crate) keyring: Keyring,
    pub(crate) validate: bool,
    pub(crate) timeout: Option<Duration>,
}

impl Client {
    /// Starts to set up a client.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }

    /// A call with a request that was made elsewhere: built field by field, or read from JSON.
    pub fn execute<O: Operation>(&self, request: O) -> Call<O> {
        Call::new(self.clone(), request)
    }

    pub(crate) fn from_shared(shared: Shared) -> Self {
        Self(Arc::new(shared))
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.0
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("endpoints", &self.0.endpoints)
            .field("project_id", &self.0.project.known())
            .field("credentials", &self.0.keyring)
            .finish_non_exhaustive()
    }
}
