//! Sends one request and reads its reply.

use std::pin::pin;

use bytes::{Bytes, BytesMut};
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
) -> Result<ResponseMeta, Error> {
    let mut response = deadline.hold(Sent::Maybe, pin!(response)).await?;
    let headers = std::mem::take(response.headers_mut());
    let mut reply = ResponseMeta::new(response.status(), headers);
    let deadline = if reply.status.is_success() {
        deadline
    } else {
        deadline.sooner(Deadline::new(Instant::now(), Some(ERROR_BODY)))
    };
    // Out here, so that what came before a timeout is kept.
    let mut body = BytesMut::new();
    if !reply.status.is_success() {
        let reading = shared.transport.read_start(&mut response, &mut body);
        // A part of the body is enough: the status decides.
        let _ = deadline.hold(Sent::Yes, pin!(reading)).await;
        reply.body = body.freeze();
        return Err(Error::service(reply, redactor));
    }
    let reading = shared.transport.read(&mut response, &mut body);
    let read = deadline.hold(Sent::Yes, pin!(reading)).await;
    if let Err(error) = read {
        // The error keeps only the start of a body that is too large.
        reply.body = Bytes::copy_from_slice(body.get(..KEPT).unwrap_or(&body));
        return Err(error.with_reply(reply, redactor));
    }
    reply.body = body.freeze();
    Ok(reply)
}
