//! What goes into the request of an attempt, and the request itself.

use std::sync::Arc;

use http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue, USER_AGENT};
use reqwest::{Request, Url};

use crate::credentials::{Identity, Proof};
use crate::endpoints::endpoint::Endpoint;
use crate::error::Error;
use crate::headers::{AGENT, X_AUTH_TOKEN, X_PROJECT_ID, X_SDK_DATE, X_SECURITY_TOKEN};
use crate::identity::keyring::Snapshot;
use crate::request::EncodedCall;
use crate::sign::{self, Parts};
use crate::time::clock::Reading;

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// Everything that goes into a request.
pub(super) struct AttemptParts<'a> {
    pub(super) call: &'a EncodedCall,
    pub(super) endpoint: &'a Endpoint,
    pub(super) path: &'a str,
    pub(super) project_id: Option<&'a str>,
    pub(super) keys: &'a Arc<Snapshot>,
    pub(super) extra: &'a HeaderMap,
    pub(super) signed: Reading,
}

impl AttemptParts<'_> {
    pub(super) fn identity(&self) -> &Identity {
        self.keys.credentials.identity()
    }

    /// A token is sent without a time.
    pub(super) fn is_signed(&self) -> bool {
        matches!(self.identity().proof, Proof::Key { .. })
    }

    /// The request, signed or with a token.
    pub(super) fn request(&self) -> Result<Request, Error> {
        let Self { call, path, .. } = self;
        let origin = self.endpoint.origin();
        let separator = if call.query.is_empty() { "" } else { "?" };
        let text = [origin, path, separator, &call.query].concat();
        // Exactly what is signed must be sent. If the parser changed the URL, the signature would
        // be wrong.
        let url = Url::parse(&text).ok().filter(|url| url.as_str() == text);
        let url = url.ok_or_else(|| {
            Error::invalid_request("the path must be escaped and have no segment `.` or `..`")
        })?;
        let mut request = Request::new(call.method.clone(), url);
        *request.headers_mut() = self.headers()?;
        if let Proof::Key {
            access_key,
            secret_key,
        } = &self.identity().proof
        {
            let signed = self.with_parts(request.headers(), |parts| {
                sign::sign(parts, access_key, secret_key.expose(), self.signed.at)
            });
            let headers = request.headers_mut();
            headers.insert(X_SDK_DATE, value(signed.date)?);
            headers.insert(AUTHORIZATION, secret(signed.authorization)?);
        }
        if let Some(body) = &call.body {
            *request.body_mut() = Some(body.clone().into());
        }
        Ok(request)
    }

    /// All headers but those that the signature adds.
    fn headers(&self) -> Result<HeaderMap, Error> {
        let mut headers = HeaderMap::with_capacity(8 + self.extra.len());
        headers.insert(USER_AGENT, AGENT);
        if self.call.body.is_some() {
            headers.insert(CONTENT_TYPE, JSON);
        }
        for (name, value) in self.extra {
            headers.insert(name, value.clone());
        }
        match &self.identity().proof {
            Proof::Token(token) => {
                headers.insert(X_AUTH_TOKEN, secret(token.expose())?);
            }
            Proof::Key { .. } => {
                if let Some(id) = self.project_id {
                    headers.insert(X_PROJECT_ID, value(id)?);
                }
                if let Some(token) = &self.identity().security_token {
                    headers.insert(X_SECURITY_TOKEN, secret(token.expose())?);
                }
            }
        }
        Ok(headers)
    }

    /// The text that the signature was made of; `None` for a token, or where the headers cannot be
    /// sent.
    pub(super) fn canonical_text(&self) -> Option<String> {
        let headers = self.headers().ok().filter(|_| self.is_signed())?;
        let text = |parts: &Parts<'_>| sign::canonical_text(parts, self.signed.at);
        Some(self.with_parts(&headers, text))
    }

    /// What a signature covers.
    fn with_parts<T>(&self, headers: &HeaderMap, work: impl FnOnce(&Parts<'_>) -> T) -> T {
        let mut signed = Vec::with_capacity(headers.len() + 1);
        signed.push(("host", self.endpoint.authority()));
        for (name, value) in headers {
            signed.extend(value.to_str().map(|value| (name.as_str(), value)));
        }
        work(&Parts {
            method: self.call.method.as_str(),
            path: self.path,
            query: &self.call.query,
            headers: &signed,
            body: self.call.body.as_deref().unwrap_or_default(),
        })
    }
}

fn value(text: impl TryInto<HeaderValue>) -> Result<HeaderValue, Error> {
    text.try_into()
        .map_err(|_| Error::invalid_request("a header cannot be sent"))
}

fn secret(text: impl TryInto<HeaderValue>) -> Result<HeaderValue, Error> {
    let mut value = value(text)?;
    value.set_sensitive(true);
    Ok(value)
}
