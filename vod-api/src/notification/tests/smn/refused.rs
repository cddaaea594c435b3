//! Messages that are refused, and why.

use std::time::Duration;

use serde_json::{Value, json};

use crate::notification::smn::{CheckOptions, Message};
use crate::notification::tests::smn::{
    CERTIFICATE, TOPIC, check, confirmation, notification, read, with,
};

#[test]
fn a_message_that_claims_something_else_is_refused_before() {
    struct Case {
        name: &'static str,
        message: Value,
        said: &'static str,
    }

    let topic = "the message is of another topic than the one expected";
    let age = "`timestamp` is 2023-11-14T23:13:21Z, which is too long ago or too far ahead: it was \
               sent again, or the clock of this machine is wrong";
    let cases = [
        Case {
            name: "another topic",
            message: with(notification(), "topic_urn", format!("{TOPIC}2").into()),
            said: topic,
        },
        Case {
            name: "a topic in capitals",
            message: with(notification(), "topic_urn", TOPIC.to_uppercase().into()),
            said: topic,
        },
        Case {
            name: "too far ahead",
            message: with(notification(), "timestamp", "2023-11-14T23:13:21Z".into()),
            said: age,
        },
        Case {
            name: "a certificate of someone else",
            message: with(
                notification(),
                "signing_cert_url",
                "https://smn.cn-north-4.myhuaweicloud.com.evil.example/".into(),
            ),
            said: "`signing_cert_url` leads to the host \
                   smn.cn-north-4.myhuaweicloud.com.evil.example, which is not known as one of \
                   SMN; if it is, add it with `CheckOptions::with_host`",
        },
        Case {
            name: "a certificate without https",
            message: with(
                notification(),
                "signing_cert_url",
                CERTIFICATE.replace("https", "http").into(),
            ),
            said: "`signing_cert_url` is not an https address without user and port",
        },
        Case {
            name: "a subscription that is confirmed elsewhere",
            message: with(
                confirmation("SubscriptionConfirmation"),
                "subscribe_url",
                "https://169.254.169.254/openstack/latest/securitykey".into(),
            ),
            said: "`subscribe_url` leads to the host 169.254.169.254, which is not known as one \
                   of SMN; if it is, add it with `CheckOptions::with_host`",
        },
    ];
    for case in cases {
        let said = check(&case.message, &CheckOptions::new(TOPIC)).unwrap_err();
        assert_eq!(said, case.said, "{}", case.name);
    }
}

#[test]
fn what_is_expected_can_be_set() {
    let early = with(notification(), "timestamp", "1970-01-01T00:00:00Z".into());
    let anytime = CheckOptions::new(TOPIC).with_max_age(Duration::MAX);
    assert!(check(&early, &CheckOptions::new(TOPIC)).is_err());
    assert!(check(&early, &anytime).is_ok());
    let elsewhere = with(
        notification(),
        "signing_cert_url",
        "https://smn.eu-west-101.example.eu/a.pem".into(),
    );
    let more = CheckOptions::new(TOPIC).with_host("smn.*.example.eu");
    assert!(check(&elsewhere, &CheckOptions::new(TOPIC)).is_err());
    assert!(check(&elsewhere, &more).is_ok());
    assert!(check(&notification(), &more).is_ok());
    // By the clock of this machine, the message is old.
    assert!(
        read(&notification())
            .check(&CheckOptions::new(TOPIC))
            .is_err()
    );
    assert!(read(&notification()).check(&anytime).is_ok());
}

#[test]
fn members_that_count_have_to_be_right() {
    struct Case {
        name: &'static str,
        value: Value,
        said: &'static str,
    }

    let missing = |name, said| Case {
        name,
        value: Value::Null,
        said,
    };
    let wrong = |name, value, said| Case { name, value, said };
    let cases = [
        missing("type", "the message has no `type`"),
        missing("message", "the message has no `message`"),
        missing("message_id", "the message has no `message_id`"),
        missing("topic_urn", "the message has no `topic_urn`"),
        missing("timestamp", "the message has no `timestamp`"),
        missing("subscribe_url", "the message has no `subscribe_url`"),
        missing("signing_cert_url", "the message has no `signing_cert_url`"),
        missing("signature", "the message has no `signature`"),
        missing(
            "signature_version",
            "the message has no `signature_version`",
        ),
        wrong(
            "type",
            "notification".into(),
            "`type` of the message is not a type that is known",
        ),
        wrong("type", 1.into(), "`type` of the message is not text"),
        wrong("message", json!({}), "`message` of the message is not text"),
        wrong(
            "signature_version",
            "v2".into(),
            "`signature_version` of the message is not v1",
        ),
        wrong(
            "timestamp",
            "yesterday".into(),
            "`timestamp` of the message is not a time",
        ),
        wrong(
            "signature",
            "A".into(),
            "`signature` of the message is not Base64",
        ),
        wrong(
            "topic_urn",
            format!("{TOPIC}\ntype\nNotification").into(),
            "`topic_urn` of the message is not text on one line",
        ),
        wrong(
            "message_id",
            "m1\r".into(),
            "`message_id` of the message is not text on one line",
        ),
        wrong(
            "subject",
            "a\nmessage_id\nb".into(),
            "`subject` of the message is not text on one line",
        ),
    ];
    for case in cases {
        let message = with(
            confirmation("SubscriptionConfirmation"),
            case.name,
            case.value,
        );
        let error = Message::read(message.to_string().as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), case.said);
    }
    let twice = notification()
        .to_string()
        .replacen('{', r#"{"topic_\u0075rn":"","#, 1);
    let error = Message::read(twice.as_bytes()).unwrap_err();
    assert_eq!(error.to_string(), "the body has `topic_urn` more than once");
    for name in ["subject", "unsubscribe_url"] {
        read(&with(notification(), name, Value::Null));
    }
    let null = notification()
        .to_string()
        .replacen('{', r#"{"subject":null,"#, 1);
    assert_eq!(Message::read(null.as_bytes()).unwrap().subject(), None);
}

#[test]
fn the_start_of_a_message_is_none() {
    let body = notification().to_string();
    for length in 0..body.len() {
        assert!(
            Message::read(&body.as_bytes()[..length]).is_err(),
            "{length}"
        );
    }
}
