//! What an upload was asked to do, whatever the type of its request.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::Client;
use crate::error::Error;
use crate::model::{CreateAssetByFileUploadRequest, Subtitle, UpdateAssetRequest};
use crate::upload::builder::Upload;
use crate::upload::preparation::Preparation;
use crate::upload::progress::Report;
use crate::upload::source::Source;

/// An upload to be done.
pub(super) struct Order {
    pub(super) client: Client,
    /// `None` if an earlier run has begun it.
    pub(super) preparation: Option<Preparation>,
    pub(super) files: Files,
    pub(super) settings: Settings,
    pub(super) journal: Option<PathBuf>,
    pub(super) report: Option<Report>,
}

/// The files of an upload.
#[derive(Debug, Default)]
pub(super) struct Files {
    pub(super) media: Option<Source>,
    pub(super) cover: Option<Source>,
    pub(super) subtitles: Vec<(Subtitle, Source)>,
}

/// How an upload is done.
#[derive(Debug, Clone)]
pub(super) struct Settings {
    pub(super) part_size: Option<u64>,
    pub(super) in_flight: usize,
    pub(super) stall: Duration,
    pub(super) timeout: Option<Duration>,
    pub(super) rate: Option<u64>,
    pub(super) verify: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            part_size: None,
            in_flight: 4,
            stall: Duration::from_secs(30),
            timeout: None,
            rate: None,
            verify: true,
        }
    }
}

impl Files {
    /// A later run can only find files that the journal names.
    pub(super) fn check_paths(&self, journal: &Path) -> Result<(), Error> {
        let subtitles = self.subtitles.iter().map(|(_, source)| source);
        let mut all = self.media.iter().chain(&self.cover).chain(subtitles);
        let unknown = all.find(|source| source.path().is_none_or(|path| path.to_str().is_none()));
        match unknown {
            None => Ok(()),
            Some(source) => Err(Error::invalid_request(format!(
                "{} has no path that the journal {} could name: give all files by paths that are \
                 valid Unicode, or no journal",
                source.name(),
                journal.display()
            ))),
        }
    }
}

/// What an upload begins with: a request, or a journal. Implemented by this crate only.
pub trait Begin: Send + Sized + 'static {
    #[doc(hidden)]
    fn preparation(self) -> Option<Preparation>;
}

/// A request that prepares an upload. Implemented by this crate only.
pub trait Prepares: Begin {}

/// Stands for the request of an upload that an earlier run has begun.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Resume;

impl Begin for Resume {
    fn preparation(self) -> Option<Preparation> {
        None
    }
}

impl Begin for CreateAssetByFileUploadRequest {
    fn preparation(self) -> Option<Preparation> {
        Some(Preparation::Create(Box::new(self)))
    }
}

impl Prepares for CreateAssetByFileUploadRequest {}

impl Begin for UpdateAssetRequest {
    fn preparation(self) -> Option<Preparation> {
        Some(Preparation::Update(Box::new(self)))
    }
}

impl Prepares for UpdateAssetRequest {}

impl<O: Begin> From<Upload<O>> for Order {
    fn from(upload: Upload<O>) -> Self {
        Self {
            client: upload.client,
            preparation: upload.request.preparation(),
            files: upload.files,
            settings: upload.settings,
            journal: upload.journal,
            report: upload.report,
        }
    }
}
