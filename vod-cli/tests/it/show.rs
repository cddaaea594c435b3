//! `vod show`.

use serde_json::Value;
use vod_cli::Exit;

use crate::vod::Vod;
use crate::{film, library};

#[tokio::test]
async fn a_terminal_gets_what_people_look_for() {
    let local = library::started().await;
    let id = film::made(&local, 1000).await;
    let vod = Vod::service().at_local(&local).terminal(80);
    insta::assert_snapshot!(vod.run(&format!("show {id}")).await.done());
    let out = vod
        .run(&format!("show {}", library::UNFINISHED))
        .await
        .done();
    insta::assert_snapshot!(out);
}

#[tokio::test]
async fn a_pipe_gets_the_reply() {
    let local = library::started().await;
    let vod = Vod::service().at_local(&local);
    let out = vod.run(&format!("show {}", library::TALK)).await.done();
    let reply: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(reply["base_info"]["title"], "talk");
    let line = format!(
        "show {} {} -o tsv --no-header",
        library::TALK,
        library::HOLIDAYS
    );
    let out = vod.run(&line).await.done();
    let titles = out.lines().map(|line| line.split('\t').nth(1).unwrap());
    assert_eq!(titles.collect::<Vec<_>>(), ["talk", "holidays"]);
    let line = format!("show {} --query base_info.title", library::TALK);
    assert_eq!(vod.run(&line).await.done(), "\"talk\"\n");
}

#[tokio::test]
async fn one_that_is_not_there_does_not_hide_the_others() {
    let local = library::started().await;
    let vod = Vod::service().at_local(&local);
    let run = vod
        .run(&format!("show missing {} -o tsv", library::TALK))
        .await;
    assert_eq!(run.exit, Exit::Partly);
    assert_eq!(run.out.lines().count(), 2);
    assert!(run.err.starts_with("error: missing: "), "{}", run.err);
    assert!(
        run.err.ends_with("error: show: 1 of 2 done, 1 failed\n"),
        "{}",
        run.err
    );
    vod.run("show missing").await.failed(Exit::NotFound);
}
