//! Calls of any operation, from JSON.

mod batches;
mod items;
mod pages;
mod task;

use std::fmt;
use std::future::IntoFuture;
use std::pin::Pin;
use std::sync::Arc;

use serde_json::Value;

pub use self::batches::{JsonBatch, JsonBatches};
pub use self::items::{JsonItems, JsonItemsByTime};
pub use self::pages::JsonPages;
pub use self::task::{JsonTask, JsonWaiter};
use crate::call::read::read;
use crate::call::resend::{Resend, Sending};
use crate::check;
use crate::error::Error;
use crate::facts::OperationMeta;
use crate::pipeline::options::{CallOptions, with_options};
use crate::pipeline::{Shared, dispatch, reported};
use crate::request::{EncodedCall, encode};
use crate::response::Response;
use crate::wire::written;

/// A call of an operation that is known at run time only, with a request and a reply in JSON. Made
/// by [`Client::call`](crate::Client::call), where there is an example.
///
/// The request is read as strictly as that of a [`Call`](crate::Call), checked alike, and sends the
/// same bytes.
#[derive(Clone)]
#[must_use = "nothing is sent until `.await` or `send`"]
pub struct JsonCall {
    shared: Arc<Shared>,
    meta: &'static OperationMeta,
    /// An object with known members of the right types, or why the request is not one.
    request: Result<Value, Error>,
    options: Arc<CallOptions>,
}

impl JsonCall {
    pub(crate) fn new(shared: Arc<Shared>, meta: &'static OperationMeta, request: Value) -> Self {
        let options = shared.options.clone();
        let checked = check::read_request(meta, written(&request).root());
        Self {
            shared,
            meta,
            request: match checked {
                Ok(()) => Ok(request),
                Err(misfit) => Err(refused(meta, misfit)),
            },
            options,
        }
    }

    with_options!();

    /// Whether the request is checked against the docs before it is sent; see
    /// [`Call::with_validate`](crate::Call::with_validate).
    pub fn with_validate(mut self, validate: bool) -> Self {
        Arc::make_mut(&mut self.options).validate = validate;
        self
    }

    /// Sends the request and waits for the reply; the same as `.await`. The reply is the JSON as it
    /// came; without a body it is `null`. Fields that travel in headers are in
    /// [`meta`](Response::meta) only.
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`](crate::ErrorKind).
    pub fn send(self) -> impl Future<Output = Result<Response<Value>, Error>> + Send {
        let Self {
            shared,
            meta,
            request,
            options,
        } = self;
        // Here, so that the future has what travels, and not the request as well.
        let call = request.and_then(|request| prepare(meta, &request, options.validate));
        async move {
            let call = call.map_err(reported)?;
            let parse = |reply| read(&call, reply);
            dispatch(&shared, &call, &options, parse).await
        }
    }

    /// The error of a way to send the call that its operation does not have.
    fn unable(&self, what: &str) -> Error {
        refused(self.meta, format!("the operation does not {what}"))
    }
}

/// Encodes a request as a typed call does: its type decides how each value is written.
fn prepare(
    meta: &'static OperationMeta,
    request: &Value,
    validate: bool,
) -> Result<EncodedCall, Error> {
    let request = (meta.normalize)(&written(request));
    let request = request.map_err(|error| refused(meta, error))?;
    let encoded = encode(meta, request.root().members(), validate);
    encoded.map_err(|error| refused(meta, error))
}

fn refused(meta: &OperationMeta, why: impl fmt::Display) -> Error {
    Error::invalid_request(why).in_call(meta.name, 0)
}

impl Resend for JsonCall {
    type Reply = Value;

    fn meta(&self) -> &'static OperationMeta {
        self.meta
    }

    fn shared(&self) -> &Shared {
        &self.shared
    }

    fn options(&self) -> &CallOptions {
        &self.options
    }

    fn resend(self) -> Sending<Value> {
        self.into_future()
    }
}

impl IntoFuture for JsonCall {
    type Output = Result<Response<Value>, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

// Without the request, which can hold secrets.
impl fmt::Debug for JsonCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonCall")
            .field("operation", &self.meta.name)
            .field("timeout", &self.options.timeout)
            .finish_non_exhaustive()
    }
}
