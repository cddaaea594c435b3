//! The text that stands for a request in its signature.

use super::{Parts, sha256_hex};
use crate::uri;

/// The canonical request, and the names of the headers in it, joined by `;`.
pub(super) fn request(parts: &Parts<'_>) -> (String, String) {
    let headers = headers(parts.headers);
    let names: Vec<_> = headers.iter().map(|(name, _)| name.as_str()).collect();
    let names = names.join(";");
    let lines: String = headers
        .iter()
        .map(|(name, value)| format!("{name}:{value}\n"))
        .collect();
    let text = [
        parts.method,
        &path(parts.path),
        &query(parts.query),
        &lines,
        &names,
        &payload(parts),
    ]
    .join("\n");
    (text, names)
}

/// Always with a slash at the end, although the request is sent without it. An escaped slash counts as one that is not:
/// the vendor's signers unescape the path before they split it.
fn path(path: &str) -> String {
    let path = uri::decode(path);
    let segments: Vec<_> = path.split('/').map(uri::encode).collect();
    let mut text = segments.join("/");
    if !text.ends_with('/') {
        text.push('/');
    }
    text
}

fn query(query: &str) -> String {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    uri::query(
        pairs
            .map(|(name, value)| (uri::decode(name), uri::decode(value)))
            .collect(),
    )
}

fn headers<'a>(headers: &[(&str, &'a str)]) -> Vec<(String, &'a str)> {
    // The service does not see headers with `_` in their name.
    let signed = headers.iter().filter(|(name, _)| !name.contains('_'));
    let mut signed: Vec<_> = signed
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim()))
        .collect();
    signed.sort_unstable();
    signed
}

fn payload(parts: &Parts<'_>) -> String {
    let mut headers = parts.headers.iter();
    match headers.find(|(name, _)| name.eq_ignore_ascii_case("x-sdk-content-sha256")) {
        // Counts for a body that is there; none at all is hashed all the same.
        Some((_, value)) if !parts.body.is_empty() => value.trim().to_owned(),
        _ => sha256_hex(parts.body),
    }
}
