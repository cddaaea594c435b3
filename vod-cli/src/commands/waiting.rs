//! Waits for the ends of tasks, as flags say.

use std::time::Duration;

use clap::{Arg, ArgMatches};
use serde_json::Value;
use vod_api::operation::{Operation, OperationMeta};
use vod_api::{ErrorKind, JsonTask, Progress, StartsTask, Task};

use crate::commands::flag;
use crate::exit::Failure;
use crate::settings::duration;

/// How long a task is waited for, unless a flag says otherwise.
const USUAL: Duration = Duration::from_secs(60 * 60);
/// The first pause between two questions, unless a flag says otherwise.
const PAUSE: Duration = Duration::from_secs(2);

/// How tasks are waited for.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Waiting {
    timeout: Option<Duration>,
    interval: Option<Duration>,
}

impl Waiting {
    /// The flags of a command that waits.
    pub(super) fn flags() -> [Arg; 2] {
        [
            flag::value(
                "wait-timeout",
                "TIME",
                "How long to wait for each; an hour by default",
            )
            .value_parser(duration),
            flag::value(
                "poll-interval",
                "TIME",
                "How long to wait before each question",
            )
            .value_parser(duration),
        ]
    }

    /// The flags of a command that waits if it is asked to: `help` is that of `--wait`.
    pub(super) fn optional(help: &'static str) -> [Arg; 3] {
        let [timeout, interval] = Self::flags().map(|flag| flag.requires("wait"));
        [flag::switch("wait", help), timeout, interval]
    }

    /// What the flags say.
    pub(super) fn read(matches: &ArgMatches) -> Self {
        Self {
            timeout: matches.get_one("wait-timeout").copied(),
            interval: matches.get_one("poll-interval").copied(),
        }
    }

    pub(super) fn timeout(self) -> Duration {
        self.timeout.unwrap_or(USUAL)
    }

    pub(super) fn pause(self) -> Duration {
        self.interval.unwrap_or(PAUSE)
    }

    /// The same without the time that is over.
    pub(super) fn after(self, elapsed: Duration) -> Self {
        Self {
            timeout: Some(self.timeout().saturating_sub(elapsed)),
            ..self
        }
    }

    /// The last answer about a task. `report` is called with each answer.
    pub(super) async fn json(
        self,
        task: &JsonTask,
        report: impl FnMut(&Progress) + Send,
    ) -> Result<Value, Failure> {
        let mut waiter = task
            .until_done()
            .with_deadline(self.timeout())
            .on_progress(report);
        if let Some(interval) = self.interval {
            waiter = waiter.with_interval(interval, interval);
        }
        match waiter.await {
            Ok(answer) => Ok(answer.into_body()),
            Err(error) => Err(failure(error)),
        }
    }

    /// The same of a task that another call has started.
    pub(super) async fn typed<O: StartsTask>(
        self,
        task: Task<O>,
        report: impl FnMut(&Progress) + Send,
    ) -> Result<<O::Status as Operation>::Response, Failure> {
        let mut waiter = task
            .until_done()
            .with_deadline(self.timeout())
            .on_progress(report);
        if let Some(interval) = self.interval {
            waiter = waiter.with_interval(interval, interval);
        }
        match waiter.await {
            Ok(answer) => Ok(answer.into_body()),
            Err(error) => Err(failure(error)),
        }
    }
}

fn failure(error: vod_api::Error) -> Failure {
    match error.kind() {
        ErrorKind::Timeout => Failure::StillRunning(error),
        _ => Failure::Call(error),
    }
}

/// The last state in an answer about a task that an operation starts, where the request asks for
/// it.
pub(super) fn state<'v>(
    starter: &OperationMeta,
    request: &Value,
    answer: &'v Value,
) -> Option<&'v str> {
    let mut tasks = starter.tasks.iter().rev();
    let asked = tasks.find(|facts| facts.asked_by.is_none_or(|it| !request[it].is_null()))?;
    let mut value = answer;
    for name in asked.state.split('.') {
        if let Value::Array(items) = value {
            value = items.last()?;
        }
        value = value.get(name)?;
    }
    value.as_str()
}
