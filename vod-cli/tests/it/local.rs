//! `vod local`.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use vod_cli::Exit;

use crate::library::HOLIDAYS;
use crate::vod::Vod;

/// A service in a process of its own, which ends with the test.
struct Server {
    process: Child,
    url: String,
}

/// The program, with nothing but this in the environment.
fn program(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vod"));
    command.env_clear().env("HOME", home);
    // Sockets of Windows need it.
    if let Some(root) = std::env::var_os("SystemRoot") {
        command.env("SystemRoot", root);
    }
    command
}

impl Server {
    fn start() -> Self {
        let mut command = program(Path::new("/nowhere"));
        command.args([
            "local",
            "--port",
            "0",
            "--log",
            "off",
            "--progress",
            "manual",
        ]);
        let mut process = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        let out = process.stdout.take().unwrap();
        BufReader::new(out).read_line(&mut line).unwrap();
        Self {
            process,
            url: address(&line),
        }
    }

    /// A terminal in which commands find it.
    fn vod(&self) -> Vod {
        Vod::service().set("VOD_LOCAL_URL", &self.url)
    }

    /// The same for calls, signed with a secret key.
    fn caller(&self, secret_key: &str) -> Vod {
        let vod = self.vod().set("VOD_ENDPOINT", &self.url);
        vod.set("VOD_PROJECT_ID", "p")
            .set("HUAWEICLOUD_SDK_AK", "local")
            .set("HUAWEICLOUD_SDK_SK", secret_key)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The address in the line that says where a server listens.
fn address(line: &str) -> String {
    let mut words = line.split_whitespace();
    words
        .find(|word| word.starts_with("http://"))
        .unwrap()
        .to_owned()
}

#[track_caller]
fn done(output: Output) -> String {
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}");
    String::from_utf8(output.stdout).unwrap()
}

#[cfg(unix)]
#[test]
fn what_env_prints_is_all_that_vod_needs() {
    let server = Server::start();
    let line = format!(
        "eval \"$($VOD local env --public-url {})\" && $VOD api create-asset-category --name Travel \
         && $VOD local log -o tsv --columns operation,status",
        server.url
    );
    let mut shell = Command::new("sh");
    shell.env_clear().env("VOD", env!("CARGO_BIN_EXE_vod"));
    let out = done(shell.args(["-c", &line]).output().unwrap());
    assert!(out.contains("\"name\":\"Travel\""), "{out}");
    assert!(
        out.ends_with("operation\tstatus\nCreateAssetCategory\t200\n"),
        "{out}"
    );
}

#[tokio::test]
async fn help_says_what_each_command_does() {
    for (command, about) in [
        ("local", "Runs a service on this machine"),
        ("local start", "Runs the service"),
        ("local env", "Prints variables for a shell"),
    ] {
        for flag in ["--help", "-h"] {
            let help = Vod::service()
                .run(&format!("{command} {flag}"))
                .await
                .done();
            assert!(help.starts_with(about), "{command}: {help}");
        }
    }
}

#[tokio::test]
async fn env_takes_the_project_that_the_flags_name() {
    let vod = Vod::service();
    let line = "local env --shell plain --port 1 --project-id p9";
    let out = vod.run(line).await.done();
    for line in [
        "HUAWEICLOUD_SDK_PROJECT_ID=p9",
        "VOD_ENDPOINT=http://127.0.0.1:1",
    ] {
        assert!(out.lines().any(|it| it == line), "{out}");
    }
}

#[tokio::test]
async fn a_service_is_seeded_asked_and_reset() {
    let server = Server::start();
    let vod = server.vod();
    let health = vod.run("local health --columns status").await.done();
    assert_eq!(health, "status\nok\n");

    let folder = tempfile::tempdir().unwrap();
    let seed = folder.path().join("seed.json");
    let state =
        serde_json::json!({"projects": {"p": {"assets": [{"id": HOLIDAYS, "title": "t"}]}}});
    std::fs::write(&seed, state.to_string()).unwrap();
    let run = vod.run(&format!("local seed {}", seed.display())).await;
    assert_eq!(
        (run.exit, run.out.as_str()),
        (Exit::Done, ""),
        "{}",
        run.err
    );
    let state = vod.run("local state -o json").await.done();
    assert!(state.contains(HOLIDAYS), "{state}");

    let empty = server.vod().stdin("{\"projects\": {}}");
    let run = empty.run("local state put -").await;
    assert_eq!(run.err, "the state is replaced (projects: 0)\n");
    let state = vod.run("local state get").await.done();
    assert!(!state.contains(HOLIDAYS), "{state}");
    let run = vod.run("local reset").await;
    assert_eq!(run.err, "the state is that of the start\n");
    let state = vod.run("local state").await.done();
    assert!(state.contains(HOLIDAYS), "{state}");
}

#[tokio::test]
async fn the_clock_can_be_set() {
    let server = Server::start();
    let vod = server.vod();
    vod.run("local clock pause").await.done();
    let clock = vod.run("local clock set 2026-12-01T00:00:00Z").await.done();
    assert_eq!(clock, "now\tmode\n2026-12-01T00:00:00Z\tpaused\n");
    let clock = vod.run("local clock advance 10m --no-header").await.done();
    assert_eq!(clock, "2026-12-01T00:10:00Z\tpaused\n");
    assert_eq!(vod.run("local clock --no-header").await.done(), clock);
}

#[tokio::test]
async fn failures_are_asked_for_and_taken_back() {
    let server = Server::start();
    let vod = server.vod();
    let call = server.caller("local");
    let list = "api list-asset-list --retries 0";
    let line = "local fail list-asset-list --times 2 --status 429 --code VOD.1 --columns id,times";
    assert_eq!(vod.run(line).await.done(), "id\ttimes\nservice-1\t2\n");
    let said = call.run(list).await.failed(Exit::Later);
    assert!(said.contains("VOD.1"), "{said}");
    let faults = "local faults --columns id,operation,times --no-header";
    assert_eq!(
        vod.run(faults).await.done(),
        "service-1\tListAssetList\t1\n"
    );
    vod.run("local faults --remove service-1").await.done();
    call.run(list).await.done();

    vod.run("local fail --storage part --part 3 --reset-after 1000")
        .await
        .done();
    vod.run("local fail --probability 0.5 --never").await.done();
    assert_eq!(vod.run(faults).await.done().lines().count(), 2);
    assert_eq!(vod.run("local faults --clear -o ids").await.done(), "");

    for (line, why) in [
        (
            "local fail list-aset-list",
            "did you mean `vod api list-asset-list`?",
        ),
        (
            "local fail --status 99",
            "status must be a number from 200 to 599",
        ),
        ("local fail --storage parts", "invalid value 'parts'"),
        (
            "local faults --remove service-9",
            "there is no failure \"service-9\"",
        ),
        ("local faults --remove 'a/b?c'", "a/b?c\" is not known"),
        ("local state put /nowhere.json", "/nowhere.json: "),
    ] {
        let said = vod.run(line).await.failed(Exit::Usage);
        assert!(said.contains(why), "{line}: {said}");
    }
}

#[tokio::test]
async fn requests_are_shown_without_secrets() {
    let server = Server::start();
    let secret = "0123456789abcdef-secret";
    let call = server.caller(secret);
    call.run("api list-asset-list")
        .await
        .failed(Exit::Credentials);
    let vod = server.vod();
    let log = "local log --status 401 --operation list-asset-list --columns number --no-header";
    let number = vod.run(log).await.done();
    let full = vod.run(&format!("local log {number}")).await.done();
    assert!(
        full.contains("ListAssetList") && !full.contains(secret),
        "{full}"
    );
    let facts = vod.run("local facts --inferred --no-header").await.done();
    assert!(
        facts.lines().all(|line| line.contains("\tinferred\t")),
        "{facts}"
    );
    let api = vod.run("local openapi").await.done();
    assert!(api.contains("\"openapi\":\"3."), "{}", api.len());
}

#[tokio::test]
async fn nothing_that_listens_says_what_to_do() {
    let vod = Vod::service();
    let said = vod
        .run("local health --at http://127.0.0.1:1")
        .await
        .failed(Exit::Failed);
    assert!(
        said.starts_with("error: there is no service at http://127.0.0.1:1: "),
        "{said}"
    );
    assert!(
        said.ends_with("hint: `vod local` starts one; --at names another address\n"),
        "{said}"
    );
    let said = vod.run("local reset --at vod").await.failed(Exit::Usage);
    assert!(said.contains("scheme, host and port"), "{said}");
    let vod = vod.set("VOD_LOCAL_PORT", "port");
    let said = vod.run("local reset").await.failed(Exit::Usage);
    assert!(said.starts_with("error: VOD_LOCAL_PORT: "), "{said}");
}

#[cfg(unix)]
#[test]
fn a_service_in_the_background_goes_on_until_it_is_stopped() {
    let home = tempfile::tempdir().unwrap();
    let vod = || program(home.path());
    let mut start = vod();
    start.args([
        "local",
        "start",
        "--background",
        "--port",
        "0",
        "--seed",
        "7",
    ]);
    let output = start.output().unwrap();
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    let url = address(&done(output));
    assert!(said.contains("`vod local stop` ends it"), "{said}");
    assert!(said.contains(".local/state/vod/local.log"), "{said}");
    let mut health = vod();
    health.args(["local", "health", "--at", &url]);
    done(health.output().unwrap());
    done(
        vod()
            .args(["local", "stop", "--at", &url])
            .output()
            .unwrap(),
    );

    let mut wrong = vod();
    wrong.args(["local", "start", "--background", "--host", "no such host"]);
    let output = wrong.output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.starts_with("error: the service did not start: --host no such host"),
        "{said}"
    );
}

#[tokio::test]
async fn a_log_is_followed_until_the_service_stops() {
    let server = Server::start();
    let vod = server.caller("local");
    let mut follow = program(Path::new("/nowhere"));
    follow.args([
        "local",
        "log",
        "--follow",
        "--at",
        &server.url,
        "-o",
        "jsonl",
    ]);
    let mut follow = follow.stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(follow.stdout.take().unwrap()).lines();
    let mut line = tokio::task::spawn_blocking(move || lines.next().unwrap().unwrap());
    // It is not known when the other process listens: requests are sent until it has heard of one.
    let line = loop {
        vod.run("api list-asset-list --retries 0").await;
        let pause = std::time::Duration::from_millis(20);
        if let Ok(line) = tokio::time::timeout(pause, &mut line).await {
            break line.unwrap();
        }
    };
    // Once, with its answer.
    assert!(line.contains("\"state\":\"done\""), "{line}");
    server.vod().run("local stop -q").await.done();
    follow.wait().unwrap();
}
