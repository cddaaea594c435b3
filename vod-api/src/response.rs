//! What a successful call returns.

use std::fmt;
use std::ops::Deref;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::headers::X_REQUEST_ID;

/// A reply: the body as `T`, which it derefs to, and what came with it.
///
/// ```no_run
/// # async fn example(client: &vod_api::Client) -> Result<(), vod_api::Error> {
/// let done = client.delete_thumbnails().asset_id("a1").await?;
/// println!("{:?} by {:?}", done.delete_result_array, done.meta().request_id());
/// let body: vod_api::model::DeleteThumbnailsResponse = done.into_body();
/// # Ok(())
/// # }
/// ```
pub struct Response<T> {
    body: T,
    meta: Box<ResponseMeta>,
}

impl<T> Response<T> {
    /// A success with this body, without headers: for tests of functions that take a reply.
    ///
    /// ```
    /// use vod_api::Response;
    /// use vod_api::model::DeleteThumbnailsResponse;
    ///
    /// fn is_empty(reply: &Response<DeleteThumbnailsResponse>) -> bool {
    ///     reply.delete_result_array.is_empty()
    /// }
    ///
    /// assert!(is_empty(&Response::new(DeleteThumbnailsResponse::default())));
    /// ```
    pub fn new(body: T) -> Self {
        let meta = ResponseMeta::new(StatusCode::OK, HeaderMap::new());
        Self::from_parts(
            body,
            ResponseMeta {
                attempts: 1,
                ..meta
            },
        )
    }

    pub(crate) fn from_parts(body: T, meta: impl Into<Box<ResponseMeta>>) -> Self {
        Self {
            body,
            meta: meta.into(),
        }
    }

    /// Fills what travels in headers.
    pub(crate) fn with_headers(&mut self, read: impl FnOnce(&mut T, &HeaderMap)) {
        read(&mut self.body, &self.meta.headers);
    }

    /// Status, headers and raw body.
    pub fn meta(&self) -> &ResponseMeta {
        &self.meta
    }

    pub(crate) fn body_mut(&mut self) -> &mut T {
        &mut self.body
    }

    /// The body alone.
    pub fn into_body(self) -> T {
        self.body
    }

    /// The body, and what came with it.
    pub fn into_parts(self) -> (T, ResponseMeta) {
        (self.body, *self.meta)
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.body
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("body", &self.body)
            .field("meta", &self.meta)
            .finish()
    }
}

/// What came with a reply: status, headers, request id, attempts and the raw body. `Debug` shows
/// neither the raw body nor the values of headers: they can hold keys.
#[derive(Clone)]
pub struct ResponseMeta {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) attempts: u32,
    pub(crate) elapsed: Duration,
}

impl ResponseMeta {
    /// A reply whose body is still to be read.
    pub(crate) fn new(status: StatusCode, headers: HeaderMap) -> Self {
        Self {
            status,
            headers,
            body: Bytes::new(),
            attempts: 0,
            elapsed: Duration::ZERO,
        }
    }

    /// HTTP status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Headers of the reply.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The id that the service gave the call, from the header `X-Request-Id`. The vendor's support
    /// asks for it.
    pub fn request_id(&self) -> Option<&str> {
        let id = self.headers.get(X_REQUEST_ID)?.to_str().ok()?;
        (!id.is_empty()).then_some(id)
    }

    /// The number of attempts, including those that could not connect.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// How long the call took, with all attempts and the waits between them.
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }

    /// The body as it came, with the fields that this version of the crate does not know.
    pub fn raw_body(&self) -> &Bytes {
        &self.body
    }
}

impl fmt::Debug for ResponseMeta {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseMeta")
            .field("status", &self.status)
            .field("request_id", &self.request_id())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_hides_body_and_headers() {
        let mut headers = HeaderMap::new();
        headers.insert("x-request-id", "r1".parse().unwrap());
        headers.insert("set-cookie", "hidden".parse().unwrap());
        let mut meta = ResponseMeta::new(StatusCode::OK, headers);
        meta.body = "hidden".into();
        let response = Response::from_parts(7, meta);
        let text = format!("{response:?}");
        assert_eq!(
            text,
            r#"Response { body: 7, meta: ResponseMeta { status: 200, request_id: Some("r1"), .. } }"#
        );
        assert_eq!(*response, 7);
        assert_eq!(response.into_parts().1.raw_body(), "hidden");
    }
}
