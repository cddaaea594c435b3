//! `vod download`.

use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use vod_cli::{Exit, Interrupt, Signal};
use vod_local::{Fault, Local, Reply, Step};

use crate::library::{TALK, UNFINISHED};
use crate::vod::Vod;
use crate::{film, library};

const SIZE: usize = 100_000;

/// A service with a film, its id, and a folder.
async fn studio() -> (Local, String, tempfile::TempDir) {
    let local = library::started().await;
    let id = film::made(&local, SIZE).await;
    (local, id, tempfile::tempdir().unwrap())
}

fn vod(local: &Local) -> Vod {
    Vod::service().at_local(local)
}

/// The names of the files in a folder.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names.collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_source_file_gets_its_name_and_is_compared() {
    let (local, id, folder) = studio().await;
    let to = folder.path().display();
    let out = vod(&local)
        .run(&format!("download {id} --to {to} -o json"))
        .await
        .done();
    let rows: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(rows[0]["checked_by"], "md5");
    assert_eq!(rows[0]["size"], SIZE);
    assert_eq!(names(folder.path()), ["film.mp4"]);
    assert_eq!(
        fs::read(folder.path().join("film.mp4")).unwrap(),
        film::content(SIZE)
    );
}

#[tokio::test]
async fn outputs_are_chosen_and_streams_are_refused() {
    let (local, id, folder) = studio().await;
    let to = folder.path().display();
    vod(&local)
        .run(&format!("download {id} --to {to} --type mp4"))
        .await
        .done();
    assert_eq!(names(folder.path()), ["film_HD.mp4"]);
    // HLS in HD is there, too, and is no file.
    vod(&local)
        .run(&format!("download {id} --to {to}/a.mp4 --quality HD"))
        .await
        .done();
    for (flags, exit, expected) in [
        ("--type hls", Exit::Usage, "HLS and DASH are many files"),
        (
            "--quality SD",
            Exit::NotFound,
            "there are HLS, HLS HD, MP4 HD",
        ),
    ] {
        let err = vod(&local)
            .run(&format!("download {id} --to {to} {flags}"))
            .await
            .failed(exit);
        assert!(err.contains(expected), "{err}");
    }
    assert_eq!(names(folder.path()), ["a.mp4", "film_HD.mp4"]);
}

#[tokio::test]
async fn standard_output_takes_one_file() {
    let (local, id, _folder) = studio().await;
    let out = vod(&local)
        .run(&format!("download {id} --to -"))
        .await
        .done();
    assert_eq!(out.into_bytes(), film::content(SIZE));
    let err = vod(&local)
        .run(&format!("download {id} {TALK} --to -"))
        .await
        .failed(Exit::Usage);
    assert!(err.contains("standard output takes one file"), "{err}");
}

#[tokio::test]
async fn what_is_there_stays_unless_it_is_to_be_replaced() {
    let (local, id, folder) = studio().await;
    let place = folder.path().join("film.mp4");
    fs::write(&place, "mine").unwrap();
    let line = format!("download {id} --to {}", folder.path().display());
    let err = vod(&local).run(&line).await.failed(Exit::Usage);
    assert!(
        err.contains("film.mp4 is there already\nhint: --force replaces it"),
        "{err}"
    );
    assert_eq!(fs::read(&place).unwrap(), b"mine");
    vod(&local).run(&format!("{line} --force")).await.done();
    assert_eq!(fs::read(&place).unwrap().len(), SIZE);
}

#[tokio::test]
async fn what_was_fetched_before_is_not_fetched_again() {
    let (local, id, folder) = studio().await;
    let etag = local
        .storage()
        .object(&local.storage().keys()[0])
        .unwrap()
        .etag;
    let etag = format!("\"{}\"", etag.trim_matches('"'));
    let content = film::content(SIZE);
    let line = format!("download {id} --to {}", folder.path().display());
    let part = |bytes: &[u8], etag: &str| {
        fs::write(folder.path().join("film.mp4.part"), bytes).unwrap();
        fs::write(folder.path().join("film.mp4.part.etag"), etag).unwrap();
    };
    // Other bytes than those of the file show that it was gone on with.
    part(&vec![b'x'; 60_000], &etag);
    let run = vod(&local).run(&line).await;
    assert_eq!(run.exit, Exit::Later, "{}", run.err);
    assert!(
        run.err.starts_with("film.mp4: going on after 60.0 kB\n"),
        "{}",
        run.err
    );
    assert!(run.err.contains("came with the MD5"), "{}", run.err);
    assert!(names(folder.path()).is_empty(), "what is wrong is not kept");
    for (name, bytes, etag) in [
        ("the start of it", &content[..60_000], &*etag),
        ("all of it", &content[..], &*etag),
        (
            "another file",
            &b"xxxxx"[..],
            "\"5d41402abc4b2a76b9719d911017c592\"",
        ),
    ] {
        part(bytes, etag);
        let run = vod(&local).run(&format!("{line} --force")).await;
        assert_eq!(run.exit, Exit::Done, "{name}: {}", run.err);
        assert_eq!(
            fs::read(folder.path().join("film.mp4")).unwrap(),
            content,
            "{name}"
        );
        assert_eq!(names(folder.path()), ["film.mp4"], "{name}");
    }
    // Of which file this is the start is not known.
    fs::write(folder.path().join("film.mp4.part"), "xxxxx").unwrap();
    vod(&local).run(&format!("{line} --force")).await.done();
    assert_eq!(fs::read(folder.path().join("film.mp4")).unwrap(), content);
}

