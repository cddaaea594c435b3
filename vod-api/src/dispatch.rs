//! One call, from the encoded request to the raw reply. Not generic: compiled once for all operations.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderName, HeaderValue, USER_AGENT};
use reqwest::{Request, Url};
use tokio::time::{Instant, timeout_at};

use crate::client::Shared;
use crate::credentials::{Credentials, Proof};
use crate::encode::{PROJECT_ID, RawCall};
use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorKind, Sent};
use crate::keyring::Snapshot;
use crate::response::ResponseMeta;
use crate::sign::{self, Parts};

const AGENT: &str = concat!("vod-api/", env!("CARGO_PKG_VERSION"));
const JSON: &str = "application/json";
const X_AUTH_TOKEN: HeaderName = HeaderName::from_static("x-auth-token");
const X_PROJECT_ID: HeaderName = HeaderName::from_static("x-project-id");
const X_SDK_DATE: HeaderName = HeaderName::from_static("x-sdk-date");
const X_SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-security-token");

/// Does a call within its time. The place for more than one attempt.
pub(crate) async fn dispatch(
    client: &Shared,
    call: &RawCall,
    timeout: Option<Duration>,
) -> Result<(ResponseMeta, Arc<Snapshot>), Error> {
    // A time too far off to be told is no limit.
    let limit = timeout.and_then(|limit| Some((limit, Instant::now().checked_add(limit)?)));
    attempt(client, call, limit)
        .await
        .map_err(|error| error.in_call(call.meta.name, 1))
}

type Limit = Option<(Duration, Instant)>;

/// Finds out who calls and where, and sends the request.
async fn attempt(
    client: &Shared,
    call: &RawCall,
    limit: Limit,
) -> Result<(ResponseMeta, Arc<Snapshot>), Error> {
    let now = SystemTime::now();
    let keys = within(limit, Sent::No, client.keyring.current(now, fastrand::f64())).await?;
    let credentials = &keys.credentials;
    let look_up = async |endpoint: Endpoint, call: RawCall| {
        let request = prepare(&endpoint, credentials, None, &call, now)?;
        let reply = exchange(client, &keys, request, limit).await;
        reply.map_err(|error| error.in_call(call.meta.name, 1))
    };
    let project_id = within(limit, Sent::No, client.project.id(credentials, look_up)).await?;
    let mut last = None;
    for endpoint in within(limit, Sent::No, client.endpoints.in_order()).await? {
        let request = prepare(endpoint, credentials, Some(&project_id), call, now)?;
        match exchange(client, &keys, request, limit).await {
            Err(error) if error.is_connect() => last = Some(error),
            result => {
                client.endpoints.prefer(endpoint);
                return result.map(|reply| (reply, keys.clone()));
            }
        }
    }
    Err(last.unwrap_or_else(|| Error::configuration("there is no endpoint")))
}

/// Sends a request once, and turns everything but a success into an error.
async fn exchange(
    client: &Shared,
    keys: &Snapshot,
    request: Request,
    limit: Limit,
) -> Result<ResponseMeta, Error> {
    let mut response = within(limit, Sent::Maybe, client.transport.send(request)).await?;
    let mut reply = ResponseMeta {
        status: response.status(),
        headers: std::mem::take(response.headers_mut()),
        body: Default::default(),
    };
    match within(limit, Sent::Yes, client.transport.read(response)).await {
        Ok(body) => reply.body = body,
        Err(error) => return Err(error.with_reply(reply, &keys.redactor)),
    }
    if reply.status.is_success() {
        Ok(reply)
    } else {
        Err(Error::service(reply, &keys.redactor))
    }
}

async fn within<T>(
    limit: Limit,
    sent: Sent,
    work: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    let Some((limit, deadline)) = limit else {
        return work.await;
    };
    let late = |_| {
        Err(Error::new(
            ErrorKind::Timeout,
            sent,
            format!("no answer within {limit:?}"),
        ))
    };
    timeout_at(deadline, work).await.unwrap_or_else(late)
}

/// Writes the request, with what proves who sends it, as of `now`.
fn prepare(
    endpoint: &Endpoint,
    credentials: &Credentials,
    project_id: Option<&str>,
    call: &RawCall,
    now: SystemTime,
) -> Result<Request, Error> {
    let refuse = |message: &str| Error::invalid_request(call.meta.name, message);
    let path = call.path.replace(PROJECT_ID, project_id.unwrap_or_default());
    let origin = endpoint.origin();
    let separator = if call.query.is_empty() { "" } else { "?" };
    let text = format!("{origin}{path}{separator}{}", call.query);
    // What is signed is what must be sent: a parser that tidies up would break the signature.
    let url = Url::parse(&text).ok().filter(|url| url.as_str() == text);
    let mut request = Request::new(
        call.meta.method.clone(),
        url.ok_or_else(|| refuse("the URL cannot be sent"))?,
    );

    let mut headers = vec![(USER_AGENT, AGENT)];
    if call.body.is_some() {
        headers.push((CONTENT_TYPE, JSON));
    }
    let mut secrets = Vec::new();
    let identity = credentials.identity();
    let signed;
    match &identity.proof {
        Proof::Token(token) => secrets.push((X_AUTH_TOKEN, token.expose())),
        Proof::Key {
            access_key,
            secret_key,
        } => {
            headers.extend(project_id.map(|id| (X_PROJECT_ID, id)));
            secrets.extend(
                identity
                    .security_token
                    .iter()
                    .map(|token| (X_SECURITY_TOKEN, token.expose())),
            );
            let host = [("host", endpoint.authority())];
            let rest = headers
                .iter()
                .chain(&secrets)
                .map(|(name, value)| (name.as_str(), *value));
            let parts = Parts {
                method: call.meta.method.as_str(),
                path: &path,
                query: &call.query,
                headers: &host.into_iter().chain(rest).collect::<Vec<_>>(),
                body: call.body.as_deref().unwrap_or_default(),
            };
            signed = sign::sign(&parts, access_key, secret_key.expose(), now);
            headers.push((X_SDK_DATE, &signed.date));
            secrets.push((AUTHORIZATION, &signed.authorization));
        }
    }
    for (sensitive, list) in [(false, headers), (true, secrets)] {
        for (name, value) in list {
            let mut value =
                HeaderValue::from_str(value).map_err(|_| refuse("a header cannot be sent"))?;
            value.set_sensitive(sensitive);
            request.headers_mut().insert(name, value);
        }
    }
    if let Some(body) = &call.body {
        *request.body_mut() = Some(body.clone().into());
    }
    Ok(request)
}

#[cfg(test)]
mod tests;
