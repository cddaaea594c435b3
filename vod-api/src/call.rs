//! A call that is being put together.

use std::fmt;
use std::future::IntoFuture;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use serde::de::DeserializeOwned;

use crate::client::Client;
use crate::encode::{RawCall, encode};
use crate::error::{Error, ErrorKind, Sent};
use crate::keyring::Snapshot;
use crate::operation::{Operation, OperationMeta};
use crate::options::{CallOptions, with_options};
use crate::pipeline::dispatch;
use crate::redact::Redactor;
use crate::response::{Response, ResponseMeta};
use crate::wire::{Document, parse, written};

/// A call of one operation, made by a method of [`Client`]. Set its parameters, then `.await` it.
///
/// Methods that begin with `with_` are options of the call; those of an operation, below, are its parameters:
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
/// The reply derefs to its body, and [`Response::into_body`] takes the body out. A call implements `IntoFuture`, but is
/// not a future itself: where a future is needed, for example to run several calls at once, use [`send`](Self::send).
///
/// ```no_run
/// use futures_util::future::try_join_all;
/// use vod_api::model::ShowAssetDetailResponse;
///
/// # async fn example(client: &vod_api::Client, ids: Vec<String>) -> Result<(), vod_api::Error> {
/// let calls = ids.into_iter().map(|id| client.show_asset_detail(id).send());
/// let replies = try_join_all(calls).await?;
/// let details: Vec<ShowAssetDetailResponse> = replies.into_iter().map(|reply| reply.into_body()).collect();
/// # Ok(())
/// # }
/// ```
///
/// Where the operation allows it, there are other ways to send it: [`items`](Self::items) and [`pages`](Self::pages)
/// read a list, [`in_batches`](Self::in_batches) takes more values than one call does, and [`start`](Self::start) gives
/// a [`Task`](crate::Task) to wait for.
#[derive(Clone)]
#[must_use = "nothing is sent until `.await` or `send`"]
pub struct Call<O> {
    pub(crate) client: Client,
    /// In a box, as each setter moves the call.
    pub(crate) request: Box<O>,
    pub(crate) options: Arc<CallOptions>,
}

impl<O: Operation> Call<O> {
    pub(crate) fn new(client: Client, request: O) -> Self {
        let options = client.shared().options.clone();
        Self {
            client,
            request: Box::new(request),
            options,
        }
    }

    with_options!();

    /// Whether the request is checked against the docs before it is sent. The default is that of the client,
    /// [`validate`](crate::ClientBuilder::validate). Turn it off for a call whose documented limits are wrong.
    pub fn with_validate(mut self, validate: bool) -> Self {
        Arc::make_mut(&mut self.options).validate = validate;
        self
    }

    /// Sets a parameter if there is a value for it.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let service = vod_api::test_util::Service::start().await?;
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
    /// See [`ErrorKind`].
    pub fn send(self) -> impl Future<Output = Result<Response<O::Response>, Error>> + Send {
        let Self {
            client,
            request,
            options,
        } = self;
        // Here, so that the future has what travels, and not the request as well.
        let call = prepare(O::META, &written(&*request), options.validate);
        async move {
            let call = call?;
            let parse = |reply| read::<O::Response>(&call, reply);
            let mut reply = dispatch(client.shared(), &call, &options, parse).await?;
            reply.with_headers(O::read_headers);
            Ok(reply)
        }
    }

    /// Sends the request and waits for the reply, without `async`. Needs the feature `blocking`.
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`], and [`block_on`](crate::blocking::block_on).
    #[cfg(feature = "blocking")]
    pub fn send_blocking(self) -> Result<Response<O::Response>, Error> {
        crate::blocking::block_on(self)
    }
}

// What is not generic is compiled once, not for each operation.

fn prepare(
    meta: &'static OperationMeta,
    request: &Document<'_>,
    validate: bool,
) -> Result<RawCall, Error> {
    encode(meta, request.root().members(), validate)
        .map_err(|message| Error::invalid_request(message).in_call(meta.name, 0))
}

/// Reads the body of a reply.
pub(crate) fn read<T: DeserializeOwned>(
    call: &RawCall,
    (reply, keys): (ResponseMeta, Arc<Snapshot>),
) -> Result<Response<T>, Error> {
    let body = match reply.body.trim_ascii() {
        // Nothing at all is a reply in which everything is absent.
        b"" => b"null",
        body => body,
    };
    match parse(body) {
        Ok(body) => Ok(Response::new(body, reply)),
        Err(error) => Err(unreadable(&keys.redactor, call, reply, &error)),
    }
}

fn unreadable(
    redactor: &Redactor,
    call: &RawCall,
    reply: ResponseMeta,
    error: &serde_json::Error,
) -> Error {
    let message = redactor.text(format!("the reply cannot be read: {error}"));
    let attempts = reply.attempts;
    Error::new(ErrorKind::Decode, Sent::Yes, message)
        .with_reply(reply, redactor)
        .in_call(call.name.clone(), attempts)
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