#[tokio::test(start_paused = true)]
async fn a_url_that_has_ended_is_asked_for_again() {
    let (local, id, folder) = studio().await;
    let line = format!("download {id} --to {}", folder.path().display());
    local
        .storage()
        .fail(Step::Get, Fault::error(403, "AccessDenied"));
    vod(&local).run(&line).await.done();
    for _ in 0..2 {
        local
            .storage()
            .fail(Step::Get, Fault::error(403, "AccessDenied"));
    }
    let err = vod(&local)
        .run(&format!("{line} --force"))
        .await
        .failed(Exit::Failed);
    assert!(
        err.starts_with("error: HTTP 403: the URL was refused\n"),
        "{err}"
    );
    local
        .storage()
        .fail(Step::Get, Fault::error(503, "SlowDown"));
    let run = vod(&local).run(&format!("{line} --force")).await;
    assert_eq!(run.exit, Exit::Done);
    let told = "film.mp4: HTTP 503, after 0 B; again in 1 s\n";
    assert!(run.err.starts_with(told), "{}", run.err);
}

/// What a server does after a reply.
#[derive(Clone, Copy, PartialEq)]
enum Then {
    Closes,
    Waits,
}

/// Answers requests one after the other, each on its own connection, and keeps what was asked.
async fn flaky(replies: Vec<Vec<u8>>, then: Then) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let url = format!("http://{address}/talk.mp4?Signature=secret");
    let asked = Arc::new(Mutex::new(Vec::new()));
    let log = asked.clone();
    tokio::spawn(async move {
        let mut open = Vec::new();
        for reply in replies {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut head = vec![0; 4096];
            let count = stream.read(&mut head).await.unwrap();
            let head = String::from_utf8_lossy(&head[..count]).to_lowercase();
            log.lock().unwrap().push(head);
            stream.write_all(&reply).await.unwrap();
            if then == Then::Waits {
                open.push(stream);
            }
        }
        if then == Then::Waits {
            std::future::pending::<()>().await;
        }
    });
    (url, asked)
}

/// Has the service say so often that the source file is there.
fn lead_to(local: &Local, url: &str, times: usize) {
    let info = json!({"video_name": "../../talk.mp4", "sign_url": url});
    let detail = json!({"asset_id": TALK, "base_info": info});
    let fault = local.fail("ShowAssetDetail").times(times);
    fault.with(Reply::json(200, detail));
}

fn reply(head: &str, body: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 {head}\r\n\r\n").as_bytes(), body].concat()
}

