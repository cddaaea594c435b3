//! Every reply is read with patience: whatever the service leaves out, adds or writes in another type.

use serde_json::{Map, Value, json};
use vod_api::Operation;
use vod_api::http::Method;
use vod_api::model;
use vod_api::operation::{self, Schema, SchemaKind};
use vod_api::time::TimeFormat;
use vod_local::{Reply, Service};

/// The reply of an operation, read and written again.
fn again(operation: &str, body: Value) -> Value {
    fn read<O: Operation>(body: Value) -> Value {
        let reply: O::Response = serde_json::from_value(body).unwrap();
        serde_json::to_value(&reply).unwrap()
    }
    with_operation!(operation, Request => read::<Request>(body))
}

/// How a scalar is written: given its type, what is sent and what has to come of it.
type Writer = fn(SchemaKind) -> (Value, Value);

/// A whole reply, as it is sent and as it has to be read.
fn reply(schema: &Schema, write: Writer, depth: usize) -> (Value, Value) {
    let both = |schema: &Schema| reply(schema, write, depth + 1);
    match schema.kind() {
        // Types that hold themselves do so in lists.
        SchemaKind::Array(_) if depth > 6 => (Value::Null, Value::Null),
        SchemaKind::Array(item) => match both(item) {
            (sent, Value::Null) => (json!([sent]), Value::Null),
            (sent, read) => (json!([sent]), json!([read])),
        },
        SchemaKind::Map(item) => match both(item) {
            (sent, Value::Null) => (json!({ "k": sent }), Value::Null),
            (sent, read) => (json!({ "k": sent }), json!({ "k": read })),
        },
        SchemaKind::Object(facts) => {
            let (mut sent, mut read) = (Map::new(), Map::new());
            for property in facts().properties {
                let (one, other) = both(&property.schema);
                sent.insert(property.name.to_owned(), one);
                if !other.is_null() {
                    read.insert(property.name.to_owned(), other);
                }
            }
            sent.insert("a_field_of_tomorrow".to_owned(), json!({ "x": [1] }));
            (Value::Object(sent), Value::Object(read))
        }
        kind => write(kind),
    }
}

fn holds(write: Writer) {
    for meta in operation::all() {
        if let Some(schema) = &meta.reply {
            let (sent, read) = reply(schema, write, 0);
            assert_eq!(again(meta.name, sent), read, "{}", meta.name);
        }
    }
}

#[test]
fn numbers_come_as_text_and_text_as_numbers() {
    holds(|kind| match kind {
        SchemaKind::String => (json!(12), json!("12")),
        SchemaKind::Bool => (json!(1), json!(true)),
        SchemaKind::Int32 => (json!("-12"), json!(-12)),
        SchemaKind::Int64 => (json!("9007199254740993"), json!(9_007_199_254_740_993_i64)),
        SchemaKind::Number => (json!("1.5"), json!(1.5)),
        SchemaKind::OneOf(_) => (json!(7), json!("7")),
        SchemaKind::Flag => (json!("1"), json!(1)),
        SchemaKind::TextFlag => (json!(0), json!("0")),
        SchemaKind::Time(TimeFormat::Seconds) => (json!("1773994500"), json!(1_773_994_500)),
        SchemaKind::Time(_) => (json!(20_260_320), json!("20260320")),
        _ => (json!({ "free": 1 }), json!({ "free": 1 })),
    });
    holds(|kind| match kind {
        SchemaKind::String => (json!(true), json!("true")),
        SchemaKind::Bool => (json!("false"), json!(false)),
        SchemaKind::Int32 | SchemaKind::Int64 => (json!(12.0), json!(12)),
        SchemaKind::Number => (json!(2), json!(2.0)),
        SchemaKind::OneOf(_) => (json!(false), json!("false")),
        SchemaKind::Flag => (json!(true), json!(1)),
        SchemaKind::TextFlag => (json!("TRUE"), json!("1")),
        SchemaKind::Time(TimeFormat::Seconds) => (json!("soon"), json!("soon")),
        _ => (json!("free"), json!("free")),
    });
    holds(|kind| match kind {
        SchemaKind::String => (json!(0.25), json!("0.25")),
        SchemaKind::Bool => (json!("1"), json!(true)),
        SchemaKind::Int32 | SchemaKind::Int64 => (json!(true), json!(1)),
        SchemaKind::Number => (json!("-2e3"), json!(-2000.0)),
        SchemaKind::Flag => (json!("false"), json!(0)),
        SchemaKind::Time(TimeFormat::Seconds) => (json!(0), json!(0)),
        _ => (json!("0"), json!("0")),
    });
}

