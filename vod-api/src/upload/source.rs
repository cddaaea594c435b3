//! What is uploaded: a file, bytes or a reader.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use bytes::Bytes;
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::task::spawn_blocking;

use crate::upload::hash::Md5;

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

/// A reader. The lock is never taken: it lets futures that only refer to the reader be sent between
/// threads.
pub(super) struct Reader(Mutex<Box<dyn AsyncRead + Send + Unpin>>);

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
            reader: Reader(Mutex::new(Box::new(reader))),
            length: None,
        })
    }

    /// Says how many bytes a reader has, so that the parts get the right size and progress has a
    /// total. An upload of a reader with more or fewer bytes fails. Without effect on a file and on
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

/// A source that is being read, from its start to its end.
pub(super) enum Input {
    File {
        file: OpenFile,
        offset: u64,
    },
    Bytes(Bytes),
    Reader {
        reader: Reader,
        length: Option<u64>,
        read: u64,
        /// What was read to see whether there is more.
        ahead: Option<Bytes>,
    },
}

/// Bytes to send, and their hash.
#[derive(Clone)]
pub(super) struct Hashed {
    pub(super) data: Bytes,
    pub(super) md5: Md5,
}

/// A piece of a source. Pieces of a file are read only when they are loaded, so that this can be
/// done for several at once.
pub(super) enum Piece {
    InFile {
        file: OpenFile,
        offset: u64,
        length: u64,
    },
    Read(Bytes),
}

impl Input {
    /// The number of bytes, if it is known.
    pub(super) fn length(&self) -> Option<u64> {
        match self {
            Self::File { file, .. } => Some(file.size),
            Self::Bytes(bytes) => Some(bytes.len() as u64),
            Self::Reader { length, .. } => *length,
        }
    }

    /// The file, if it is one.
    pub(super) fn file(&self) -> Option<&OpenFile> {
        match self {
            Self::File { file, .. } => Some(file),
            Self::Bytes(_) | Self::Reader { .. } => None,
        }
    }

    /// The next piece, of `size` bytes unless the source ends before; `None` at its end.
    pub(super) async fn next(&mut self, size: u64) -> Result<Option<Piece>, SourceError> {
        match self {
            Self::File { file, offset } => {
                let length = size.min(file.size - *offset);
                if length == 0 {
                    return Ok(None);
                }
                let piece = Piece::InFile {
                    file: file.clone(),
                    offset: *offset,
                    length,
                };
                *offset += length;
                Ok(Some(piece))
            }
            Self::Bytes(bytes) => {
                let length = usize::try_from(size).unwrap_or(usize::MAX);
                let piece = bytes.split_to(length.min(bytes.len()));
                Ok((!piece.is_empty()).then_some(Piece::Read(piece)))
            }
            Self::Reader {
                reader,
                length,
                read,
                ahead,
            } => {
                if let Some(piece) = ahead.take() {
                    return Ok(Some(Piece::Read(piece)));
                }
                let piece = read_piece(reader, size).await?;
                *read += piece.len() as u64;
                let ended = (piece.len() as u64) < size;
                match length {
                    Some(length) if *read > *length || (ended && *read < *length) => {
                        Err(SourceError::Length {
                            told: *length,
                            read: *read,
                        })
                    }
                    _ => Ok((!piece.is_empty()).then(|| Piece::Read(piece.into()))),
                }
            }
        }
    }

    /// Reads all of it, if that is not more than `most` bytes and less than a part.
    pub(super) async fn read_if_small(
        &mut self,
        most: u64,
        part_size: u64,
    ) -> Result<Option<Hashed>, SourceError> {
        let size = match self.length() {
            Some(0) => return Err(SourceError::Empty),
            Some(length) if length > most => return Ok(None),
            Some(length) => length,
            None => part_size,
        };
        let piece = self.next(size).await?.ok_or(SourceError::Empty)?;
        let read = piece.load().await?;
        let length = read.data.len() as u64;
        let is_all = self.length().is_some() || length < part_size;
        if let Self::Reader { ahead, .. } = self
            && !(is_all && length <= most)
        {
            *ahead = Some(read.data);
            return Ok(None);
        }
        // A reader can have more than was told.
        self.next(1).await?;
        Ok(Some(read))
    }

    /// Begins anew with what was read.
    pub(super) fn rewind(&mut self, read: Hashed) {
        match self {
            Self::File { offset, .. } => *offset = 0,
            Self::Bytes(_) | Self::Reader { .. } => *self = Self::Bytes(read.data),
        }
    }

    /// Refuses a file that is no longer the one that was opened.
    pub(super) async fn check(&self) -> Result<(), SourceError> {
        match self {
            Self::File { file, .. } => {
                let file = file.clone();
                blocking(move || file.check(&fs::metadata(&*file.path)?)).await
            }
            Self::Bytes(_) | Self::Reader { .. } => Ok(()),
        }
    }
}

async fn read_piece(reader: &mut Reader, size: u64) -> Result<Vec<u8>, SourceError> {
    let mut piece = Vec::new();
    // Exactly, as growing would take twice the memory for a moment.
    let capacity = usize::try_from(size).unwrap_or(usize::MAX);
    let reserved = piece.try_reserve_exact(capacity);
    reserved.map_err(|_| SourceError::Memory(size))?;
    let reader = reader.0.get_mut().unwrap_or_else(PoisonError::into_inner);
    let mut reader = reader.take(size);
    while piece.len() < capacity && reader.read_buf(&mut piece).await? > 0 {}
    Ok(piece)
}

impl Piece {
    /// Reads and hashes it, on a thread that may block.
    pub(super) async fn load(self) -> Result<Hashed, SourceError> {
        blocking(move || {
            let data = match self {
                Self::InFile {
                    file,
                    offset,
                    length,
                } => file.read(offset, length)?,
                Self::Read(data) => data,
            };
            let md5 = Md5::of(&data);
            Ok(Hashed { data, md5 })
        })
        .await
    }
}

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

    fn check(&self, facts: &fs::Metadata) -> Result<(), SourceError> {
        if facts.len() == self.size && facts.modified().ok() == self.modified {
            Ok(())
        } else {
            Err(SourceError::Changed)
        }
    }

    fn read(&self, offset: u64, length: u64) -> Result<Bytes, SourceError> {
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

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, SourceError> + Send + 'static,
) -> Result<T, SourceError> {
    let ended = |_| SourceError::Read(io::Error::other("the tokio runtime has shut down"));
    spawn_blocking(work).await.map_err(ended)?
}

/// Why a source cannot be sent.
#[derive(Debug)]
pub(super) enum SourceError {
    Read(io::Error),
    NotAFile,
    Empty,
    /// It is not the file any more that it was at the start.
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
            Self::Memory(size) => write!(f, "needs {size} bytes of memory, which cannot be had"),
        }
    }
}
