//! What tests of several subjects use.

pub(crate) mod backend;
pub(crate) mod draw;
pub(crate) mod fake;

// The macros for tests that concern all operations. Who uses them imports `vod_api::model`.
include!(concat!(env!("OUT_DIR"), "/with_operation.rs"));
