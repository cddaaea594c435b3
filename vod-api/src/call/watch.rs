//! Waits for the end of a task, whatever the type of the calls that ask for it.

use std::fmt;
use std::time::Duration;

use serde::Serialize;
use serde_json::{Map, Value};
use tokio::time::{Instant, sleep, timeout_at};

use crate::call::resend::Resend;
use crate::error::{Error, ErrorKind, Sent};
use crate::facts::{OperationMeta, SchemaKind, TaskFacts};
use crate::pipeline::Shared;
use crate::response::{Response, ResponseMeta};
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

/// How far a task is.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Progress {
    /// Its state as the service spells it; several if it has several parts, none if the service
    /// does not report one.
    pub states: Vec<String>,
    /// The number of times that the service was asked.
    pub questions: u32,
    /// Time since the wait began.
    pub elapsed: Duration,
}

/// The last answer about a task.
pub(super) type Answer<T> = Result<Response<T>, Error>;

type Report<'a> = Box<dyn FnMut(&Progress) + Send + 'a>;

/// A wait for the end of a task.
pub(super) struct Watch<'a, C> {
    /// The operation that started the task.
    starter: &'static OperationMeta,
    facts: &'static TaskFacts,
    /// The call that asks how far it is.
    pub(super) question: Result<C, Error>,
    pub(super) deadline: Option<Duration>,
    pub(super) pauses: Backoff,
    pub(super) on_progress: Option<Report<'a>>,
}

/// What is known at the deadline.
#[derive(Default)]
struct Seen {
    progress: Progress,
    /// Why the last question had no answer.
    trouble: Option<Error>,
}

impl<C> Watch<'_, C>
where
    C: Resend,
    C::Reply: Serialize,
{
    pub(super) fn new(
        starter: &'static OperationMeta,
        facts: &'static TaskFacts,
        question: Result<C, Error>,
    ) -> Self {
        Self {
            starter,
            facts,
            question,
            deadline: Some(DEADLINE),
            pauses: PAUSES,
            on_progress: None,
        }
    }

    pub(super) async fn wait(mut self) -> Answer<C::Reply> {
        runtime::check()?;
        // A deadline that the clock cannot represent counts as none.
        let limit = self
            .deadline
            .and_then(|limit| Some((limit, Instant::now().checked_add(limit)?)));
        let mut seen = Seen::default();
        let Some((limit, deadline)) = limit else {
            return self.ask(&mut seen).await;
        };
        match timeout_at(deadline, self.ask(&mut seen)).await {
            Ok(answer) => answer,
            Err(_) => Err(self.late(limit, seen)),
        }
    }

    /// Asks until the task is done or has failed.
    async fn ask(&mut self, seen: &mut Seen) -> Answer<C::Reply> {
        let question = self.question.clone()?;
        let begin = Instant::now();
        loop {
            let Seen { progress, trouble } = seen;
            progress.questions = progress.questions.saturating_add(1);
            let answer = question.clone().resend().await;
            progress.elapsed = begin.elapsed();
            match answer {
                Ok(answer) => {
                    *trouble = None;
                    progress.states.clear();
                    // A value that was read can always be written.
                    let body = serde_json::to_value(&*answer).unwrap_or_default();
                    find(&body, self.facts.state, &mut progress.states);
                    if let Some(report) = &mut self.on_progress {
                        report(progress);
                    }
                    match verdict(self.facts, &progress.states) {
                        Verdict::Done => return Ok(answer),
                        Verdict::Failed => {
                            let reply = answer.into_parts().1;
                            return Err(self.failed(question.shared(), progress, reply));
                        }
                        Verdict::Open => {}
                    }
                }
                Err(error) if can_pass(&error, progress) => *trouble = Some(error),
                Err(error) => return Err(error),
            }
            let hint = trouble.as_ref().and_then(Error::retry_after);
            let pause = self.pauses.after(progress.questions);
            sleep(pause.max(hint.unwrap_or_default().min(LONGEST_HINT))).await;
        }
    }

    fn failed(&self, shared: &Shared, progress: &Progress, reply: ResponseMeta) -> Error {
        let redactor = shared.keyring.redactor();
        let states = in_words(&progress.states);
        let message = format!("the task of {} has failed: {states}", self.starter.name);
        let attempts = reply.attempts();
        Error::new(ErrorKind::Task, Sent::Yes, redactor.text(message))
            .with_reply(reply, &redactor)
            .in_call(self.facts.status.name, attempts)
    }

    fn late(&self, limit: Duration, seen: Seen) -> Error {
        let states = in_words(&seen.progress.states);
        let starter = self.starter.name;
        let message = format!("the task of {starter} is still running after {limit:?}: {states}");
        let message = match &self.question {
            Ok(question) => question.shared().keyring.redactor().text(message),
            Err(_) => message,
        };
        let error = Error::new(ErrorKind::Timeout, Sent::Yes, message);
        let error = match seen.trouble {
            Some(trouble) => error.with_source(trouble),
            None => error,
        };
        error.in_call(self.facts.status.name, 0)
    }
}

