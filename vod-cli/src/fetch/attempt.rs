//! One request for a file, or for the rest of it.

use tracing::field::Empty;
use tracing::{Span, debug_span};
use vod_api::http::header::{CONTENT_RANGE, ETAG, RANGE};
use vod_api::http::{HeaderMap, HeaderName, StatusCode};
use vod_api::reqwest::{Client, Error, RequestBuilder, Response, Url};

use super::Watch;
use super::sink::{Sink, Tag};
use crate::exit::{Exit, Failure};

/// How a request ended.
pub(super) enum Ending {
    /// The file is complete.
    Complete,
    /// Another request for the rest may work.
    Broken(Failure),
    /// Another URL may work.
    Refused(Failure),
    /// Nothing will.
    Final(Failure),
}

/// Sends a request, and hands over what comes.
pub(super) async fn attempt(
    http: &Client,
    url: &str,
    sink: &mut Sink,
    watch: &dyn Watch,
) -> Result<Ending, Failure> {
    // Without the path, which can be signed.
    let span = debug_span!(
        target: "vod_cli",
        "vod_cli.fetch",
        http.request.method = "GET",
        server.address = host(url),
        http.response.status_code = Empty,
        otel.status_description = Empty,
    );
    let ending = fetch(http.get(url), sink, watch, &span).await?;
    if let Ending::Broken(why) | Ending::Refused(why) | Ending::Final(why) = &ending {
        span.record("otel.status_description", why.to_string());
    }
    Ok(ending)
}

async fn fetch(
    mut request: RequestBuilder,
    sink: &mut Sink,
    watch: &dyn Watch,
    span: &Span,
) -> Result<Ending, Failure> {
    if sink.got() > 0 {
        request = request.header(RANGE, format!("bytes={}-", sink.got()));
    }
    let mut reply = match request.send().await {
        Ok(reply) => reply,
        Err(error) => return Ok(Ending::Broken(broken(error))),
    };
    span.record("http.response.status_code", reply.status().as_u16());
    let total = match reply.status() {
        // The server has no ranges, or this one is not in the file.
        StatusCode::OK | StatusCode::RANGE_NOT_SATISFIABLE if sink.got() > 0 => {
            if size_without_range(reply.headers()) == Some(sink.got()) {
                return Ok(Ending::Complete);
            }
            return restart(sink);
        }
        StatusCode::OK => {
            sink.begin(tag(reply.headers()))?;
            reply.content_length()
        }
        StatusCode::PARTIAL_CONTENT => {
            let range = Range::of(reply.headers());
            let Some(range) = range.filter(|range| range.start == sink.got()) else {
                return restart(sink);
            };
            if !sink.goes_on(tag(reply.headers())) {
                return restart(sink);
            }
            range.total
        }
        status => return Ok(refused(status)),
    };
    match read(&mut reply, sink, (watch, total)).await? {
        Some(error) => Ok(Ending::Broken(broken(error))),
        None if total.is_some_and(|total| sink.got() < total) => {
            let why = "the connection ended early";
            Ok(Ending::Broken(Failure::other(Exit::Later, why)))
        }
        None => Ok(Ending::Complete),
    }
}

fn host(url: &str) -> String {
    let Ok(url) = Url::parse(url) else {
        return String::new();
    };
    let host = url.host_str().unwrap_or_default();
    match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

/// Reads the body; returns why it ended early.
async fn read(
    reply: &mut Response,
    sink: &mut Sink,
    (watch, total): (&dyn Watch, Option<u64>),
) -> Result<Option<Error>, Failure> {
    loop {
        match reply.chunk().await {
            Ok(Some(chunk)) => sink.write(&chunk)?,
            Ok(None) => return Ok(None),
            Err(error) => return Ok(Some(error)),
        }
        watch.so_far(sink.got(), total);
    }
}

/// What is there is not the start of the file.
fn restart(sink: &mut Sink) -> Result<Ending, Failure> {
    sink.restart()?;
    let why = "the file is another one than before, or cannot be gone on with";
    Ok(Ending::Broken(Failure::other(Exit::Later, why)))
}

/// Without the URL, which may be signed.
fn broken(error: Error) -> Failure {
    let error = error.without_url();
    let why = if error.is_connect() {
        "could not connect"
    } else if error.is_timeout() {
        "nothing came for too long"
    } else {
        "the connection broke"
    };
    Failure::other(Exit::Later, why)
}

fn refused(status: StatusCode) -> Ending {
    let message = format!("HTTP {}", status.as_u16());
    match status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Ending::Refused(Failure::other_with(
            Exit::Failed,
            format!("{message}: the URL was refused"),
            "outputs need `vod publish`, and VOD_PLAYBACK_KEY if their domain has URL validation",
        )),
        StatusCode::NOT_FOUND | StatusCode::GONE => Ending::Final(Failure::other(
            Exit::NotFound,
            format!("{message}: there is no such file"),
        )),
        StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS => {
            Ending::Broken(Failure::other(Exit::Later, message))
        }
        status if status.is_server_error() => Ending::Broken(Failure::other(Exit::Later, message)),
        _ => Ending::Final(Failure::other(Exit::Failed, message)),
    }
}

/// The header `Content-Range` of a part.
struct Range {
    start: u64,
    total: Option<u64>,
}

impl Range {
    fn of(headers: &HeaderMap) -> Option<Self> {
        let text = headers.get(CONTENT_RANGE)?.to_str().ok()?;
        let (range, total) = text.strip_prefix("bytes ")?.split_once('/')?;
        let (start, _) = range.split_once('-')?;
        Some(Self {
            start: start.trim().parse().ok()?,
            total: total.trim().parse().ok(),
        })
    }
}

/// The size of the file, where the range that was asked for is not in it.
fn size_without_range(headers: &HeaderMap) -> Option<u64> {
    let text = headers.get(CONTENT_RANGE)?.to_str().ok()?;
    text.strip_prefix("bytes */")?.trim().parse().ok()
}

/// What tells this file from what was there before or comes after it.
fn tag(headers: &HeaderMap) -> Option<Tag> {
    let text = headers.get(ETAG)?.to_str().ok()?;
    // Encrypted objects have another one than the MD5 of their bytes.
    let encrypted = [
        HeaderName::from_static("x-obs-server-side-encryption"),
        HeaderName::from_static("x-amz-server-side-encryption"),
    ];
    let is_plain = !encrypted.iter().any(|name| headers.contains_key(name));
    Tag::new(text, is_plain)
}
