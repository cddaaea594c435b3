//! Sends one request and reads its reply.

use std::pin::pin;

use bytes::Bytes;
use reqwest::Response;
use tokio::time::Instant;

use crate::error::{Error, Sent};
use crate::pipeline::Shared;
use crate::pipeline::deadline::Deadline;
use crate::response::ResponseMeta;
use crate::secret::redact::Redactor;
use crate::transport::{ERROR_BODY, KEPT};

/// Waits for a reply, and turns everything but a success into an error.
pub(super) async fn exchange(
    shared: &Shared,
    response: impl Future<Output = Result<Response, Error>>,
    redactor: &Redactor,
    deadline: Deadline,
) -> Result<Box<ResponseMeta>, Error> {
    let mut response = deadline.hold(Sent::Maybe, pin!(response)).await?;
    let headers = std::mem::take(response.headers_mut());
    // In a box, in which the caller gets it: it moves several times on its way.
    let mut reply = Box::new(ResponseMeta::new(response.status(), headers));
    let deadline = if reply.status.is_success() {
        deadline
    } else {
        deadline.sooner(Deadline::new(Instant::now(), Some(ERROR_BODY)))
    };
    // The body is out here, so that what came before a timeout is kept.
    if !reply.status.is_success() {
        let reading = shared.transport.read_start(&mut response, &mut reply.body);
        // A part of the body is enough: the status decides.
        let _ = deadline.hold(Sent::Yes, pin!(reading)).await;
        return Err(Error::service(*reply, redactor));
    }
    let reading = shared.transport.read(&mut response, &mut reply.body);
    let read = deadline.hold(Sent::Yes, pin!(reading)).await;
    if let Err(error) = read {
        // The error keeps only the start of a body that is too large.
        let start = reply.body.get(..KEPT).unwrap_or(&reply.body);
        reply.body = Bytes::copy_from_slice(start);
        return Err(error.with_reply(*reply, redactor));
    }
    Ok(reply)
}
