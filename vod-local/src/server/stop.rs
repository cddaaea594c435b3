//! When a server stops.

use std::io;

use super::ServerError;
use super::parent::Parent;

/// What tells the server to stop.
#[derive(Debug)]
pub(super) struct Stop {
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
    parent: Option<Parent>,
}

impl Stop {
    pub(super) fn new(exit_with_parent: bool) -> Result<Self, ServerError> {
        let parent = if exit_with_parent {
            Some(Parent::find().ok_or(ServerError::NoParent)?)
        } else {
            None
        };
        Self::with(parent).map_err(ServerError::Start)
    }

    #[cfg(unix)]
    fn with(parent: Option<Parent>) -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};

        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            parent,
        })
    }

    #[cfg(not(unix))]
    fn with(parent: Option<Parent>) -> io::Result<Self> {
        Ok(Self { parent })
    }

    /// Waits until it is time.
    pub(super) async fn wanted(&mut self) {
        let orphaned = async {
            match &self.parent {
                Some(parent) => parent.gone().await,
                None => std::future::pending().await,
            }
        };
        #[cfg(unix)]
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
            () = orphaned => {}
        }
        #[cfg(not(unix))]
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            () = orphaned => {}
        }
    }
}
