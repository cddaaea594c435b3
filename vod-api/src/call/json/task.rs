//! Tasks, as JSON.

use std::fmt;
use std::future::IntoFuture;
use std::pin::Pin;

use serde_json::Value;

use crate::call::json::{JsonCall, prepare};
use crate::call::watch::{Answer, Before, Started, Watch, wait_options};
use crate::error::Error;
use crate::pipeline::reported;

impl JsonCall {
    /// Sends the request, and gives a handle of the task that it started, as
    /// [`Call::start`](crate::Call::start) does.
    ///
    /// # Errors
    ///
    /// Those of [`Call::start`](crate::Call::start), and an operation that does not start a task;
    /// nothing is sent then.
    pub async fn start(self) -> Result<JsonTask, Error> {
        if self.meta.tasks.is_empty() {
            return Err(self.unable("start a task that can be waited for"));
        }
        let (shared, meta, request) = (self.shared.clone(), self.meta, self.request.clone()?);
        // What is refused is not asked about either.
        prepare(meta, &request, self.options.validate).map_err(reported)?;
        let before = Before::ask(&shared, meta, &request).await?;
        let reply = self.send().await?.into_body();
        Ok(JsonTask(Started {
            shared,
            starter: meta,
            request,
            reply,
            before,
        }))
    }
}

/// A task that was started; see [`JsonCall::start`] and [`Task`](crate::Task).
pub struct JsonTask(Started);

impl JsonTask {
    /// The request that started it.
    pub fn request(&self) -> &Value {
        &self.0.request
    }

    /// The reply to it.
    pub fn reply(&self) -> &Value {
        &self.0.reply
    }

    /// Waits for the end of the task when it is awaited, as
    /// [`Task::until_done`](crate::Task::until_done) does.
    pub fn until_done<'a>(&self) -> JsonWaiter<'a> {
        JsonWaiter {
            watch: Watch::new(vec![self.0.clone()]),
        }
    }
}

/// Waits for the end of a task when it is awaited; see [`JsonTask::until_done`].
#[must_use = "nothing happens until `.await`"]
pub struct JsonWaiter<'a> {
    watch: Watch<'a>,
}

impl<'a> JsonWaiter<'a> {
    wait_options!();
}

impl<'a> IntoFuture for JsonWaiter<'a> {
    type Output = Answer<Value>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.watch.wait_for_one())
    }
}

// Without request and reply, which can hold secrets.
impl fmt::Debug for JsonTask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonTask")
            .field("operation", &self.0.starter.name)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for JsonWaiter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonWaiter")
            .field("watch", &self.watch)
            .finish_non_exhaustive()
    }
}
