//! A client for Huawei Cloud Video On Demand (VOD).
//!
//! ```toml
//! [dependencies]
//! vod-api = "0.1"
//! tokio = { version = "1", features = ["macros", "rt-multi-thread"] }
//! ```
//!
//! Each operation of the service is a method of [`Client`]. Set what you need and `.await` the
//! [`Call`]:
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
//! # Operations
//!
//! The methods of [`Client`], by section of the vendor's docs:
//!
#![doc = include_str!(concat!(env!("OUT_DIR"), "/sections.md"))]
//!
//! [`guide::operations`] lists them all with other words that they go by.
//!
//! # Credentials
//!
//! An access key signs each request, and its secret is never sent; temporary keys add a security
//! token; an IAM token works as well. See [`Credentials`]. Give them, or a provider that is asked
//! when they are needed and again before they expire: see [`credentials`]. Without either, the
//! client searches the environment, a file, and the metadata service of the ECS server it runs on.
//! It can look up the project id, too: see the [guide](guide::credentials).
//!
//! # Requests and replies
//!
//! They are plain structs in [`model`], can be stored as JSON, and [`Client::execute`] takes a
//! stored request.
//!
//! Reading a request from JSON is strict: unknown members, members that are given twice, values of
//! another JSON type and `null` for a list are errors, and an unknown name is reported with the
//! most similar known one. When a request is sent, it is checked against the docs: required
//! parameters, limits, values of enums, forms of times, and constraints between parameters, such as
//! that one of two is needed. [`ClientBuilder::validate`] and [`Call::with_validate`] turn the
//! checks before sending off. To send a single enum value that the docs do not list, make it with
//! the enum's `unlisted`.
//!
//! To set a parameter from an `Option`, use [`Call::maybe`].
//!
//! Leaving a list out and giving an empty one are different things. An empty list is refused where
//! it would travel in the query, where it could mean "all", and where a list is required; it makes
//! no call in batches; and elsewhere in a body it is sent as it is.
//!
//! Replies are parsed leniently. Unknown fields are ignored, and enums keep values that this
//! version does not know. A value that its field cannot hold is absent: a fraction for an integer,
//! an object for a list. In a list of objects, such an item becomes an empty object, so that the
//! number of items is right; a list of text or numbers is absent as a whole. Invalid characters
//! become U+FFFD. A [`Response`] also has the status, the headers and the raw body as it was
//! received.
//!
//! Times are text in the form that the docs name, which is part of the type of the field: a
//! [`Time`] is made from a `SystemTime` or from text, and read with [`Time::to_system_time`]. See
//! [`time`] for the forms, and for times whose zone the docs do not name.
//!
//! [`Client::raw`] calls an operation that has no method here.
//!
//! # Lists, batches and tasks
//!
//! A list comes page by page. [`Call::items`] reads it to its end, item by item; [`Call::pages`]
//! gives the pages:
//!
//! ```no_run
//! # async fn example(client: &vod_api::Client) -> Result<(), vod_api::Error> {
//! let mut assets = client.list_asset_list().statuses(["PUBLISHED"]).items();
//! while let Some(asset) = assets.next().await {
//!     println!("{:?}", asset?.title);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! The service lists 20,000 media assets of one request at most. [`Call::items_by_time`] lists them
//! all, by shorter periods. To delete what is listed, read the whole list first, with
//! [`Items::into_vec`].
//!
//! Some operations take a limited number of values per call. [`Call::in_batches`] splits a longer
//! list over as many calls as necessary, several at a time. Each call has an outcome of its own, so
//! a failed call does not hide the others. Even if a call has worked, single values may have
//! failed:
//!
//! ```no_run
//! # async fn example(client: &vod_api::Client, many: Vec<String>) {
//! let mut batches = client.delete_assets(many).in_batches().with_concurrency(2);
//! while let Some(batch) = batches.next().await {
//!     match batch.result {
//!         Ok(done) => {
//!             for asset in done.failures() {
//!                 eprintln!("{:?} may still be there", asset.asset_id);
//!             }
//!         }
//!         Err(error) => eprintln!("{:?}: {error}", batch.request.asset_ids),
//!     }
//! }
//! # }
//! ```
//!
//! [`Batches::stop`] sends no more, and gives back what was not sent.
//!
//! Some operations only start a task. [`Call::start`] returns a [`Task`], a handle with which you
//! can wait until the task is done or has failed, or a deadline has passed:
//!
//! ```no_run
//! # use std::time::Duration;
//! # async fn example(client: &vod_api::Client) -> Result<(), vod_api::Error> {
//! let task = client.refresh_asset().urls(["https://example.com/a.mp4"]).start().await?;
//! let result = task.until_done().with_deadline(Duration::from_secs(600)).await?;
//! println!("{:?}", result.refresh_results);
//! # Ok(())
//! # }
//! ```
//!
//! # Uploads
//!
//! With the feature `upload`, one call makes a media asset of a file. Media files go to object
//! storage, not through this API: large ones in parts, several at a time, and with a journal an
//! upload goes on where an earlier one stopped. See the [guide](guide::uploading).
//!
//! ```no_run
//! # async fn example(client: &vod_api::Client) -> Result<(), vod_api::Error> {
//! let done = client
//!     .upload("holidays.mp4")
//!     .title("My holidays")
//!     .journal("holidays.upload")
//!     .await?;
//! println!("{}", done.asset_id);
//! # Ok(())
//! # }
//! ```
//!
//! # Errors
//!
//! A call either gives a reply or an [`Error`], which says in one line what failed, and has a
//! method for each question a caller asks: [`is_throttled`](Error::is_throttled),
//! [`is_not_found`](Error::is_not_found), [`was_sent`](Error::was_sent). The codes of the service
//! are constants in [`codes`], which also says what they mean.
//!
//! Transient failures are retried where repeating is safe. A call has up to 3 attempts and
//! takes at most 60 s by default: see the [guide](guide::retries_and_errors).
//!
//! # Testing
//!
//! The crate [vod-local](https://docs.rs/vod-local) is a VOD service in the process, for the tests
//! of your code. Its guide shows how.
//!
//! # Features
//!
//! | feature | what it adds |
//! |---|---|
//! | `rustls` | TLS by rustls, with the trust store of the system. On by default; for `https` one of the first three is needed. |
//! | `rustls-no-provider` | The same, with a cryptography provider that the program installs. |
//! | `native-tls` | TLS by the library of the system. |
//! | `socks` | SOCKS proxies. |
//! | `upload` | Uploads of files in one call. |
//! | `playback` | Signed URLs, for domains with URL validation, and keys of encrypted HLS streams. |
//! | `notification` | Events that the service sends: checked, and read. |
//! | `stream` | [`Pages`], [`Items`], [`ItemsByTime`] and [`Batches`] are `Stream`s, too. |
//! | `blocking` | `Call::send_blocking`, for programs without async, lists as iterators, and `blocking::block_on` for all else that is awaited. |
//! | `tracing` | A span for each call and each attempt, an event for each failure; see the [guide](guide::observability). |
//!
//! With `rustls-no-provider`, the program installs a provider before it builds a client; the
//! [guide](guide::tls) says what speaks for which.
//!
//! # Platforms
//!
//! Linux, macOS, Windows and Android, with 64 or 32 bits. Not WebAssembly, which has neither the
//! sockets nor the threads that calls need; the crate does not compile for it.
//!
//! # Versions
//!
//! While the version is 0.y.z, a change that breaks programs or asks for a newer Rust raises y,
//! everything else z. New operations, fields and enum values break nothing: the structs of
//! [`model`] and nearly all enums are `#[non_exhaustive]`. Types of [`reqwest`], [`http`], bytes,
//! serde and `serde_json` are part of the interface, and with `stream` those of futures-core: a new
//! major version of one of them is a breaking change here. Rust 1.89 is needed, or newer.

