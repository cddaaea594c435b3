//! What is between this machine and the service: name, connection, call, clock.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use vod_api::http::HeaderMap;
use vod_api::http::header::{AGE, DATE};
use vod_api::model::ListAssetListRequest;
use vod_api::operation::Operation;
use vod_api::reqwest::Url;

use super::Finding;
use crate::exit::Failure;
use crate::session::Session;

/// How long a look-up or a connection may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// The service refuses signatures that are further from its clock; a bit less, to warn in time.
const OFF: Duration = Duration::from_secs(10 * 60);

pub(super) async fn check(session: &Session<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    match address(session).await {
        Some(address) => findings.extend(network(&address).await),
        None => findings.push(Finding::skipped("network", "there is no address")),
    }
    findings.extend(call(session).await);
    findings
}

/// The address of the service.
async fn address(session: &Session<'_>) -> Option<Url> {
    let place = session.place().await.ok()?;
    let address = match (&place.endpoint, &place.region) {
        (None, Some(region)) => {
            let region = region.to_uppercase().replace('-', "_");
            let name = format!("HUAWEICLOUD_SDK_REGION_VOD_{region}");
            session.io.variables.get(&name).unwrap_or(place.address())
        }
        (None, None) => return None,
        (Some(_), _) => place.address(),
    };
    address.parse().ok()
}

async fn network(address: &Url) -> Vec<Finding> {
    let (Some(host), Some(port)) = (address.host_str(), address.port_or_known_default()) else {
        return vec![Finding::skipped("name", "the address has no host")];
    };
    // As a part of a URL, an address of version 6 is in brackets.
    let name = host.trim_matches(['[', ']']);
    let found = timeout(PATIENCE, lookup_host((name, port))).await;
    let found: Vec<_> = match found {
        Ok(Ok(found)) => found.collect(),
        Ok(Err(error)) => return vec![unknown(host, &error.to_string())],
        Err(_) => return vec![unknown(host, "no answer within 5 s")],
    };
    let Some(first) = found.first() else {
        return vec![unknown(host, "it has no address")];
    };
    let name = Finding::well("name", format!("{host} is {}", first.ip()));
    let connected = timeout(PATIENCE, TcpStream::connect(&*found)).await;
    let why = match connected {
        Ok(Ok(_)) => {
            return vec![
                name,
                Finding::well("connection", format!("port {port} answers")),
            ];
        }
        Ok(Err(error)) => error.to_string(),
        Err(_) => "no answer within 5 s".to_owned(),
    };
    let advice = "check firewall and proxy; a proxy can still reach it";
    let found = format!("port {port}: {why}");
    vec![name, Finding::wrong("connection", found, advice)]
}

fn unknown(host: &str, why: &str) -> Finding {
    Finding::wrong(
        "name",
        format!("{host}: {why}"),
        "check region, endpoint and DNS; a proxy can still reach it",
    )
}

/// A call that changes nothing, and the clock of the service in its reply.
async fn call(session: &Session<'_>) -> Vec<Finding> {
    const CHECK: &str = "call";
    let client = match session.client().await {
        Ok(client) => client,
        Err(failure) => {
            let why = failure.to_string();
            let advice = failure.hint().unwrap_or_default();
            return vec![Finding::wrong(CHECK, why, advice)];
        }
    };
    let meta = ListAssetListRequest::META;
    let docs = session.catalog.docs(meta.name);
    let permission = docs.value("permission").and_then(|it| it.get("action"));
    let permission = permission.and_then(Value::as_str).unwrap_or_default();
    match client.call(meta, json!({"size": 1})).await {
        Ok(reply) => {
            let clock = clock(session, reply.meta().headers());
            let found = format!("{} is allowed", meta.name);
            vec![Finding::well(CHECK, found).of(permission), clock]
        }
        Err(error) => {
            let clock = error.headers().map(|headers| clock(session, headers));
            let clock = clock.unwrap_or_else(|| Finding::skipped("clock", "there was no reply"));
            let failure = Failure::from(error);
            let advice = failure.hint().unwrap_or_default();
            let call = Finding::wrong(CHECK, failure.to_string(), advice);
            vec![call.of(permission), clock]
        }
    }
}

fn clock(session: &Session<'_>, headers: &HeaderMap) -> Finding {
    const CHECK: &str = "clock";
    let date = headers.get(DATE).and_then(|date| date.to_str().ok());
    let date = date.and_then(|date| httpdate::parse_http_date(date).ok());
    // A reply from a cache was sent some time ago.
    let Some(service) = date.filter(|_| !headers.contains_key(AGE)) else {
        return Finding::skipped(CHECK, "the reply does not say when it was sent");
    };
    let here = (session.io.now)();
    let (off, word) = match here.duration_since(service) {
        Ok(off) => (off, "ahead"),
        Err(error) => (error.duration(), "behind"),
    };
    let found = format!("{} s {word}", off.as_secs());
    if off > OFF {
        Finding::wrong(CHECK, found, "set the clock of this machine")
    } else {
        Finding::well(CHECK, found)
    }
}
