//! One attempt: who calls, the signature, the request, the reply.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::StatusCode;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use reqwest::{Request, Response, Url};
use tokio::time::Instant;

use super::target::Target;
use super::{Limit, Reply, State};
use crate::client::Shared;
use crate::clock::Reading;
use crate::credentials::{Identity, Proof};
use crate::encode::RawCall;
use crate::endpoint::Endpoint;
use crate::error::{Error, Sent, envelope};
use crate::keyring::Snapshot;
use crate::options::CallOptions;
use crate::redact::Redactor;
use crate::response::ResponseMeta;
use crate::sign::{self, Parts};
use crate::time::format_rfc3339;
use crate::transport::{ERROR_BODY, KEPT};

/// The project does not belong to the caller.
const OTHER_PROJECT: &str = "VOD.10057";

/// How often a call can correct the clock: a correction can be wrong, and is then dropped.
const MOST_CORRECTIONS: u32 = 2;

/// The longest time that an endpoint may take to answer before calls go to another one.
const SILENCE: Duration = Duration::from_secs(3);

const AGENT: HeaderValue = HeaderValue::from_static(concat!("vod-api/", env!("CARGO_PKG_VERSION")));
const JSON: HeaderValue = HeaderValue::from_static("application/json");
const X_AUTH_TOKEN: HeaderName = HeaderName::from_static("x-auth-token");
const X_PROJECT_ID: HeaderName = HeaderName::from_static("x-project-id");
const X_SDK_DATE: HeaderName = HeaderName::from_static("x-sdk-date");
const X_SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-security-token");

/// Finds out who calls, for which project and where, and sends the request: once, unless it cannot leave.
pub(super) async fn attempt(
    client: &Shared,
    call: &RawCall,
    options: &CallOptions,
    target: Target<'_>,
    whole: Limit,
    state: &mut State,
) -> Result<Reply, Error> {
    let caller = whole.hold(Sent::No, pin!(target.caller(client))).await?;
    // The time of the attempt begins here: what the caller is needs no second try.
    let begin = Instant::now();
    let limit = whole.sooner(Limit::new(begin, options.attempt_timeout));
    let signed = target.clock(client).read();
    let project_id = caller.project_id.as_deref();
    let path = call.path.of_project(project_id.unwrap_or_default());
    let mut unreachable = Error::configuration("there is no endpoint");
    for (index, endpoint) in caller.endpoints.into_iter().enumerate() {
        let draft = Draft {
            call,
            endpoint,
            path: &path,
            project_id,
            keys: &caller.keys,
            extra: &options.headers,
            signed,
        };
        let request = draft.request()?;
        if index == 0 {
            state.attempts += 1;
        }
        let sent = Instant::now();
        let response = client.transport.send(request, endpoint.origin())?;
        let redactor = &caller.keys.redactor;
        let exchanged = exchange(client, response, redactor, limit).await;
        let judged =
            exchanged.and_then(
                |reply| match envelope::is_error(&reply.body, call.operation) {
                    true => Err(Error::service(reply, redactor)),
                    false => Ok(reply),
                },
            );
        match judged {
            Err(error) if error.is_connect() => unreachable = error,
            result => {
                match &result {
                    // It can be out of reach, and the time for connecting too long to tell.
                    Err(error) if error.is_timeout() && error.status().is_none() => {
                        if sent.elapsed() >= silence(client) {
                            client.endpoints.leave(endpoint);
                        }
                    }
                    _ => client.endpoints.prefer(endpoint),
                }
                return match result {
                    Ok(reply) => {
                        if draft.is_signed() {
                            target.clock(client).accepted(signed);
                        }
                        caller.keys.accept();
                        Ok((reply, caller.keys.clone()))
                    }
                    Err(error) => {
                        let refusal = Refusal {
                            error,
                            target,
                            took: begin.elapsed(),
                        };
                        // Boxed, because few calls need it, and each call would have to reserve the space.
                        Err(Box::pin(draft.explain(refusal, client, whole, state)).await)
                    }
                };
            }
        }
    }
    Err(match target {
        Target::Service => client.endpoints.explain(unreachable),
        Target::Iam(_) => unreachable,
    })
}

/// A call with a shorter timeout than others says nothing about an endpoint.
fn silence(client: &Shared) -> Duration {
    let limits = [client.options.timeout, client.options.attempt_timeout];
    let halves = limits.into_iter().flatten().map(|limit| limit / 2);
    halves.min().map_or(SILENCE, |half| half.min(SILENCE))
}

