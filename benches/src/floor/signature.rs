//! `SDK-HMAC-SHA256`, as the vendor's docs tell it: step by step, one string per step.

use std::time::SystemTime;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use super::Error;

/// The headers `X-Sdk-Date` and `Authorization` of a request: method, path and sorted query as they are sent, headers with
/// names in lower case, the body, the access key and its secret.
pub fn sign(
    (method, path, query): (&str, &str, &str),
    headers: &[(&str, &str)],
    body: &[u8],
    (access_key, secret_key): (&str, &str),
    at: SystemTime,
) -> Result<(String, String), Error> {
    let date = humantime::format_rfc3339_seconds(at)
        .to_string()
        .replace(['-', ':'], "");

    let mut headers = headers.to_vec();
    headers.push(("x-sdk-date", &date));
    headers.sort_unstable();
    let lines: String = headers
        .iter()
        .map(|(name, value)| format!("{name}:{}\n", value.trim()))
        .collect();
    let names: Vec<&str> = headers.iter().map(|(name, _)| *name).collect();
    let names = names.join(";");

    let payload = hex::encode(Sha256::digest(body));
    let canonical = format!("{method}\n{path}/\n{query}\n{lines}\n{names}\n{payload}");
    let digest = hex::encode(Sha256::digest(canonical.as_bytes()));
    let to_sign = format!("SDK-HMAC-SHA256\n{date}\n{digest}");
    let mut mac = Hmac::<Sha256>::new_from_slice(secret_key.as_bytes())?;
    mac.update(to_sign.as_bytes());
    let signature = hex::encode(mac.finalize().into_bytes());
    let authorization = format!(
        "SDK-HMAC-SHA256 Access={access_key}, SignedHeaders={names}, Signature={signature}"
    );
    Ok((date, authorization))
}
