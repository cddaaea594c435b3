//! The options of a call: timeouts, retries, checks and headers.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::headers::{X_AUTH_TOKEN, X_PROJECT_ID, X_SDK_DATE, X_SECURITY_TOKEN};
use crate::retry::RetryPolicy;

/// Set on the client; a call can override them.
#[derive(Debug, Clone)]
pub(crate) struct CallOptions {
    /// For the whole call.
    pub(crate) timeout: Option<Duration>,
    /// For each attempt.
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) retry: Arc<dyn RetryPolicy>,
    /// Overrides the description of the operation.
    pub(crate) idempotent: Option<bool>,
    /// Whether requests are checked against the docs.
    pub(crate) validate: bool,
    pub(crate) headers: HeaderMap,
    /// What is wrong with the first header that cannot be sent. Setters return no errors, so it is
    /// kept until the client is built or the call is sent.
    pub(crate) unusable: Option<HeaderError>,
}

/// Why a header of the caller's cannot be sent.
#[derive(Debug, Clone)]
pub(crate) enum HeaderError {
    Name,
    Value(HeaderName),
    /// The client sets it.
    Reserved(HeaderName),
    /// Its value is not text, which is what the signature covers.
    NotText(HeaderName),
}

impl CallOptions {
    /// Adds a header, or records why it cannot be sent.
    pub(crate) fn add_header<N, V>(&mut self, name: N, value: V)
    where
        N: TryInto<HeaderName>,
        V: TryInto<HeaderValue>,
    {
        let (name, value) = match (name.try_into(), value.try_into()) {
            (Ok(name), Ok(value)) => (name, value),
            (Err(_), _) => return self.refuse(HeaderError::Name),
            (Ok(name), Err(_)) => return self.refuse(HeaderError::Value(name)),
        };
        if is_reserved(&name) {
            return self.refuse(HeaderError::Reserved(name));
        }
        if value.to_str().is_err() {
            return self.refuse(HeaderError::NotText(name));
        }
        self.headers.insert(name, value);
    }

    fn refuse(&mut self, why: HeaderError) {
        self.unusable.get_or_insert(why);
    }

    /// Refuses options that no call can be sent with.
    pub(crate) fn check(&self) -> Result<(), HeaderError> {
        match &self.unusable {
            Some(why) => Err(why.clone()),
            None => Ok(()),
        }
    }
}

impl fmt::Display for HeaderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name => f.write_str("a header has a name that HTTP does not allow"),
            Self::Value(name) => {
                write!(f, "the header {name} has a value that HTTP does not allow")
            }
            Self::Reserved(name) => {
                write!(
                    f,
                    "the header {name} is set by the client and cannot be replaced"
                )
            }
            Self::NotText(name) => {
                write!(
                    f,
                    "the header {name} can only contain visible ASCII and spaces"
                )
            }
        }
    }
}

/// Headers that authenticate the caller, that HTTP needs, or that are for the next hop only.
fn is_reserved(name: &HeaderName) -> bool {
    let of_caller = [X_AUTH_TOKEN, X_PROJECT_ID, X_SDK_DATE, X_SECURITY_TOKEN];
    let of_http = [
        "authorization",
        "connection",
        "content-length",
        "content-type",
        "host",
        "http2-settings",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    ];
    of_caller.contains(name) || of_http.contains(&name.as_str())
}

/// The methods that all kinds of calls have. They change the field `options`, which is shared with
/// the client until then.
macro_rules! with_options {
    () => {
        /// How long the whole call may take; `None` for no limit. By default the client's own
        /// [`timeout`](crate::ClientBuilder::timeout).
        pub fn with_timeout(
            mut self,
            timeout: impl ::std::convert::Into<::std::option::Option<::std::time::Duration>>,
        ) -> Self {
            ::std::sync::Arc::make_mut(&mut self.options).timeout = timeout.into();
            self
        }

        /// How long each attempt may take; `None` for no limit but that of the whole call. By
        /// default the client's own [`attempt_timeout`](crate::ClientBuilder::attempt_timeout).
        pub fn with_attempt_timeout(
            mut self,
            timeout: impl ::std::convert::Into<::std::option::Option<::std::time::Duration>>,
        ) -> Self {
            ::std::sync::Arc::make_mut(&mut self.options).attempt_timeout = timeout.into();
            self
        }

        /// What to do when an attempt fails, instead of the client's own policy;
        /// [`Retry::never`](crate::Retry::never) leaves it at one attempt.
        pub fn with_retry_policy(mut self, policy: impl $crate::RetryPolicy) -> Self {
            ::std::sync::Arc::make_mut(&mut self.options).retry = ::std::sync::Arc::new(policy);
            self
        }

        /// Whether the call may be done twice, if you know better than the description of the
        /// operation. It decides whether an attempt is repeated that may have reached the service.
        pub fn with_idempotent(mut self, idempotent: bool) -> Self {
            ::std::sync::Arc::make_mut(&mut self.options).idempotent =
                ::std::option::Option::Some(idempotent);
            self
        }

        /// Sends a header of your own, which is signed like the others. One of the same name that
        /// was set before is replaced.
        ///
        /// The value may contain visible ASCII and spaces. `Authorization`, `Content-Length`,
        /// `Content-Type`, `Host`, `X-Auth-Token`, `X-Project-Id`, `X-Sdk-Date` and
        /// `X-Security-Token` are set by the client only, and so are the headers of the connection:
        /// `Connection`, `HTTP2-Settings`, `Keep-Alive`, `Proxy-Authenticate`,
        /// `Proxy-Authorization`, `Proxy-Connection`, `TE`, `Trailer`, `Transfer-Encoding` and
        /// `Upgrade`. With any other value, or one of these, the call fails with an error of kind
        /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest).
        pub fn with_header<N, V>(mut self, name: N, value: V) -> Self
        where
            N: ::std::convert::TryInto<::http::HeaderName>,
            V: ::std::convert::TryInto<::http::HeaderValue>,
        {
            ::std::sync::Arc::make_mut(&mut self.options).add_header(name, value);
            self
        }
    };
}
pub(crate) use with_options;
