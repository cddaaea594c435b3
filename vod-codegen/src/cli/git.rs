//! Runs git with limits on the size of its output and on time.

use std::io::{self, Read};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::{Duration, Instant};

/// How many bytes of output are read.
const LIMIT: usize = 16 << 20;

/// The deadline for all commands of one comparison together.
const PATIENCE: Duration = Duration::from_secs(60);

/// Runs git in a folder.
pub(super) struct Git<'a> {
    folder: &'a Path,
    until: Instant,
}

impl<'a> Git<'a> {
    pub(super) fn of(folder: &'a Path) -> Self {
        Self {
            folder,
            until: Instant::now() + PATIENCE,
        }
    }

    /// Runs a command and returns its output.
    pub(super) fn run(&self, arguments: &[&str]) -> Result<String, String> {
        let mut command = Command::new("git");
        command.arg("-C").arg(self.folder).args(arguments);
        // Git must neither ask for passwords nor fetch missing objects.
        command.env("GIT_TERMINAL_PROMPT", "0");
        command.env("GIT_NO_LAZY_FETCH", "1");
        let why = |why: String| format!("git {}: {why}", arguments.join(" "));
        let (status, [output, errors]) = run(command, LIMIT, self.until).map_err(why)?;
        if status.success() {
            String::from_utf8(output).map_err(|_| why("its output is not UTF-8".to_owned()))
        } else {
            let errors = String::from_utf8_lossy(&errors);
            Err(why(errors.trim_end().to_owned()))
        }
    }
}

/// Runs a command and returns its status and what it prints to standard output and standard error. A command that
/// prints more than `limit` bytes, or has not ended at `until`, is killed.
fn run(
    mut command: Command,
    limit: usize,
    until: Instant,
) -> Result<(ExitStatus, [Vec<u8>; 2]), String> {
    command.stdin(Stdio::null());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command
        .spawn()
        .map_err(|error| format!("cannot run: {error}"))?;
    let done = printed(&mut child, limit, until)
        .and_then(|printed| Ok((status(&mut child, until)?, printed)));
    if done.is_err() {
        // It may have ended already.
        let _ = child.kill();
        let _ = child.wait();
    }
    done
}

const TOO_LONG: &str = "it took too long";

/// Waits for the end of a command, which can go on after it has closed its output.
fn status(child: &mut Child, until: Instant) -> Result<ExitStatus, String> {
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status),
            Ok(None) if Instant::now() >= until => return Err(TOO_LONG.to_owned()),
            Ok(None) => thread::sleep(Duration::from_millis(1)),
            Err(error) => return Err(error.to_string()),
        }
    }
}

fn printed(child: &mut Child, limit: usize, until: Instant) -> Result<[Vec<u8>; 2], String> {
    let (sender, receiver) = mpsc::channel();
    let errors = sender.clone();
    read(child.stdout.take(), 0, limit, sender).map_err(|error| error.to_string())?;
    read(child.stderr.take(), 1, limit, errors).map_err(|error| error.to_string())?;
    let mut both = [Vec::new(), Vec::new()];
    for _ in 0..both.len() {
        let left = until.saturating_duration_since(Instant::now());
        let (which, bytes) = receiver
            .recv_timeout(left)
            .map_err(|_| TOO_LONG.to_owned())?;
        let bytes = bytes.map_err(|error| error.to_string())?;
        if bytes.len() > limit {
            return Err(format!("it printed more than {limit} bytes"));
        }
        if let Some(place) = both.get_mut(which) {
            *place = bytes;
        }
    }
    Ok(both)
}

/// The index of a pipe, and what was read from it.
type Output = (usize, io::Result<Vec<u8>>);

/// Reads a pipe in a thread: a command blocks if only one of its pipes is read.
fn read(
    pipe: Option<impl Read + Send + 'static>,
    which: usize,
    limit: usize,
    sender: Sender<Output>,
) -> io::Result<()> {
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    thread::Builder::new().spawn(move || {
        let mut bytes = Vec::new();
        let read = match pipe {
            Some(pipe) => pipe.take(most).read_to_end(&mut bytes),
            None => Ok(0),
        };
        // The receiver is gone if the command took too long.
        let _ = sender.send((which, read.map(|_| bytes)));
    })?;
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    fn soon() -> Instant {
        Instant::now() + Duration::from_millis(50)
    }

    #[test]
    fn output_is_bounded_in_size_and_time() {
        let long = Instant::now() + PATIENCE;
        let (status, [output, errors]) = run(shell("echo a; echo b >&2; exit 3"), 9, long).unwrap();
        assert_eq!(status.code(), Some(3));
        assert_eq!(
            (output.as_slice(), errors.as_slice()),
            (&b"a\n"[..], &b"b\n"[..])
        );

        let endless = run(shell("exec yes"), 1000, long).unwrap_err();
        assert_eq!(endless, "it printed more than 1000 bytes");
        let complaints = run(shell("exec yes >&2"), 1000, long).unwrap_err();
        assert_eq!(complaints, "it printed more than 1000 bytes");
        let silent = run(shell("exec sleep 600"), 1000, soon()).unwrap_err();
        assert_eq!(silent, "it took too long");
        let closed = run(shell("exec sleep 600 >&- 2>&-"), 1000, soon());
        assert_eq!(closed.unwrap_err(), "it took too long");
    }
}
