//! Any text as a header of a reply, as a time, and as where the service is.

#![no_main]

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use libfuzzer_sys::fuzz_target;
use vod_api::http::header::{DATE, RETRY_AFTER};
use vod_api::http::{HeaderMap, HeaderValue, StatusCode};
use vod_api::{Credentials, fuzz, parse_time, support};

fuzz_target!(|data: &[u8]| {
    if let Ok(value) = HeaderValue::from_bytes(data) {
        headers(&value);
    }
    if let Ok(text) = std::str::from_utf8(data) {
        time(text);
        address(text);
    }
});

fn headers(value: &HeaderValue) {
    let mut headers = HeaderMap::new();
    for name in ["date", "retry-after", "x-request-id", "x-typed"] {
        headers.insert(name, value.clone());
    }
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_773_994_500);
    let time = fuzz::corrected_time(&headers, now);
    assert_eq!(parse_time(&fuzz::format_time(time)), Some(time));

    let _ = support::header::<bool>(&headers, "x-typed");
    let float = support::header::<f64>(&headers, "x-typed");
    assert!(float.is_none_or(f64::is_finite));
    let narrow = support::header::<i32>(&headers, "x-typed");
    let wide = support::header::<i64>(&headers, "x-typed");
    assert!(narrow.is_none() || narrow.map(i64::from) == wide);

    // Once against the same date, and once against another one.
    wait(headers.clone());
    headers.insert(
        DATE,
        HeaderValue::from_static("Fri, 20 Mar 2026 08:15:00 GMT"),
    );
    wait(headers);
}

fn wait(headers: HeaderMap) {
    let asked = headers[RETRY_AFTER].clone();
    let caller = Credentials::new("AKFUZZ", "SKFUZZ");
    let error = fuzz::error(
        StatusCode::TOO_MANY_REQUESTS,
        headers,
        Bytes::new(),
        &caller,
    );
    let longest = Duration::from_secs(20);
    let waits = error.retry_after().is_none_or(|asked| asked <= longest);
    let delay = fuzz::next_delay(&error);
    assert_eq!(delay.is_some(), waits, "{asked:?}");
    assert!(
        delay.is_none_or(|delay| delay <= longest),
        "{asked:?}: {delay:?}"
    );
}

fn time(text: &str) {
    if let Some(time) = parse_time(text) {
        let whole = parse_time(&fuzz::format_time(time)).unwrap();
        let cut = time.duration_since(whole).unwrap();
        assert!(cut < Duration::from_secs(1), "{text}");
    }
}

fn address(text: &str) {
    // What passed once passes again, and stays the same.
    if let Some(origin) = fuzz::endpoint(text) {
        assert_eq!(fuzz::endpoint(&origin).as_ref(), Some(&origin));
    }
    if let Some(endpoint) = fuzz::region_endpoint(text) {
        assert!(endpoint.ends_with(".myhuaweicloud.com"), "{endpoint}");
        assert_eq!(endpoint.matches('/').count(), 2, "{endpoint}");
    }
}
