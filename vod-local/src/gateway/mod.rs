//! Checks a request as the real service and the gateway in front of it do.

mod variants;

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use serde_json::json;

use crate::reply::Reply;
use crate::request::ReceivedRequest;
use vod_api::operation::OperationMeta;
use vod_api::support::service::{Authorization, SignedParts, is_token, security_token};
use vod_api::{Credentials, parse_time};

/// How far the time of a signature may be off.
const TOLERANCE: Duration = Duration::from_secs(15 * 60);

/// Who is let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Auth {
    /// Who has a known access key and signs as it must be, or has a known token.
    Strict,
    /// Who has any access key or token, and tells the time. Signatures are not checked.
    Any,
    /// Everybody.
    Off,
}

/// An error that the service answers with by itself.
#[derive(Debug)]
pub(crate) struct Refusal {
    status: u16,
    code: &'static str,
    message: String,
    comparison: Option<Comparison>,
}

/// Why a signature is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Comparison {
    /// The canonical request of what came.
    pub(crate) received: String,
    /// How the request that was signed differs, and its canonical request, if that can be told.
    pub(crate) signed: Option<(&'static str, String)>,
}

impl Refusal {
    fn new(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            comparison: None,
        }
    }

    /// There is no such operation.
    pub(crate) fn no_operation() -> Self {
        let message = "The API does not exist or has not been published in the environment.";
        Self::new(404, "APIGW.0101", message)
    }

    fn authentication(message: impl Into<String>) -> Self {
        let message = message.into();
        let message = format!("Incorrect IAM authentication information: {message}");
        Self::new(401, "APIGW.0301", message)
    }

    /// The body is larger than the gateway takes.
    pub(crate) fn too_large() -> Self {
        Self::new(413, "APIGW.0201", "Request entity too large.")
    }

    /// What was compared, if it was signatures.
    pub(crate) fn comparison(&self) -> Option<&Comparison> {
        self.comparison.as_ref()
    }

    fn parameter(message: String) -> Self {
        Self::new(400, "VOD.10053", message)
    }

    /// The gateway's bodies hold the request id once more, those of VOD do not.
    pub(crate) fn into_reply(self, request_id: &str) -> Reply {
        let mut body = json!({"error_code": self.code, "error_msg": self.message});
        if self.code.starts_with("APIGW.") {
            body["request_id"] = request_id.into();
        }
        Reply::json(self.status, body)
    }
}

/// What the gateway and the service know when a request comes in.
pub(crate) struct Gateway<'a> {
    /// Whether requests of no known operation are let through.
    pub(crate) accept_unknown: bool,
    /// The one project there is, or `None` for any.
    pub(crate) project_id: Option<&'a str>,
    /// Who may call.
    pub(crate) known: &'a [Credentials],
    /// How that is checked.
    pub(crate) auth: Auth,
    /// The time of day. A signature may have any of these.
    pub(crate) times: &'a [SystemTime],
}

/// A request, and what came of reading it.
pub(crate) struct Reading<'a> {
    pub(crate) request: &'a ReceivedRequest,
    /// What is wrong with its parameters.
    pub(crate) parameters: Result<(), String>,
}

impl Gateway<'_> {
    /// The operation, if it is known, or else the first thing that is wrong.
    pub(crate) fn check(
        &self,
        reading: Reading<'_>,
    ) -> Result<Option<&'static OperationMeta>, Refusal> {
        let request = reading.request;
        if request.operation.is_none() && !self.accept_unknown {
            return Err(Refusal::no_operation());
        }
        self.check_identity(request)?;
        let Some(meta) = request.operation else {
            return Ok(None);
        };
        let asked = request.project_id.as_deref();
        if self.project_id.is_some_and(|known| asked != Some(known)) {
            let message = "The project ID does not match that of the token or key.";
            return Err(Refusal::new(403, "VOD.10057", message));
        }
        reading.parameters.map_err(Refusal::parameter)?;
        let json = request
            .header("content-type")
            .is_some_and(|text| text.starts_with("application/json"));
        if meta.body && !json {
            let message = "the Content-Type of a body must be application/json".to_owned();
            return Err(Refusal::parameter(message));
        }
        Ok(Some(meta))
    }

    fn check_identity(&self, request: &ReceivedRequest) -> Result<(), Refusal> {
        if self.auth == Auth::Off {
            return Ok(());
        }
        let refuse = |message: &str| Err(Refusal::authentication(message));
        let now = self.times.first().copied();
        let is_valid = |known: &&Credentials| known.expiry().is_none_or(|it| now < Some(it));
        let mut valid = self.known.iter().filter(is_valid);
        if let Some(sent) = request.header("x-auth-token") {
            return if self.auth == Auth::Any || valid.any(|known| is_token(known, sent)) {
                Ok(())
            } else {
                refuse("the token is not known")
            };
        }
        let Some(authorization) = request.header("authorization") else {
            return refuse("neither X-Auth-Token nor Authorization is given");
        };
        let Some(authorization) = Authorization::parse(authorization) else {
            return refuse("Authorization cannot be read");
        };
        if self.auth == Auth::Any {
            return self.check_time(request);
        }
        let mut claimed = valid
            .filter(|known| known.access_key() == Some(authorization.access_key()))
            .peekable();
        if claimed.peek().is_none() {
            return refuse("the access key is not known");
        }
        // There can be several for one access key, those before they expire and those that follow.
        let sent = request.header("x-security-token");
        let Some(caller) = claimed.find(|known| security_token(known) == sent) else {
            return refuse("X-Security-Token does not belong to the access key");
        };
        let names = authorization.signed_headers();
        let signed = |name: &str| names.iter().any(|known| known == name);
        if !signed("host") || (sent.is_some() && !signed("x-security-token")) {
            return refuse("Host and X-Security-Token must be signed");
        }
        self.check_time(request)?;
        let headers = headers(&request.headers);
        let parts = SignedParts {
            method: request.method.as_str(),
            path: &request.path,
            query: &request.query,
            headers: &headers,
            body: &request.body,
        };
        if authorization.holds(&parts, caller) {
            return Ok(());
        }
        // The real gateway shows what it compared, too.
        let line = |canonical: &str| canonical.replace('\n', "|");
        let received = authorization.canonical_request(&parts).unwrap_or_default();
        let signed = variants::explain(&authorization, &parts, caller);
        let mut message = format!(
            "verify aksk signature fail, canonicalRequest:{}",
            line(&received)
        );
        if let Some((difference, signed)) = &signed {
            let signed = line(signed);
            message += &format!(
                "; the request that was signed {difference}, its canonicalRequest:{signed}"
            );
        }
        Err(Refusal {
            comparison: Some(Comparison { received, signed }),
            ..Refusal::authentication(message)
        })
    }

    fn check_time(&self, request: &ReceivedRequest) -> Result<(), Refusal> {
        let refuse = |message: &str| Err(Refusal::authentication(message));
        let Some(date) = request.header("x-sdk-date").and_then(parse_time) else {
            return refuse("X-Sdk-Date is missing or cannot be read");
        };
        let is_near = |now: &SystemTime| {
            let off = now.duration_since(date);
            off.unwrap_or_else(|error| error.duration()) <= TOLERANCE
        };
        if self.times.iter().any(is_near) {
            Ok(())
        } else {
            refuse("X-Sdk-Date is more than 15 minutes off")
        }
    }
}

fn headers(headers: &HeaderMap) -> Vec<(&str, &str)> {
    headers
        .iter()
        .filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)))
        .collect()
}
