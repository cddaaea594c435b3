//! `-v`: a line for each request, whatever the command.

use vod_cli::Exit;
use vod_local::{Fault, Local, Reply, Service};

use crate::uploads::Desk;
use crate::vod::{Run, Vod};
use crate::{film, library};

/// What it said, without what differs between two runs.
fn said(run: &Run, endpoint: &str) -> Vec<String> {
    let (_, host) = endpoint.split_once("://").unwrap();
    let lines = run.err.lines().map(|line| {
        let line = line.replace(host, "HOST");
        let words: Vec<_> = line.split(' ').collect();
        let mut plain = Vec::new();
        for (index, word) in words.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|index| words.get(index));
            let after = words.get(index + 1);
            let is_time = after.is_some_and(|after| after.trim_end_matches([',', ':']) == "ms");
            let end =
                word.trim_start_matches(|letter: char| letter.is_alphanumeric() || letter == '-');
            plain.push(match before {
                _ if is_time => "TIME".to_owned(),
                Some(&"id") => format!("ID{end}"),
                _ => (*word).to_owned(),
            });
        }
        plain.join(" ")
    });
    lines.collect()
}

#[tokio::test]
async fn each_call_is_a_line_and_the_output_is_the_same() {
    let local = library::started().await;
    let vod = Vod::service().at_local(&local);
    let quiet = vod.run("list").await.done();
    let run = vod.run("list -v").await;
    assert_eq!(run.out, quiet);
    assert_eq!(
        said(&run, &local.endpoint()),
        [
            "ListAssetList: GET HOST/v1.0/{project_id}/asset/list: HTTP 200 in TIME ms, request id ID"
        ]
    );
    assert!(!run.err.contains(Local::SECRET_KEY));
}

#[tokio::test(start_paused = true)]
async fn another_attempt_says_why() {
    let service = Service::start().await.unwrap();
    service.reply(Reply::error(503, "APIGW.0106", "Busy."));
    service.reply(Reply::json(
        200,
        serde_json::json!({"total": 0, "assets": []}),
    ));
    let vod = Vod::service().at(&service);
    let run = vod.run("list -v").await;
    insta::assert_snapshot!(said(&run, &service.endpoint()).join("\n"));
    service.respond(|_| Reply::error(503, "APIGW.0106", "Busy."));
    let run = vod.run("list -v --retries 0").await;
    assert_eq!(run.exit, Exit::Later);
    insta::assert_snapshot!(said(&run, &service.endpoint()).join("\n"));
}

#[tokio::test(start_paused = true)]
async fn uploads_and_downloads_show_what_goes_to_storage() {
    let desk = Desk::new().await;
    let path = desk.file("talk.mp4", 1000);
    let objects = desk.local.storage();
    objects.fail_part(1, Fault::error(503, "SlowDown"));
    let line = format!("upload {path} -q -v");
    let run = desk.vod().run(&line).await;
    assert_eq!(run.exit, Exit::Done, "{}", run.err);
    insta::assert_snapshot!(said(&run, &desk.local.endpoint()).join("\n"));
    let id = film::made(&desk.local, 1000).await;
    let run = desk.vod().run(&format!("download {id} --to - -q -v")).await;
    assert_eq!(run.exit, Exit::Done, "{}", run.err);
    insta::assert_snapshot!(said(&run, &desk.local.endpoint()).join("\n"));
}

#[tokio::test(start_paused = true)]
async fn lines_stand_above_bars() {
    let desk = Desk::new().await;
    let path = desk.file("talk.mp4", 350_000);
    let line = format!("upload {path} --part-size 102400 --limit-rate 100kB -v");
    let run = desk.vod().terminal(100).run(&line).await;
    assert!(run.err.contains('█'), "{}", run.err);
    let shown = shown(&run.err);
    let count = |text: &str| shown.iter().filter(|line| line.contains(text)).count();
    assert_eq!(count("█"), 0, "{shown:#?}");
    let parts = shown
        .iter()
        .filter(|line| line.starts_with("sending part "));
    assert_eq!(parts.count(), 4, "{shown:#?}");
    assert_eq!(count(" ms"), run.err.matches(" ms").count(), "{shown:#?}");
}

/// What a terminal shows in the end.
fn shown(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for piece in text.split_inclusive('\n') {
        let mut piece = piece;
        while let Some(rest) = piece.strip_prefix("\u{1b}[J") {
            piece = rest;
        }
        if let Some(rest) = piece.strip_prefix("\r\u{1b}[") {
            let (up, rest) = rest.split_once('A').unwrap();
            lines.truncate(lines.len() - up.parse::<usize>().unwrap());
            piece = rest.trim_start_matches("\u{1b}[J");
        }
        if piece.ends_with('\n') {
            lines.push(piece.replace("\u{1b}[K", "").trim_end().to_owned());
        }
    }
    lines
}
