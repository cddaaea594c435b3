//! Reads the body of a reply.

use serde::de::DeserializeOwned;

use crate::error::{Error, ErrorKind, Sent};
use crate::pipeline::Reply;
use crate::request::EncodedCall;
use crate::response::{Response, ResponseMeta};
use crate::secret::redact::Redactor;
use crate::wire::parse;

/// Reads the body of a reply.
pub(crate) fn read<T: DeserializeOwned>(
    call: &EncodedCall,
    Reply { meta, keys }: Reply,
) -> Result<Response<T>, Error> {
    let body = match meta.body.trim_ascii() {
        // An empty body is a reply in which everything is absent.
        b"" => b"null",
        body => body,
    };
    match parse(body) {
        Ok(body) => Ok(Response::from_parts(body, meta)),
        Err(error) => Err(unreadable(&keys.redactor, call, meta, &error)),
    }
}

fn unreadable(
    redactor: &Redactor,
    call: &EncodedCall,
    reply: ResponseMeta,
    error: &serde_json::Error,
) -> Error {
    let message = redactor.text(format!("the reply cannot be read: {error}"));
    let attempts = reply.attempts;
    Error::new(ErrorKind::Decode, Sent::Yes, message)
        .with_reply(reply, redactor)
        .in_call(call.name.clone(), attempts)
}
