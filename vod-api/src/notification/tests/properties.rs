//! What holds for any message, tried with random ones. Each round draws from a seed of its own, so a
//! failure comes again.

use fastrand::Rng;
use serde_json::{Map, Value, json};

use crate::notification::smn::Message;
use crate::notification::tests::{AT, headers, in_object, in_string, time};
use crate::notification::{MfsVerifier, read_unverified};

struct Draw(Rng);

impl Draw {
    fn text(&mut self, length: usize) -> String {
        let length = self.0.usize(..length);
        let any = |rng: &mut Rng| match rng.u8(..4) {
            0 => rng.char(..),
            1 => rng
                .choice(['"', '\\', '/', '\n', '_', '{', '}', ':', ','])
                .unwrap_or('"'),
            _ => rng.alphanumeric(),
        };
        (0..length).map(|_| any(&mut self.0)).collect()
    }

    fn value(&mut self, depth: usize) -> Value {
        match self.0.usize(..if depth > 0 { 6 } else { 4 }) {
            0 => Value::Null,
            1 => json!(self.0.i64(..)),
            2 => json!(self.0.f64()),
            3 => json!(self.text(9)),
            4 => (0..self.0.usize(..4))
                .map(|_| self.value(depth - 1))
                .collect(),
            _ => self.object(depth - 1).into(),
        }
    }

    fn object(&mut self, depth: usize) -> Map<String, Value> {
        let count = self.0.usize(..4);
        (0..count)
            .map(|_| (self.text(9), self.value(depth)))
            .collect()
    }

    /// An event of a type that is never known.
    fn message(&mut self) -> String {
        let mut event = self.object(3);
        event.insert(
            "event_type".to_owned(),
            json!(format!("new {}", self.text(9))),
        );
        if self.0.bool() {
            serde_json::to_string_pretty(&event).unwrap()
        } else {
            serde_json::to_string(&event).unwrap()
        }
    }

    fn body(&mut self, message: &str) -> String {
        if self.0.bool() {
            in_string(message)
        } else {
            in_object(message)
        }
    }

    fn verifier(&mut self) -> MfsVerifier {
        let length = self.0.usize(1..99);
        let key: String = (0..length).map(|_| self.0.alphanumeric()).collect();
        MfsVerifier::new(key).unwrap()
    }
}

#[test]
fn what_is_signed_verifies_and_reads_the_same_without_check() {
    for seed in 0..500 {
        let mut draw = Draw(Rng::with_seed(seed));
        let verifier = draw.verifier();
        let timestamp = draw.0.u64(..).to_string();
        let message = draw.message();
        let body = draw.body(&message);
        let headers = headers(&verifier.sign(&timestamp, &message), &timestamp);
        let verified = verifier.verify_at(&headers, body.as_bytes(), time(AT));
        let verified = verified.unwrap_or_else(|error| panic!("seed {seed}: {body}: {error}"));
        let unverified = read_unverified(body.as_bytes()).unwrap();
        assert_eq!(verified.into_event(), unverified, "seed {seed}");
        assert_eq!(
            read_unverified(message.as_bytes()).unwrap(),
            unverified,
            "seed {seed}"
        );
        assert!(
            draw.verifier()
                .verify_at(&headers, body.as_bytes(), time(AT))
                .is_err()
        );
    }
}

#[test]
fn a_changed_or_cut_body_does_not() {
    for seed in 0..200 {
        let mut draw = Draw(Rng::with_seed(seed));
        let verifier = draw.verifier();
        let message = draw.message();
        let body = draw.body(&message).into_bytes();
        let headers = headers(&verifier.sign("1700000000", &message), "1700000000");
        for length in 0..body.len() {
            let verdict = verifier.verify_at(&headers, &body[..length], time(AT));
            assert!(verdict.is_err(), "seed {seed}: {length} bytes");
        }
        for _ in 0..200 {
            let mut changed = body.clone();
            let at = draw.0.usize(..changed.len());
            changed[at] = draw.0.u8(..);
            let verdict = verifier.verify_at(&headers, &changed, time(AT));
            // A change can be one of an escape that stands for the same.
            let same = read_unverified(&changed).ok() == read_unverified(&body).ok();
            assert!(verdict.is_err() || same, "seed {seed}: {at}");
        }
    }
}

#[test]
fn any_bytes_are_read_without_panic() {
    let smn = serde_json::to_vec(&json!({
        "type": "Notification",
        "message": r#"{"event_type":"new"}"#,
        "message_id": "m1",
        "topic_urn": "urn:smn:cn-north-4:p1:vod",
        "timestamp": "2023-11-14T22:13:20Z",
        "signature": "AAAA",
        "signature_version": "v1",
        "signing_cert_url": "https://smn.cn-north-4.myhuaweicloud.com/a.pem",
    }));
    let smn = smn.unwrap();
    for seed in 0..2_000 {
        let mut draw = Draw(Rng::with_seed(seed));
        let verifier = draw.verifier();
        let message = draw.message();
        let headers = headers(&verifier.sign("1700000000", &message), "1700000000");
        let mut body = if draw.0.bool() {
            draw.body(&message).into_bytes()
        } else {
            smn.clone()
        };
        for _ in 0..draw.0.usize(1..6) {
            let at = draw.0.usize(..body.len());
            match draw.0.u8(..3) {
                0 => body[at] = draw.0.u8(..),
                1 => drop(body.remove(at)),
                _ => body.truncate(at.max(8)),
            }
        }
        let _ = verifier.verify_at(&headers, &body, time(AT));
        let _ = read_unverified(&body);
        let _ = Message::read(&body);
    }
}
