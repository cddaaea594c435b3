//! One request to the store: no key and no token of VOD goes with it, and its URL is never shown.

use std::fmt;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::BytesMut;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, ETAG, HeaderValue, LOCATION, USER_AGENT};
use http::{HeaderMap, HeaderName, StatusCode};
use reqwest::{Request, Response, Url};
use tokio::time::timeout_at;

use crate::Client;
use crate::endpoints::endpoint::Endpoint;
use crate::error::text::{NAME, line};
use crate::error::{Error, ErrorKind, Sent};
use crate::headers::AGENT;
use crate::pipeline::Shared;
use crate::response::ResponseMeta;
use crate::secret::Secret;
use crate::upload::body::{Body, RateLimit, Transfer};
use crate::upload::hash::Comparison;
use crate::upload::order::Settings;
use crate::upload::progress::Meter;
use crate::upload::step::{HeaderSet, Payload, Step};
use crate::upload::xml::Reply;

/// The reply to a join.
const JOINED: &str = "CompleteMultipartUploadResult";

/// The longest reply that is read. A page of 1,000 parts has less than 300 KB.
const LONGEST: usize = 4 << 20;

/// How much longer than usual the store may take to join parts without a sign of life.
const JOINING: u32 = 10;

/// What all requests of an upload share.
pub(super) struct Store {
    pub(super) shared: Arc<Shared>,
    /// How long nothing may move.
    stall: Duration,
    limit: Option<Arc<RateLimit>>,
    /// Whether ETags are compared.
    verify: bool,
}

/// A success.
#[derive(Debug)]
pub(super) struct StoreReply {
    pub(super) status: StatusCode,
    pub(super) etag: Option<String>,
    /// Whether the ETag is that of what was sent.
    pub(super) compared: bool,
    pub(super) body: String,
}

/// A failure, and what can be done about it.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) error: Error,
    pub(super) remedy: Remedy,
}

/// What can be done about a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Remedy {
    None,
    /// The URL may have expired.
    NewUrl,
    /// The URL may be signed for the other headers.
    OtherHeaders,
    Again,
    /// The store is overloaded.
    Slower,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let remedy = if error.is_throttled() {
            Remedy::Slower
        } else if error.is_transient() {
            Remedy::Again
        } else {
            Remedy::None
        };
        Self { error, remedy }
    }
}

impl Store {
    pub(super) fn new(client: &Client, settings: &Settings) -> Self {
        Self {
            shared: client.shared().clone(),
            stall: settings.stall,
            limit: settings.rate.map(RateLimit::new).map(Arc::new),
            verify: settings.verify,
        }
    }

    /// Sends one request.
    pub(super) async fn send(
        &self,
        url: &Secret,
        payload: &Payload,
        set: HeaderSet,
        meter: Option<Arc<Meter>>,
    ) -> Result<StoreReply, Failure> {
        let url = url.expose().parse::<Url>();
        let mut url = url.map_err(|_| Error::new(ErrorKind::Decode, Sent::Yes, NOT_A_URL))?;
        if let Some(after) = payload.after {
            // Not signed: it is no sub-resource.
            url.query_pairs_mut()
                .append_pair("part-number-marker", &after.to_string());
        }
        let origin = self.origin(&url)?;
        let mut transfer = Counted(Some(Transfer::begin(meter)));
        let request = self.request(url, payload, set, &transfer);
        let response = self.shared.transport.send(request?, origin.origin())?;
        let stall = match payload.step {
            Step::Join => self.stall.saturating_mul(JOINING),
            _ => self.stall,
        };
        let response = alive(&transfer, stall, response).await??;
        let reply = alive(&transfer, stall, read(response, &transfer)).await??;
        let reply = self.compare(payload, judge(payload.step, reply)?)?;
        transfer.keep();
        Ok(reply)
    }

