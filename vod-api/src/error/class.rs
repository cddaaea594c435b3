//! What an error means for the caller: whether another try can work, and who has to act.

use super::{Error, ErrorKind, kind};
use crate::codes::CodeKind;

impl Error {
    /// Whether the time ran out, for the call, an attempt, connecting or a task. Ask
    /// [`was_sent`](Self::was_sent) before you repeat a call that must not be done twice;
    /// [`Call::with_timeout`](crate::Call::with_timeout) gives it longer.
    pub fn is_timeout(&self) -> bool {
        let source = self
            .0
            .source
            .as_deref()
            .and_then(|source| source.downcast_ref::<reqwest::Error>());
        self.0.kind == ErrorKind::Timeout || source.is_some_and(reqwest::Error::is_timeout)
    }

    /// Whether trying again later can work: there was no connection, the service was busy or had an
    /// internal failure, or a reply did not arrive; or one of these kept credentials from being
    /// obtained. Where [`was_sent`](Self::was_sent) is not [`Sent::No`](crate::Sent::No), a call
    /// that must not be done twice can have been done.
    pub fn is_transient(&self) -> bool {
        match self.0.kind {
            ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::Transport => true,
            ErrorKind::Service => {
                matches!(
                    self.code_kind(),
                    Some(CodeKind::Throttled | CodeKind::Transient)
                )
            }
            // Their cause may be transient.
            ErrorKind::Credentials => self
                .0
                .source
                .as_deref()
                .and_then(|source| source.downcast_ref::<Self>())
                .is_some_and(Self::is_transient),
            _ => false,
        }
    }

    /// Whether the last attempt could not connect. Check the region or endpoint, the network and
    /// the proxy. An earlier attempt can have been sent: see [`was_sent`](Self::was_sent).
    pub fn is_connect(&self) -> bool {
        self.0.kind == ErrorKind::Connect
    }

    /// Whether there were too many calls: wait, then repeat. The docs give limits per minute for
    /// each group of operations.
    pub fn is_throttled(&self) -> bool {
        self.code_kind() == Some(CodeKind::Throttled)
    }

    /// Whether the service does not accept the credentials, or they do not permit this. Check the
    /// key or token, the project id, the permissions and the clock; repeating does not help. False
    /// for errors of the kind [`Credentials`](ErrorKind::Credentials), such as IAM refusing to look
    /// up the project id.
    pub fn is_auth(&self) -> bool {
        self.code_kind() == Some(CodeKind::Auth)
    }

    /// Whether what the request names does not exist, as the service says by a code of its own.
    /// Check its ids, and the region and project they belong to. False for a 404 without a code, or
    /// from the gateway: there it is the address that is unknown, so check the endpoint.
    pub fn is_not_found(&self) -> bool {
        self.code_kind() == Some(CodeKind::NotFound)
    }

    /// Whether what the request makes exists already, or what it takes away is in use, as the
    /// service says by a code of its own or by the status 409. A call that is repeated because its
    /// reply was lost can conflict with what it has made itself. False where only the state of a
    /// resource does not allow the call.
    pub fn is_conflict(&self) -> bool {
        self.code_kind() == Some(CodeKind::Conflict)
    }

    /// Whether the request is wrong, by the check before sending or by the service's. Repeating it
    /// unchanged does not help.
    pub fn is_invalid_request(&self) -> bool {
        self.0.kind == ErrorKind::InvalidRequest
            || self.code_kind() == Some(CodeKind::InvalidRequest)
    }

    fn code_kind(&self) -> Option<CodeKind> {
        let status = self
            .status()
            .filter(|_| self.0.kind == ErrorKind::Service)?;
        kind::kind(status.as_u16(), self.code())
    }
}
