//! Reads the body of a reply.

use std::fmt;

use serde::de::DeserializeOwned;

use crate::error::{Error, ErrorKind, Sent};
use crate::pipeline::Reply;
use crate::request::EncodedCall;
use crate::response::{Response, ResponseMeta};
use crate::secret::redact::Redactor;
use crate::wire::{Wire, parse, read_bytes};

/// Reads the body of a reply of an operation.
pub(crate) fn read<T: Wire>(call: &EncodedCall, reply: Reply) -> Result<Response<T>, Error> {
    let body = read_bytes(body(&reply));
    finish(call, reply, body)
}

/// Reads the body of a reply as a type of the caller.
pub(crate) fn read_as<T: DeserializeOwned>(
    call: &EncodedCall,
    reply: Reply,
) -> Result<Response<T>, Error> {
    let body = parse(body(&reply));
    finish(call, reply, body)
}

fn body(reply: &Reply) -> &[u8] {
    match reply.meta.body.trim_ascii() {
        // An empty body is a reply in which everything is absent.
        b"" => b"null",
        body => body,
    }
}

fn finish<T>(
    call: &EncodedCall,
    Reply { meta, keys }: Reply,
    body: Result<T, impl fmt::Display>,
) -> Result<Response<T>, Error> {
    match body {
        Ok(body) => Ok(Response::from_parts(body, meta)),
        Err(error) => Err(unreadable(&keys.redactor, call, *meta, &error)),
    }
}

fn unreadable(
    redactor: &Redactor,
    call: &EncodedCall,
    reply: ResponseMeta,
    error: &dyn fmt::Display,
) -> Error {
    let message = redactor.text(format!("the reply cannot be read: {error}"));
    let attempts = reply.attempts;
    Error::new(ErrorKind::Decode, Sent::Yes, message)
        .with_reply(reply, redactor)
        .in_call(call.name.clone(), attempts)
}
