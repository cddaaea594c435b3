//! The file from which a later run goes on.

use std::fmt;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use crate::error::{Error, ErrorKind, Sent};
use crate::upload::file::blocking;
use crate::upload::state::{State, StateError};

/// A journal that no other process can use at the same time.
#[derive(Debug)]
pub(super) struct Journal {
    path: PathBuf,
    /// Locked until the last copy is dropped: a write that was begun has one, as it goes on if
    /// nobody waits for it any more. A file of its own, as the journal is replaced by each write.
    lock: Arc<File>,
    lock_path: PathBuf,
}

/// Why a journal cannot be used.
#[derive(Debug)]
pub(super) enum JournalError {
    /// There is none.
    Missing,
    /// Another process or another upload of this one has it.
    Locked,
    Io(io::Error),
    State(StateError),
    /// It is one of another upload: what differs, in the journal and here.
    Other {
        field: String,
        journal: String,
        here: String,
    },
}

impl Journal {
    /// Locks the journal of an upload, and reads it, if there is one.
    pub(super) async fn open(path: PathBuf) -> Result<(Self, Option<State>), JournalError> {
        blocking(move || {
            let path = std::path::absolute(path)?;
            let lock_path = beside(&path, "lock");
            let lock = Arc::new(lock(&lock_path)?);
            let journal = Self {
                path,
                lock,
                lock_path,
            };
            let state = match fs::read_to_string(&journal.path) {
                Ok(text) => Some(State::read(&text).map_err(JournalError::State)?),
                Err(error) if error.kind() == io::ErrorKind::NotFound => None,
                Err(error) => return Err(error.into()),
            };
            Ok((journal, state))
        })
        .await
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Replaces the journal: a reader, and a run after a crash, see the state before or this one.
    pub(super) async fn save(&self, state: &State) -> Result<(), JournalError> {
        let (path, text) = (self.path.clone(), state.write());
        let lock = self.lock.clone();
        blocking(move || {
            let _locked = lock;
            let next = beside(&path, "new");
            let mut file = private()
                .write(true)
                .create(true)
                .truncate(true)
                .open(&next)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            fs::rename(&next, &path)?;
            sync_folder(&path)?;
            Ok(())
        })
        .await
    }

    /// Removes the journal, as the upload has ended.
    pub(super) async fn remove(self) -> Result<(), JournalError> {
        blocking(move || {
            match fs::remove_file(&self.path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
                _ => {}
            }
            // Where a file that is open cannot be removed, it stays: it is empty.
            let _ = fs::remove_file(&self.lock_path);
            drop(self.lock);
            Ok(())
        })
        .await
    }
}

/// How often a lock is tried for. A write that was begun by an upload that is dropped by now ends
/// soon.
const TRIES: u32 = 10;
const PAUSE: Duration = Duration::from_millis(20);

/// Opens a file and locks it.
fn lock(path: &Path) -> Result<File, JournalError> {
    for _ in 0..TRIES {
        let file = private()
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)?;
        match file.try_lock() {
            Ok(()) if is_at(&file, path) => return Ok(file),
            // The one who had it removed it meanwhile.
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
    }
    Err(JournalError::Locked)
}

/// Whether an open file still has its name. Where files cannot be told apart, one that is open
/// cannot be removed either.
fn is_at(file: &File, path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let id = |facts: fs::Metadata| (facts.dev(), facts.ino());
        let ids = (file.metadata().map(id), fs::metadata(path).map(id));
        matches!(ids, (Ok(one), Ok(other)) if one == other)
    }
    #[cfg(not(unix))]
    {
        let _ = (file, path);
        true
    }
}

/// The file beside the journal with a longer extension.
fn beside(path: &Path, extension: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    name.into()
}

/// Opens files that only their owner can read.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options
}

/// Makes a new name in a folder last, too.
fn sync_folder(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        match File::open(folder)?.sync_all() {
            // Some file systems have no such thing.
            Err(error) if !is_unsupported(&error) => return Err(error),
            _ => {}
        }
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

#[cfg(unix)]
fn is_unsupported(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported
    )
}

impl JournalError {
    /// The error of an upload, which names the journal.
    pub(super) fn of(self, path: &Path) -> Error {
        let message = format!("the journal {} {self}", path.display());
        let failure = Error::new(ErrorKind::Source, Sent::No, message);
        match self {
            Self::Io(cause) => failure.with_source_in_message(cause),
            _ => failure,
        }
    }
}

impl From<io::Error> for JournalError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl fmt::Display for JournalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("does not exist"),
            Self::Locked => f.write_str("is in use by another upload"),
            Self::Io(error) => write!(f, "cannot be used: {error}"),
            Self::State(error) => error.fmt(f),
            Self::Other {
                field,
                journal,
                here,
            } => write!(
                f,
                "is that of another upload: its `{field}` is {journal}, and here it is {here}"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::pin::pin;
    use std::sync::mpsc;
    use std::task::Poll;

    use tokio::runtime::Builder;
    use tokio::task::spawn_blocking;

    use super::*;

    const STATE: &str = r#"{
        "version": 1, "project_id": "p", "operation": "UpdateAsset", "request": {"asset_id": "a1"},
        "subtitles": [], "part_size": 1, "stage": "preparing", "cover_sent": false,
        "subtitles_sent": 0
    }"#;

    /// The write of an upload that is dropped goes on, and no other upload comes in between.
    #[test]
    fn a_write_that_nobody_waits_for_keeps_the_lock() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.upload");
        let state = State::read(STATE).unwrap();
        // One thread that may block, so that the write has to wait for it.
        let mut runtime = Builder::new_current_thread();
        let runtime = runtime.max_blocking_threads(1).build().unwrap();
        runtime.block_on(async {
            let (journal, _) = Journal::open(path.clone()).await.unwrap();
            let (release, held) = mpsc::channel::<()>();
            let busy = spawn_blocking(move || held.recv());
            {
                let mut save = pin!(journal.save(&state));
                poll_fn(|context| {
                    assert!(save.as_mut().poll(context).is_pending());
                    Poll::Ready(())
                })
                .await;
            }
            drop(journal);

            let lock = File::open(beside(&path, "lock")).unwrap();
            assert!(matches!(lock.try_lock(), Err(TryLockError::WouldBlock)));
            drop(lock);

            drop(release);
            assert!(busy.await.unwrap().is_err());
            let (_, state) = Journal::open(path).await.unwrap();
            assert!(state.is_some());
        });
    }

    #[test]
    fn a_lock_without_a_name_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.lock");
        let removed = lock(&path).unwrap();
        fs::remove_file(&path).unwrap();
        assert!(cfg!(not(unix)) || !is_at(&removed, &path));
        let other = lock(&path).unwrap();
        assert!(is_at(&other, &path));
    }
}
