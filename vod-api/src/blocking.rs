//! Calls without `async`, for scripts. Needs the feature `blocking`.
//!
//! ```no_run
//! # fn main() -> Result<(), vod_api::Error> {
//! let client = vod_api::Client::builder().region("cn-north-4").build()?;
//! let done = client.delete_thumbnails().asset_id("a1").send_blocking()?;
//! # Ok(())
//! # }
//! ```
//!
//! Everything else that is awaited works with [`block_on`]; the next item of a list, for example:
//!
//! ```no_run
//! # fn example(client: vod_api::Client) -> Result<(), vod_api::Error> {
//! let mut assets = client.list_asset_list().items();
//! while let Some(asset) = vod_api::blocking::block_on(async { assets.next().await.transpose() })? {
//!     println!("{:?}", asset.title);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! or what became of a batch, which has its error inside:
//!
//! ```no_run
//! # fn example(client: vod_api::Client, many: Vec<String>) -> Result<(), vod_api::Error> {
//! let mut batches = client.delete_assets(many).in_batches();
//! while let Some(batch) = vod_api::blocking::block_on(async { Ok(batches.next().await) })? {
//!     println!("{:?}", batch.result);
//! }
//! # Ok(())
//! # }
//! ```

use std::future::IntoFuture;
use std::sync::OnceLock;

use tokio::runtime::{Builder, Handle, Runtime};

use crate::error::Error;

/// Waits for something that this crate does, such as a call.
///
/// ```no_run
/// # fn example(client: vod_api::Client) -> Result<(), vod_api::Error> {
/// let detail = vod_api::blocking::block_on(client.show_asset_detail("a1"))?;
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// That of the work itself; one of kind [`Configuration`](crate::ErrorKind::Configuration) inside an async runtime, which
/// would be blocked: `.await` there. In `spawn_blocking`, use the runtime that is there:
/// `tokio::runtime::Handle::current().block_on(call.send())`.
pub fn block_on<T>(work: impl IntoFuture<Output = Result<T, Error>>) -> Result<T, Error> {
    if Handle::try_current().is_ok() {
        return Err(Error::configuration(
            "a blocking call inside an async runtime: use `.await`, or `Handle::block_on` in `spawn_blocking`",
        ));
    }
    runtime()?.block_on(work.into_future())
}

/// One thread for all blocking calls of the process. It keeps their connections alive between calls.
fn runtime() -> Result<&'static Runtime, Error> {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    if let Some(runtime) = RUNTIME.get() {
        return Ok(runtime);
    }
    let runtime = Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .thread_name("vod-api")
        .build();
    let runtime = runtime
        .map_err(|error| Error::configuration("no thread for blocking calls").with_source(error))?;
    Ok(RUNTIME.get_or_init(|| runtime))
}
