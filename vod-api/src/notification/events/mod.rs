//! The events that the service sends, generated from `spec/notifications`.

#[cfg(test)]
mod tests;

use crate::wire::WireError;

include!(concat!(env!("OUT_DIR"), "/notifications.rs"));

/// Reads a bare event, without the envelope of a channel.
///
/// # Errors
///
/// It is not JSON, has no `event_type` or two of them, or lacks the member that belongs to it.
pub(crate) fn read_event(json: &str) -> Result<Event, WireError> {
    crate::wire::read_json(json)
}
