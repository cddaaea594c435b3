//! A step of an upload: attempts, each with a URL of its own, until one works or none is left.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::time::{Instant, sleep, sleep_until};

use crate::error::{Error, Sent};
use crate::lock::lock;
use crate::retry::Backoff;
use crate::upload::observe;
use crate::upload::progress::Meter;
use crate::upload::step::{HeaderSet, Payload, Step};
use crate::upload::store::{Failure, Remedy, Store, StoreReply};
use crate::upload::target::Signed;

/// The attempts of a step, without those with a new URL or other headers.
const ATTEMPTS: u32 = 8;

const PAUSES: Backoff = Backoff {
    first: Duration::from_millis(500),
    longest: Duration::from_secs(20),
    factor: 2.0,
};

/// Sends the steps of one upload.
#[derive(Debug)]
pub(super) struct Sender {
    pub(super) store: Store,
    part_headers: Mutex<Headers>,
    join_headers: Mutex<Headers>,
    /// When an overloaded store may be asked again, by any step.
    calm: Mutex<Option<Instant>>,
}

/// Which headers work.
#[derive(Debug, Clone, Copy)]
struct Headers {
    set: HeaderSet,
    /// Whether the store has accepted them.
    proven: bool,
}

impl Default for Headers {
    fn default() -> Self {
        Self {
            set: HeaderSet::Vendor,
            proven: false,
        }
    }
}

/// Why a step has failed.
#[derive(Debug)]
pub(super) struct StepError {
    pub(super) error: Error,
    /// Whether an attempt may have worked without an answer that says so.
    pub(super) unanswered: bool,
}

impl StepError {
    /// Whether the store does not know the upload.
    pub(super) fn is_gone(&self) -> bool {
        self.error.code() == Some("NoSuchUpload")
    }
}

impl From<StepError> for Error {
    fn from(failure: StepError) -> Self {
        failure.error
    }
}

/// What has been tried in a step.
struct Tries {
    attempts: u32,
    unanswered: bool,
    failures: u32,
    new_url: bool,
    other_headers: bool,
}

impl Tries {
    fn fail(&self, error: Error) -> StepError {
        StepError {
            error,
            unanswered: self.unanswered,
        }
    }
}

/// Whether the store may have done what it was asked for. OBS says so of these statuses, too.
fn is_unanswered(error: &Error) -> bool {
    let status = error.status().map(|status| status.as_u16());
    match status {
        Some(status) => matches!(status, 200..=299 | 500 | 502 | 503 | 504),
        None => error.was_sent() != Sent::No,
    }
}

impl Sender {
    pub(super) fn new(store: Store) -> Self {
        Self {
            store,
            part_headers: Mutex::default(),
            join_headers: Mutex::default(),
            calm: Mutex::default(),
        }
    }

    /// Does a step. Only bytes of the media file are counted by `meter`.
    pub(super) async fn step(
        &self,
        signed: &Signed<'_>,
        payload: &Payload,
        meter: Option<&Arc<Meter>>,
    ) -> Result<StoreReply, StepError> {
        let budget = &self.store.shared.budget;
        let mut tries = Tries {
            attempts: 0,
            unanswered: false,
            failures: 0,
            new_url: false,
            other_headers: false,
        };
        let mut price = None;
        loop {
            self.wait_until_calm().await;
            let set = lock(self.headers(payload.step)).set;
            let Failure { error, remedy } = match signed.url(payload).await {
                // The error names the call of VOD.
                Err(error) => error.into(),
                Ok(url) => {
                    tries.attempts += 1;
                    let span = observe::AttemptSpan::begin(payload.step, tries.attempts);
                    let sent = self.store.send(&url, payload, set, meter.cloned());
                    let result = span.around(sent).await;
                    let status = result.as_ref().map(|reply| reply.status);
                    span.end(status.map_err(|failure| &failure.error));
                    match result {
                        Ok(reply) => {
                            self.accept(payload, set);
                            budget.refund(price);
                            return Ok(reply);
                        }
                        Err(Failure { error, remedy }) => {
                            tries.unanswered |= is_unanswered(&error);
                            let error = error.in_call(payload.step.to_string(), tries.attempts);
                            Failure { error, remedy }
                        }
                    }
                }
            };
            // A URL for which both sets are the same is refused for another reason.
            let remedy = match remedy {
                Remedy::OtherHeaders if !payload.differs() => Remedy::NewUrl,
                remedy => remedy,
            };
            let Some(pause) = self.pause(remedy, (payload.step, set), signed, &mut tries) else {
                return Err(tries.fail(error));
            };
            if pause.is_zero() {
                continue;
            }
            price = budget.pay(remedy == Remedy::Slower);
            if price.is_none() {
                return Err(tries.fail(error));
            }
            let hint = error.retry_after().unwrap_or_default().min(PAUSES.longest);
            let pause = pause.max(hint);
            if remedy == Remedy::Slower {
                self.calm_down(pause);
            }
            sleep(pause).await;
        }
    }

    /// How long to wait before the next attempt, if there is to be one.
    fn pause(
        &self,
        remedy: Remedy,
        sent: (Step, HeaderSet),
        signed: &Signed<'_>,
        tries: &mut Tries,
    ) -> Option<Duration> {
        match remedy {
            Remedy::None => None,
            Remedy::OtherHeaders if !tries.other_headers && self.try_other(sent) => {
                tries.other_headers = true;
                Some(Duration::ZERO)
            }
            // Too many wrong signatures make OBS block the caller.
            Remedy::NewUrl | Remedy::OtherHeaders => {
                let once = !tries.new_url && signed.can_be_renewed();
                tries.new_url = true;
                once.then_some(Duration::ZERO)
            }
            Remedy::Again | Remedy::Slower => {
                tries.failures += 1;
                if tries.failures >= ATTEMPTS {
                    return None;
                }
                // Between half and the whole, so that parts do not come back at the same time.
                let random = 0.5 + self.store.shared.chance.next() / 2.0;
                Some(PAUSES.after(tries.failures).mul_f64(random))
            }
        }
    }

    fn headers(&self, step: Step) -> &Mutex<Headers> {
        match step {
            Step::Join => &self.join_headers,
            _ => &self.part_headers,
        }
    }

    /// Notes which headers the store accepts, where the two sets differ.
    fn accept(&self, payload: &Payload, set: HeaderSet) {
        if payload.differs() {
            *lock(self.headers(payload.step)) = Headers { set, proven: true };
        }
    }

    /// Changes to the other headers, if these have never worked. Returns whether the next attempt
    /// will have others.
    fn try_other(&self, (step, refused): (Step, HeaderSet)) -> bool {
        let mut headers = lock(self.headers(step));
        if headers.proven {
            return headers.set != refused;
        }
        headers.set = refused.other();
        true
    }

    fn calm_down(&self, pause: Duration) {
        let mut calm = lock(&self.calm);
        *calm = Instant::now().checked_add(pause).max(*calm);
    }

    async fn wait_until_calm(&self) {
        // It can be put off while this waits.
        loop {
            let calm = *lock(&self.calm);
            match calm.filter(|calm| *calm > Instant::now()) {
                Some(calm) => sleep_until(calm).await,
                None => return,
            }
        }
    }
}
