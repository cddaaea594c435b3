//! What a server of its own sets up besides.

use std::io;
use std::sync::Arc;

use serde_json::Value;

use super::{Local, LocalBuilder};
use crate::gateway::Auth;
use crate::sockets::{Standalone, State};
use crate::store::RestoreError;
use crate::world::{STORAGE, World};

/// A state that an earlier process saved.
#[derive(Debug, Clone)]
pub(crate) struct Saved(pub(crate) Value);

impl Saved {
    pub(super) fn restore(mut self, world: &World) -> io::Result<()> {
        let members = self.0.as_object_mut();
        let storage = members.and_then(|members| members.remove(STORAGE));
        let storage = storage.unwrap_or_else(|| serde_json::json!({}));
        let misread = |misread| io::Error::other(format!("the saved state is wrong: {misread}"));
        world.store.restore(storage).map_err(|error| match error {
            RestoreError::Misread(error) => misread(error.in_member(STORAGE)),
            RestoreError::File(error) => error,
        })?;
        world.import(self.0).map_err(misread)
    }
}

impl LocalBuilder {
    pub(crate) fn standalone(mut self, standalone: Arc<Standalone>) -> Self {
        self.standalone = Some(standalone);
        self
    }

    /// Goes on from a saved state. [`Local::reset`] still goes back to the seed.
    pub(crate) fn saved(mut self, saved: Saved) -> Self {
        self.saved = Some(saved);
        self
    }

    pub(crate) fn auth(mut self, auth: Auth) -> Self {
        self.auth = auth;
        self
    }

    pub(crate) fn keys(mut self, keys: Vec<[String; 2]>) -> Self {
        self.keys = keys;
        self
    }
}

impl Local {
    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    pub(crate) fn state(&self) -> &Arc<State> {
        &self.state
    }
}
