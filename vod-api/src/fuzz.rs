//! Functions for the fuzz targets: everything that reads input from outside. Compiled only with
//! `--cfg fuzzing`.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::credentials::{Credentials, read_login, read_metadata, read_profile};
use crate::endpoints::endpoint::Endpoint;
use crate::endpoints::read_file_of_regions;
use crate::endpoints::region::Region;
use crate::error::{Error, reply_time};
use crate::response::ResponseMeta;
use crate::retry::{FailedAttempt, Retry, RetryPolicy};
use crate::secret::Secret;
use crate::secret::redact::Redactor;
use crate::time::clock::Clock;
use crate::time::format_compact;

/// The error of a call whose reply is not a success.
pub fn error(status: StatusCode, headers: HeaderMap, body: Bytes, caller: &Credentials) -> Error {
    let mut reply = ResponseMeta::new(status, headers);
    reply.body = body;
    Error::service(reply, &Redactor::new(caller.secrets()))
}

/// How long the usual policy waits after the first attempt.
pub fn next_delay(error: &Error) -> Option<Duration> {
    Retry::default().next_delay(&FailedAttempt {
        error,
        sent: error.was_sent(),
        attempts: 1,
        idempotent: true,
        corrected: false,
        elapsed: Duration::ZERO,
        random: 1.0,
    })
}

/// The time in the next signature after a refusal with these headers, with a clock that stands
/// still.
pub fn corrected_time(headers: &HeaderMap, now: SystemTime) -> SystemTime {
    let clock = Clock::new(Arc::new(move || now));
    clock.refused(
        clock.read(),
        Duration::ZERO,
        reply_time::service_time(headers),
    );
    clock.read().at
}

/// As signatures have it.
pub fn format_time(at: SystemTime) -> String {
    format_compact(at)
}

/// The checked endpoint, without a slash at the end.
pub fn endpoint(text: &str) -> Option<String> {
    let endpoint = Endpoint::parse(text, true).ok()?;
    Some(endpoint.origin().to_owned())
}

/// The endpoint of a region whose id has passed the check.
pub fn region_endpoint(id: &str) -> Option<String> {
    let region = Region::from(id);
    region.check().ok()?;
    Some(region.endpoint())
}

/// The credentials in a file of them.
pub fn profile(text: &str) -> Result<Credentials, String> {
    read_profile(text).map_err(|error| error.to_string())
}

/// The endpoints that a file of regions has for VOD in `region`.
pub fn regions(text: &str, region: &str) -> Result<Vec<String>, String> {
    match read_file_of_regions(text, "VOD", region) {
        Ok(found) => Ok(found.unwrap_or_default()),
        Err(error) => Err(error.to_string()),
    }
}

/// The credentials in an answer of the metadata service.
pub fn metadata(body: &[u8]) -> Result<Credentials, String> {
    read_metadata(body).map_err(|error| error.to_string())
}

/// The token in an answer of IAM to a login.
pub fn login(
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    password: &str,
) -> Result<Credentials, String> {
    let mut answer = ResponseMeta::new(status, headers);
    answer.body = body;
    let read = read_login(&answer, &Secret::new(password.to_owned()));
    read.map_err(|error| error.to_string())
}

/// A reply of object storage, and what it is read as.
#[cfg(feature = "upload")]
pub fn store_reply(text: &str) -> Result<String, String> {
    crate::upload::fuzz::store_reply(text)
}

/// A journal of an upload, and the same written again.
#[cfg(feature = "upload")]
pub fn journal(text: &str) -> Result<String, String> {
    crate::upload::fuzz::journal(text)
}

/// The text of a notification that is signed.
#[cfg(feature = "notification")]
pub fn signed_message(body: &[u8]) -> Option<String> {
    crate::notification::fuzz::signed_message(body)
}
