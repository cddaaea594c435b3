//! What holds for any value, tried with random ones: types come back from JSON as they were, signatures are those of
//! another signer, and an ordinary URL parser reads what was sent.
//!
//! Each round draws from a seed of its own, the number of the round, so a failure comes again. `ROUNDS=10000` tries
//! more than usual.

use std::fmt::{Debug, Write as _};

use hmac::{Hmac, KeyInit, Mac};
use reqwest::Url;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use vod_api::http::{HeaderName, HeaderValue, Method};
use vod_api::model;
use vod_api::operation::{self, OperationMeta, Place};
use vod_api::{Client, Credentials, Operation};
use vod_local::{ReceivedRequest, Service};

use crate::common::draw::Draw;

/// The seeds of a property.
fn rounds(usual: u64) -> std::ops::Range<u64> {
    let asked = std::env::var("ROUNDS").map(|rounds| rounds.parse().unwrap());
    0..asked.unwrap_or(usual)
}

/// Reads `sent` and writes it again: as a value, and as the text that it is when stored or sent.
fn comes_back<T: Serialize + DeserializeOwned + PartialEq + Debug>(
    sent: &Value,
    expected: &Value,
    about: &str,
) {
    let read: T = serde_json::from_value(sent.clone()).unwrap();
    let written = serde_json::to_value(&read).unwrap();
    assert_eq!(written, *expected, "{about}");
    let text = serde_json::to_string(&read).unwrap();
    let again: T = serde_json::from_str(&text).unwrap();
    assert_eq!(again, read, "{about}: {text}");
}

#[test]
fn every_type_comes_back() {
    for seed in rounds(20) {
        let mut draw = Draw::new(seed);
        for meta in operation::all() {
            let about = format!("{}, seed {seed}", meta.name);
            let (sent, expected) = draw.request(meta);
            with_operation!(meta.name, Request => comes_back::<Request>(&sent, &expected, &about));
            let (sent, expected) = meta
                .reply
                .map(|schema| draw.value(&schema))
                .unwrap_or_default();
            with_operation!(meta.name, Request => {
                comes_back::<<Request as Operation>::Response>(&sent, &expected, &about);
            });
        }
    }
}

#[tokio::test]
async fn another_parser_reads_what_was_sent() {
    async fn send<O: Operation>(client: &Client, request: &Value) {
        let request: O = serde_json::from_value(request.clone()).unwrap();
        client.execute(request).await.unwrap();
    }
    let service = Service::builder().validate(false).start().await.unwrap();
    let client = service.client().validate(false).build().unwrap();
    for seed in rounds(3) {
        let mut draw = Draw::new(seed);
        for meta in operation::all() {
            let (request, expected) = draw.request(meta);
            with_operation!(meta.name, Request => send::<Request>(&client, &request).await);
            let received = service.requests().pop().unwrap();
            arrived(
                meta,
                &expected,
                &received,
                &format!("{}, seed {seed}", meta.name),
            );
        }
    }
}

