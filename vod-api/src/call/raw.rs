//! Calls of operations that this crate has no method for.

use std::fmt;
use std::future::IntoFuture;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use http::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::call::read::read_as;
use crate::error::Error;
use crate::pipeline::options::{CallOptions, with_options};
use crate::pipeline::{Shared, dispatch, reported};
use crate::request::EncodedCall;
use crate::request::path::Path;
use crate::response::Response;
use crate::uri;

/// A call of an operation that this crate does not know: signed, sent and repeated like any other.
/// Made by [`Client::raw`](crate::Client::raw), where there is an example.
#[must_use = "nothing is sent until `.await` or `send`"]
pub struct RawRequest {
    shared: Arc<Shared>,
    method: Method,
    path: String,
    query: Vec<(String, String)>,
    body: Option<Result<Bytes, serde_json::Error>>,
    options: Arc<CallOptions>,
}

impl RawRequest {
    pub(crate) fn new(shared: Arc<Shared>, method: Method, path: String) -> Self {
        let options = shared.options.clone();
        Self {
            shared,
            method,
            path,
            query: Vec::new(),
            body: None,
            options,
        }
    }

    /// Adds a parameter to the query, which is escaped here; a name can occur several times.
    pub fn query(mut self, name: impl Into<String>, value: impl ToString) -> Self {
        self.query.push((name.into(), value.to_string()));
        self
    }

    /// Sets the body, which is sent as `application/json`. Without one there is none, not even
    /// `{}`.
    pub fn json(mut self, body: &impl Serialize) -> Self {
        self.body = Some(serde_json::to_vec(body).map(Bytes::from));
        self
    }

    with_options!();

    /// Sends the request and waits for the reply; the same as `.await`, without boxing the future.
    /// A reply without a body is `null`.
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`](crate::ErrorKind).
    pub async fn send(self) -> Result<Response<Value>, Error> {
        self.send_as().await
    }

    /// Sends the request and reads the reply as a type of your own; one without a body as from
    /// `null`.
    ///
    /// ```no_run
    /// use std::collections::BTreeMap;
    /// use vod_api::http::Method;
    ///
    /// # async fn example(client: vod_api::Client) -> Result<(), vod_api::Error> {
    /// let labels = client
    ///     .raw(Method::GET, "/v3/{project_id}/labels")
    ///     .send_as::<BTreeMap<String, String>>()
    ///     .await?;
    /// println!("{:?}", labels.get("owner"));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`](crate::ErrorKind).
    pub async fn send_as<T: DeserializeOwned>(self) -> Result<Response<T>, Error> {
        let name = format!("{} {}", self.method, self.path);
        let (shared, options) = (self.shared.clone(), self.options.clone());
        let call = self
            .encode(&name)
            .map_err(|error| reported(error.in_call(name, 0)))?;
        let parse = |reply| read_as(&call, reply);
        dispatch(&shared, &call, &options, parse).await
    }

    fn encode(self, name: &str) -> Result<EncodedCall, Error> {
        if !self.path.starts_with('/') || self.path.contains(['?', '#']) {
            return Err(Error::invalid_request(
                "the path must begin with a slash and contain neither a query nor a fragment",
            ));
        }
        if matches!(self.method, Method::CONNECT | Method::TRACE) {
            return Err(Error::invalid_request(format!(
                "the method {} is not allowed: no operation of the service uses it",
                self.method
            )));
        }
        let body = self.body.transpose().map_err(|error| {
            Error::invalid_request("the body cannot be written as JSON").with_source(error)
        })?;
        let query = self
            .query
            .iter()
            .map(|(name, value)| (name.as_str(), value.clone()));
        Ok(EncodedCall {
            name: name.to_owned().into(),
            operation: None,
            idempotent: matches!(
                self.method,
                Method::GET | Method::HEAD | Method::PUT | Method::DELETE
            ),
            method: self.method,
            #[cfg(feature = "tracing")]
            template: self.path.clone().into(),
            query: uri::query(query.collect()),
            path: Path::escaped(&self.path),
            body,
        })
    }
}

impl IntoFuture for RawRequest {
    type Output = Result<Response<Value>, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

// Without query and body, which can contain secrets that are not known here.
impl fmt::Debug for RawRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawRequest")
            .field("method", &self.method)
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}
