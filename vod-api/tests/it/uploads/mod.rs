//! Uploads, to the object storage of the service for tests.

mod faults;
mod flow;
mod journals;
mod running;
mod sources;

use std::future::poll_fn;
use std::path::PathBuf;
use std::pin::Pin;
use std::task::Poll;

use bytes::Bytes;
use tempfile::TempDir;
use vod_api::{Client, ClientBuilder};
use vod_local::{Objects, Step, Storage, StoreRequest};

use crate::common::backend::Backend;

/// The smallest part that is allowed.
const PART: u64 = 100 << 10;

/// A service with object storage, a client of it, and a folder for files.
struct Site {
    service: Backend,
    client: Client,
    folder: TempDir,
}

impl Site {
    async fn start() -> Self {
        Self::with(Storage::new(), |client| client).await
    }

    async fn with(storage: Storage, set: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Self {
        let service = Backend::with_storage(storage).await;
        let client = set(service.client().seed(1)).build().unwrap();
        Self {
            service,
            client,
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn objects(&self) -> &Objects {
        self.service.storage()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Makes a file, and returns its path.
    fn file(&self, name: &str, bytes: &Bytes) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// A video of so many bytes.
    fn video(&self, size: u64) -> PathBuf {
        self.file("holidays.mp4", &noise(size))
    }

    /// The one object that is a media file.
    fn stored(&self) -> Bytes {
        let objects = self.objects();
        let keys = objects.keys();
        let videos: Vec<_> = keys.iter().filter(|key| !key.contains("/cover/")).collect();
        let videos: Vec<_> = videos
            .iter()
            .filter(|key| !key.contains("/subtitle/"))
            .collect();
        assert_eq!(videos.len(), 1, "{keys:?}");
        objects.bytes(videos[0]).unwrap()
    }

    /// The requests to the store, as steps and numbers of parts.
    fn steps(&self) -> Vec<(Step, Option<u32>)> {
        let requests = self.objects().requests();
        let step = |request: &StoreRequest| (request.step, request.part_number);
        requests.iter().map(step).collect()
    }

    /// The calls of VOD, without those that sign URLs.
    fn calls(&self) -> Vec<&'static str> {
        let requests = self.service.requests();
        let names = requests.iter().filter_map(|request| request.operation());
        names
            .filter(|name| *name != "ShowAssetTempAuthority")
            .collect()
    }

    fn status(&self, asset_id: &str) -> String {
        self.objects().asset(asset_id).unwrap().status
    }
}

/// Does some work until a condition holds, or it ends before.
async fn until<T>(
    mut condition: impl FnMut() -> bool,
    mut work: Pin<&mut impl Future<Output = T>>,
) -> Option<T> {
    loop {
        let step = poll_fn(|context| Poll::Ready(work.as_mut().poll(context)));
        match step.await {
            Poll::Ready(output) => return Some(output),
            Poll::Pending if condition() => return None,
            Poll::Pending => tokio::task::yield_now().await,
        }
    }
}

/// Bytes that are the same each time, and not the same in two parts.
fn noise(size: u64) -> Bytes {
    let mut random = fastrand::Rng::with_seed(size);
    let mut bytes = vec![0; usize::try_from(size).unwrap()];
    random.fill(&mut bytes);
    bytes.into()
}