    /// Compares the ETag of what was sent, if that is wanted and possible.
    fn compare(&self, payload: &Payload, reply: StoreReply) -> Result<StoreReply, Failure> {
        let (Some(md5), Some(etag), true) = (payload.md5, &reply.etag, self.verify) else {
            return Ok(reply);
        };
        match md5.compare(etag) {
            Comparison::Different => Err(Failure {
                error: other_bytes(etag),
                remedy: Remedy::Again,
            }),
            comparison => Ok(StoreReply {
                compared: comparison == Comparison::Equal,
                ..reply
            }),
        }
    }

    /// The origin of a URL that VOD gave, if requests may go there.
    fn origin(&self, url: &Url) -> Result<Endpoint, Error> {
        let origin = url.origin().ascii_serialization();
        Endpoint::parse(&origin, self.shared.allow_http).map_err(|error| {
            let why = format!("VOD gave a URL for the upload that cannot be used: {error}");
            Error::configuration(why)
        })
    }

    fn request(
        &self,
        url: Url,
        payload: &Payload,
        set: HeaderSet,
        transfer: &Counted,
    ) -> Result<Request, Error> {
        let mut request = Request::new(payload.step.method(), url);
        let headers = request.headers_mut();
        headers.insert(USER_AGENT, AGENT);
        if let Some(content_type) = payload.content_type(set) {
            headers.insert(CONTENT_TYPE, header(content_type)?);
        }
        if let Some(md5) = payload.md5 {
            headers.insert(CONTENT_MD5, header(&md5.base64())?);
        }
        match payload.step {
            Step::List | Step::Abort => {}
            // Without a body, the length would be left out.
            _ if payload.data.is_empty() => {
                headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
            }
            _ => {
                let body = Body {
                    data: payload.data.clone(),
                    transfer: transfer.get(),
                    limit: self.limit.clone(),
                    pause: None,
                };
                *request.body_mut() = Some(reqwest::Body::wrap(body));
            }
        }
        Ok(request)
    }
}

const CONTENT_MD5: HeaderName = HeaderName::from_static("content-md5");
const UNREADABLE_JOIN: &str = "the reply of OBS does not say that the parts were joined";
const NOT_A_URL: &str = "VOD gave a URL for the upload that is not one";

fn header(text: &str) -> Result<HeaderValue, Error> {
    let value = HeaderValue::from_str(text);
    value.map_err(|_| Error::invalid_request("a header of the upload cannot be sent"))
}

/// A transfer whose bytes do not count unless it is kept.
struct Counted(Option<Arc<Transfer>>);

impl Counted {
    fn get(&self) -> Arc<Transfer> {
        self.0.clone().unwrap_or_else(|| Transfer::begin(None))
    }

    fn keep(&mut self) {
        self.0 = None;
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        if let Some(transfer) = &self.0 {
            transfer.failed();
        }
    }
}

/// Does the work, as long as something moves.
async fn alive<T>(
    transfer: &Counted,
    stall: Duration,
    work: impl Future<Output = T>,
) -> Result<T, Error> {
    let transfer = transfer.get();
    let mut work = pin!(work);
    loop {
        let moved = transfer.last_moved();
        let Some(end) = moved.checked_add(stall) else {
            return Ok(work.await);
        };
        match timeout_at(end, work.as_mut()).await {
            Ok(done) => return Ok(done),
            Err(_) if transfer.last_moved() > moved => {}
            Err(_) => {
                let message = format!("nothing moved for {stall:?} (Upload::stall_timeout)");
                return Err(Error::new(ErrorKind::Timeout, Sent::Maybe, message));
            }
        }
    }
}

/// A reply as it came.
struct Raw {
    meta: ResponseMeta,
    body: String,
}

