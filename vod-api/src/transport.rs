//! HTTP, by reqwest: sends one request and reads one bounded reply.

use std::error::Error as _;
use std::fmt;
use std::io;
use std::time::Duration;

use bytes::BytesMut;
use reqwest::{Proxy, Request, Response, redirect};

use crate::error::{Error, ErrorKind, Sent};
use crate::tls;
use crate::wire::ValueCount;

/// How much an error keeps of a body that is no success or did not come whole: what anyone says there is far shorter.
pub(crate) const KEPT: usize = 1 << 20;

/// Seven times as many as the largest page of the docs has, 10,000 entries of a log.
const MAX_RESPONSE_VALUES: usize = 1_000_000;

pub(crate) struct Transport {
    client: reqwest::Client,
    max_response_size: usize,
    max_response_values: usize,
    /// Whether somebody else has set up the client. It may follow redirects, and may have TLS that we know nothing of.
    foreign: bool,
}

impl Transport {
    pub(crate) fn new(
        connect_timeout: Option<Duration>,
        max_response_size: usize,
        route: &Route,
    ) -> Result<Self, Error> {
        tls::check().map_err(Error::configuration)?;
        // A redirect would carry the token, or a signature for another host, elsewhere.
        let mut builder = reqwest::Client::builder().redirect(redirect::Policy::none());
        if let Some(timeout) = connect_timeout {
            builder = builder.connect_timeout(timeout);
        }
        match route {
            Route::System => {}
            Route::Direct => builder = builder.no_proxy(),
            // The message of its error could repeat a password.
            Route::Proxy(url) => match Proxy::all(url) {
                Ok(proxy) => builder = builder.proxy(proxy),
                Err(_) => {
                    return Err(Error::configuration(
                        "the proxy is not a URL that can be used",
                    ));
                }
            },
        }
        let client = builder.build();
        let client = client
            .map_err(|error| Error::configuration("HTTP cannot be set up").with_source(error))?;
        Ok(Self {
            client,
            max_response_size,
            max_response_values: MAX_RESPONSE_VALUES,
            foreign: false,
        })
    }

    /// Over a client that the caller has set up.
    pub(crate) fn over(client: reqwest::Client, max_response_size: usize) -> Self {
        Self {
            client,
            max_response_size,
            max_response_values: MAX_RESPONSE_VALUES,
            foreign: true,
        }
    }

    /// With a limit of the caller's on the values of a reply, if there is one.
    pub(crate) fn limit_values(mut self, values: Option<usize>) -> Self {
        self.max_response_values = values.unwrap_or(self.max_response_values);
        self
    }

    /// Sends a request to `origin`; returns once the head of the reply is there.
    pub(crate) fn send<'a>(
        &self,
        request: Request,
        origin: &'a str,
    ) -> Result<impl Future<Output = Result<Response, Error>> + use<'a>, Error> {
        if !self.foreign && !tls::AVAILABLE && request.url().scheme() == "https" {
            return Err(Error::configuration(
                "https needs one of the features `rustls`, `rustls-no-provider` and `native-tls` of the crate vod-api",
            ));
        }
        let url = self.foreign.then(|| Box::new(request.url().clone()));
        // Here, so that the future below does not hold the request beside what reqwest makes of it.
        let response = self.client.execute(request);
        Ok(async move {
            let response = response.await.map_err(|error| unsent(error, origin))?;
            if url.is_some_and(|url| *url != *response.url()) {
                let message = "the HTTP client followed a redirect; turn that off (reqwest::redirect::Policy::none)";
                return Err(Error::new(ErrorKind::Configuration, Sent::Yes, message));
            }
            Ok(response)
        })
    }

    /// Reads the body of a reply, unless it is larger than allowed. What is too large is found out while it comes in: a few
    /// bytes can be packed so that they become as many as there is memory for, and a few bytes of JSON so that each takes a
    /// hundred when it is read.
    pub(crate) async fn read(
        &self,
        response: &mut Response,
        body: &mut BytesMut,
    ) -> Result<(), Error> {
        let (limit, most) = (self.max_response_size, self.max_response_values);
        let too_large = || too_much(format!("{limit} bytes (ClientBuilder::max_response_size)"));
        if response
            .content_length()
            .is_some_and(|length| length > limit as u64)
        {
            return Err(too_large());
        }
        // Of the size that was told, unless that is a bluff.
        body.reserve(response.content_length().unwrap_or(0).min(64 << 10) as usize);
        let (mut values, mut counted) = (ValueCount::new(), 0);
        while let Some(chunk) = response.chunk().await.map_err(broken)? {
            if chunk.len() > limit - body.len() {
                return Err(too_large());
            }
            body.extend_from_slice(&chunk);
            // There are no more values than bytes, so that usual replies need not be counted.
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

    /// Reads as much of a body as an error keeps, and no further.
    pub(crate) async fn read_start(
        &self,
        response: &mut Response,
        body: &mut BytesMut,
    ) -> Result<(), Error> {
        while body.len() < KEPT {
            let Some(chunk) = response.chunk().await.map_err(broken)? else {
                break;
            };
            let start = chunk.get(..KEPT - body.len()).unwrap_or(&chunk);
            body.extend_from_slice(start);
        }
        Ok(())
    }
}

fn too_much(limit: String) -> Error {
    let message = format!("the reply has more than {limit}");
    Error::new(ErrorKind::Decode, Sent::Yes, message)
}

/// Why no reply came. The URL can hold a secret; where it leads does not.
fn unsent(error: reqwest::Error, origin: &str) -> Error {
    let why = if error.is_connect() {
        let message = format!("could not connect to {origin}");
        Error::new(ErrorKind::Connect, Sent::No, message)
    } else if error.is_builder() {
        Error::invalid_request("the request cannot be sent")
    } else {
        let message = format!("the connection to {origin} failed");
        Error::new(ErrorKind::Transport, Sent::Maybe, message)
    };
    why.with_source(error.without_url())
}

/// A body that did not come whole can do so next time; one that came and cannot be unpacked will not.
fn broken(error: reqwest::Error) -> Error {
    // reqwest has one kind for both. What fails in the connection has an error of HTTP around it.
    let unpacking = error
        .source()
        .and_then(|source| source.downcast_ref::<io::Error>())
        .is_some_and(|error| error.kind() != io::ErrorKind::UnexpectedEof);
    let (kind, message) = match unpacking {
        true => (ErrorKind::Decode, "the reply cannot be unpacked"),
        false => (ErrorKind::Transport, "the reply broke off"),
    };
    Error::new(kind, Sent::Yes, message).with_source(error.without_url())
}

/// How requests leave this machine.
// Headers of a client of the caller's can hold secrets.
impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Transport")
    }
}

#[derive(Clone)]
pub(crate) enum Route {
    /// By the proxies of the system: `HTTPS_PROXY` and the like.
    System,
    /// By none.
    Direct,
    /// By this one; the URL can hold a password.
    Proxy(String),
}
