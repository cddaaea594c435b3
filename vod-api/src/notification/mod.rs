//! Notifications: events that the service sends. Needs the feature `notification`.

mod events;
#[cfg(test)]
mod tests;

pub use events::*;

pub use crate::wire::UnknownEvent;
