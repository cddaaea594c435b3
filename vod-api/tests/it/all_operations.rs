//! Every operation against the built-in service, which holds the request against the description and answers as documented.

use serde_json::{Map, Value, json};
use vod_api::model;
use vod_api::operation::{
    self, Condition, Constraint, Demand, Literal, Parameter, Schema, SchemaKind, Test,
};
use vod_api::time::TimeFormat;
use vod_api::{Client, Operation};
use vod_local::Service;

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
        SchemaKind::Flag => json!(1),
        SchemaKind::TextFlag => json!("1"),
        SchemaKind::Time(TimeFormat::Seconds) => json!(1_773_994_500),
        SchemaKind::Time(format) => json!(format.example()),
        SchemaKind::Object(facts) => {
            let members = facts().properties.iter();
            let members = members.map(|it| (it.name.to_owned(), value(&it.schema, depth + 1)));
            let all: Map<_, _> = members.collect();
            Value::Object(settled(all.clone(), &all, facts().constraints))
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

fn values(parameters: impl Iterator<Item = &'static Parameter>) -> Map<String, Value> {
    let values = parameters.map(|it| (it.property.name.to_owned(), value(&it.property.schema, 0)));
    values.collect()
}

/// The members of which all constraints hold: others of `all` are added, and some are dropped.
fn settled(
    mut members: Map<String, Value>,
    all: &Map<String, Value>,
    constraints: &[Constraint],
) -> Map<String, Value> {
    // One repair can break another constraint.
    for _ in 0..=constraints.len() {
        for constraint in constraints {
            let fields = constraint.fields.iter().copied();
            let given: Vec<_> = fields
                .clone()
                .filter(|it| members.contains_key(*it))
                .collect();
            let holds = constraint.conditions.iter().all(|it| meets(it, &members));
            let (wanted, unwanted): (Vec<_>, Vec<_>) = match constraint.demand {
                Demand::AtLeastOne | Demand::ExactlyOne if given.is_empty() => {
                    (fields.take(1).collect(), Vec::new())
                }
                Demand::ExactlyOne | Demand::AtMostOne => {
                    (Vec::new(), given.into_iter().skip(1).collect())
                }
                Demand::Together if !given.is_empty() => (fields.collect(), Vec::new()),
                Demand::Required if holds => (fields.collect(), Vec::new()),
                Demand::Allowed if !holds => (Vec::new(), given),
                _ => continue,
            };
            // What is inside of an object is there already.
            for name in wanted.into_iter().filter(|name| !name.contains('.')) {
                members.insert(name.to_owned(), all[name].clone());
            }
            for name in unwanted {
                members.remove(name);
            }
        }
    }
    members
}

fn meets(condition: &Condition, members: &Map<String, Value>) -> bool {
    let value = members.get(condition.field);
    let is_one = |literals: &[Literal]| {
        literals.iter().any(|literal| match literal {
            Literal::Text(text) => value == Some(&json!(text)),
            Literal::Number(number) => value == Some(&json!(number)),
            Literal::Flag(flag) => {
                let number = i32::from(*flag);
                value == Some(&json!(number)) || value == Some(&json!(number.to_string()))
            }
            _ => false,
        })
    };
    match condition.test {
        Test::Present => value.is_some(),
        Test::OneOf(literals) => is_one(literals),
        Test::OneOfOrAbsent(literals) => value.is_none() || is_one(literals),
        _ => value.is_none(),
    }
}

#[tokio::test]
async fn each_is_accepted_and_answered() {
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    for meta in operation::all() {
        let all = values(meta.parameters.iter());
        let full = Value::Object(settled(all.clone(), &all, meta.constraints));
        let reply =
            with_operation!(meta.name, Request => send::<Request>(&client, full.clone()).await);
        let received = service.requests().pop().unwrap();
        assert_eq!(received.operation(), Some(meta.name));
        assert_eq!(*received.parameters(), full, "{}", meta.name);
        assert_eq!(reply.is_null(), meta.reply.is_none(), "{}", meta.name);

        let required = values(meta.parameters.iter().filter(|it| it.property.required));
        let required = Value::Object(settled(required, &all, meta.constraints));
        with_operation!(meta.name, Request => send::<Request>(&client, required).await);
    }
}
