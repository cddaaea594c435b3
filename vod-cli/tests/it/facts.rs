//! `vod doctor --facts`.

use vod_api::codes;
use vod_cli::Exit;
use vod_local::{Fault, Local, Reply, Service};

use crate::library;
use crate::vod::{Run, Vod};

/// The facts with a result.
fn facts<'r>(run: &'r Run, result: &str) -> Vec<&'r str> {
    let lines = run.out.lines().skip(1);
    let rows = lines.filter_map(|line| line.strip_prefix(result)?.strip_prefix('\t'));
    rows.map(|row| row.split('\t').next().unwrap()).collect()
}

/// How many media assets and categories there are.
fn things(local: &Local) -> [usize; 2] {
    let state = local.export();
    let project = &state["projects"][Local::PROJECT_ID];
    ["assets", "categories"].map(|kind| project[kind].as_array().unwrap().len())
}

#[tokio::test]
async fn all_facts_hold_on_the_service_of_tests_and_nothing_is_left() {
    let local = library::started().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("holidays.mp4");
    std::fs::write(&file, [1; 3000]).unwrap();
    local.client().build().unwrap().upload(&file).await.unwrap();
    let before = things(&local);
    let vod = Vod::service().at_local(&local);
    let line = format!("doctor --facts --yes --file {}", file.display());
    let run = vod.run(&line).await;
    assert_eq!(run.exit, Exit::Done, "{}{}", run.out, run.err);
    assert_eq!(facts(&run, "holds").len(), 29, "{}", run.out);
    let summary = "holds: 29, does not hold: 0, not checked: 0\n";
    assert!(run.err.ends_with(summary), "{}", run.err);
    for secret in ["Signature", "AWSAccessKeyId", Local::SECRET_KEY] {
        assert!(
            !run.out.contains(secret) && !run.err.contains(secret),
            "{secret}: {}",
            run.err
        );
    }
    assert_eq!(things(&local), before);
    assert_eq!(local.storage().uploads().len(), 0);
}

#[tokio::test]
async fn facts_that_do_not_hold_are_told() {
    let local = library::started().await;
    let before = things(&local);
    local.storage().fail_part(1, Fault::etag("\"another\""));
    let other = serde_json::json!({"delete_result_array": [{"status": "UNKNOW"}]});
    local
        .fail("DeleteAssets")
        .times(1)
        .with(Reply::json(200, other));
    let vod = Vod::service().at_local(&local);
    let run = vod.run("doctor --facts --yes").await;
    assert_eq!(run.exit, Exit::Failed, "{}{}", run.out, run.err);
    let expected = [
        "DeleteAssets answers FAILED for an id that does not exist",
        "the ETag of a part is its MD5 hash",
    ];
    assert_eq!(facts(&run, "does not hold"), expected, "{}", run.out);
    assert!(run.out.contains("\tUNKNOW\n"), "{}", run.out);
    assert_eq!(things(&local), before);
}

#[tokio::test]
async fn what_could_not_be_deleted_is_named() {
    let local = library::started().await;
    let refused = || Reply::error(403, codes::INVALID_STATE, "not now");
    local.fail("DeleteAssetCategory").times(2).with(refused());
    let vod = Vod::service().at_local(&local);
    let run = vod.run("doctor --facts --yes").await;
    let left = "warning: the category 5 is left: DeleteAssetCategory: HTTP 403 VOD.10083";
    assert!(run.err.contains(left), "{}", run.err);
}

/// What a fact that does not hold has made is deleted, too.
#[tokio::test]
async fn what_should_have_been_refused_is_deleted() {
    let service = Service::start().await.unwrap();
    service.respond(|request| match request.operation() {
        Some("CreateAssetCategory") => Reply::json(200, serde_json::json!({"id": 7})),
        Some("DeleteAssetCategory") => Reply::error(403, codes::INVALID_STATE, "not now"),
        _ => Reply::error(403, codes::INVALID_PARAMETER, "not here"),
    });
    let vod = Vod::service().at(&service);
    let run = vod.run("doctor --facts --yes --retries 0").await;
    assert!(facts(&run, "does not hold").len() > 3, "{}", run.out);
    let left = run.err.matches("the category 7 is left").count();
    assert_eq!(left, 3, "{}", run.err);

    // The id of all categories is never deleted.
    let service = Service::start().await.unwrap();
    service.respond(|request| match request.operation() {
        Some("CreateAssetCategory") => Reply::json(200, serde_json::json!({"id": 0})),
        _ => Reply::error(403, codes::INVALID_PARAMETER, "not here"),
    });
    let vod = Vod::service().at(&service);
    vod.run("doctor --facts --yes --retries 0").await;
    let sent = service.requests();
    let mut sent = sent.iter().filter_map(|request| request.operation());
    assert!(sent.all(|operation| operation != "DeleteAssetCategory"));
}

#[tokio::test]
async fn a_service_that_cannot_be_reached_says_nothing_about_facts() {
    let local = library::started().await;
    for operation in ["CreateAssetByFileUpload", "CreateAssetCategory"] {
        local
            .fail(operation)
            .times(9)
            .with(Reply::reset().optional());
    }
    let vod = Vod::service().at_local(&local);
    let run = vod.run("doctor --facts --yes --retries 0").await;
    assert_eq!(run.exit, Exit::Done, "{}{}", run.out, run.err);
    assert_eq!(
        facts(&run, "does not hold"),
        Vec::<&str>::new(),
        "{}",
        run.out
    );
    assert!(facts(&run, "not checked").len() > 15, "{}", run.out);
}

#[tokio::test]
async fn it_asks_before_it_makes_anything() {
    let local = library::started().await;
    let vod = Vod::service().at_local(&local);
    let said = vod.run("doctor --facts").await.failed(Exit::Usage);
    let expected = "error: make a media asset and two categories, send some KB, and delete all of \
                    it: nothing was done\nhint: --yes does it\n";
    assert_eq!(said, expected);
    let said = vod.run("doctor --yes").await.failed(Exit::Usage);
    assert!(said.contains("--facts"), "{said}");
    assert_eq!(local.requests().len(), 0);
}

/// Ctrl-C between two steps: the step goes on to its end, and what was made is deleted.
#[cfg(unix)]
#[tokio::test]
async fn after_ctrl_c_nothing_is_left() {
    use std::process::{Command, Stdio};
    use std::time::Duration;

    let local = library::started().await;
    local.clock().set(std::time::SystemTime::now());
    let before = things(&local);
    // Long enough to press keys, in the step after the media asset is made.
    let slow = Reply::documented()
        .delay(Duration::from_millis(700))
        .optional();
    local.fail("ListAssetList").times(9).with(slow);
    let mut vod = Command::new(env!("CARGO_BIN_EXE_vod"));
    vod.env_clear()
        .env("VOD_ENDPOINT", local.endpoint())
        .env("VOD_PROJECT_ID", Local::PROJECT_ID)
        .env("HUAWEICLOUD_SDK_AK", Local::ACCESS_KEY)
        .env("HUAWEICLOUD_SDK_SK", Local::SECRET_KEY)
        .args(["doctor", "--facts", "--yes"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let child = vod.spawn().unwrap();
    while things(&local)[0] == before[0] {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let pid = child.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-INT", &pid])
            .status()
            .unwrap()
            .success()
    );
    let output = tokio::task::spawn_blocking(|| child.wait_with_output().unwrap());
    let output = output.await.unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(130), "{said}");
    assert!(said.contains("interrupted: the steps"), "{said}");
    assert!(!said.contains("another file"), "{said}");
    assert_eq!(things(&local), before);
}
