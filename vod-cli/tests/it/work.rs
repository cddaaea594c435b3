//! `vod transcode`, `vod review`, `vod wait` and `vod tasks`.

use std::time::Duration;

use serde_json::{Value, json};
use vod_api::model::AssetEditInput;
use vod_cli::Exit;
use vod_local::{Local, Reply};

use crate::library::{BROKEN, HOLIDAYS, TALK};
use crate::vod::Vod;
use crate::{film, library};

fn vod(local: &Local) -> Vod {
    Vod::service().at_local(local)
}

#[tokio::test(start_paused = true)]
async fn media_assets_are_transcoded_and_waited_for() {
    let local = library::started().await;
    let line = format!("transcode {TALK} -t system_template_group --wait -o tsv");
    let run = vod(&local).run(&line).await;
    assert_eq!(run.exit, Exit::Done, "{}", run.err);
    assert_eq!(run.out, format!("asset_id\tstatus\n{TALK}\tSUCCEED\n"));
    assert!(run.err.starts_with(&format!("{TALK}: ")), "{}", run.err);
    assert!(run.err.contains("SUCCEED after"), "{}", run.err);
    // Without --wait, it is started only.
    let line = format!("transcode {HOLIDAYS} -t system_template_group");
    let run = vod(&local).terminal(100).run(&line).await;
    assert_eq!(run.out, format!("ID\n{HOLIDAYS}\n"));
    assert!(
        run.err
            .contains(&format!("`vod wait {HOLIDAYS} --for transcoded`")),
        "{}",
        run.err
    );
    assert_eq!(local.tasks().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn those_that_fail_are_told_and_do_not_hide_the_others() {
    let local = library::started().await;
    film::change(&local, TALK, json!({"title": "talk [fail:VOD.10092]"}));
    let ids = format!("{TALK}\n{HOLIDAYS}\n");
    let line = "transcode - -t hd --wait -o ids --jobs 1";
    let run = vod(&local).stdin(&ids).run(line).await;
    assert_eq!(run.exit, Exit::Partly);
    assert_eq!(run.out, format!("{HOLIDAYS}\n"));
    let told = format!("error: {TALK}: ListAssetTaskInfo: ");
    assert!(run.err.contains(&told), "{}", run.err);
    assert!(
        run.err.ends_with("error: hd: 1 of 2 done, 1 failed\n"),
        "{}",
        run.err
    );
    // One alone ends as it failed.
    let line = format!("transcode {TALK} -t hd --wait");
    let err = vod(&local).run(&line).await.failed(Exit::TaskFailed);
    assert!(err.contains("its state is FAILED"), "{err}");
    let err = vod(&local).run("transcode missing -t hd").await;
    err.failed(Exit::NotFound);
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_is_too_long_says_that_the_task_goes_on() {
    let local = library::started().await;
    film::change(&local, TALK, json!({"title": "talk [slow]"}));
    let waits = "--wait-timeout 10s --poll-interval 5s";
    let line = format!("transcode {TALK} -t hd --wait {waits}");
    let err = vod(&local).run(&line).await.failed(Exit::StillRunning);
    assert!(err.contains("still running after 10s"), "{err}");
    let err = vod(&local).run(&format!("wait {TALK} {waits}")).await;
    let err = err.failed(Exit::StillRunning);
    assert!(err.contains("hint: the task goes on"), "{err}");
    // Nothing is transcoded here.
    let err = vod(&local).run(&format!("wait {HOLIDAYS} {waits}")).await;
    let err = err.failed(Exit::StillRunning);
    assert!(
        err.contains("the service lists no task of this kind"),
        "{err}"
    );
    let run = vod(&local)
        .run(&format!("wait {TALK} --wait-timeout 2h"))
        .await;
    assert_eq!(
        (run.exit, run.out),
        (Exit::Done, format!("id\tstatus\n{TALK}\tSUCCEED\n"))
    );
}

#[tokio::test(start_paused = true)]
async fn a_wait_is_for_the_last_task_of_a_media_asset() {
    let local = library::started().await;
    film::change(&local, TALK, json!({"title": "talk [fail]"}));
    let line = format!("transcode {TALK} -t hd --wait");
    vod(&local).run(&line).await.failed(Exit::TaskFailed);
    film::change(&local, TALK, json!({"title": "talk"}));
    local.clock().advance(Duration::from_secs(60));
    vod(&local)
        .run(&format!("transcode {TALK} -t hd"))
        .await
        .done();
    let run = vod(&local).run(&format!("wait {TALK} -o ids")).await;
    assert_eq!(
        (run.exit, run.out),
        (Exit::Done, format!("{TALK}\n")),
        "{}",
        run.err
    );
}

#[tokio::test(start_paused = true)]
async fn each_goal_has_its_states() {
    let local = library::started().await;
    let client = local.client().build().unwrap();
    let task = client
        .create_asset_edit_task([AssetEditInput::new(TALK, "0", "30")])
        .await
        .unwrap();
    let edit = task.task_id.clone().unwrap();
    let review = format!("review {TALK} -t c80e56dadb8542e8a1b7c2224dd6733a");
    vod(&local).run(&review).await.done();
    for (name, line, expected) in [
        (
            "created",
            format!("wait {HOLIDAYS} --for created"),
            "PUBLISHED",
        ),
        (
            "reviewed",
            format!("wait {TALK} --for reviewed"),
            "REVIEW_PASSED",
        ),
        ("edited", format!("wait {edit} --for edited"), "SUCCEED"),
    ] {
        let run = vod(&local).run(&format!("{line} -o tsv --no-header")).await;
        assert_eq!(run.exit, Exit::Done, "{name}: {}", run.err);
        let status = run.out.trim().split('\t').nth(1);
        assert_eq!(status, Some(expected), "{name}");
    }
    let line = format!("wait {BROKEN} --for created");
    let err = vod(&local).run(&line).await.failed(Exit::TaskFailed);
    assert!(err.contains("UPLOAD_FAILED"), "{err}");
}

#[tokio::test(start_paused = true)]
async fn a_review_that_finds_something_has_not_failed() {
    let local = library::started().await;
    film::change(&local, TALK, json!({"title": "talk [block]"}));
    let line = format!("review {TALK} -t c80e56dadb8542e8a1b7c2224dd6733a --wait");
    let run = vod(&local).run(&line).await;
    assert_eq!(run.exit, Exit::Done, "{}", run.err);
    assert_eq!(
        run.out,
        format!("asset_id\tstatus\n{TALK}\tREVIEW_BLOCKED\n")
    );
}

#[tokio::test(start_paused = true)]
async fn tasks_of_all_kinds_are_one_table() {
    let local = library::started().await;
    film::change(&local, TALK, json!({"title": "talk [fail]"}));
    for id in [TALK, HOLIDAYS] {
        vod(&local)
            .run(&format!("transcode {id} -t hd --wait"))
            .await;
        local.clock().advance(Duration::from_secs(60));
    }
    let client = local.client().build().unwrap();
    let input = AssetEditInput::new(HOLIDAYS, "0", "30");
    client.create_asset_edit_task([input]).await.unwrap();
    for (flags, kinds) in [
        ("", vec!["EDIT", "TRANSCODE", "TRANSCODE"]),
        ("--type edit", vec!["EDIT"]),
        ("--status failed", vec!["TRANSCODE"]),
        ("--status cancel", vec![]),
        ("--since 2026-11-30T12:01:00Z", vec!["EDIT", "TRANSCODE"]),
        (
            "--type transcode,thumbnail --max-items 1",
            vec!["TRANSCODE"],
        ),
        (&format!("--asset {TALK}"), vec!["TRANSCODE"]),
    ] {
        let out = vod(&local)
            .run(&format!("tasks {flags} -o json"))
            .await
            .done();
        let rows: Vec<Value> = serde_json::from_str(&out).unwrap();
        let found: Vec<_> = rows
            .iter()
            .map(|row| row["type"].as_str().unwrap())
            .collect();
        assert_eq!(found, kinds, "{flags}");
    }
    let out = vod(&local)
        .terminal(160)
        .run("tasks --type TRANSCODE")
        .await
        .done();
    insta::assert_snapshot!(out);
}

#[tokio::test(start_paused = true)]
async fn changes_of_tasks_are_followed_to_their_ends() {
    let local = library::started().await;
    vod(&local)
        .run(&format!("transcode {TALK} -t hd"))
        .await
        .done();
    let out = vod(&local)
        .run("tasks --follow --no-header --columns status")
        .await
        .done();
    let states: Vec<_> = out.lines().collect();
    assert_eq!(states.last(), Some(&"SUCCEED"));
    assert!(states.len() > 1, "{out}");
    let err = vod(&local)
        .run("tasks --follow -o json")
        .await
        .failed(Exit::Usage);
    assert!(err.contains("--follow: "), "{err}");
}

#[tokio::test(start_paused = true)]
async fn a_service_that_is_busy_does_not_end_a_wait() {
    let local = library::started().await;
    vod(&local)
        .run(&format!("transcode {TALK} -t hd"))
        .await
        .done();
    local
        .fail("ListAssetTaskInfo")
        .times(2)
        .with(Reply::status(503));
    let run = vod(&local).run(&format!("wait {TALK} -o ids")).await;
    assert_eq!(
        (run.exit, run.out),
        (Exit::Done, format!("{TALK}\n")),
        "{}",
        run.err
    );
}

#[tokio::test(start_paused = true)]
async fn what_fails_for_all_is_told_once() {
    let local = library::started().await;
    let long = "x".repeat(129);
    let line = format!("transcode {TALK} {HOLIDAYS} -t {long} --wait");
    let err = vod(&local).run(&line).await.failed(Exit::Usage);
    assert_eq!(err.lines().count(), 1, "{err}");
    assert!(local.requests().is_empty());
    let wrong = vod(&local).set("HUAWEICLOUD_SDK_SK", "wrong");
    let line = format!("rm {TALK} {HOLIDAYS}");
    let err = wrong.run(&line).await.failed(Exit::Credentials);
    assert_eq!(err.matches("error:").count(), 1, "{err}");
    assert!(!err.contains("warning:"), "{err}");
}

#[tokio::test(start_paused = true)]
async fn a_media_asset_that_is_not_there_is_not_waited_for() {
    let local = library::started().await;
    for goal in ["created", "transcoded", "reviewed"] {
        let run = vod(&local).run(&format!("wait missing --for {goal}")).await;
        let err = run.failed(Exit::NotFound);
        assert!(
            err.starts_with("error: there is no such media asset\n"),
            "{err}"
        );
    }
    let run = vod(&local)
        .run("wait missing --for edited --wait-timeout 1m")
        .await;
    assert_ne!(run.exit, Exit::Done);
}
