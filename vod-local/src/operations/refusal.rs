//! Why an operation is refused.

use std::borrow::Cow;

use vod_api::codes;

use crate::reply::Reply;

/// An error that an operation answers with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) code: &'static str,
    pub(crate) message: Cow<'static, str>,
}

impl Refusal {
    /// An error with a code of the docs.
    pub(crate) fn new(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }

    /// What the request names does not exist.
    pub(crate) fn unknown() -> Self {
        Self::new(codes::RESOURCE_NOT_FOUND, "The resource does not exist.")
    }

    /// The state does not allow it.
    pub(crate) fn state(message: &'static str) -> Self {
        Self::new(codes::INVALID_STATE, message)
    }

    /// A parameter is wrong in a way that the facts of the operation do not tell.
    pub(crate) fn parameter(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(codes::INVALID_PARAMETER, message)
    }

    /// The status that the docs have for the code.
    pub(crate) fn status(&self) -> u16 {
        match self.code {
            codes::INVALID_PARAMETER
            | codes::RESOURCE_NOT_FOUND
            | codes::INVALID_REQUEST
            | codes::INVALID_STATE
            | codes::ASSET_NOT_ENCRYPTED => 400,
            _ => 403,
        }
    }
}

impl From<Refusal> for Reply {
    fn from(refusal: Refusal) -> Self {
        Self::error(refusal.status(), refusal.code, &refusal.message)
    }
}
