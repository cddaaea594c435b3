//! Requests that are refused, and why.

use std::time::Duration;

use http::{HeaderMap, HeaderValue};

use crate::notification::tests::{
    AT, KEY, MESSAGE, TIMESTAMP, headers, in_object, in_string, signed, time, verifier, verify,
};
use crate::notification::{MAX_BODY, MfsVerifier, read_unverified};

/// What is said of a request.
fn verdict(headers: &HeaderMap, body: impl AsRef<[u8]>) -> String {
    let verdict = verify(headers, body);
    verdict.map_or_else(|error| error.to_string(), |_| "accepted".to_owned())
}

const MISMATCH: &str = "`auth_sign` does not fit key, time and message: compare the key with that \
                        of the console, and give the body as it came";
const FORM: &str = "`auth_sign` is neither 64 hexadecimal digits nor 44 characters of Base64";

#[test]
fn headers_have_to_be_there_once() {
    for name in ["auth_sign", "auth_timestamp"] {
        let mut headers = signed(MESSAGE);
        let value = headers.remove(name).unwrap();
        assert_eq!(
            verdict(&headers, in_string(MESSAGE)),
            format!(
                "the header `{name}` is missing: the console has no key for this address, or a \
                 proxy has removed it, as nginx does with `_` in names unless \
                 `underscores_in_headers` is on"
            )
        );
        headers.append(name, value.clone());
        headers.append(name, value);
        assert_eq!(
            verdict(&headers, in_string(MESSAGE)),
            format!("the header `{name}` is there more than once")
        );
    }
}

#[test]
fn signatures_have_a_form() {
    let right = verifier().sign(TIMESTAMP, MESSAGE);
    for signature in [
        "",
        "0",
        &right[..63],
        &right.replace(|it: char| it.is_ascii_digit(), "+"),
        &format!("{right}0"),
        "llnXMbsDzlZIwXH3yIwOMeQwXg3nnmf7sGljMFdNBRQ",
        "llnXMbsDzlZIwXH3yIwOMeQwXg3nnmf7sGljMFdNBQ==",
        "llnXMbsDzlZIwXH3yIwOMeQwXg3nnmf7sGljMFdNB-_=",
    ] {
        let headers = headers(signature, TIMESTAMP);
        assert_eq!(verdict(&headers, in_string(MESSAGE)), FORM, "{signature}");
    }
    let mut headers = signed(MESSAGE);
    let bytes = HeaderValue::from_bytes(b"\xff\xfe").unwrap();
    headers.insert("auth_sign", bytes.clone());
    assert_eq!(verdict(&headers, in_string(MESSAGE)), FORM);
    // Any bytes can be signed.
    let mut headers = signed(MESSAGE);
    headers.insert("auth_timestamp", bytes);
    assert_eq!(verdict(&headers, in_string(MESSAGE)), MISMATCH);
}

#[test]
fn another_key_time_or_message_does_not_fit() {
    let right = signed(MESSAGE);
    assert_eq!(verdict(&right, in_string(MESSAGE)), "accepted");
    let other = MfsVerifier::new(KEY.replace('0', "1")).unwrap();
    let other = headers(&other.sign(TIMESTAMP, MESSAGE), TIMESTAMP);
    assert_eq!(verdict(&other, in_string(MESSAGE)), MISMATCH);
    let later = headers(&verifier().sign(TIMESTAMP, MESSAGE), "1700000001");
    assert_eq!(verdict(&later, in_string(MESSAGE)), MISMATCH);
    let spaced = MESSAGE.replace(':', ": ");
    assert_eq!(verdict(&right, in_string(&spaced)), MISMATCH);
    assert_eq!(verdict(&right, in_object(&spaced)), MISMATCH);
}

