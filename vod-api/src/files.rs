//! Reads files of settings with limits: a file can be a pipe, or on a network file system that does
//! not answer.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, Metadata};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::spawn_blocking;

use crate::lock::lock;
use crate::runtime;

/// The largest size; files of settings are far smaller.
const MAX_SIZE: u64 = 1 << 20;

/// How long reading may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// Reads a regular text file of at most 1 MiB within 5 s. Concurrent reads of the same file share
/// one result.
///
/// A read that hangs cannot be canceled. It keeps one thread per file, which is not one of tokio's:
/// those resolve host names for the whole process, and a runtime waits for them when it shuts down.
/// Until the read ends, later reads of the file fail.
pub(crate) async fn read(path: &Path) -> Result<Arc<str>, Arc<io::Error>> {
    runtime::check().map_err(io::Error::other)?;
    let mut outcome = {
        let mut reads = lock(&READS);
        match reads.get(path).filter(|read| is_to_come(read)) {
            Some(running) => running.clone(),
            None => {
                let (sender, receiver) = watch::channel(None);
                reads.insert(path.to_owned(), receiver.clone());
                let path = path.to_owned();
                let work = || supervise(path, PATIENCE, read_now);
                spawn_blocking(move || sender.send_replace(Some(work())));
                receiver
            }
        }
    };
    let outcome = match outcome.wait_for(Option::is_some).await {
        Ok(outcome) => outcome.clone(),
        Err(_) => None,
    };
    let ended = || io::Error::other("the tokio runtime that was reading it has shut down");
    let text = outcome.unwrap_or_else(|| Err(ended().into()))?;
    if text.others_can_write && lock(&TOLD).insert(path.to_owned()) {
        warn_of_writers(path);
    }
    Ok(text.text)
}

/// Warns about a file of settings that other users can change.
#[cfg(feature = "tracing")]
fn warn_of_writers(path: &Path) {
    tracing::warn!(
        target: "vod_api",
        { file.path = ?path },
        "other users can write to this file: remove their write permission"
    );
}

#[cfg(not(feature = "tracing"))]
fn warn_of_writers(_: &Path) {}

/// Whether a file could not be read because it does not exist, or because its folder may not be
/// searched: services often run without a home directory.
pub(crate) fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::NotFound | ErrorKind::PermissionDenied | ErrorKind::NotADirectory
    )
}

type Outcome = Result<Text, Arc<io::Error>>;

#[derive(Debug, Clone)]
struct Text {
    text: Arc<str>,
    others_can_write: bool,
}

/// The reads that are running or hang.
static READS: Mutex<BTreeMap<PathBuf, watch::Receiver<Option<Outcome>>>> =
    Mutex::new(BTreeMap::new());

/// The files that others can write and for which the warning was already given.
static TOLD: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// Whether a read has an outcome or is still running. After a runtime has shut down, neither may be
/// the case.
fn is_to_come(read: &watch::Receiver<Option<Outcome>>) -> bool {
    read.borrow().is_some() || read.has_changed().is_ok()
}

/// Reads the file in a thread, and waits for it until the deadline. Uses the clock of the machine,
/// not that of tokio, which tests can pause.
fn supervise(
    path: PathBuf,
    patience: Duration,
    read: impl FnOnce(&Path) -> io::Result<Text> + Send + 'static,
) -> Outcome {
    let entry = path.clone();
    let (sender, receiver) = mpsc::sync_channel(1);
    let reader = thread::Builder::new().name("vod-api-file".to_owned());
    let reader = reader.spawn(move || {
        let outcome = read(&path).map_err(Arc::new);
        lock(&READS).remove(&path);
        let _ = sender.send(outcome);
    });
    if let Err(error) = reader {
        lock(&READS).remove(&entry);
        return Err(error.into());
    }
    let outcome = receiver.recv_timeout(patience);
    outcome.unwrap_or_else(|_| Err(late().into()))
}

fn late() -> io::Error {
    let message = format!("it could not be read within {PATIENCE:?}");
    io::Error::new(ErrorKind::TimedOut, message)
}

fn read_now(path: &Path) -> io::Result<Text> {
    // To open a pipe can block forever.
    expect_regular(&path.metadata()?)?;
    // A file that exists but cannot be read is an error: the next source could have another
    // identity.
    let file = File::open(path).map_err(|error| match error.kind() {
        ErrorKind::PermissionDenied => io::Error::other(error),
        _ => error,
    })?;
    let metadata = file.metadata()?;
    expect_regular(&metadata)?;
    let mut bytes = Vec::new();
    // One byte more, to detect a file that is too large.
    let size = file.take(MAX_SIZE + 1).read_to_end(&mut bytes)?;
    if size as u64 > MAX_SIZE {
        return Err(io::Error::other("it is larger than 1 MiB"));
    }
    let utf_16 = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    let text = String::from_utf8(bytes).map_err(|_| {
        io::Error::other(if utf_16 {
            "it is UTF-16; save it as UTF-8"
        } else {
            "it is not UTF-8; save it as UTF-8"
        })
    })?;
    Ok(Text {
        text: text.into(),
        others_can_write: others_can_write(&metadata),
    })
}

