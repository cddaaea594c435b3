//! The folder that keeps the state.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use vod_api::model::UploadStatus;

use crate::{Server, no_body, program};

fn start(folder: &Path) -> Server {
    Server::start(&["--progress", "instant", "--data", folder.to_str().unwrap()])
}

/// The names of the files of objects.
fn files(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder.join("objects")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name());
    names.map(|name| name.into_string().unwrap()).collect()
}

#[cfg(unix)]
fn stop(mut server: Server) {
    let pid = server.process.id().to_string();
    Command::new("kill").arg(pid).status().unwrap();
    assert!(server.process.wait().unwrap().success());
}

/// The file of each media asset is there, as it was sent: its title is the file.
async fn check(server: &Server) -> usize {
    let assets = server.get("/assets?limit=100000").await;
    let assets = assets["assets"].as_array().unwrap();
    let done = assets.iter().filter(|asset| asset["upload"] == "CREATED");
    let mut count = 0;
    for asset in done {
        let text = |name: &str| asset[name].as_str().unwrap();
        let file = text("object").rsplit('/').next().unwrap();
        let (project, id) = (text("project_id"), text("id"));
        let url = format!("{}/_cdn/{project}/asset/{id}/{file}", server.url);
        let reply = server.http.get(url).send().await.unwrap();
        assert_eq!(reply.status(), 200, "{asset}");
        assert_eq!(reply.text().await.unwrap(), text("title"));
        count += 1;
    }
    count
}

#[cfg(unix)]
#[tokio::test]
async fn a_server_goes_on_where_it_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(folder.path());
    let id = server.upload("file", b"file").await;
    let other = server.upload("second", b"second").await;
    let state = server.get("/state").await;
    // Only one server at a time.
    let arguments = ["--port", "0", "--data", folder.path().to_str().unwrap()];
    let second = program().args(arguments).output().unwrap();
    let message = String::from_utf8(second.stderr).unwrap();
    assert!(
        message.contains("another server uses this folder"),
        "{message}"
    );
    stop(server);
    assert_eq!(files(folder.path()).len(), 2);

    let server = start(folder.path());
    assert_eq!(server.get("/state").await, state);
    assert_eq!(check(&server).await, 2);
    server
        .client()
        .delete_assets([other.as_str()])
        .await
        .unwrap();
    stop(server);
    assert_eq!(files(folder.path()).len(), 1);

    let server = start(folder.path());
    assert_eq!(check(&server).await, 1);
    assert_eq!(server.get(&format!("/assets/{id}")).await["title"], "file");
    server.done("POST", "/reset", no_body()).await;
    stop(server);
    assert_eq!(files(folder.path()).len(), 0);
}

#[cfg(unix)]
#[tokio::test]
async fn the_clock_goes_on_and_failures_do_not() {
    let folder = tempfile::tempdir().unwrap();
    let now = async |server: &Server| {
        let clock = server.get("/clock").await;
        let now = clock["now"].as_str().unwrap();
        (vod_api::parse_time(now).unwrap(), clock["mode"].clone())
    };
    let day = std::time::Duration::from_secs(86_400);
    let server = start(folder.path());
    let advance = json!({"seconds": 10 * 86_400});
    server.done("POST", "/clock/advance", advance).await;
    server
        .done("POST", "/faults", json!({"always": true}))
        .await;
    server
        .done("PUT", "/progress", json!({"mode": "manual"}))
        .await;
    stop(server);

    let server = start(folder.path());
    let (later, mode) = now(&server).await;
    let system = std::time::SystemTime::now();
    assert!(later > system + 9 * day && later < system + 11 * day);
    assert_eq!(mode, "running");
    assert_eq!(server.get("/faults").await["faults"], json!([]));
    assert_eq!(server.get("/progress").await["mode"], "instant");
    let stopped = json!({"mode": "paused", "now": "2020-01-02T03:04:05Z"});
    server.done("PUT", "/clock", stopped).await;
    let before = now(&server).await;
    stop(server);

    let server = start(folder.path());
    assert_eq!(now(&server).await, before);
    assert_eq!(before.1, "paused");
    stop(server);
    // A saved state is a seed, too, and has no say in the time then.
    let seed = folder.path().join("state.json");
    let server = Server::start(&["--seed-file", seed.to_str().unwrap()]);
    assert!(now(&server).await.0 > system);
}

#[tokio::test]
async fn a_broken_state_is_told_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.json");
    for (text, message) in [
        ("{", "state.json: EOF while parsing"),
        (
            r#"{"projects": {"p": {"asets": []}}}"#,
            "projects.p.asets is not known here",
        ),
        (
            r#"{"clock": {"ahead": 5}}"#,
            "clock.ahead is not known here: did you mean ahead_ms?",
        ),
        (
            r#"{"storage": {"objects": {"k": {"blobs": [{"file": "../x"}]}}}}"#,
            "is not the name of a file of objects",
        ),
        (
            r#"{"storage": {"objects": {"k": {"blobs": [{"file": "01"}]}}}}"#,
            "objects/01: ",
        ),
    ] {
        fs::write(&path, text).unwrap();
        let arguments = ["--port", "0", "--data", folder.path().to_str().unwrap()];
        let output = program().args(arguments).output().unwrap();
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success());
        assert!(error.contains(message), "{error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
}

/// Creates, uploads and deletes until the server is gone.
async fn write(
    server_url: String,
    client: vod_api::Client,
    http: vod_api::reqwest::Client,
    run: usize,
) {
    for number in 0.. {
        let title = format!("file {run} {number} {server_url}");
        let created = client
            .create_asset_by_file_upload(&title, "a.mp4", "MP4")
            .await;
        let Ok(created) = created else { return };
        let url = created.video_upload_url.clone().unwrap();
        let id = created.asset_id.clone().unwrap();
        let put = http
            .put(url)
            .header("content-type", "video/mp4")
            .body(title);
        if put.send().await.is_err() {
            return;
        }
        if client
            .confirm_asset_upload(&id, UploadStatus::Created)
            .await
            .is_err()
        {
            return;
        }
        // One of eight stays, so that the state does not grow for ever.
        if number % 8 > 0 && client.delete_assets([id.as_str()]).await.is_err() {
            return;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_killed_leaves_a_whole_state() {
    let folder = tempfile::tempdir().unwrap();
    let mut found = Vec::new();
    for run in 0..20 {
        let mut server = start(folder.path());
        found.push(check(&server).await);
        let writers: Vec<_> = (0..2)
            .map(|_| {
                tokio::spawn(write(
                    server.url.clone(),
                    server.client(),
                    server.http.clone(),
                    run,
                ))
            })
            .collect();
        // Until it was saved so often that a kill can come at any moment of it.
        let path = folder.path().join("state.json");
        let modified = || fs::metadata(&path).and_then(|data| data.modified()).ok();
        let mut last = modified();
        for _ in 0..2 {
            while modified() == last {
                tokio::time::sleep(std::time::Duration::from_millis(1)).await;
            }
            last = modified();
        }
        tokio::time::sleep(std::time::Duration::from_millis(11 * run as u64)).await;
        server.process.kill().unwrap();
        server.process.wait().unwrap();
        let text = fs::read(&path).unwrap();
        serde_json::from_slice::<Value>(&text).unwrap();
        for writer in writers {
            writer.await.unwrap();
        }
    }
    let server = start(folder.path());
    found.push(check(&server).await);
    assert!(found.is_sorted() && found.last() > Some(&20), "{found:?}");
    println!("media assets after each start: {found:?}");
}
