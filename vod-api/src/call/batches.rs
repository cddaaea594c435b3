//! More values than one call takes, sent as several calls.

use std::collections::VecDeque;
use std::fmt;
use std::future::{IntoFuture, poll_fn};
#[cfg(feature = "stream")]
use std::pin::Pin;
use std::task::{Context, Poll};
use std::vec;

#[cfg(feature = "stream")]
use futures_core::Stream;

use crate::call::Call;
use crate::error::Error;
use crate::facts::{Batched, Operation};
use crate::response::Response;

/// Calls that are under way at once, by default.
const CONCURRENCY: usize = 4;

// The bound is on the method, so that the compiler explains why another operation has none.
impl<O: Operation> Call<O> {
    /// Sends the values in as many calls as they need, some at once, each with the options of this one.
    ///
    /// Each call has an outcome of its own: one that fails does not keep the others from being sent, and says which
    /// values it was about. An empty list makes no call; where the list is optional and not set, there is one ordinary call.
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
        Batches::new(self)
    }
}

/// The calls that send many values in batches, and their outcomes in the order of the values; see [`Call::in_batches`].
///
/// The calls make progress only while [`next`](Self::next) is polled, but their timeouts keep running: do slow work between
/// outcomes in another task. Dropping this cancels the calls under way. With the feature `stream` it is a `Stream` too.
#[must_use = "nothing is sent until `next`"]
pub struct Batches<O: Batched> {
    /// The call, without its values.
    call: Call<O>,
    /// `None` if none were given.
    values: Option<vec::IntoIter<O::Value>>,
    concurrency: usize,
    /// How many calls were started.
    started: usize,
    /// Those whose outcome nobody has yet, in order.
    open: VecDeque<Open<O>>,
}

struct Open<O: Batched> {
    index: usize,
    request: O,
    state: State<O>,
}

enum State<O: Batched> {
    UnderWay(<Call<O> as IntoFuture>::IntoFuture),
    Done(Result<Response<O::Response>, Error>),
}

/// One of the calls that [`Batches`] makes, and what came of it.
#[derive(Debug)]
#[non_exhaustive]
pub struct Batch<O: Batched> {
    /// Its place among the calls, from 0.
    pub index: usize,
    /// The part of the request that it sent; it can be sent again.
    pub request: O,
    /// What the service answered.
    pub result: Result<Response<O::Response>, Error>,
}

impl<O: Batched> Batches<O> {
    fn new(mut call: Call<O>) -> Self {
        let values = call.request.take_values();
        Self {
            call,
            values: values.map(Vec::into_iter),
            concurrency: CONCURRENCY,
            started: 0,
            open: VecDeque::new(),
        }
    }

    /// How many calls may be under way at once, at least 1; 4 by default. The docs give limits per minute for each group
    /// of operations.
    pub fn with_concurrency(mut self, calls: usize) -> Self {
        self.concurrency = calls.max(1);
        self
    }

    /// The next outcome; `None` when all are out.
    ///
    /// Nothing is lost or sent twice if the future is dropped before it is done.
    pub async fn next(&mut self) -> Option<Batch<O>> {
        poll_fn(|context| self.poll_batch(context)).await
    }

    fn poll_batch(&mut self, context: &mut Context<'_>) -> Poll<Option<Batch<O>>> {
        while self.open.len() < self.concurrency && self.start() {}
        for open in &mut self.open {
            if let State::UnderWay(call) = &mut open.state
                && let Poll::Ready(result) = call.as_mut().poll(context)
            {
                open.state = State::Done(result);
            }
        }
        match self.open.pop_front() {
            Some(Open {
                index,
                request,
                state: State::Done(result),
            }) => Poll::Ready(Some(Batch {
                index,
                request,
                result,
            })),
            Some(under_way) => {
                self.open.push_front(under_way);
                Poll::Pending
            }
            None => Poll::Ready(None),
        }
    }

    /// Starts the next call, if there is one.
    fn start(&mut self) -> bool {
        let values = self.values.as_mut();
        let values = values.map(|it| it.take(O::BATCH_SIZE.max(1)).collect::<Vec<_>>());
        let is_over = match &values {
            Some(values) => values.is_empty(),
            None => self.started > 0,
        };
        if is_over {
            return false;
        }
        let mut call = self.call.clone();
        if let Some(values) = values {
            call.request.set_values(values);
        }
        self.open.push_back(Open {
            index: self.started,
            request: O::clone(&call.request),
            state: State::UnderWay(call.into_future()),
        });
        self.started += 1;
        true
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
            .field("call", &self.call)
            .field("concurrency", &self.concurrency)
            .finish_non_exhaustive()
    }
}