#[test]
fn documented_and_unknown_values_of_enums_come_back_unchanged() {
    fn plain(kind: SchemaKind) -> Value {
        match kind {
            SchemaKind::Bool => json!(true),
            SchemaKind::Int32 | SchemaKind::Int64 => json!(0),
            SchemaKind::Number => json!(0.5),
            SchemaKind::Flag => json!(0),
            SchemaKind::TextFlag => json!("0"),
            SchemaKind::Time(TimeFormat::Seconds) => json!(0),
            SchemaKind::Time(format) => json!(format.example()),
            _ => json!(""),
        }
    }
    holds(|kind| match kind {
        SchemaKind::OneOf(values) => (json!(values[0]), json!(values[0])),
        kind => (plain(kind), plain(kind)),
    });
    holds(|kind| match kind {
        SchemaKind::OneOf(_) => (json!("Value of Tomorrow"), json!("Value of Tomorrow")),
        kind => (plain(kind), plain(kind)),
    });
}

#[test]
fn values_that_no_field_can_hold_are_absent() {
    holds(|kind| match kind {
        SchemaKind::Any => (json!([{}]), json!([{}])),
        _ => (json!([{}]), Value::Null),
    });
    holds(|kind| match kind {
        SchemaKind::Int32 | SchemaKind::Int64 => (json!(60.5), Value::Null),
        SchemaKind::Bool => (json!("perhaps"), Value::Null),
        SchemaKind::Number => (json!("much"), Value::Null),
        SchemaKind::Any => (json!(60.5), json!(60.5)),
        _ => (json!({}), Value::Null),
    });
}

/// What is at fault is read as nothing, what surrounds it as ever, and the text is at hand.
#[tokio::test]
async fn one_bad_value_or_character_costs_a_reply_nothing_else() {
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    for body in [
        &br#"{"assets": [{"asset_id": "a1", "title": "t\ud800"}, 7], "total": 2.5}"#[..],
        b"\xef\xbb\xbf{\"assets\": [{\"asset_id\": \"a1\", \"title\": \"t\xff\", \"duration\": 1e999}, null], \"total\": \"\"}",
    ] {
        service.reply(Reply::status(200).body(body.to_vec()).unchecked());
        let page = client.list_asset_list().await.unwrap();
        let title = |index: usize| page.assets[index].title.as_deref();
        assert_eq!((page.assets.len(), title(0), title(1)), (2, Some("t\u{fffd}"), None));
        assert_eq!((page.assets[0].asset_id.as_deref(), page.total), (Some("a1"), None));
        assert_eq!(page.meta().raw_body(), body);

        service.reply(Reply::status(200).body(body.to_vec()).unchecked());
        let page = client.raw(Method::GET, "/v1.0/{project_id}/asset/list").await.unwrap();
        assert_eq!(page["assets"][0]["title"], "t\u{fffd}");
    }
}

#[test]
fn everything_can_be_missing() {
    for meta in operation::all() {
        let empty = match meta.reply.map(|schema| schema.kind()) {
            None => Value::Null,
            Some(SchemaKind::Array(_)) => json!([]),
            Some(_) => json!({}),
        };
        assert_eq!(again(meta.name, Value::Null), empty, "{}", meta.name);
        if !empty.is_array() {
            assert_eq!(again(meta.name, json!({})), empty, "{}", meta.name);
            assert_eq!(
                again(meta.name, json!({ "unknown": [1] })),
                empty,
                "{}",
                meta.name
            );
        }
        if let Some(SchemaKind::Object(facts)) = meta.reply.map(|schema| schema.kind()) {
            let names = facts()
                .properties
                .iter()
                .map(|it| (it.name.to_owned(), Value::Null));
            assert_eq!(
                again(meta.name, Value::Object(names.collect())),
                empty,
                "{}",
                meta.name
            );
        }
    }
}
