//! Notifications: events that the service sends. Needs the feature `notification`.

mod events;

pub use events::*;

pub use crate::wire::UnknownEvent;
