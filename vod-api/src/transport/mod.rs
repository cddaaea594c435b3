//! HTTP, by reqwest: sends one request and reads one bounded reply.

pub(crate) mod proxy;
mod tls;

use std::error::Error as _;
use std::fmt;
use std::io;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::{ClientBuilder, Proxy, Request, Response, redirect, retry};

use crate::error::{Error, ErrorKind, Sent};
use crate::transport::proxy::{Proxies, Route};
use crate::wire::ValueCount;

/// How much an error keeps of a body whose status is not a success, or that is incomplete; error
/// messages are far shorter.
pub(crate) const KEPT: usize = 1 << 20;

/// Nearly four times as many as the largest documented page has, 10,000 entries of a log. Each
/// value can become a structure of 800 bytes.
const MAX_RESPONSE_VALUES: usize = 500_000;

pub(crate) struct Transport {
    client: reqwest::Client,
    max_response_size: usize,
    max_response_values: usize,
    /// Whether the caller has built the client. It may follow redirects, and may use TLS and
    /// proxies unknown to this crate.
    foreign: bool,
    proxies: Option<Proxies>,
}

/// Timeouts of parts of an attempt. Each is at most half of the attempt, so that the error names
/// the part that failed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Patience {
    pub(crate) connecting: Option<Duration>,
    pub(crate) attempt: Option<Duration>,
}

/// How long to wait for the body of an error: the status is more important, and may allow another
/// attempt.
pub(crate) const ERROR_BODY: Duration = Duration::from_secs(5);

/// The longest time that an HTTP/2 connection may be silent during a call before a ping is sent,
/// and the longest time to wait for the answer.
const SILENCE: Duration = Duration::from_secs(10);

impl Transport {
    pub(crate) fn new(
        patience: Patience,
        max_response_size: usize,
        route: &Route,
    ) -> Result<Self, Error> {
        tls::check().map_err(Error::configuration)?;
        let mut builder = patience.set_up(reqwest::Client::builder());
        let proxies = match route {
            Route::System => Some(Proxies::of_system()),
            Route::Direct => {
                builder = builder.no_proxy();
                None
            }
            Route::Proxy(url) => {
                let (proxies, url) = Proxies::given(url).map_err(Error::configuration)?;
                // The error of reqwest could contain a password.
                let proxy =
                    Proxy::all(url).map_err(|_| Error::configuration("the proxy cannot be used"));
                builder = builder.proxy(proxy?);
                Some(proxies)
            }
        };
        let client = builder.build();
        let client = client.map_err(|error| {
            Error::configuration("the HTTP client cannot be set up").with_source(error)
        })?;
        Ok(Self {
            client,
            max_response_size,
            max_response_values: MAX_RESPONSE_VALUES,
            foreign: false,
            proxies,
        })
    }

    /// Uses a client that the caller has set up.
    pub(crate) fn over(client: reqwest::Client, max_response_size: usize) -> Self {
        Self {
            client,
            max_response_size,
            max_response_values: MAX_RESPONSE_VALUES,
            foreign: true,
            proxies: None,
        }
    }

    /// Sets the largest number of values in a reply, if the caller has given one.
    pub(crate) fn limit_values(mut self, values: Option<usize>) -> Self {
        self.max_response_values = values.unwrap_or(self.max_response_values);
        self
    }

    /// Refuses an origin that requests cannot be sent to, as far as this is known without sending
    /// one. Returns the proxy for it, if there is one.
    pub(crate) fn check(&self, origin: &str) -> Result<Option<String>, Error> {
        if !self.foreign && !tls::AVAILABLE && origin.starts_with("https:") {
            return Err(Error::configuration(format!(
                "{origin} needs one of the features `rustls`, `rustls-no-provider` and `native-tls` of the crate vod-api"
            )));
        }
        let proxy = self.proxies.as_ref().map(|it| it.find(origin));
        proxy
            .transpose()
            .map(Option::flatten)
            .map_err(Error::configuration)
    }

    /// Sends a request to `origin`; returns once the head of the reply is there.
    pub(crate) fn send<'a>(
        &self,
        request: Request,
        origin: &'a str,
    ) -> Result<impl Future<Output = Result<Response, Error>> + use<'a>, Error> {
        let proxy = self.check(origin)?;
        let url = self.foreign.then(|| Box::new(request.url().clone()));
        // Called here, so that the future below does not hold the request as well.
        let response = self.client.execute(request);
        Ok(async move {
            let response = response
                .await
                .map_err(|error| unsent(error, origin, proxy))?;
            if url.is_some_and(|url| *url != *response.url()) {
                let message = "the HTTP client followed a redirect; disable redirects \
                               (reqwest::redirect::Policy::none)";
                return Err(Error::new(ErrorKind::Configuration, Sent::Yes, message));
            }
            Ok(response)
        })
    }

    /// Reads the body of a reply, unless it is larger than allowed. The size is checked while the
    /// body comes in: a few compressed bytes can expand to more than the memory, and each byte of
    /// JSON can take a hundred bytes when it is decoded.
    pub(crate) async fn read(
        &self,
        response: &mut Response,
        body: &mut Bytes,
    ) -> Result<(), Error> {
        let (limit, most) = (self.max_response_size, self.max_response_values);
        let too_large = || too_much(format!("{limit} bytes (ClientBuilder::max_response_size)"));
        if response
            .content_length()
            .is_some_and(|length| length > limit as u64)
        {
            return Err(too_large());
        }
        // The header may be wrong.
        let announced = response.content_length().unwrap_or(0).min(64 << 10) as usize;
        let (mut values, mut counted) = (ValueCount::new(), 0);
        while let Some(chunk) = response.chunk().await.map_err(broken)? {
            if chunk.len() > limit - body.len() {
                return Err(too_large());
            }
            append(body, chunk, announced);
            // There are at most as many values as bytes, so the values of short replies are not
            // counted.
            if body.len() >= most {
                let new = body.get(counted..).unwrap_or_default();
                if values.add(new) > most {
                    return Err(too_much(format!(
                        "{most} JSON values (ClientBuilder::max_response_values)"
                    )));
                }
                counted = body.len();
            }
        }
        Ok(())
    }

    /// Reads only as much of a body as an error keeps.
    pub(crate) async fn read_start(
        &self,
        response: &mut Response,
        body: &mut Bytes,
    ) -> Result<(), Error> {
        while body.len() < KEPT {
            let Some(chunk) = response.chunk().await.map_err(broken)? else {
                break;
            };
            let most = chunk.len().min(KEPT - body.len());
            append(body, chunk.slice(..most), 0);
        }
        Ok(())
    }
}

