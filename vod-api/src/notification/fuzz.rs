//! For the fuzz targets.

use crate::notification::body::Body;

/// The text of a body that is signed.
pub(crate) fn signed_message(body: &[u8]) -> Option<String> {
    let body = Body::read(body, &["message"]).ok()?;
    body.message().ok().map(String::from)
}
