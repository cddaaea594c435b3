//! Pages that show how tests are written with the service.

#[doc = include_str!("../guide/testing.md")]
pub mod testing {}

#[doc = include_str!("../guide/server.md")]
pub mod server {}
