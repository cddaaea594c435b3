//! HTTP, by reqwest: sends one request and reads one bounded reply.

use std::error::Error as _;
use std::fmt;
use std::io;
use std::time::Duration;

use bytes::BytesMut;
use reqwest::{Proxy, Request, Response, redirect};

use crate::error::{Error, ErrorKind, Sent};
use crate::tls;

pub(crate) struct Transport {
    client: reqwest::Client,
    max_response_size: usize,
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
            foreign: false,
        })
    }

    /// Over a client that the caller has set up.
    pub(crate) fn over(client: reqwest::Client, max_response_size: usize) -> Self {
        Self {
            client,
            max_response_size,
            foreign: true,
        }
    }

    /// Sends a request to `origin`; returns once the head of the reply is there.
    pub(crate) fn send<'a>(
        &self,
        request: Request,
        origin: &'a str,
    ) -> Result<impl Future<Output = Result<Response, Error>> + use<'a>, Error> {
        if !self.foreign && !tls::AVAILABLE && request.url().scheme() == "https" {
            return Err(Error::configuration(tls::MISSING));
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

    /// Reads the body of a reply, up to the limit.
    pub(crate) async fn read(
        &self,
        response: &mut Response,
        body: &mut BytesMut,
    ) -> Result<(), Error> {
        let limit = self.max_response_size;
        let too_large = || {
            let message =
                format!("the reply has more than {limit} bytes (ClientBuilder::max_response_size)");
            Error::new(ErrorKind::Decode, Sent::Yes, message)
        };
        if response
            .content_length()
            .is_some_and(|length| length > limit as u64)
        {
            return Err(too_large());
        }
        // Of the size that was told, unless that is a bluff.
        body.reserve(response.content_length().unwrap_or(0).min(64 << 10) as usize);
        while let Some(chunk) = response.chunk().await.map_err(broken)? {
            if chunk.len() > limit - body.len() {
                return Err(too_large());
            }
            body.extend_from_slice(&chunk);
        }
        Ok(())
    }
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
