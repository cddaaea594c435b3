//! A VOD service in the process, for the tests of code that uses [vod-api](vod_api).
//!
//! ```toml
//! [dev-dependencies]
//! vod-local = "0.1"
//! ```
//!
//! [`Service::start`] listens on a free port of this machine and [`Service::client`] is set up to call it. The service
//! checks each request as the real one does (signature or token, time, project, parameters and their limits) and answers
//! with the example of the docs, until it is told otherwise.
//!
//! ```
//! use serde_json::json;
//! use vod_local::{Reply, Service};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let service = Service::start().await?;
//! let client = service.client().build()?;
//!
//! service.reply(Reply::json(200, json!({"delete_result_array": [{"task_id": "t1", "status": "FAILED"}]})));
//! let done = client.delete_thumbnails().task_ids(["t1"]).await?;
//! assert_eq!(done.delete_result_array[0].task_id.as_deref(), Some("t1"));
//!
//! let request = &service.requests()[0];
//! assert_eq!(request.operation(), Some("DeleteThumbnails"));
//! assert_eq!(*request.parameters(), json!({"task_id": ["t1"]}));
//! # Ok(())
//! # }
//! ```
//!
//! # Failures
//!
//! A [`Reply`] can be an error of the service, and it can be late, broken or missing:
//!
//! ```
//! use vod_local::{Reply, Service};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let service = Service::start().await?;
//! let client = service.client().build()?;
//!
//! service.reply(Reply::error(403, "VOD.10062", "The asset does not exist."));
//! let error = client.delete_thumbnails().asset_id("a1").await.unwrap_err();
//! assert!(error.is_not_found());
//!
//! service.reply(Reply::reset());
//! let done = client.delete_thumbnails().asset_id("a1").await?;
//! assert_eq!(done.meta().attempts(), 2);
//! # Ok(())
//! # }
//! ```
//!
//! # Time
//!
//! Delays are tokio's, so a paused clock (see tokio's feature `test-util`) skips them: with
//! `#[tokio::test(start_paused = true)]`, a test of a timeout of a minute takes an instant.
//!
//! The time of day, which signatures depend on, is another clock; see [`Service::set_clock`].

mod assets;
mod body;
mod clock;
mod digest;
mod gateway;
pub mod guide;
mod lock;
mod objects;
mod parameters;
mod reply;
mod request;
mod route;
mod sample;
mod script;
mod server;
mod service;
mod store;
mod uri;

pub use assets::AssetState;
pub use objects::Objects;
pub use reply::Reply;
pub use request::ReceivedRequest;
pub use service::{Service, ServiceBuilder};
pub use store::{
    ContentTypes, Fault, Keep, OpenUpload, Step, Storage, StoreRequest, StoredObject, StoredPart,
};
