//! What was found out about a request while it was answered.

use crate::gateway::Comparison;
use crate::request::ReceivedRequest;

/// What a server of its own tells of a request, besides what travelled.
#[derive(Debug, Default)]
pub(crate) struct Trace {
    /// The request, if it was read as a whole.
    pub(crate) request: Option<ReceivedRequest>,
    pub(crate) source: Source,
    /// Why its signature is wrong.
    pub(crate) comparison: Option<Comparison>,
}

/// What an answer was made of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Source {
    /// Nothing yet.
    #[default]
    None,
    /// The checks before the operation: the request is wrong.
    Gateway,
    /// A failure that was asked for.
    Fault,
    State,
    /// The example of the docs.
    Example,
    Iam,
    Storage,
    /// A file for viewers.
    Viewers,
}

#[cfg(feature = "server")]
impl Source {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Gateway => "gateway",
            Self::Fault => "fault",
            Self::State => "state",
            Self::Example => "example",
            Self::Iam => "iam",
            Self::Storage => "storage",
            Self::Viewers => "viewers",
        }
    }
}
