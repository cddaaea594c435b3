use super::*;

fn redactor() -> Redactor {
    Redactor::new(["my/secret", "my-token"])
}

fn service(status: u16, body: &[u8]) -> Error {
    service_with(status, body, HeaderMap::new())
}

fn service_with(status: u16, body: &[u8], headers: HeaderMap) -> Error {
    let mut reply = ResponseMeta::new(StatusCode::from_u16(status).unwrap(), headers);
    reply.body = Bytes::copy_from_slice(body);
    Error::service(reply, &redactor()).in_call("DeleteThumbnails", 1)
}

#[test]
fn is_one_pointer() {
    assert_eq!(size_of::<Error>(), size_of::<usize>());
    fn is_error<T: StdError + Send + Sync + 'static>() {}
    is_error::<Error>();
}

#[test]
fn says_all_in_one_line() {
    let mut headers = HeaderMap::new();
    headers.insert("X-Request-Id", HeaderValue::from_static("5f3c"));
    let error = service_with(
        400,
        br#"{"error_code":"VOD.10051","error_msg":"asset does not exist"}"#,
        headers,
    );
    assert_eq!(
        error.to_string(),
        "DeleteThumbnails: HTTP 400 VOD.10051: asset does not exist (request id 5f3c, 1 attempt)"
    );
    let error = Error::invalid_request("task_id takes at most 10 values, got 11")
        .in_call("DeleteThumbnails", 0);
    assert_eq!(
        error.to_string(),
        "DeleteThumbnails: task_id takes at most 10 values, got 11 (not sent)"
    );
    assert_eq!(Error::configuration("no region").to_string(), "no region");
    let error = Error::new(ErrorKind::Timeout, Sent::Maybe, "no answer within 60s").in_call("X", 2);
    assert_eq!(
        error.to_string(),
        "X: no answer within 60s (may have been sent, 2 attempts)"
    );
}

#[test]
fn shows_bodies_of_any_kind() {
    for (status, body, text) in [
        (
            502,
            &b"<html>\nbad gateway</html>"[..],
            r"HTTP 502: <html>\nbad gateway</html> (1 attempt)",
        ),
        (500, b"", "HTTP 500: Internal Server Error (1 attempt)"),
        (500, b" \n", "HTTP 500: Internal Server Error (1 attempt)"),
        (599, b"", "HTTP 599: no message (1 attempt)"),
        (
            400,
            br#"{"error_code":"VOD.1"}"#,
            "HTTP 400 VOD.1: Bad Request (1 attempt)",
        ),
        (
            400,
            br#"{"error_code":"VOD.1","#,
            r#"HTTP 400: {"error_code":"VOD.1", (1 attempt)"#,
        ),
        (
            400,
            br#"{"error_msg":"a\nb"}"#,
            r"HTTP 400: a\nb (1 attempt)",
        ),
        (400, b"\xff", "HTTP 400: \u{fffd} (1 attempt)"),
        (302, b"", "HTTP 302: Found (1 attempt)"),
    ] {
        assert_eq!(
            service(status, body).to_string(),
            format!("DeleteThumbnails: {text}")
        );
    }
}

#[test]
fn takes_the_request_id_from_header_or_body() {
    let body = br#"{"error_code":"APIGW.0301","error_msg":"m","request_id":"body"}"#;
    assert_eq!(service(401, body).request_id(), Some("body"));
    let mut headers = HeaderMap::new();
    headers.insert("x-request-id", HeaderValue::from_static("header"));
    assert_eq!(
        service_with(401, body, headers).request_id(),
        Some("header")
    );
}

/// The questions that an error answers with yes.
fn answers(error: &Error) -> Vec<&'static str> {
    [
        ("auth", error.is_auth()),
        ("not found", error.is_not_found()),
        ("conflict", error.is_conflict()),
        ("throttled", error.is_throttled()),
        ("invalid request", error.is_invalid_request()),
        ("transient", error.is_transient()),
    ]
    .into_iter()
    .filter_map(|(question, answer)| answer.then_some(question))
    .collect()
}

