//! What a VOD service on this machine needs in order to judge a request as the real one does.

use serde_json::Value;

use crate::check;
use crate::credentials::{Credentials, Proof};
use crate::facts::OperationMeta;
use crate::nearest;
use crate::secret::Secret;
use crate::sign::{Claim, Parts};
use crate::wire::{Document, written};

/// The parts of a request that a signature covers, as they were received.
#[derive(Debug, Clone, Copy)]
pub struct SignedParts<'a> {
    /// HTTP method, in capitals.
    pub method: &'a str,
    /// Path, escaped.
    pub path: &'a str,
    /// Query, escaped.
    pub query: &'a str,
    /// Headers, by their names in any case.
    pub headers: &'a [(&'a str, &'a str)],
    /// Body.
    pub body: &'a [u8],
}

impl<'a> SignedParts<'a> {
    pub(super) fn inner(&self) -> Parts<'a> {
        Parts {
            method: self.method,
            path: self.path,
            query: self.query,
            headers: self.headers,
            body: self.body,
        }
    }
}

/// What the header `Authorization` of a signed request says.
#[derive(Debug)]
pub struct Authorization(Claim);

impl Authorization {
    /// Reads the header; `None` if its form is another one.
    pub fn parse(text: &str) -> Option<Self> {
        Claim::parse(text).map(Self)
    }

    /// The access key whose secret made the signature.
    pub fn access_key(&self) -> &str {
        &self.0.access_key
    }

    /// The names of the signed headers, in lower case, in the order given.
    pub fn signed_headers(&self) -> &[String] {
        &self.0.signed_headers
    }

    /// Whether the signature was made with the secret key of `credentials`. The request may have
    /// more headers than were signed.
    pub fn holds(&self, request: &SignedParts<'_>, credentials: &Credentials) -> bool {
        match &credentials.identity().proof {
            Proof::Key { secret_key, .. } => self.0.holds(&request.inner(), secret_key.expose()),
            Proof::Token(_) => false,
        }
    }

    /// The text that was to be signed; `None` if a signed header is missing.
    pub fn canonical_request(&self, request: &SignedParts<'_>) -> Option<String> {
        let (text, _) = self.0.canonical(&request.inner())?;
        Some(text)
    }
}

/// Whether these credentials are this IAM token.
pub fn is_token(credentials: &Credentials, token: &str) -> bool {
    match &credentials.identity().proof {
        Proof::Token(known) => known.expose() == token,
        Proof::Key { .. } => false,
    }
}

/// The security token of temporary keys.
pub fn security_token(credentials: &Credentials) -> Option<&str> {
    let token = credentials.identity().security_token.as_ref();
    token.map(Secret::expose)
}

/// Checks the names and types of a request's members, as they are checked when a request is read
/// from JSON.
///
/// # Errors
///
/// The first mistake, as a sentence with the path of the value.
pub fn check_types(meta: &OperationMeta, request: &Value) -> Result<(), String> {
    let checked = check::read_request(meta, written(request).root());
    checked.map_err(|misfit| misfit.to_string())
}

/// Checks a request against the documented limits and constraints, as the client does before it
/// sends one.
///
/// # Errors
///
/// The first mistake, as a sentence with the path of the value.
pub fn check_limits(meta: &OperationMeta, request: &Value) -> Result<(), String> {
    let request = written(request);
    let slots = check::slots(meta, request.root().members());
    check::send(meta, &slots).map_err(|misfit| misfit.to_string())
}

/// Checks the body of a success: its members, their types, and the values that the docs list.
/// Members may be missing, and all of them are from an empty body.
///
/// # Errors
///
/// The first mistake, as a sentence with the path of the value.
pub fn check_reply(meta: &OperationMeta, body: &[u8]) -> Result<(), String> {
    if body.trim_ascii().is_empty() {
        return Ok(());
    }
    let body: Document<'_> =
        serde_json::from_slice(body).map_err(|error| format!("the body is not JSON: {error}"))?;
    check::reply(meta.reply.as_ref(), body.root()).map_err(|misfit| misfit.in_body())
}

/// The known name that was probably meant by a misspelt one.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest::nearest(name, known)
}
