//! How long something may take.

use std::pin::Pin;
use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use crate::error::{Error, ErrorKind, Sent};

/// The end of the time that something may take, and how long that was; `None` for no end.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deadline(Option<(Duration, Instant)>);

impl Deadline {
    /// A deadline that the clock cannot represent counts as none.
    pub(crate) fn new(start: Instant, duration: Option<Duration>) -> Self {
        Self(duration.and_then(|duration| Some((duration, start.checked_add(duration)?))))
    }

    pub(super) fn later(self, delay: Duration) -> Self {
        Self(
            self.0
                .and_then(|(duration, end)| Some((duration, end.checked_add(delay)?))),
        )
    }

    pub(super) fn sooner(self, other: Self) -> Self {
        match (self.0, other.0) {
            (Some((_, one)), Some((_, two))) if two < one => other,
            (None, _) => other,
            _ => self,
        }
    }

    /// Whether there is time left after `delay`.
    pub(super) fn leaves(&self, delay: Duration) -> bool {
        let then = Instant::now().checked_add(delay);
        self.0
            .is_none_or(|(_, end)| then.is_some_and(|then| then < end))
    }

    /// Does `work` unless the deadline passes first; `sent` says what a timeout means. The caller
    /// pins the work: pinned here, it would exist several times, before and after each move.
    pub(super) fn hold<T>(
        self,
        sent: Sent,
        work: Pin<&mut impl Future<Output = Result<T, Error>>>,
    ) -> impl Future<Output = Result<T, Error>> {
        let late = move |duration| {
            let message = format!("no answer within {duration:?}");
            Error::new(ErrorKind::Timeout, sent, message)
        };
        self.hold_or(late, work)
    }

    /// The same, with another error for a deadline that has passed, from how long the work could
    /// take.
    pub(crate) async fn hold_or<T>(
        self,
        late: impl FnOnce(Duration) -> Error,
        work: Pin<&mut impl Future<Output = Result<T, Error>>>,
    ) -> Result<T, Error> {
        let Some((duration, end)) = self.0 else {
            return work.await;
        };
        timeout_at(end, work)
            .await
            .unwrap_or_else(|_| Err(late(duration)))
    }
}
