//! Credentials of the agency of an ECS server, from its metadata service.

use std::fmt;
use std::time::Duration;

use http::header::{HeaderName, HeaderValue};
use http::{Method, StatusCode};
use reqwest::{Request, Url};
use serde_json::Value;
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::Credentials;
use super::exchange::Exchange;
use super::provide::{ProvideCredentials, ProvideFuture};
use crate::endpoints::endpoint::Endpoint;
use crate::error::Error;
use crate::response::ResponseMeta;
use crate::secret::Secret;
use crate::time::parse_time;
use crate::wire::parse;

const ENDPOINT: &str = "http://169.254.169.254";
const SESSION_PATH: &str = "/meta-data/latest/api/token";
const KEY_PATH: &str = "/openstack/latest/securitykey";
const SESSION: HeaderName = HeaderName::from_static("x-metadata-token");
const SESSION_SECONDS: HeaderName = HeaderName::from_static("x-metadata-token-ttl-seconds");

/// The lifetime of a session.
const SESSION_TIME: Duration = Duration::from_secs(6 * 60 * 60);

/// How long a server is known not to support sessions.
const NO_SESSION_TIME: Duration = Duration::from_secs(24 * 60 * 60);

/// Temporary keys of the agency that an Elastic Cloud Server (ECS) runs with, from the metadata
/// service that only the server itself can reach.
///
/// It uses the second version of the protocol of that service, and the first version with servers
/// that do not know the second. The proxies of the system are not used. An attempt takes at most 3
/// s, and there are up to three of each request. Where there is no connection within 1.5 s, the
/// crate assumes that there is no such service, and does not try again.
#[derive(Debug)]
pub struct EcsMetadata {
    endpoint: String,
    exchange: Exchange,
    session: Mutex<Option<Session>>,
}

/// The session that the second version of the protocol requires.
#[derive(Debug)]
struct Session {
    /// `None` where only the first version is known.
    token: Option<Secret>,
    end: Instant,
}

impl EcsMetadata {
    /// The metadata service at its usual address, `http://169.254.169.254`.
    pub fn new() -> Self {
        Self {
            endpoint: ENDPOINT.to_owned(),
            exchange: Exchange::new("the ECS metadata service", true, Duration::from_secs(3)),
            session: Mutex::new(None),
        }
    }

    /// The metadata service elsewhere, as `http://127.0.0.1:8080`.
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.endpoint = endpoint.into();
        self
    }

    async fn get(&self) -> Result<Credentials, Error> {
        let endpoint = Endpoint::parse(&self.endpoint, true)
            .map_err(|why| Error::configuration(format!("the ECS metadata service: {why}")))?;
        let refuse = |why: MetadataError| {
            let origin = endpoint.origin();
            Error::credentials(format!("the ECS metadata service at {origin}: {why}"))
        };
        let mut session = self.session.lock().await;
        if session
            .as_ref()
            .is_none_or(|session| session.end <= Instant::now())
        {
            *session = Some(self.open(&endpoint, false).await?);
        }
        let mut answer = self.key(&endpoint, session.as_ref()).await?;
        if answer.status == StatusCode::UNAUTHORIZED && !lacks_agency(&answer) {
            *session = Some(self.open(&endpoint, true).await?);
            answer = self.key(&endpoint, session.as_ref()).await?;
        }
        if lacks_agency(&answer) {
            return Err(refuse(MetadataError::NoAgency));
        }
        expect_success(&answer).map_err(refuse)?;
        read(&answer.body).map_err(refuse)
    }

    /// Begins a session. A server that does not support sessions is used without one, unless it has
    /// asked for one.
    async fn open(&self, endpoint: &Endpoint, asked: bool) -> Result<Session, Error> {
        let request = || {
            let mut request = request(endpoint, Method::PUT, SESSION_PATH)?;
            let seconds = HeaderValue::from(SESSION_TIME.as_secs());
            request.headers_mut().insert(SESSION_SECONDS, seconds);
            Ok(request)
        };
        let answer = self.exchange.send(endpoint, request).await?;
        let (token, time) = match answer.status.as_u16() {
            404 | 405 | 503 if !asked => (None, NO_SESSION_TIME),
            _ => (Some(read_token(&answer)), SESSION_TIME),
        };
        let refuse = |why: MetadataError| {
            let origin = endpoint.origin();
            Error::credentials(format!(
                "there is no session with the ECS metadata service at {origin}: {why}"
            ))
        };
        Ok(Session {
            token: token.transpose().map_err(refuse)?,
            end: Instant::now() + time,
        })
    }

    async fn key(
        &self,
        endpoint: &Endpoint,
        session: Option<&Session>,
    ) -> Result<ResponseMeta, Error> {
        let request = || {
            let mut request = request(endpoint, Method::GET, KEY_PATH)?;
            if let Some(token) = session.and_then(|session| session.token.as_ref()) {
                let token = HeaderValue::from_str(token.expose());
                let mut token = token.map_err(|_| {
                    Error::credentials(
                        "the session token of the ECS metadata service contains characters that \
                         cannot be sent",
                    )
                })?;
                token.set_sensitive(true);
                request.headers_mut().insert(SESSION, token);
            }
            Ok(request)
        };
        self.exchange.send(endpoint, request).await
    }
}

