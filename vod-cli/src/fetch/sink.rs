//! Where the bytes of a file go, and what they are compared with.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use md5::{Digest, Md5};

use super::{Etag, Fetched};
use crate::exit::{Exit, Failure};
use crate::io::Stream;

/// What tells a file from others of the same name: its ETag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag {
    text: String,
    /// Whether it can be an MD5.
    is_plain: bool,
}

impl Tag {
    /// `None` for one that files with other bytes can have, too.
    pub(super) fn new(text: &str, is_plain: bool) -> Option<Self> {
        let is_strong = text.starts_with('"') && text.len() > 2;
        is_strong.then(|| Self {
            text: text.to_owned(),
            is_plain,
        })
    }

    /// The MD5 of the file, if this is one.
    fn md5(&self) -> Option<&str> {
        let text = self.text.trim_matches('"');
        let is_md5 = text.len() == 32 && text.bytes().all(|it| it.is_ascii_hexdigit());
        Some(text).filter(|_| is_md5 && self.is_plain)
    }
}

/// Takes the bytes of a file.
pub(super) struct Sink {
    target: Target,
    got: u64,
    hash: Md5,
    tag: Option<Tag>,
}

enum Target {
    /// A file beside the place of the whole one, and another one with its tag.
    Part {
        file: File,
        path: PathBuf,
        tag: PathBuf,
    },
    Stream(Stream),
}

impl Sink {
    /// A file that is at its place once it is complete. What is there of it already is kept, if it
    /// is known of which file it is.
    pub(super) fn file(place: &Path) -> Result<Self, Failure> {
        let path = beside(place, ".part");
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        let mut file = options.open(&path).map_err(|why| unusable(&path, &why))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let message = format!("{}: it is being fetched already", place.display());
                return Err(Failure::usage(message));
            }
            // Some file systems have no locks.
            Err(TryLockError::Error(_)) => {}
        }
        let tag = beside(place, ".part.etag");
        let known = fs::read_to_string(&tag).ok();
        let known = known.and_then(|text| Tag::new(text.trim_end(), false));
        let (mut hash, mut got) = (Md5::new(), 0);
        if known.is_some() {
            got = add(&mut hash, &mut file).map_err(|why| unusable(&path, &why))?;
        } else {
            file.set_len(0).map_err(|why| unusable(&path, &why))?;
        }
        Ok(Self {
            target: Target::Part { file, path, tag },
            got,
            hash,
            tag: known,
        })
    }

    /// A stream, which takes all bytes once.
    pub(super) fn stream(stream: &Stream) -> Self {
        Self {
            target: Target::Stream(stream.clone()),
            got: 0,
            hash: Md5::new(),
            tag: None,
        }
    }

    /// How many bytes it has.
    pub(super) fn got(&self) -> u64 {
        self.got
    }

    /// Before the first byte of a file.
    pub(super) fn begin(&mut self, tag: Option<Tag>) -> Result<(), Failure> {
        if let Target::Part { tag: path, .. } = &self.target {
            let done = match &tag {
                Some(tag) => fs::write(path, &tag.text),
                None => remove(path),
            };
            done.map_err(|why| unusable(path, &why))?;
        }
        self.tag = tag;
        Ok(())
    }

    /// Before more bytes: whether they are those of the same file.
    pub(super) fn goes_on(&mut self, tag: Option<Tag>) -> bool {
        let is_same = match (&self.tag, &tag) {
            (Some(known), Some(tag)) => known.text == tag.text,
            _ => false,
        };
        if is_same {
            self.tag = tag;
        }
        is_same
    }

    /// Takes bytes.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        match &mut self.target {
            Target::Part { file, path, .. } => {
                file.write_all(bytes).map_err(|why| unusable(path, &why))?;
            }
            Target::Stream(stream) => stream.write_bytes(bytes)?,
        }
        self.hash.update(bytes);
        self.got += bytes.len() as u64;
        Ok(())
    }

    /// Begins anew.
    pub(super) fn restart(&mut self) -> Result<(), Failure> {
        match &mut self.target {
            Target::Part { file, path, .. } => {
                let done = file.set_len(0).and_then(|()| file.rewind());
                done.map_err(|why| unusable(path, &why))?;
            }
            Target::Stream(_) => {
                return Err(Failure::other(
                    Exit::Later,
                    "the connection broke, and the rest of the file cannot be had alone",
                ));
            }
        }
        self.hash = Md5::new();
        self.got = 0;
        self.tag = None;
        Ok(())
    }

    /// Compares the bytes with what is known of the file.
    pub(super) fn check(&self, etag: Etag) -> Result<Fetched, Failure> {
        let known = self.tag.as_ref().and_then(Tag::md5);
        let known = known.filter(|_| etag == Etag::OfObject);
        if let Some(known) = known {
            let hash = self.hash.clone().finalize();
            let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
            if !known.eq_ignore_ascii_case(&hash) {
                return Err(Failure::other_with(
                    Exit::Later,
                    format!("the file came with the MD5 {hash}, and has {known}"),
                    "the same command fetches it again from its start",
                ));
            }
        }
        Ok(Fetched {
            size: self.got,
            by_md5: known.is_some(),
        })
    }

    /// Keeps what is there for later, if there is anything.
    pub(super) fn leave(self) {
        if let (0, Target::Part { path, tag, .. }) = (self.got, self.target) {
            // Why the file cannot be fetched says more than that this failed.
            let _ = remove(&path).and(remove(&tag));
        }
    }

    /// Puts a complete file to its place.
    pub(super) fn keep(self, place: &Path, etag: Etag) -> Result<Fetched, Failure> {
        let checked = self.check(etag);
        if let Target::Part { file, path, tag } = self.target {
            remove(&tag).map_err(|why| unusable(&tag, &why))?;
            if checked.is_err() {
                remove(&path).map_err(|why| unusable(&path, &why))?;
            } else {
                let done = file.sync_all().and_then(|()| fs::rename(&path, place));
                done.map_err(|why| unusable(place, &why))?;
            }
        }
        checked
    }
}

/// The path of a file beside another one.
fn beside(place: &Path, ending: &str) -> PathBuf {
    let mut path = place.as_os_str().to_owned();
    path.push(ending);
    path.into()
}

/// Adds what is in a file to a hash, and says how much it is.
fn add(hash: &mut Md5, file: &mut File) -> std::io::Result<u64> {
    let mut buffer = vec![0; 1 << 16];
    file.seek(SeekFrom::Start(0))?;
    let mut total = 0;
    loop {
        let count = file.read(&mut buffer)?;
        if count == 0 {
            return Ok(total);
        }
        hash.update(buffer.get(..count).unwrap_or_default());
        total += count as u64;
    }
}

fn remove(path: &Path) -> std::io::Result<()> {
    match fs::remove_file(path) {
        Err(why) if why.kind() == std::io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

fn unusable(path: &Path, why: &std::io::Error) -> Failure {
    Failure::other(Exit::Failed, format!("{}: {why}", path.display()))
}
