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
//! Lists are iterators:
//!
//! ```no_run
//! # fn example(client: vod_api::Client) -> Result<(), vod_api::Error> {
//! for asset in client.list_asset_list().items().blocking() {
//!     println!("{:?}", asset?.title);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Everything else that is awaited works with [`block_on`]; the next outcome of a batch, for
//! example, which contains its own error:
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

use std::future::{IntoFuture, poll_fn};
use std::iter;
use std::pin::pin;
use std::process;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use tokio::runtime::{Builder, Handle, Runtime};
use tokio::task::unconstrained;

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
/// After a `fork` on Unix, the child process starts a thread of its own for this, but has no
/// threads that serve the connections of its parent: a call over one of these ends with a timeout.
/// Make a new client in the child process.
///
/// # Errors
///
/// That of the work itself; one of kind [`Configuration`](crate::ErrorKind::Configuration) inside
/// an async runtime, which would be blocked: `.await` there. Where blocking is allowed, use
/// [`block_on_blocking_thread`].
pub fn block_on<T>(work: impl IntoFuture<Output = Result<T, Error>>) -> Result<T, Error> {
    if Handle::try_current().is_ok() {
        return Err(Error::configuration(
            "a blocking call was made inside an async runtime: use `.await`, or, in \
             `spawn_blocking` and `block_in_place`, `vod_api::blocking::block_on_blocking_thread`",
        ));
    }
    runtime()?.block_on(work.into_future())
}

/// As [`block_on`], for a thread of an async runtime that may block: in tokio's `spawn_blocking`
/// and `block_in_place`.
///
/// ```no_run
/// use vod_api::blocking::block_on_blocking_thread;
///
/// # async fn example(client: vod_api::Client) -> Result<(), Box<dyn std::error::Error>> {
/// let work = move || block_on_blocking_thread(client.show_asset_detail("a1"));
/// let detail = tokio::task::spawn_blocking(work).await??;
/// # Ok(())
/// # }
/// ```
///
/// The work runs in the runtime of the blocking calls, not in the one that the thread belongs to.
/// In other async code, use `.await`: this function would block the other tasks of the thread.
///
/// # Errors
///
/// That of the work itself.
pub fn block_on_blocking_thread<T>(
    work: impl IntoFuture<Output = Result<T, Error>>,
) -> Result<T, Error> {
    // Timers and sockets belong to that runtime, and its own thread drives them.
    let _entered = runtime()?.enter();
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    // This thread may be running a tokio task, whose cooperative budget must not limit this work.
    let mut work = pin!(unconstrained(work.into_future()));
    loop {
        match work.as_mut().poll(&mut context) {
            Poll::Ready(result) => return result,
            Poll::Pending => thread::park(),
        }
    }
}

/// The results of `poll` one after the other, up to the first error.
pub(crate) fn iterate<T>(
    mut poll: impl FnMut(&mut Context<'_>) -> Poll<Option<Result<T, Error>>>,
) -> impl Iterator<Item = Result<T, Error>> {
    let mut is_over = false;
    iter::from_fn(move || {
        if is_over {
            return None;
        }
        let next = block_on(async { poll_fn(&mut poll).await.transpose() }).transpose();
        is_over = !matches!(next, Some(Ok(_)));
        next
    })
}

/// Wakes the waiting thread.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// A runtime, and the process that made it.
struct Runtimes {
    process: u32,
    runtime: Runtime,
    /// The runtime of a child process made by `fork`, which has the memory of its parent, but not
    /// its threads.
    child: OnceLock<Box<Self>>,
}

/// One thread for all blocking calls of the process. It keeps their connections alive between
/// calls.
fn runtime() -> Result<&'static Runtime, Error> {
    static RUNTIMES: OnceLock<Box<Runtimes>> = OnceLock::new();
    Runtimes::of(process::id(), &RUNTIMES)
}

impl Runtimes {
    fn of(process: u32, mut place: &OnceLock<Box<Self>>) -> Result<&Runtime, Error> {
        loop {
            match place.get() {
                Some(found) if found.process == process => return Ok(&found.runtime),
                Some(found) => place = &found.child,
                None => {
                    if let Err(late) = place.set(Box::new(Self::new(process)?)) {
                        // Another thread was faster. To drop the runtime would block.
                        late.runtime.shutdown_background();
                    }
                }
            }
        }
    }

    fn new(process: u32) -> Result<Self, Error> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .thread_name("vod-api")
            .build();
        let failure = |error| {
            Error::configuration("the thread for blocking calls cannot be started")
                .with_source(error)
        };
        Ok(Self {
            process,
            runtime: runtime.map_err(failure)?,
            child: OnceLock::new(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_child_has_a_runtime_of_its_own() {
        let place = OnceLock::new();
        let id = |process| Runtimes::of(process, &place).unwrap().handle().id();
        let (parent, child, grandchild) = (id(1), id(2), id(3));
        assert!(parent != child && child != grandchild && parent != grandchild);
        assert_eq!((id(1), id(2), id(3)), (parent, child, grandchild));
    }
}
