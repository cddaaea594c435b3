//! Tasks that go on after the reply to the call that started them.

use std::fmt;
use std::future::IntoFuture;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Map, Value};
use tokio::time::{Instant, sleep, timeout_at};

use crate::call::Call;
use crate::error::{Error, ErrorKind, Sent};
use crate::facts::{Operation, OperationMeta, SchemaKind, StartsTask, TaskFacts};
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
/// The longest pause that the service can ask for: its limits are per minute, and a task can be done long before an hour
/// is over.
const LONGEST_HINT: Duration = Duration::from_secs(5 * 60);
/// For so long the service may not know a task yet.
const UNKNOWN: Duration = Duration::from_secs(60);

// The bound is on the method, so that the compiler explains why another operation has none.
impl<O: Operation> Call<O> {
    /// Sends the request, and gives a handle of the task that it started.
    ///
    /// ```no_run
    /// # async fn example(client: &vod_api::Client) -> Result<(), vod_api::Error> {
    /// let task = client.create_preheating_asset().urls(["https://example.com/a.mp4"]).start().await?;
    /// println!("{:?}", task.reply().task_id);
    /// let result = task.until_done().await?;
    /// println!("{:?}", result.preheating_results);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`send`](Self::send).
    pub async fn start(self) -> Result<Task<O>, Error>
    where
        O: StartsTask,
    {
        let shared = self.shared.clone();
        let request = self.request.clone();
        let reply = self.send().await?.into_body();
        Ok(Task::new(shared, *request, reply))
    }
}

/// A task that was started; see [`Call::start`]. It goes on whether it is waited for or not.
#[derive(Debug)]
pub struct Task<O: StartsTask> {
    shared: Arc<Shared>,
    request: O,
    reply: O::Response,
}

impl<O: StartsTask> Task<O> {
    pub(crate) fn new(shared: Arc<Shared>, request: O, reply: O::Response) -> Self {
        Self {
            shared,
            request,
            reply,
        }
    }

    /// The request that started it.
    pub fn request(&self) -> &O {
        &self.request
    }

    /// The reply to it.
    pub fn reply(&self) -> &O::Response {
        &self.reply
    }

    /// Both, to be stored for [`Client::task`].
    pub fn into_parts(self) -> (O, O::Response) {
        (self.request, self.reply)
    }

    /// Waits for the end of the task when it is awaited: up to an hour, unless told otherwise. It can be done again.
    ///
    /// The result is the service's last answer about the task. Where a task has several parts, it is done when all of
    /// them are.
    ///
    /// ```no_run
    /// # use std::time::Duration;
    /// # async fn example(task: vod_api::Task<vod_api::model::CreatePreheatingAssetRequest>) -> Result<(), vod_api::Error> {
    /// let result = task
    ///     .until_done()
    ///     .with_deadline(Duration::from_secs(600))
    ///     .on_progress(|progress| println!("{:?} after {:?}", progress.states, progress.elapsed))
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// - The task has failed: [`ErrorKind::Task`]. [`Error::message`] has the state, [`Error::raw_body`] the answer.
    /// - The deadline has passed: [`ErrorKind::Timeout`]. The task goes on and can be waited for again.
    /// - The service cannot be asked, and asking again would not help.
    ///
    /// Transient failures of a question do not end the wait. Nor does "not found" in the first minute, as the service may
    /// not know the task yet.
    ///
    /// Each question is a call with the options of the client, not of the call that started the task. Dropping the wait
    /// leaves the task alone; some tasks can be canceled by an operation of their own.
    pub fn until_done<'a>(&self) -> Waiter<'a, O> {
        Waiter {
            question: self.question(),
            deadline: Some(DEADLINE),
            pauses: PAUSES,
            on_progress: None,
        }
    }

    /// The call that asks how far it is.
    fn question(&self) -> Result<Call<O::Status>, Error> {
        let told = [
            serde_json::to_value(&self.reply),
            serde_json::to_value(&self.request),
        ];
        let told = told.map(Result::unwrap_or_default);
        let meta = <O::Status as Operation>::META;
        let unreadable = |message| Error::new(ErrorKind::Decode, Sent::Yes, message);
        parameters(O::TASK, meta, &told)
            .and_then(|parameters| {
                O::Status::deserialize(parameters).map_err(|error| error.to_string())
            })
            .map(|request| Call::new(self.shared.clone(), request))
            .map_err(|message| unreadable(message).in_call(O::META.name, 0))
    }
}

/// Waits for the end of a task when it is awaited; see [`Task::until_done`].
#[must_use = "nothing happens until `.await`"]
pub struct Waiter<'a, O: StartsTask> {
    question: Result<Call<O::Status>, Error>,
    deadline: Option<Duration>,
    pauses: Backoff,
    on_progress: Option<Report<'a>>,
}

/// How far a task is.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Progress {
    /// Its state as the service spells it; several where it has several parts, none if the service tells none.
    pub states: Vec<String>,
    /// How often the service was asked.
    pub questions: u32,
    /// Time since the wait began.
    pub elapsed: Duration,
}

impl<'a, O: StartsTask> Waiter<'a, O> {
    /// How long to wait; `None` for as long as it takes. An hour by default.
    pub fn with_deadline(mut self, deadline: impl Into<Option<Duration>>) -> Self {
        self.deadline = deadline.into();
        self
    }

