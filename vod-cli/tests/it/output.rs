//! Forms of the output, hints, colors.

use serde_json::json;
use vod_cli::Exit;
use vod_local::{Reply, Service};

use crate::vod::Vod;

async fn things() -> Service {
    let service = Service::builder().operations(vod_codegen_fixtures::OPERATIONS);
    let service = service.start().await.unwrap();
    service.respond(|_| {
        let things = json!([
            {"name": "视频, \"one\"", "state": "READY"},
            {"name": "two\tlines\nand \u{1b}[31m", "projectId": "p"},
        ]);
        Reply::json(200, json!({"total": 2, "things": things}))
    });
    service
}

#[tokio::test]
async fn data_is_written_in_every_form() {
    let service = things().await;
    let vod = Vod::fixtures().at(&service);
    for (flags, expected) in [
        (
            "-o json",
            "{\"things\":[{\"name\":\"视频, \\\"one\\\"\",\"state\":\"READY\"},\
          {\"name\":\"two\\tlines\\nand \\u001b[31m\",\"projectId\":\"p\"}],\"total\":2}\n",
        ),
        (
            "-o tsv",
            "name\tstate\tprojectId\n视频, \"one\"\tREADY\t\ntwo\\tlines\\nand \u{1b}[31m\t\tp\n",
        ),
        (
            "-o csv --no-header",
            "\"视频, \"\"one\"\"\",READY,\n\"two\tlines\nand \u{1b}[31m\",,p\n",
        ),
        (
            "-o tsv --columns state,name --all",
            "state\tname\nREADY\t视频, \"one\"\n\ttwo\\tlines\\nand \u{1b}[31m\n",
        ),
        (
            "-o table",
            "NAME                        STATE  PROJECTID\n\
                      视频, \"one\"                 READY\n\
                      two\\tlines\\nand \\u{1b}[31m         p\n",
        ),
        ("-o ids --columns name --query things[].state", "READY\n"),
        ("-o jsonl --query things[].state", "\"READY\"\n"),
        (
            "-o tsv --query 'things[].{n: state, m: name}' --columns n",
            "n\nREADY\n\n",
        ),
        ("--query 'length(things)'", "2\n"),
        ("-o table --query total", "2\n"),
        ("--query nothing", "null\n"),
    ] {
        let out = vod.run(&format!("api list-things {flags}")).await.done();
        assert_eq!(out, expected, "{flags}");
    }
}

#[tokio::test]
async fn a_terminal_gets_what_it_has_room_for() {
    let service = things().await;
    let vod = Vod::fixtures().at(&service).terminal(30);
    let out = vod.run("api list-things -o table").await.done();
    assert_eq!(
        out,
        "NAME          STATE  PROJECTID\n视频, \"one\"   READY\ntwo\\tlines\\…         p\n"
    );
    assert!(out.lines().all(|line| line.chars().count() <= 30));
    let json = vod
        .run("api list-things --query total -o json")
        .await
        .done();
    assert_eq!(json, "2\n");
    let json = vod.run("api list-things --query '{a: total}'").await.done();
    assert_eq!(json, "{\n  \"a\": 2\n}\n");
    let help = vod.run("api list-things --help").await.done();
    assert!(help.lines().all(|line| line.len() < 60), "{help}");
}

