//! The text that stands for a request in its signature.

use std::borrow::Cow;

use super::{Parts, sha256_hex};
use crate::uri;

/// The hash of no bytes; most calls have no body.
const SHA256_OF_NOTHING: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// The canonical request, and the names of the headers in it, joined by `;`. `date` is one more
/// header to sign.
pub(super) fn request(parts: &Parts<'_>, date: Option<(&str, &str)>) -> (String, String) {
    let headers = headers(parts.headers.iter().copied().chain(date));
    let names: Vec<_> = headers.iter().map(|(name, _)| *name).collect();
    let mut names = names.join(";");
    names.make_ascii_lowercase();

    // Room for a usual request.
    let mut text = String::with_capacity(512);
    text.push_str(parts.method);
    text.push('\n');
    push_path(&mut text, parts.path);
    text.push('\n');
    text.push_str(parts.query);
    text.push('\n');
    for (name, (_, value)) in names.split(';').zip(&headers) {
        text.extend([name, ":", value, "\n"]);
    }
    text.extend(["\n", &names, "\n", &payload(parts)]);
    (text, names)
}

/// Always with a slash at the end, although the request is sent without it. An escaped slash counts
/// as one that is not: the vendor's signers unescape the path before they split it.
fn push_path(text: &mut String, path: &str) {
    if path.bytes().all(|byte| byte == b'/' || uri::is_plain(byte)) {
        text.push_str(path);
    } else {
        for (index, segment) in uri::decode(path).split('/').enumerate() {
            if index > 0 {
                text.push('/');
            }
            text.push_str(&uri::encode(segment));
        }
    }
    if !text.ends_with('/') {
        text.push('/');
    }
}

/// In the order of their names in lower case.
fn headers<'a>(headers: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<(&'a str, &'a str)> {
    // Room for the usual ones.
    let mut signed = Vec::with_capacity(8);
    // The service does not see headers with `_` in their name.
    let seen = headers.filter(|(name, _)| !name.contains('_'));
    signed.extend(seen.map(|(name, value)| (name, value.trim())));
    let lower = |text: &'a str| text.bytes().map(|byte| byte.to_ascii_lowercase());
    signed.sort_unstable_by(|(one, value), (other, another)| {
        let names = lower(one).cmp(lower(other));
        names.then_with(|| value.cmp(another))
    });
    signed
}

fn payload<'a>(parts: &Parts<'a>) -> Cow<'a, str> {
    // None at all is hashed, whatever the header says.
    if parts.body.is_empty() {
        return SHA256_OF_NOTHING.into();
    }
    let mut headers = parts.headers.iter();
    match headers.find(|(name, _)| name.eq_ignore_ascii_case("x-sdk-content-sha256")) {
        Some((_, value)) => value.trim().into(),
        None => sha256_hex(parts.body).into(),
    }
}
