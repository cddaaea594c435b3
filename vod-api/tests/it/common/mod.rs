//! What tests of several subjects use.

pub(crate) mod draw;
pub(crate) mod fake;
