//! `vod list`.

use vod_cli::Exit;

use crate::library;
use crate::vod::Vod;

#[tokio::test]
async fn a_terminal_gets_a_table_and_a_pipe_all_values() {
    let local = library::started().await;
    let vod = Vod::service().at_local(&local);
    insta::assert_snapshot!(vod.run("list").await.done());
    insta::assert_snapshot!(vod.terminal(120).run("ls").await.done());
}

#[tokio::test]
async fn columns_are_called_by_their_headings_or_their_members() {
    let local = library::started().await;
    let vod = Vod::service().at_local(&local).terminal(80);
    let out = vod.run("list --columns title,size,media_type").await.done();
    assert_eq!(out.lines().next(), Some("TITLE       SIZE    MEDIA_TYPE"));
    assert_eq!(out.lines().nth(1), Some("holidays    4.9 MB  MP4"));
    let err = vod.run("list --columns titel").await.failed(Exit::Usage);
    assert!(err.contains("there is no \"titel\""), "{err}");
    assert!(err.contains("did you mean title?"), "{err}");
}

#[tokio::test]
async fn filters_are_those_of_people() {
    let local = library::started().await;
    let vod = Vod::service().at_local(&local);
    for (flags, expected) in [
        ("--since 7d", vec![library::HOLIDAYS, library::TALK]),
        ("--until 2026-11-01", vec![library::UNFINISHED]),
        (
            "--status FAILED,CREATING",
            vec![library::BROKEN, library::UNFINISHED],
        ),
        ("--category Summer", vec![library::HOLIDAYS]),
        ("--category Travel/Summer", vec![library::HOLIDAYS]),
        ("--category 2", vec![library::HOLIDAYS]),
        ("--tags talks", vec![library::TALK]),
        ("--search holi", vec![library::HOLIDAYS]),
        ("--oldest-first --max-items 1", vec![library::UNFINISHED]),
        ("--all --max-items 1", vec![]),
    ] {
        let run = vod.run(&format!("list {flags} -o ids")).await;
        let listed: Vec<_> = run.out.lines().collect();
        assert_eq!(listed, expected, "{flags}: {}", run.err);
    }
    let all = vod.run("list --all -o ids").await.done();
    assert_eq!(all.lines().count(), 4);
}

#[tokio::test]
async fn an_unknown_category_names_the_nearest() {
    let local = library::started().await;
    let vod = Vod::service().at_local(&local);
    let err = vod.run("list --category Travl").await.failed(Exit::Usage);
    assert_eq!(
        err,
        "error: there is no category \"Travl\"\nhint: did you mean Travel?\n"
    );
}

#[tokio::test]
async fn more_than_usual_says_so() {
    let document = serde_json::json!({"assets": (0..60).map(|number| {
        serde_json::json!({"id": format!("{number:032x}"), "title": "t", "upload": "CREATED",
            "created": "2026-11-30T10:00:00Z"})
    }).collect::<Vec<_>>()});
    let projects = serde_json::json!({"projects": {(vod_local::Local::PROJECT_ID): document}});
    let builder = vod_local::Local::builder().seed_state(projects).unwrap();
    let local = builder.start().await.unwrap();
    let vod = Vod::service().at_local(&local);
    let run = vod.run("list -o ids").await;
    assert_eq!(run.out.lines().count(), 50);
    assert_eq!(
        run.err,
        "hint: these are the first 50: --all or --max-items lists more\n"
    );
    assert_eq!(
        vod.run("list -o ids --max-items 55")
            .await
            .done()
            .lines()
            .count(),
        55
    );
}
