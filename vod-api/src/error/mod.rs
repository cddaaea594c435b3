//! The one error of the crate.

mod class;
pub(crate) mod envelope;
mod kind;
pub(crate) mod reply_time;
pub(crate) mod text;

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode};
use serde::de::DeserializeOwned;

pub use self::kind::{ErrorKind, Sent};
use self::text::{MESSAGE, NAME, line};
use crate::response::ResponseMeta;
use crate::secret::redact::Redactor;

/// Why a call failed, or why a client could not be built. `Display` shows everything in one line.
///
/// It never shows a secret key or token: where the service repeats one, it reads `[redacted]`.
///
/// ```no_run
/// use vod_api::{Client, Error, Sent};
///
/// # async fn example(client: Client) -> Result<(), Error> {
/// match client.publish_assets(["a1"]).await {
///     Ok(reply) => println!("{:?}", reply.asset_info_array),
///     Err(error) if error.is_not_found() => println!("no such media asset"),
///     Err(error) if error.was_sent() == Sent::No => println!("safe to do again: {error}"),
///     Err(error) => return Err(error),
/// }
/// # Ok(())
/// # }
/// ```
///
/// The [guide](crate::guide::retries_and_errors) says which errors are retried, and what the others
/// mean.
#[derive(Clone)]
pub struct Error(Box<Inner>);

