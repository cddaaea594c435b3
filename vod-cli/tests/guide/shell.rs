//! A shell with a terminal for what commands write.

use std::fs::File;
use std::io::Read;
use std::net::TcpListener;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use nix::pty::{Winsize, openpty};
use serde_json::Value;

/// Ends what a command has written.
const END: char = '\u{1e}';
/// A shell that takes longer is ended.
const PATIENCE: Duration = Duration::from_secs(300);

/// Where commands run: a folder with some files, and a service that is begun with some media assets.
pub(crate) struct Shell {
    folder: tempfile::TempDir,
    port: u16,
}

/// What a command left behind.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) code: u8,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Shell {
    /// With this state of the service.
    pub(crate) fn new(seed: &Value) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let shell = Self { folder, port };
        std::fs::write(shell.seed(), seed.to_string()).unwrap();
        shell.file("holidays.mp4", 4_900_000);
        shell.file("key.pem", 1704);
        shell.file("cert.pem", 1200);
        for number in 1..=4 {
            shell.file(&format!("talks/{number:02}.mp4"), 400_000);
        }
        shell.file("talks/notes.txt", 10);
        shell
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    fn seed(&self) -> PathBuf {
        self.folder.path().join(".seed.json")
    }

    fn file(&self, name: &str, size: usize) {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, vec![b'v'; size]).unwrap();
    }

    /// Runs commands one after the other in one shell.
    pub(crate) fn run(&self, commands: &[&str]) -> Vec<Outcome> {
        let script: String = commands.iter().map(|command| step(command)).collect();
        let size = Winsize {
            ws_row: 40,
            ws_col: 110,
            ws_xpixel: 0,
            ws_ypixel: 0,
        };
        let pty = openpty(&size, None).unwrap();
        let mut child = self
            .command(&script)
            .stdout(pty.slave)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let err = child.stderr.take().unwrap();
        let err = thread::spawn(move || read(OwnedFd::from(err)));
        let (ended, out) = mpsc::channel();
        thread::spawn(move || ended.send(read(pty.master)));
        let out = out.recv_timeout(PATIENCE);
        if out.is_err() {
            child.kill().unwrap();
        }
        child.wait().unwrap();
        outcomes(&out.expect("the shell ends"), &err.join().unwrap())
    }

    fn command(&self, script: &str) -> Command {
        let program = Path::new(env!("CARGO_BIN_EXE_vod"));
        let folders = [
            program.parent().unwrap(),
            Path::new("/usr/bin"),
            Path::new("/bin"),
        ];
        let mut command = Command::new("sh");
        command
            .args(["-c", script])
            .current_dir(self.folder.path())
            .env_clear()
            .env("PATH", std::env::join_paths(folders).unwrap())
            .env("HOME", self.folder.path())
            .env("VOD_LOCAL_PORT", self.port.to_string())
            .env("VOD_LOCAL_SEED", "1")
            .env("VOD_LOCAL_SEED_FILE", self.seed())
            .env("VOD_LOCAL_PROGRESS", "instant")
            .stdin(Stdio::null());
        command
    }
}

/// A command whose streams and exit code can be told from those of the next.
fn step(command: &str) -> String {
    // A group keeps variables that the command sets.
    format!(
        "{{ {command}\n}}\nended=$?\nprintf '{END}'\nprintf '{END}%s{END}' $ended >&2\n(exit $ended)\n"
    )
}

fn outcomes(out: &str, err: &str) -> Vec<Outcome> {
    let mut errs = err.split(END);
    let mut outcomes = Vec::new();
    for out in out.split(END) {
        let (Some(err), Some(code)) = (errs.next(), errs.next()) else {
            break;
        };
        outcomes.push(Outcome {
            code: code.parse().unwrap(),
            out: out.replace('\r', ""),
            err: err.to_owned(),
        });
    }
    outcomes
}

/// All that comes. A terminal that nobody holds any more ends with an error.
fn read(from: OwnedFd) -> String {
    let mut file = File::from(from);
    let (mut bytes, mut buffer) = (Vec::new(), [0; 4096]);
    while let Ok(count) = file.read(&mut buffer)
        && count > 0
    {
        bytes.extend_from_slice(&buffer[..count]);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
