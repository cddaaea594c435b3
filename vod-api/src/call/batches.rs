//! More values than one call takes, sent as several calls.

use std::fmt;
use std::future::poll_fn;
#[cfg(feature = "stream")]
use std::pin::Pin;
use std::task::{Context, Poll};

#[cfg(feature = "stream")]
use futures_core::Stream;

use crate::call::Call;
use crate::call::batcher::{Batcher, Splitting};
use crate::error::Error;
use crate::facts::{Batched, Operation};
use crate::response::Response;

// The bound is on the method, so that the compiler explains why another operation has none.
impl<O: Operation> Call<O> {
    /// Sends the values in as many calls as they need, some at once, each with the options of this
    /// one.
    ///
    /// Each call has an outcome of its own: one that fails does not keep the others from being
    /// sent, and says which values it was about. An empty list makes no call; where the list is
    /// optional and not set, there is one ordinary call.
    ///
    /// ```no_run
    /// # async fn example(client: &vod_api::Client, many: Vec<String>) {
    /// let mut batches = client.delete_thumbnails().task_ids(many).in_batches();
    /// while let Some(batch) = batches.next().await {
    ///     match batch.result {
    ///         Ok(done) => println!("{:?}", done.delete_result_array),
    ///         Err(error) => eprintln!("{:?}: {error}", batch.request.task_ids),
    ///     }
    /// }
    /// # }
    /// ```
    pub fn in_batches(self) -> Batches<O>
    where
        O: Batched,
    {
        Batches(Batcher::new(self, O::BATCH_SIZE))
    }
}

/// The calls that send many values in batches, and their outcomes in the order of the values; see
/// [`Call::in_batches`].
///
/// The calls make progress only while [`next`](Self::next) is polled, but their timeouts keep
/// running: do slow work between outcomes in another task. Dropping this cancels the calls under
/// way, which the service may have carried out all the same: see [`stop`](Self::stop) and
/// [`in_flight`](Self::in_flight). With the feature `stream` it is a `Stream` too.
#[must_use = "nothing is sent until `next`"]
pub struct Batches<O: Batched>(Batcher<Call<O>>);

/// One of the calls that [`Batches`] makes, and its outcome.
#[derive(Debug)]
#[non_exhaustive]
pub struct Batch<O: Batched> {
    /// The position of the call, from 0.
    pub index: usize,
    /// The part of the request that it sent; it can be sent again.
    pub request: O,
    /// What the service answered.
    pub result: Result<Response<O::Response>, Error>,
}

impl<O: Batched> Batches<O> {
    /// How many calls may be under way at once, at least 1; 4 by default. The docs give limits per
    /// minute for each group of operations.
    pub fn with_concurrency(mut self, calls: usize) -> Self {
        self.0.set_concurrency(calls);
        self
    }

    /// The next outcome; `None` after the last one.
    ///
    /// Nothing is lost or sent twice if the future is dropped before it is done.
    pub async fn next(&mut self) -> Option<Batch<O>> {
        poll_fn(|context| self.poll_batch(context)).await
    }

    /// Sends no more, and returns the values that were not sent.
    ///
    /// Calls under way go on: their outcomes still come from [`next`](Self::next).
    ///
    /// ```no_run
    /// # async fn example(client: &vod_api::Client, many: Vec<String>) {
    /// let mut batches = client.delete_assets(many).in_batches();
    /// let batch = batches.next().await;
    /// println!("not sent: {:?}", batches.stop());
    /// while let Some(batch) = batches.next().await {
    ///     println!("{:?}", batch.result);
    /// }
    /// # }
    /// ```
    pub fn stop(&mut self) -> Vec<O::Value> {
        self.0.stop()
    }

    /// The requests that were sent and whose outcomes have not come from [`next`](Self::next), in
    /// order. If this is dropped now, it is not known what became of them: where a program can be
    /// interrupted, let what is interrupted borrow this, as the future of `next` does, and keep it.
    pub fn in_flight(&self) -> impl Iterator<Item = &O> {
        self.0.in_flight().map(|call| &*call.request)
    }

    fn poll_batch(&mut self, context: &mut Context<'_>) -> Poll<Option<Batch<O>>> {
        self.0.poll_outcome(context).map(|outcome| {
            outcome.map(|outcome| Batch {
                index: outcome.index,
                request: *outcome.call.request,
                result: outcome.result,
            })
        })
    }
}

impl<O: Batched> Splitting for Call<O> {
    type Value = O::Value;

    fn take_values(&mut self) -> Option<Vec<O::Value>> {
        self.request.take_values()
    }

    fn set_values(&mut self, values: Vec<O::Value>) {
        self.request.set_values(values);
    }
}

// Nothing in it is pinned: the futures are in boxes, and the rest is only ever moved.
impl<O: Batched> Unpin for Batches<O> {}

#[cfg(feature = "stream")]
impl<O: Batched> Stream for Batches<O> {
    type Item = Batch<O>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_batch(context)
    }
}

impl<O: Batched> fmt::Debug for Batches<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batches")
            .field("call", self.0.call())
            .field("concurrency", &self.0.concurrency())
            .finish_non_exhaustive()
    }
}
