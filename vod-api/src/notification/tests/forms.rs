//! All forms of requests that are accepted.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use crate::notification::tests::{
    AT, KEY, MESSAGE, TIMESTAMP, headers, in_object, in_string, signed, time, verifier, verify,
};
use crate::notification::{Channel, MfsKeyError, MfsVerifier, read_unverified};

/// Computed with Python.
const HEX: &str = "9659d731bb03ce5648c171f7c88c0e31e4305e0de79e67fbb0696330574d0514";
const BASE64: &str = "llnXMbsDzlZIwXH3yIwOMeQwXg3nnmf7sGljMFdNBRQ=";

#[test]
fn the_signature_is_that_of_another_implementation() {
    let message = r#"{"event_type":"transcodeComplete"}"#;
    assert_eq!(verifier().sign(TIMESTAMP, message), HEX);
    let bytes: Vec<_> = (0..32)
        .map(|at| u8::from_str_radix(&HEX[2 * at..][..2], 16).unwrap())
        .collect();
    assert_eq!(BASE64_STANDARD.encode(bytes), BASE64);
}

#[test]
fn a_signature_is_hexadecimal_or_base64() {
    let digits = verifier().sign(TIMESTAMP, MESSAGE);
    let bytes: Vec<_> = (0..32)
        .map(|at| u8::from_str_radix(&digits[2 * at..][..2], 16).unwrap())
        .collect();
    for signature in [
        digits.clone(),
        digits.to_uppercase(),
        BASE64_STANDARD.encode(bytes),
    ] {
        let verified = verify(&headers(&signature, TIMESTAMP), in_string(MESSAGE));
        let verified = verified.unwrap();
        assert_eq!(verified.event().event_type(), "somethingNew");
        assert_eq!(verified.channel(), Channel::Mfs);
        assert_eq!(verified.sent_at(), Some(time(AT)));
    }
}

#[test]
fn the_exact_bytes_of_the_message_are_signed() {
    struct Case {
        name: &'static str,
        body: String,
        signed: &'static str,
    }

    let odd = "{ \t\"event_type\"\r\n:  \"somethingNew\" ,\"a\":1.50,\"b\":[ ]\n}";
    let cases = [
        Case {
            name: "a string",
            body: in_string(MESSAGE),
            signed: MESSAGE,
        },
        Case {
            name: "a string with escapes that it needs not",
            body: r#"{"message":"{\"\u0065vent_type\":\"something\u004eew\"\/**\/}"}"#
                .replace(r"\/**\/", ""),
            signed: MESSAGE,
        },
        Case {
            name: "a string with escapes inside of it",
            body: in_string(r#"{"event_type":"something\u004eew"}"#),
            signed: r#"{"event_type":"something\u004eew"}"#,
        },
        Case {
            name: "a string with text outside of ASCII",
            body: r#"{"message":"{\"event_type\":\"somethingNew\",\"title\":\"\u4f60\ud83c\udfac\"}"}"#
                .to_owned(),
            signed: r#"{"event_type":"somethingNew","title":"你🎬"}"#,
        },
        Case {
            name: "an object",
            body: in_object(MESSAGE),
            signed: MESSAGE,
        },
        Case {
            name: "an object with odd white space",
            body: format!("\n{{\t\"message\" : {odd}\r\n , \"other\": {{\"message\": 1}} }}  "),
            signed: odd,
        },
        Case {
            name: "an object with escapes",
            body: in_object(r#"{"event_type":"something\u004eew"}"#),
            signed: r#"{"event_type":"something\u004eew"}"#,
        },
        Case {
            name: "the name of the member with an escape",
            body: format!(r#"{{"mess\u0061ge":{MESSAGE}}}"#),
            signed: MESSAGE,
        },
    ];
    for case in cases {
        let verified = verify(&signed(case.signed), &case.body);
        let verified = verified.unwrap_or_else(|error| panic!("{}: {error}", case.name));
        assert_eq!(
            verified.event().event_type(),
            "somethingNew",
            "{}",
            case.name
        );
        let unverified = read_unverified(case.body.as_bytes()).unwrap();
        assert_eq!(*verified.event(), unverified, "{}", case.name);
        assert_eq!(verified.into_event(), unverified, "{}", case.name);
    }
}

#[test]
fn the_time_can_be_written_in_many_ways() {
    for (text, sent_at) in [
        ("1700000000", Some(time(AT))),
        ("1700000000000", Some(time(AT))),
        ("2023-11-14T22:13:20Z", Some(time(AT))),
        ("2023-11-15T06:13:20+08:00", Some(time(AT))),
        ("20231114T221320Z", Some(time(AT))),
        ("20231114221320", Some(time(AT))),
        ("2023-11-14 22:13:20", Some(time(AT))),
        ("170000000a", None),
        ("+700000000", None),
        ("1", None),
        ("noon", None),
    ] {
        let signature = verifier().sign(text, MESSAGE);
        let headers = headers(&signature, text);
        let verified = verify(&headers, in_string(MESSAGE)).unwrap();
        assert_eq!(verified.sent_at(), sent_at, "{text}");
    }
}

#[test]
fn an_event_without_check_can_stand_alone() {
    let alone = read_unverified(MESSAGE.as_bytes()).unwrap();
    assert_eq!(
        read_unverified(in_string(MESSAGE).as_bytes()).unwrap(),
        alone
    );
    assert_eq!(
        read_unverified(in_object(MESSAGE).as_bytes()).unwrap(),
        alone
    );
    // As `verify` sees it.
    let both = format!(r#"{{"event_type": "other", "message": {MESSAGE}}}"#);
    assert_eq!(read_unverified(both.as_bytes()).unwrap(), alone);
}

#[test]
fn keys_are_checked_and_not_shown() {
    struct Case {
        name: &'static str,
        key: &'static str,
        verdict: Result<(), MfsKeyError>,
    }

    let character = |position| Err(MfsKeyError::Character { position });
    let cases = [
        Case {
            name: "as expected",
            key: KEY,
            verdict: Ok(()),
        },
        Case {
            name: "signs and other letters",
            key: "a-_+/=é钥",
            verdict: Ok(()),
        },
        Case {
            name: "empty",
            key: "",
            verdict: Err(MfsKeyError::Empty),
        },
        Case {
            name: "a line break at the end",
            key: "key\n",
            verdict: character(4),
        },
        Case {
            name: "a space at the start",
            key: " key",
            verdict: character(1),
        },
    ];
    for case in cases {
        let made = MfsVerifier::new(case.key).map(|_| ());
        assert_eq!(made, case.verdict, "{}", case.name);
    }
    assert_eq!(
        format!("{:?}", verifier()),
        "MfsVerifier { max_age: None, .. }"
    );
}

/// What HMAC keeps of a key are states of SHA-256.
#[test]
fn keys_are_wiped() {
    const fn is_wiped<T: zeroize::ZeroizeOnDrop>() {}
    is_wiped::<sha2::Sha256>();
}
