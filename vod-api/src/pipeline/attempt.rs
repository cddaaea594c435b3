//! One attempt: credentials, signature, request and reply.

use std::pin::pin;
use std::time::Duration;

use tokio::time::Instant;

use crate::endpoints::endpoint::Endpoint;
use crate::error::{Error, Sent};
use crate::pipeline::caller::Target;
use crate::pipeline::deadline::Deadline;
use crate::pipeline::exchange::exchange;
use crate::pipeline::parts::AttemptParts;
use crate::pipeline::progress::{Failure, Progress, Reply};
use crate::pipeline::recovery::{Refusal, describe, recover};
use crate::pipeline::{Calling, Shared, judge};

/// The longest time that an endpoint may take to answer before calls go to another one.
const SILENCE: Duration = Duration::from_secs(3);

/// Determines credentials, project and endpoints, and sends the request: once, unless no connection
/// is possible.
pub(super) async fn attempt(
    calling: Calling<'_>,
    progress: &mut Progress,
) -> Result<Reply, Failure> {
    let Calling {
        shared,
        call,
        options,
        target,
    } = calling;
    let caller = {
        // In a block, so that the future of the call does not hold it during the request as well.
        let caller = pin!(target.caller(shared));
        progress.deadline.hold(Sent::No, caller).await?
    };
    // The time of the attempt begins here: what the caller needs is not asked for twice.
    let begin = Instant::now();
    let deadline = Deadline::new(begin, options.attempt_timeout).sooner(progress.deadline);
    let signed = target.clock(shared).read();
    let project_id = caller.project_id.as_deref();
    let path = call.path.of_project(project_id.unwrap_or_default());
    let mut unreachable = None;
    for (index, endpoint) in caller.endpoints.into_iter().enumerate() {
        let parts = AttemptParts {
            call,
            endpoint,
            path: &path,
            project_id,
            keys: &caller.keys,
            extra: &options.headers,
            signed,
        };
        let request = parts.request()?;
        if index == 0 {
            progress.attempts += 1;
        }
        let sent = Instant::now();
        let response = shared.transport.send(request, endpoint.origin())?;
        let redactor = &caller.keys.redactor;
        let result = exchange(shared, response, redactor, deadline).await;
        let result = result.and_then(|reply| {
            if judge::is_error(&reply.body, call.operation) {
                return Err(Error::service(*reply, redactor));
            }
            Ok(reply)
        });
        if !matches!(&result, Err(error) if error.is_connect()) {
            choose_endpoint(shared, endpoint, result.as_ref().err(), sent.elapsed());
        }
        let error = match result {
            Ok(meta) => {
                if parts.is_signed() {
                    target.clock(shared).accepted(signed);
                }
                caller.keys.accept();
                let keys = caller.keys.clone();
                return Ok(Reply { meta, keys });
            }
            Err(error) if error.is_connect() => {
                unreachable = Some(error);
                continue;
            }
            Err(error) => error,
        };
        // In a box, because few calls need it, and each call would have to reserve the space.
        let refusal = Refusal {
            error: &error,
            took: begin.elapsed(),
        };
        let recovered = Box::pin(recover(calling, &parts, refusal, progress)).await;
        let error = describe(error, &parts, shared);
        return Err(Failure { error, recovered });
    }
    let unreachable = unreachable.unwrap_or_else(|| Error::configuration("there is no endpoint"));
    let error = match target {
        Target::Service => shared.endpoints.explain(unreachable),
        Target::Iam(_) => unreachable,
    };
    Err(error.into())
}

/// Prefers an endpoint that answered for later calls, and avoids one that did not answer in time.
fn choose_endpoint(shared: &Shared, endpoint: &Endpoint, failure: Option<&Error>, took: Duration) {
    match failure {
        // It may be unreachable without a connection error, if the connect timeout is longer than
        // the time of the attempt.
        Some(error) if error.is_timeout() && error.status().is_none() => {
            if took >= silence(shared) {
                shared.endpoints.leave(endpoint);
            }
        }
        _ => shared.endpoints.prefer(endpoint),
    }
}

/// How long an endpoint may be silent. A call with a shorter timeout than others says nothing about
/// an endpoint.
fn silence(shared: &Shared) -> Duration {
    let limits = [shared.options.timeout, shared.options.attempt_timeout];
    let halves = limits.into_iter().flatten().map(|limit| limit / 2);
    halves.min().map_or(SILENCE, |half| half.min(SILENCE))
}
