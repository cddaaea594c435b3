//! Waits for the ends of tasks, whatever the type of the calls that started them.

mod before;
mod question;
mod states;
mod subject;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio::time::{Instant, sleep, timeout_at};

pub(super) use self::before::Before;
use self::question::{Question, ask};
use self::subject::Subject;
use crate::error::{Error, ErrorKind, Sent};
use crate::facts::{OperationMeta, TaskFacts};
use crate::pipeline::Shared;
use crate::response::Response;
use crate::retry::Backoff;
use crate::runtime;

/// How long a task is waited for, by default.
const DEADLINE: Duration = Duration::from_secs(60 * 60);
/// The pauses between two questions, by default.
const PAUSES: Backoff = Backoff {
    first: Duration::from_secs(2),
    longest: Duration::from_secs(30),
    factor: 1.5,
};
/// The longest pause that the service can ask for: its limits are per minute, and a task can be
/// done long before an hour is over.
const LONGEST_HINT: Duration = Duration::from_secs(5 * 60);
/// How long a task may be unknown to the service after its start.
const UNKNOWN: Duration = Duration::from_secs(60);

/// How far a task is, or several that are waited for together.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Progress {
    /// Its states as the service spells them: several if it has several parts, none if the service
    /// does not report one.
    pub states: Vec<String>,
    /// The number of times that the service was asked about all that is still open. One time can
    /// take several calls.
    pub questions: u32,
    /// Time since the wait began.
    pub elapsed: Duration,
}

/// The last answer about a task.
pub(super) type Answer<T> = Result<Response<T>, Error>;

type Report<'a> = Box<dyn FnMut(&Progress) + Send + 'a>;

/// A task that was started.
#[derive(Debug, Clone)]
pub(super) struct Started {
    pub(super) shared: Arc<Shared>,
    /// The operation that started it.
    pub(super) starter: &'static OperationMeta,
    pub(super) request: Value,
    pub(super) reply: Value,
    pub(super) before: Before,
}

/// The options of what waits: it has a field `watch`.
macro_rules! wait_options {
    () => {
        /// How long to wait; `None` for as long as it takes. An hour by default.
        pub fn with_deadline(
            mut self,
            deadline: impl ::std::convert::Into<::std::option::Option<::std::time::Duration>>,
        ) -> Self {
            self.watch.deadline = deadline.into();
            self
        }

        /// The pauses between two questions: the first, and the longest; each is 1.5 times the one
        /// before. 2 and 30 seconds by default. A header `Retry-After` makes a pause longer, up to
        /// five minutes.
        pub fn with_interval(
            mut self,
            first: ::std::time::Duration,
            longest: ::std::time::Duration,
        ) -> Self {
            self.watch.pauses.first = first;
            self.watch.pauses.longest = longest;
            self
        }

        /// A function to be called after each answer of the service.
        pub fn on_progress(
            mut self,
            report: impl ::std::ops::FnMut(&$crate::Progress) + ::std::marker::Send + 'a,
        ) -> Self {
            self.watch.on_progress = ::std::option::Option::Some(::std::boxed::Box::new(report));
            self
        }
    };
}
pub(super) use wait_options;

/// A wait for the ends of tasks.
pub(super) struct Watch<'a> {
    tasks: Vec<Started>,
    pub(super) deadline: Option<Duration>,
    pub(super) pauses: Backoff,
    pub(super) on_progress: Option<Report<'a>>,
}