#[test]
fn each_digit_of_the_signature_counts() {
    let right = verifier().sign(TIMESTAMP, MESSAGE);
    for at in 0..right.len() {
        let other = if &right[at..=at] == "0" { "1" } else { "0" };
        let mut signature = right.clone();
        signature.replace_range(at..=at, other);
        let said = verdict(&headers(&signature, TIMESTAMP), in_string(MESSAGE));
        assert_eq!(said, MISMATCH, "{at}");
    }
}

#[test]
fn one_changed_byte_of_the_message_does_not_fit() {
    for body in [in_string(MESSAGE), in_object(MESSAGE)] {
        let headers = signed(MESSAGE);
        for at in 0..body.len() {
            for bit in 0..8 {
                let mut changed = body.clone().into_bytes();
                changed[at] ^= 1 << bit;
                assert_ne!(verdict(&headers, &changed), "accepted", "{at}, {bit}");
            }
        }
    }
}

#[test]
fn the_start_of_a_body_is_none() {
    for body in [in_string(MESSAGE), in_object(MESSAGE)] {
        for length in 0..body.len() {
            let said = verdict(&signed(MESSAGE), &body[..length]);
            assert!(
                said.starts_with("the body is not JSON: see line 1"),
                "{said}"
            );
        }
    }
}

