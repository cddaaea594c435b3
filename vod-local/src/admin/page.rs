//! The page for a browser.

use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::Response;
use http::header::HeaderValue;
use sha2::{Digest, Sha256};

use crate::body::Body;

static PAGE: &str = include_str!("page.html");

/// Nothing from elsewhere is loaded, no other script runs, and text never becomes HTML.
static POLICY: LazyLock<String> = LazyLock::new(|| {
    let hash = |tag: &str| {
        let text = PAGE.split_once(&format!("<{tag}>"));
        let text = text.and_then(|(_, rest)| rest.split_once(&format!("</{tag}>")));
        let text = text.map_or("", |(text, _)| text);
        STANDARD.encode(Sha256::digest(text))
    };
    format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; connect-src 'self'; \
         img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'",
        hash("script"),
        hash("style"),
    )
});

pub(super) fn reply() -> Response<Body> {
    let text = bytes::Bytes::from_static(PAGE.as_bytes());
    let mut reply = super::reply(http::StatusCode::OK, "text/html; charset=utf-8", text);
    if let Ok(policy) = HeaderValue::from_str(&POLICY) {
        reply
            .headers_mut()
            .insert("content-security-policy", policy);
    }
    reply
}
