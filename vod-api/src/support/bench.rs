//! Parts of a call, one by one, for benchmarks.

use std::time::SystemTime;

use bytes::Bytes;
use serde::de::DeserializeOwned;

use crate::secret::redact::Redactor;
use crate::support::service::SignedParts;

/// Signs a request with a key and its secret: `X-Sdk-Date` and `Authorization`.
pub fn sign(
    request: &SignedParts<'_>,
    access_key: &str,
    secret_key: &str,
    at: SystemTime,
) -> (String, String) {
    let signed = crate::sign::sign(&request.inner(), access_key, secret_key, at);
    (signed.date, signed.authorization)
}

/// Reads the body of a reply.
///
/// # Errors
///
/// It is not JSON, or of another type.
pub fn read_reply<T: DeserializeOwned>(body: &[u8]) -> serde_json::Result<T> {
    crate::wire::parse(body)
}

/// Removes secrets from a text.
pub fn redact(secrets: &[&str], text: &str) -> Bytes {
    let redactor = Redactor::new(secrets.iter().copied());
    redactor.bytes(Bytes::copy_from_slice(text.as_bytes()))
}
