//! Options, variables, signals.

use std::fs;
use std::process::{Command, Stdio};

use serde_json::json;

use crate::{Server, create, program};

#[tokio::test]
async fn says_where_it_listens_and_stops_when_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("port");
    let mut server = Server::start(&["--port-file", file.to_str().unwrap()]);
    let line = &server.first_line;
    assert!(
        line.starts_with("vod-local 0.1.0 listens on http://127.0.0.1:"),
        "{line}"
    );
    assert!(
        line.contains("(progress: time, page: http://127.0.0.1:"),
        "{line}"
    );
    let port = fs::read_to_string(&file).unwrap();
    assert!(server.url.ends_with(&format!(":{}", port.trim())), "{port}");
    assert_eq!(server.get("/health").await["status"], "ok");
    let mut health = program();
    health.args(["health", "--port", port.trim()]);
    assert!(health.status().unwrap().success());

    #[cfg(unix)]
    {
        let pid = server.process.id().to_string();
        let told = Command::new("kill").arg(&pid).status().unwrap();
        assert!(told.success());
        assert!(server.process.wait().unwrap().success());
        assert!(!file.exists());
        assert!(!health.stderr(Stdio::null()).status().unwrap().success());
    }
}

#[tokio::test]
async fn stops_when_the_admin_interface_is_told_so() {
    let mut server = Server::start(&[]);
    let told = server.done("POST", "/stop", json!(null)).await;
    assert_eq!(told, json!({"status": "stopping"}));
    assert!(server.process.wait().unwrap().success());
}

#[tokio::test]
async fn every_option_is_a_variable() {
    let folder = tempfile::tempdir().unwrap();
    let seed = folder.path().join("seed.json");
    let document = json!({"projects": {"p1": {"assets": [{"id": "a1", "title": "t"}]}}});
    fs::write(&seed, document.to_string()).unwrap();
    let port_file = folder.path().join("port");
    let data = folder.path().join("data");
    let variables = [
        ("PORT", "0"),
        ("PORT_FILE", port_file.to_str().unwrap()),
        ("HOST", "localhost"),
        ("SEED", "7"),
        ("SEED_FILE", seed.to_str().unwrap()),
        ("DATA", data.to_str().unwrap()),
        ("PROGRESS", "polls=3"),
        ("AUTH", "any"),
        ("KEY", "a:b,c:d"),
        ("UNKNOWN", "refuse"),
        ("PUBLIC_URL", "http://localhost:1"),
        ("TRUST_FORWARDED", "true"),
        ("STALE_STATES", "2"),
        ("CALLBACK", "http://localhost:1/"),
        ("CALLBACK_KEY", "0123456789abcdef"),
        ("PLAYBACK_KEY", "32d6b2d740f10b86"),
        ("LOG", "json"),
        ("EXIT_WITH_PARENT", "true"),
        ("ADMIN", "any"),
    ];
    let help = program().arg("--help").output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let in_help = help.matches("[env: VOD_LOCAL_").count();
    assert_eq!(in_help, variables.len(), "{help}");

    let mut command = program();
    for (name, value) in variables {
        command.env(format!("VOD_LOCAL_{name}"), value);
    }
    command.stdout(Stdio::piped()).stderr(Stdio::null());
    let mut process = command.spawn().unwrap();
    let mut line = String::new();
    let out = process.stdout.take().unwrap();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(out), &mut line).unwrap();
    let line: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert_eq!(line["progress"], "polls=3");
    assert_eq!(line["url"], "http://localhost:1");
    let port = fs::read_to_string(&port_file).unwrap();
    let url = format!("http://127.0.0.1:{}/_vod/assets", port.trim());
    let assets = vod_api::reqwest::get(url)
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    process.kill().unwrap();
    process.wait().unwrap();
    assert!(assets.contains(r#""id": "a1""#), "{assets}");
}

#[test]
fn wrong_options_are_named() {
    struct Case {
        name: &'static str,
        arguments: &'static [&'static str],
        message: &'static str,
    }
    let cases = [
        Case {
            name: "a misspelt option",
            arguments: &["--prot", "0"],
            message: "a similar argument exists: '--port'",
        },
        Case {
            name: "a mode that does not exist",
            arguments: &["--progress", "slow"],
            message: "the modes are instant, time, polls=N and manual",
        },
        Case {
            name: "polls without a number",
            arguments: &["--progress", "polls"],
            message: "polls needs a number: polls=2",
        },
        Case {
            name: "a key without a secret",
            arguments: &["--key", "a"],
            message: "a key has the form AK:SK",
        },
        Case {
            name: "a seed that is not there",
            arguments: &["--port", "0", "--seed-file", "/not/there"],
            message: "error: /not/there: ",
        },
        Case {
            name: "a host that is not here",
            arguments: &["--port", "0", "--host", "192.0.2.1"],
            message: "error: cannot start: ",
        },
    ];
    for case in cases {
        let output = program().args(case.arguments).output().unwrap();
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success(), "{}", case.name);
        assert!(text.contains(case.message), "{}: {text}", case.name);
    }
}

