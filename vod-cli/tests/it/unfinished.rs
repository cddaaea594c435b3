//! `vod uploads`: those that did not end.

use vod_cli::Exit;
use vod_local::Fault;

use crate::uploads::Desk;

/// Begins the upload of a file that fails after its first two parts.
async fn stopped(desk: &Desk, name: &str) -> String {
    let path = desk.file(name, 350_000);
    for _ in 0..8 {
        desk.local
            .storage()
            .fail_part(3, Fault::error(503, "SlowDown"));
    }
    let line = format!("upload {path} --part-size 102400 --title Rust -j 1");
    let run = desk.vod().run(&line).await;
    assert_eq!(run.exit, Exit::Later, "{}", run.err);
    path
}

#[tokio::test(start_paused = true)]
async fn what_did_not_end_is_listed_and_resumed() {
    let desk = Desk::new().await;
    let path = stopped(&desk, "talk.mp4").await;
    let listed = desk.vod().run("uploads list -o jsonl").await.done();
    let row: serde_json::Value = serde_json::from_str(&listed).unwrap();
    assert_eq!(
        (&row["path"], &row["bytes"]),
        (&path.as_str().into(), &350_000.into())
    );
    assert!(row["sent"].as_u64() >= Some(102_400), "{row}");
    let id = row["asset_id"].as_str().unwrap();
    // Another project has nothing to do with it.
    let elsewhere = desk.vod().set("VOD_PROJECT_ID", "p2");
    let err = elsewhere
        .run(&format!("uploads resume {id}"))
        .await
        .failed(Exit::Usage);
    assert!(
        err.contains("goes elsewhere\nhint: --endpoint http"),
        "{err}"
    );

    let run = desk.vod().run(&format!("uploads resume {id} -o ids")).await;
    assert_eq!((run.exit, run.out.trim()), (Exit::Done, id), "{}", run.err);
    assert_eq!(desk.local.asset(id).unwrap().title, "Rust");
    assert_eq!(desk.vod().run("uploads list --no-header").await.done(), "");
    // The file is known to be there.
    let run = desk.vod().run(&format!("upload {path} -o jsonl")).await;
    assert!(run.out.contains("\"skipped\":true"), "{}", run.out);
}

#[tokio::test(start_paused = true)]
async fn a_file_that_has_changed_is_not_resumed() {
    let desk = Desk::new().await;
    let path = stopped(&desk, "talk.mp4").await;
    desk.file("talk.mp4", 360_000);
    let err = desk.vod().run("uploads resume --all -q").await;
    let err = err.failed(Exit::Usage);
    assert!(err.contains("has changed since the upload began"), "{err}");
    assert!(
        err.contains(&format!("hint: `vod upload {path}` begins anew")),
        "{err}"
    );
}

#[tokio::test(start_paused = true)]
async fn what_did_not_end_is_dropped_if_somebody_says_so() {
    let desk = Desk::new().await;
    let path = stopped(&desk, "talk.mp4").await;
    let line = format!("uploads abort {path}");
    let err = desk.vod().run(&line).await.failed(Exit::Usage);
    assert!(
        err.contains("nothing was done\nhint: --yes does it"),
        "{err}"
    );
    assert_eq!(desk.local.storage().uploads().len(), 1);
    let run = desk.vod().run(&format!("{line} --yes")).await;
    assert_eq!(
        (run.exit, desk.plain(&run.err).as_str()),
        (Exit::Done, "~/talk.mp4: dropped\n")
    );
    assert!(desk.local.storage().uploads().is_empty());
    let err = desk.vod().run(&line).await.failed(Exit::Usage);
    assert!(err.contains("hint: `vod uploads list` shows all"), "{err}");
}

#[tokio::test(start_paused = true)]
async fn an_upload_is_not_taken_for_one_in_other_words() {
    let desk = Desk::new().await;
    let path = stopped(&desk, "talk.mp4").await;
    let line = format!("upload {path} --part-size 102400 --title Go");
    let err = desk.vod().run(&line).await.failed(Exit::Usage);
    assert!(
        err.contains("its `request.title` is \"Rust\", and here it is \"Go\""),
        "{err}"
    );
    assert!(err.contains("hint: `vod uploads resume"), "{err}");
}
