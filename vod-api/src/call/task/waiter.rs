//! What is awaited for the end of a task, or of several.

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;
use std::pin::Pin;

use serde::Deserialize;
use serde_json::Value;

use crate::call::watch::{Answer, Watch, wait_options};
use crate::error::{Error, ErrorKind, Sent};
use crate::facts::{Operation, StartsTask};
use crate::response::Response;

/// What the service answers about the tasks of an operation.
type Status<O> = <<O as StartsTask>::Status as Operation>::Response;

/// Waits for the end of a task when it is awaited; see
/// [`Task::until_done`](crate::Task::until_done).
#[must_use = "nothing happens until `.await`"]
pub struct Waiter<'a, O: StartsTask> {
    pub(super) watch: Watch<'a>,
    pub(super) operation: PhantomData<fn(O)>,
}

impl<'a, O: StartsTask> Waiter<'a, O> {
    wait_options!();
}

impl<'a, O: StartsTask> IntoFuture for Waiter<'a, O> {
    type Output = Answer<Status<O>>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async { typed::<O>(self.watch.wait_for_one().await) })
    }
}

/// Waits for the ends of several tasks when it is awaited; see
/// [`Task::until_all_done`](crate::Task::until_all_done).
#[must_use = "nothing happens until `.await`"]
pub struct TasksWaiter<'a, O: StartsTask> {
    pub(super) watch: Watch<'a>,
    pub(super) operation: PhantomData<fn(O)>,
}

impl<'a, O: StartsTask> TasksWaiter<'a, O> {
    wait_options!();
}

impl<'a, O: StartsTask> IntoFuture for TasksWaiter<'a, O> {
    type Output = Result<Vec<Answer<Status<O>>>, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async {
            let ends = self.watch.wait().await?;
            Ok(ends.into_iter().map(typed::<O>).collect())
        })
    }
}

/// The answer as the type of the operation that was asked.
fn typed<O: StartsTask>(answer: Answer<Value>) -> Answer<Status<O>> {
    let (body, meta) = answer?.into_parts();
    match Status::<O>::deserialize(body) {
        Ok(body) => {
            let mut response = Response::from_parts(body, meta);
            response.with_headers(O::Status::read_headers);
            Ok(response)
        }
        Err(error) => {
            let message = format!("the reply cannot be read: {error}");
            let attempts = meta.attempts();
            let error = Error::new(ErrorKind::Decode, Sent::Yes, message);
            Err(error.in_call(O::Status::META.name, attempts))
        }
    }
}

impl<O: StartsTask> fmt::Debug for Waiter<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Waiter")
            .field("watch", &self.watch)
            .finish_non_exhaustive()
    }
}

impl<O: StartsTask> fmt::Debug for TasksWaiter<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TasksWaiter")
            .field("watch", &self.watch)
            .finish_non_exhaustive()
    }
}
