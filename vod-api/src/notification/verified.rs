//! An event whose signature was checked.

use std::time::SystemTime;

use crate::notification::error::{InvalidEvent, ReadEventError};
use crate::notification::events::{Event, read_event};

/// The way by which an event came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Channel {
    /// A request of the service itself, signed with the key of the console.
    Mfs,
    /// A message of the service SMN, signed with its certificate.
    Smn,
}

/// An event whose signature was checked: nothing else makes one.
///
/// That it is real does not mean that it is new. The same event can come again, from the service or
/// from someone who has seen the request: see the [guide](crate::guide::being_told).
#[derive(Debug, Clone, PartialEq)]
pub struct VerifiedEvent {
    event: Event,
    channel: Channel,
    sent_at: Option<SystemTime>,
}

impl VerifiedEvent {
    /// The event.
    pub fn event(&self) -> &Event {
        &self.event
    }

    /// The event, owned.
    pub fn into_event(self) -> Event {
        self.event
    }

    /// The way by which it came.
    pub fn channel(&self) -> Channel {
        self.channel
    }

    /// When it was signed (MFS) or first sent (SMN); `None` if the text of the time has no known
    /// form.
    pub fn sent_at(&self) -> Option<SystemTime> {
        self.sent_at
    }

    /// The event in a message whose signature is right.
    pub(super) fn read(
        message: &str,
        channel: Channel,
        sent_at: Option<SystemTime>,
    ) -> Result<Self, ReadEventError> {
        let event = read_message(message)?;
        Ok(Self {
            event,
            channel,
            sent_at,
        })
    }
}

/// The event in a message, checked or not.
pub(super) fn read_message(message: &str) -> Result<Event, ReadEventError> {
    read_event(message).map_err(|error| ReadEventError::Event(InvalidEvent(error)))
}
