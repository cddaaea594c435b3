//! Tasks that go on after the reply to the call that started them.

use std::fmt;
use std::future::IntoFuture;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;

use crate::call::Call;
use crate::call::watch::{Answer, NoQuestion, Progress, Watch, parameters, unknown};
use crate::error::Error;
use crate::facts::{Operation, StartsTask};
use crate::pipeline::Shared;

// The bound is on the method, so that the compiler explains why another operation has none.
impl<O: Operation> Call<O> {
    /// Sends the request, and gives a handle of the task that it started.
    ///
    /// ```no_run
    /// # async fn example(client: &vod_api::Client) -> Result<(), vod_api::Error> {
    /// let task = client
    ///     .create_preheating_asset()
    ///     .urls(["https://example.com/a.mp4"])
    ///     .start()
    ///     .await?;
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

    /// Both, to be stored for [`Client::task`](crate::Client::task).
    pub fn into_parts(self) -> (O, O::Response) {
        (self.request, self.reply)
    }

    /// Waits for the end of the task when it is awaited: up to an hour by default. It can be
    /// repeated.
    ///
    /// The result is the service's last answer about the task. Where a task has several parts, it
    /// is done when all of them are.
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
    /// - The task has failed: [`ErrorKind::Task`](crate::ErrorKind::Task). [`Error::message`] has
    ///   the state, [`Error::raw_body`] the answer.
    /// - The deadline has passed: [`ErrorKind::Timeout`](crate::ErrorKind::Timeout). The task goes
    ///   on and can be waited for again.
    /// - The service cannot be asked, and asking again would not help.
    ///
    /// Transient failures of a question do not end the wait. Nor does "not found" in the first
    /// minute, as the service may not know the task yet.
    ///
    /// Each question is a call with the options of the client, not of the call that started the
    /// task. Dropping the waiter does not stop the task; some tasks can be canceled by an operation
    /// of their own.
    pub fn until_done<'a>(&self) -> Waiter<'a, O> {
        Waiter {
            watch: Watch::new(O::META, O::TASK, self.question()),
        }
    }

    /// The call that asks for the state of the task.
    fn question(&self) -> Result<Call<O::Status>, Error> {
        let known = [
            serde_json::to_value(&self.reply),
            serde_json::to_value(&self.request),
        ];
        let known = known.map(Result::unwrap_or_default);
        let request = parameters(O::TASK, &known).and_then(|parameters| {
            O::Status::deserialize(parameters).map_err(NoQuestion::Unreadable)
        });
        match request {
            Ok(request) => Ok(Call::new(self.shared.clone(), request)),
            Err(why) => Err(unknown(O::META, why)),
        }
    }
}

/// Waits for the end of a task when it is awaited; see [`Task::until_done`].
#[must_use = "nothing happens until `.await`"]
pub struct Waiter<'a, O: StartsTask> {
    watch: Watch<'a, Call<O::Status>>,
}

impl<'a, O: StartsTask> Waiter<'a, O> {
    /// How long to wait; `None` for as long as it takes. An hour by default.
    pub fn with_deadline(mut self, deadline: impl Into<Option<Duration>>) -> Self {
        self.watch.deadline = deadline.into();
        self
    }

    /// The pauses between two questions: the first, and the longest; each is 1.5 times the one
    /// before. 2 and 30 seconds by default. A header `Retry-After` makes a pause longer, up to five
    /// minutes.
    pub fn with_interval(mut self, first: Duration, longest: Duration) -> Self {
        self.watch.pauses.first = first;
        self.watch.pauses.longest = longest;
        self
    }

    /// A function to be called after each answer of the service.
    pub fn on_progress(mut self, report: impl FnMut(&Progress) + Send + 'a) -> Self {
        self.watch.on_progress = Some(Box::new(report));
        self
    }
}

impl<'a, O: StartsTask> IntoFuture for Waiter<'a, O> {
    type Output = Answer<<O::Status as Operation>::Response>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.watch.wait())
    }
}

impl<O: StartsTask> fmt::Debug for Waiter<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Waiter")
            .field("question", &self.watch.question)
            .field("deadline", &self.watch.deadline)
            .finish_non_exhaustive()
    }
}
