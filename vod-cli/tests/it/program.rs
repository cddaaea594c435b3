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

/// Ctrl-C and `SIGTERM` keep what was sent, and say how to go on.
#[cfg(unix)]
#[tokio::test]
async fn signals_stop_an_upload() {
    for (signal, code) in [("INT", 130), ("TERM", 143)] {
        let local = vod_local::Local::start().await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("talk.mp4"), vec![0; 400_000]).unwrap();
        let child = vod()
            .args([
                "upload",
                "talk.mp4",
                "--part-size=102400",
                "--limit-rate=100kB",
            ])
            .current_dir(folder.path())
            .env("VOD_ENDPOINT", local.endpoint())
            .env("VOD_PROJECT_ID", vod_local::Local::PROJECT_ID)
            .env("HUAWEICLOUD_SDK_AK", vod_local::Local::ACCESS_KEY)
            .env("HUAWEICLOUD_SDK_SK", vod_local::Local::SECRET_KEY)
            .env("HOME", folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        local.storage().received(2).await;
        let id = child.id().to_string();
        let sent = Command::new("kill").args(["-s", signal, &id]).status();
        assert!(sent.unwrap().success());
        let ended = tokio::task::spawn_blocking(|| child.wait_with_output());
        let ended = ended.await.unwrap().unwrap();
        let said = String::from_utf8(ended.stderr).unwrap();
        assert_eq!(ended.status.code(), Some(code), "{said}");
        let expected = "interrupted: the file is half done. The same command goes on from here.\n";
        assert_eq!(said, expected);
        assert_eq!(local.storage().uploads().len(), 1);
    }
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