impl Default for EcsMetadata {
    fn default() -> Self {
        Self::new()
    }
}

impl ProvideCredentials for EcsMetadata {
    fn provide(&self) -> ProvideFuture<'_> {
        Box::pin(self.get())
    }
}

fn request(endpoint: &Endpoint, method: Method, path: &str) -> Result<Request, Error> {
    let url = Url::parse(&format!("{}{path}", endpoint.origin()));
    let url =
        url.map_err(|error| Error::credentials("the URL cannot be used").with_source(error))?;
    Ok(Request::new(method, url))
}

/// Why an answer of the metadata service cannot be used. It shows nothing of the body, which can
/// hold anything.
#[derive(Debug)]
pub(crate) enum MetadataError {
    Status(StatusCode),
    NoAgency,
    Token,
    NotJson,
    Missing(&'static str),
    Expiry,
}

impl fmt::Display for MetadataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Status(status) => {
                return write!(f, "it answered with HTTP {}", status.as_u16());
            }
            Self::NoAgency => "the server has no agency; set one in the ECS console",
            Self::Token => "its token cannot be read",
            Self::NotJson => "its reply is not JSON",
            Self::Missing(name) => return write!(f, "its reply has no {name}"),
            Self::Expiry => "its reply has an expires_at that cannot be read",
        })
    }
}

fn expect_success(answer: &ResponseMeta) -> Result<(), MetadataError> {
    if answer.status.is_success() {
        Ok(())
    } else {
        Err(MetadataError::Status(answer.status))
    }
}

fn read_token(answer: &ResponseMeta) -> Result<Secret, MetadataError> {
    expect_success(answer)?;
    match std::str::from_utf8(answer.body.trim_ascii()) {
        Ok(token) if !token.is_empty() => Ok(Secret::new(token.to_owned())),
        _ => Err(MetadataError::Token),
    }
}

/// Only the text of the body says so; a missing session has the same status.
fn lacks_agency(answer: &ResponseMeta) -> bool {
    let words = "Please configure Cloud Service Agency first";
    !answer.status.is_success() && String::from_utf8_lossy(&answer.body).contains(words)
}

/// Reads a reply of the service, whose names vary.
pub(crate) fn read(body: &[u8]) -> Result<Credentials, MetadataError> {
    let reply: Value = parse(body).map_err(|_| MetadataError::NotJson)?;
    let inner = ["credential", "credentials"]
        .iter()
        .find_map(|name| reply.get(name));
    let members = inner.unwrap_or(&reply);
    let find = |names: [&'static str; 3]| {
        let texts = names.iter().filter_map(|name| members.get(name)?.as_str());
        let found = texts.into_iter().find(|text| !text.is_empty());
        found.ok_or(MetadataError::Missing(names[0]))
    };
    let access_key = find(["access", "accessKeyId", "access_key_id"])?;
    let secret_key = find(["secret", "secretAccessKey", "secret_access_key"])?;
    let token = find(["securitytoken", "securityToken", "security_token"])?;
    let expiry = find(["expires_at", "expiration", "expiresAt"])?;
    let expiry = parse_time(expiry).ok_or(MetadataError::Expiry)?;
    Ok(Credentials::new(access_key, secret_key)
        .with_security_token(token)
        .with_expiry(expiry))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const EXPIRY: &str = "2026-01-02T03:04:05.000000Z";

    #[test]
    fn reads_every_spelling() {
        for body in [
            json!({"credential": {"access": "AK", "secret": "SK", "securitytoken": "TOKEN", "expires_at": EXPIRY}}),
            json!({"credentials": {"accessKeyId": "AK", "secretAccessKey": "SK", "securityToken": "TOKEN",
                "expiration": EXPIRY}}),
            json!({"access_key_id": "AK", "secret_access_key": "SK", "security_token": "TOKEN",
                "expires_at": "2026-01-02T03:04:05Z"}),
            json!({"credential": {"access": "", "accessKeyId": "AK", "secret": null, "secretAccessKey": "SK",
                "securitytoken": "TOKEN", "expires_at": "2026-01-02T11:04:05+08:00", "more": {}}}),
        ] {
            let read = read(body.to_string().as_bytes()).unwrap();
            let wanted = Credentials::new("AK", "SK").with_security_token("TOKEN");
            assert!(read.proves_the_same(&wanted), "{body}");
            assert_eq!(read.expiry(), parse_time(EXPIRY), "{body}");
        }
    }

    #[test]
    fn says_what_is_missing() {
        for (body, why) in [
            ("<html>hidden</html>", "its reply is not JSON"),
            ("[]", "its reply has no access"),
            (
                r#"{"credential":{"access":"a"}}"#,
                "its reply has no secret",
            ),
            (
                r#"{"credential":{"access":"a","secret":"hidden"}}"#,
                "its reply has no securitytoken",
            ),
            (
                r#"{"credential":{"access":"a","secret":"hidden","securitytoken":"hidden"}}"#,
                "its reply has no expires_at",
            ),
            (
                r#"{"credential":{"access":"a","secret":"hidden","securitytoken":"hidden","expires_at":"soon"}}"#,
                "its reply has an expires_at that cannot be read",
            ),
        ] {
            assert_eq!(read(body.as_bytes()).unwrap_err().to_string(), why);
        }
    }
}