impl Watch<'_> {
    pub(super) fn new(tasks: Vec<Started>) -> Self {
        Self {
            tasks,
            deadline: Some(DEADLINE),
            pauses: PAUSES,
            on_progress: None,
        }
    }

    /// The last answer about the task, if it is one.
    pub(super) async fn wait_for_one(self) -> Answer<Value> {
        let ends = self.wait().await?;
        ends.into_iter().next().unwrap_or_else(|| {
            // There is one end for each task.
            Err(Error::invalid_request("there is no task"))
        })
    }

    /// The last answer about each task, in their order.
    pub(super) async fn wait(mut self) -> Result<Vec<Answer<Value>>, Error> {
        runtime::check()?;
        let mut round = Round {
            subjects: Vec::new(),
            progress: Progress::default(),
            begin: Instant::now(),
        };
        for (task, started) in self.tasks.iter().enumerate() {
            round.subjects.extend(Subject::of(task, started));
        }
        // A deadline that the clock cannot represent counts as none.
        let limit = self
            .deadline
            .and_then(|limit| Some((limit, Instant::now().checked_add(limit)?)));
        match limit {
            None => self.ask(&mut round).await,
            Some((limit, deadline)) => {
                if timeout_at(deadline, self.ask(&mut round)).await.is_err() {
                    let open = round.subjects.iter_mut().filter(|it| it.is_open());
                    open.for_each(|it| it.give_up(limit));
                }
            }
        }
        Ok(self.ends(round.subjects))
    }

    /// Asks until all tasks are over.
    async fn ask(&mut self, round: &mut Round) {
        while round.subjects.iter().any(Subject::is_open) {
            let answered = round.ask().await;
            if let Some(report) = self.on_progress.as_mut().filter(|_| answered) {
                report(&round.progress);
            }
            let open = round.subjects.iter().filter(|it| it.is_open());
            let Some(hint) = open.map(Subject::hint).max() else {
                return;
            };
            let pause = self.pauses.after(round.progress.questions);
            sleep(pause.max(hint.min(LONGEST_HINT))).await;
        }
    }

    /// The end of each task: its first failure, or else its last answer.
    fn ends(&self, subjects: Vec<Subject>) -> Vec<Answer<Value>> {
        let mut ends: Vec<Option<Answer<Value>>> = self.tasks.iter().map(|_| None).collect();
        for subject in subjects {
            let Some(place) = ends.get_mut(subject.task) else {
                continue;
            };
            if !matches!(place, Some(Err(_))) {
                *place = subject.end;
            }
        }
        let with_starter = ends.into_iter().zip(&self.tasks);
        with_starter
            .map(|(end, started)| end.unwrap_or_else(|| Err(unknown(started, NoQuestion::Nothing))))
            .collect()
    }
}

/// What is asked again and again.
struct Round {
    subjects: Vec<Subject>,
    progress: Progress,
    begin: Instant,
}

impl Round {
    /// Asks once for all tasks that are not over; says whether there was an answer.
    async fn ask(&mut self) -> bool {
        self.progress.questions = self.progress.questions.saturating_add(1);
        let mut answered = false;
        for question in Question::all(&self.subjects) {
            answered |= self.put(question).await;
        }
        self.progress.elapsed = self.begin.elapsed();
        let states = self.subjects.iter().flat_map(|it| it.states.clone());
        self.progress.states = states.collect();
        answered
    }

    async fn put(&mut self, question: Question) -> bool {
        let answer = ask(&question.shared, question.status, question.request.clone()).await;
        let elapsed = self.begin.elapsed();
        let together = question.subjects.len() > 1;
        let error = match answer {
            Ok(answer) => {
                for index in question.subjects {
                    let Some(subject) = self.subjects.get_mut(index) else {
                        continue;
                    };
                    subject.hear(&answer, together).await;
                }
                return true;
            }
            Err(error) => error,
        };
        // One of the tasks may be the reason: then each is asked for alone.
        let alone = together && !error.is_transient();
        let mut answered = false;
        for index in question.subjects {
            let Some(subject) = self.subjects.get_mut(index) else {
                continue;
            };
            if !alone {
                subject.trouble(error.clone(), elapsed);
                continue;
            }
            match ask(&question.shared, question.status, subject.request()).await {
                Ok(answer) => {
                    subject.hear(&answer, false).await;
                    answered = true;
                }
                Err(error) => subject.trouble(error, elapsed),
            }
        }
        answered
    }
}

/// Why the service cannot be asked about a task.
#[derive(Debug)]
enum NoQuestion {
    /// Neither the reply nor the request has a field that the question needs.
    Missing(&'static str),
    /// The request asks for none of the tasks that the operation can start.
    Nothing,
}

impl fmt::Debug for Watch<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let starters = self.tasks.iter().map(|it| it.starter.name);
        f.debug_struct("Watch")
            .field("tasks", &starters.collect::<Vec<_>>())
            .field("deadline", &self.deadline)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for NoQuestion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(field) => write!(
                f,
                "the reply has no `{field}`, so the service cannot be asked about the task"
            ),
            Self::Nothing => f.write_str("the request starts no task that can be waited for"),
        }
    }
}

/// The error of a task that the service cannot be asked about.
fn unknown(started: &Started, why: NoQuestion) -> Error {
    Error::new(ErrorKind::Decode, Sent::Yes, why.to_string()).in_call(started.starter.name, 0)
}

/// The tasks that a request asks for.
fn asked_for(
    starter: &'static OperationMeta,
    request: &Value,
) -> impl Iterator<Item = (usize, &'static TaskFacts)> {
    let tasks = starter.tasks.iter().enumerate();
    tasks.filter(|(_, facts)| facts.asked_by.is_none_or(|it| !request[it].is_null()))
}