/// Adds what came in to a body of about that size. Most bodies come at once, and are not copied.
fn append(body: &mut Bytes, chunk: Bytes, size: usize) {
    if body.is_empty() {
        *body = chunk;
        return;
    }
    // Only the first chunk is copied: it shares its space with the connection.
    let joined = std::mem::take(body).try_into_mut();
    let mut joined = joined.unwrap_or_else(|first| {
        let mut joined = BytesMut::with_capacity(size);
        joined.extend_from_slice(&first);
        joined
    });
    joined.extend_from_slice(&chunk);
    *body = joined.freeze();
}

fn too_much(limit: String) -> Error {
    let message = format!("the reply has more than {limit}");
    Error::new(ErrorKind::Decode, Sent::Yes, message)
}

impl Patience {
    /// Applies the settings that every client needs.
    pub(crate) fn set_up(self, builder: ClientBuilder) -> ClientBuilder {
        let half = self.attempt.map(|attempt| attempt / 2);
        let connecting = self.connecting.into_iter().chain(half).min();
        let builder = match connecting {
            Some(connecting) => builder.connect_timeout(connecting),
            None => builder,
        };
        let silence = half.map_or(SILENCE, |half| (half / 2).min(SILENCE));
        let silence = silence.max(Duration::from_millis(1));
        builder
            // A redirect would carry the token, or a signature for another host, elsewhere.
            .redirect(redirect::Policy::none())
            // The pipeline counts and judges the attempts.
            .retry(retry::never())
            .http2_keep_alive_interval(silence)
            .http2_keep_alive_timeout(silence)
    }
}

/// Why there is no reply. The URL can contain a secret, but its origin cannot.
fn unsent(error: reqwest::Error, origin: &str, proxy: Option<String>) -> Error {
    let through = proxy.map(|proxy| format!(" through the proxy {proxy}"));
    let through = through.unwrap_or_default();
    let why = if error.is_connect() {
        let message = format!("could not connect to {origin}{through}");
        Error::new(ErrorKind::Connect, Sent::No, message)
    } else if error.is_builder() {
        Error::invalid_request("the request cannot be sent")
    } else {
        let message = format!("the connection to {origin}{through} failed");
        let sent = if is_untouched(&error) {
            Sent::No
        } else {
            Sent::Maybe
        };
        Error::new(ErrorKind::Transport, sent, message)
    };
    why.with_source(error.without_url())
}

/// Whether the server reports that it has not processed the request.
fn is_untouched(error: &reqwest::Error) -> bool {
    let mut cause = error.source();
    let of_http2 = loop {
        match cause.map(|cause| cause.downcast_ref::<h2::Error>()) {
            Some(None) => cause = cause.and_then(|cause| cause.source()),
            found => break found.flatten(),
        }
    };
    of_http2.filter(|it| it.is_remote()).is_some_and(|it| {
        let ends = it.is_go_away() && it.reason() == Some(h2::Reason::NO_ERROR);
        ends || (it.is_reset() && it.reason() == Some(h2::Reason::REFUSED_STREAM))
    })
}

/// A body that is incomplete may be complete next time; a body that cannot be decompressed stays
/// so.
fn broken(error: reqwest::Error) -> Error {
    // reqwest has one kind for both. An error of the connection is wrapped in an error of HTTP.
    let unpacking = error
        .source()
        .and_then(|source| source.downcast_ref::<io::Error>())
        .is_some_and(|error| error.kind() != io::ErrorKind::UnexpectedEof);
    let (kind, message) = if unpacking {
        (ErrorKind::Decode, "the reply cannot be decompressed")
    } else {
        (ErrorKind::Transport, "the reply is incomplete")
    };
    Error::new(kind, Sent::Yes, message).with_source(error.without_url())
}

// The headers of a client that the caller has set up can contain secrets.
impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Transport")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_all_that_came_in_whatever_size_was_announced() {
        let mut connection = BytesMut::from("abcdef");
        for size in [0, 3, 100] {
            let mut body = Bytes::new();
            let first = connection.split_to(2).freeze();
            append(&mut body, first.clone(), size);
            assert_eq!(body.as_ptr(), first.as_ptr(), "not copied");
            append(&mut body, "cd".into(), size);
            append(&mut body, "e".into(), size);
            assert_eq!(body, [&first[..], b"cde"].concat());
        }
    }
}
