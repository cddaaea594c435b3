//! Messages of SMN.

mod refused;

use serde_json::{Value, json};

use crate::notification::Channel;
use crate::notification::smn::{CheckOptions, Checked, Message, MessageType, Verified};
use crate::notification::tests::{AT, MESSAGE, time};

const TOPIC: &str = "urn:smn:cn-north-4:0123456789abcdef0123456789abcdef:vod";
const CERTIFICATE: &str = "https://smn.cn-north-4.myhuaweicloud.com/smn/SMN_cn-north-4_0.pem";
const SUBSCRIBE: &str = "https://console.huaweicloud.com/smn/subscription/confirm?token=secret";

fn notification() -> Value {
    json!({
        "type": "Notification",
        "message": MESSAGE,
        "message_id": "m1",
        "topic_urn": TOPIC,
        "timestamp": "2023-11-14T22:13:20Z",
        "signature": "AAEC",
        "signature_version": "v1",
        "signing_cert_url": CERTIFICATE,
        "unsubscribe_url": "https://console.huaweicloud.com/smn/subscription/unsubscribe",
    })
}

fn confirmation(message_type: &str) -> Value {
    with(
        with(
            with(notification(), "type", message_type.into()),
            "subscribe_url",
            SUBSCRIBE.into(),
        ),
        "message",
        "Do you want this?".into(),
    )
}

/// The message with another value for a member, or without it.
fn with(mut message: Value, name: &str, value: Value) -> Value {
    let members = message.as_object_mut().unwrap();
    if value.is_null() {
        members.remove(name);
    } else {
        members.insert(name.to_owned(), value);
    }
    message
}

fn read(message: &Value) -> Message {
    Message::read(message.to_string().as_bytes()).unwrap()
}

fn check(message: &Value, options: &CheckOptions) -> Result<Checked, String> {
    let checked = read(message).check_at(options, time(AT));
    checked.map_err(|error| error.to_string())
}

fn checked(message: &Value) -> Checked {
    check(message, &CheckOptions::new(TOPIC)).unwrap()
}

#[test]
fn says_what_is_in_it() {
    let message = read(&with(notification(), "subject", "News".into()));
    assert_eq!(message.message_type(), MessageType::Notification);
    assert_eq!(message.topic_urn(), TOPIC);
    assert_eq!(message.message_id(), "m1");
    assert_eq!(message.sent_at(), time(AT));
    assert_eq!(message.subject(), Some("News"));
    let checked = checked(&notification());
    assert_eq!(checked.signing_cert_url(), CERTIFICATE);
    assert_eq!(checked.signature(), [0, 1, 2]);
    assert_eq!(checked.message().message_id(), "m1");
}

#[test]
fn the_text_to_verify_has_what_the_type_signs() {
    struct Case {
        name: &'static str,
        message: Value,
        text: String,
    }

    let plain = format!(
        "message\n{MESSAGE}\nmessage_id\nm1\n\
         timestamp\n2023-11-14T22:13:20Z\ntopic_urn\n{TOPIC}\ntype\nNotification\n"
    );
    let with_url = |message_type| {
        format!(
            "message\nDo you want this?\nmessage_id\nm1\nsubscribe_url\n{SUBSCRIBE}\n\
             timestamp\n2023-11-14T22:13:20Z\ntopic_urn\n{TOPIC}\ntype\n{message_type}\n"
        )
    };
    let subscription = confirmation("SubscriptionConfirmation");
    let cases = [
        Case {
            name: "a notification",
            message: notification(),
            text: plain.clone(),
        },
        Case {
            name: "a notification with a subject",
            message: with(notification(), "subject", "News: 新".into()),
            text: plain.replace("timestamp", "subject\nNews: 新\ntimestamp"),
        },
        Case {
            name: "a notification with an empty subject",
            message: with(notification(), "subject", "".into()),
            text: plain.clone(),
        },
        Case {
            name: "a notification with an address that it does not have",
            message: with(notification(), "subscribe_url", SUBSCRIBE.into()),
            text: plain,
        },
        Case {
            name: "a subscription",
            message: subscription.clone(),
            text: with_url("SubscriptionConfirmation"),
        },
        Case {
            name: "a subscription with a subject",
            message: with(subscription, "subject", "News".into()),
            text: with_url("SubscriptionConfirmation"),
        },
        Case {
            name: "the end of a subscription",
            message: confirmation("UnsubscribeConfirmation"),
            text: with_url("UnsubscribeConfirmation"),
        },
    ];
    for case in cases {
        let checked = checked(&case.message);
        assert_eq!(checked.text_to_verify(), case.text, "{}", case.name);
        let verified = checked.verify(|text, signature| {
            assert_eq!((text, signature), (&*case.text, &[0, 1, 2][..]));
            false
        });
        let said = verified.unwrap_err().to_string();
        assert_eq!(said, "the signature does not fit message and certificate");
    }
}

#[test]
fn only_a_signature_that_holds_gives_something() {
    let verified = checked(&notification()).verify(|_, _| true).unwrap();
    let Verified::Event(verified) = verified else {
        panic!("{verified:?}");
    };
    assert_eq!(verified.event().event_type(), "somethingNew");
    assert_eq!(verified.channel(), Channel::Smn);
    assert_eq!(verified.sent_at(), Some(time(AT)));

    let subscription = confirmation("SubscriptionConfirmation");
    let verified = checked(&subscription).verify(|_, _| true).unwrap();
    let Verified::Subscription(subscription) = verified else {
        panic!("{verified:?}");
    };
    assert_eq!(subscription.topic_urn(), TOPIC);
    assert_eq!(subscription.url(), SUBSCRIBE);

    let end = confirmation("UnsubscribeConfirmation");
    let verified = checked(&end).verify(|_, _| true).unwrap();
    assert!(matches!(verified, Verified::Unsubscribed), "{verified:?}");

    let other = with(
        notification(),
        "message",
        "A message of another service".into(),
    );
    let said = checked(&other).verify(|_, _| true).unwrap_err().to_string();
    assert!(said.starts_with("the event cannot be read: "), "{said}");
}

/// The text says only one thing: another message with the same text would be signed as well.
#[test]
fn the_text_is_that_of_one_message_only() {
    let odd = "x\nmessage_id\nm0\nsubject\ny";
    let first = checked(&with(
        with(notification(), "message", odd.into()),
        "subject",
        "z".into(),
    ));
    let text = first.text_to_verify();
    // From the end, each line is known.
    let lines: Vec<_> = text.lines().rev().collect();
    assert_eq!(lines[..2], ["Notification", "type"]);
    assert_eq!(lines[2..4], [TOPIC, "topic_urn"]);
    assert_eq!(lines[4..6], ["2023-11-14T22:13:20Z", "timestamp"]);
    assert_eq!(lines[6..8], ["z", "subject"]);
    assert_eq!(lines[8..10], ["m1", "message_id"]);
}

#[test]
fn secrets_are_not_shown() {
    let message = confirmation("SubscriptionConfirmation");
    let checked = checked(&message);
    let shown = format!("{:?} {checked:?}", read(&message));
    let verified = checked.verify(|_, _| true).unwrap();
    let shown = format!("{shown} {verified:?}");
    assert!(shown.contains("m1"), "{shown}");
    for secret in ["token", "secret", "AAEC", "[0, 1, 2]"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}
