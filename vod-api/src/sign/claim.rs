//! Checks the signature of a received request, as the service does.

use super::{ALGORITHM, Parts, canonical, hmac_hex, string_to_sign};
use crate::headers::X_SDK_DATE;
use crate::uri;

/// What the `Authorization` header of a received request claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Claim {
    /// Access key.
    pub(crate) access_key: String,
    /// Names of the signed headers, in lower case, in the order given.
    pub(crate) signed_headers: Vec<String>,
    /// Signature, in hexadecimal.
    pub(crate) signature: String,
}

impl Claim {
    /// Reads an `Authorization` header; `None` if it has another form.
    pub(crate) fn parse(authorization: &str) -> Option<Self> {
        let mut fields = authorization
            .strip_prefix(ALGORITHM)?
            .strip_prefix(' ')?
            .split(", ");
        let claim = Self {
            access_key: fields.next()?.strip_prefix("Access=")?.to_owned(),
            signed_headers: fields
                .next()?
                .strip_prefix("SignedHeaders=")?
                .split(';')
                .map(str::to_owned)
                .collect(),
            signature: fields.next()?.strip_prefix("Signature=")?.to_owned(),
        };
        fields.next().is_none().then_some(claim)
    }

    /// Whether the signature is right for the received `parts`, whose headers may be more than the
    /// signed ones, and whose query may be in any order.
    ///
    /// False as well if a header that the claim names is missing, or the date is not signed. Not in
    /// constant time.
    pub(crate) fn holds(&self, parts: &Parts<'_>, secret_key: &str) -> bool {
        let date = self
            .signed_headers
            .iter()
            .find(|name| *name == X_SDK_DATE.as_str());
        let (Some((canonical, names)), Some((_, date))) = (
            self.canonical(parts),
            date.and_then(|name| find(parts.headers, name)),
        ) else {
            return false;
        };
        names == self.signed_headers.join(";")
            && hmac_hex(secret_key, &string_to_sign(date.trim(), &canonical)) == self.signature
    }

    /// The text that was to be signed, and the names of the headers in it; `None` if one of them is
    /// missing.
    pub(crate) fn canonical(&self, parts: &Parts<'_>) -> Option<(String, String)> {
        let names = self.signed_headers.iter();
        let headers: Option<Vec<_>> = names.map(|name| find(parts.headers, name)).collect();
        let parts = Parts {
            query: &canonical_query(parts.query),
            headers: &headers?,
            ..*parts
        };
        Some(canonical::request(&parts, None))
    }
}

/// A query that another wrote, as we would have written it.
pub(super) fn canonical_query(query: &str) -> String {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    uri::query(
        pairs
            .map(|(name, value)| (uri::decode(name), uri::decode(value)))
            .collect(),
    )
}

fn find<'a>(headers: &[(&'a str, &'a str)], name: &str) -> Option<(&'a str, &'a str)> {
    headers
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .copied()
}
