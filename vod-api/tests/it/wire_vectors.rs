//! Recorded requests and replies, one per line of `data/wire-vectors.jsonl`: from stored JSON to the wire, and back.
//!
//! `request` is the request as it is stored, `wire` what has to arrive, and `reply` what the service answers.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use vod_api::model;
use vod_api::{Client, Operation};
use vod_local::{Reply, Service};

/// The reply, written as JSON again.
async fn send<O: Operation>(client: &Client, request: Value) -> Value {
    let request: O = serde_json::from_value(request).unwrap();
    let reply = client.execute(request).await.unwrap();
    serde_json::to_value(reply.into_body()).unwrap()
}

fn pairs(query: &Value) -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> = serde_json::from_value(query.clone()).unwrap();
    pairs.sort();
    pairs
}

#[tokio::test]
async fn requests_and_replies_are_as_recorded() {
    // The values are at random, also beyond the limits.
    let service = Service::builder().validate(false).start().await.unwrap();
    let client = service.client().validate(false).build().unwrap();
    let mut count = BTreeMap::new();
    for (line, text) in (1..).zip(include_str!("../data/wire-vectors.jsonl").lines()) {
        let vector: Value = serde_json::from_str(text).unwrap();
        let (wire, reply) = (&vector["wire"], &vector["reply"]);
        let operation = vector["operation"].as_str().unwrap();
        *count.entry(operation.to_owned()).or_insert(0) += 1;
        let status = u16::try_from(reply["status"].as_u64().unwrap()).unwrap();
        service.reply(match &reply["body"] {
            Value::Null => Reply::status(status),
            // The docs give `CreateTemplateGroup` a body, which HTTP does not let through with a 204.
            body if status == 204 => Reply::json(200, body.clone()),
            body => Reply::json(status, body.clone()).unchecked(),
        });
        let request = vector["request"].clone();
        let read = with_operation!(operation, Request => send::<Request>(&client, request).await);
        assert_eq!(read, reply["body"], "line {line}: reply of {operation}");

        let sent = service.requests().pop().unwrap();
        let about = format!("line {line}: request of {operation}");
        assert_eq!(sent.operation(), Some(operation), "{about}");
        assert_eq!(json!(sent.method().as_str()), wire["method"], "{about}");
        assert_eq!(json!(sent.path()), wire["path"], "{about}");
        let mut query = sent.query();
        query.sort();
        assert_eq!(query, pairs(&wire["query"]), "{about}");
        match &wire["body"] {
            Value::Null => assert_eq!(sent.body(), "", "{about}"),
            body => assert_eq!(sent.json().unwrap(), *body, "{about}"),
        }
    }
    // An operation that came later has none.
    assert!(!count.is_empty());
    for (operation, count) in count {
        assert_eq!(count, 3, "{operation}");
    }
}