#[tokio::test]
async fn colors_are_for_terminals_that_want_them() {
    let red = "\u{1b}[1;31merror:\u{1b}[0m ";
    struct Case {
        name: &'static str,
        vod: Vod,
        flags: &'static str,
        colored: bool,
    }
    let script = || Vod::fixtures();
    let terminal = || Vod::fixtures().terminal(80);
    let cases = [
        Case {
            name: "terminal",
            vod: terminal(),
            flags: "",
            colored: true,
        },
        Case {
            name: "pipe",
            vod: script(),
            flags: "",
            colored: false,
        },
        Case {
            name: "NO_COLOR",
            vod: terminal().set("NO_COLOR", "1"),
            flags: "",
            colored: false,
        },
        Case {
            name: "dumb",
            vod: terminal().set("TERM", "dumb"),
            flags: "",
            colored: false,
        },
        Case {
            name: "forced",
            vod: script().set("CLICOLOR_FORCE", "1"),
            flags: "",
            colored: true,
        },
        Case {
            name: "always",
            vod: script().set("NO_COLOR", "1"),
            flags: "--color always",
            colored: true,
        },
        Case {
            name: "never",
            vod: terminal(),
            flags: "--color=never",
            colored: false,
        },
    ];
    for Case {
        name,
        vod,
        flags,
        colored,
    } in cases
    {
        let said = vod
            .run(&format!("api {flags} nope"))
            .await
            .failed(Exit::Usage);
        assert_eq!(said.starts_with(red), colored, "{name}: {said:?}");
        assert!(colored || said.starts_with("error: "), "{name}: {said:?}");
    }
}

#[tokio::test]
async fn verbose_calls_say_what_was_sent_without_secrets() {
    let service = Service::builder().operations(vod_codegen_fixtures::OPERATIONS);
    let service = service.start().await.unwrap();
    let vod = Vod::fixtures().at(&service).stdin("hidden");
    service.reply(Reply::documented());
    let once = vod.run("api show-secrets --key-id - -v").await;
    assert_eq!(once.err.lines().count(), 1, "{}", once.err);
    assert!(once.err.starts_with("ShowSecrets: GET "), "{}", once.err);
    service.reply(Reply::error(503, "FIX.0009", "Busy."));
    service.reply(Reply::documented());
    let twice = vod.run("api show-secrets --key-id - -vv").await;
    let lines: Vec<_> = twice.err.lines().collect();
    assert!(
        lines[0].starts_with("GET http://127.0.0.1:"),
        "{}",
        twice.err
    );
    assert!(
        lines[0].ends_with("?key_id=[redacted, 6 bytes]"),
        "{}",
        twice.err
    );
    assert_eq!(lines.len(), 5, "{}", twice.err);
    assert!(lines[1].starts_with("ShowSecrets: GET "), "{}", twice.err);
    assert!(!twice.err.contains("hidden") && !twice.err.contains(Service::SECRET_KEY));
}

#[tokio::test]
async fn quiet_calls_say_nothing_else() {
    let service = Service::builder().operations(vod_codegen_fixtures::OPERATIONS);
    let service = service.start().await.unwrap();
    service.reply(Reply::json(200, json!({"things": [], "total": 9})));
    let vod = Vod::fixtures().at(&service);
    vod.run("api list-things -q").await.done();
}

#[tokio::test]
async fn ids_are_found_by_their_names() {
    let service = Service::start().await.unwrap();
    service.respond(|_| Reply::documented());
    let vod = Vod::service().at(&service);
    let out = vod.run("api list-asset-list -o ids -q").await.done();
    assert!(out.lines().all(|id| id.len() == 32), "{out}");
    let said = vod
        .run(
            "api show-vod-statistics --start-time 20260101000000 --end-time 20260102000000 \
                        --interval 3600 --stat-type cdn_bw -o ids",
        )
        .await;
    assert_eq!(said.exit, Exit::Usage, "{}", said.err);
}

#[tokio::test]
async fn columns_that_are_not_there_are_refused_before_anything_is_sent() {
    let service = things().await;
    let vod = Vod::fixtures().at(&service);
    for (flags, expected) in [
        (
            "--columns nmae",
            "error: --columns: there is no \"nmae\" in what comes back\nhint: did you mean name?\n",
        ),
        (
            "--columns a,name",
            "error: --columns: there is no \"a\" in what comes back\nhint: there are name, state, projectId\n",
        ),
    ] {
        let said = vod.run(&format!("api list-things {flags}")).await;
        assert_eq!(said.failed(Exit::Usage), expected);
    }
    let said = vod.run("api list-things -o jsonl --columns name").await;
    let said = said.failed(Exit::Usage);
    assert!(said.contains("--query chooses members of JSON"), "{said}");
    assert!(service.requests().is_empty());
}
