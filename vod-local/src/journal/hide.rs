//! Takes secrets out of what is shown.

use std::borrow::Cow;

use http::HeaderMap;
use serde_json::{Map, Value};
use vod_api::operation::{OperationMeta, Property, Schema, SchemaKind};

use crate::uri;

/// What stands in the place of a secret.
const HIDDEN: &str = "[redacted]";

/// Headers that hold secrets.
const HEADERS: [&str; 7] = [
    "cookie",
    "x-amz-security-token",
    "x-auth-token",
    "x-obs-security-token",
    "x-sdk-token",
    "x-security-token",
    "x-subject-token",
];

/// Parameters of URLs that prove who made the URL.
const PARAMETERS: [&str; 6] = [
    "Signature",
    "AWSAccessKeyId",
    "AccessKeyId",
    "x-obs-security-token",
    "auth_info",
    "auth_key",
];

/// Members of the requests to IAM that hold secrets.
const MEMBERS: [&str; 3] = ["password", "secret", "securitytoken"];

/// Headers by their names.
pub(super) fn headers(headers: &HeaderMap) -> Value {
    let shown = headers.iter().map(|(name, value)| {
        let text = String::from_utf8_lossy(value.as_bytes());
        let text = match name.as_str() {
            "authorization" => authorization(&text),
            name if HEADERS.contains(&name) => HIDDEN.to_owned(),
            _ => urls(&text).into_owned(),
        };
        Value::from(vec![name.as_str().to_owned(), text])
    });
    shown.collect()
}

/// The access key and the names of the signed headers are no secrets.
fn authorization(text: &str) -> String {
    match text.find("Signature=") {
        Some(place) => format!(
            "{}Signature={HIDDEN}",
            text.get(..place).unwrap_or_default()
        ),
        None => HIDDEN.to_owned(),
    }
}

/// A query as it was sent.
pub(super) fn query(query: &str) -> String {
    let pairs = query.split('&').map(|pair| {
        let name = pair.split('=').next().unwrap_or_default();
        let hides = PARAMETERS.contains(&&*uri::decode(name));
        if hides {
            format!("{name}={HIDDEN}")
        } else {
            pair.to_owned()
        }
    });
    pairs.collect::<Vec<_>>().join("&")
}

/// Text without signed URLs and tokens.
pub(super) fn urls(text: &str) -> Cow<'_, str> {
    let is_clean = |text: &str| {
        let mut names = PARAMETERS.iter();
        !names.any(|name| text.contains(&format!("{name}="))) && !text.contains("-token:")
    };
    if is_clean(text) {
        return text.into();
    }
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((start, end)) = first_secret(rest) {
        shown += rest.get(..start).unwrap_or_default();
        shown += HIDDEN;
        rest = rest.get(end..).unwrap_or_default();
    }
    shown += rest;
    shown.into()
}

/// Where the first secret begins and ends.
fn first_secret(text: &str) -> Option<(usize, usize)> {
    let of = |marker: &str, ends: &[char]| {
        let start = text.find(marker)? + marker.len();
        let rest = text.get(start..)?;
        let end = rest.find(ends).unwrap_or(rest.len());
        Some((start, start + end))
    };
    let parameters = PARAMETERS.iter();
    let in_urls = parameters.filter_map(|name| {
        of(
            &format!("{name}="),
            &['&', '"', '\'', ' ', '\n', '<', '>', '|'],
        )
    });
    let in_headers = HEADERS
        .iter()
        .filter_map(|name| of(&format!("{name}:"), &['\n', '|']));
    in_urls.chain(in_headers).min()
}

/// The JSON body of a request.
pub(super) fn request(meta: Option<&'static OperationMeta>, mut body: Value) -> Value {
    if let (Some(meta), Value::Object(members)) = (meta, &mut body) {
        let properties = meta.parameters.iter().map(|parameter| &parameter.property);
        object(properties, members);
    }
    anywhere(&mut body);
    body
}

/// The JSON body of a reply.
pub(super) fn reply(meta: Option<&'static OperationMeta>, mut body: Value) -> Value {
    if let Some(schema) = meta.and_then(|meta| meta.reply) {
        value(&schema, &mut body);
    }
    anywhere(&mut body);
    body
}

fn object<'a>(
    properties: impl Iterator<Item = &'a Property> + Clone,
    members: &mut Map<String, Value>,
) {
    for (name, member) in members {
        let Some(property) = properties.clone().find(|property| property.name == name) else {
            continue;
        };
        if property.sensitive {
            hide(member);
        } else {
            value(&property.schema, member);
        }
    }
}

