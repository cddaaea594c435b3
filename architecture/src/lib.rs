//! Holds the modules of a crate against a map of its rooms.
//!
//! A room is a module at the root of a crate, with everything inside it. A map lists the rooms of a
//! crate, from top to bottom, and a room may use only those on lines below its own. So there can be
//! no circle.
//!
//! Every path counts: in `use`, written out in code, in a macro, and behind a feature that is off.
//! Tests are exempt.

mod arrows;
mod map;
mod sources;

pub use arrows::Arrow;
pub use map::{Map, Problem};
pub use sources::{Sources, Text};
