//! One call, from the encoded request to the reply: attempts, until one works or none is left. They are not generic, so
//! they are compiled once for all operations.

mod attempt;
mod target;

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, sleep, timeout_at};

use self::attempt::attempt;
use self::target::Target;
use crate::client::Shared;
use crate::encode::RawCall;
use crate::error::{Error, ErrorKind, Sent};
use crate::keyring::Snapshot;
use crate::observe;
use crate::options::CallOptions;
use crate::response::{Response, ResponseMeta};
use crate::retry::FailedAttempt;
use crate::runtime;

/// What came, and the credentials that it was asked for with: they know what must not be shown of it.
type Reply = (ResponseMeta, Arc<Snapshot>);

/// Does a call within its time, and has its reply read.
pub(crate) async fn dispatch<T>(
    client: &Shared,
    call: &RawCall,
    options: &CallOptions,
    read: impl FnOnce(Reply) -> Result<Response<T>, Error>,
) -> Result<Response<T>, Error> {
    observed(client, call, options, Target::Service, read).await
}

async fn observed<T>(
    client: &Shared,
    call: &RawCall,
    options: &CallOptions,
    target: Target<'_>,
    read: impl FnOnce(Reply) -> Result<Response<T>, Error>,
) -> Result<Response<T>, Error> {
    let span = observe::Call::begin(target.service(), target.endpoint(client), call);
    let result = span.around(attempts(client, call, options, target)).await;
    let result = result.and_then(read);
    span.end(result.as_ref().map(Response::meta));
    result
}

async fn attempts(
    client: &Shared,
    call: &RawCall,
    options: &CallOptions,
    target: Target<'_>,
) -> Result<Reply, Error> {
    runtime::check()?;
    if let Some(message) = &options.unusable {
        return Err(Error::invalid_request(message.as_str()).in_call(call.name.clone(), 0));
    }
    let start = Instant::now();
    let whole = Limit::new(start, options.timeout);
    let mut state = State::default();
    loop {
        let span = observe::Attempt::begin(target.endpoint(client), call, state.attempts);
        let result = span
            .around(attempt(client, call, options, target, whole, &mut state))
            .await;
        span.end(result.as_ref().map(|(reply, _)| reply));
        let error = match result {
            Ok((mut reply, keys)) => {
                client.budget.refund(state.price);
                reply.attempts = state.attempts;
                reply.elapsed = start.elapsed();
                return Ok((reply, keys));
            }
            Err(error) => error,
        };
        let sent = error.was_sent();
        let error = error.sent_before(state.sent);
        state.sent = error.was_sent();
        let error = error.in_call(call.name.clone(), state.attempts);
        let corrected = std::mem::take(&mut state.corrected);
        let failed = FailedAttempt {
            sent,
            attempts: state.attempts,
            idempotent: options.idempotent.unwrap_or(call.idempotent),
            corrected,
            elapsed: start.elapsed(),
            random: client.chance.next(),
            error: &error,
        };
        let Some(delay) = options.retry.next_delay(&failed) else {
            return Err(error);
        };
        if !whole.leaves(delay) {
            return Err(error);
        }
        // A repair is not charged to the budget: its cause is gone, and a call makes few of them.
        if !corrected {
            state.price = client.budget.pay(error.is_throttled());
            if state.price.is_none() {
                return Err(error);
            }
        }
        observe::retry(&error, delay);
        if !delay.is_zero() {
            sleep(delay).await;
        }
    }
}

/// What attempts leave behind for those that follow.
#[derive(Debug)]
struct State {
    /// How many there were.
    attempts: u32,
    /// The furthest that one of them got.
    sent: Sent,
    /// Whether the last one failed of something that is out of the way now.
    corrected: bool,
    /// How often the clock has been corrected.
    clock_corrections: u32,
    /// Credentials are replaced once.
    keys_replaced: bool,
    /// What the last retry cost.
    price: Option<u32>,
}

impl Default for State {
    fn default() -> Self {
        Self {
            attempts: 0,
            sent: Sent::No,
            corrected: false,
            clock_corrections: 0,
            keys_replaced: false,
            price: None,
        }
    }
}

/// How long something may take, and when that ends.
#[derive(Debug, Clone, Copy)]
struct Limit(Option<(Duration, Instant)>);

impl Limit {
    /// A time too far off to be told is no limit.
    fn new(start: Instant, duration: Option<Duration>) -> Self {
        Self(duration.and_then(|duration| Some((duration, start.checked_add(duration)?))))
    }

    fn sooner(self, other: Self) -> Self {
        match (self.0, other.0) {
            (Some((_, one)), Some((_, two))) if two < one => other,
            (None, _) => other,
            _ => self,
        }
    }

    /// Whether there is time left after `delay`.
    fn leaves(&self, delay: Duration) -> bool {
        let then = Instant::now().checked_add(delay);
        self.0
            .is_none_or(|(_, end)| then.is_some_and(|then| then < end))
    }

    /// Does `work` unless it takes too long; `sent` tells what a timeout means. The work is pinned where it is called for:
    /// here it would be there several times, before and after each move.
    async fn hold<T>(
        self,
        sent: Sent,
        work: Pin<&mut impl Future<Output = Result<T, Error>>>,
    ) -> Result<T, Error> {
        let Some((duration, end)) = self.0 else {
            return work.await;
        };
        let late = |_| {
            let message = format!("no answer within {duration:?}");
            Err(Error::new(ErrorKind::Timeout, sent, message))
        };
        timeout_at(end, work).await.unwrap_or_else(late)
    }
}

#[cfg(test)]
mod http2;
#[cfg(test)]
mod tests;
