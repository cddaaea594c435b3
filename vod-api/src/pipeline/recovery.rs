//! What happens when the service refuses the credentials: the cause is removed if possible, and the
//! error is completed.

use std::pin::pin;
use std::time::Duration;

use http::StatusCode;

use crate::codes;
use crate::error::{Error, Sent};
use crate::pipeline::parts::AttemptParts;
use crate::pipeline::progress::Progress;
use crate::pipeline::{Calling, Shared};
use crate::time::format_rfc3339;

/// The recoveries of one call so far.
#[derive(Debug, Default)]
pub(super) struct Recoveries {
    clock: u32,
    keys: u32,
}

/// An attempt that failed.
pub(super) struct Refusal<'a> {
    pub(super) error: &'a Error,
    /// How long the attempt took.
    pub(super) took: Duration,
}

impl Recoveries {
    /// A correction of the clock can be wrong, and the next one then replaces it.
    const MOST_OF_CLOCK: u32 = 2;
    const MOST_OF_KEYS: u32 = 1;
}

/// Removes the cause of a refusal of the caller, if that is possible: corrects the clock, replaces
/// the credentials, or drops a project id that was looked up. Returns whether another attempt may
/// work.
pub(super) async fn recover(
    calling: Calling<'_>,
    parts: &AttemptParts<'_>,
    refusal: Refusal<'_>,
    progress: &mut Progress,
) -> bool {
    let Calling { shared, target, .. } = calling;
    let Refusal {
        error: refusal,
        took,
    } = refusal;
    if !refusal.is_auth() {
        return false;
    }
    if let (Some(id), Some(codes::PROJECT_MISMATCH)) = (parts.project_id, refusal.code()) {
        shared.project.refused(id);
    }
    let clock = target.clock(shared);
    let time = target.time_of(refusal);
    let is_corrected = parts.is_signed() && clock.refused(parts.signed, took, time);
    let recoveries = &mut progress.recoveries;
    if is_corrected && recoveries.clock < Recoveries::MOST_OF_CLOCK {
        recoveries.clock += 1;
        return true;
    }
    let is_unauthorized = refusal.status() == Some(StatusCode::UNAUTHORIZED);
    if is_unauthorized && recoveries.keys < Recoveries::MOST_OF_KEYS {
        recoveries.keys += 1;
        let (now, random) = (shared.clock.proven(), shared.chance.next());
        let replace = shared.keyring.replace(parts.keys, now, random);
        // As for the first credentials, the timeout of the attempt does not apply.
        let replace = pin!(async { Ok(replace.await) });
        let replaced = progress.deadline.hold(Sent::Yes, replace).await;
        return replaced.unwrap_or(false);
    }
    false
}

/// Adds to a refusal of the caller what helps to find its cause: when the credentials expired, and
/// the text that was signed.
pub(super) fn describe(refusal: Error, parts: &AttemptParts<'_>, shared: &Shared) -> Error {
    if !refusal.is_auth() {
        return refusal;
    }
    // Expired credentials are sent nevertheless, because the clock can be wrong.
    let expiry = parts.identity().expiry;
    let expiry = expiry.filter(|expiry| *expiry <= shared.clock.proven());
    let refusal = match expiry.filter(|_| refusal.status() == Some(StatusCode::UNAUTHORIZED)) {
        Some(expiry) => {
            let expiry = format_rfc3339(expiry);
            refusal.with_hint(&format!("the credentials were valid until {expiry}"))
        }
        None => refusal,
    };
    match parts.canonical_text() {
        Some(text) => refusal.with_canonical_request(parts.keys.redactor.text(text)),
        None => refusal,
    }
}
