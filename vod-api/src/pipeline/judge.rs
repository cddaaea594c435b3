//! Recognizes an error that came with the status of a success.

use crate::error::envelope::{first, member};
use crate::facts::{OperationMeta, SchemaKind};
use crate::wire::{Json, Members, look};

/// Whether a body contains an error and nothing else, whatever its status: an error with a code or
/// a message, and no member of a reply of the operation. A reply that has an error among other
/// members, such as that of a task, is not an error of the call. If the operation is not known, any
/// other member counts.
pub(super) fn is_error(body: &[u8], operation: Option<&OperationMeta>) -> bool {
    // A fast path for nearly all replies; repairing text costs far more than checking it.
    let has_error = |text: &str| text.contains("\"error");
    let found = match str::from_utf8(body) {
        Ok(text) => has_error(text),
        Err(_) => has_error(&String::from_utf8_lossy(body)),
    };
    if !found {
        return false;
    }
    look(body, |reply| only_fails(reply.members(), operation)).unwrap_or(false)
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

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn knows_an_error_in_text_that_is_not_utf_8() {
        assert!(is_error(
            b"{\"error_code\":\"C\",\"error_msg\":\"\xff\"}",
            None
        ));
        assert!(!is_error(b"{\"title\":\"\xff\"}", None));
    }
}