#[test]
fn a_body_has_one_message() {
    struct Case {
        name: &'static str,
        body: String,
        said: &'static str,
    }

    let twice = "the body has `message` more than once";
    let none = "the body has no `message`, which has the event";
    let form = "`message` is neither a string nor an object";
    let object = "the body is JSON, but not an object";
    let new = |name, body: &str, said| Case {
        name,
        body: body.to_owned(),
        said,
    };
    let cases = [
        new("no message", r#"{"message ": {}, "Message": {}}"#, none),
        new("an event alone", MESSAGE, none),
        new("a list", r#"[{"message": {}}]"#, object),
        new("text", r#""message""#, object),
        new("null", "null", object),
        new("a message that is null", r#"{"message": null}"#, form),
        new("a message that is a number", r#"{"message": 1}"#, form),
        new("a message that is a list", r#"{"message": [{}]}"#, form),
        new("half a character", r#"{"message": "\ud83c"}"#, form),
        new(
            "two objects",
            "{\"message\": {}}{}",
            "the body is not JSON: see line 1, column 16",
        ),
        new(
            "not UTF-8",
            "",
            "the body is not JSON: see line 1, column 0",
        ),
        Case {
            name: "twice",
            body: format!(r#"{{"message": {MESSAGE}, "message": {MESSAGE}}}"#),
            said: twice,
        },
        Case {
            name: "twice, with an escape",
            body: format!(r#"{{"message": {MESSAGE}, "mess\u0061ge": {{}}}}"#),
            said: twice,
        },
        Case {
            name: "twice, in two forms",
            body: format!(r#"{{"mess\u0061ge": "{{}}", "message": {MESSAGE}}}"#),
            said: twice,
        },
        Case {
            name: "a thousand times",
            body: format!("{{{}}}", [r#""message": {}"#; 1000].join(",")),
            said: twice,
        },
    ];
    for case in cases {
        assert_eq!(
            verdict(&signed(MESSAGE), &case.body),
            case.said,
            "{}",
            case.name
        );
    }
}

#[test]
fn what_is_not_utf_8_is_not_json() {
    for body in [
        &b"{\"message\": \"\xff\"}"[..],
        b"\xff",
        b"{\"message\": {\"a\": \"\xc3\"}}",
    ] {
        let said = verdict(&signed(MESSAGE), body);
        assert!(said.starts_with("the body is not JSON"), "{said}");
    }
}

#[test]
fn bodies_have_a_greatest_length() {
    let fill = |length: usize| {
        let body = in_string(MESSAGE);
        body.clone() + &" ".repeat(length - body.len())
    };
    assert_eq!(verdict(&signed(MESSAGE), fill(MAX_BODY)), "accepted");
    let said = "the body has 4194305 bytes; a notification has at most 4194304";
    assert_eq!(verdict(&signed(MESSAGE), fill(MAX_BODY + 1)), said);
    let error = read_unverified(fill(MAX_BODY + 1).as_bytes()).unwrap_err();
    assert_eq!(error.to_string(), said);
}

/// However deep, it neither ends the program nor is it an event.
#[test]
fn nesting_is_limited() {
    let nested = |depth: usize| {
        let (open, close) = (r#"{"a":"#.repeat(depth), "}".repeat(depth));
        format!(r#"{{"event_type":"somethingNew","b":{open}1{close}}}"#)
    };
    for (depth, is_read) in [(100, true), (200, false), (500_000, false)] {
        let message = nested(depth);
        for body in [in_string(&message), in_object(&message)] {
            let read = verify(&signed(&message), &body).is_ok();
            assert_eq!(read, is_read, "{depth}");
            assert_eq!(read_unverified(body.as_bytes()).is_ok(), is_read, "{depth}");
        }
    }
    // What is not read can be as it likes.
    let aside = format!(r#"{{"b":{},"message":{MESSAGE}}}"#, nested(100_000));
    assert_eq!(verdict(&signed(MESSAGE), aside), "accepted");
}

#[test]
fn a_signature_that_is_right_does_not_make_an_event() {
    for message in ["", "no JSON", "[]", "{}", r#"{"event_type": {}}"#, "null"] {
        let said = verdict(&signed(message), in_string(message));
        assert!(said.starts_with("the event cannot be read: "), "{said}");
    }
}

#[test]
fn the_age_is_limited_if_that_is_set() {
    let hour = Duration::from_secs(3600);
    let strict = verifier().with_max_age(hour);
    let request = signed(MESSAGE);
    let body = in_string(MESSAGE);
    let verdict = |now| {
        let verdict = strict.verify_at(&request, body.as_bytes(), time(now));
        verdict.map_or_else(|error| error.to_string(), |_| "accepted".to_owned())
    };
    let too_far = "`auth_timestamp` is 2023-11-14T22:13:20Z, which is too long ago or too far \
                   ahead: it was sent again, or the clock of this machine is wrong";
    for (now, said) in [
        (AT - 3601, too_far),
        (AT - 3600, "accepted"),
        (AT, "accepted"),
        (AT + 3600, "accepted"),
        (AT + 3601, too_far),
        (0, too_far),
    ] {
        assert_eq!(verdict(now), said, "{now}");
    }
    // Without the setting, at any time.
    for now in [0, AT, 4 * AT] {
        assert!(
            verifier()
                .verify_at(&request, body.as_bytes(), time(now))
                .is_ok()
        );
    }
    // By the clock of this machine, it is long ago.
    assert!(strict.verify(&request, body.as_bytes()).is_err());
    assert!(verifier().verify(&request, body.as_bytes()).is_ok());
}

#[test]
fn a_time_that_cannot_be_read_has_no_age() {
    let strict = verifier().with_max_age(Duration::MAX);
    let headers = headers(&verifier().sign("noon", MESSAGE), "noon");
    let body = in_string(MESSAGE);
    let error = strict.verify(&headers, body.as_bytes()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`auth_timestamp` is no time in a known form, so its age is unknown"
    );
    assert!(verifier().verify(&headers, body.as_bytes()).is_ok());
}

/// No part of a request is in an error or in `Debug`: neither the right signature nor the key.
#[test]
fn errors_do_not_say_what_would_be_right() {
    let right = verifier().sign(TIMESTAMP, MESSAGE);
    let wrong = right.replace(|it: char| it.is_ascii_digit(), "a");
    let error = verify(&headers(&wrong, TIMESTAMP), in_string(MESSAGE)).unwrap_err();
    for text in [error.to_string(), format!("{error:?}")] {
        for secret in [&*right, &wrong, KEY, "somethingNew"] {
            assert!(!text.contains(secret), "{text}");
        }
    }
}
