//! Events as the docs show them, and what is no event.

mod refused;
mod spellings;

use serde_json::Value;

use super::{Event, read_event};

/// Reads a bare event, and checks that what is written of it is read as the same.
fn read(json: &Value) -> Event {
    let event = read_event(&json.to_string()).unwrap_or_else(|error| panic!("{error}: {json}"));
    let written = serde_json::to_string(&event).unwrap();
    assert_eq!(read_event(&written).unwrap(), event, "{json}");
    assert_eq!(
        serde_json::from_value::<Event>(json.clone()).unwrap(),
        event,
        "{json}"
    );
    event
}

/// Why it is none.
fn refused(json: &str) -> String {
    match read_event(json) {
        Ok(event) => panic!("{event:?}"),
        Err(error) => error.to_string(),
    }
}
