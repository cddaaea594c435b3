//! A call that is being put together.

mod batcher;
mod batches;
mod by_time;
mod cursor;
mod failures;
mod item_reader;
mod items;
mod json;
mod pager;
mod pages;
mod period;
mod raw;
mod read;
mod resend;
mod task;
mod watch;
mod windows;

use std::fmt;
use std::future::IntoFuture;
use std::pin::Pin;
use std::sync::Arc;

pub use self::batches::{Batch, Batches};
pub use self::by_time::ItemsByTime;
pub use self::items::Items;
pub use self::json::{
    JsonBatch, JsonBatches, JsonCall, JsonItems, JsonItemsByTime, JsonPages, JsonTask, JsonWaiter,
};
pub use self::pages::Pages;
pub use self::raw::RawRequest;
use self::read::read;
use self::resend::{Resend, Sending};
pub use self::task::{Task, TaskParts, TasksWaiter, Waiter};
pub use self::watch::Progress;
use crate::error::Error;
use crate::facts::{Operation, OperationMeta};
use crate::pipeline::options::{CallOptions, with_options};
use crate::pipeline::{Shared, dispatch, reported};
use crate::request::{EncodedCall, encode};
use crate::response::Response;
use crate::wire::{Document, written};

/// A call of one operation, made by a method of [`Client`](crate::Client). Set its parameters, then
/// `.await` it.
///
/// Methods that begin with `with_` are options of the call; those of an operation, below, are its
/// parameters:
///
/// ```no_run
/// # use std::time::Duration;
/// # async fn example(client: &vod_api::Client) -> Result<(), vod_api::Error> {
/// let done = client
///     .delete_thumbnails()
///     .asset_id("a1")
///     .with_timeout(Duration::from_secs(10))
///     .await?;
/// # Ok(())
/// # }
/// ```
///
/// The reply derefs to its body, and [`Response::into_body`] takes the body out. A call implements
/// `IntoFuture`, but is not a future itself: where a future is needed, for example to run several
/// calls at once, use [`send`](Self::send).
///
/// ```no_run
/// use futures_util::future::try_join_all;
/// use vod_api::model::ShowAssetDetailResponse;
///
/// # async fn example(client: &vod_api::Client, ids: Vec<String>) -> Result<(), vod_api::Error> {
/// let calls = ids.into_iter().map(|id| client.show_asset_detail(id).send());
/// let replies = try_join_all(calls).await?;
/// let details: Vec<ShowAssetDetailResponse> =
///     replies.into_iter().map(|reply| reply.into_body()).collect();
/// # Ok(())
/// # }
/// ```
///
/// Where the operation allows it, there are other ways to send it: [`items`](Self::items) and
/// [`pages`](Self::pages) read a list, [`in_batches`](Self::in_batches) takes more values than one
/// call does, and [`start`](Self::start) gives a [`Task`](crate::Task) to wait for.
#[derive(Clone)]
#[must_use = "nothing is sent until `.await` or `send`"]
pub struct Call<O> {
    pub(crate) shared: Arc<Shared>,
    /// In a box, as each setter moves the call.
    pub(crate) request: Box<O>,
    pub(crate) options: Arc<CallOptions>,
}

impl<O: Operation> Call<O> {
    pub(crate) fn new(shared: Arc<Shared>, request: O) -> Self {
        let options = shared.options.clone();
        Self {
            shared,
            request: Box::new(request),
            options,
        }
    }

    with_options!();

    /// Whether the request is checked against the docs before it is sent. The default is that of
    /// the client, [`validate`](crate::ClientBuilder::validate). Turn it off for a call whose
    /// documented limits are wrong.
    pub fn with_validate(mut self, validate: bool) -> Self {
        Arc::make_mut(&mut self.options).validate = validate;
        self
    }

    /// Sets a parameter if there is a value for it.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let service = vod_local::Service::start().await?;
    /// # let client = service.client().build()?;
    /// # let (title, page): (Option<String>, Option<i32>) = (None, Some(2));
    /// let assets = client
    ///     .list_asset_list()
    ///     .maybe(title, |call, title| call.query_string(title))
    ///     .maybe(page, |call, page| call.page(page))
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn maybe<T>(self, value: Option<T>, set: impl FnOnce(Self, T) -> Self) -> Self {
        match value {
            Some(value) => set(self, value),
            None => self,
        }
    }

    /// The request, to be stored or sent later.
    pub fn into_request(self) -> O {
        *self.request
    }

    #[doc(hidden)]
    pub fn set(mut self, change: impl FnOnce(&mut O)) -> Self {
        change(&mut self.request);
        self
    }

    /// Sends the request and waits for the reply; the same as `.await`, without boxing the future.
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`](crate::ErrorKind).
    pub fn send(self) -> impl Future<Output = Result<Response<O::Response>, Error>> + Send {
        let Self {
            shared,
            request,
            options,
        } = self;
        // Encoded here, so that the future does not hold the request as well.
        let call = prepare(O::META, &written(&*request), options.validate);
        async move {
            // By reference, as a future has space for both places of a value that moves.
            let call = call.as_ref().map_err(|error| reported(error.clone()))?;
            let parse = |reply| read::<O::Response>(call, reply);
            let mut reply = dispatch(&shared, call, &options, parse).await?;
            reply.with_headers(O::read_headers);
            Ok(reply)
        }
    }

    /// Sends the request and waits for the reply, without `async`. Needs the feature `blocking`.
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`](crate::ErrorKind), and [`block_on`](crate::blocking::block_on).
    #[cfg(feature = "blocking")]
    pub fn send_blocking(self) -> Result<Response<O::Response>, Error> {
        crate::blocking::block_on(self)
    }
}

// Not generic, so that it is compiled once and not for each operation.

fn prepare(
    meta: &'static OperationMeta,
    request: &Document<'_>,
    validate: bool,
) -> Result<EncodedCall, Error> {
    encode(meta, request.root().members(), validate)
        .map_err(|error| Error::invalid_request(error).in_call(meta.name, 0))
}

impl<O: Operation> Resend for Call<O> {
    type Reply = O::Response;

    fn meta(&self) -> &'static OperationMeta {
        O::META
    }

    fn shared(&self) -> &Shared {
        &self.shared
    }

    fn options(&self) -> &CallOptions {
        &self.options
    }

    fn resend(self) -> Sending<O::Response> {
        self.into_future()
    }
}

impl<O: Operation> IntoFuture for Call<O> {
    type Output = Result<Response<O::Response>, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

impl<O: fmt::Debug> fmt::Debug for Call<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("request", &self.request)
            .field("timeout", &self.options.timeout)
            .finish_non_exhaustive()
    }
}
