//! URLs signed as version 2 of the signature of OBS does it.

use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

use super::head::Head;
use super::refusal::Refusal;
use crate::uri;

/// The keys of the service itself: the bucket belongs to VOD, and so do the URLs.
const ACCESS_KEY: &str = "LOCAL-OBS-ACCESS-KEY";
const SECRET_KEY: &[u8] = b"local-obs-secret-key";

/// Parameters that are part of the signature; all others can be added to a signed URL.
const SIGNED: [&str; 6] = [
    "acl",
    "partNumber",
    "uploadId",
    "uploads",
    "versionId",
    "x-obs-security-token",
];

/// What a URL allows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Grant<'a> {
    pub(crate) verb: &'a str,
    pub(crate) key: &'a str,
    /// The `Content-Type` that the request must have; without one, it must have none.
    pub(crate) content_type: Option<&'a str>,
    /// The same for `Content-MD5`.
    pub(crate) content_md5: Option<&'a str>,
    /// Parameters, in the order of their names. A value that is empty is left out.
    pub(crate) query: Vec<(&'static str, String)>,
}

/// The parameters of a signed URL.
pub(super) fn query(grant: &Grant<'_>, bucket: &str, expires: u64) -> String {
    let expires = expires.to_string();
    let signature = signature(&[
        grant.verb,
        grant.content_md5.unwrap_or_default(),
        grant.content_type.unwrap_or_default(),
        &expires,
        &resource(bucket, grant.key, &grant.query),
    ]);
    let mut text = String::new();
    for (name, value) in &grant.query {
        text += name;
        if !value.is_empty() {
            text += "=";
            text += &uri::encode(value);
        }
        text += "&";
    }
    let signature = uri::encode(&signature);
    text + &format!("AWSAccessKeyId={ACCESS_KEY}&Expires={expires}&Signature={signature}")
}

/// Checks the signature of a request.
pub(super) fn check(head: &Head, bucket: &str, now: SystemTime) -> Result<(), Refusal> {
    if head.headers.contains_key("authorization") {
        return Err(Refusal::SignedTwice);
    }
    let parameter = |name| head.parameter(name).ok_or(Refusal::NotSigned);
    let (key, expires) = (parameter("AWSAccessKeyId")?, parameter("Expires")?);
    let sent = parameter("Signature")?;
    let seconds: u64 = expires.parse().map_err(|_| Refusal::NotSigned)?;
    let since = now.duration_since(UNIX_EPOCH).unwrap_or_default();
    if since.as_secs() >= seconds {
        return Err(Refusal::Expired);
    }
    if key != ACCESS_KEY {
        return Err(Refusal::UnknownAccessKey);
    }
    // Objects are read with the same URL by GET and HEAD.
    let verb = match head.method.as_str() {
        "HEAD" => "GET",
        verb => verb,
    };
    let mut signed: Vec<_> = head
        .query
        .iter()
        .filter(|(name, _)| SIGNED.contains(&name.as_str()) || name.starts_with("response-"))
        .map(|(name, value)| (name.as_str(), value.clone()))
        .collect();
    signed.sort();
    let wanted = signature(&[
        verb,
        head.header("content-md5").unwrap_or_default(),
        head.header("content-type").unwrap_or_default(),
        expires,
        &format!("{}{}", headers(head), resource(bucket, &head.key, &signed)),
    ]);
    if sent == wanted {
        Ok(())
    } else {
        Err(Refusal::WrongSignature)
    }
}

/// The headers that are part of the signature: those of OBS itself.
fn headers(head: &Head) -> String {
    let mut lines: Vec<_> = head
        .headers
        .iter()
        .filter(|(name, _)| {
            let name = name.as_str();
            name.starts_with("x-obs-") || name.starts_with("x-amz-")
        })
        .map(|(name, value)| format!("{name}:{}\n", String::from_utf8_lossy(value.as_bytes())))
        .collect();
    lines.sort();
    lines.concat()
}

fn resource(bucket: &str, key: &str, query: &[(&str, String)]) -> String {
    let pairs: Vec<_> = query
        .iter()
        .map(|(name, value)| match value.as_str() {
            "" => (*name).to_owned(),
            _ => format!("{name}={value}"),
        })
        .collect();
    let mark = if pairs.is_empty() { "" } else { "?" };
    format!("/{bucket}/{key}{mark}{}", pairs.join("&"))
}

fn signature(lines: &[&str]) -> String {
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(SECRET_KEY) else {
        // Keys of all lengths are good.
        return String::new();
    };
    mac.update(lines.join("\n").as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_what_obs_signs() {
        let query = [("partNumber", "1".to_owned()), ("uploadId", "u".to_owned())];
        assert_eq!(
            resource("b", "p/a.mp4", &query),
            "/b/p/a.mp4?partNumber=1&uploadId=u"
        );
        assert_eq!(
            resource("b", "a", &[("uploads", String::new())]),
            "/b/a?uploads"
        );
        assert_eq!(resource("b", "a", &[]), "/b/a");
    }

    #[test]
    fn urls_have_their_parameters_first() {
        let grant = Grant {
            verb: "PUT",
            key: "a",
            query: vec![
                ("partNumber", "1".to_owned()),
                ("uploadId", "u/".to_owned()),
            ],
            ..Grant::default()
        };
        let text = super::query(&grant, "b", 7);
        let start =
            "partNumber=1&uploadId=u%2F&AWSAccessKeyId=LOCAL-OBS-ACCESS-KEY&Expires=7&Signature=";
        assert!(text.starts_with(start), "{text}");
    }
}
