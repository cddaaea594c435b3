//! Calls of any operation, from JSON.

mod batches;
mod pages;
mod task;

use std::fmt;
use std::future::IntoFuture;
use std::pin::Pin;
use std::sync::Arc;

use serde_json::Value;

pub use self::batches::{JsonBatch, JsonBatches};
pub use self::pages::JsonPages;
pub use self::task::{JsonTask, JsonWaiter};
use crate::call::read::read;
use crate::call::resend::{Resend, Sending};
use crate::check;
use crate::error::Error;
use crate::facts::OperationMeta;
use crate::pipeline::options::{CallOptions, with_options};
use crate::pipeline::{Shared, dispatch};
use crate::request::{EncodedCall, encode};
use crate::response::Response;
use crate::wire::written;

/// A call of an operation that is known at run time only, with a request and a reply in JSON. Made by
/// [`Client::call`](crate::Client::call), where there is an example.
///
/// The request is read as strictly as that of a [`Call`](crate::Call), checked alike, and sends the same bytes.
#[derive(Clone)]
#[must_use = "nothing is sent until `.await` or `send`"]
pub struct JsonCall {
    shared: Arc<Shared>,
    meta: &'static OperationMeta,
    /// Written as the type of the request writes it, or why it cannot be read.
    request: Result<Value, Error>,
    options: Arc<CallOptions>,
}

impl JsonCall {
    pub(crate) fn new(shared: Arc<Shared>, meta: &'static OperationMeta, request: &Value) -> Self {
        let options = shared.options.clone();
        Self {
            shared,
            meta,
            request: normalize(meta, request),
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

    /// Sends the request and waits for the reply; the same as `.await`. The reply is the JSON as it came; without a
    /// body it is `null`. Fields that travel in headers are in [`meta`](Response::meta) only.
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`](crate::ErrorKind).
    pub async fn send(self) -> Result<Response<Value>, Error> {
        let call = self.encode()?;
        dispatch(&self.shared, &call, &self.options, |reply| {
            read(&call, reply)
        })
        .await
    }

    fn encode(&self) -> Result<EncodedCall, Error> {
        let refuse = |message: String| Error::invalid_request(message).in_call(self.meta.name, 0);
        let request = self.request.clone()?;
        let request = (self.meta.normalize)(written(&request).root());
        let request = request.map_err(|error| refuse(error.to_string()))?;
        let members = request.root().members();
        let encoded = encode(self.meta, members, self.options.validate);
        encoded.map_err(|error| refuse(error.to_string()))
    }

    /// The error of a way to send the call that its operation does not have.
    fn unable(&self, what: &str) -> Error {
        let message = format!("the operation does not {what}");
        Error::invalid_request(message).in_call(self.meta.name, 0)
    }
}

/// Reads a request as its type does.
fn normalize(meta: &'static OperationMeta, request: &Value) -> Result<Value, Error> {
    let refuse = |message: String| Error::invalid_request(message).in_call(meta.name, 0);
    let request = written(request);
    check::read_request(meta, request.root()).map_err(|misfit| refuse(misfit.to_string()))?;
    let request = (meta.normalize)(request.root());
    let request = request.map_err(|error| refuse(error.to_string()))?;
    Ok(request.root().into())
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
