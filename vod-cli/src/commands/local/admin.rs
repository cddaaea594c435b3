//! Asks the admin interface of a service that runs.

use std::time::Duration;

use clap::ArgMatches;
use serde_json::Value;
use vod_api::reqwest::{self, Client, Method, Response, Url};

use crate::exit::{Exit, Failure};
use crate::session::Session;

const USUAL: &str = "http://127.0.0.1:8863";

/// The admin interface of a service.
pub(super) struct Admin {
    address: Url,
    http: Client,
}

impl Admin {
    /// That of the service that the flags or variables name.
    pub(super) fn of(session: &Session<'_>, matches: &ArgMatches) -> Result<Self, Failure> {
        let variables = &session.io.variables;
        let address = match matches.get_one::<Url>("at") {
            Some(address) => address.clone(),
            None => {
                let port = || variables.get("VOD_LOCAL_PORT");
                let (variable, text) = match (variables.get("VOD_LOCAL_URL"), port()) {
                    (Some(url), _) => ("VOD_LOCAL_URL", url),
                    (None, Some(port)) => ("VOD_LOCAL_PORT", format!("http://127.0.0.1:{port}")),
                    (None, None) => ("--at", USUAL.to_owned()),
                };
                let wrong = |why| Failure::usage(format!("{variable}: {why}"));
                address(&text).map_err(wrong)?
            }
        };
        // What is on this machine or beside it needs no proxy.
        let http = Client::builder().no_proxy().build();
        let http = http.map_err(|error| Failure::failed(format!("there is no client: {error}")))?;
        Ok(Self { address, http })
    }

    /// What is at a path below `/_vod`, which can have a query.
    pub(super) async fn get(&self, path: &str) -> Result<Value, Failure> {
        self.send(Method::GET, path, None).await
    }

    /// Sends a request to a path below `/_vod`.
    ///
    /// # Errors
    ///
    /// There is no service, or it refuses the request: then it says why.
    pub(super) async fn send(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Value, Failure> {
        let reply = self.open(method, path, body).await?;
        let text = reply.bytes().await.map_err(|error| self.unreached(error))?;
        serde_json::from_slice(&text).map_err(|_| self.no_service("what it answers is no JSON"))
    }

    /// Waits until the service does not answer any more: its address is free then.
    ///
    /// # Errors
    ///
    /// It still answers after ten seconds.
    pub(super) async fn until_gone(&self) -> Result<(), Failure> {
        for _ in 0..200 {
            if self.get("/health").await.is_err() {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let message = format!(
            "the service at {} was told to stop, and goes on",
            self.text()
        );
        Err(Failure::failed(message))
    }

    /// A path with parameters.
    pub(super) fn with_query(&self, path: &str, parameters: &[(&str, &str)]) -> String {
        let mut url = self.address.clone();
        url.query_pairs_mut().clear().extend_pairs(parameters);
        match url.query() {
            Some(query) if !query.is_empty() => format!("{path}?{query}"),
            _ => path.to_owned(),
        }
    }

    /// A path with a name at its end, which can have any letters.
    pub(super) fn with_name(&self, path: &str, name: &str) -> String {
        let mut url = self.address.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.clear().push(name);
        }
        format!("{path}{}", url.path())
    }

    /// The same as [`send`](Self::send), for a reply that is read as it comes.
    pub(super) async fn open(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Response, Failure> {
        let mut url = self.address.clone();
        let (path, query) = match path.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (path, None),
        };
        url.set_path(&format!("/_vod{path}"));
        url.set_query(query);
        let mut request = self.http.request(method, url);
        if let Some(body) = body {
            request = request.body(body.to_string());
        }
        let reply = request.send().await;
        let reply = reply.map_err(|error| self.unreached(error))?;
        if reply.status().is_success() {
            return Ok(reply);
        }
        let status = reply.status();
        let body = reply.bytes().await.unwrap_or_default();
        let body = serde_json::from_slice::<Value>(&body).unwrap_or_default();
        match body.pointer("/error/message").and_then(Value::as_str) {
            Some(message) => Err(Failure::usage(message)),
            None => Err(self.no_service(&format!("it answers HTTP {}", status.as_u16()))),
        }
    }

    fn no_service(&self, why: &str) -> Failure {
        let address = self.text();
        Failure::failed(format!("{address} is no service of `vod local`: {why}"))
    }

    fn unreached(&self, error: reqwest::Error) -> Failure {
        let error = error.without_url();
        let mut cause: &dyn std::error::Error = &error;
        while let Some(source) = cause.source() {
            cause = source;
        }
        Failure::other_with(
            Exit::Failed,
            format!("there is no service at {}: {cause}", self.text()),
            "`vod local` starts one; --at names another address",
        )
    }

    /// The address as people write it.
    fn text(&self) -> &str {
        self.address.as_str().trim_end_matches('/')
    }
}

/// Reads the address of a service.
///
/// # Errors
///
/// What an address looks like.
pub(super) fn address(text: &str) -> Result<Url, String> {
    let url = text.parse::<Url>().ok();
    let is_address = |url: &Url| {
        matches!(url.scheme(), "http" | "https")
            && url.has_host()
            && url.path() == "/"
            && url.username().is_empty()
            && url.query().is_none()
    };
    let url = url.filter(is_address);
    url.ok_or_else(|| format!("it is scheme, host and port, as {USUAL}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_nothing_but_scheme_host_and_port() {
        for text in ["http://127.0.0.1:8863", "http://vod:80/", "https://[::1]"] {
            assert!(address(text).is_ok(), "{text}");
        }
        for text in [
            "",
            "vod:8863",
            "ftp://vod",
            "http://vod/a",
            "http://u@vod",
            "http://v?a",
        ] {
            assert!(address(text).is_err(), "{text}");
        }
    }
}
