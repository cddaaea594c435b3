//! `vod import`.

use std::time::Duration;

use serde_json::Value;
use vod_cli::{Exit, Interrupt, Signal};
use vod_local::Local;

use crate::library;
use crate::vod::Vod;

const URL: &str = "https://user:word@media.example.com/a/My%20talk.mp4?sign=hidden";

async fn desk() -> (Local, Vod) {
    let local = library::started().await;
    let vod = Vod::service()
        .at_local(&local)
        .set("VOD_REGION", "cn-north-4");
    (local, vod)
}

#[tokio::test(start_paused = true)]
async fn files_are_fetched_from_web_addresses() {
    let (local, vod) = desk().await;
    let line = format!("import {URL} https://media.example.com/b.mov --category Talks -o jsonl");
    let out = vod.run(&line).await.done();
    let rows: Vec<Value> = out
        .lines()
        .map(|row| serde_json::from_str(row).unwrap())
        .collect();
    assert_eq!(
        rows[0]["source"],
        "https://media.example.com/a/My%20talk.mp4"
    );
    let asset = local.asset(rows[0]["asset_id"].as_str().unwrap()).unwrap();
    assert_eq!(asset.title, "My talk");
    assert_eq!(rows.len(), 2);
    // One call for both.
    let calls = local.requests();
    let calls = calls
        .iter()
        .filter(|it| it.operation() == Some("UploadMetaDataByUrl"));
    assert_eq!(calls.count(), 1);
}

#[tokio::test(start_paused = true)]
async fn they_are_waited_for() {
    let (_local, vod) = desk().await;
    let flags = "--template system_template_group --wait --poll-interval 1s -o jsonl";
    let run = vod.run(&format!("import {URL} {flags}")).await;
    assert_eq!(run.exit, Exit::Done, "{}", run.err);
    assert!(run.out.contains("\"states\":[\"SUCCEED\"]"), "{}", run.out);
    assert!(run.err.contains("My%20talk.mp4: "), "{}", run.err);
    let failing = "'https://media.example.com/[fail].mp4'";
    let run = vod.run(&format!("import {failing} {flags}")).await;
    assert_eq!(run.exit, Exit::TaskFailed, "{}", run.err);
    let told = "the media asset was not made: its state is UPLOAD_FAILED";
    assert!(run.err.contains(told), "{}", run.err);
    assert!(!run.err.contains("FromObs"), "{}", run.err);
    // The one that worked is there, the other one is told.
    let run = vod
        .run(&format!("import {failing} {URL} {flags} --title x"))
        .await;
    assert_eq!(run.exit, Exit::Usage);
    let run = vod.run(&format!("import {failing} {URL} {flags}")).await;
    assert_eq!(
        (run.exit, run.out.lines().count()),
        (Exit::Partly, 2),
        "{}",
        run.err
    );
    assert!(run.err.contains("1 of 2 files failed"), "{}", run.err);
    assert!(
        !run.err.contains("hidden") && !run.err.contains("word"),
        "{}",
        run.err
    );
}

#[tokio::test(start_paused = true)]
async fn ids_are_told_if_somebody_stops_to_wait() {
    let (_local, vod) = desk().await;
    let soon = Interrupt::new(|| async {
        tokio::time::sleep(Duration::from_millis(1500)).await;
        Signal::Interrupt
    });
    let line = format!("import {URL} --wait --poll-interval 1h -o ids");
    let run = vod.interrupt(soon).run(&line).await;
    assert_eq!(
        (run.exit, run.out.len()),
        (Exit::Interrupted, 33),
        "{}",
        run.err
    );
    let expected = "interrupted: the service goes on with what it has begun\n";
    assert!(run.err.ends_with(expected), "{}", run.err);
}

#[tokio::test(start_paused = true)]
async fn a_bucket_has_to_be_open_to_the_service() {
    let (_local, vod) = desk().await;
    let err = vod.run("import obs://bucket/talks/rust.mp4").await;
    let err = err.failed(Exit::Failed);
    assert!(err.contains("VOD.10114"), "{err}");
    let open = "api update-bucket-authorized --bucket bucket --operation 1";
    assert_eq!(vod.run(open).await.exit, Exit::Done);
    let run = vod
        .run("import obs://bucket/talks/rust.mp4 --wait -o ids")
        .await;
    assert_eq!(run.exit, Exit::Done, "{}", run.err);
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_fetched_is_said_before_anything_is_sent() {
    let (local, vod) = desk().await;
    let long = "x".repeat(129);
    struct Case {
        line: String,
        said: &'static str,
    }
    let cases = [
        Case {
            line: "holidays.mp4".to_owned(),
            said: "it is https://…, http://… or obs://BUCKET/KEY",
        },
        Case {
            line: "https://media.example.com/a.txt".to_owned(),
            said: "a.txt has the format TXT, which the service does not fetch\nhint: it takes 3GP",
        },
        Case {
            line: format!("{URL} --title {long}"),
            said: "--title takes at most 128 bytes, got 129",
        },
        Case {
            line: format!("{URL} --category Tlks"),
            said: "hint: did you mean Talks?",
        },
    ];
    for Case { line, said } in cases {
        let err = vod.run(&format!("import {line}")).await.failed(Exit::Usage);
        assert!(err.contains(said), "{line}: {err}");
    }
    let calls = local.requests();
    assert!(
        calls
            .iter()
            .all(|it| it.operation() == Some("ListCategoryInfo"))
    );
}
