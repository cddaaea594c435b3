//! What the service saw.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, Method};
use serde_json::Value;

use crate::uri;
use vod_api::operation::OperationMeta;

/// A request as it arrived. `Debug` does not show what proves who sent it.
#[derive(Clone)]
pub struct ReceivedRequest {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) operation: Option<&'static OperationMeta>,
    pub(crate) project_id: Option<String>,
    /// Always an object.
    pub(crate) parameters: Value,
    pub(crate) warnings: Vec<String>,
}

/// Headers that hold secrets, or what is made of them.
const HIDDEN: [&str; 3] = ["authorization", "x-auth-token", "x-security-token"];

impl ReceivedRequest {
    /// HTTP method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// Path as it was sent, escaped.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Names and values in the query, unescaped, in the order in which they came.
    pub fn query(&self) -> Vec<(String, String)> {
        uri::query(&self.query)
    }

    /// Query as it was sent, escaped, without `?`; empty for none.
    pub fn raw_query(&self) -> &str {
        &self.query
    }

    /// The value of a header, by its name in any case; `None` if it is missing or not text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// All headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body as it was sent.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The body as JSON.
    ///
    /// # Errors
    ///
    /// It is none, or there is no body.
    pub fn json(&self) -> serde_json::Result<Value> {
        serde_json::from_slice(&self.body)
    }

    /// The operation in the docs, as `DeleteThumbnails`; `None` if method and path are those of no operation.
    pub fn operation(&self) -> Option<&'static str> {
        self.operation.map(|meta| meta.name)
    }

    /// The project in its path; `None` for a request that is of no operation.
    pub fn project_id(&self) -> Option<&str> {
        self.project_id.as_deref()
    }

    /// What the docs do not know of it, and the service left out: see
    /// [`LocalBuilder::warn_about_unknown`](crate::LocalBuilder::warn_about_unknown).
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// The operation or, where there is none, method and path.
    pub(crate) fn title(&self) -> String {
        match self.operation() {
            Some(name) => name.to_owned(),
            None => format!("{} {}", self.method, self.path),
        }
    }

    /// The parameters by their names on the wire, from path, query and body: the same JSON object as the request that
    /// was given to the client, except that lists in the query come sorted. Of a request that the service refused, as
    /// many as could be read.
    pub fn parameters(&self) -> &Value {
        &self.parameters
    }
}

impl fmt::Debug for ReceivedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReceivedRequest")
            .field("operation", &self.operation())
            .field("method", &self.method)
            .field("path", &self.path)
            .field("query", &self.query())
            .field("headers", &Headers(&self.headers))
            .field("body", &String::from_utf8_lossy(&self.body))
            .finish()
    }
}

struct Headers<'a>(&'a HeaderMap);

impl fmt::Debug for Headers<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut map = f.debug_map();
        for (name, value) in self.0 {
            if HIDDEN.contains(&name.as_str()) {
                map.entry(name, &format_args!("[redacted]"));
            } else {
                map.entry(name, value);
            }
        }
        map.finish()
    }
}
