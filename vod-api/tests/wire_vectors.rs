//! Recorded requests and replies, one per line of `data/wire-vectors.jsonl`: from stored JSON to the wire, and back.
//!
//! `request` is the request as it is stored, `wire` what has to arrive, and `reply` what the service answers.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use serde_json::{Value, json};
use vod_api::test_util::{Reply, Service};
use vod_api::{Client, Operation, model};

/// A new operation needs one more line here.
macro_rules! operations {
    ($($name:ident: $request:ident,)*) => {
        async fn send(client: &Client, operation: &str, request: Value) -> Value {
            match operation {
                $(stringify!($name) => send_as::<model::$request>(client, request).await,)*
                other => panic!("{other} is missing in the list of operations"),
            }
        }
    };
}

operations! {
    DeleteThumbnails: DeleteThumbnailsRequest,
}

/// The reply, written as JSON again.
async fn send_as<O: Operation>(client: &Client, request: Value) -> Value {
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
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    let lines = include_str!("data/wire-vectors.jsonl").lines();
    let vectors: Vec<Value> = lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(!vectors.is_empty());
    for (number, vector) in (1..).zip(&vectors) {
        let (wire, reply) = (&vector["wire"], &vector["reply"]);
        let operation = vector["operation"].as_str().unwrap();
        let status = u16::try_from(reply["status"].as_u64().unwrap()).unwrap();
        service.reply(match &reply["body"] {
            Value::Null => Reply::status(status),
            body => Reply::json(status, body.clone()),
        });
        let read = send(&client, operation, vector["request"].clone()).await;
        assert_eq!(read, reply["body"], "line {number}: reply");

        let sent = service.requests().pop().unwrap();
        assert_eq!(sent.operation(), Some(operation), "line {number}");
        assert_eq!(
            json!(sent.method().as_str()),
            wire["method"],
            "line {number}"
        );
        assert_eq!(json!(sent.path()), wire["path"], "line {number}");
        let mut query = sent.query();
        query.sort();
        assert_eq!(query, pairs(&wire["query"]), "line {number}");
        match &wire["body"] {
            Value::Null => assert_eq!(sent.body(), "", "line {number}"),
            body => assert_eq!(sent.json().unwrap(), *body, "line {number}"),
        }
    }
}
