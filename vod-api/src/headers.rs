//! The names of headers that the service, its gateway and IAM use, and how this crate names itself.

use http::{HeaderName, HeaderValue};

/// The value of `User-Agent`.
pub(crate) const AGENT: HeaderValue =
    HeaderValue::from_static(concat!("vod-api/", env!("CARGO_PKG_VERSION")));

/// The request id of the service or its gateway.
pub(crate) const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// The request id of IAM.
pub(crate) const X_IAM_TRACE_ID: HeaderName = HeaderName::from_static("x-iam-trace-id");
/// The token of the caller.
pub(crate) const X_AUTH_TOKEN: HeaderName = HeaderName::from_static("x-auth-token");
/// A token that IAM has made.
pub(crate) const X_SUBJECT_TOKEN: HeaderName = HeaderName::from_static("x-subject-token");
/// The project that a call is for.
pub(crate) const X_PROJECT_ID: HeaderName = HeaderName::from_static("x-project-id");
/// When a request was signed.
pub(crate) const X_SDK_DATE: HeaderName = HeaderName::from_static("x-sdk-date");
/// The third part of temporary keys.
pub(crate) const X_SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-security-token");