/// Holds what arrived against the members of the request, without any code of the crate.
fn arrived(meta: &OperationMeta, request: &Value, received: &ReceivedRequest, about: &str) {
    let url = url(received);
    let mut query = Vec::new();
    let mut body = Map::new();
    let mut path = meta.path.replace("{project_id}", Service::PROJECT_ID);
    for parameter in meta.parameters {
        let name = parameter.property.name;
        let Some(value) = request.get(name) else {
            continue;
        };
        match (parameter.place, value) {
            (Place::Path, value) => {
                path = path.replace(&format!("{{{name}}}"), &escaped(&text(value)));
            }
            (Place::Query, Value::Array(items)) => {
                query.extend(items.iter().map(|item| (name.to_owned(), text(item))));
            }
            (Place::Query, value) => query.push((name.to_owned(), text(value))),
            (Place::Body, value) => drop(body.insert(name.to_owned(), value.clone())),
        }
    }
    query.sort();
    let read: Vec<_> = url.query_pairs().into_owned().collect();
    assert_eq!(read, query, "{about}");
    assert_eq!(url.path(), path, "{about}");
    if meta.body {
        assert_eq!(received.json().unwrap(), Value::Object(body), "{about}")
    } else {
        assert_eq!(received.body(), "", "{about}")
    }
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// The URL that was asked for.
fn url(received: &ReceivedRequest) -> Url {
    let (path, query) = (received.path(), received.raw_query());
    let text = match query {
        "" => format!("http://localhost{path}"),
        query => format!("http://localhost{path}?{query}"),
    };
    let url = Url::parse(&text).unwrap();
    assert_eq!(url.as_str(), text);
    url
}

#[tokio::test]
async fn signatures_are_those_of_another_signer() {
    let service = Service::start().await.unwrap();
    for seed in rounds(20) {
        let mut draw = Draw::new(seed);
        let (access_key, secret_key) = (draw.word(), draw.word());
        let mut credentials = Credentials::new(access_key.clone(), secret_key.clone());
        if draw.one_in(2) {
            credentials = credentials.with_security_token(draw.word());
        }
        let client = service.client().credentials(credentials).build().unwrap();
        for _ in 0..10 {
            send_anything(&client, &mut draw).await;
            let received = service.requests().pop().unwrap();
            let authorization = received.header("authorization").unwrap();
            let expected = authorization_of(&received, &access_key, &secret_key);
            assert_eq!(authorization, expected, "seed {seed}: {received:?}");
        }
    }
}

/// The service knows neither the keys nor the paths; all that counts is what arrives.
async fn send_anything(client: &Client, draw: &mut Draw) {
    let methods = [
        Method::GET,
        Method::POST,
        Method::PUT,
        Method::PATCH,
        Method::DELETE,
    ];
    let method = draw.pick(&methods).clone();
    let mut path = String::new();
    for _ in 0..=draw.below(4) {
        path.push('/');
        // A dot alone would not reach the service; characters that need no escape may come without.
        path += &if draw.one_in(2) {
            escaped(&format!("p{}", draw.text()))
        } else {
            format!(
                "p{}",
                draw.pick(&["", "a:b@c", "$&'(x)*+,;=", "%2f%c3%a9", "~-._!"])
            )
        };
    }
    let mut call = client.raw(method, path);
    for _ in 0..draw.below(4) {
        call = call.query(*draw.pick(&["a", "A", "b c", "é", "", "a-b"]), draw.text());
    }
    for _ in 0..draw.below(4) {
        let name = HeaderName::try_from(format!("x-{}", draw.word())).unwrap();
        call = call.with_header(name, HeaderValue::try_from(draw.header_value()).unwrap());
    }
    if draw.one_in(4) {
        call = call.with_header("x_unseen", "1");
    }
    if draw.one_in(2) {
        call = call.json(&draw.json());
    }
    let refused = call.await.unwrap_err();
    assert!(refused.status().is_some(), "{refused}");
}

/// The header `Authorization`, worked out from what arrived.
fn authorization_of(received: &ReceivedRequest, access_key: &str, secret_key: &str) -> String {
    let url = url(received);
    let mut query: Vec<_> = url.query_pairs().into_owned().collect();
    query.sort();
    let query = query
        .iter()
        .map(|(name, value)| format!("{}={}", escaped(name), escaped(value)));
    // The vendor's signers unescape the path before they split it.
    let path = unescaped(url.path());
    let mut path = path.split('/').map(escaped).collect::<Vec<_>>().join("/");
    if !path.ends_with('/') {
        path += "/";
    }
    // The client adds these after it has signed.
    let unsigned = [
        "authorization",
        "accept",
        "accept-encoding",
        "content-length",
    ];
    let mut names: Vec<_> = received.headers().keys().map(HeaderName::as_str).collect();
    names.retain(|name| !unsigned.contains(name) && !name.contains('_'));
    names.sort_unstable();
    let header = |name: &str| received.header(name).unwrap().trim();
    let headers: String = names
        .iter()
        .map(|name| format!("{name}:{}\n", header(name)))
        .collect();
    let (names, method) = (names.join(";"), received.method());
    let query = query.collect::<Vec<_>>().join("&");
    let body = hex(&Sha256::digest(received.body()));
    let canonical = format!("{method}\n{path}\n{query}\n{headers}\n{names}\n{body}");

    let digest = hex(&Sha256::digest(canonical));
    let to_sign = format!("SDK-HMAC-SHA256\n{}\n{digest}", header("x-sdk-date"));
    let mut mac = Hmac::<Sha256>::new_from_slice(secret_key.as_bytes()).unwrap();
    mac.update(to_sign.as_bytes());
    let signature = hex(&mac.finalize().into_bytes());
    format!("SDK-HMAC-SHA256 Access={access_key}, SignedHeaders={names}, Signature={signature}")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// RFC 3986, section 2.3.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(byte.into())
            }
            _ => write!(out, "%{byte:02X}").unwrap(),
        }
    }
    out
}

fn unescaped(text: &str) -> String {
    let mut parts = text.split('%');
    let mut bytes = parts.next().unwrap().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
        bytes.extend_from_slice(&part.as_bytes()[2..]);
    }
    String::from_utf8(bytes).unwrap()
}
