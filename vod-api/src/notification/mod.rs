//! Notifications: events that the service sends to a server of yours. Needs the feature
//! `notification`.
//!
//! Anyone can send a request to a server. Events are real only if their signature is, so a
//! [`VerifiedEvent`] can be made in no other way than by checking one:
//!
//! ```
//! use vod_api::http::HeaderMap;
//! use vod_api::notification::MfsVerifier;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // The key that the console shows, once when the server starts.
//! let verifier = MfsVerifier::new("0123456789abcdef0123456789abcdef")?;
//!
//! // For each request: its headers, and its body as it came.
//! let mut headers = HeaderMap::new();
//! headers.insert("auth_timestamp", "1700000000".parse()?);
//! headers.insert(
//!     "auth_sign",
//!     "c0b83e06ff2187b343a92e974b32841e57f2431b9cfaeaabe4f237a47bb65f4e".parse()?,
//! );
//! let body = br#"{"message": "{\"event_type\":\"somethingNew\"}"}"#;
//! let verified = verifier.verify(&headers, body)?;
//! assert_eq!(verified.event().event_type(), "somethingNew");
//! # Ok(())
//! # }
//! ```
//!
//! There are two channels. [`MfsVerifier`] is for the newer one, MFS, and [`smn`] for messages of
//! the service SMN. [`read_unverified`] reads an event of either without any check. The
//! [guide](crate::guide::being_told) has the set-up, a server, and what to expect.

mod body;
mod error;
mod events;
#[cfg(fuzzing)]
pub(crate) mod fuzz;
mod mfs;
mod moment;
mod read;
pub mod smn;
#[cfg(test)]
mod tests;
mod verified;

pub use self::error::{BodyError, InvalidEvent, MfsKeyError, ReadEventError, VerifyEventError};
pub use self::events::*;
pub use self::mfs::MfsVerifier;
pub use self::read::read_unverified;
pub use self::verified::{Channel, VerifiedEvent};
pub use crate::wire::UnknownEvent;

/// How many bytes the body of a notification can have: 4 MiB. Longer ones are refused before
/// anything is read of them. No page states a limit; this one has room for the longest events that
/// there can be, those of snapshots, at one per second of a video of nine hours.
pub const MAX_BODY: usize = 4 << 20;
