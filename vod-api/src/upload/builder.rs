//! An upload that is being put together.

use std::fmt;
use std::future::IntoFuture;
use std::path::PathBuf;
use std::pin::Pin;
use std::time::Duration;

use crate::Client;
use crate::error::Error;
use crate::model::{
    CreateAssetByFileUploadRequest, Subtitle, SubtitleFormat, SubtitleLanguage, UpdateAssetRequest,
};
use crate::upload::end;
use crate::upload::order::{Begin, Files, Prepares, Resume, Settings};
use crate::upload::outcome::Uploaded;
use crate::upload::progress::{Report, UploadProgress};
use crate::upload::source::Source;

/// An upload, made by [`Client::upload`], [`Client::upload_to`] or [`Client::resume_upload`]. Set
/// what you need, then `.await` it.
///
/// ```no_run
/// use vod_api::model::SubtitleLanguage;
///
/// # async fn example(client: &vod_api::Client) -> Result<(), vod_api::Error> {
/// let done = client
///     .upload("holidays.mp4")
///     .title("My holidays")
///     .cover("cover.jpg")
///     .subtitle(1, SubtitleLanguage::English, "en.srt")
///     .on_progress(|p| println!("{} of {:?} bytes", p.sent, p.total))
///     .journal("holidays.upload")
///     .await?;
/// println!("{}", done.asset_id);
/// # Ok(())
/// # }
/// ```
///
/// The [guide](crate::guide::uploading) says what happens on the way, and if something fails.
#[must_use = "nothing is sent until `.await` or `send`"]
pub struct Upload<O> {
    pub(super) client: Client,
    pub(super) request: Box<O>,
    pub(super) files: Files,
    pub(super) settings: Settings,
    pub(super) journal: Option<PathBuf>,
    pub(super) report: Option<Report>,
}

impl<O> Upload<O> {
    pub(super) fn new(client: Client, request: O, files: Files) -> Self {
        Self {
            client,
            request: Box::new(request),
            files,
            settings: Settings::default(),
            journal: None,
            report: None,
        }
    }

    /// Called with how far the upload is: at most once per 64 KiB and per part, in the task that
    /// awaits the upload.
    pub fn on_progress(mut self, report: impl FnMut(&UploadProgress) + Send + 'static) -> Self {
        self.report = Some(Box::new(report));
        self
    }

    /// How many parts are sent at the same time; 4 by default, and 0 counts as 1. The upload takes
    /// the memory of at most one part more than that, and that of cover and subtitles until they
    /// are sent.
    pub fn concurrency(mut self, parts: usize) -> Self {
        self.settings.in_flight = parts.max(1);
        self
    }

    /// How long nothing may move before an attempt is given up; 30 s by default. An attempt has no
    /// other limit. The store may take ten times as long to join the parts.
    pub fn stall_timeout(mut self, timeout: Duration) -> Self {
        self.settings.stall = timeout;
        self
    }

    /// How long the whole upload may take; `None`, the default, for no limit.
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.settings.timeout = timeout.into();
        self
    }

    /// How many bytes may be sent per second, by all parts together; `None`, the default, for no
    /// limit. 0 counts as 1.
    pub fn limit_rate(mut self, bytes_per_second: impl Into<Option<u64>>) -> Self {
        self.settings.rate = bytes_per_second.into();
        self
    }

    /// Whether the hashes that the store tells are compared with those of what was sent; on by
    /// default. The store has the hash of everything that is sent to it in either case.
    pub fn verify(mut self, verify: bool) -> Self {
        self.settings.verify = verify;
        self
    }

    #[doc(hidden)]
    pub fn set(mut self, change: impl FnOnce(&mut O)) -> Self {
        change(&mut self.request);
        self
    }
}

/// Uploads that prepare a media asset.
impl<O: Prepares> Upload<O> {
    /// The cover image, JPG or PNG. Without one, VOD takes the first frame of the video.
    pub fn cover(mut self, source: impl Into<Source>) -> Self {
        self.files.cover = Some(source.into());
        self
    }

    /// Adds a subtitle file in the format SRT, with a number from 1 to 8.
    pub fn subtitle(
        mut self,
        id: i32,
        language: SubtitleLanguage,
        source: impl Into<Source>,
    ) -> Self {
        let facts = Subtitle::new(id, SubtitleFormat::Srt, language);
        self.files.subtitles.push((facts, source.into()));
        self
    }

    /// The size of the parts in bytes, from 102,400 to 5,368,709,120. By default it is 20 MB, as
    /// the docs advise, or as much more as 10,000 parts take. A file that is not larger than a part
    /// and 20 MB is sent in one piece.
    pub fn part_size(mut self, bytes: u64) -> Self {
        self.settings.part_size = Some(bytes);
        self
    }

    /// A file from which a later run goes on if this one does not come to its end: do the same
    /// upload again, or use [`Client::resume_upload`]. It exists from before the first call to the
    /// end of the upload, holds no URL and no secret, and only its owner can read it. The files
    /// have to be given by their paths.
    pub fn journal(mut self, path: impl Into<PathBuf>) -> Self {
        self.journal = Some(path.into());
        self
    }
}

impl Upload<UpdateAssetRequest> {
    /// The media file.
    pub fn file(mut self, source: impl Into<Source>) -> Self {
        self.files.media = Some(source.into());
        self
    }
}

impl Upload<CreateAssetByFileUploadRequest> {
    /// Asks VOD which media assets have the same file, by its size and a hash of its start: a hint
    /// only. The docs say that the first 1,024 bytes are hashed, and the vendor's own client hashes
    /// 1,025; this is the former. If VOD hashed other bytes of a file, it is not found.
    ///
    /// Only for a file and for bytes; a reader would be used up.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or the call has failed.
    pub async fn find_duplicates(&self) -> Result<Vec<String>, Error> {
        end::find_duplicates(&self.client, self.files.media.as_ref()).await
    }
}

impl Upload<Resume> {
    /// Ends the upload instead: the parts are dropped, VOD is told that the upload is canceled, and
    /// the journal is removed.
    ///
    /// # Errors
    ///
    /// The journal cannot be read, or a call has failed. The journal is kept then.
    pub async fn abort(self) -> Result<(), Error> {
        end::abort(self.into()).await
    }
}

impl<O: Begin> Upload<O> {
    /// Does the upload; the same as `.await`, without boxing the future.
    ///
    /// Dropping the future stops the upload and keeps what is there. If it fails, what is there is
    /// kept if there is a journal; otherwise it is dropped, and VOD is told. The error says which
    /// of the two was done.
    ///
    /// # Errors
    ///
    /// Those of the calls; that of kind [`Source`](crate::ErrorKind::Source) if a file or the
    /// journal cannot be read, or has changed; and those of object storage, whose
    /// [`code`](Error::code) is that of OBS.
    pub fn send(self) -> impl Future<Output = Result<Uploaded, Error>> + Send {
        end::upload(self.into())
    }

    /// Does the upload, without `async`. Needs the feature `blocking`.
    ///
    /// # Errors
    ///
    /// Those of [`send`](Self::send), and of [`block_on`](crate::blocking::block_on).
    #[cfg(feature = "blocking")]
    pub fn send_blocking(self) -> Result<Uploaded, Error> {
        crate::blocking::block_on(self)
    }
}

impl<O: Begin> IntoFuture for Upload<O> {
    type Output = Result<Uploaded, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

impl<O: fmt::Debug> fmt::Debug for Upload<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload")
            .field("request", &self.request)
            .field("files", &self.files)
            .field("journal", &self.journal)
            .finish_non_exhaustive()
    }
}
