//! One call, from the encoded request to the reply: attempts, until one works or none is left. They
//! are not generic, so they are compiled once for all operations.

mod attempt;
mod caller;
mod deadline;
mod exchange;
mod iam;
mod judge;
mod limiter;
mod observe;
pub(crate) mod options;
mod parts;
mod progress;
mod recovery;
mod shared;
#[cfg(test)]
mod tests;

use tokio::time::sleep;

use self::attempt::attempt;
use self::caller::Target;
#[cfg(feature = "upload")]
pub(crate) use self::deadline::Deadline;
pub(crate) use self::limiter::Limiter;
use self::limiter::keep_to_rate;
pub(crate) use self::observe::reported;
#[cfg(all(feature = "tracing", feature = "upload"))]
pub(crate) use self::observe::{failed, mark};
pub(crate) use self::progress::Reply;
use self::progress::{Failure, Progress};
pub(crate) use self::shared::Shared;
use crate::error::Error;
use crate::pipeline::options::CallOptions;
use crate::request::EncodedCall;
use crate::response::Response;
use crate::retry::FailedAttempt;
use crate::runtime;

/// A call, what it shares with others, and where it goes.
#[derive(Clone, Copy)]
struct Calling<'a> {
    shared: &'a Shared,
    call: &'a EncodedCall,
    options: &'a CallOptions,
    target: Target<'a>,
}

/// Does a call within its time, and has its reply read.
pub(crate) async fn dispatch<T>(
    shared: &Shared,
    call: &EncodedCall,
    options: &CallOptions,
    read: impl FnOnce(Reply) -> Result<Response<T>, Error>,
) -> Result<Response<T>, Error> {
    let calling = Calling {
        shared,
        call,
        options,
        target: Target::Service,
    };
    observed(calling, read).await
}

/// The project of the calls, which may have to be looked up.
#[cfg(feature = "upload")]
pub(crate) async fn project_id(shared: &Shared) -> Result<String, Error> {
    let caller = Target::Service.caller(shared).await?;
    // All calls of the service have one.
    Ok(caller.project_id.unwrap_or_default())
}

/// Does the call in a span of its own.
async fn observed<T>(
    calling: Calling<'_>,
    read: impl FnOnce(Reply) -> Result<Response<T>, Error>,
) -> Result<Response<T>, Error> {
    let Calling { shared, target, .. } = calling;
    let endpoint = target.endpoint(shared);
    let span = observe::CallSpan::begin(target.service(), endpoint, calling.call);
    let result = span.around(attempts(calling)).await;
    let result = result.and_then(read);
    span.end(result.as_ref().map(Response::meta));
    result
}

/// Makes an attempt as soon as the limits allow it.
async fn admitted(calling: Calling<'_>, progress: &mut Progress) -> Result<Reply, Failure> {
    keep_to_rate(calling, progress).await?;
    observed_attempt(calling, progress).await
}

/// Makes an attempt in a span of its own.
async fn observed_attempt(calling: Calling<'_>, progress: &mut Progress) -> Result<Reply, Failure> {
    let endpoint = calling.target.endpoint(calling.shared);
    let span = observe::AttemptSpan::begin(endpoint, calling.call, progress.attempts);
    let result = span.around(attempt(calling, progress)).await;
    span.end(match &result {
        Ok(reply) => Ok(&reply.meta),
        Err(failure) => Err(&failure.error),
    });
    result
}

async fn attempts(calling: Calling<'_>) -> Result<Reply, Error> {
    let Calling {
        shared,
        call,
        options,
        ..
    } = calling;
    runtime::check()?;
    if let Err(why) = options.check() {
        return Err(Error::invalid_request(why).in_call(call.name.clone(), 0));
    }
    let mut progress = Progress::new(options);
    loop {
        let Failure { error, recovered } = match admitted(calling, &mut progress).await {
            Ok(mut reply) => {
                shared.budget.refund(progress.price);
                reply.meta.attempts = progress.attempts;
                reply.meta.elapsed = progress.start.elapsed();
                return Ok(reply);
            }
            Err(failure) => failure,
        };
        let sent = error.was_sent();
        let error = error.sent_before(progress.sent);
        progress.sent = error.was_sent();
        let error = error.in_call(call.name.clone(), progress.attempts);
        let failed = FailedAttempt {
            sent,
            attempts: progress.attempts,
            idempotent: options.idempotent.unwrap_or(call.idempotent),
            corrected: recovered,
            elapsed: progress.start.elapsed(),
            random: shared.chance.next(),
            error: &error,
        };
        let Some(delay) = options.retry.next_delay(&failed) else {
            return Err(error);
        };
        if !progress.deadline.leaves(delay) {
            return Err(error);
        }
        // A recovery has removed the cause, and a call makes few of them, so it costs nothing.
        if !recovered {
            progress.price = shared.budget.pay(error.is_throttled());
            if progress.price.is_none() {
                return Err(error);
            }
        }
        observe::retry(&error, delay);
        if !delay.is_zero() {
            sleep(delay).await;
        }
    }
}
