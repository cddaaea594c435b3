//! More values than one call takes, as JSON.

use std::fmt;
use std::future::poll_fn;

use serde_json::Value;

use crate::call::batcher::{Batcher, Splitting};
use crate::call::json::JsonCall;
use crate::error::Error;
use crate::response::Response;

impl JsonCall {
    /// Sends the values in as many calls as they need, as
    /// [`Call::in_batches`](crate::Call::in_batches) does.
    ///
    /// # Errors
    ///
    /// The operation does not take a list that can be split, or its request cannot be read. Nothing
    /// was sent.
    pub fn in_batches(mut self) -> Result<JsonBatches, Error> {
        let Some(batch) = self.meta.batch else {
            return Err(self.unable("take a list that can be split over several calls"));
        };
        self.request = Ok(self.request?);
        Ok(JsonBatches(Batcher::new(self, batch.size)))
    }
}

/// The calls that send many values in batches, and their outcomes in the order of the values; see
/// [`JsonCall::in_batches`] and [`Batches`](crate::Batches).
#[must_use = "nothing is sent until `next`"]
pub struct JsonBatches(Batcher<JsonCall>);

/// One of the calls that [`JsonBatches`] makes, and what came of it.
#[derive(Debug)]
#[non_exhaustive]
pub struct JsonBatch {
    /// Its place among the calls, from 0.
    pub index: usize,
    /// The part of the request that it sent; it can be sent again.
    pub request: Value,
    /// What the service answered.
    pub result: Result<Response<Value>, Error>,
}

impl JsonBatches {
    /// How many calls may be under way at once, at least 1; 4 by default.
    pub fn with_concurrency(mut self, calls: usize) -> Self {
        self.0.set_concurrency(calls);
        self
    }

    /// The next outcome; `None` when all are out. Nothing is lost or sent twice if the future is
    /// dropped before it is done.
    pub async fn next(&mut self) -> Option<JsonBatch> {
        let outcome = poll_fn(|context| self.0.poll_outcome(context)).await?;
        Some(JsonBatch {
            index: outcome.index,
            request: outcome.call.request.unwrap_or_default(),
            result: outcome.result,
        })
    }

    /// Sends no more, and returns the values that were not sent; see
    /// [`Batches::stop`](crate::Batches::stop).
    pub fn stop(&mut self) -> Vec<Value> {
        self.0.stop()
    }

    /// The requests that were sent and whose outcomes have not come from [`next`](Self::next), in
    /// order.
    pub fn in_flight(&self) -> impl Iterator<Item = &Value> {
        self.0
            .in_flight()
            .filter_map(|call| call.request.as_ref().ok())
    }
}

impl Splitting for JsonCall {
    type Value = Value;

    fn take_values(&mut self) -> Option<Vec<Value>> {
        let name = self.meta.batch?.values;
        let parameters = &mut self.meta.parameters.iter();
        let is_required = parameters.any(|it| it.property.name == name && it.property.required);
        let request = self.request.as_mut().ok()?.as_object_mut()?;
        match request.remove(name) {
            Some(Value::Array(values)) => Some(values),
            // As in a typed request, where a required list is empty until it has values.
            _ => is_required.then(Vec::new),
        }
    }

    fn set_values(&mut self, values: Vec<Value>) {
        if let (Some(batch), Ok(request)) = (self.meta.batch, &mut self.request) {
            request[batch.values] = Value::Array(values);
        }
    }
}

impl fmt::Debug for JsonBatches {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonBatches")
            .field("call", self.0.call())
            .field("concurrency", &self.0.concurrency())
            .finish_non_exhaustive()
    }
}
