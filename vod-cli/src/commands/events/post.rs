//! Sends notifications to a server.

use std::error::Error;
use std::time::Duration;

use vod_api::http::{HeaderMap, HeaderName, StatusCode, header};
use vod_api::reqwest::{Client, Url, redirect};

use crate::exit::{Exit, Failure};

/// How long a server may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Headers that are about one connection, and those that are written anew.
const OWN: [HeaderName; 9] = [
    header::CONNECTION,
    header::CONTENT_LENGTH,
    header::HOST,
    header::PROXY_AUTHENTICATE,
    header::PROXY_AUTHORIZATION,
    header::TE,
    header::TRAILER,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
];

/// A server that notifications go to.
pub(super) struct Target {
    client: Client,
    url: Url,
}

impl Target {
    /// Reads `http://HOST/PATH`, or the same without a scheme.
    pub(super) fn new(flag: &str, url: &str) -> Result<Self, Failure> {
        let whole = if url.contains("://") {
            url.to_owned()
        } else {
            format!("http://{url}")
        };
        let read = Url::parse(&whole).ok();
        let url = read.filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
        let url = url.ok_or_else(|| {
            Failure::usage(format!(
                "{flag}: it is no address, as http://localhost:3000/vod"
            ))
        })?;
        let mut client = Client::builder()
            .redirect(redirect::Policy::none())
            .timeout(PATIENCE);
        let host = url.host_str().unwrap_or_default();
        if matches!(host, "localhost" | "127.0.0.1" | "[::1]") {
            // A proxy would look for it on its own machine.
            client = client.no_proxy();
        }
        let client = client.build().map_err(|error| failed(&error))?;
        Ok(Self { client, url })
    }

    /// Sends a notification, and says what it was answered with.
    pub(super) async fn post(
        &self,
        headers: &HeaderMap,
        body: Vec<u8>,
    ) -> Result<StatusCode, Failure> {
        let mut kept = headers.clone();
        for name in OWN {
            kept.remove(name);
        }
        let request = self.client.post(self.url.clone()).headers(kept).body(body);
        match request.send().await {
            Ok(reply) => Ok(reply.status()),
            // Addresses can have a secret of the server.
            Err(error) => Err(failed(&error.without_url())),
        }
    }
}

/// A failure with its causes.
fn failed(error: &dyn Error) -> Failure {
    let mut message = format!("the notification did not get through: {error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        message.push_str(&format!(": {error}"));
        cause = error.source();
    }
    Failure::other(Exit::Later, message)
}
