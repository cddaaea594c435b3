//! Whether a failed attempt is followed by another one, and when.

mod backoff;
mod budget;
mod standard;

use std::fmt;
use std::time::Duration;

pub(crate) use self::backoff::Backoff;
pub(crate) use self::budget::Budget;
pub use self::standard::Retry;
use crate::error::{Error, ErrorKind, Sent};

/// Decides whether a failed attempt is followed by another one, and when. [`Retry`] is what clients
/// have by default.
///
/// Whatever it says, no attempt starts after the time of the call is over, and the attempts of all
/// calls of a client together stay within its budget: when most calls fail, a service is not asked
/// three times as often. An attempt after a [correction](FailedAttempt::is_corrected) does not use
/// the budget.
///
/// ```
/// use std::time::Duration;
/// use vod_api::{FailedAttempt, Retry, RetryPolicy, codes};
///
/// /// As usual, but one code is a matter of time.
/// #[derive(Debug)]
/// struct Patient(Retry);
///
/// impl RetryPolicy for Patient {
///     fn next_delay(&self, failed: &FailedAttempt<'_>) -> Option<Duration> {
///         let configuring = Some(codes::OBS_EVENTS_BEING_CONFIGURED);
///         if failed.error().code() == configuring && failed.attempts() < 10 {
///             return Some(Duration::from_secs(5));
///         }
///         self.0.next_delay(failed)
///     }
/// }
///
/// # fn example() -> Result<(), vod_api::Error> {
/// let client = vod_api::Client::builder()
///     .region("cn-north-4")
///     .retry_policy(Patient(Retry::default()))
///     .build()?;
/// # Ok(())
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a retry policy",
    note = "use `vod_api::Retry`, or implement `RetryPolicy` and `Debug`"
)]
pub trait RetryPolicy: fmt::Debug + Send + Sync + 'static {
    /// How long to wait before the next attempt; `None` to return the error.
    fn next_delay(&self, failed: &FailedAttempt<'_>) -> Option<Duration>;
}

/// An attempt that failed, for a [`RetryPolicy`].
#[derive(Debug)]
pub struct FailedAttempt<'a> {
    pub(crate) error: &'a Error,
    /// How far this attempt got; the error has how far any attempt got.
    pub(crate) sent: Sent,
    pub(crate) attempts: u32,
    pub(crate) idempotent: bool,
    pub(crate) corrected: bool,
    pub(crate) elapsed: Duration,
    pub(crate) random: f64,
}

impl FailedAttempt<'_> {
    /// Why it failed.
    pub fn error(&self) -> &Error {
        self.error
    }

    /// How many attempts there were, with this one.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Whether the call may be done twice: by the description of the operation, or by what the
    /// caller said with [`Call::with_idempotent`](crate::Call::with_idempotent).
    pub fn is_idempotent(&self) -> bool {
        self.idempotent
    }

    /// Whether the cause has been removed: the clock was wrong and has been corrected, or the
    /// service refused the credentials and their source has returned others. True at most three
    /// times in a call: once for credentials, and twice for the clock, as a correction can turn out
    /// to be wrong.
    pub fn is_corrected(&self) -> bool {
        self.corrected
    }

    /// How long the call has taken so far.
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }

    /// A random number from 0 to 1, for jitter. Tests can make it repeatable.
    pub fn random(&self) -> f64 {
        self.random
    }

    /// Whether another attempt can work and does no harm: a failure that passes, of an attempt that
    /// never left, that the service did not begin to work on, or of a call that may be done twice.
    /// Earlier attempts were judged when they failed.
    pub fn is_retryable(&self) -> bool {
        let harmless = self.idempotent || self.sent == Sent::No || self.error.is_throttled();
        // Sources of credentials try several times themselves.
        let credentials = self.error.kind() == ErrorKind::Credentials;
        self.corrected || (self.error.is_transient() && harmless && !credentials)
    }
}
