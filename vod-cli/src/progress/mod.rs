//! How far something is, for people, on standard error: bars on a terminal, lines elsewhere.

mod board;
mod line;
mod states;

pub(crate) use self::board::{Board, Entry};
pub(crate) use self::line::{Activity, Transfer};
pub(crate) use self::states::States;
