//! Guides to topics that concern many items: credentials, retries and errors, uploading.

#[doc = include_str!("../guide/credentials.md")]
pub mod credentials {}

#[doc = include_str!("../guide/retries-and-errors.md")]
pub mod retries_and_errors {}

#[doc = include_str!("../guide/uploading.md")]
pub mod uploading {}
