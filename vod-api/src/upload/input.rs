//! A source that is being read, piece by piece.

use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use tokio::io::{AsyncRead, AsyncReadExt};

use crate::upload::file::{OpenFile, SourceError, blocking};
use crate::upload::hash::Md5;

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

/// A reader. The lock is never taken: it lets futures that only refer to the reader be sent between
/// threads.
pub(super) struct Reader(Mutex<Box<dyn AsyncRead + Send + Unpin>>);

impl Reader {
    pub(super) fn new(reader: impl AsyncRead + Send + Unpin + 'static) -> Self {
        Self(Mutex::new(Box::new(reader)))
    }
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
                blocking(move || file.check_unchanged()).await
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
