//! Signs requests with `SDK-HMAC-SHA256`. Pure: same input, same signature; no clock, no I/O.

mod canonical;
mod claim;

use std::time::SystemTime;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

pub(crate) use self::claim::Claim;
use crate::headers::X_SDK_DATE;
use crate::time::format_compact;

const ALGORITHM: &str = "SDK-HMAC-SHA256";

/// The parts of a request that are signed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Parts<'a> {
    /// HTTP method, in capitals.
    pub(crate) method: &'a str,
    /// Path as it is sent, escaped.
    pub(crate) path: &'a str,
    /// Query as [`uri::query`](crate::uri::query) writes it, which is how it is sent.
    pub(crate) query: &'a str,
    /// Headers to sign, in any order and case. Those with `_` in their name are left out.
    pub(crate) headers: &'a [(&'a str, &'a str)],
    /// Body.
    pub(crate) body: &'a [u8],
}

/// Headers that a signed request carries on top of those that were signed.
#[derive(Debug)]
pub(crate) struct Signed {
    /// `X-Sdk-Date`
    pub(crate) date: String,
    /// `Authorization`
    pub(crate) authorization: String,
}

/// Signs `parts` and the time.
pub(crate) fn sign(
    parts: &Parts<'_>,
    access_key: &str,
    secret_key: &str,
    at: SystemTime,
) -> Signed {
    let date = format_compact(at);
    let (canonical, names) = canonical::request(parts, Some((X_SDK_DATE.as_str(), &date)));
    let signature = hmac_hex(secret_key, &string_to_sign(&date, &canonical));
    let authorization = [
        ALGORITHM,
        " Access=",
        access_key,
        ", SignedHeaders=",
        &names,
        ", Signature=",
        &signature,
    ]
    .concat();
    Signed {
        date,
        authorization,
    }
}

/// What the signature of `parts` at that time covers; security tokens and all.
pub(crate) fn canonical_text(parts: &Parts<'_>, at: SystemTime) -> String {
    canonical::request(parts, Some((X_SDK_DATE.as_str(), &format_compact(at)))).0
}

fn string_to_sign(date: &str, canonical: &str) -> String {
    [ALGORITHM, date, &sha256_hex(canonical.as_bytes())].join("\n")
}

fn sha256_hex(data: &[u8]) -> String {
    hex(&Sha256::digest(data))
}

fn hmac_hex(key: &str, data: &str) -> String {
    let mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).map(|mac| mac.chain_update(data));
    // HMAC takes keys of any length, so there is always a signature.
    mac.map(|mac| hex(&mac.finalize().into_bytes()))
        .unwrap_or_default()
}

/// In hexadecimal, with small letters.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        for digit in [byte >> 4, byte & 15] {
            let first = if digit < 10 { b'0' } else { b'a' - 10 };
            text.push(char::from(first + digit));
        }
    }
    text
}

#[cfg(test)]
mod tests;
