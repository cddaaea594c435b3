//! The states of work that goes on after a reply.

use super::machine;

machine! {
    /// How far a task has come.
    TaskStatus of "task" {
        Waiting = "WAITING",
        Processing = "PROCESSING",
        Succeeded = "SUCCEED",
        Failed = "FAILED",
        Cancelled = "CANCEL",
    }
    Waiting + Start => Processing,
    Waiting + Cancel => Cancelled,
    Processing + Succeed => Succeeded,
    Processing + Fail => Failed,
}

impl TaskStatus {
    /// Whether it can still change.
    pub(crate) fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::Processing)
    }
}
