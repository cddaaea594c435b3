//! The program itself, as a process.

use std::io::Read;
use std::process::{Command, Stdio};

fn vod() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vod"));
    command.env_clear();
    command
}

#[test]
fn it_says_its_version() {
    let output = vod().arg("--version").output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let version = format!("vod {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(String::from_utf8(output.stdout).unwrap(), version);
}

#[test]
fn it_ends_with_the_exit_code() {
    let output = vod().args(["api", "nope"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let output = vod()
        .args(["api", "show-asset-detail", "--asset-id", "a1"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_reader_that_stops_is_no_failure() {
    let mut child = vod()
        .args(["api", "list"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Closed before anything is read.
    drop(child.stdout.take());
    let status = child.wait().unwrap();
    let mut said = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut said)
        .unwrap();
    assert_eq!((status.code(), said.as_str()), (Some(0), ""));
}
