//! What the service answers.

use std::panic::Location;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode};
use serde_json::{Value, json};

use crate::body::Body;
use crate::sample;
use crate::typed;
use vod_api::operation::{Operation, OperationMeta};

/// An answer of the [`Service`](crate::Service), or the lack of one.
///
/// ```
/// use std::time::Duration;
/// use serde_json::json;
/// use vod_local::Reply;
///
/// let success = Reply::json(200, json!({"delete_result_array": []}));
/// let refusal = Reply::error(400, "VOD.10053", "The parameter is wrong.");
/// let busy = Reply::status(503).header("Retry-After", "3").delay(Duration::from_secs(1));
/// let page = Reply::status(502).header("Content-Type", "text/html").body("<h1>Bad Gateway</h1>");
/// # let _ = (success, refusal, busy, page);
/// ```
#[derive(Debug, Clone)]
#[must_use = "give it to `Service::reply`, or return it from the closure of `Service::respond`"]
pub struct Reply {
    pub(crate) delay: Duration,
    pub(crate) action: Action,
    /// What it is a reply to, if that was said when it was made.
    pub(crate) operation: Option<&'static OperationMeta>,
    pub(crate) unchecked: bool,
    pub(crate) optional: bool,
    /// Where it was made, or given to the service.
    pub(crate) place: &'static Location<'static>,
}

#[derive(Debug, Clone)]
pub(crate) enum Action {
    Documented,
    Answer(Answer),
    CutOff(Answer),
    Raw(Bytes),
    Reset,
    ResetUnread,
    Never,
}

#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Body,
}

impl Answer {
    /// The example of the docs, or one made from the types, or an empty success.
    pub(crate) fn documented(meta: Option<&OperationMeta>) -> Self {
        let body = meta.and_then(|meta| match (meta.example, &meta.reply) {
            (Some(example), _) => Some(Bytes::from_static(example.as_bytes())),
            (None, Some(schema)) => Some(sample::of(schema).to_string().into()),
            (None, None) => None,
        });
        let header = ("Content-Type".to_owned(), "application/json".to_owned());
        Self {
            status: meta.map_or(200, |meta| meta.success),
            headers: body.as_ref().map(|_| header).into_iter().collect(),
            body: Body::from(body.unwrap_or_default()),
        }
    }

