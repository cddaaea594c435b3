//! Every operation against the built-in service, which holds the request against the description and answers as documented.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

#[macro_use]
mod common;

use serde_json::{Map, Value, json};
use vod_api::operation::{Parameter, Schema, SchemaKind};
use vod_api::support::OPERATIONS;
use vod_api::test_util::Service;
use vod_api::{Client, Operation};

/// A value within the limits.
fn value(schema: &Schema, depth: usize) -> Value {
    let (least, most) = schema.range_limits();
    let (shortest, longest) = schema.length_limits();
    match schema.kind() {
        SchemaKind::Bool => json!(false),
        SchemaKind::Int32 | SchemaKind::Int64 => json!(3.clamp(least, most)),
        SchemaKind::Number => json!(0.5),
        SchemaKind::Array(item) if depth < 6 => {
            json!([value(item, depth + 1)])
        }
        SchemaKind::Map(item) => json!({ "k": value(item, depth + 1) }),
        SchemaKind::Object(properties) => {
            let members = properties().iter();
            let members = members.map(|it| (it.name.to_owned(), value(&it.schema, depth + 1)));
            Value::Object(members.collect())
        }
        SchemaKind::OneOf(values) => json!(values[0]),
        SchemaKind::Any => json!({ "free": 1 }),
        _ => json!(
            "é b+&/%~"
                .chars()
                .cycle()
                .take(8.clamp(shortest, longest))
                .collect::<String>()
        ),
    }
}

async fn send<O: Operation>(client: &Client, request: Value) -> Value {
    let request: O = serde_json::from_value(request).unwrap();
    let reply = client.execute(request).await.unwrap();
    assert_eq!(reply.meta().status().as_u16(), O::META.success);
    serde_json::to_value(reply.into_body()).unwrap()
}

fn request(parameters: impl Iterator<Item = &'static Parameter>) -> Value {
    let members = parameters.map(|it| (it.property.name.to_owned(), value(&it.property.schema, 0)));
    Value::Object(members.collect::<Map<_, _>>())
}

#[tokio::test]
async fn each_is_accepted_and_answered() {
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    assert_eq!(OPERATIONS.len(), 82);
    for meta in OPERATIONS {
        let full = request(meta.parameters.iter());
        let reply =
            with_operation!(meta.name, Request => send::<Request>(&client, full.clone()).await);
        let received = service.requests().pop().unwrap();
        assert_eq!(received.operation(), Some(meta.name));
        assert_eq!(*received.parameters(), full, "{}", meta.name);
        assert_eq!(reply.is_null(), meta.reply.is_none(), "{}", meta.name);

        let required = request(meta.parameters.iter().filter(|it| it.property.required));
        with_operation!(meta.name, Request => send::<Request>(&client, required).await);
    }
}
