//! What a client may have signed instead of what it sent.

use vod_api::Credentials;
use vod_api::support::service::{Authorization, SignedParts};

use crate::uri;

/// How the request that was signed differs from the one that came, if that is one of the ways in
/// which they often do, and the canonical request of it.
pub(super) fn explain(
    authorization: &Authorization,
    sent: &SignedParts<'_>,
    caller: &Credentials,
) -> Option<(&'static str, String)> {
    let name_of_host = |&(name, value)| match value {
        host if str::eq_ignore_ascii_case(name, "host") => (
            name,
            str::rsplit_once(host, ':').map_or(host, |(host, _)| host),
        ),
        value => (name, value),
    };
    let without_port: Vec<_> = sent.headers.iter().map(name_of_host).collect();
    let (decoded, encoded) = (uri::decode(sent.path), uri::encode_path(sent.path));
    let variants = [
        ("has no body", SignedParts { body: b"", ..*sent }),
        ("has no query", SignedParts { query: "", ..*sent }),
        (
            "has a Host without a port",
            SignedParts {
                headers: &without_port,
                ..*sent
            },
        ),
        (
            "has a path without escapes",
            SignedParts {
                path: &decoded,
                ..*sent
            },
        ),
        (
            "has a path that is escaped twice",
            SignedParts {
                path: &encoded,
                ..*sent
            },
        ),
    ];
    let signed = variants
        .iter()
        .find(|(_, parts)| authorization.holds(parts, caller));
    let (difference, parts) = signed?;
    Some((difference, authorization.canonical_request(parts)?))
}
