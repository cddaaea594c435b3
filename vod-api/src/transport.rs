//! HTTP, by reqwest: sends one request and reads one bounded reply.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::{Request, Response, redirect};

use crate::error::{Error, ErrorKind, Sent};

#[derive(Debug)]
pub(crate) struct Transport {
    client: reqwest::Client,
    max_response_size: usize,
}

impl Transport {
    /// `direct` keeps the proxies of the system out.
    pub(crate) fn new(
        connect_timeout: Option<Duration>,
        max_response_size: usize,
        direct: bool,
    ) -> Result<Self, Error> {
        // A redirect would carry the token, or a signature for another host, elsewhere.
        let mut builder = reqwest::Client::builder().redirect(redirect::Policy::none());
        if let Some(timeout) = connect_timeout {
            builder = builder.connect_timeout(timeout);
        }
        if direct {
            builder = builder.no_proxy();
        }
        let client = builder.build();
        let client = client
            .map_err(|error| Error::configuration("HTTP cannot be set up").with_source(error))?;
        Ok(Self {
            client,
            max_response_size,
        })
    }

    /// Sends a request; returns once the head of the reply is there.
    pub(crate) async fn send(&self, request: Request) -> Result<Response, Error> {
        self.client.execute(request).await.map_err(|error| {
            let error = error.without_url();
            let (kind, sent, message) = if error.is_connect() {
                (ErrorKind::Connect, Sent::No, "could not connect")
            } else if error.is_builder() {
                (
                    ErrorKind::InvalidRequest,
                    Sent::No,
                    "the request cannot be sent",
                )
            } else {
                (ErrorKind::Transport, Sent::Maybe, "the connection failed")
            };
            Error::new(kind, sent, message).with_source(error)
        })
    }

    /// Reads the body of a reply, up to the limit.
    pub(crate) async fn read(&self, mut response: Response) -> Result<Bytes, Error> {
        let limit = self.max_response_size;
        let too_large = || {
            let message =
                format!("the reply has more than {limit} bytes (ClientBuilder::max_response_size)");
            Error::new(ErrorKind::Transport, Sent::Yes, message)
        };
        if response
            .content_length()
            .is_some_and(|length| length > limit as u64)
        {
            return Err(too_large());
        }
        let mut body = BytesMut::new();
        let broken = |error: reqwest::Error| {
            Error::new(ErrorKind::Transport, Sent::Yes, "the reply broke off")
                .with_source(error.without_url())
        };
        while let Some(chunk) = response.chunk().await.map_err(broken)? {
            if chunk.len() > limit - body.len() {
                return Err(too_large());
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body.freeze())
    }
}
