//! A page that shows how tests are written with the service.

#[doc = include_str!("../guide/testing.md")]
pub mod testing {}
