//! Keeps calls within the documented limits per minute.

use std::collections::{HashMap, VecDeque};
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync;
use tokio::time::{Instant, sleep_until};

use crate::error::{Error, Sent};
use crate::facts::RateLimit;
use crate::lock::lock;
use crate::pipeline::Calling;
use crate::pipeline::progress::Progress;

/// A second more than the minute that the service counts, because requests that are sent apart can
/// arrive together.
const MINUTE: Duration = Duration::from_secs(61);

/// The limits of all groups of operations. All calls of a client share it.
#[derive(Debug, Default)]
pub(crate) struct Limiter(Mutex<HashMap<&'static str, Arc<Group>>>);

/// When the requests of a group were sent that still count, the oldest first. Whoever waits holds
/// it, so the others queue up in order.
type Group = sync::Mutex<VecDeque<Instant>>;

impl Limiter {
    /// Waits until another request is within the limit, and counts it. Returns how long that took;
    /// a caller that stops waiting is not counted.
    pub(super) async fn admit(&self, rate: RateLimit) -> Duration {
        let begin = Instant::now();
        let group = lock(&self.0).entry(rate.group).or_default().clone();
        let mut sent = group.lock().await;
        let limit = usize::try_from(rate.per_minute).unwrap_or(usize::MAX);
        if sent.len() >= limit
            && let Some(oldest) = sent.front()
        {
            sleep_until(*oldest + MINUTE).await;
            sent.pop_front();
        }
        sent.push_back(Instant::now());
        begin.elapsed()
    }
}

/// Waits until the next attempt is within the limit of its operation, if the client keeps to
/// limits. That time does not count for the deadline.
pub(super) async fn keep_to_rate(
    calling: Calling<'_>,
    progress: &mut Progress,
) -> Result<(), Error> {
    let Calling {
        shared,
        call,
        target,
        ..
    } = calling;
    let rate = call.operation.and_then(|operation| operation.rate);
    let (Some(limiter), Some(rate)) = (&shared.limiter, rate) else {
        return Ok(());
    };
    // What the attempt needs is there when it is admitted, so that it is sent at once.
    let caller = pin!(target.caller(shared));
    progress.deadline.hold(Sent::No, caller).await?;
    let waited = limiter.admit(rate).await;
    progress.deadline = progress.deadline.later(waited);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: RateLimit = RateLimit {
        group: "things",
        per_minute: 3,
        all_tenants: None,
    };

    #[tokio::test(start_paused = true)]
    async fn waits_until_the_oldest_request_no_longer_counts() {
        let limiter = Limiter::default();
        let mut waits = Vec::new();
        for _ in 0..7 {
            waits.push(limiter.admit(RATE).await.as_secs());
            tokio::time::advance(Duration::from_secs(10)).await;
        }
        // Sent at 0, 10 and 20; then a minute and a second after each of them.
        assert_eq!(waits, [0, 0, 0, 31, 0, 0, 31]);
    }

    #[tokio::test(start_paused = true)]
    async fn groups_have_limits_of_their_own() {
        let limiter = Limiter::default();
        for _ in 0..3 {
            limiter.admit(RATE).await;
        }
        let other = RateLimit {
            group: "others",
            ..RATE
        };
        assert_eq!(limiter.admit(other).await, Duration::ZERO);
    }

    #[tokio::test(start_paused = true)]
    async fn who_stops_waiting_takes_no_place() {
        let limiter = Limiter::default();
        for _ in 0..3 {
            limiter.admit(RATE).await;
        }
        let second = Duration::from_secs(1);
        let given_up = tokio::time::timeout(second, limiter.admit(RATE)).await;
        assert!(given_up.is_err());
        // The three of before are all that count.
        for expected in [60, 0, 0] {
            assert_eq!(limiter.admit(RATE).await.as_secs(), expected);
        }
    }
}
