//! Reads text files with limits on size and time.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::Path;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// The deadline for reading: a network file system whose server is gone never answers.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// The text of a regular file that has at most `limit` bytes.
///
/// # Errors
///
/// Any error of the file system. A file that is larger, is not UTF-8 or cannot be read within a minute. A file that is
/// not regular: pipes and devices can block forever, or never end.
pub fn read_text(path: &Path, limit: usize) -> io::Result<String> {
    let path = path.to_owned();
    within(PATIENCE, move || text(&path, limit))?
}

/// Like [`read_text`], without a deadline.
pub(crate) fn text(path: &Path, limit: usize) -> io::Result<String> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    let mut bytes = Vec::new();
    // Files can grow while they are read.
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    File::open(path)?.take(most).read_to_end(&mut bytes)?;
    if bytes.len() > limit {
        return Err(io::Error::other(format!("it is larger than {limit} bytes")));
    }
    String::from_utf8(bytes).map_err(|_| io::Error::other("it is not UTF-8"))
}

/// Runs `work` in a thread and returns its result. Work that takes longer than `patience` goes on in the background.
///
/// # Errors
///
/// The work takes longer than `patience`, or its thread cannot be started.
pub(crate) fn within<T: Send + 'static>(
    patience: Duration,
    work: impl FnOnce() -> T + Send + 'static,
) -> io::Result<T> {
    let (sender, receiver) = mpsc::channel();
    thread::Builder::new().spawn(move || {
        // The receiver may have given up.
        let _ = sender.send(work());
    })?;
    receiver
        .recv_timeout(patience)
        .map_err(|error| match error {
            RecvTimeoutError::Timeout => {
                let seconds = patience.as_secs_f32();
                io::Error::new(
                    ErrorKind::TimedOut,
                    format!("the disk did not answer within {seconds} seconds"),
                )
            }
            RecvTimeoutError::Disconnected => io::Error::other("it could not be read"),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_waits_for_ever() {
        let (keep, never) = mpsc::channel::<()>();
        let error = within(Duration::from_millis(10), move || never.recv()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TimedOut);
        assert_eq!(
            error.to_string(),
            "the disk did not answer within 0.01 seconds"
        );
        drop(keep);
        assert_eq!(within(PATIENCE, || 5).unwrap(), 5);
    }

    #[test]
    fn files_are_regular_and_not_too_large() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        fs::write(&path, "12345").unwrap();
        assert_eq!(read_text(&path, 5).unwrap(), "12345");
        let why = |limit| read_text(&path, limit).unwrap_err().to_string();
        assert_eq!(why(4), "it is larger than 4 bytes");
        fs::write(&path, [0xff]).unwrap();
        assert_eq!(why(4), "it is not UTF-8");
        let error = read_text(folder.path(), 5).unwrap_err();
        assert_eq!(error.to_string(), "it is not a regular file");
    }
}