fn expect_regular(metadata: &Metadata) -> io::Result<()> {
    let found = match metadata {
        it if it.is_file() => return Ok(()),
        it if it.is_dir() => "a directory",
        _ => "a pipe, socket or device",
    };
    Err(io::Error::other(format!(
        "it is {found}, not a regular file"
    )))
}

#[cfg(unix)]
fn others_can_write(metadata: &Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    metadata.permissions().mode() & 0o022 != 0
}

#[cfg(not(unix))]
fn others_can_write(_: &Metadata) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn message(path: &Path) -> String {
        read(path).await.unwrap_err().to_string()
    }

    #[tokio::test]
    async fn files_are_bounded() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("file");
        let mut text = "x".repeat(1 << 20);
        std::fs::write(&path, &text).unwrap();
        assert_eq!(*read(&path).await.unwrap(), *text);
        text.push('x');
        std::fs::write(&path, &text).unwrap();
        assert_eq!(message(&path).await, "it is larger than 1 MiB");
    }

    #[tokio::test]
    async fn says_what_is_no_text() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("file");
        for (bytes, why) in [
            (&b"\xff\xfe[\0b\0"[..], "it is UTF-16; save it as UTF-8"),
            (b"ak = \xe9", "it is not UTF-8; save it as UTF-8"),
        ] {
            std::fs::write(&path, bytes).unwrap();
            assert_eq!(message(&path).await, why);
        }
        assert_eq!(
            message(directory.path()).await,
            "it is a directory, not a regular file"
        );
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn only_regular_files_are_opened() {
        let wanted = "it is a pipe, socket or device, not a regular file";
        let directory = tempfile::tempdir().unwrap();
        let pipe = directory.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.unwrap().success());
        for path in [&pipe, Path::new("/dev/zero")] {
            assert_eq!(message(path).await, wanted);
        }
        // A link to a file is accepted: that is how secrets are mounted.
        let (file, link) = (directory.path().join("file"), directory.path().join("link"));
        std::fs::write(&file, "text").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        assert_eq!(&*read(&link).await.unwrap(), "text");
    }

    /// On a mount that hangs until it is told to go on.
    #[tokio::test]
    async fn a_read_that_hangs_is_given_up_and_its_thread_stays_the_only_one() {
        let path = Path::new("/nowhere/on-a-mount");
        let (go_on, hanging) = mpsc::channel::<()>();
        let (sender, receiver) = watch::channel(None);
        lock(&READS).insert(path.to_owned(), receiver);
        let hang = move |path: &Path| {
            let _ = hanging.recv();
            read_now(path)
        };
        let outcome = supervise(path.to_owned(), Duration::from_millis(1), hang);
        sender.send_replace(Some(outcome));
        drop(sender);
        for _ in 0..600 {
            assert_eq!(message(path).await, "it could not be read within 5s");
        }
        go_on.send(()).unwrap();
        while lock(&READS).contains_key(path) {
            tokio::task::yield_now().await;
        }
        assert!(message(path).await.starts_with("No such file"));
    }

    #[tokio::test]
    async fn a_runtime_that_ended_leaves_the_file_to_others() {
        let path = Path::new("/nowhere/left");
        lock(&READS).insert(path.to_owned(), watch::channel(None).1);
        assert!(message(path).await.starts_with("No such file"));
    }

    #[tokio::test(start_paused = true)]
    async fn one_read_serves_all() {
        let path = Path::new("/nowhere/shared");
        let (sender, receiver) = watch::channel(None);
        lock(&READS).insert(path.to_owned(), receiver);
        let waiting: Vec<_> = (0..100).map(|_| tokio::spawn(read(path))).collect();
        tokio::task::yield_now().await;
        sender.send_replace(Some(Err(late().into())));
        for read in waiting {
            let error = read.await.unwrap().unwrap_err();
            assert_eq!(error.to_string(), "it could not be read within 5s");
        }
        lock(&READS).remove(path);
    }

    #[test]
    fn a_runtime_is_needed() {
        let mut read = std::pin::pin!(read(Path::new("/nowhere")));
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        match read.as_mut().poll(&mut context) {
            std::task::Poll::Ready(Err(error)) => {
                assert!(error.to_string().starts_with("there is no tokio runtime"));
            }
            _ => panic!("no error"),
        }
    }
}
