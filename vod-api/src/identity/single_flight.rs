//! Work that several calls need at the same time, and that one of them does.

use std::sync::Mutex;

use crate::error::Error;
use crate::lock::lock;

/// One caller does the work, and all callers that wait meanwhile share its outcome, even a failure:
/// a thousand waiting calls must not fail one after the other, each after an attempt of its own.
///
/// The work belongs to the caller that does it. If that caller is dropped, the next one starts
/// again.
pub(crate) struct SingleFlight<T> {
    turn: tokio::sync::Mutex<()>,
    last: Mutex<Last<T>>,
}

struct Last<T> {
    /// The number of outcomes so far.
    number: u64,
    outcome: Option<Result<T, Error>>,
}

impl<T: Clone> SingleFlight<T> {
    pub(crate) fn new() -> Self {
        Self {
            turn: tokio::sync::Mutex::new(()),
            last: Mutex::new(Last {
                number: 0,
                outcome: None,
            }),
        }
    }

    /// Does the work, or waits for the caller that is doing it.
    pub(crate) async fn join(
        &self,
        work: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        let seen = lock(&self.last).number;
        let _turn = self.turn.lock().await;
        {
            let last = lock(&self.last);
            if let (true, Some(outcome)) = (last.number != seen, &last.outcome) {
                return outcome.clone();
            }
        }
        self.finish(work.await)
    }

    /// Does the work, unless another caller is doing it.
    pub(crate) async fn lead(
        &self,
        work: impl Future<Output = Result<T, Error>>,
    ) -> Option<Result<T, Error>> {
        let _turn = self.turn.try_lock().ok()?;
        Some(self.finish(work.await))
    }

    fn finish(&self, outcome: Result<T, Error>) -> Result<T, Error> {
        let mut last = lock(&self.last);
        last.number += 1;
        last.outcome = Some(outcome.clone());
        outcome
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::time::Duration;

    use tokio::task::JoinSet;
    use tokio::time::{sleep, timeout};

    use super::*;

    /// Counts how often it is done.
    async fn work(count: &AtomicU32, fails: bool) -> Result<u32, Error> {
        let number = count.fetch_add(1, Ordering::Relaxed) + 1;
        sleep(Duration::from_secs(1)).await;
        if fails {
            Err(Error::credentials(format!("failure {number}")))
        } else {
            Ok(number)
        }
    }

    #[tokio::test(start_paused = true)]
    async fn those_who_wait_share_the_outcome() {
        for fails in [false, true] {
            let shared = Arc::new((SingleFlight::new(), AtomicU32::new(0)));
            let mut tasks = JoinSet::new();
            for _ in 0..100 {
                let shared = shared.clone();
                tasks.spawn(async move {
                    let (flight, count) = &*shared;
                    flight.join(work(count, fails)).await
                });
            }
            for outcome in tasks.join_all().await {
                match outcome {
                    Ok(number) => assert_eq!(number, 1),
                    Err(error) => assert_eq!(error.to_string(), "failure 1"),
                }
            }
            let (flight, count) = &*shared;
            assert_eq!(count.load(Ordering::Relaxed), 1);
            // Whoever comes later starts anew.
            assert_eq!(flight.join(work(count, false)).await.ok(), Some(2));
        }
    }

    #[tokio::test(start_paused = true)]
    async fn the_next_takes_over_from_one_who_gives_up() {
        let (flight, count) = (SingleFlight::new(), AtomicU32::new(0));
        let impatient = timeout(Duration::from_millis(500), flight.join(work(&count, false)));
        let (given_up, outcome) = tokio::join!(impatient, flight.join(work(&count, false)));
        assert!(given_up.is_err());
        assert_eq!(outcome.ok(), Some(2));
    }

    #[tokio::test(start_paused = true)]
    async fn one_leads() {
        let (flight, count) = (SingleFlight::new(), AtomicU32::new(0));
        let (one, other) = tokio::join!(
            flight.lead(work(&count, false)),
            flight.lead(work(&count, false))
        );
        assert_eq!(one.and_then(Result::ok), Some(1));
        assert!(other.is_none());
    }
}
