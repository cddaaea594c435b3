//! Parts of a call, one by one, for benchmarks.

use std::time::SystemTime;

use bytes::Bytes;

use crate::secret::redact::Redactor;
use crate::support::service::SignedParts;
use crate::support::{Wire, WireError};

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
pub fn read_reply<T: Wire>(body: &[u8]) -> Result<T, WireError> {
    crate::wire::read_bytes(body)
}

/// Removes secrets from a text.
pub fn redact(secrets: &[&str], text: &str) -> Bytes {
    let redactor = Redactor::new(secrets.iter().copied());
    redactor.bytes(Bytes::copy_from_slice(text.as_bytes()))
}