// Marks what needs a feature, on docs.rs.
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(target_family = "wasm")]
compile_error!("vod-api does not work on WebAssembly, which has no sockets and threads for tokio");

#[cfg(feature = "blocking")]
pub mod blocking;
mod call;
mod check;
mod client;
pub mod codes;
pub mod credentials;
mod endpoints;
mod error;
mod facts;
mod files;
#[cfg(fuzzing)]
#[doc(hidden)]
pub mod fuzz;
pub mod guide;
mod headers;
mod identity;
mod lock;
mod nearest;
#[cfg(feature = "notification")]
pub mod notification;
pub mod operation;
mod pipeline;
#[cfg(feature = "playback")]
pub mod playback;
mod request;
mod response;
mod retry;
mod runtime;
mod secret;
mod sign;
#[doc(hidden)]
pub mod support;
pub mod time;
mod transport;
#[cfg(feature = "upload")]
pub mod upload;
mod uri;
mod variables;
mod wire;

/// Generated facts that need nothing else.
mod constants {
    include!(concat!(env!("OUT_DIR"), "/constants.rs"));
}

mod generated {
    include!(concat!(env!("OUT_DIR"), "/mod.rs"));
}

// The code of the README is compiled with the doc tests; the file is not part of the published
// crate's sources.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
mod readme {}

pub use call::{
    Batch, Batches, Call, Items, ItemsByTime, JsonBatch, JsonBatches, JsonCall, JsonItems,
    JsonItemsByTime, JsonPages, JsonTask, JsonWaiter, Pages, Progress, RawRequest, Task, TaskParts,
    TasksWaiter, Waiter,
};
pub use client::{Client, ClientBuilder};
#[doc(inline)]
pub use credentials::{Credentials, ProvideCredentials};
pub use endpoints::Region;
pub use error::{Error, ErrorKind, Sent};
pub use generated::model;
pub use http;
#[doc(inline)]
pub use operation::{Batched, ItemOutcomes, ListedByTime, Operation, Paginated, StartsTask};
pub use reqwest;
pub use response::{Response, ResponseMeta};
pub use retry::{FailedAttempt, Retry, RetryPolicy};
#[doc(inline)]
pub use time::Time;
pub use time::{format_rfc3339, format_time, parse_time};
pub use wire::UnrecognizedValue;
