//! Files, read on threads that may block, and why a source cannot be read.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use bytes::Bytes;
use tokio::task::spawn_blocking;

use crate::error::{Error, ErrorKind, Sent};

/// A file, by its path: it is opened for each piece, so that pieces can be read at the same time.
#[derive(Debug, Clone)]
pub(super) struct OpenFile {
    path: Arc<Path>,
    pub(super) size: u64,
    pub(super) modified: Option<SystemTime>,
}

impl OpenFile {
    pub(super) async fn open(path: PathBuf) -> Result<Self, SourceError> {
        blocking(move || {
            // Absolute, so that a later run can be in another folder.
            let path = std::path::absolute(&path)?;
            let facts = fs::metadata(&path)?;
            if !facts.is_file() {
                return Err(SourceError::NotAFile);
            }
            Ok(Self {
                path: path.into(),
                size: facts.len(),
                modified: facts.modified().ok(),
            })
        })
        .await
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Refuses a file that is no longer the one that was opened.
    pub(super) fn check_unchanged(&self) -> Result<(), SourceError> {
        self.check(&fs::metadata(&self.path)?)
    }

    fn check(&self, facts: &fs::Metadata) -> Result<(), SourceError> {
        if facts.len() == self.size && facts.modified().ok() == self.modified {
            Ok(())
        } else {
            Err(SourceError::Changed)
        }
    }

    pub(super) fn read(&self, offset: u64, length: u64) -> Result<Bytes, SourceError> {
        let mut file = File::open(&self.path)?;
        self.check(&file.metadata()?)?;
        file.seek(SeekFrom::Start(offset))?;
        let mut data = Vec::new();
        let capacity = usize::try_from(length).map_err(|_| SourceError::Memory(length))?;
        let reserved = data.try_reserve_exact(capacity);
        reserved.map_err(|_| SourceError::Memory(length))?;
        file.take(length).read_to_end(&mut data)?;
        if data.len() < capacity {
            return Err(SourceError::Changed);
        }
        Ok(data.into())
    }
}

/// Does some work on a thread that may block.
pub(super) async fn blocking<T: Send + 'static, E: From<io::Error> + Send + 'static>(
    work: impl FnOnce() -> Result<T, E> + Send + 'static,
) -> Result<T, E> {
    let ended = |_| io::Error::other("the tokio runtime has shut down");
    spawn_blocking(work).await.map_err(ended)?
}

/// Why a source cannot be sent.
#[derive(Debug)]
pub(super) enum SourceError {
    Read(io::Error),
    NotAFile,
    Empty,
    /// The file has changed since the start.
    Changed,
    /// It has another length than was told.
    Length {
        told: u64,
        read: u64,
    },
    Larger(u64),
    /// There is no memory for so many bytes.
    Memory(u64),
}

impl SourceError {
    /// The error of an upload, which names the file.
    pub(super) fn of(self, name: &str) -> Error {
        let failure = Error::new(ErrorKind::Source, Sent::No, format!("{name} {self}"));
        match self {
            Self::Read(cause) => failure.with_source_in_message(cause),
            _ => failure,
        }
    }
}

impl From<io::Error> for SourceError {
    fn from(error: io::Error) -> Self {
        Self::Read(error)
    }
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(error) => write!(f, "cannot be read: {error}"),
            Self::NotAFile => f.write_str("is not a file"),
            Self::Empty => f.write_str("is empty"),
            Self::Changed => f.write_str("has changed since the upload began"),
            Self::Length { told, read } if read < told => {
                write!(f, "ends after {read} bytes; its length was given as {told}")
            }
            Self::Length { told, .. } => {
                write!(f, "has more bytes than the {told} that were given")
            }
            Self::Larger(limit) => write!(f, "has more than {limit} bytes"),
            Self::Memory(size) => {
                write!(f, "needs {size} bytes of memory, which are not available")
            }
        }
    }
}
