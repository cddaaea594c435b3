//! What the benchmarks compare with: calls of the service as a careful person would write them by hand.

mod floor;
pub mod sample;

pub use floor::{Error, Floor, NewAsset, NewSubtitle, sign, types};
