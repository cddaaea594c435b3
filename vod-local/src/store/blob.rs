//! The bytes of a file or a part, in memory, in a file or forgotten.

use std::fs::File;
#[cfg(feature = "server")]
use std::io::Read;
use std::io::{self, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use bytes::{Bytes, BytesMut};
use md5::{Digest, Md5};

use super::config::Keep;
#[cfg(feature = "server")]
use super::folder::{Folder, FolderFile, FolderWriter};
use crate::body::Piece;

/// How many first bytes `CheckMd5Duplication` looks at.
pub(super) const HEAD: usize = 1024;

/// How many bytes are kept in memory, in all.
const MEMORY: u64 = 256 << 20;

/// What came in.
#[derive(Debug)]
pub(super) struct Blob {
    kept: Kept,
    pub(super) size: u64,
    pub(super) md5: [u8; 16],
    /// The first bytes, which are kept in any case.
    pub(super) head: Vec<u8>,
}

#[derive(Debug)]
enum Kept {
    Memory(
        Bytes,
        #[expect(dead_code, reason = "gives the memory back on drop")] Lease,
    ),
    File(Arc<Mutex<File>>),
    #[cfg(feature = "server")]
    Folder(FolderFile),
    Nothing,
}

impl Blob {
    /// The bytes from `start` to `end`; `None` if they were not kept.
    pub(super) fn piece(&self, start: u64, end: u64) -> Option<Piece> {
        match &self.kept {
            Kept::Memory(bytes, _) => {
                let (start, end) = (usize::try_from(start).ok()?, usize::try_from(end).ok()?);
                (start <= end && end <= bytes.len()).then(|| Piece::Memory(bytes.slice(start..end)))
            }
            Kept::File(file) => Some(Piece::File {
                file: file.clone(),
                start,
                end,
            }),
            #[cfg(feature = "server")]
            Kept::Folder(file) => Some(Piece::File {
                file: Arc::new(Mutex::new(file.open().ok()?)),
                start,
                end,
            }),
            Kept::Nothing => None,
        }
    }
}

#[cfg(feature = "server")]
impl Blob {
    /// The name of its file in the folder.
    pub(super) fn file_name(&self) -> Option<&str> {
        match &self.kept {
            Kept::Folder(file) => Some(&file.name),
            _ => None,
        }
    }

    /// What an earlier process wrote, if the file is there and has the size.
    pub(super) fn of_file(file: FolderFile, size: u64, md5: [u8; 16]) -> io::Result<Self> {
        let open = file.open()?;
        if open.metadata()?.len() != size {
            return Err(io::Error::other("a file of an object has another size"));
        }
        let mut head = Vec::new();
        open.take(HEAD as u64).read_to_end(&mut head)?;
        Ok(Self {
            kept: Kept::Folder(file),
            size,
            md5,
            head,
        })
    }
}

/// How much memory is in use.
#[derive(Debug, Clone, Default)]
pub(super) struct Memory(Arc<AtomicU64>);

/// A share of the memory.
#[derive(Debug)]
struct Lease {
    memory: Memory,
    bytes: u64,
}

impl Lease {
    /// Takes more, unless too much is in use.
    fn grow(&mut self, bytes: u64) -> bool {
        let used = self.memory.0.fetch_add(bytes, Ordering::Relaxed);
        self.bytes += bytes;
        used + bytes <= MEMORY
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        self.memory.0.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

/// Takes bytes as they come in.
pub(super) struct BlobWriter {
    sink: Sink,
    hash: Md5,
    size: u64,
    head: Vec<u8>,
}

enum Sink {
    Memory(BytesMut, Lease),
    File(File),
    #[cfg(feature = "server")]
    Folder(FolderWriter),
    Nothing,
}

impl BlobWriter {
    pub(super) fn new(keep: Keep, memory: &Memory) -> io::Result<Self> {
        let sink = match keep {
            Keep::InMemory => {
                let memory = memory.clone();
                Sink::Memory(BytesMut::new(), Lease { memory, bytes: 0 })
            }
            Keep::Files => Sink::File(tempfile::tempfile()?),
            Keep::Digests => Sink::Nothing,
        };
        Ok(Self::into_sink(sink))
    }

    /// Into a file of a folder.
    #[cfg(feature = "server")]
    pub(super) fn in_folder(folder: &Folder) -> io::Result<Self> {
        Ok(Self::into_sink(Sink::Folder(folder.writer()?)))
    }

    fn into_sink(sink: Sink) -> Self {
        Self {
            sink,
            hash: Md5::new(),
            size: 0,
            head: Vec::new(),
        }
    }

    pub(super) fn write(&mut self, chunk: &[u8]) -> io::Result<()> {
        self.hash.update(chunk);
        self.size += chunk.len() as u64;
        let missing = HEAD.saturating_sub(self.head.len());
        self.head.extend(chunk.iter().take(missing));
        if let Sink::Memory(bytes, lease) = &mut self.sink {
            if lease.grow(chunk.len() as u64) {
                bytes.extend_from_slice(chunk);
                return Ok(());
            }
            let mut file = tempfile::tempfile()?;
            file.write_all(bytes)?;
            self.sink = Sink::File(file);
        }
        match &mut self.sink {
            Sink::File(file) => file.write_all(chunk),
            #[cfg(feature = "server")]
            Sink::Folder(file) => file.write(chunk),
            _ => Ok(()),
        }
    }

    pub(super) fn finish(self) -> io::Result<Blob> {
        Ok(Blob {
            kept: match self.sink {
                Sink::Memory(bytes, lease) => Kept::Memory(bytes.freeze(), lease),
                Sink::File(file) => Kept::File(Arc::new(Mutex::new(file))),
                #[cfg(feature = "server")]
                Sink::Folder(file) => Kept::Folder(file.finish()?),
                Sink::Nothing => Kept::Nothing,
            },
            size: self.size,
            md5: self.hash.finalize().into(),
            head: self.head,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blob(keep: Keep, memory: &Memory) -> Blob {
        let mut writer = BlobWriter::new(keep, memory).unwrap();
        for chunk in ["one ", "", "two"] {
            writer.write(chunk.as_bytes()).unwrap();
        }
        writer.finish().unwrap()
    }

    fn read(blob: &Blob, start: u64, end: u64) -> Option<Bytes> {
        blob.piece(start, end)
            .map(|mut piece| piece.take().unwrap())
    }

    #[test]
    fn all_ways_to_keep_bytes_agree() {
        let memory = Memory::default();
        for keep in [Keep::InMemory, Keep::Files] {
            let blob = blob(keep, &memory);
            assert_eq!(read(&blob, 0, 7).unwrap(), "one two", "{keep:?}");
            assert_eq!(read(&blob, 4, 6).unwrap(), "tw", "{keep:?}");
            assert_eq!((blob.size, blob.head.as_slice()), (7, &b"one two"[..]));
        }
        let nothing = blob(Keep::Digests, &memory);
        assert_eq!((nothing.size, read(&nothing, 0, 7)), (7, None));
        assert_eq!(nothing.md5, crate::digest::md5(b"one two"));
    }

    #[test]
    fn goes_on_in_a_file_when_there_is_too_much() {
        let memory = Memory::default();
        memory.0.store(MEMORY - 5, Ordering::Relaxed);
        let in_file = blob(Keep::InMemory, &memory);
        assert!(matches!(in_file.kept, Kept::File(_)));
        assert_eq!(read(&in_file, 0, 7).unwrap(), "one two");
        assert_eq!(memory.0.load(Ordering::Relaxed), MEMORY - 5);
        memory.0.store(0, Ordering::Relaxed);
        let in_memory = blob(Keep::InMemory, &memory);
        assert_eq!(memory.0.load(Ordering::Relaxed), 7);
        drop(in_memory);
        assert_eq!(memory.0.load(Ordering::Relaxed), 0);
    }
}