async fn read(mut response: Response, transfer: &Counted) -> Result<Raw, Error> {
    let transfer = transfer.get();
    let headers = std::mem::take(response.headers_mut());
    let meta = ResponseMeta::new(response.status(), headers);
    let mut body = BytesMut::new();
    loop {
        transfer.moved(tokio::time::Instant::now());
        let chunk = match response.chunk().await {
            Ok(Some(chunk)) => chunk,
            Ok(None) => break,
            // The status of a failure says enough.
            Err(_) if !meta.status.is_success() => break,
            Err(error) => {
                let message = "the reply of OBS is incomplete";
                let error = Error::new(ErrorKind::Transport, Sent::Maybe, message)
                    .with_source(error.without_url());
                return Err(error);
            }
        };
        if chunk.len() > LONGEST - body.len() {
            let message = format!("the reply of OBS has more than {LONGEST} bytes");
            return Err(Error::new(ErrorKind::Decode, Sent::Yes, message));
        }
        body.extend_from_slice(&chunk);
    }
    let body = String::from_utf8_lossy(&body).into_owned();
    Ok(Raw { meta, body })
}

/// A success, or the error that the store has answered with. The store can write an error into a
/// success, for a join that takes long.
fn judge(step: Step, reply: Raw) -> Result<StoreReply, Failure> {
    let Raw { mut meta, body } = reply;
    let xml = Reply::read(&body).ok();
    let is_joined = xml.as_ref().is_some_and(|xml| xml.root == JOINED);
    let error = xml.filter(|xml| xml.root == "Error");
    if meta.status.is_success() && error.is_none() {
        if step == Step::Join && !is_joined {
            let error = Error::new(ErrorKind::Decode, Sent::Maybe, UNREADABLE_JOIN);
            // The next attempt shows whether it was joined.
            let remedy = Remedy::Again;
            return Err(Failure { error, remedy });
        }
        let etag = text(&meta.headers, &ETAG).map(str::to_owned);
        return Ok(StoreReply {
            status: meta.status,
            etag,
            compared: false,
            body,
        });
    }
    let said = |name| {
        let value = error.as_ref().and_then(|error| error.text(name));
        value.filter(|value| !value.is_empty())
    };
    let code = said("Code").map(|code| line(code, NAME));
    let remedy = remedy(step, meta.status.as_u16(), code.as_deref());
    let reason = meta.status.canonical_reason().unwrap_or("no message");
    let message = said("Message").unwrap_or(reason).to_owned();
    let ids = ["x-obs-request-id", "x-amz-request-id"];
    let mut ids = ids
        .into_iter()
        .filter_map(|name| text(&meta.headers, &HeaderName::from_static(name)));
    let request_id = ids.next().or_else(|| said("RequestId"));
    let request_id = request_id.map(|id| line(id, NAME));
    // It can be signed.
    meta.headers.remove(LOCATION);
    let error = Error::of_store(meta, code, message).with_request_id(request_id);
    Err(Failure { error, remedy })
}

/// The store has other bytes than were sent.
pub(super) fn other_bytes(etag: &str) -> Error {
    let etag = line(etag, NAME);
    let message = format!("OBS has stored other bytes than were sent: it gives the ETag {etag}");
    Error::new(ErrorKind::Decode, Sent::Yes, message)
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// What can be done about a refusal. What is not listed in the docs is judged by its status.
fn remedy(step: Step, status: u16, code: Option<&str>) -> Remedy {
    match (status, code) {
        (403, Some("SignatureDoesNotMatch")) => Remedy::OtherHeaders,
        (
            403,
            Some(
                "RequestTimeTooSkewed"
                | "InArrearOrInsufficientBalance"
                | "InsufficientStorageSpace",
            ),
        ) => Remedy::None,
        (403, _) => Remedy::NewUrl,
        (400, Some("BadDigest" | "IncompleteBody" | "RequestTimeout")) => Remedy::Again,
        (_, Some("SlowDown")) | (429, _) => Remedy::Slower,
        (408 | 409, _) => Remedy::Again,
        (503, _) => Remedy::Slower,
        (500 | 502 | 504, _) => Remedy::Again,
        // An error in a success.
        (200..=299, Some("InternalError" | "ServiceUnavailable")) if step == Step::Join => {
            Remedy::Again
        }
        _ => Remedy::None,
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").finish_non_exhaustive()
    }
}
