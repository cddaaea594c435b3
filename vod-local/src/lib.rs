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
//! [`Service`] answers what a test tells it. [`Local`] has state: media assets, tasks and categories are there because
//! they were made, and each operation answers from what happened before.
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
//! service.reply(Reply::documented());
//! let done = client.delete_thumbnails().asset_id("a1").await?;
//! assert_eq!(done.meta().attempts(), 2);
//! # Ok(())
//! # }
//! ```
//!
//! # Mistakes
//!
//! A test that says what the service answers is held to it. The service fails it when it is dropped, by a panic that names
//! all mistakes, or returns them from [`Service::finish`]:
//!
//! | [mistake](MistakeKind) | what the client sees | what allows it |
//! |---|---|---|
//! | A reply is for an operation that does not exist. | | [`Reply::unchecked`], or [`ServiceBuilder::operations`] with it |
//! | A success does not fit the operation: another member, another type, a value that the docs do not list. | HTTP 501 and what is wrong | [`Reply::unchecked`] |
//! | No request came for a reply. | | [`Reply::optional`] |
//! | Replies were queued, and there is none for a valid request. | HTTP 501 and what is wrong | [`Service::respond`], which answers such requests |
//!
//! A service that was told nothing answers each valid request, and one with [storage](ServiceBuilder::storage) answers the
//! operations of an upload, whatever else is queued. Requests that are refused are no mistakes.
//!
//! ```should_panic
//! use serde_json::json;
//! use vod_local::{Reply, Service};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let service = Service::start().await?;
//! let client = service.client().build()?;
//! service.reply(Reply::json(200, json!({"delete_result_aray": []})));
//!
//! let error = client.delete_thumbnails().asset_id("a1").await.unwrap_err();
//! assert!(error.message().contains("did you mean delete_result_array?"));
//! # Ok(())
//! # } // Here it panics.
//! ```
//!
//! # Uploads
//!
//! With [`ServiceBuilder::storage`], files can be uploaded: in one piece or in parts, to URLs that
//! are signed as those of the real service are. Media assets then have a state, and
//! [`Service::storage`] shows what was stored, and makes requests fail:
//!
//! ```
//! use vod_api::model::UploadStatus;
//! use vod_api::reqwest;
//! use vod_local::{Fault, Service, Step, Storage};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let service = Service::builder().storage(Storage::new()).start().await?;
//! let objects = service.storage().ok_or("it was started with storage")?;
//! let client = service.client().build()?;
//!
//! let created = client.create_asset_by_file_upload("Holidays", "holidays.mp4", "MP4").await?;
//! let asset_id = created.asset_id.as_deref().ok_or("the reply has an id")?;
//! let url = created.video_upload_url.as_deref().ok_or("the reply has a URL")?;
//! let put = || reqwest::Client::new().put(url).header("Content-Type", "video/mp4");
//! let send = || put().body("the file").send();
//! objects.fail(Step::Put, Fault::error(503, "SlowDown"));
//! assert_eq!(send().await?.status(), 503);
//! assert_eq!(send().await?.status(), 200);
//! client.confirm_asset_upload(asset_id, UploadStatus::Created).await?;
//!
//! let asset = objects.asset(asset_id).ok_or("it was created")?;
//! assert_eq!(asset.status, "CREATED");
//! assert_eq!(objects.bytes(&asset.object).as_deref(), Some(b"the file".as_slice()));
//! # Ok(())
//! # }
//! ```
//!
//! # Time
//!
//! Delays are tokio's, so a paused clock (see tokio's feature `test-util`) skips them: with
//! `#[tokio::test(start_paused = true)]`, a test of a timeout of a minute takes an instant.
//!
//! The time of day, which signatures depend on, is another clock; see [`Service::set_clock`]. That of a service with
//! state follows tokio's; see [`Local::clock`].

#[cfg(feature = "server")]
mod admin;
mod arrival;
mod behaviours;
mod body;
mod check;
mod clock;
mod data;
mod digest;
mod faults;
mod formats;
mod gateway;
pub mod guide;
mod iam;
#[cfg(feature = "server")]
mod journal;
mod local;
mod lock;
mod machine;
mod mistake;
mod notifier;
mod objects;
mod operations;
mod parameters;
mod progress;
mod reply;
mod request;
mod route;
mod rules;
mod sample;
mod script;
mod seen;
#[cfg(feature = "server")]
pub mod server;
mod service;
mod sockets;
mod state;
mod store;
mod trace;
mod typed;
mod uri;
#[cfg(feature = "playback")]
mod validation;
mod viewers;
mod world;

pub use behaviours::{Basis, Behaviour, Cause, Failure, Note, behaviours};
pub use clock::Clock;
pub use local::{ImportError, Local, LocalBuilder, LocalFault, LocalProject, TaskError};
pub use mistake::{Mistake, MistakeKind, ScriptError};
pub use notifier::{Delivery, Notifications};
pub use objects::Objects;
pub use reply::Reply;
pub use request::ReceivedRequest;
pub use rules::Progress;
pub use seen::{AssetState, TaskState};
pub use service::{Service, ServiceBuilder};
pub use store::{
    ContentTypes, Fault, Keep, OpenUpload, Step, Storage, StoreRequest, StoredObject, StoredPart,
};
#[cfg(feature = "playback")]
pub use validation::UrlValidation;