fn value(schema: &Schema, shown: &mut Value) {
    match (schema.kind(), shown) {
        (SchemaKind::Array(item), Value::Array(items)) => {
            items.iter_mut().for_each(|shown| value(item, shown));
        }
        (SchemaKind::Map(item), Value::Object(members)) => {
            members.values_mut().for_each(|shown| value(item, shown));
        }
        (SchemaKind::Object(facts), Value::Object(members)) => {
            object(facts().properties.iter(), members);
        }
        _ => {}
    }
}

/// Whether it is there can be told.
fn hide(secret: &mut Value) {
    match secret {
        Value::Null => {}
        Value::String(text) if text.is_empty() => {}
        Value::Array(items) => items.iter_mut().for_each(hide),
        secret => *secret = HIDDEN.into(),
    }
}

/// What is a secret wherever it stands.
fn anywhere(shown: &mut Value) {
    match shown {
        Value::String(text) => {
            if let Cow::Owned(clean) = urls(text) {
                *text = clean;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(anywhere),
        Value::Object(members) => {
            for (name, member) in members {
                if MEMBERS.contains(&name.as_str()) && member.is_string() {
                    hide(member);
                } else {
                    anywhere(member);
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use vod_api::operation;

    use super::*;

    #[test]
    fn urls_and_tokens_in_text_are_hidden() {
        struct Case {
            name: &'static str,
            text: &'static str,
            shown: &'static str,
        }

        let cases = [
            Case {
                name: "nothing to hide",
                text: "The asset does not exist.",
                shown: "The asset does not exist.",
            },
            Case {
                name: "a signed URL",
                text: "http://a/b?uploadId=1&AWSAccessKeyId=k&Expires=7&Signature=s%3D",
                shown: "http://a/b?uploadId=1&AWSAccessKeyId=[redacted]&Expires=7&\
                    Signature=[redacted]",
            },
            Case {
                name: "two of them",
                text: "Signature=a Signature=b",
                shown: "Signature=[redacted] Signature=[redacted]",
            },
            Case {
                name: "a canonical request",
                text: "host:a|x-security-token:secret|x-sdk-date:1||",
                shown: "host:a|x-security-token:[redacted]|x-sdk-date:1||",
            },
        ];
        for Case { name, text, shown } in cases {
            assert_eq!(urls(text), shown, "{name}");
            assert_eq!(urls(shown), shown, "{name}, again");
        }
        assert_eq!(query("a=1&Signature=s&b"), "a=1&Signature=[redacted]&b");
        // Signed URLs for playback, by algorithms A and E, and by D.
        for name in ["auth_key", "auth_info"] {
            let hidden = format!("{name}=[redacted]&timestamp=1");
            assert_eq!(query(&format!("{name}=s&timestamp=1")), hidden);
            assert_eq!(urls(&format!("{name}=s&timestamp=1")), hidden);
        }
    }

    #[test]
    fn headers_that_prove_who_called_are_hidden() {
        let mut sent = HeaderMap::new();
        let authorization = "SDK-HMAC-SHA256 Access=ak, SignedHeaders=host, Signature=abc";
        for (name, value) in [
            ("authorization", authorization),
            ("x-auth-token", "t"),
            ("host", "a"),
        ] {
            sent.insert(name, value.parse().unwrap());
        }
        let hidden = "SDK-HMAC-SHA256 Access=ak, SignedHeaders=host, Signature=[redacted]";
        let wanted = json!([
            ["authorization", hidden],
            ["x-auth-token", HIDDEN],
            ["host", "a"]
        ]);
        assert_eq!(headers(&sent), wanted);
        sent.insert("authorization", "Bearer t".parse().unwrap());
        assert_eq!(headers(&sent)[0][1], HIDDEN);
    }

    #[test]
    fn what_the_facts_call_sensitive_is_hidden() {
        let meta = |name| {
            operation::all()
                .iter()
                .find(|meta| meta.name == name)
                .copied()
        };
        let https = json!({"private_key": "k", "domain": "d", "not_known": {"password": "p"}});
        let shown = request(meta("UpdateHttpsConfig"), https);
        assert_eq!(shown["private_key"], HIDDEN);
        assert_eq!(shown["domain"], "d");
        assert_eq!(shown["not_known"]["password"], HIDDEN);
        let cipher = reply(meta("ShowAssetCipher"), json!({"dk": "secret"}));
        assert_eq!(cipher["dk"], HIDDEN);
    }
}
