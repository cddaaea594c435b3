//! The credentials that a client uses now, and how it gets the next ones.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use tokio::time::{Instant, timeout};

use crate::credentials::{Credentials, ProvideCredentials};
use crate::error::{Error, ErrorKind, Sent};
use crate::identity::single_flight::SingleFlight;
use crate::lock::lock;
use crate::secret::redact::Redactor;

/// How long before they expire credentials are replaced, at most. Short-lived ones are used for two
/// thirds of their time.
const AHEAD: Duration = Duration::from_secs(5 * 60);

/// How soon a renewal that failed is tried again while the old credentials are valid, at most and
/// at least.
const LATEST: Duration = Duration::from_secs(30);
const SOONEST: Duration = Duration::from_secs(1);

/// How long a call waits for a renewal while the old credentials are valid.
const PATIENCE: Duration = Duration::from_secs(5);

/// The longest time that a source may take. The call that asks it may have no timeout, and all
/// other calls wait for it.
const LONGEST: Duration = Duration::from_secs(60);

/// How long to wait before a source is asked again, while the service refuses what it gives.
const PAUSE: Duration = Duration::from_secs(60);

/// Holds one set of credentials and renews it: one renewal at a time, ahead of expiry.
///
/// The time comes from the caller, who has the service's clock.
pub(crate) struct Keyring {
    provider: Arc<dyn ProvideCredentials>,
    held: Mutex<Held>,
    flight: SingleFlight<Arc<Snapshot>>,
}

/// Credentials as they were provided. They never change, so that no request is signed with parts of
/// two sets.
pub(crate) struct Snapshot {
    pub(crate) credentials: Credentials,
    pub(crate) redactor: Arc<Redactor>,
    /// Whether a call with them has worked.
    accepted: AtomicBool,
}

#[derive(Default)]
struct Held {
    snapshot: Option<Arc<Snapshot>>,
    /// Until when the credentials can be used. `None` if there is no limit, and also if they seemed
    /// to have expired when they came: the clock may be wrong, and the service decides whether they
    /// are valid.
    end: Option<SystemTime>,
    /// `None` for never.
    renew_at: Option<SystemTime>,
    replaced: Option<Replacement>,
}

/// The last time that the source was asked because of a refusal. Measured with tokio's clock,
/// because a refusal can correct the time of day.
struct Replacement {
    at: Instant,
    /// Whether the source gave other credentials than those that were refused.
    others: bool,
}

/// What came of a renewal ahead of expiry.
enum Renewal {
    Renewed(Arc<Snapshot>),
    Failed(Error),
    /// Another call does it.
    UnderWay,
    /// It takes longer than a call waits for it, or has panicked.
    Unfinished,
}

impl Held {
    /// Stores credentials that have just arrived, or whose expiry can only be determined now.
    fn take(&mut self, snapshot: Arc<Snapshot>, now: SystemTime, random: f64) {
        let expiry = snapshot.credentials.expiry();
        self.end = expiry.filter(|expiry| now < *expiry);
        self.renew_at = match self.end {
            Some(end) => renew_at(end, now, random),
            None => expiry.and_then(|_| now.checked_add(AHEAD)),
        };
        self.snapshot = Some(snapshot);
    }

    /// Updates the expiry if a correction of the clock shows that the credentials have not expired
    /// after all.
    fn reconsider(&mut self, now: SystemTime, random: f64) {
        let held = self.snapshot.as_ref().filter(|_| self.end.is_none());
        let held = held.filter(|held| held.credentials.expiry().is_some_and(|expiry| now < expiry));
        if let Some(held) = held.cloned() {
            self.take(held, now, random);
        }
    }

    fn fresh(&self, now: SystemTime) -> Option<&Arc<Snapshot>> {
        let due = self.renew_at.is_some_and(|at| at <= now);
        self.snapshot.as_ref().filter(|_| !due)
    }

    fn valid(&self, now: SystemTime) -> Option<&Arc<Snapshot>> {
        let is_valid = self.end.is_none_or(|end| now < end);
        self.snapshot.as_ref().filter(|_| is_valid)
    }

    fn has_other_than(&self, known: &Arc<Snapshot>) -> bool {
        let held = self.snapshot.as_ref();
        held.is_some_and(|held| !Arc::ptr_eq(held, known))
    }

    /// Whether the source may be asked because of a refusal. If the last replacement has worked
    /// since, this is a new refusal.
    fn may_replace(&self, refused: &Snapshot) -> bool {
        self.replaced.as_ref().is_none_or(|last| {
            let worked = last.others && refused.accepted.load(Ordering::Relaxed);
            worked || last.at.elapsed() >= PAUSE
        })
    }
}

impl Keyring {
    pub(crate) fn new(provider: Arc<dyn ProvideCredentials>) -> Arc<Self> {
        Arc::new(Self {
            provider,
            held: Mutex::default(),
            flight: SingleFlight::new(),
        })
    }

