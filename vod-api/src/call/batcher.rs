//! Sends many values in several calls, whatever the type of the calls.

use std::collections::VecDeque;
use std::task::{Context, Poll};
use std::vec;

use crate::call::resend::{Resend, Sending};
use crate::error::Error;
use crate::response::Response;

/// The default number of calls that run at the same time.
const CONCURRENCY: usize = 4;

/// A call that takes a list of values which several calls can share.
pub(super) trait Splitting: Resend {
    type Value;

    /// Takes the values out of the request; `None` if none were given.
    fn take_values(&mut self) -> Option<Vec<Self::Value>>;

    /// Puts the values of one call in.
    fn set_values(&mut self, values: Vec<Self::Value>);
}

/// The calls and their outcomes, in the order of the values.
pub(super) struct Batcher<C: Splitting> {
    /// The call, without its values.
    call: C,
    /// `None` if none were given.
    values: Option<vec::IntoIter<C::Value>>,
    /// How many values one call takes.
    size: usize,
    concurrency: usize,
    /// The number of calls that were started.
    started: usize,
    /// The calls whose outcomes were not returned yet, in order.
    open: VecDeque<Open<C>>,
}

struct Open<C: Splitting> {
    index: usize,
    call: C,
    state: State<C>,
}

enum State<C: Splitting> {
    UnderWay(Sending<C::Reply>),
    Done(Result<Response<C::Reply>, Error>),
}

/// One of the calls, and what the service answered.
pub(super) struct Outcome<C: Splitting> {
    pub(super) index: usize,
    /// The call with the values that it sent.
    pub(super) call: C,
    pub(super) result: Result<Response<C::Reply>, Error>,
}

impl<C: Splitting> Batcher<C> {
    pub(super) fn new(mut call: C, size: usize) -> Self {
        let values = call.take_values();
        Self {
            call,
            values: values.map(Vec::into_iter),
            size: size.max(1),
            concurrency: CONCURRENCY,
            started: 0,
            open: VecDeque::new(),
        }
    }

    pub(super) fn call(&self) -> &C {
        &self.call
    }

    pub(super) fn concurrency(&self) -> usize {
        self.concurrency
    }

    pub(super) fn set_concurrency(&mut self, calls: usize) {
        self.concurrency = calls.max(1);
    }

    /// The calls whose outcomes were not returned yet.
    pub(super) fn in_flight(&self) -> impl Iterator<Item = &C> {
        self.open.iter().map(|open| &open.call)
    }

    /// Starts no more calls, and returns the values of those that were not started.
    pub(super) fn stop(&mut self) -> Vec<C::Value> {
        let unsent = self.values.replace(Vec::new().into_iter());
        unsent.map_or_else(Vec::new, Iterator::collect)
    }

    pub(super) fn poll_outcome(&mut self, context: &mut Context<'_>) -> Poll<Option<Outcome<C>>> {
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
                call,
                state: State::Done(result),
            }) => Poll::Ready(Some(Outcome {
                index,
                call,
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
        let values = values.map(|it| it.take(self.size).collect::<Vec<_>>());
        let is_over = match &values {
            Some(values) => values.is_empty(),
            None => self.started > 0,
        };
        if is_over {
            return false;
        }
        let mut call = self.call.clone();
        if let Some(values) = values {
            call.set_values(values);
        }
        self.open.push_back(Open {
            index: self.started,
            state: State::UnderWay(call.clone().resend()),
            call,
        });
        self.started += 1;
        true
    }
}
