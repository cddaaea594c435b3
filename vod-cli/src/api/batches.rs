//! `--batch`: more values than one call takes.

use serde_json::{Map, Value};
use vod_api::Error;

use crate::api::send::{Sending, outcome};
use crate::exit::{Exit, Failure};
use crate::output::{Format, Shape};
use crate::session::Session;

/// Sends all calls, and shows their replies as one.
pub(super) async fn send(session: &mut Session<'_>, sending: Sending<'_>) -> Result<Exit, Failure> {
    let Sending { meta, call, .. } = sending;
    let mut batches = call.in_batches()?;
    let mut replies = Vec::new();
    let mut failed: Option<Error> = None;
    let mut lost = Vec::new();
    while let Some(batch) = batches.next().await {
        match batch.result {
            Ok(reply) => replies.push(reply.into_body()),
            Err(error) => {
                let values = meta.batch.map(|facts| &batch.request[facts.values]);
                lost.extend(
                    values
                        .and_then(Value::as_array)
                        .into_iter()
                        .flatten()
                        .cloned(),
                );
                session.messages.warn(&error.to_string());
                failed.get_or_insert(error);
            }
        }
    }
    let merged = merged(replies);
    if let Some(reply) = &merged {
        session
            .printer(Format::Json)?
            .print(reply, Shape::of_reply(meta))?;
    }
    match (failed, merged) {
        (Some(error), None) => Err(error.into()),
        (Some(_), Some(_)) => Err(Failure::Partly(format!(
            "{}: {} values were not done, or not for certain{}",
            meta.name,
            lost.len(),
            named(meta, &lost)
        ))),
        (None, Some(reply)) => outcome(meta, &reply),
        (None, None) => Ok(Exit::Done),
    }
}

/// The values, where they are no secrets.
fn named(meta: &vod_api::operation::OperationMeta, values: &[Value]) -> String {
    let Some(batch) = meta.batch else {
        return String::new();
    };
    let mut parameters = meta.parameters.iter().map(|it| &it.property);
    if parameters.any(|property| property.name == batch.values && property.sensitive) {
        return String::new();
    }
    let values = values.iter().filter_map(Value::as_str);
    format!(": {}", values.collect::<Vec<_>>().join(","))
}

/// The replies as one: their lists one after the other, and of the rest what came first.
fn merged(replies: Vec<Value>) -> Option<Value> {
    let mut replies = replies.into_iter();
    let first = replies.next()?;
    Some(replies.fold(first, |merged, reply| match (merged, reply) {
        (Value::Object(merged), Value::Object(reply)) => Value::Object(joined(merged, reply)),
        (Value::Array(mut merged), Value::Array(reply)) => {
            merged.extend(reply);
            merged.into()
        }
        (merged, _) => merged,
    }))
}

fn joined(mut merged: Map<String, Value>, reply: Map<String, Value>) -> Map<String, Value> {
    for (name, value) in reply {
        match (merged.get_mut(&name), value) {
            (Some(Value::Array(items)), Value::Array(more)) => items.extend(more),
            (Some(_), _) => {}
            (None, value) => {
                merged.insert(name, value);
            }
        }
    }
    merged
}
