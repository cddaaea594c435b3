//! Tasks that go on after the reply to the call that started them.

mod parts;
mod waiter;

use std::marker::PhantomData;
use std::sync::Arc;

use serde::Serialize;

pub use self::parts::TaskParts;
pub use self::waiter::{TasksWaiter, Waiter};
use crate::call::watch::{Before, Started, Watch};
use crate::call::{Call, prepare};
use crate::error::Error;
use crate::facts::{Operation, StartsTask};
use crate::pipeline::{Shared, reported};
use crate::wire::written;

// The bound is on the method, so that the compiler explains why another operation has none.
impl<O: Operation> Call<O> {
    /// Sends the request, and gives a handle of the task that it started.
    ///
    /// Where the service can only be asked about all tasks of a media asset, it is asked before,
    /// so that none of the earlier ones is taken for this one. The docs of the operation say so.
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
    /// Those of [`send`](Self::send), and those of the question before; [`Error::operation`] says
    /// of which call it is. If the question failed, nothing was started.
    pub async fn start(self) -> Result<Task<O>, Error>
    where
        O: StartsTask,
    {
        // What is refused is not asked about either.
        prepare(O::META, &written(&*self.request), self.options.validate).map_err(reported)?;
        let shared = self.shared.clone();
        let request = self.request.clone();
        let before = Before::ask(&shared, O::META, &value(&*request)).await?;
        let reply = self.send().await?.into_body();
        let parts = TaskParts {
            request: *request,
            reply,
            before,
        };
        Ok(Task::new(shared, parts))
    }
}

/// A task that was started; see [`Call::start`]. It goes on whether it is waited for or not.
#[derive(Debug)]
pub struct Task<O: StartsTask> {
    shared: Arc<Shared>,
    parts: TaskParts<O>,
}

impl<O: StartsTask> Task<O> {
    pub(crate) fn new(shared: Arc<Shared>, parts: TaskParts<O>) -> Self {
        Self { shared, parts }
    }

    /// The request that started it.
    pub fn request(&self) -> &O {
        &self.parts.request
    }

    /// The reply to it.
    pub fn reply(&self) -> &O::Response {
        &self.parts.reply
    }

    /// What is known of it, to be stored for [`Client::task`](crate::Client::task).
    pub fn into_parts(self) -> TaskParts<O> {
        self.parts
    }

    /// Waits for the end of the task when it is awaited: up to an hour by default. It can be
    /// repeated.
    ///
    /// The result is the service's last answer about the task. Where a task has several parts, it
    /// is done when all of them are; where a request starts several tasks, the answer is that about
    /// the last of them.
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
    ///   the state, and the service's reason if it gives one; [`Error::task_answer`] the answer.
    /// - The deadline has passed: [`ErrorKind::Timeout`](crate::ErrorKind::Timeout). The task goes
    ///   on and can be waited for again.
    /// - The request asks for nothing that can be waited for.
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
            watch: Watch::new(vec![self.started()]),
            operation: PhantomData,
        }
    }

    /// Waits for the ends of several tasks when it is awaited. It asks in as few calls as the
    /// operation allows: for many tasks of a client at once where the answer says which state is
    /// whose, for one after the other where it does not.
    ///
    /// The result has an answer or an error for each task, in their order, as
    /// [`until_done`](Self::until_done) gives them. The deadline is that of all together.
    ///
    /// ```no_run
    /// use vod_api::Task;
    ///
    /// # async fn example(client: &vod_api::Client, ids: Vec<String>) -> Result<(), vod_api::Error> {
    /// let mut tasks = Vec::new();
    /// for id in ids {
    ///     let call = client.create_asset_process_task(id).template_group_name("hls");
    ///     tasks.push(call.start().await?);
    /// }
    /// for (task, end) in tasks.iter().zip(Task::until_all_done(&tasks).await?) {
    ///     match end {
    ///         Ok(_) => println!("{} is transcoded", task.request().asset_id),
    ///         Err(error) => eprintln!("{}: {error}", task.request().asset_id),
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// There is no tokio runtime.
    pub fn until_all_done<'a, 't>(tasks: impl IntoIterator<Item = &'t Self>) -> TasksWaiter<'a, O> {
        TasksWaiter {
            watch: Watch::new(tasks.into_iter().map(Self::started).collect()),
            operation: PhantomData,
        }
    }

    fn started(&self) -> Started {
        Started {
            shared: self.shared.clone(),
            starter: O::META,
            request: value(&self.parts.request),
            reply: value(&self.parts.reply),
            before: self.parts.before.clone(),
        }
    }
}

/// What cannot be written as JSON has no field that a question could need.
fn value(written: &impl Serialize) -> serde_json::Value {
    serde_json::to_value(written).unwrap_or_default()
}