    /// The pauses between two questions: the first, and the longest; each is 1.5 times the one before. 2 and 30 seconds by
    /// default. A header `Retry-After` makes a pause longer, up to five minutes.
    pub fn with_interval(mut self, first: Duration, longest: Duration) -> Self {
        self.pauses.first = first;
        self.pauses.longest = longest;
        self
    }

    /// A function to be called after each answer of the service.
    pub fn on_progress(mut self, report: impl FnMut(&Progress) + Send + 'a) -> Self {
        self.on_progress = Some(Box::new(report));
        self
    }

    async fn wait(self) -> Answer<O> {
        runtime::check()?;
        let question = self.question?;
        let shared = question.shared.clone();
        // A time too far off to be told is no limit.
        let limit = self
            .deadline
            .and_then(|limit| Some((limit, Instant::now().checked_add(limit)?)));
        let mut seen = Seen::default();
        let watch = watch::<O>(question, self.pauses, self.on_progress, &mut seen);
        let Some((limit, deadline)) = limit else {
            return watch.await;
        };
        let result = timeout_at(deadline, watch).await;
        result.unwrap_or_else(|_| Err(late::<O>(&shared, limit, seen)))
    }
}

type Answer<O> = Result<Response<<<O as StartsTask>::Status as Operation>::Response>, Error>;
type Report<'a> = Box<dyn FnMut(&Progress) + Send + 'a>;

/// What is known at the deadline.
#[derive(Default)]
struct Seen {
    progress: Progress,
    /// Why the last question had no answer.
    trouble: Option<Error>,
}

/// Asks until the task is done or has failed.
async fn watch<O: StartsTask>(
    question: Call<O::Status>,
    pauses: Backoff,
    mut report: Option<Report<'_>>,
    seen: &mut Seen,
) -> Answer<O> {
    let begin = Instant::now();
    loop {
        let Seen { progress, trouble } = seen;
        progress.questions = progress.questions.saturating_add(1);
        let answer = question.clone().send().await;
        progress.elapsed = begin.elapsed();
        match answer {
            Ok(answer) => {
                *trouble = None;
                progress.states.clear();
                // What was read can be written.
                let body = serde_json::to_value(&*answer).unwrap_or_default();
                find(&body, O::TASK.state, &mut progress.states);
                if let Some(report) = &mut report {
                    report(progress);
                }
                match verdict(O::TASK, &progress.states) {
                    Verdict::Done => return Ok(answer),
                    Verdict::Failed => {
                        let reply = answer.into_parts().1;
                        return Err(failed::<O>(&question.shared, progress, reply));
                    }
                    Verdict::Open => {}
                }
            }
            Err(error) if can_pass(&error, progress) => *trouble = Some(error),
            Err(error) => return Err(error),
        }
        let hint = trouble.as_ref().and_then(Error::retry_after);
        let pause = pauses.after(progress.questions);
        sleep(pause.max(hint.unwrap_or_default().min(LONGEST_HINT))).await;
    }
}

fn failed<O: StartsTask>(shared: &Shared, progress: &Progress, reply: ResponseMeta) -> Error {
    let redactor = shared.keyring.redactor();
    let states = in_words(&progress.states);
    let message = format!("the task of {} has failed: {states}", O::META.name);
    let attempts = reply.attempts();
    Error::new(ErrorKind::Task, Sent::Yes, redactor.text(message))
        .with_reply(reply, &redactor)
        .in_call(<O::Status as Operation>::META.name, attempts)
}

fn late<O: StartsTask>(shared: &Shared, limit: Duration, seen: Seen) -> Error {
    let states = in_words(&seen.progress.states);
    let message = format!(
        "the task of {} goes on after {limit:?}: {states}",
        O::META.name
    );
    let message = shared.keyring.redactor().text(message);
    let error = Error::new(ErrorKind::Timeout, Sent::Yes, message);
    let error = match seen.trouble {
        Some(trouble) => error.with_source(trouble),
        None => error,
    };
    error.in_call(<O::Status as Operation>::META.name, 0)
}

/// Whether it is worth asking again after this error.
fn can_pass(error: &Error, progress: &Progress) -> bool {
    let unknown_yet = progress.states.is_empty() && progress.elapsed < UNKNOWN;
    error.is_transient() || (error.is_not_found() && unknown_yet)
}

/// The parameters of the question, from what was told so far: the reply, then the request.
fn parameters(facts: &TaskFacts, meta: &OperationMeta, told: &[Value]) -> Result<Value, String> {
    let mut parameters = Map::new();
    for (parameter, source) in facts.pass {
        let value = told.iter().map(|it| &it[*source]).find(|it| !it.is_null());
        let value = value.ok_or_else(|| {
            format!("without `{source}` in the reply there is no asking about the task")
        })?;
        let takes_several = meta.parameters.iter().any(|it| {
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

/// Case does not count: the service and its docs do not agree about it. A state that is not documented is none of an end.
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
        [] => "the service tells no state of it".to_owned(),
        [state] => format!("its state is {state}"),
        states => format!("its states are {}", states.join(", ")),
    }
}

impl<'a, O: StartsTask> IntoFuture for Waiter<'a, O> {
    type Output = Answer<O>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.wait())
    }
}

impl<O: StartsTask> fmt::Debug for Waiter<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Waiter")
            .field("question", &self.question)
            .field("deadline", &self.deadline)
            .finish_non_exhaustive()
    }
}
