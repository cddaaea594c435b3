//! One attempt: who calls, the signature, the request, the reply.

use std::time::SystemTime;

use http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use reqwest::{Request, Url};

use super::{Limit, State};
use crate::client::Shared;
use crate::credentials::{Identity, Proof};
use crate::encode::{PROJECT_ID, RawCall};
use crate::endpoint::Endpoint;
use crate::error::{Error, Sent, hint};
use crate::options::CallOptions;
use crate::redact::Redactor;
use crate::response::ResponseMeta;
use crate::sign::{self, Parts};

const AGENT: HeaderValue = HeaderValue::from_static(concat!("vod-api/", env!("CARGO_PKG_VERSION")));
const JSON: HeaderValue = HeaderValue::from_static("application/json");
const X_AUTH_TOKEN: HeaderName = HeaderName::from_static("x-auth-token");
const X_PROJECT_ID: HeaderName = HeaderName::from_static("x-project-id");
const X_SDK_DATE: HeaderName = HeaderName::from_static("x-sdk-date");
const X_SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-security-token");

/// Sends a request once, and turns everything but a success into an error.
pub(super) async fn attempt(
    client: &Shared,
    call: &RawCall,
    options: &CallOptions,
    limit: Limit,
    state: &mut State,
) -> Result<ResponseMeta, Error> {
    let redactor = &client.redactor;
    let draft = Draft {
        call,
        endpoint: &client.endpoint,
        path: call.path.replace(PROJECT_ID, &client.project_id),
        project_id: &client.project_id,
        identity: client.credentials.identity(),
        extra: &options.headers,
        now: client.clock.now(),
    };
    let request = draft.request()?;
    state.attempts += 1;
    let mut response = limit
        .hold(Sent::Maybe, client.transport.send(request))
        .await?;
    let headers = std::mem::take(response.headers_mut());
    let mut reply = ResponseMeta::new(response.status(), headers);
    let read = limit
        .hold(Sent::Yes, client.transport.read(response, &mut reply))
        .await;
    if !reply.status.is_success() {
        // Whatever part of the body came: the status is what counts.
        let error = Error::service(reply, redactor);
        return Err(draft.explain(error, client, redactor, state));
    }
    match read {
        Ok(()) => Ok(reply),
        Err(error) => Err(error.with_reply(reply, redactor)),
    }
}

/// Everything that goes into a request.
pub(super) struct Draft<'a> {
    pub(super) call: &'a RawCall,
    pub(super) endpoint: &'a Endpoint,
    pub(super) path: String,
    pub(super) project_id: &'a str,
    pub(super) identity: &'a Identity,
    pub(super) extra: &'a HeaderMap,
    pub(super) now: SystemTime,
}

impl Draft<'_> {
    /// The request, with what proves who sends it.
    pub(super) fn request(&self) -> Result<Request, Error> {
        let Self { call, path, .. } = self;
        let origin = self.endpoint.origin();
        let separator = if call.query.is_empty() { "" } else { "?" };
        let text = [origin, path, separator, &call.query].concat();
        // What is signed is what must be sent: a parser that tidies up would break the signature.
        let url = Url::parse(&text).ok().filter(|url| url.as_str() == text);
        let url = url.ok_or_else(|| Error::invalid_request("the URL cannot be sent"))?;
        let mut request = Request::new(call.method.clone(), url);
        *request.headers_mut() = self.headers()?;
        if let Proof::Key {
            access_key,
            secret_key,
        } = &self.identity.proof
        {
            let signed = self.with_parts(request.headers(), |parts| {
                sign::sign(parts, access_key, secret_key.expose(), self.now)
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
        match &self.identity.proof {
            Proof::Token(token) => {
                headers.insert(X_AUTH_TOKEN, secret(token.expose())?);
            }
            Proof::Key { .. } => {
                headers.insert(X_PROJECT_ID, value(self.project_id)?);
                if let Some(token) = &self.identity.security_token {
                    headers.insert(X_SECURITY_TOKEN, secret(token.expose())?);
                }
            }
        }
        Ok(headers)
    }

    /// What a signature covers.
    fn with_parts<T>(&self, headers: &HeaderMap, work: impl FnOnce(&Parts<'_>) -> T) -> T {
        let host = [("host", self.endpoint.authority())];
        let rest = headers
            .iter()
            .filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)));
        work(&Parts {
            method: self.call.method.as_str(),
            path: &self.path,
            query: &self.call.query,
            headers: &host.into_iter().chain(rest).collect::<Vec<_>>(),
            body: self.call.body.as_deref().unwrap_or_default(),
        })
    }

    /// Looks into a refusal of who calls: was the clock off, and what did we sign?
    fn explain(
        &self,
        error: Error,
        client: &Shared,
        redactor: &Redactor,
        state: &mut State,
    ) -> Error {
        if !error.is_auth() || matches!(self.identity.proof, Proof::Token(_)) {
            return error;
        }
        let service_time = error.headers().and_then(hint::date);
        if !state.clock_corrected
            && service_time.is_some_and(|at| client.clock.correct(self.now, at))
        {
            state.clock_corrected = true;
            state.corrected = true;
        }
        let Ok(headers) = self.headers() else {
            return error;
        };
        let canonical = self.with_parts(&headers, |parts| sign::canonical_text(parts, self.now));
        error.with_canonical_request(redactor.text(canonical))
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
