//! What events say.

use serde_json::Value;

use crate::wire::{Document, WireError, read_field, read_nothing};

/// An event of the service.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Event {
    /// An event that this version does not know.
    Unknown(UnknownEvent),
}

impl Event {
    /// The type of the event, as it came.
    pub fn event_type(&self) -> &str {
        match self {
            Self::Unknown(event) => &event.event_type,
        }
    }
}

/// An event that this version does not know, as it came.
#[derive(Debug, Clone, PartialEq)]
pub struct UnknownEvent {
    event_type: String,
    json: Value,
}

/// Reads an event that stands alone.
pub(crate) fn read_event(json: &str) -> Result<Event, WireError> {
    let Ok(document) = serde_json::from_str::<Document<'_>>(json) else {
        let event_type = read_field("event_type", None)?;
        let json = Value::Null;
        return Ok(Event::Unknown(UnknownEvent { event_type, json }));
    };
    read_nothing(document.root())?;
    let mut members = document.root().members();
    let name = members.find_map(|(name, value)| (name == "event_type").then_some(value));
    Ok(Event::Unknown(UnknownEvent {
        event_type: read_field("event_type", name)?,
        json: document.root().into(),
    }))
}
