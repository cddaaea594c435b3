//! A client for Huawei Cloud Video On Demand (VOD).
//!
//! Each operation of the service is a method of [`Client`]. Set what you need and `.await` the call:
//!
//! ```no_run
//! use vod_api::{Client, Credentials, Region};
//!
//! # async fn example(ak: String, sk: String) -> Result<(), vod_api::Error> {
//! let client = Client::builder()
//!     .region(Region::CN_NORTH_4)
//!     .project_id("0123456789abcdef0123456789abcdef")
//!     .credentials(Credentials::new(ak, sk))
//!     .build()?;
//!
//! let done = client.delete_thumbnails().task_ids(["t1", "t2"]).await?;
//! for result in &done.delete_result_array {
//!     println!("{:?}: {:?}", result.task_id, result.status);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Credentials
//!
//! An access key signs each request and its secret is never sent; temporary keys add a security token; an IAM token
//! works as well. See [`Credentials`].
//!
//! # Requests and replies
//!
//! They are plain structs in [`model`], can be stored as JSON, and [`Client::execute`] takes a stored request. Replies
//! are read with patience: unknown fields are ignored, and enums keep values that this version does not know. A
//! [`Response`] also has the status, headers and raw body.
//!
//! # Errors
//!
//! A call either gives a reply or an [`Error`], which says in one line what failed, and has a method for each question a
//! caller asks: [`is_throttled`](Error::is_throttled), [`is_not_found`](Error::is_not_found),
//! [`was_sent`](Error::was_sent). Documented limits are checked before anything is sent.
//!
//! Its codes are constants in [`codes`]. Times come as text, in the form that the docs of each field name; [`parse_time`]
//! reads them all.
//!
//! # Features
//!
//! `rustls` (default) is needed for `https`. `test-util` adds `test_util`: a VOD service in the process, for tests.

#[cfg(feature = "blocking")]
pub mod blocking;
mod builder;
mod call;
mod client;
mod clock;
mod credentials;
mod encode;
mod endpoint;
mod error;
mod limits;
mod observe;
pub mod operation;
mod options;
mod pipeline;
mod raw;
mod redact;
mod region;
mod response;
mod retry;
mod schema;
mod secret;
mod sign;
#[doc(hidden)]
pub mod support;
#[cfg(feature = "test-util")]
pub mod test_util;
mod time;
mod tls;
mod transport;
mod uri;
mod wire;

mod generated {
    include!(concat!(env!("OUT_DIR"), "/mod.rs"));
}

// The code of the README is compiled with the doc tests; the file is not part of the published crate's sources.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
mod readme {}

pub use builder::ClientBuilder;
pub use call::Call;
pub use client::Client;
pub use credentials::Credentials;
pub use error::{Error, ErrorKind, Sent};
pub use generated::{codes, model};
pub use http;
pub use operation::Operation;
pub use raw::RawRequest;
pub use region::Region;
pub use response::{Response, ResponseMeta};
pub use retry::{FailedAttempt, Retry, RetryPolicy};
pub use time::parse_time;
pub use wire::UnrecognizedValue;