/// The head of the second part of a file.
fn rest(etag: &str) -> String {
    let range = "Content-Length: 600\r\nContent-Range: bytes 400-999/1000";
    format!("206 Partial Content\r\n{range}\r\nETag: {etag}")
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_breaks_is_gone_on_with() {
    let local = library::started().await;
    let content = film::content(1000);
    let head = "200 OK\r\nContent-Length: 1000\r\nETag: \"one-2\"";
    let replies = vec![
        reply(head, &content[..400]),
        reply(&rest("\"one-2\""), &content[400..]),
    ];
    let (url, asked) = flaky(replies, Then::Closes).await;
    lead_to(&local, &url, 2);
    let folder = tempfile::tempdir().unwrap();
    let line = format!("download {TALK} --to {}/in/", folder.path().display());
    let line = format!("{line} -o tsv --no-header --columns checked_by");
    let run = vod(&local).run(&line).await;
    assert_eq!(
        (run.exit, run.out.as_str()),
        (Exit::Done, "size\n"),
        "{}",
        run.err
    );
    let broke = "talk.mp4: the connection broke, after 400 B; again in 1 s\n";
    assert_eq!(run.err, broke);
    // A name cannot lead elsewhere.
    assert_eq!(
        fs::read(folder.path().join("in/talk.mp4")).unwrap(),
        content
    );
    assert!(asked.lock().unwrap()[1].contains("range: bytes=400-\r\n"));
}

#[tokio::test(start_paused = true)]
async fn a_file_that_changes_is_not_put_together() {
    let local = library::started().await;
    let (old, new) = (film::content(1000), vec![b'n'; 1000]);
    let whole = |etag: &str| format!("200 OK\r\nContent-Length: 1000\r\nETag: {etag}");
    let replies = vec![
        reply(&whole("\"one\""), &old[..400]),
        reply(&rest("\"two\""), &new[400..]),
        reply(&whole("\"two\""), &new),
    ];
    let (url, _asked) = flaky(replies, Then::Closes).await;
    lead_to(&local, &url, 3);
    let folder = tempfile::tempdir().unwrap();
    let run = vod(&local)
        .run(&format!("download {TALK} --to {}", folder.path().display()))
        .await;
    assert_eq!(run.exit, Exit::Done, "{}", run.err);
    assert_eq!(fs::read(folder.path().join("talk.mp4")).unwrap(), new);
}

#[tokio::test(start_paused = true)]
async fn failures_do_not_show_the_url_and_keep_what_is_there() {
    let local = library::started().await;
    let head = "200 OK\r\nContent-Length: 1000\r\nETag: \"one\"";
    let (url, _asked) = flaky(vec![reply(head, &film::content(400))], Then::Closes).await;
    lead_to(&local, &url, 3);
    let folder = tempfile::tempdir().unwrap();
    let line = format!(
        "download {TALK} --to {} --retries 2 -vv",
        folder.path().display()
    );
    let run = vod(&local).run(&line).await;
    assert_eq!((run.exit, run.out.as_str()), (Exit::Later, ""));
    assert!(
        !run.err.contains("secret") && !run.err.contains("http"),
        "{}",
        run.err
    );
    assert_eq!(
        names(folder.path()),
        ["talk.mp4.part", "talk.mp4.part.etag"]
    );
}

#[tokio::test]
async fn several_go_to_a_folder_and_each_has_its_own_place() {
    let (local, id, folder) = studio().await;
    let other = film::made(&local, 10).await;
    let to = folder.path().join("new");
    let line = format!("download {id} {other} {UNFINISHED} --to {}", to.display());
    let run = vod(&local).run(&line).await;
    assert_eq!(run.exit, Exit::Partly);
    assert_eq!(run.out.lines().count(), 2);
    assert!(
        run.err.contains(&format!("is the file of {id}, too")),
        "{}",
        run.err
    );
    assert!(
        run.err
            .contains(&format!("{UNFINISHED}: there is no source file")),
        "{}",
        run.err
    );
    assert!(
        run.err
            .ends_with("error: download: 1 of 3 done, 2 failed\n"),
        "{}",
        run.err
    );
    assert_eq!(fs::read(to.join("film.mp4")).unwrap().len(), SIZE);
}

#[tokio::test]
async fn ctrl_c_keeps_what_is_there_and_says_how_to_go_on() {
    let local = library::started().await;
    let head = "200 OK\r\nContent-Length: 1000\r\nETag: \"one\"";
    let (url, asked) = flaky(vec![reply(head, &film::content(400))], Then::Waits).await;
    lead_to(&local, &url, 1);
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("talk.mp4.part");
    let interrupt = Interrupt::new(move || {
        let place = place.clone();
        async move {
            while fs::metadata(&place).map_or(0, |file| file.len()) < 400 {
                tokio::task::yield_now().await;
            }
            Signal::Interrupt
        }
    });
    let line = format!("download {TALK} --to {}", folder.path().display());
    let err = vod(&local).interrupt(interrupt).run(&line).await;
    let err = err.failed(Exit::Interrupted);
    let told = "interrupted: 0 of 1 files are there. The same command goes on from here.\n";
    assert_eq!(err, told);
    assert_eq!(asked.lock().unwrap().len(), 1);
    assert_eq!(
        names(folder.path()),
        ["talk.mp4.part", "talk.mp4.part.etag"]
    );
}

#[tokio::test]
async fn a_terminal_gets_a_bar() {
    let (local, id, folder) = studio().await;
    local
        .storage()
        .fail(Step::Get, Fault::delay(Duration::from_millis(250)));
    let line = format!("download {id} --to {}", folder.path().display());
    let run = vod(&local).terminal(80).run(&line).await;
    assert_eq!(run.exit, Exit::Done, "{}", run.err);
    assert!(run.err.contains("film.mp4"), "{:?}", run.err);
    assert!(run.out.starts_with("ID "), "{}", run.out);
}

#[tokio::test]
async fn a_file_that_is_not_there_leaves_nothing_behind() {
    let (local, id, folder) = studio().await;
    local.storage().remove(&local.storage().keys()[0]);
    let line = format!("download {id} --to {}", folder.path().display());
    let err = vod(&local).run(&line).await.failed(Exit::NotFound);
    assert!(
        err.starts_with("error: HTTP 404: there is no such file\n"),
        "{err}"
    );
    assert!(names(folder.path()).is_empty());
}
