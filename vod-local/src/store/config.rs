//! How the object storage behaves.

use std::time::Duration;

#[cfg(feature = "server")]
use super::folder::Folder;

/// Sets up the object storage of a [`Service`](crate::Service), which uploads go to.
///
/// ```
/// use std::time::Duration;
/// use vod_local::{Keep, Service, Storage};
///
/// # async fn example() -> std::io::Result<()> {
/// let storage = Storage::new().url_lifetime(Duration::from_secs(60)).keep(Keep::Digests);
/// let service = Service::builder().storage(storage).start().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[must_use = "give it to `ServiceBuilder::storage`"]
pub struct Storage {
    pub(super) url_lifetime: Duration,
    pub(super) keep: Keep,
    content_types: ContentTypes,
    pub(super) smallest_part: u64,
    pub(super) parts_per_page: usize,
    /// What decides which requests fail, where chance does.
    pub(crate) fault_seed: u64,
    /// Where the bytes are kept, instead of what `keep` says.
    #[cfg(feature = "server")]
    pub(crate) folder: Option<Folder>,
}

/// What the object storage keeps of what was uploaded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Keep {
    /// The bytes, in memory up to 256 MiB in all, and after that in temporary files.
    #[default]
    InMemory,
    /// The bytes, in temporary files.
    Files,
    /// The size and the MD5 hash alone, for tests with large files. Objects cannot be downloaded.
    Digests,
}

/// Which `Content-Type` the URLs of `ShowAssetTempAuthority` are signed with.
///
/// The docs do not say it. All clients of the vendor send fixed values, whatever they asked for, so
/// a client that sends these values works with both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ContentTypes {
    /// `application/octet-stream` for a part and `application/xml` for the end of an upload,
    /// whatever was asked for. Otherwise as asked.
    #[default]
    Fixed,
    /// The `content_type` of the request, and none without one.
    AsAsked,
}

impl Storage {
    /// URLs are valid for an hour, bytes are kept in memory, content types are fixed, and parts can
    /// be of any size.
    pub fn new() -> Self {
        Self {
            url_lifetime: Duration::from_secs(60 * 60),
            keep: Keep::default(),
            content_types: ContentTypes::default(),
            smallest_part: 0,
            parts_per_page: 1000,
            fault_seed: 0,
            #[cfg(feature = "server")]
            folder: None,
        }
    }

    /// How long signed URLs are valid, in whole seconds, by the clock of the service.
    pub fn url_lifetime(mut self, lifetime: Duration) -> Self {
        self.url_lifetime = lifetime;
        self
    }

    /// What is kept of what was uploaded.
    pub fn keep(mut self, keep: Keep) -> Self {
        self.keep = keep;
        self
    }

    /// Which `Content-Type` the URLs of uploads in parts are signed with.
    pub fn signed_content_types(mut self, types: ContentTypes) -> Self {
        self.content_types = types;
        self
    }

    /// The smallest size of a part that is not the last, in bytes; a smaller one makes the end of
    /// the upload fail with `EntityTooSmall`. OBS has 102,400. By default there is none, so that
    /// tests can use small files.
    pub fn smallest_part(mut self, bytes: u64) -> Self {
        self.smallest_part = bytes;
        self
    }

    /// How many parts a page of their list has at most; 1,000 by default, as with OBS.
    pub fn parts_per_page(mut self, parts: usize) -> Self {
        self.parts_per_page = parts.max(1);
        self
    }

    /// The `Content-Type` that is signed for a step of an upload in parts.
    pub(crate) fn content_type<'a>(
        &self,
        verb: &str,
        asked: Option<&'a str>,
        upload_id: Option<&str>,
    ) -> Option<&'a str> {
        match (self.content_types, verb, upload_id) {
            (ContentTypes::Fixed, "PUT", Some(_)) => Some("application/octet-stream"),
            (ContentTypes::Fixed, "POST", Some(_)) => Some("application/xml"),
            _ => asked,
        }
    }
}

impl Default for Storage {
    fn default() -> Self {
        Self::new()
    }
}
