//! `--wait`: starts a task and shows its end.

use std::time::Duration;

use serde_json::Value;
use vod_api::ErrorKind;
use vod_api::operation::{OperationMeta, SchemaKind};

use crate::api::send::{Sending, outcome};
use crate::exit::{Exit, Failure};
use crate::output::{Format, Shape};
use crate::progress::States;
use crate::session::Session;

/// Sends the call, waits for its task, and shows the last answer about it.
pub(super) async fn send(session: &mut Session<'_>, sending: Sending<'_>) -> Result<Exit, Failure> {
    let deadline = sending.value::<Duration>("wait-timeout");
    let interval = sending.value::<Duration>("poll-interval");
    let Sending { meta, call, .. } = sending;
    let task = call.start().await?;
    if let Some(started) = started(meta, task.reply()) {
        session.messages.progress(&started);
    }
    let states = States::new(session, meta.name);
    let mut waiter = task.until_done().on_progress(states.report());
    if let Some(deadline) = deadline {
        waiter = waiter.with_deadline(deadline);
    }
    if let Some(interval) = interval {
        waiter = waiter.with_interval(interval, interval);
    }
    let answer = match waiter.await {
        Ok(answer) => answer.into_body(),
        Err(error) if error.kind() == ErrorKind::Timeout => {
            return Err(Failure::StillRunning(error));
        }
        Err(error) => return Err(error.into()),
    };
    let asked = meta.tasks.first().map_or(meta, |facts| facts.status);
    session
        .printer(Format::Json)?
        .print(&answer, Shape::of_reply(asked))?;
    outcome(meta, task.reply())
}

/// What the service says of the task, so that one can ask about it later; without secrets.
fn started(meta: &OperationMeta, reply: &Value) -> Option<String> {
    let SchemaKind::Object(facts) = meta.reply?.kind() else {
        return None;
    };
    let properties = facts().properties.iter().filter(|it| !it.sensitive);
    let told = properties.filter_map(|property| match reply.get(property.name)? {
        Value::String(text) => Some(format!("{} {text}", property.name)),
        Value::Number(number) => Some(format!("{} {number}", property.name)),
        _ => None,
    });
    let told: Vec<_> = told.collect();
    (!told.is_empty()).then(|| format!("{}: started: {}", meta.name, told.join(", ")))
}