    /// As HTTP, with these headers unless it has them.
    pub(crate) fn write(self, always: &[(&'static str, &str)]) -> Response<Body> {
        let mut builder = Response::builder().status(self.status);
        for (name, value) in &self.headers {
            builder = builder.header(name, value);
        }
        let mut reply = builder.body(self.body).unwrap_or_else(|error| {
            let text = format!("this reply cannot be sent: {error}");
            let mut reply = Response::new(Body::from(Bytes::from(text)));
            *reply.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
            reply
        });
        for (name, value) in always {
            if let Ok(value) = HeaderValue::from_str(value) {
                reply.headers_mut().entry(*name).or_insert(value);
            }
        }
        reply
    }
}

impl Reply {
    /// What the service answers by itself: the example of the docs, one made from the types where they show none, or an
    /// empty success.
    #[track_caller]
    pub fn documented() -> Self {
        Self::new(Action::Documented)
    }

    /// A status and a JSON body.
    #[track_caller]
    pub fn json(status: u16, body: Value) -> Self {
        Self::status(status)
            .header("Content-Type", "application/json")
            .body(body.to_string())
    }

    /// A success of one operation, made of the reply's type. It is used for requests of this operation only.
    ///
    /// ```
    /// use vod_api::model::{ListAssetListRequest, ListAssetListResponse};
    /// use vod_local::{Reply, Service};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let service = Service::start().await?;
    /// let mut none = ListAssetListResponse::default();
    /// none.total = Some(0);
    /// service.reply(Reply::to::<ListAssetListRequest>(&none));
    ///
    /// let client = service.client().build()?;
    /// assert_eq!(client.list_asset_list().await?.total, Some(0));
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    pub fn to<O: Operation>(response: &O::Response) -> Self {
        let (headers, body) = typed::parts(O::META, response);
        let reply = match body {
            Value::Null => Self::status(O::META.success),
            body => Self::json(O::META.success, body),
        };
        let reply = Self {
            operation: Some(O::META),
            ..reply
        };
        headers
            .into_iter()
            .fold(reply, |reply, (name, value)| reply.header(name, value))
    }

    /// An error as the service writes it: a status, a code such as `VOD.10053`, and a message.
    #[track_caller]
    pub fn error(status: u16, code: &str, message: &str) -> Self {
        Self::json(status, json!({"error_code": code, "error_msg": message}))
    }

    /// A status, without a body.
    #[track_caller]
    pub fn status(status: u16) -> Self {
        Self::new(Action::Answer(Answer {
            status,
            headers: Vec::new(),
            body: Body::default(),
        }))
    }

    /// These bytes in place of an HTTP reply; then the connection is closed.
    #[track_caller]
    pub fn raw(bytes: impl Into<Bytes>) -> Self {
        Self::new(Action::Raw(bytes.into()))
    }

    /// The connection is reset, after the request was read.
    #[track_caller]
    pub fn reset() -> Self {
        Self::new(Action::Reset)
    }

    /// The connection is reset when the request comes in, and the request is not read: `Service::requests` does not
    /// show it. As it cannot be told which operation it was for, this works through
    /// [`Service::reply`](crate::Service::reply) only; elsewhere it is the same as [`reset`](Self::reset).
    #[track_caller]
    pub fn reset_unread() -> Self {
        Self::new(Action::ResetUnread)
    }

    /// No reply ever comes; the connection stays open.
    #[track_caller]
    pub fn never() -> Self {
        Self::new(Action::Never)
    }

    /// Adds a header. `X-Request-Id` and `Date` come by themselves unless set; without effect on a reply that has no
    /// headers. A header that HTTP does not allow turns the reply into a 500 that says so.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        if let Action::Answer(answer) | Action::CutOff(answer) = &mut self.action {
            answer.headers.push((name.into(), value.into()));
        }
        self
    }

    /// Sets the body; without effect on a reply that has none.
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        if let Action::Answer(answer) | Action::CutOff(answer) = &mut self.action {
            answer.body.start = body.into();
        }
        self
    }

    /// Adds so many spaces to the end of the body, which are made while they are sent: JSON stays JSON, and tests of
    /// size limits take no memory. Without effect on a reply that has no body of its own. With the header
    /// `Transfer-Encoding: chunked` the length is not told beforehand.
    pub fn padding(mut self, bytes: u64) -> Self {
        if let Action::Answer(answer) = &mut self.action {
            answer.body.padding = bytes;
        }
        self
    }

    /// Waits before answering, by tokio's clock, which tests can pause.
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Turns off the check that the operation can have this reply, for tests of replies that the docs do not know: with other
    /// members, other types, other values of an enum, or text that is not JSON.
    pub fn unchecked(mut self) -> Self {
        self.unchecked = true;
        self
    }

    /// The reply need not be used. Otherwise each reply that was given to [`Service::reply`] or
    /// [`Service::reply_to`] has to be asked for.
    ///
    /// [`Service::reply`]: crate::Service::reply
    /// [`Service::reply_to`]: crate::Service::reply_to
    pub fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// Sends the head and half of the body without padding, and closes the connection.
    pub fn cut_off(mut self) -> Self {
        if let Action::Answer(answer) = self.action {
            self.action = Action::CutOff(answer);
        }
        self
    }

    /// A reply that is made already.
    #[track_caller]
    pub(crate) fn answer(answer: Answer) -> Self {
        Self::new(Action::Answer(answer))
    }

    #[track_caller]
    fn new(action: Action) -> Self {
        Self {
            delay: Duration::ZERO,
            action,
            operation: None,
            unchecked: false,
            optional: false,
            place: Location::caller(),
        }
    }
}
