//! Any bytes as a notification, and their first line as the headers of one.

#![no_main]

use std::time::{Duration, SystemTime};

use libfuzzer_sys::fuzz_target;
use vod_api::fuzz;
use vod_api::http::{HeaderMap, HeaderValue};
use vod_api::notification::smn::{CheckOptions, Message};
use vod_api::notification::{MfsVerifier, read_unverified};

const TOPIC: &str = "urn:smn:cn-north-4:0123456789abcdef0123456789abcdef:vod";
const TIMESTAMP: &str = "1700000000";

fuzz_target!(|data: &[u8]| {
    let verifier = MfsVerifier::new("0123456789abcdef0123456789abcdef").unwrap();
    signed(&verifier, data);
    if let Some(end) = data.iter().position(|byte| *byte == b'\n') {
        let (line, body) = (&data[..end], &data[end + 1..]);
        forged(&verifier, line, body);
    }
    message(data);
});

/// What is signed is read as without a check, and no start of it verifies.
fn signed(verifier: &MfsVerifier, body: &[u8]) {
    let read = read_unverified(body).ok();
    let Some(text) = fuzz::signed_message(body) else {
        return;
    };
    let headers = headers(
        verifier.sign(TIMESTAMP, &text).as_bytes(),
        TIMESTAMP.as_bytes(),
    );
    let headers = headers.unwrap();
    let verified = verifier.verify(&headers, body).ok();
    assert_eq!(verified.map(|it| it.into_event()), read);
    let whole = body.trim_ascii_end();
    for length in (0..whole.len()).rev().take(64) {
        assert!(verifier.verify(&headers, &whole[..length]).is_err());
    }
}

/// Nobody without the key has a signature.
fn forged(verifier: &MfsVerifier, line: &[u8], body: &[u8]) {
    if let Some(headers) = headers(line, line) {
        let strict = verifier.clone().with_max_age(Duration::from_secs(60));
        assert!(strict.verify(&headers, body).is_err());
        assert!(verifier.verify(&headers, body).is_err());
    }
}

fn headers(signature: &[u8], timestamp: &[u8]) -> Option<HeaderMap> {
    let mut headers = HeaderMap::new();
    headers.insert("auth_sign", HeaderValue::from_bytes(signature).ok()?);
    headers.insert("auth_timestamp", HeaderValue::from_bytes(timestamp).ok()?);
    Some(headers)
}

fn message(body: &[u8]) {
    let Ok(message) = Message::read(body) else {
        return;
    };
    let at = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    let options = CheckOptions::new(TOPIC).with_max_age(Duration::MAX);
    let Ok(checked) = message.check_at(&options, at) else {
        return;
    };
    assert!(checked.signing_cert_url().starts_with("https://"));
    let text = checked.text_to_verify();
    assert!(
        text.starts_with("message\n") && text.contains(&format!("\ntopic_urn\n{TOPIC}\ntype\n"))
    );
    assert!(checked.clone().verify(|_, _| false).is_err());
    let _ = checked.verify(|_, _| true);
}