#[test]
fn classifies_by_code_before_status() {
    struct Case {
        name: &'static str,
        status: u16,
        code: Option<&'static str>,
        answers: &'static [&'static str],
    }
    let case = |name, status, code, answers| Case {
        name,
        status,
        code,
        answers,
    };
    for case in [
        case("unauthorized", 401, None, &["auth"]),
        case("forbidden by the gateway", 403, None, &["auth"]),
        case("missing on 403", 403, Some("VOD.10062"), &["not found"]),
        case("missing on 400", 400, Some("VOD.10062"), &["not found"]),
        case("a wrong state on 403", 403, Some("VOD.10083"), &[]),
        case("not authenticated", 403, Some("VOD.10054"), &["auth"]),
        case("exists on 403", 403, Some("VOD.10065"), &["conflict"]),
        case("exists on 400", 400, Some("VOD.10065"), &["conflict"]),
        case("conflict by status", 409, None, &["conflict"]),
        case("unknown code on 409", 409, Some("VOD.10999"), &["conflict"]),
        case("missing on 409", 409, Some("VOD.10062"), &["not found"]),
        case(
            "unknown code on 404",
            404,
            Some("VOD.10999"),
            &["not found"],
        ),
        // That it is the API that does not exist must not pass for a media asset that is gone.
        case("no such address", 404, None, &[]),
        case("no such API", 404, Some("APIGW.0101"), &[]),
        case("throttled", 429, None, &["throttled", "transient"]),
        case(
            "throttled on 403",
            403,
            Some("APIGW.0308"),
            &["throttled", "transient"],
        ),
        case("bad request", 400, None, &["invalid request"]),
        case("internal error", 500, None, &["transient"]),
    ] {
        let body = case
            .code
            .map(|code| format!(r#"{{"error_code":"{code}","error_msg":"m"}}"#));
        let error = service(case.status, body.unwrap_or_default().as_bytes());
        assert_eq!(answers(&error), case.answers, "{}", case.name);
    }
    assert_eq!(answers(&Error::invalid_request("")), ["invalid request"]);
    assert!(answers(&Error::configuration("")).is_empty());
}

#[test]
fn tells_what_can_pass() {
    let coded = |status, code: &str| {
        let body = format!(r#"{{"error_code":"{code}","error_msg":"m"}}"#);
        service(status, body.as_bytes())
    };
    for code in ["VOD.10051", "VOD.10052", "VST.10002", "APIGW.0308"] {
        assert!(coded(403, code).is_transient(), "{code}");
    }
    assert!(service(503, b"").is_transient());
    assert!(!service(501, b"").is_transient());
    // The code knows more than the status.
    assert!(!coded(500, "VOD.10062").is_transient());

    let lost = |source| Error::credentials("no token").with_source(source);
    assert!(lost(service(503, b"")).is_transient());
    assert!(!lost(service(401, b"")).is_transient());
    assert!(!Error::credentials("no key").is_transient());
}

#[test]
fn never_shows_a_secret() {
    let mut headers = HeaderMap::new();
    headers.insert("x-echo", HeaderValue::from_static("a my-token b"));
    headers.insert("x-request-id", HeaderValue::from_static("my-token"));
    for body in [
        &br#"{"error_code":"my-token","error_msg":"x-security-token:my-token key my\/secret"}"#[..],
        br#"{"error_msg":"\u006dy-token"}"#,
        b"plain my/secret",
    ] {
        let error = service_with(401, body, headers.clone());
        let shown = format!(
            "{error} {error:?} {:?} {:?} {:?}",
            error.message(),
            error.raw_body(),
            error.headers()
        );
        assert!(
            !shown.contains("my-token") && !shown.contains("my/secret"),
            "{shown}"
        );
        assert!(shown.contains("[redacted]"));
        assert_eq!(error.headers().unwrap()["x-echo"], "a [redacted] b");
    }
}

#[test]
fn names_the_innermost_cause() {
    #[derive(Debug)]
    struct Outer(std::io::Error);
    impl fmt::Display for Outer {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("outer")
        }
    }
    impl StdError for Outer {
        fn source(&self) -> Option<&(dyn StdError + 'static)> {
            Some(&self.0)
        }
    }
    let error = Error::new(ErrorKind::Connect, Sent::No, "could not connect")
        .with_source(Outer(std::io::Error::other("refused")));
    let error = error.in_call("X", 1);
    assert_eq!(
        error.to_string(),
        "X: could not connect: refused (not sent, 1 attempt)"
    );
    assert_eq!(StdError::source(&error).unwrap().to_string(), "outer");
    assert!(error.is_connect() && !error.is_timeout());
}
