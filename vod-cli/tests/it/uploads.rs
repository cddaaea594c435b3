//! `vod upload`.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use vod_cli::{Exit, Interrupt, Signal};
use vod_local::{Fault, Local, Progress, Step, StoreRequest};

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
}

#[tokio::test(start_paused = true)]
async fn a_file_becomes_a_media_asset() {
    let desk = Desk::new().await;
    let path = desk.file("holidays.mp4", 1000);
    let id = desk.vod().run(&format!("upload {path} -o ids")).await;
    let asset = desk.local.asset(id.out.trim()).unwrap();
    assert_eq!(asset.title, "holidays");
    let run = desk
        .vod()
        .run(&format!("upload {path} --again -o jsonl -q"))
        .await;
    let row: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(row["path"], path);
    assert_eq!(row["bytes"], 1000);
    assert_eq!(row["skipped"], false);
    assert_ne!(row["asset_id"], id.out.trim());
}

#[tokio::test(start_paused = true)]
async fn what_is_gone_is_uploaded_once_more() {
    let desk = Desk::new().await;
    let path = desk.file("talk.mp4", 1000);
    let line = format!("upload {path} -o ids");
    let first = desk.vod().run(&line).await.out;
    let again = desk.vod().run(&line).await;
    assert_eq!(again.out, first);
    assert_eq!(
        again.err,
        "hint: 1 file was uploaded before: --again uploads once more\n"
    );
    let deletion = format!("api delete-assets --asset-id {} --yes", first.trim());
    assert_eq!(desk.vod().run(&deletion).await.exit, Exit::Done);
    let again = desk.vod().run(&line).await;
    assert_ne!(again.out, first);
    assert!(
        again.err.contains("is gone: uploaded once more"),
        "{}",
        again.err
    );
}

#[tokio::test(start_paused = true)]
async fn the_same_command_goes_on() {
    let desk = Desk::new().await;
    let path = desk.file("talk.mp4", 350_000);
    let line = format!("upload {path} --part-size 102400 -o jsonl");
    let objects = desk.local.storage();
    for _ in 0..8 {
        objects.fail_part(3, Fault::error(503, "SlowDown"));
    }
    let failed = desk.vod().run(&line).await;
    assert_eq!(failed.exit, Exit::Later, "{}", failed.err);
    let run = desk.vod().run(&line).await;
    assert_eq!(run.exit, Exit::Done, "{}", run.err);
    let row: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let resumed = row["resumed"].as_u64().unwrap();
    assert!(resumed <= 3 && row["parts"] == 4, "{row}");
    let said = format!("talk.mp4: resumed at part {} of 4", resumed + 1);
    assert_eq!(run.err.contains(&said), resumed > 0, "{}", run.err);
    // What was stored beside the part that failed is not sent again.
    let requests = objects.requests().into_iter();
    let stored = requests.filter(|it| it.step == Step::Part && it.status == Some(200));
    let mut stored: Vec<_> = stored.filter_map(|it| it.part_number).collect();
    stored.sort_unstable();
    assert_eq!(stored, [1, 2, 3, 4]);
}

#[tokio::test(start_paused = true)]
async fn ctrl_c_keeps_what_was_sent() {
    let desk = Desk::new().await;
    for number in 0..6 {
        desk.file(&format!("talks/{number}.mp4"), 350_000);
    }
    let line = format!(
        "upload -r {} --part-size 102400 -j 2 -o jsonl",
        desk.argument(&desk.path("talks"))
    );
    let parts = |requests: &[StoreRequest]| {
        let stored = requests.iter().filter(|it| it.status == Some(200));
        stored.filter(|it| it.step == Step::Part).count()
    };
    // After three files of four parts, in the middle of the fourth.
    let (fire, fired) = tokio::sync::watch::channel(false);
    let interrupt = Interrupt::new(move || {
        let mut fired = fired.clone();
        async move {
            let _ = fired.wait_for(|fired| *fired).await;
            Signal::Interrupt
        }
    });
    let objects = desk.local.storage();
    let stopping = async {
        while parts(&objects.requests()) < 14 {
            tokio::task::yield_now().await;
        }
        fire.send_replace(true);
        std::future::pending().await
    };
    let vod = desk.vod();
    let stopped = vod.interrupt(interrupt);
    let stopped = tokio::select! {
        run = stopped.run(&line) => run,
        () = stopping => unreachable!("the command ends first"),
    };
    assert_eq!(stopped.exit, Exit::Interrupted, "{}", stopped.err);
    assert!(
        stopped
            .err
            .contains("half done. The same command goes on from here."),
        "{}",
        stopped.err
    );
    let done = stopped.out.lines().count();
    assert!((2..6).contains(&done), "{}", stopped.out);

    let sent = parts(&objects.requests());
    let again = desk.vod().run(&line).await;
    assert_eq!(again.exit, Exit::Done, "{}", again.err);
    let skipped = again.out.matches("\"skipped\":true").count();
    assert_eq!(
        (skipped, again.out.lines().count()),
        (done, 6),
        "{}",
        again.out
    );
    // At most the parts that were in flight are sent twice.
    let sent_again = parts(&objects.requests()) - sent;
    assert!(sent + sent_again <= 24 + 4, "{sent} and {sent_again}");
    for file in fs::read_dir(desk.path("state/vod/uploads")).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        for secret in ["Signature", "AccessKey"] {
            assert!(!text.contains(secret), "{text}");
        }
    }
    // The folder of the journals is the business of its owner alone.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let facts = fs::metadata(desk.path("state/vod/uploads")).unwrap();
        assert_eq!(facts.permissions().mode() & 0o777, 0o700);
    }
}

