//! Kinds of errors, and what status and code of a reply mean.

use crate::codes::{self, CodeKind};

/// The broad category of an error. More may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client cannot be built or used like this: a setting is missing or wrong. The message
    /// says which.
    Configuration,
    /// The request breaks a documented limit or cannot be written as HTTP. Nothing was sent: change
    /// it. A request that the service refuses is of kind [`Service`](Self::Service).
    InvalidRequest,
    /// The credentials could not be obtained, or the project id could not be looked up in IAM. This
    /// attempt sent nothing to the service. If IAM has no such project, or several, the kind is
    /// [`Configuration`](Self::Configuration).
    Credentials,
    /// A file, a reader or a journal of an upload cannot be read, or has changed.
    Source,
    /// No connection to the service: name look-up, TCP, TLS or proxy. This attempt sent nothing;
    /// [`was_sent`](crate::Error::was_sent) says whether an earlier one did. Check the region or
    /// endpoint, the network and the proxy, and repeat.
    Connect,
    /// The time for the call or its attempts ran out. Repeat it with more time; see [`Sent`] before
    /// you repeat one that must not be done twice. From
    /// [`Task::until_done`](crate::Task::until_done) it means that the task still runs: wait again,
    /// and do not start another one.
    Timeout,
    /// The connection broke before the reply was complete. Repeat it; see [`Sent`] before you
    /// repeat one that must not be done twice.
    Transport,
    /// The service answered with a status that is not a success, or with a success whose body
    /// contains only an error. Its code and message say what, and methods such as
    /// [`is_not_found`](crate::Error::is_not_found) what to do.
    Service,
    /// The service answered with a success that cannot be read or decompressed, or that is larger
    /// than allowed. The operation was carried out: do not repeat the call, but look at
    /// [`raw_body`](crate::Error::raw_body).
    Decode,
    /// A list cannot be read to its end: there may be more items than the service lists. All items
    /// so far are valid. Narrow the request down to list the rest.
    Incomplete,
    /// A task was started and has failed. The message has its state, and
    /// [`raw_body`](crate::Error::raw_body) what the service says about it.
    Task,
}

/// Whether the service may have received a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sent {
    /// The request never left this machine: repeating it does no harm.
    /// [`is_transient`](crate::Error::is_transient) says whether that can help.
    No,
    /// It is not known whether the service received the request: check with the service before you
    /// repeat a call that must not be done twice.
    Maybe,
    /// The service answered.
    Yes,
}

/// What a caller can do about a reply with this status and code; a documented code takes precedence
/// over the status. `None` if neither says.
pub(super) fn kind(status: u16, code: Option<&str>) -> Option<CodeKind> {
    let code = code.unwrap_or_default();
    codes::kind(code).or_else(|| of_status(status, code))
}

fn of_status(status: u16, code: &str) -> Option<CodeKind> {
    Some(match status {
        401 => CodeKind::Auth,
        // VOD uses 403 for nearly everything; from the gateway it means what it says.
        403 if !code.starts_with("VOD.") => CodeKind::Auth,
        // VOD says with a code of its own what does not exist. Without one, or from the gateway, it
        // is the API itself.
        404 if !code.is_empty() && !code.starts_with("APIGW.") => CodeKind::NotFound,
        409 => CodeKind::Conflict,
        429 => CodeKind::Throttled,
        400 => CodeKind::InvalidRequest,
        408 | 500 | 502 | 503 | 504 => CodeKind::Transient,
        _ => return None,
    })
}