/// Sends a request once, and turns everything but a success into an error.
async fn exchange(
    client: &Shared,
    response: impl Future<Output = Result<Response, Error>>,
    redactor: &Redactor,
    limit: Limit,
) -> Result<ResponseMeta, Error> {
    let mut response = limit.hold(Sent::Maybe, pin!(response)).await?;
    let headers = std::mem::take(response.headers_mut());
    let mut reply = ResponseMeta::new(response.status(), headers);
    let limit = match reply.status.is_success() {
        true => limit,
        false => limit.sooner(Limit::new(Instant::now(), Some(ERROR_BODY))),
    };
    // Out here, so that what came before a timeout is kept.
    let mut body = BytesMut::new();
    if !reply.status.is_success() {
        let reading = client.transport.read_start(&mut response, &mut body);
        // Whatever part of the body came: the status is what counts.
        let _ = limit.hold(Sent::Yes, pin!(reading)).await;
        reply.body = body.freeze();
        return Err(Error::service(reply, redactor));
    }
    let reading = client.transport.read(&mut response, &mut body);
    let read = limit.hold(Sent::Yes, pin!(reading)).await;
    if let Err(error) = read {
        // Of a body that is too large, the error keeps only the start.
        reply.body = Bytes::copy_from_slice(body.get(..KEPT).unwrap_or(&body));
        return Err(error.with_reply(reply, redactor));
    }
    reply.body = body.freeze();
    Ok(reply)
}

/// Everything that goes into a request.
pub(super) struct Draft<'a> {
    pub(super) call: &'a RawCall,
    pub(super) endpoint: &'a Endpoint,
    pub(super) path: &'a str,
    pub(super) project_id: Option<&'a str>,
    pub(super) keys: &'a Arc<Snapshot>,
    pub(super) extra: &'a HeaderMap,
    pub(super) signed: Reading,
}

/// A request that failed.
struct Refusal<'a> {
    error: Error,
    target: Target<'a>,
    /// How long it took.
    took: Duration,
}

impl Draft<'_> {
    fn identity(&self) -> &Identity {
        self.keys.credentials.identity()
    }

    /// A token is sent without a time.
    fn is_signed(&self) -> bool {
        matches!(self.identity().proof, Proof::Key { .. })
    }

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

    /// Adds the expiry of the refused credentials to the error if it has passed. They were sent nevertheless, because
    /// the clock can be wrong.
    fn told_expiry(&self, error: Error, client: &Shared) -> Error {
        let expiry = self.identity().expiry;
        let expiry = expiry.filter(|expiry| *expiry <= client.clock.proven());
        match expiry.filter(|_| error.status() == Some(StatusCode::UNAUTHORIZED)) {
            Some(expiry) => {
                let expiry = format_rfc3339(expiry);
                error.with_hint(&format!("the credentials were to expire at {expiry}"))
            }
            None => error,
        }
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

    /// Looks into a refusal of who calls: was the clock off, are there other credentials by now, and what did we sign?
    async fn explain(
        &self,
        refusal: Refusal<'_>,
        client: &Shared,
        whole: Limit,
        state: &mut State,
    ) -> Error {
        let Refusal {
            error,
            target,
            took,
        } = refusal;
        if !error.is_auth() {
            return error;
        }
        if let (Some(id), Some(OTHER_PROJECT)) = (self.project_id, error.code()) {
            client.project.refused(id);
        }
        let clock = target.clock(client);
        let time = target.time_of(&error);
        let is_corrected = self.is_signed() && clock.refused(self.signed, took, time);
        if is_corrected && state.clock_corrections < MOST_CORRECTIONS {
            state.clock_corrections += 1;
            state.corrected = true;
        } else if !state.keys_replaced && error.status() == Some(StatusCode::UNAUTHORIZED) {
            state.keys_replaced = true;
            let replace =
                client
                    .keyring
                    .replace(self.keys, client.clock.proven(), client.chance.next());
            // As for the first ones, the time of the attempt does not count.
            let replaced = whole
                .hold(Sent::Yes, pin!(async { Ok(replace.await) }))
                .await;
            state.corrected = replaced.unwrap_or(false);
        }
        let error = self.told_expiry(error, client);
        let (true, Ok(headers)) = (self.is_signed(), self.headers()) else {
            return error;
        };
        let canonical = self.with_parts(&headers, |parts| {
            sign::canonical_text(parts, self.signed.at)
        });
        error.with_canonical_request(self.keys.redactor.text(canonical))
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
