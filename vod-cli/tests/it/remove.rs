//! `vod publish`, `vod unpublish`, `vod rm`, `vod clean` and `vod edit`.

use serde_json::json;
use vod_cli::Exit;
use vod_local::{Local, Reply};

use crate::library::{BROKEN, HOLIDAYS, TALK, UNFINISHED};
use crate::vod::Vod;
use crate::{film, library};

fn vod(local: &Local) -> Vod {
    Vod::service().at_local(local)
}

#[tokio::test]
async fn media_assets_are_published_and_taken_back() {
    let local = library::started().await;
    let out = vod(&local)
        .run(&format!("publish {TALK} {HOLIDAYS} -o ids"))
        .await
        .done();
    assert_eq!(out, format!("{TALK}\n{HOLIDAYS}\n"));
    assert!(local.asset(TALK).unwrap().is_published);
    let out = vod(&local).stdin(TALK).run("unpublish -").await.done();
    assert_eq!(out, format!("asset_id\tstatus\n{TALK}\tCREATED\n"));
    let run = vod(&local)
        .run(&format!("publish missing {TALK} -o ids"))
        .await;
    assert_eq!((run.exit, run.out), (Exit::Partly, format!("{TALK}\n")));
    assert!(
        run.err
            .starts_with("error: missing: there is no such media asset\n"),
        "{}",
        run.err
    );
    assert!(
        run.err.ends_with("error: publish: 1 of 2 done, 1 failed\n"),
        "{}",
        run.err
    );
    let err = vod(&local)
        .run("publish missing")
        .await
        .failed(Exit::NotFound);
    assert!(
        err.starts_with("error: there is no such media asset\nhint: check the ids"),
        "{err}"
    );
    // Of one that is to be deleted, the service says no more than that it failed.
    let err = vod(&local).run("rm missing").await.failed(Exit::NotFound);
    assert!(
        err.starts_with("error: there is no such media asset\n"),
        "{err}"
    );
}

#[tokio::test]
async fn named_media_assets_are_deleted_in_batches_and_nothing_is_asked() {
    let local = library::started().await;
    let missing: String = (0..12)
        .map(|number| format!("missing-{number}\n"))
        .collect();
    let run = vod(&local)
        .stdin(&format!("{TALK}\n{missing}{HOLIDAYS}"))
        .run("rm - -o ids")
        .await;
    assert_eq!(
        (run.exit, run.out),
        (Exit::Partly, format!("{TALK}\n{HOLIDAYS}\n"))
    );
    assert!(
        run.err.ends_with("error: rm: 2 of 14 done, 12 failed\n"),
        "{}",
        run.err
    );
    // Two calls, and for each the list is asked once which of them are there.
    assert_eq!(local.requests().len(), 4);
    assert!(local.asset(TALK).is_none() || !local.asset(TALK).unwrap().is_published);
    let listed = vod(&local).run("list --all -o ids").await.done();
    assert_eq!(listed.lines().count(), 2);
}

#[tokio::test]
async fn source_files_can_be_deleted_alone() {
    let local = library::started().await;
    let id = film::made(&local, 10).await;
    vod(&local)
        .run(&format!("rm {id} --source-only"))
        .await
        .done();
    vod(&local)
        .run(&format!("url {id} --source"))
        .await
        .failed(Exit::NotFound);
    assert_eq!(
        vod(&local)
            .run(&format!("url {id}"))
            .await
            .done()
            .lines()
            .count(),
        3
    );
}

#[tokio::test]
async fn a_call_that_fails_fails_for_all_that_it_named() {
    let local = library::started().await;
    local.fail("DeleteAssets").with(Reply::status(400));
    let err = vod(&local).run(&format!("rm {TALK} {HOLIDAYS}")).await;
    assert_eq!(err.exit, Exit::Partly);
    assert_eq!(err.err.matches("HTTP 400").count(), 2, "{}", err.err);
}

#[tokio::test]
async fn what_is_left_over_is_shown_before_it_is_deleted() {
    let local = library::started().await;
    let preview = "would delete 2 media assets: 1 CREATING, 1 FAILED (0 B). Nothing was done; --yes does it.\n";
    let run = vod(&local).run("clean -o ids").await;
    assert_eq!((run.exit, run.err.as_str()), (Exit::Done, preview));
    assert_eq!(run.out, format!("{BROKEN}\n{UNFINISHED}\n"));
    let run = vod(&local).run("clean --older-than 20d -o ids").await;
    assert_eq!(run.out, format!("{UNFINISHED}\n"));
    // A terminal asks.
    let asked = |answer: &str| vod(&local).terminal(80).answer(answer);
    let run = asked("n").run("clean -o ids").await;
    assert_eq!(run.exit, Exit::Usage);
    assert!(
        run.err
            .contains("delete 2 media assets: 1 CREATING, 1 FAILED (0 B)? [y/N]"),
        "{}",
        run.err
    );
    assert_eq!(
        vod(&local)
            .run("list --all -o ids")
            .await
            .done()
            .lines()
            .count(),
        4
    );
    let run = asked("y").run("clean --older-than 20d -o ids").await;
    assert_eq!(run.exit, Exit::Done, "{}", run.err);
    let out = vod(&local).run("clean --yes").await.done();
    assert_eq!(out, format!("asset_id\tstatus\n{BROKEN}\tDELETED\n"));
    let run = vod(&local).run("clean --yes").await;
    assert_eq!(
        (run.exit, run.err.as_str()),
        (Exit::Done, "there is nothing to delete\n")
    );
}

#[tokio::test]
async fn an_upload_that_has_ended_since_is_kept() {
    let local = library::started().await;
    let entry = |state: &str| {
        json!({"total": 1, "assets": [{"asset_id": UNFINISHED, "asset_status": state,
            "create_time": "20261030120000"}]})
    };
    let reply = |state| Reply::json(200, entry(state));
    local.fail("ListAssetList").with(reply("CREATING"));
    local.fail("ListAssetList").with(reply("CREATED"));
    let run = vod(&local).run("clean --yes").await;
    assert_eq!(
        (run.exit, run.out.as_str()),
        (Exit::Done, ""),
        "{}",
        run.err
    );
    assert_eq!(
        run.err,
        format!("warning: {UNFINISHED} is CREATED now, and was kept\n")
    );
    assert!(local.asset(UNFINISHED).is_some());
}

#[tokio::test]
async fn facts_of_a_media_asset_are_changed() {
    let local = library::started().await;
    let line = format!("edit {TALK} --title 'A talk' --category Talks --tags '' -o ids");
    assert_eq!(vod(&local).run(&line).await.done(), format!("{TALK}\n"));
    let line = format!("show {TALK} --query '[base_info.title, base_info.category_id]'");
    assert_eq!(vod(&local).run(&line).await.done(), "[\"A talk\",4]\n");
    let err = vod(&local)
        .run(&format!("edit {TALK}"))
        .await
        .failed(Exit::Usage);
    assert!(err.contains("--title"), "{err}");
    let long = "x".repeat(129);
    let err = vod(&local)
        .run(&format!("edit {TALK} --title {long}"))
        .await
        .failed(Exit::Usage);
    assert!(err.contains("128"), "{err}");
}
