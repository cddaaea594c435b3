//! Failures that a test asks for.

use std::time::Duration;

/// A kind of request to the object storage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Step {
    /// `PUT`: a file in one piece.
    Put,
    /// `POST` with `uploads`: the start of an upload in parts.
    Start,
    /// `PUT` with `uploadId`: a part.
    Part,
    /// `GET` with `uploadId`: the list of the parts.
    List,
    /// `POST` with `uploadId`: the parts become an object.
    Join,
    /// `DELETE` with `uploadId`: the parts are deleted.
    Abort,
    /// `GET` or `HEAD`: an object.
    Get,
}

/// How a request to the object storage fails; see [`Objects::fail`](crate::Objects::fail).
#[derive(Debug, Clone)]
#[must_use = "give it to `Objects::fail` or `Objects::fail_part`"]
pub struct Fault(pub(super) Kind);

#[derive(Debug, Clone)]
pub(super) enum Kind {
    ResetAfter(u64),
    StallAfter(u64),
    Error { status: u16, code: String },
    LostReply,
    Etag(String),
    WeakEtag,
    Delay(Duration),
}

impl Fault {
    /// Reads so many bytes of the body, and resets the connection. Nothing is stored.
    pub fn reset_after(bytes: u64) -> Self {
        Self(Kind::ResetAfter(bytes))
    }

    /// Reads so many bytes of the body, and then neither reads nor answers; the connection stays
    /// open. Nothing is stored.
    pub fn stall_after(bytes: u64) -> Self {
        Self(Kind::StallAfter(bytes))
    }

    /// Reads the body and answers with an error such as `503` and `SlowDown`. Nothing is done.
    pub fn error(status: u16, code: &str) -> Self {
        let code = code.to_owned();
        Self(Kind::Error { status, code })
    }

    /// Does what was asked, and resets the connection instead of answering.
    pub fn lost_reply() -> Self {
        Self(Kind::LostReply)
    }

    /// Answers with the status 200 and an error as the body. Nothing is done.
    pub fn error_in_success(code: &str) -> Self {
        Self::error(200, code)
    }

    /// Does what was asked, but answers with this text as the `ETag`, as it stands. Without effect
    /// on replies that have none.
    pub fn etag(text: &str) -> Self {
        Self(Kind::Etag(text.to_owned()))
    }

    /// Does what was asked, and marks the `ETag` as weak, as `W/"…"`: something between client and
    /// OBS did so.
    pub fn weak_etag() -> Self {
        Self(Kind::WeakEtag)
    }

    /// Reads the body, waits by tokio's clock, and then does what was asked. A client that hangs up
    /// while it waits has done nothing.
    pub fn delay(delay: Duration) -> Self {
        Self(Kind::Delay(delay))
    }
}

/// What fails, and how.
#[derive(Debug, Clone)]
pub(crate) struct StoreFault {
    pub(crate) target: Target,
    pub(crate) fault: Fault,
    /// As it was asked for, if that was from outside.
    #[cfg(feature = "server")]
    pub(crate) asked: serde_json::Value,
}

/// Which requests fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    Step(Step),
    Part(u32),
}

impl StoreFault {
    pub(super) fn new(target: Target, fault: Fault) -> Self {
        Self {
            target,
            fault,
            #[cfg(feature = "server")]
            asked: serde_json::Value::Null,
        }
    }

    pub(super) fn is_for(&self, step: Step, part: Option<u32>) -> bool {
        match self.target {
            Target::Step(wanted) => wanted == step,
            Target::Part(number) => step == Step::Part && part == Some(number),
        }
    }
}
