//! Tasks, as JSON.

use std::fmt;
use std::future::IntoFuture;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use crate::call::json::JsonCall;
use crate::call::watch::{Answer, Progress, Watch, parameters, unknown};
use crate::error::Error;
use crate::facts::{OperationMeta, TaskFacts};
use crate::pipeline::Shared;

impl JsonCall {
    /// Sends the request, and gives a handle of the task that it started, as [`Call::start`](crate::Call::start) does.
    ///
    /// # Errors
    ///
    /// Those of [`send`](Self::send), and an operation that does not start a task; nothing is sent then.
    pub async fn start(self) -> Result<JsonTask, Error> {
        let Some(facts) = self.meta.task else {
            return Err(self.unable("start a task that can be waited for"));
        };
        let (shared, meta, request) = (self.shared.clone(), self.meta, self.request.clone()?);
        let reply = self.send().await?.into_body();
        Ok(JsonTask {
            shared,
            meta,
            facts,
            request,
            reply,
        })
    }
}

/// A task that was started; see [`JsonCall::start`] and [`Task`](crate::Task).
pub struct JsonTask {
    shared: Arc<Shared>,
    meta: &'static OperationMeta,
    facts: &'static TaskFacts,
    request: Value,
    reply: Value,
}

impl JsonTask {
    /// The request that started it.
    pub fn request(&self) -> &Value {
        &self.request
    }

    /// The reply to it.
    pub fn reply(&self) -> &Value {
        &self.reply
    }

    /// Waits for the end of the task when it is awaited, as [`Task::until_done`](crate::Task::until_done) does.
    pub fn until_done<'a>(&self) -> JsonWaiter<'a> {
        let known = [self.reply.clone(), self.request.clone()];
        let question = match parameters(self.facts, &known) {
            Ok(request) => {
                let call = JsonCall::new(self.shared.clone(), self.facts.status, request);
                Ok(call)
            }
            Err(message) => Err(unknown(self.meta, message)),
        };
        JsonWaiter(Watch::new(self.meta, self.facts, question))
    }
}

/// Waits for the end of a task when it is awaited; see [`JsonTask::until_done`].
#[must_use = "nothing happens until `.await`"]
pub struct JsonWaiter<'a>(Watch<'a, JsonCall>);

impl<'a> JsonWaiter<'a> {
    /// How long to wait; `None` for as long as it takes. An hour by default.
    pub fn with_deadline(mut self, deadline: impl Into<Option<Duration>>) -> Self {
        self.0.deadline = deadline.into();
        self
    }

    /// The pauses between two questions: the first, and the longest; see
    /// [`Waiter::with_interval`](crate::Waiter::with_interval).
    pub fn with_interval(mut self, first: Duration, longest: Duration) -> Self {
        self.0.pauses.first = first;
        self.0.pauses.longest = longest;
        self
    }

    /// A function to be called after each answer of the service.
    pub fn on_progress(mut self, report: impl FnMut(&Progress) + Send + 'a) -> Self {
        self.0.on_progress = Some(Box::new(report));
        self
    }
}

impl<'a> IntoFuture for JsonWaiter<'a> {
    type Output = Answer<Value>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.0.wait())
    }
}

// Without request and reply, which can hold secrets.
impl fmt::Debug for JsonTask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonTask")
            .field("operation", &self.meta.name)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for JsonWaiter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonWaiter")
            .field("question", &self.0.question)
            .field("deadline", &self.0.deadline)
            .finish_non_exhaustive()
    }
}