#[tokio::test]
async fn a_port_in_use_is_told() {
    let server = Server::start(&[]);
    let (_, port) = server.url.rsplit_once(':').unwrap();
    let output = program().args(["--port", port]).output().unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(
        text.contains("is in use: --port 0 takes a free port"),
        "{text}"
    );
}

#[cfg(unix)]
#[test]
fn ends_with_its_parent() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("port");
    // The shell ends, and the server has another parent from then on.
    let script = format!(
        "'{}' --port 0 --exit-with-parent --log off --port-file '{}' >/dev/null & \
         while [ ! -e '{}' ]; do sleep 0.01; done; echo $!",
        env!("CARGO_BIN_EXE_vod-local"),
        file.display(),
        file.display(),
    );
    let output = Command::new("sh").args(["-c", &script]).output().unwrap();
    let pid = String::from_utf8(output.stdout).unwrap();
    // It removes the file when it stops.
    for _ in 0..1000 {
        if !file.exists() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    let _ = Command::new("kill").arg(pid.trim()).status();
    panic!("it still runs");
}

#[tokio::test]
async fn who_is_let_in_can_be_chosen() {
    struct Case {
        auth: &'static str,
        /// Statuses without a signature, with a wrong one, and with a right one.
        statuses: [u16; 3],
    }
    let cases = [
        Case {
            auth: "strict",
            statuses: [401, 401, 200],
        },
        Case {
            auth: "any",
            statuses: [401, 200, 200],
        },
        Case {
            auth: "off",
            statuses: [200, 200, 200],
        },
    ];
    for Case { auth, statuses } in cases {
        let server = Server::start(&["--auth", auth]);
        let path = format!("{}/v1.0/{}/asset/category?id=0", server.url, "p");
        let unsigned = server
            .http
            .get(path)
            .send()
            .await
            .unwrap()
            .status()
            .as_u16();
        let mut found = vec![unsigned];
        for secret in ["wrong", "local"] {
            let client = server.client_with(secret);
            let result = client.list_category_info([0]).await;
            found.push(result.map_or_else(|error| error.status().unwrap().as_u16(), |_| 200));
        }
        assert_eq!(found, statuses, "{auth}");
    }
}

#[tokio::test]
async fn unknown_members_are_warned_about_or_refused() {
    for (mode, status) in [("warn", 202), ("refuse", 400)] {
        let server = Server::start(&["--auth", "off", "--unknown", mode]);
        let body = json!({"name": "film", "colour": "red"});
        let url = format!("{}/v1.0/p/asset/category", server.url);
        let post = server
            .http
            .post(url)
            .header("content-type", "application/json");
        let reply = post.body(body.to_string()).send().await.unwrap();
        let shown = server.get("/requests").await;
        let shown = &shown["requests"][0];
        if mode == "warn" {
            assert!(reply.status().is_success(), "{mode}: {shown}");
            let warning = shown["warnings"][0].as_str().unwrap();
            assert!(warning.starts_with("colour is not a member"), "{warning}");
        } else {
            assert_eq!(reply.status(), status, "{mode}: {shown}");
        }
    }
}

#[tokio::test]
async fn urls_begin_with_the_host_of_the_request_or_the_public_one() {
    let server = Server::start(&[]);
    let (_, url) = create(&server.client(), "t").await;
    assert!(url.starts_with(&server.url), "{url}");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("port");
    let public = "http://vod.example.com";
    let arguments = [
        "--public-url",
        "http://vod.example.com/",
        "--port-file",
        file.to_str().unwrap(),
    ];
    let mut server = Server::start(&arguments);
    assert_eq!(server.url, public);
    let port = fs::read_to_string(&file).unwrap();
    server.url = format!("http://127.0.0.1:{}", port.trim());
    let (_, url) = create(&server.client(), "t").await;
    assert!(url.starts_with(public), "{url}");
}
