//! Two small copies of the documents of an invented service, one after the other.

#![expect(clippy::panic, clippy::unwrap_used, reason = "helpers of tests")]

mod harness;
