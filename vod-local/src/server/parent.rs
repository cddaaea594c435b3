//! The process that started this one.

use std::time::Duration;

/// How often it is looked for.
const EVERY: Duration = Duration::from_millis(250);

#[derive(Debug)]
pub(super) struct Parent(u32);

impl Parent {
    #[cfg(unix)]
    #[expect(clippy::unnecessary_wraps, reason = "not every platform tells it")]
    pub(super) fn find() -> Option<Self> {
        Some(Self(std::os::unix::process::parent_id()))
    }

    #[cfg(not(unix))]
    pub(super) fn find() -> Option<Self> {
        None
    }

    /// Waits until it has ended: then another process is the parent.
    pub(super) async fn gone(&self) {
        while Self::find().is_some_and(|parent| parent.0 == self.0) {
            tokio::time::sleep(EVERY).await;
        }
    }
}