#[tokio::test(start_paused = true)]
async fn a_file_that_has_changed_begins_anew() {
    let desk = Desk::new().await;
    let path = desk.file("talk.mp4", 350_000);
    let line = format!("upload {path} --part-size 102400 -o jsonl");
    for _ in 0..8 {
        desk.local
            .storage()
            .fail_part(3, Fault::error(503, "SlowDown"));
    }
    assert_eq!(desk.vod().run(&line).await.exit, Exit::Later);
    desk.file("talk.mp4", 360_000);
    let run = desk.vod().run(&line).await;
    assert_eq!(run.exit, Exit::Done, "{}", run.err);
    assert!(
        run.err
            .contains("talk.mp4: has changed: the upload begins anew"),
        "{}",
        run.err
    );
    assert!(desk.local.storage().uploads().is_empty());
    // So does one that was there already.
    desk.file("talk.mp4", 370_000);
    let run = desk.vod().run(&line).await;
    assert!(run.out.contains("\"bytes\":370000"), "{}", run.out);
    assert!(run.out.contains("\"skipped\":false"), "{}", run.out);
}

#[tokio::test(start_paused = true)]
async fn one_that_fails_does_not_stop_the_others() {
    let desk = Desk::new().await;
    for name in ["a", "b", "c"] {
        desk.file(&format!("talks/{name}.mp4"), 1000);
    }
    desk.local
        .fail("CreateAssetByFileUpload")
        .with(vod_local::Reply::status(400));
    let folder = desk.argument(&desk.path("talks"));
    let run = desk
        .vod()
        .run(&format!("upload -r {folder} -j 1 -o ids"))
        .await;
    assert_eq!((run.exit, run.out.lines().count()), (Exit::Partly, 2));
    let err = desk.plain(&run.err);
    assert!(
        err.contains("error: ~/talks/a.mp4: CreateAssetByFileUpload: HTTP 400"),
        "{err}"
    );
    assert!(err.ends_with("error: 1 of 3 files failed\n"), "{err}");
    // What failed is all that is left to do.
    let run = desk
        .vod()
        .run(&format!("upload -r {folder} -o jsonl"))
        .await;
    assert_eq!(
        run.out.matches("\"skipped\":true").count(),
        2,
        "{}",
        run.out
    );
}

#[tokio::test(start_paused = true)]
async fn a_wrong_key_is_told_once() {
    let desk = Desk::new().await;
    for name in ["a", "b", "c", "d", "e"] {
        desk.file(&format!("talks/{name}.mp4"), 1000);
    }
    let folder = desk.argument(&desk.path("talks"));
    let vod = desk.vod().set("HUAWEICLOUD_SDK_SK", "wrong");
    let run = vod.run(&format!("upload -r {folder} -j 1 -o ids")).await;
    let err = run.failed(Exit::Credentials);
    assert_eq!(err.matches("error:").count(), 1, "{err}");
    let calls = desk.local.requests();
    let calls = calls
        .iter()
        .filter(|it| it.operation() == Some("CreateAssetByFileUpload"));
    assert!(calls.count() < 5);
}

