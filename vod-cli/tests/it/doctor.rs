//! `vod doctor`.

use std::time::Duration;

use vod_cli::Exit;
use vod_local::{Local, Reply, Service};

use crate::library;
use crate::vod::{Run, Vod, now};

/// Each check with its result.
fn results(run: &Run) -> Vec<(&str, &str)> {
    let lines = run.out.lines().skip(1);
    let cells = lines.map(|line| line.split('\t').collect::<Vec<_>>());
    cells.map(|cells| (cells[0], cells[1])).collect()
}

/// The line of a check.
#[track_caller]
fn line<'r>(run: &'r Run, check: &str) -> &'r str {
    let mut lines = run.out.lines();
    let found = lines.find(|line| line.starts_with(&format!("{check}\t")));
    found.unwrap_or_else(|| panic!("{check}: {}", run.out))
}

#[tokio::test]
async fn all_is_well() {
    let local = library::started().await;
    let home = tempfile::tempdir().unwrap();
    let vod = Vod::service().at_local(&local);
    let vod = vod.set("HOME", &home.path().display().to_string());
    let run = vod.run("doctor").await;
    assert_eq!(run.exit, Exit::Done, "{} {}", run.out, run.err);
    let expected = [
        ("version", "ok"),
        ("credentials file", "skipped"),
        ("keys", "ok"),
        ("region", "skipped"),
        ("endpoint", "ok"),
        ("project", "ok"),
        ("proxy", "ok"),
        ("uploads", "ok"),
        ("name", "ok"),
        ("connection", "ok"),
        ("call", "ok"),
        ("clock", "ok"),
    ];
    assert_eq!(results(&run), expected, "{}", run.out);
    assert!(
        line(&run, "endpoint").ends_with("\tVOD_ENDPOINT\t"),
        "{}",
        run.out
    );
    assert!(
        line(&run, "call").contains("\tvod:asset:list\t"),
        "{}",
        run.out
    );
}

#[cfg(unix)]
#[tokio::test]
async fn what_is_wrong_says_what_to_do() {
    use std::os::unix::fs::PermissionsExt;

    let local = library::started().await;
    local.clock().set(now() + Duration::from_secs(3600));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("credentials");
    std::fs::write(&path, "[basic]\nak = abcdefgh\nsk = hidden-secret\n").unwrap();
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o644)).unwrap();
    let vod = Vod::service()
        .set(
            "HUAWEICLOUD_SDK_CREDENTIALS_FILE",
            &path.display().to_string(),
        )
        .set("VOD_ENDPOINT", &local.endpoint())
        .set("VOD_PROJECT_ID", Local::PROJECT_ID)
        .set("https_proxy", "http://user:hidden-secret@proxy:3128");
    let run = vod.run("doctor").await;
    assert_eq!(run.exit, Exit::Failed);
    for (check, found) in [
        (
            "credentials file",
            format!(
                "\twrong\tmode 644: others can read it\t{0}\tchmod 600 {0}",
                path.display()
            ),
        ),
        ("keys", "\tok\tabcd…\t[basic]\t".to_owned()),
        ("proxy", "\tok\tproxy:3128\thttps_proxy\t".to_owned()),
        ("uploads", "\twrong\tthere is no folder".to_owned()),
        ("call", "\twrong\tListAssetList: ".to_owned()),
        ("clock", "\twrong\t3600 s behind\t".to_owned()),
    ] {
        assert!(line(&run, check).contains(&found), "{check}: {}", run.out);
    }
    assert!(!run.out.contains("hidden"), "{}", run.out);
}

#[tokio::test]
async fn without_settings_it_says_which_are_needed() {
    let run = Vod::service().run("doctor").await;
    assert_eq!(run.exit, Exit::Failed);
    for (check, found) in [
        ("keys", "\twrong\tthere are none"),
        ("region", "`vod config set region cn-north-4`"),
        ("network", "\tskipped\t"),
        ("call", "\twrong\tthere is no region"),
    ] {
        assert!(line(&run, check).contains(found), "{check}: {}", run.out);
    }
}

#[tokio::test]
async fn a_narrow_terminal_has_what_is_wrong_in_full() {
    let run = Vod::service().terminal(40).run("doctor").await;
    assert!(run.err.contains("call: there is no region"), "{}", run.err);
    assert!(
        run.err.contains(" name one by --region, VOD_REGION or"),
        "{}",
        run.err
    );
}

#[tokio::test]
async fn what_cannot_be_reached_is_told_apart() {
    let service = Service::start().await.unwrap();
    service.respond(|_| Reply::error(403, "VOD.10057", "not allowed"));
    let vod = Vod::service().at(&service);
    let run = vod.run("doctor --retries 0").await;
    assert!(line(&run, "connection").contains("\tok\t"), "{}", run.out);
    assert!(line(&run, "call").contains("VOD.10057"), "{}", run.out);
    let gone = vod.set("VOD_ENDPOINT", "http://127.0.0.1:1");
    let run = gone.run("doctor --retries 0").await;
    assert!(line(&run, "name").contains("\tok\t"), "{}", run.out);
    assert!(
        line(&run, "connection").contains("\twrong\tport 1: "),
        "{}",
        run.out
    );
}
