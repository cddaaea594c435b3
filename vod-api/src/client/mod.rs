//! The client.

mod builder;

use std::fmt;
use std::sync::Arc;

use http::Method;
use serde_json::Value;

pub use self::builder::ClientBuilder;
use crate::call::{Call, JsonCall, RawRequest, Task, TaskParts};
use crate::facts::{Operation, OperationMeta, StartsTask};
use crate::pipeline::Shared;

/// A client of the service, for one endpoint, project and identity.
///
/// Each operation is a method; they are [listed by section](#operations) below. Calls need a tokio
/// runtime with time and I/O enabled; outside of one they end with an error of kind
/// [`Configuration`](crate::ErrorKind::Configuration).
///
/// Make one and use it for all calls: it keeps connections, credentials and the project id from
/// call to call. It is cheap to clone, and clones share all of these. There is nothing to close:
/// drop the last clone. Connections belong to the runtime that opened them, so each runtime, and so
/// each `#[tokio::test]`, needs a client of its own.
///
/// # Operations
///
#[doc = include_str!(concat!(env!("OUT_DIR"), "/operations.md"))]
#[derive(Clone)]
pub struct Client(Arc<Shared>);

impl Client {
    /// Starts to set up a client; see [`ClientBuilder`].
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }

    /// What all calls share.
    #[cfg(feature = "upload")]
    pub(crate) fn shared(&self) -> &Arc<Shared> {
        &self.0
    }

    /// A call with a request that was made elsewhere: built field by field, or read from JSON.
    ///
    /// ```
    /// use vod_api::model::DeleteThumbnailsRequest;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let service = vod_local::Service::start().await?;
    /// # let client = service.client().build()?;
    /// let stored = serde_json::to_string(&DeleteThumbnailsRequest::new().task_ids(["t1"]))?;
    ///
    /// let request: DeleteThumbnailsRequest = serde_json::from_str(&stored)?;
    /// let done = client.execute(request).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn execute<O: Operation>(&self, request: O) -> Call<O> {
        Call::new(self.0.clone(), request)
    }

    /// A call of any operation, with a request and a reply in JSON: for programs that learn at run
    /// time what to call.
    ///
    /// The request is an object with one member per parameter, by its name on the wire. It is read
    /// and checked as that of the operation's own method, and the same bytes are sent.
    /// [`operation`](crate::operation) has the operations.
    ///
    /// ```
    /// use serde_json::json;
    /// use vod_api::operation;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let service = vod_local::Service::start().await?;
    /// # let client = service.client().build()?;
    /// let meta = operation::find("ListAssetList").ok_or("there is no such operation")?;
    /// let mut pages = client.call(meta, json!({"size": 100})).pages()?;
    /// while let Some(page) = pages.next().await {
    ///     println!("{}", page?["assets"]);
    /// #   break;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn call(&self, meta: &'static OperationMeta, request: Value) -> JsonCall {
        JsonCall::new(self.0.clone(), meta, request)
    }

    /// A call of an operation that this crate has no method for. `{project_id}`, once in the path,
    /// stands for the project of the client; everything else must be escaped as in a URL.
    ///
    /// ```
    /// use serde_json::json;
    /// use vod_api::http::Method;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let service = vod_local::Service::start().await?;
    /// # let client = service.client().build()?;
    /// let reply = client
    ///     .raw(Method::DELETE, "/v1/{project_id}/asset/thumbnails")
    ///     .query("task_id", "t1")
    ///     .await?;
    /// println!("{}", reply["delete_result_array"][0]["status"]);
    ///
    /// let renamed = client
    ///     .raw(Method::PUT, "/v1.0/{project_id}/asset/info")
    ///     .json(&json!({"asset_id": "a1", "title": "A new title"}))
    ///     .await?;
    /// assert!(renamed.is_null());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// It can also send fields of a known operation that this version of the crate does not know
    /// yet:
    ///
    /// ```
    /// use vod_api::model::CreateAssetByFileUploadRequest;
    /// use vod_api::operation::Operation;
    ///
    /// # async fn example(client: &vod_api::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let request = CreateAssetByFileUploadRequest::new("My holidays", "holidays.mp4", "MP4");
    /// let mut body = serde_json::to_value(&request)?;
    /// body["a_new_field"] = true.into();
    /// let meta = CreateAssetByFileUploadRequest::META;
    /// let reply = client.raw(meta.method.clone(), meta.path).json(&body).await?;
    /// println!("{}", reply["asset_id"]);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// `GET`, `HEAD`, `PUT` and `DELETE` are considered idempotent and retried after any transient
    /// failure, other methods only if the request certainly had no effect;
    /// [`RawRequest::with_idempotent`] changes that. `CONNECT` and `TRACE` are refused.
    pub fn raw(&self, method: Method, path: impl Into<String>) -> RawRequest {
        RawRequest::new(self.0.clone(), method, path.into())
    }

    /// A handle of a task that was started before; its [parts](TaskParts) can be stored as JSON.
    ///
    /// ```no_run
    /// use vod_api::TaskParts;
    /// use vod_api::model::RefreshAssetRequest;
    ///
    /// # async fn example(client: &vod_api::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let task = client.refresh_asset().urls(["https://example.com/a.mp4"]).start().await?;
    /// let stored = serde_json::to_string(&task.into_parts())?;
    ///
    /// let parts: TaskParts<RefreshAssetRequest> = serde_json::from_str(&stored)?;
    /// let result = client.task(parts).until_done().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn task<O: StartsTask>(&self, parts: TaskParts<O>) -> Task<O> {
        Task::new(self.0.clone(), parts)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
