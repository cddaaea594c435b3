//! Events, as webhooks.

use super::components::event_name;
use super::node::Map;
use super::paragraphs;
use super::schemas::{Schemas, reference};
use crate::model::{Api, EVENT_TYPE, Event};

/// What surrounds every event, which depends on the channel.
const ENVELOPE: &str =
    "This is the bare event. It arrives as the member `message` of the envelope of a channel.";

/// All events, by name.
pub(super) fn webhooks(api: &Api) -> Map {
    let events = api.events.iter();
    let hooks = events.map(|event| {
        let hook = Map::new().with("post", of_event(event));
        (&event.name.value, hook)
    });
    hooks.collect()
}

fn of_event(event: &Event) -> Map {
    let page = Map::new()
        .with("description", &event.title)
        .with("url", &event.page);
    let description = event.description.as_deref().unwrap_or_default();
    let examples = (1..).zip(&event.examples).map(|(number, example)| {
        let value = Map::new().with("value", example.value.clone());
        (number.to_string(), value)
    });
    let content = Map::new()
        .with("schema", reference(&event_name(event)))
        .with("examples", examples.collect::<Map>());
    let body = Map::new()
        .with("required", true)
        .with("content", Map::new().with("application/json", content));
    let done = Map::new().with("description", "The event was taken.");
    Map::new()
        .with("operationId", &event.name.value)
        .with("summary", &event.summary)
        .with("description", paragraphs([description, ENVELOPE]))
        .with("externalDocs", page)
        .with("requestBody", body)
        .with("responses", Map::new().with("200", done))
        .with_some("x-vod-updated", event.updated.as_ref())
}

/// The schema of an event. Its name can be in any case.
pub(super) fn schema(api: &Api, event: &Event) -> Map {
    let body = Schemas::of_replies(api).object(api.body_of(event));
    let name = Map::new()
        .with("description", "Which event it is. The case does not count.")
        .with("type", "string")
        .with("examples", vec![&event.name.value]);
    let properties = Map::new()
        .with(EVENT_TYPE, name)
        .with(&event.member.value, body);
    Map::new()
        .with("description", &event.summary)
        .with("type", "object")
        .with("properties", properties)
        .with("required", vec![EVENT_TYPE, &event.member.value])
}
