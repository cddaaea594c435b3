//! Reads the bodies of errors. VOD, the gateway in front of it and IAM each have their own form.

use crate::wire::{Json, Members, look};

/// What a body says about an error.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Envelope {
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) request_id: Option<String>,
}

/// Reads what it finds, which is nothing in a body that is not JSON.
pub(crate) fn read(body: &[u8]) -> Envelope {
    let read = |body: Json<'_>| {
        let mut envelope = Envelope::default();
        collect(body, &mut envelope);
        envelope
    };
    look(body, read).unwrap_or_default()
}

/// Outer members take precedence over inner ones. The parser limits the depth.
fn collect(value: Json<'_>, envelope: &mut Envelope) {
    match value {
        Json::Object(members) => {
            let take = |slot: &mut Option<String>, names: &[&str]| {
                if slot.is_none() {
                    *slot = first(members, names);
                }
            };
            take(&mut envelope.code, &["error_code", "errorCode", "code"]);
            take(
                &mut envelope.message,
                &["error_msg", "errorMsg", "message", "error_description"],
            );
            take(&mut envelope.request_id, &["request_id", "requestId"]);
            for name in ["error", "errors"] {
                if envelope.code.is_none() || envelope.message.is_none() {
                    member(members, name)
                        .into_iter()
                        .for_each(|inner| collect(inner, envelope));
                }
            }
        }
        Json::Array(mut items) => items
            .next()
            .into_iter()
            .for_each(|item| collect(item, envelope)),
        Json::String(text) if envelope.message.is_none() && !text.is_empty() => {
            envelope.message = Some(text.to_owned());
        }
        _ => {}
    }
}

/// The last member of that name.
pub(crate) fn member<'a>(members: Members<'a>, name: &str) -> Option<Json<'a>> {
    let values = members.filter(|(known, _)| *known == name);
    values.last().map(|(_, value)| value)
}

/// The first of these members that has text or a number.
pub(crate) fn first(members: Members<'_>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| match member(members, name)? {
        Json::String(text) if !text.is_empty() => Some(text.to_owned()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(body: &str) -> (String, String, String) {
        let Envelope {
            code,
            message,
            request_id,
        } = read(body.as_bytes());
        let text = |part: Option<String>| part.unwrap_or_else(|| "-".to_owned());
        (text(code), text(message), text(request_id))
    }

    /// What is wrong with the message must not hide the code, and with it whether to try again.
    #[test]
    fn one_bad_character_hides_nothing() {
        for message in [&b"\xff"[..], br"\ud800", b"\n", br"\x"] {
            let body = [
                b"\xef\xbb\xbf{\"error_msg\":\"a ",
                message,
                b"\",\"error_code\":\"C\"}",
            ];
            let read = read(&body.concat());
            assert_eq!(
                read.code.as_deref(),
                Some("C"),
                "{}",
                message.escape_ascii()
            );
            assert!(read.message.unwrap().starts_with("a "));
        }
    }

    #[test]
    fn reads_every_form() {
        for (body, code, message, id) in [
            (
                r#"{"error_code":"VOD.1","error_msg":"m"}"#,
                "VOD.1",
                "m",
                "-",
            ),
            (
                r#"{"error_msg":"m","error_code":"APIGW.0301","request_id":"r"}"#,
                "APIGW.0301",
                "m",
                "r",
            ),
            (r#"{"errorCode":"C","errorMsg":"m"}"#, "C", "m", "-"),
            (r#"{"code":"C","message":"m"}"#, "C", "m", "-"),
            (r#"{"code":400,"message":"m"}"#, "400", "m", "-"),
            (
                r#"{"error":{"code":401,"message":"m","title":"t"}}"#,
                "401",
                "m",
                "-",
            ),
            (
                r#"{"request_id":"r","error":{"error_code":"C","error_msg":"m"}}"#,
                "C",
                "m",
                "r",
            ),
            (
                r#"{"errors":[{"error_code":"C","error_msg":"m"},{"error_code":"D"}]}"#,
                "C",
                "m",
                "-",
            ),
            (r#"[{"error_code":"C","error_msg":"m"}]"#, "C", "m", "-"),
            (r#"{"error":"nope"}"#, "-", "nope", "-"),
            (r#"{"error_code":"C"}"#, "C", "-", "-"),
            (r#"{"error_msg":"m","error_code":null}"#, "-", "m", "-"),
            (r#"{"error_code":"","error_msg":""}"#, "-", "-", "-"),
            (r#"{"error_code":"C","error_ms"#, "-", "-", "-"),
            ("{}", "-", "-", "-"),
            ("null", "-", "-", "-"),
            ("", "-", "-", "-"),
            ("<html></html>", "-", "-", "-"),
        ] {
            assert_eq!(
                parts(body),
                (code.into(), message.into(), id.into()),
                "{body}"
            );
        }
        assert_eq!(read("[".repeat(100_000).as_bytes()), Envelope::default());
    }
}
