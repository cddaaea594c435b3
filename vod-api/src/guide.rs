//! A page for each question that comes after the first call.

#[doc = include_str!("../guide/credentials.md")]
pub mod credentials {}

#[doc = include_str!("../guide/retries-and-errors.md")]
pub mod retries_and_errors {}

#[doc = include_str!("../guide/testing.md")]
#[cfg(feature = "test-util")]
pub mod testing {}
