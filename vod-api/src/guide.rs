//! Pages that say in one place what the docs of the items say in many: credentials, retries and errors, uploading.

#[doc = include_str!("../guide/credentials.md")]
pub mod credentials {}

#[doc = include_str!("../guide/retries-and-errors.md")]
pub mod retries_and_errors {}

#[doc = include_str!("../guide/uploading.md")]
pub mod uploading {}
