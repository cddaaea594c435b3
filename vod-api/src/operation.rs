//! What the crate knows about each operation of the service.

use std::fmt::Debug;

use http::{HeaderMap, Method};
use serde::Serialize;
use serde::de::DeserializeOwned;

pub use crate::schema::{Described, Parameter, Place, Property, Schema, SchemaKind};

/// A request of one operation of the service.
///
/// Implemented by the requests in [`model`](crate::model) and by nothing else: it is generated, and it changes with
/// the generator. Use it as a bound, to write code for any operation:
///
/// ```
/// use vod_api::{Client, Error, Operation};
///
/// async fn send_stored<O: Operation>(client: &Client, json: &str) -> Result<O::Response, Box<dyn std::error::Error>> {
///     let request: O = serde_json::from_str(json)?;
///     Ok(client.execute(request).await?.into_body())
/// }
/// ```
///
/// In JSON a request is an object with one member per parameter, by its name on the wire, wherever it travels.
pub trait Operation: Serialize + DeserializeOwned + Clone + Debug + Send + Sync + 'static {
    /// What the service answers.
    type Response: Serialize + DeserializeOwned + Debug + Send + 'static;

    /// The facts of the operation.
    const META: &'static OperationMeta;

    /// Fills the fields of the reply that travel in headers.
    #[doc(hidden)]
    fn read_headers(_reply: &mut Self::Response, _headers: &HeaderMap) {}
}

/// The facts of one operation. Made by generated code only; fields may be added.
#[derive(Debug)]
pub struct OperationMeta {
    /// The name in the docs, as `DeleteThumbnails`.
    pub name: &'static str,
    /// HTTP method.
    pub method: Method,
    /// Path, with `{name}` where a value goes in.
    pub path: &'static str,
    /// Page of the vendor's docs, if there is one.
    pub docs: Option<&'static str>,
    /// Whether sending it twice does what sending it once does.
    pub idempotent: bool,
    /// Whether the request has a JSON body, be it `{}`.
    pub body: bool,
    /// The parameters, without the project id.
    pub parameters: &'static [Parameter],
    /// Documented status of a success. Every 2xx counts as one.
    pub success: u16,
    /// What the body of a success holds; `None` for no body.
    pub reply: Option<Schema>,
    /// A body of a success that the docs show.
    pub example: Option<&'static str>,
}