#[derive(Clone)]
struct Inner {
    kind: ErrorKind,
    operation: Option<Cow<'static, str>>,
    message: String,
    code: Option<String>,
    request_id: Option<String>,
    attempts: u32,
    sent: Sent,
    reply: Option<ResponseMeta>,
    canonical_request: Option<String>,
    source: Option<Arc<dyn StdError + Send + Sync>>,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, sent: Sent, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            operation: None,
            message: message.into(),
            code: None,
            request_id: None,
            attempts: 0,
            sent,
            reply: None,
            canonical_request: None,
            source: None,
        }))
    }

    /// A setting is missing or wrong. Takes what is wrong as text or as an error of a room.
    pub(crate) fn configuration(why: impl fmt::Display) -> Self {
        Self::new(ErrorKind::Configuration, Sent::No, why.to_string())
    }

    /// Why there are no credentials: for a [`ProvideCredentials`](crate::ProvideCredentials) of
    /// your own. The message is shown, and so must not hold a secret.
    ///
    /// ```
    /// let cause = std::io::Error::other("the vault is sealed");
    /// let error = vod_api::Error::credentials("no key from the vault").with_source(cause);
    /// assert_eq!(error.to_string(), "no key from the vault: the vault is sealed");
    /// ```
    pub fn credentials(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Credentials, Sent::No, message)
    }

    /// The request cannot be sent like this.
    pub(crate) fn invalid_request(why: impl fmt::Display) -> Self {
        Self::new(ErrorKind::InvalidRequest, Sent::No, why.to_string())
    }

    /// The service answered with an error.
    pub(crate) fn service(reply: ResponseMeta, redactor: &Redactor) -> Self {
        let mut error = Self::new(ErrorKind::Service, Sent::Yes, "").with_reply(reply, redactor);
        let Some(reply) = &error.0.reply else {
            return error;
        };
        let said = envelope::read(&reply.body);
        let reason = reply.status.canonical_reason();
        let reason = reason.filter(|_| !reply.status.is_success());
        let reason = reason.unwrap_or("no message");
        let message = match said.message {
            Some(message) => message,
            None if said.code.is_some() || reply.body.trim_ascii().is_empty() => reason.to_owned(),
            None => text::excerpt(&reply.body),
        };
        // Redacted again, because JSON can hide a secret behind escapes. Cut afterwards, or half a
        // secret could be left.
        let clean = |said| text::cut(redactor.text(said));
        error.0.code = said.code.map(clean);
        error.0.message = clean(message);
        error.0.request_id = error.0.request_id.or_else(|| said.request_id.map(clean));
        error
    }

    /// Object storage answered with an error. The body is left out, as it can repeat what was
    /// signed.
    #[cfg(feature = "upload")]
    pub(crate) fn of_store(reply: ResponseMeta, code: Option<String>, message: String) -> Self {
        let mut error = Self::new(ErrorKind::Service, Sent::Yes, text::cut(message));
        error.0.code = code;
        error.0.reply = Some(reply);
        error
    }

    /// Names the request by an id that is not in the header `X-Request-Id`.
    #[cfg(feature = "upload")]
    pub(crate) fn with_request_id(mut self, id: Option<String>) -> Self {
        self.0.request_id = id;
        self
    }

    /// Adds what the service answered, cleaned of secrets.
    pub(crate) fn with_reply(mut self, mut reply: ResponseMeta, redactor: &Redactor) -> Self {
        reply.body = redactor.bytes(reply.body);
        for value in reply.headers.values_mut() {
            let clean = redactor.bytes(Bytes::copy_from_slice(value.as_bytes()));
            if clean != value.as_bytes() {
                *value = HeaderValue::from_maybe_shared(clean)
                    .unwrap_or(HeaderValue::from_static("[redacted]"));
            }
        }
        self.0.request_id = reply.request_id().map(str::to_owned);
        self.0.reply = Some(reply);
        self
    }

    /// Adds the cause, whose innermost message becomes part of this message; an [`Error`] of this
    /// crate already includes the message of its own cause. Both are shown, so neither may contain
    /// a secret.
    pub fn with_source(mut self, source: impl StdError + Send + Sync + 'static) -> Self {
        let mut innermost: &(dyn StdError + 'static) = &source;
        while let (false, Some(inner)) = (innermost.is::<Self>(), innermost.source()) {
            innermost = inner;
        }
        self.0.message = format!("{}: {innermost}", self.0.message);
        self.with_source_in_message(source)
    }

    /// The same for a cause whose text the message already contains.
    pub(crate) fn with_source_in_message(
        mut self,
        source: impl StdError + Send + Sync + 'static,
    ) -> Self {
        self.0.source = Some(Arc::new(source));
        self
    }

    /// Adds a likely reason.
    pub(crate) fn with_hint(mut self, hint: &str) -> Self {
        self.0.message = format!("{}; {hint}", self.0.message);
        self
    }

    /// Names the call that failed.
    pub(crate) fn in_call(
        mut self,
        operation: impl Into<Cow<'static, str>>,
        attempts: u32,
    ) -> Self {
        self.0.operation = Some(operation.into());
        self.0.attempts = attempts;
        self
    }

    /// Records that an earlier attempt got further.
    pub(crate) fn sent_before(mut self, sent: Sent) -> Self {
        self.0.sent = self.0.sent.max(sent);
        self
    }

    /// Adds what was signed, without secrets.
    pub(crate) fn with_canonical_request(mut self, text: String) -> Self {
        self.0.canonical_request = Some(text);
        self
    }

    /// The broad category of the error.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The operation in the service's docs, as `DeleteThumbnails`, or method and path of a
    /// [raw call](crate::Client::raw); `None` outside of a call.
    pub fn operation(&self) -> Option<&str> {
        self.0.operation.as_deref()
    }

    /// HTTP status, if the service answered.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.reply.as_ref().map(ResponseMeta::status)
    }

    /// The service's own code, as `VOD.10053`. The documented ones are constants in
    /// [`codes`](crate::codes), and [`codes::doc`](crate::codes::doc) says what they mean.
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// What is wrong, in words: the message of the service, cut if it is very long, or one of this
    /// crate. Where the service gave none, the start of the body or the name of the status.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The service's name for the call, from a header or the body of the reply; support asks for
    /// it.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// The number of attempts; 0 if the call failed before the first one.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Whether the service may have received the request, in any attempt.
    pub fn was_sent(&self) -> Sent {
        self.0.sent
    }

    /// The body of the reply as far as it was read; at most 1 MiB if the status is not a success or
    /// the body is incomplete. Your own secrets in it are replaced by `[redacted]`. Other secrets
    /// of a success, such as signed URLs and stream keys, are kept: do not log the body of an error
    /// whose kind is not [`Service`](ErrorKind::Service).
    pub fn raw_body(&self) -> Option<&Bytes> {
        self.0.reply.as_ref().map(ResponseMeta::raw_body)
    }

    /// The last answer about a task that has failed, as the reply of the operation that was asked;
    /// `None` for errors of other kinds than [`Task`](ErrorKind::Task).
    ///
    /// ```no_run
    /// use vod_api::model::ListAssetEditTaskResponse;
    ///
    /// # async fn example(task: vod_api::Task<vod_api::model::CreateAssetEditTaskRequest>) {
    /// if let Err(error) = task.until_done().await
    ///     && let Some(answer) = error.task_answer::<ListAssetEditTaskResponse>()
    /// {
    ///     println!("{error}: {:?}", answer.tasks);
    /// }
    /// # }
    /// ```
    pub fn task_answer<T: DeserializeOwned>(&self) -> Option<T> {
        let answer = self.raw_body().filter(|_| self.kind() == ErrorKind::Task)?;
        serde_json::from_slice(answer).ok()
    }

    /// The headers that came; secrets in them read `[redacted]`.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.reply.as_ref().map(ResponseMeta::headers)
    }

    /// How long the service asks to wait before the next attempt, from the header `Retry-After`.
    pub fn retry_after(&self) -> Option<Duration> {
        reply_time::retry_after(self.headers()?)
    }

    /// What this crate signed, if the service refused who calls: to be compared with what the
    /// service says that it saw. A security token in it reads `[redacted]`.
    ///
    /// If the two differ, something between here and the service changes requests. If they are
    /// equal, the secret key is wrong.
    pub fn canonical_request(&self) -> Option<&str> {
        self.0.canonical_request.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.operation() {
            write!(f, "{}: ", line(operation, NAME))?;
        }
        if let Some(status) = self.status() {
            write!(f, "HTTP {}", status.as_u16())?;
            if let Some(code) = self.code() {
                write!(f, " {}", line(code, NAME))?;
            }
            f.write_str(": ")?;
        }
        f.write_str(&line(&self.0.message, MESSAGE))?;
        let mut facts = Vec::new();
        if let Some(id) = self.request_id() {
            facts.push(format!("request id {}", line(id, NAME)));
        }
        match self.0.sent {
            Sent::No if self.0.operation.is_some() => facts.push("not sent".to_owned()),
            Sent::Maybe => facts.push("may have been sent".to_owned()),
            Sent::No | Sent::Yes => {}
        }
        match self.0.attempts {
            0 => {}
            1 => facts.push("1 attempt".to_owned()),
            many => facts.push(format!("{many} attempts")),
        }
        if facts.is_empty() {
            return Ok(());
        }
        write!(f, " ({})", facts.join(", "))
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The body of a success can contain secrets, such as stream keys and signed URLs.
        let body = self
            .raw_body()
            .filter(|_| self.0.kind == ErrorKind::Service);
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("operation", &self.0.operation)
            .field("status", &self.status())
            .field("code", &self.0.code)
            .field("message", &self.0.message)
            .field("request_id", &self.0.request_id)
            .field("attempts", &self.0.attempts)
            .field("was_sent", &self.0.sent)
            .field("raw_body", &body.map(|body| text::excerpt(body)))
            .field("source", &self.0.source)
            .finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        // The chain ends in the cause that `Display` shows; the steps to it are not shown there.
        self.0
            .source
            .as_deref()
            .map(|source| source as &(dyn StdError + 'static))
    }
}

#[cfg(test)]
mod tests;
