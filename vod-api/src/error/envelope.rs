//! Reads the bodies of errors. VOD, the gateway in front of it and IAM each have their own form.

use crate::operation::{OperationMeta, SchemaKind};
use crate::wire::{Document, Json, Members, parse_with};

/// What a body says about an error.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Envelope {
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) request_id: Option<String>,
}

/// Finds what it can; nothing in a body that is not JSON.
pub(crate) fn read(body: &[u8]) -> Envelope {
    let read = |text: &str| {
        let mut envelope = Envelope::default();
        let document: Document<'_> = serde_json::from_str(text)?;
        collect(document.root(), &mut envelope);
        Ok(envelope)
    };
    parse_with(body, read).unwrap_or_default()
}

/// Whether a body contains an error and nothing else, whatever its status: an error with a code or a message, and no
/// member of a reply of the operation. A reply that has an error among other members, such as that of a task, is not an
/// error of the call. If the operation is not known, any other member counts.
pub(crate) fn is_error(body: &[u8], operation: Option<&OperationMeta>) -> bool {
    // A fast path for nearly all replies.
    if !String::from_utf8_lossy(body).contains("\"error") {
        return false;
    }
    let judge = |text: &str| {
        let document: Document<'_> = serde_json::from_str(text)?;
        Ok(only_fails(document.root().members(), operation))
    };
    parse_with(body, judge).unwrap_or(false)
}

fn only_fails(mut members: Members<'_>, operation: Option<&OperationMeta>) -> bool {
    let is_reply = |name: &str| {
        let Some(operation) = operation else {
            return true;
        };
        match operation.reply.map(|schema| schema.kind()) {
            Some(SchemaKind::Object(facts)) => facts().properties.iter().any(|it| it.name == name),
            _ => false,
        }
    };
    let code = first(members, &["error_code", "errorCode"]).is_some_and(|code| code != "0");
    let names = ["error", "errors"].iter();
    let mut inner = names.filter_map(|name| member(members, name));
    let fails = code || inner.any(|error| !matches!(error, Json::Bool(_)) && !is_empty(error));
    fails && members.all(|(name, value)| is_of_error(name) || is_empty(value) || !is_reply(name))
}

fn is_of_error(name: &str) -> bool {
    const OTHERS: [&str; 9] = [
        "code",
        "details",
        "encoded_authorization_message",
        "message",
        "request_id",
        "requestId",
        "status",
        "title",
        "trace_id",
    ];
    name.starts_with("error") || OTHERS.contains(&name)
}

fn is_empty(value: Json<'_>) -> bool {
    match value {
        Json::Null | Json::Bool(false) => true,
        Json::Bool(true) => false,
        Json::Number(number) => number.as_f64() == Some(0.0),
        Json::String(text) | Json::Unlisted(text) => text.is_empty(),
        Json::Array(mut items) => items.next().is_none(),
        Json::Object(mut members) => members.next().is_none(),
    }
}

/// Outer members win over inner ones. As deep as the parser lets a body be.
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
fn member<'a>(members: Members<'a>, name: &str) -> Option<Json<'a>> {
    let values = members.filter(|(known, _)| *known == name);
    values.last().map(|(_, value)| value)
}

fn first(members: Members<'_>, names: &[&str]) -> Option<String> {
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

    #[test]
    fn knows_an_error_under_any_status() {
        for body in [
            r#"{"error_code":"VOD.10053","error_msg":"m"}"#,
            r#" {"error_code":"VOD.10053"}"#,
            r#"{"error_msg":"m","request_id":"r","errorCode":12}"#,
            r#"{"list":[],"total":0,"next":null,"error_code":"C","error_msg":"m"}"#,
            r#"{"error":{"code":401,"message":"m","title":"t"}}"#,
            r#"{"errors":[{"error_code":"C"}],"request_id":"r"}"#,
            r#"{"error":"nope"}"#,
            "{\"error_msg\":\"\\ud800\",\"error_code\":\"C\"}",
        ] {
            assert!(is_error(body.as_bytes(), None), "{body}");
        }
        for body in [
            "",
            "null",
            "{}",
            r#"["error"]"#,
            r#"{"error_code":"","error_msg":""}"#,
            r#"{"error_code":null}"#,
            r#"{"error_code":"0","error_msg":"success"}"#,
            r#"{"error_code":0}"#,
            r#"{"error_msg":"m"}"#,
            r#"{"error":null}"#,
            r#"{"errors":[]}"#,
            r#"{"error":true}"#,
            r#"{"task_id":"t1","status":"FAILED","error_code":"C","error_msg":"m"}"#,
            r#"{"list":[{"error_code":"C"}]}"#,
            r#"{"title":"\"error_code"}"#,
        ] {
            assert!(!is_error(body.as_bytes(), None), "{body}");
        }
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
