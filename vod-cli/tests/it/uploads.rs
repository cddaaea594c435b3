//! `vod upload`.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use vod_cli::Exit;
use vod_local::{Fault, Local, Progress, Step};

use crate::vod::{Vod, now};

/// A folder of files, and a service.
pub(crate) struct Desk {
    pub(crate) local: Local,
    folder: TempDir,
}

impl Desk {
    pub(crate) async fn new() -> Self {
        let local = Local::builder().seed(1).progress(Progress::polls(1));
        let local = local.start().await.unwrap();
        local.clock().set(now());
        Self {
            local,
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub(crate) fn vod(&self) -> Vod {
        let state = self.path("state").display().to_string();
        Vod::service()
            .at_local(&self.local)
            .set("XDG_STATE_HOME", &state)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Makes a file of so many bytes, and gives its path as an argument.
    pub(crate) fn file(&self, name: &str, bytes: usize) -> String {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let content: Vec<u8> = (0..bytes).map(|at| (at % 251) as u8).collect();
        fs::write(&path, content).unwrap();
        self.argument(&path)
    }

    pub(crate) fn argument(&self, path: &Path) -> String {
        path.display().to_string()
    }

    /// A text without what differs between two runs of a test.
    pub(crate) fn plain(&self, text: &str) -> String {
        text.replace(&self.folder.path().display().to_string(), "~")
    }

    pub(crate) fn titles(&self) -> Vec<String> {
        let project = self.local.project(Local::PROJECT_ID);
        let _ = project;
        Vec::new()
    }
}

#[tokio::test(start_paused = true)]
async fn a_file_becomes_a_media_asset() {
    let desk = Desk::new().await;
    let path = desk.file("holidays.mp4", 1000);
    let id = desk.vod().run(&format!("upload {path} -o ids")).await;
    let asset = desk.local.asset(id.out.trim()).unwrap();
    assert_eq!(asset.title, "holidays");
    let run = desk.vod().run(&format!("upload {path} --again -o jsonl -q")).await;
    let row: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(row["path"], path);
    assert_eq!(row["bytes"], 1000);
    assert_eq!(row["skipped"], false);
    assert_ne!(row["asset_id"], id.out.trim());
}

#[tokio::test(start_paused = true)]
async fn the_same_command_goes_on() {
    let desk = Desk::new().await;
    let path = desk.file("talk.mp4", 350_000);
    let line = format!("upload {path} --part-size 102400 -o jsonl --retries 0");
    let objects = desk.local.objects();
    for _ in 0..8 {
        objects.fail_part(3, Fault::error(503, "SlowDown"));
    }
    let failed = desk.vod().run(&line).await;
    assert_eq!(failed.exit, Exit::Later, "{}", failed.err);
    let before = objects.requests().len();
    let run = desk.vod().run(&line).await;
    assert_eq!(run.exit, Exit::Done, "{}", run.err);
    let row: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((&row["parts"], &row["resumed"]), (&4.into(), &3.into()), "{}", run.err);
    let sent = objects.requests().split_off(before);
    let parts = sent.iter().filter(|it| it.step == Step::Part).count();
    assert_eq!(parts, 1, "{sent:?}");
    let _ = File::open(&path);
}
