//! Any failure that a service can answer with: it becomes an error that says so and shows no secrets.
//!
//! An input is written like a reply: the status, headers on lines of their own, an empty line, the body.

#![no_main]

use std::time::Duration;

use bytes::Bytes;
use libfuzzer_sys::{Corpus, fuzz_target};
use vod_api::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use vod_api::{Credentials, fuzz};

const SECRET_KEY: &str = "Wj/8+fuzz=key";
const SECURITY_TOKEN: &str = "gQpjbi1ub3J0";

fuzz_target!(|data: &[u8]| -> Corpus {
    let Some((status, headers, body)) = reply(data) else {
        return Corpus::Reject;
    };
    let caller = Credentials::new("AKFUZZ", SECRET_KEY).with_security_token(SECURITY_TOKEN);
    let error = fuzz::error(status, headers, body, &caller);

    assert_eq!(error.status(), Some(status));
    if let Some(delay) = fuzz::next_delay(&error) {
        assert!(
            error.is_transient() && delay <= Duration::from_secs(20),
            "{delay:?}: {error:?}"
        );
    }
    let line = error.to_string();
    assert!(!line.contains(char::is_control), "{line:?}");
    let shown = [
        line,
        format!("{error:?}"),
        error.message().to_owned(),
        error.code().unwrap_or_default().to_owned(),
        error.request_id().unwrap_or_default().to_owned(),
        format!("{:?}", error.headers()),
        String::from_utf8_lossy(error.raw_body().unwrap()).into_owned(),
    ];
    for text in shown {
        assert!(
            !text.contains(SECRET_KEY) && !text.contains(SECURITY_TOKEN),
            "{text}"
        );
    }
    let _ = (
        error.is_auth(),
        error.is_not_found(),
        error.is_conflict(),
        error.code().and_then(vod_api::codes::doc),
        error.is_invalid_request(),
        error.is_timeout(),
    );
    Corpus::Keep
});

fn reply(data: &[u8]) -> Option<(StatusCode, HeaderMap, Bytes)> {
    let at = data
        .windows(2)
        .position(|pair| pair == b"\n\n")
        .unwrap_or(data.len());
    let (head, body) = data.split_at(at);
    let mut lines = head.split(|byte| *byte == b'\n');
    let status = StatusCode::from_bytes(lines.next()?).ok()?;
    let mut headers = HeaderMap::new();
    for line in lines {
        let colon = line.iter().position(|byte| *byte == b':')?;
        let (name, value) = line.split_at(colon);
        headers.append(
            HeaderName::from_bytes(name).ok()?,
            HeaderValue::from_bytes(&value[1..]).ok()?,
        );
    }
    Some((
        status,
        headers,
        Bytes::copy_from_slice(body.trim_ascii_start()),
    ))
}