#[tokio::test(start_paused = true)]
async fn what_cannot_work_is_said_before_anything_is_sent() {
    let desk = Desk::new().await;
    let film = desk.file("film.mp4", 1000);
    let other = desk.file("other.mp4", 1000);
    let text = desk.file("notes.txt", 10);
    let empty = desk.file("empty.mp4", 0);
    let folder = desk.argument(&desk.path(""));
    let long = "x".repeat(129);
    struct Case {
        line: String,
        said: &'static str,
    }
    let cases = [
        Case {
            line: "nowhere.mp4".to_owned(),
            said: "error: nowhere.mp4 cannot be read: No such file",
        },
        Case {
            line: text,
            said: "notes.txt has the format TXT, which the service does not take\nhint: it takes 3GP, AAC",
        },
        Case {
            line: empty,
            said: "empty.mp4 is empty",
        },
        Case {
            line: folder,
            said: "is a folder\nhint: -r uploads what is in it",
        },
        Case {
            line: format!("{film} --title {long}"),
            said: "error: --title takes at most 128 bytes, got 129",
        },
        Case {
            line: format!("{film} {other} --title x"),
            said: "--title is for one file, and there are 2",
        },
        Case {
            line: format!("{film} --cover nowhere.jpg"),
            said: "error: nowhere.jpg cannot be read",
        },
        Case {
            line: format!("{film} --category Nope"),
            said: "there is no category \"Nope\"",
        },
        Case {
            line: format!("{film} --include '*.mov'"),
            said: "there are no media files to upload",
        },
        Case {
            line: format!("{film} --part-size 1kB"),
            said: "OBS takes 102400 to 5368709120 bytes",
        },
    ];
    for Case { line, said } in cases {
        let err = desk
            .vod()
            .run(&format!("upload {line}"))
            .await
            .failed(Exit::Usage);
        assert!(err.contains(said), "{line}: {err}");
    }
    let created = desk.local.requests();
    let created = created
        .iter()
        .filter(|it| it.operation() == Some("CreateAssetByFileUpload"));
    assert_eq!(created.count(), 0);
}

#[tokio::test(start_paused = true)]
async fn folders_are_filtered() {
    let desk = Desk::new().await;
    for name in ["a.mp4", "b.mov", "drafts/c.mp4", "notes.txt", ".hidden.mp4"] {
        desk.file(&format!("talks/{name}"), 1000);
    }
    let folder = desk.argument(&desk.path("talks"));
    struct Case {
        flags: &'static str,
        names: &'static [&'static str],
    }
    let cases = [
        Case {
            flags: "",
            names: &["a.mp4", "b.mov", "drafts/c.mp4"],
        },
        Case {
            flags: "--include '*.mp4'",
            names: &["a.mp4", "drafts/c.mp4"],
        },
        Case {
            flags: "--exclude 'drafts/**'",
            names: &["a.mp4", "b.mov"],
        },
        Case {
            flags: "--include '*.mp4' --exclude 'a*'",
            names: &["drafts/c.mp4"],
        },
    ];
    for Case { flags, names } in cases {
        let line = format!("upload -r {folder} --dry-run --no-header {flags}");
        let run = desk.vod().run(&line).await;
        let shown: Vec<_> = run
            .out
            .lines()
            .map(|row| row.split('\t').next().unwrap())
            .collect();
        let expected: Vec<_> = names
            .iter()
            .map(|name| format!("{folder}/{name}"))
            .collect();
        assert_eq!(shown, expected, "{flags}: {}", run.err);
    }
    assert!(desk.local.storage().keys().is_empty());
}

#[tokio::test(start_paused = true)]
async fn transcoding_is_waited_for() {
    let desk = Desk::new().await;
    let good = desk.file("good.mp4", 1000);
    let bad = desk.file("[fail:VOD.10092].mp4", 1000);
    let flags = "--template system_template_group --wait --poll-interval 1s -o jsonl";
    let run = desk.vod().run(&format!("upload {good} {flags}")).await;
    assert_eq!(run.exit, Exit::Done, "{}", run.err);
    assert!(run.out.contains("\"states\":[\"SUCCEED\"]"), "{}", run.out);
    let run = desk.vod().run(&format!("upload '{bad}' {flags}")).await;
    assert_eq!(run.exit, Exit::TaskFailed, "{}", run.err);
    // The media asset is there all the same.
    assert!(run.out.contains("\"asset_id\":"), "{}", run.out);
    let run = desk
        .vod()
        .run(&format!("upload {good} --again --wait -o jsonl"))
        .await;
    assert_eq!(run.exit, Exit::Done, "{}", run.err);
}

#[tokio::test(start_paused = true)]
async fn cover_and_subtitles_go_with_the_file() {
    let desk = Desk::new().await;
    let path = desk.file("talk.mp4", 1000);
    let cover = desk.file("cover.jpg", 100);
    let english = desk.file("en.srt", 100);
    let line = format!("upload {path} --cover {cover} --subtitle en={english} -o ids");
    let id = desk.vod().run(&line).await.out;
    let asset = desk.local.asset(id.trim()).unwrap();
    assert!(asset.cover.is_some());
    assert_eq!(asset.subtitles.len(), 1);
    let line = format!("upload {path} --subtitle fr={english}");
    let err = desk.vod().run(&line).await.failed(Exit::Usage);
    assert!(err.contains("it is CN or EN, then = and a file"), "{err}");
}