/// Why the service cannot be asked about a task.
#[derive(Debug)]
pub(super) enum NoQuestion {
    /// Neither the reply nor the request has a field that the question needs.
    Missing(&'static str),
    Unreadable(serde_json::Error),
}

impl fmt::Display for NoQuestion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(field) => write!(
                f,
                "the reply has no `{field}`, so the service cannot be asked about the task"
            ),
            Self::Unreadable(error) => error.fmt(f),
        }
    }
}

/// The error of a task that the service cannot be asked about.
pub(super) fn unknown(starter: &OperationMeta, why: NoQuestion) -> Error {
    Error::new(ErrorKind::Decode, Sent::Yes, why.to_string()).in_call(starter.name, 0)
}

/// Whether asking again may work after this error.
fn can_pass(error: &Error, progress: &Progress) -> bool {
    let unknown_yet = progress.states.is_empty() && progress.elapsed < UNKNOWN;
    error.is_transient() || (error.is_not_found() && unknown_yet)
}

/// The parameters of the question, from what is known so far: the reply, then the request.
pub(super) fn parameters(facts: &TaskFacts, known: &[Value]) -> Result<Value, NoQuestion> {
    let mut parameters = Map::new();
    for (parameter, source) in facts.pass {
        let value = known.iter().map(|it| &it[*source]).find(|it| !it.is_null());
        let value = value.ok_or(NoQuestion::Missing(source))?;
        let takes_several = facts.status.parameters.iter().any(|it| {
            it.property.name == *parameter
                && matches!(it.property.schema.kind(), SchemaKind::Array(_))
        });
        let value = match value {
            one if takes_several && !one.is_array() => Value::Array(vec![one.clone()]),
            value => value.clone(),
        };
        parameters.insert((*parameter).to_owned(), value);
    }
    Ok(Value::Object(parameters))
}

/// Adds the states at the end of `path`, one for each part on the way.
fn find(value: &Value, path: &str, states: &mut Vec<String>) {
    match value {
        Value::Array(parts) => parts.iter().for_each(|part| find(part, path, states)),
        Value::Object(members) => {
            let (first, rest) = path.split_once('.').unwrap_or((path, ""));
            if let Some(member) = members.get(first) {
                find(member, rest, states);
            }
        }
        Value::String(state) if path.is_empty() => states.push(state.clone()),
        _ => {}
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    Done,
    Failed,
    Open,
}

/// Case does not count: the service and its docs do not agree about it. A state that is not
/// documented does not end the wait.
fn verdict(facts: &TaskFacts, states: &[String]) -> Verdict {
    let one_of =
        |known: &[&str], state: &String| known.iter().any(|it| it.eq_ignore_ascii_case(state));
    let failed = states
        .iter()
        .filter(|state| one_of(facts.failed, state))
        .count();
    let done = states
        .iter()
        .filter(|state| one_of(facts.done, state))
        .count();
    if states.is_empty() || failed + done < states.len() {
        Verdict::Open
    } else if failed > 0 {
        Verdict::Failed
    } else {
        Verdict::Done
    }
}

fn in_words(states: &[String]) -> String {
    match states {
        [] => "the service reports no state".to_owned(),
        [state] => format!("its state is {state}"),
        states => format!("its states are {}", states.join(", ")),
    }
}
