//! `vod snapshot`.

use std::fs;

use serde_json::Value;
use vod_cli::Exit;
use vod_local::Local;

use crate::library;
use crate::library::TALK;
use crate::vod::Vod;

fn vod(local: &Local) -> Vod {
    Vod::service().at_local(local)
}

async fn taken(flags: &str) -> Local {
    let local = library::started().await;
    let line = format!("snapshot take {TALK} {flags} --wait -o ids");
    let run = vod(&local).run(&line).await;
    assert_eq!(
        (run.exit, run.out),
        (Exit::Done, format!("{TALK}\n")),
        "{}",
        run.err
    );
    local
}

#[tokio::test(start_paused = true)]
async fn pictures_are_taken_in_three_ways() {
    for (flags, kind, moments) in [
        ("--at 5,30", "dots", vec![5, 30]),
        ("--count 2", "quantity", vec![0, 65]),
        ("--every 60", "sample", vec![0, 60, 120]),
    ] {
        let local = taken(flags).await;
        let out = vod(&local)
            .run(&format!("snapshot list {TALK} -o json"))
            .await
            .done();
        let rows: Vec<Value> = serde_json::from_str(&out).unwrap();
        let found: Vec<_> = rows
            .iter()
            .map(|row| row["offset"].as_u64().unwrap())
            .collect();
        assert_eq!(found, moments, "{flags}: {out}");
        assert!(rows.iter().all(|row| row["type"] == kind), "{flags}: {out}");
        assert_eq!(rows.last().unwrap()["number"], moments.len());
    }
}

#[tokio::test(start_paused = true)]
async fn moments_are_needed_and_have_limits() {
    let local = library::started().await;
    for (flags, expected) in [
        ("", "--every <SECONDS>|--at <SECONDS>|--count <N>"),
        (
            "--every 101",
            "thumbnail.time must be from 0 to 100, got 101",
        ),
        (
            "--count 11",
            "thumbnail.quantity must be from 1 to 10, got 11",
        ),
        ("--at 5 --count 1", "cannot be used with"),
    ] {
        let line = format!("snapshot take {TALK} {flags}");
        let err = vod(&local).run(&line).await.failed(Exit::Usage);
        assert!(err.contains(expected), "{flags}: {err}");
    }
    assert!(local.requests().is_empty());
    let err = vod(&local)
        .run(&format!("snapshot list {TALK}"))
        .await
        .failed(Exit::NotFound);
    assert!(
        err.contains(&format!(
            "hint: `vod snapshot take {TALK} --count 3 --wait`"
        )),
        "{err}"
    );
}

#[tokio::test(start_paused = true)]
async fn pictures_are_downloaded() {
    let local = taken("--at 5,30,60").await;
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("pictures");
    let line = format!("snapshot get {TALK} --to {}", to.display());
    let out = vod(&local)
        .run(&format!("{line} --number 2 -o tsv --no-header --columns n"))
        .await
        .done();
    assert_eq!(out, "2\n");
    // The second is there already.
    let run = vod(&local).run(&line).await;
    assert_eq!((run.exit, run.out.lines().count()), (Exit::Partly, 3));
    assert!(run.err.starts_with("error: snapshot 2: "), "{}", run.err);
    vod(&local).run(&format!("{line} --force")).await.done();
    for number in 1..=3 {
        let picture = fs::read(to.join(format!("{TALK}_{number}.jpg"))).unwrap();
        assert!(picture.starts_with(b"\xff\xd8"), "{number}");
    }
    let err = vod(&local)
        .run(&format!("{line} --number 4"))
        .await
        .failed(Exit::NotFound);
    assert!(err.contains("hint: they have the numbers 1 to 3"), "{err}");
}

#[tokio::test(start_paused = true)]
async fn a_picture_becomes_the_cover() {
    let local = taken("--at 5,30").await;
    let cover = || async {
        let query = "--query base_info.cover_info_array[0].cover_url";
        vod(&local)
            .run(&format!("show {TALK} {query}"))
            .await
            .done()
    };
    let before = cover().await;
    vod(&local)
        .run(&format!("snapshot cover {TALK} 2"))
        .await
        .done();
    let urls = vod(&local)
        .run(&format!("snapshot list {TALK} -o json"))
        .await
        .done();
    let urls: Vec<Value> = serde_json::from_str(&urls).unwrap();
    let after = cover().await;
    assert_ne!(after, before);
    assert_eq!(after.trim(), urls[1]["url"].to_string());
    vod(&local)
        .run(&format!("snapshot cover {TALK} 3"))
        .await
        .failed(Exit::NotFound);
}
