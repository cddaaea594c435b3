//! What the benchmarks compare with: calls of the service as a careful person would write them by hand.

pub mod cpu;
mod floor;
pub mod sample;
mod server;

pub use floor::{Error, Floor, NewAsset, NewSubtitle, sign, types};
pub use server::{SERVE, Server, serve};
