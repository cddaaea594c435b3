//! Work on several things, of which some can fail.

use clap::{Arg, ArgMatches, value_parser};
use tokio::task::JoinSet;

use crate::commands::flag;
use crate::exit::{Exit, Failure};
use crate::output::Messages;

/// How many are worked on at once, unless a flag says otherwise.
const JOBS: usize = 4;

/// The flag that says how many are worked on at once.
pub(super) fn jobs() -> Arg {
    flag::value("jobs", "N", "Works on so many at once; 4 by default")
        .short('j')
        .value_parser(value_parser!(u16).range(1..=64))
}

/// What the flag says.
pub(super) fn jobs_of(matches: &ArgMatches) -> usize {
    matches
        .get_one::<u16>("jobs")
        .map_or(JOBS, |jobs| usize::from(*jobs))
}

/// What came of several things.
#[derive(Debug)]
pub(super) struct Tally {
    messages: Messages,
    total: usize,
    done: usize,
    running: usize,
    /// The first failure: that of the command, if it was about one thing.
    first: Option<Failure>,
}

impl Tally {
    /// For so many things.
    pub(super) fn new(messages: &Messages, total: usize) -> Self {
        Self {
            messages: messages.clone(),
            total,
            done: 0,
            running: 0,
            first: None,
        }
    }

    /// One is done.
    pub(super) fn done(&mut self) {
        self.done += 1;
    }

    /// One failed. If there are others, this says why.
    pub(super) fn failed(&mut self, name: &str, failure: Failure) {
        if failure.exit() == Exit::StillRunning {
            self.running += 1;
        }
        if self.total > 1 {
            self.messages.failure_of(name, &failure);
        }
        self.first.get_or_insert(failure);
    }

    /// How many are done.
    pub(super) fn count(&self) -> usize {
        self.done
    }

    /// How the command ends: `what` begins the message about those that failed.
    ///
    /// # Errors
    ///
    /// One of the things failed.
    pub(super) fn end(self, what: &str) -> Result<Exit, Failure> {
        let Some(first) = self.first else {
            return Ok(Exit::Done);
        };
        if self.total == 1 {
            return Err(first);
        }
        let Self {
            total,
            done,
            running,
            ..
        } = self;
        let failed = total.saturating_sub(done + running);
        let mut counts = vec![format!("{done} of {total} done")];
        if failed > 0 {
            counts.push(format!("{failed} failed"));
        }
        if running > 0 {
            counts.push(format!("{running} still running"));
        }
        Err(Failure::Partly(format!("{what}: {}", counts.join(", "))))
    }
}

/// Whether a failure is one of all things: a request that breaks a limit, a key that is refused.
pub(super) fn is_of_all(failure: &Failure) -> bool {
    let is_call = matches!(failure, Failure::Call(_));
    is_call && matches!(failure.exit(), Exit::Usage | Exit::Credentials)
}

/// Works on each of several things, so many at once, and hands over what comes of each as it ends.
///
/// # Errors
///
/// Those of `ended`; what is under way is dropped then.
pub(super) async fn each<T, F>(
    things: Vec<String>,
    jobs: usize,
    work: impl Fn(String) -> F,
    mut ended: impl FnMut(String, Result<T, Failure>) -> Result<(), Failure>,
) -> Result<(), Failure>
where
    T: Send + 'static,
    F: Future<Output = Result<T, Failure>> + Send + 'static,
{
    let mut things = things.into_iter();
    let mut under_way = JoinSet::new();
    loop {
        while under_way.len() < jobs
            && let Some(thing) = things.next()
        {
            let work = work(thing.clone());
            under_way.spawn(async move { (thing, work.await) });
        }
        match under_way.join_next().await {
            None => return Ok(()),
            Some(Ok((thing, result))) => ended(thing, result)?,
            Some(Err(error)) => {
                if let Ok(panic) = error.try_into_panic() {
                    std::panic::resume_unwind(panic);
                }
            }
        }
    }
}
