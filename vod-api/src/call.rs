//! A call that is being put together.

use std::fmt;
use std::future::IntoFuture;
use std::pin::Pin;
use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;

use crate::client::{Client, Shared};
use crate::dispatch::dispatch;
use crate::encode::{RawCall, encode};
use crate::error::{Error, ErrorKind, Sent};
use crate::limits;
use crate::operation::{Operation, OperationMeta};
use crate::redact::Redactor;
use crate::response::{Response, ResponseMeta};

/// A call of one operation. Set its parameters, then `.await` it.
///
/// Methods that begin with `with_` are options of the call; the others are parameters of the operation.
#[must_use = "nothing is sent until `.await` or `send`"]
pub struct Call<O> {
    client: Client,
    request: O,
    timeout: Option<Duration>,
}

impl<O: Operation> Call<O> {
    pub(crate) fn new(client: Client, request: O) -> Self {
        let timeout = client.shared().timeout;
        Self {
            client,
            request,
            timeout,
        }
    }

    /// How long the call may take, all in all; `None` for no limit. The client's own limit by default.
    pub fn with_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeout = timeout.into();
        self
    }

    /// The request, to be stored or sent later.
    pub fn into_request(self) -> O {
        self.request
    }

    #[doc(hidden)]
    pub fn map(mut self, change: impl FnOnce(O) -> O) -> Self {
        self.request = change(self.request);
        self
    }

    /// Sends the request and waits for the reply; the same as `.await`, without a box.
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`].
    pub async fn send(self) -> Result<Response<O::Response>, Error> {
        let Self {
            client,
            request,
            timeout,
        } = self;
        let client = client.shared();
        let call = prepare(client, O::META, serde_json::to_value(request))?;
        let (reply, keys) = dispatch(client, &call, timeout).await?;
        match parse(&reply).and_then(O::Response::deserialize) {
            Ok(mut body) => {
                O::read_headers(&mut body, reply.headers());
                Ok(Response::new(body, reply))
            }
            Err(error) => Err(unreadable(&keys.redactor, O::META, reply, &error)),
        }
    }
}

// What is not generic is compiled once, not for each operation.

fn prepare(
    client: &Shared,
    meta: &'static OperationMeta,
    request: serde_json::Result<Value>,
) -> Result<RawCall, Error> {
    let refuse = |message| Error::invalid_request(meta.name, message);
    let request = request.map_err(|error| refuse(error.to_string()))?;
    if client.validate {
        limits::check(meta, &request).map_err(refuse)?;
    }
    encode(meta, request).map_err(refuse)
}

/// The body as JSON. None at all is `null`: a reply in which everything is absent.
fn parse(reply: &ResponseMeta) -> serde_json::Result<Value> {
    match reply.body.trim_ascii() {
        b"" => Ok(Value::Null),
        body => serde_json::from_slice(body),
    }
}

fn unreadable(
    redactor: &Redactor,
    meta: &OperationMeta,
    reply: ResponseMeta,
    error: &serde_json::Error,
) -> Error {
    let message = redactor.text(format!("the reply cannot be read: {error}"));
    Error::new(ErrorKind::Decode, Sent::Yes, message)
        .with_reply(reply, redactor)
        .in_call(meta.name, 1)
}

impl<O: Operation> IntoFuture for Call<O> {
    type Output = Result<Response<O::Response>, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

impl<O: fmt::Debug> fmt::Debug for Call<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("request", &self.request)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}