    /// The credentials to use now. `random` is from 0 to 1, and spreads the renewals of many
    /// processes.
    ///
    /// While the old credentials are valid, only the call that starts a renewal waits for it, for a
    /// few seconds at most.
    pub(crate) async fn current(
        self: &Arc<Self>,
        now: SystemTime,
        random: f64,
    ) -> Result<Arc<Snapshot>, Error> {
        let valid = {
            let mut held = lock(&self.held);
            held.reconsider(now, random);
            if let Some(fresh) = held.fresh(now) {
                return Ok(fresh.clone());
            }
            let valid = held.valid(now).cloned();
            if valid.is_some() {
                // The time of the next renewal, in case this one fails or its call is dropped.
                let left = held
                    .end
                    .map(|end| end.duration_since(now).unwrap_or_default());
                let pause = left.map_or(LATEST, |left| (left / 10).clamp(SOONEST, LATEST));
                held.renew_at = now.checked_add(pause).into_iter().chain(held.end).min();
            }
            valid
        };
        let Some(valid) = valid else {
            // Another call may have been faster.
            let renewal = self.renew(now, random, |held| held.fresh(now).is_some());
            return self.flight.join(renewal).await;
        };
        let start = Instant::now();
        let failure = match self.renew_ahead(&valid, now, random).await {
            Renewal::Renewed(renewed) => return Ok(renewed),
            Renewal::UnderWay => return Ok(valid),
            Renewal::Failed(error) => error,
            Renewal::Unfinished => {
                Error::credentials("the credentials expired before their source returned new ones")
            }
        };
        // The old credentials may have expired in the meantime.
        let now = now.checked_add(start.elapsed()).unwrap_or(now);
        match lock(&self.held).valid(now) {
            Some(valid) => Ok(valid.clone()),
            None => Err(failure),
        }
    }

    /// Renews credentials that are still valid, unless another call is doing so. Waits a few
    /// seconds at most.
    async fn renew_ahead(
        self: &Arc<Self>,
        valid: &Arc<Snapshot>,
        now: SystemTime,
        random: f64,
    ) -> Renewal {
        let (keyring, known) = (self.clone(), valid.clone());
        // In a task, which goes on when the call no longer waits for it: a source that always takes
        // longer than that would otherwise never finish.
        let renewal = tokio::spawn(async move {
            let renewal = keyring.renew(now, random, |held| held.has_other_than(&known));
            keyring.flight.lead(renewal).await
        });
        let Ok(Ok(led)) = timeout(PATIENCE, renewal).await else {
            return Renewal::Unfinished;
        };
        match led {
            Some(Ok(renewed)) => Renewal::Renewed(renewed),
            Some(Err(error)) => Renewal::Failed(error),
            None => Renewal::UnderWay,
        }
    }

    /// The redactor for the secrets that are in use now.
    pub(crate) fn redactor(&self) -> Arc<Redactor> {
        let held = lock(&self.held);
        let redactor = held.snapshot.as_ref().map(|held| held.redactor.clone());
        redactor.unwrap_or_default()
    }

    /// Replaces credentials that the service has refused, unless that has been done or was tried a
    /// moment ago. Returns whether there are other credentials now.
    pub(crate) async fn replace(
        &self,
        refused: &Arc<Snapshot>,
        now: SystemTime,
        random: f64,
    ) -> bool {
        let differs = |it: &Snapshot| !it.credentials.proves_the_same(&refused.credentials);
        let work = async {
            let will_do = |held: &Held| held.has_other_than(refused) || !held.may_replace(refused);
            if let Some(current) = self.held_if(will_do) {
                return Ok(current);
            }
            let renewed = self.ask(now, random).await;
            lock(&self.held).replaced = Some(Replacement {
                at: Instant::now(),
                others: renewed.as_ref().is_ok_and(|it| differs(it)),
            });
            renewed
        };
        self.flight.join(work).await.is_ok_and(|it| differs(&it))
    }

    /// Asks the provider, unless `will_do` accepts the current credentials.
    async fn renew(
        &self,
        now: SystemTime,
        random: f64,
        will_do: impl Fn(&Held) -> bool,
    ) -> Result<Arc<Snapshot>, Error> {
        match self.held_if(will_do) {
            Some(current) => Ok(current),
            None => self.ask(now, random).await,
        }
    }

    fn held_if(&self, will_do: impl Fn(&Held) -> bool) -> Option<Arc<Snapshot>> {
        let held = lock(&self.held);
        held.snapshot.clone().filter(|_| will_do(&held))
    }

    async fn ask(&self, now: SystemTime, random: f64) -> Result<Arc<Snapshot>, Error> {
        // In a box, because few calls need it, and each would have to reserve the space.
        let given = Box::pin(timeout(LONGEST, self.provider.provide())).await;
        let given = given.unwrap_or_else(|_| {
            let message = format!("their source returned none within {LONGEST:?}");
            Err(Error::new(ErrorKind::Timeout, Sent::No, message))
        });
        let credentials = given.map_err(as_credentials)?;
        if let Err(why) = credentials.check() {
            let message = format!("the credentials cannot be used: {why}");
            return Err(Error::credentials(message));
        }
        let snapshot = Arc::new(Snapshot::new(credentials));
        lock(&self.held).take(snapshot.clone(), now, random);
        Ok(snapshot)
    }
}

impl Snapshot {
    fn new(credentials: Credentials) -> Self {
        Self {
            redactor: Arc::new(Redactor::new(credentials.secrets())),
            credentials,
            accepted: AtomicBool::new(false),
        }
    }

    /// Records that the service has accepted them.
    pub(crate) fn accept(&self) {
        self.accepted.store(true, Ordering::Relaxed);
    }
}

/// The failure of a provider is not a failure of the service, to which nothing was sent.
fn as_credentials(error: Error) -> Error {
    match error.kind() {
        ErrorKind::Credentials => error,
        _ => Error::credentials("the credentials could not be obtained").with_source(error),
    }
}

/// A time in the last part of the lifetime: between [`AHEAD`] and half of it before the end.
fn renew_at(expiry: SystemTime, now: SystemTime, random: f64) -> Option<SystemTime> {
    let left = expiry.duration_since(now).unwrap_or_default();
    let ahead = (left / 3).min(AHEAD).mul_f64(1.0 - random / 2.0);
    expiry.checked_sub(ahead)
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.provider.fmt(f)
    }
}

#[cfg(test)]
mod tests;
