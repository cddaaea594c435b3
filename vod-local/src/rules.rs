//! How the service with state behaves, where that can be chosen.

use std::time::Duration;

/// When the tasks of a [`Local`](crate::Local) go on: transcoding, snapshots, reviews and the like.
///
/// Nothing runs in the background. Each request, and each question to the handle, first has all
/// tasks go on that are due by then.
///
/// ```
/// use std::time::Duration;
/// use vod_local::Progress;
///
/// let progress = [
///     Progress::instant(),
///     Progress::time(Duration::from_secs(1), Duration::from_secs(3)),
///     Progress::polls(2),
///     Progress::manual(),
/// ];
/// # let _ = progress;
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use = "give it to `LocalBuilder::progress`"]
pub struct Progress(pub(crate) Pace);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pace {
    Instant,
    Time {
        waiting: Duration,
        processing: Duration,
    },
    Polls(u32),
    Manual,
}

impl Progress {
    /// How long a task waits and works with [`time`](Self::time), where nothing else is said.
    #[cfg(feature = "server")]
    pub(crate) const TIMES: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(3)];

    /// A task has ended when the next request comes.
    pub fn instant() -> Self {
        Self(Pace::Instant)
    }

    /// A task waits and then works for so long, by the [clock](crate::Local::clock) of the service.
    pub fn time(waiting: Duration, processing: Duration) -> Self {
        Self(Pace::Time {
            waiting,
            processing,
        })
    }

    /// A task has ended after so many answers that showed it or its media asset. It waits until
    /// the first of them. With 0, this is the same as [`instant`](Self::instant).
    pub fn polls(answers: u32) -> Self {
        Self(match answers {
            0 => Pace::Instant,
            answers => Pace::Polls(answers),
        })
    }

    /// A task goes on when it is told to, by [`Local::start_task`](crate::Local::start_task) and
    /// [`Local::end_task`](crate::Local::end_task).
    pub fn manual() -> Self {
        Self(Pace::Manual)
    }
}

/// How much of the service has state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// The operations of an upload. Nothing is processed or published.
    Uploads,
    /// All operations that have any.
    Everything,
}

/// The choices.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rules {
    pub(crate) scope: Scope,
    /// What ids are made of, besides the project and the kind; `None` for the kind alone.
    pub(crate) seed: Option<u64>,
    pub(crate) progress: Progress,
    /// How many answers after a start show the state of before.
    pub(crate) stale: u32,
}
