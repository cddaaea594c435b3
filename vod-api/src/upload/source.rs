//! What is uploaded: a file, bytes or a reader.

use std::fmt;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use tokio::io::AsyncRead;

use crate::upload::file::{OpenFile, SourceError, blocking};
use crate::upload::input::{Hashed, Input, Piece, Reader};

/// What is uploaded. A path is one: `client.upload("holidays.mp4")`.
///
/// ```
/// use bytes::Bytes;
/// use vod_api::upload::Source;
///
/// # fn example(video: Bytes, pipe: tokio::io::Empty) {
/// let in_memory = Source::bytes("holidays.mp4", video);
/// let of_unknown_length = Source::reader("stream.ts", pipe);
/// # }
/// ```
pub struct Source(Data);

enum Data {
    File(PathBuf),
    Bytes {
        name: String,
        bytes: Bytes,
    },
    Reader {
        name: String,
        reader: Reader,
        length: Option<u64>,
    },
}

impl Source {
    /// Bytes in memory, and the file name that VOD is told.
    pub fn bytes(name: impl Into<String>, bytes: impl Into<Bytes>) -> Self {
        Self(Data::Bytes {
            name: name.into(),
            bytes: bytes.into(),
        })
    }

    /// A reader, and the file name that VOD is told. It is read to its end, one part at a time.
    pub fn reader(
        name: impl Into<String>,
        reader: impl AsyncRead + Send + Unpin + 'static,
    ) -> Self {
        Self(Data::Reader {
            name: name.into(),
            reader: Reader::new(reader),
            length: None,
        })
    }

    /// Says how many bytes a reader has, so that the parts get the right size and progress has a
    /// total. An upload of a reader with more or fewer bytes fails. Has no effect on files and
    /// bytes.
    #[must_use]
    pub fn with_length(mut self, bytes: u64) -> Self {
        if let Data::Reader { length, .. } = &mut self.0 {
            *length = Some(bytes);
        }
        self
    }

    /// The file name.
    pub(super) fn name(&self) -> String {
        match &self.0 {
            Data::File(path) => {
                let name = path.file_name().unwrap_or_default();
                name.to_string_lossy().into_owned()
            }
            Data::Bytes { name, .. } | Data::Reader { name, .. } => name.clone(),
        }
    }

    /// The absolute path, if it is a file.
    pub(super) fn path(&self) -> Option<PathBuf> {
        match &self.0 {
            Data::File(path) => std::path::absolute(path).ok(),
            Data::Bytes { .. } | Data::Reader { .. } => None,
        }
    }

    /// The first bytes, and the number of all.
    pub(super) async fn read_start(&self, most: usize) -> Result<(Bytes, u64), SourceError> {
        match &self.0 {
            Data::File(path) => {
                let file = OpenFile::open(path.clone()).await?;
                let length = file.size.min(most as u64);
                let start = blocking(move || file.read(0, length).map(|start| (start, file.size)));
                start.await
            }
            Data::Bytes { bytes, .. } => {
                let start = bytes.slice(..bytes.len().min(most));
                Ok((start, bytes.len() as u64))
            }
            Data::Reader { .. } => Err(SourceError::NotAFile),
        }
    }

    pub(super) async fn open(self) -> Result<Input, SourceError> {
        Ok(match self.0 {
            Data::File(path) => Input::File {
                file: OpenFile::open(path).await?,
                offset: 0,
            },
            Data::Bytes { bytes, .. } => Input::Bytes(bytes),
            Data::Reader { reader, length, .. } => Input::Reader {
                reader,
                length,
                read: 0,
                ahead: None,
            },
        })
    }

    /// Reads a small file whole.
    pub(super) async fn read_whole(self, limit: u64) -> Result<Hashed, SourceError> {
        let mut input = self.open().await?;
        let piece = input.next(limit.saturating_add(1)).await?;
        let hashed = piece.unwrap_or(Piece::Read(Bytes::new())).load().await?;
        if hashed.data.len() as u64 > limit {
            return Err(SourceError::Larger(limit));
        }
        Ok(hashed)
    }
}

impl From<PathBuf> for Source {
    fn from(path: PathBuf) -> Self {
        Self(Data::File(path))
    }
}

impl From<&Path> for Source {
    fn from(path: &Path) -> Self {
        path.to_owned().into()
    }
}

impl From<&PathBuf> for Source {
    fn from(path: &PathBuf) -> Self {
        path.clone().into()
    }
}

impl From<&str> for Source {
    fn from(path: &str) -> Self {
        PathBuf::from(path).into()
    }
}

impl From<String> for Source {
    fn from(path: String) -> Self {
        PathBuf::from(path).into()
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Source").field(&self.name()).finish()
    }
}
