//! Events: which are accepted, and what is said of the others.

mod forms;
mod properties;
mod refused;
mod smn;

use std::time::{Duration, SystemTime};

use http::{HeaderMap, HeaderValue};
use serde_json::Value;

use crate::notification::{MfsVerifier, VerifiedEvent, VerifyEventError};

const KEY: &str = "0123456789abcdef0123456789abcdef";
const TIMESTAMP: &str = "1700000000";
const AT: u64 = 1_700_000_000;
const MESSAGE: &str = r#"{"event_type":"somethingNew"}"#;

fn time(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

fn verifier() -> MfsVerifier {
    MfsVerifier::new(KEY).unwrap()
}

fn headers(signature: &str, timestamp: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in [("auth_sign", signature), ("auth_timestamp", timestamp)] {
        headers.insert(name, HeaderValue::from_str(value).unwrap());
    }
    headers
}

/// The headers of a message that is signed.
fn signed(message: &str) -> HeaderMap {
    headers(&verifier().sign(TIMESTAMP, message), TIMESTAMP)
}

fn verify(headers: &HeaderMap, body: impl AsRef<[u8]>) -> Result<VerifiedEvent, VerifyEventError> {
    verifier().verify_at(headers, body.as_ref(), time(AT))
}

/// A body with a message as a string.
fn in_string(message: &str) -> String {
    format!(r#"{{"message":{}}}"#, Value::from(message))
}

/// A body with a message as an object.
fn in_object(message: &str) -> String {
    format!(r#"{{"message":{message}}}"#)
}
