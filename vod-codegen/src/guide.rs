//! How the maintainer's command is used.

#[doc = include_str!("../guide/maintaining-the-spec.md")]
pub mod maintaining_the_spec {}
