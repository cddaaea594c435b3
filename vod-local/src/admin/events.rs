//! The events, and what became of those that were sent to a server.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::asked::Asked;
use super::problem::Problem;
use super::routes::Content;
use crate::notifier::Delivery;
use crate::world::NotSent;

pub(super) fn list(asked: &mut Asked<'_>) -> Result<Content, Problem> {
    let projects = asked.projects()?;
    asked.query.end()?;
    let mut deliveries: HashMap<u64, Vec<Value>> = HashMap::new();
    for delivery in asked.state.deliveries.all() {
        let of_event = deliveries.entry(delivery.number).or_default();
        of_event.push(told(&delivery));
    }
    let mut events = Vec::new();
    for id in projects {
        let known = asked.in_project(&id, |project, _| {
            let known = project.events.iter();
            known.cloned().collect::<Vec<_>>()
        });
        for event in known {
            let number = event.number.unwrap_or_default();
            let shown = json!({
                "number": number,
                "project_id": id,
                "event": event.body,
                "deliveries": deliveries.remove(&number).unwrap_or_default(),
            });
            events.push((number, shown));
        }
    }
    events.sort_by_key(|(number, _)| *number);
    let events: Vec<_> = events.into_iter().map(|(_, shown)| shown).collect();
    Ok(Content::Json(
        json!({"total": events.len(), "events": events}),
    ))
}

fn told(delivery: &Delivery) -> Value {
    json!({
        "attempts": delivery.attempts,
        "status": delivery.status,
        "error": delivery.error,
    })
}

pub(super) fn redeliver(asked: &mut Asked<'_>) -> Result<Content, Problem> {
    asked.query.end()?;
    let id = &asked.id;
    let unknown = || Problem::missing("number", format!("there is no event {id:?}"));
    let number = id.parse().map_err(|_| unknown())?;
    match asked.world.redeliver(number) {
        Ok(()) => Ok(Content::Json(json!({"number": number}))),
        Err(NotSent::Unknown) => Err(unknown()),
        Err(NotSent::Nowhere) => {
            let message = "events are sent to nobody: start the server with --callback URL";
            Err(Problem::invalid("callback", message))
        }
    }
}
