//! Flags become requests, by the facts of an operation and without a line of code for it.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};
use vod_local::{ReceivedRequest, Reply, Service};

use crate::vod::Vod;
use crate::{docs, names};

async fn fixtures() -> Service {
    let service = Service::builder().operations(vod_codegen_fixtures::OPERATIONS);
    let service = service.start().await.unwrap();
    service.respond(|_| Reply::documented());
    service
}

/// The request that a line sends.
async fn sent(vod: &Vod, service: &Service, line: &str) -> ReceivedRequest {
    vod.run(line).await.done();
    service.requests().pop().unwrap()
}

struct Case {
    name: &'static str,
    flags: &'static str,
    /// Beside the shelf and the items.
    expected: Value,
}

#[tokio::test]
async fn every_kind_of_parameter_has_a_flag() {
    let cases = [
        Case {
            name: "text",
            flags: "--name short --count 3",
            expected: json!({"name": "short", "count": 3}),
        },
        Case {
            name: "negative number",
            flags: "--name short --count -3",
            expected: json!({"name": "short", "count": -3}),
        },
        Case {
            name: "fraction",
            flags: "--ratio 0.25",
            expected: json!({"ratio": 0.25}),
        },
        Case {
            name: "enum",
            flags: "--mode FAST",
            expected: json!({"mode": "FAST"}),
        },
        Case {
            name: "flags without values",
            flags: "--quick --keep",
            expected: json!({"quick": 1, "keep": "1"}),
        },
        Case {
            name: "flags with values",
            flags: "--quick false --keep=0",
            expected: json!({"quick": 0, "keep": "0"}),
        },
        Case {
            name: "times",
            flags: "--since 20260320081500 --at 2026-03-20T08:15:00Z --stamp 1773994500",
            expected: json!({"since": "20260320081500", "at": "2026-03-20T08:15:00Z", "stamp": 1773994500}),
        },
        Case {
            name: "list with commas",
            flags: "--state READY,3GP",
            expected: json!({"state": ["3GP", "READY"]}),
        },
        Case {
            name: "list by repetition",
            flags: "--state READY --state 3GP",
            expected: json!({"state": ["3GP", "READY"]}),
        },
        Case {
            name: "name of the docs",
            flags: "--thingUrl u",
            expected: json!({"thingUrl": "u"}),
        },
        Case {
            name: "name as a flag",
            flags: "--thing-url u",
            expected: json!({"thingUrl": "u"}),
        },
        Case {
            name: "object as JSON",
            flags: r#"--part '{"kind": "SLOW", "size": 2}'"#,
            expected: json!({"part": {"kind": "SLOW", "size": 2}}),
        },
        Case {
            name: "list of objects as JSON",
            flags: r#"--parts '[{"kind": "SLOW"}]'"#,
            expected: json!({"parts": [{"kind": "SLOW"}]}),
        },
        Case {
            name: "any JSON",
            flags: r#"--extra '[1, {"a": null}]'"#,
            expected: json!({"extra": [1, {"a": null}]}),
        },
        Case {
            name: "members by paths",
            flags: "--set part.kind=SLOW --set part.size=2 --set labels.a-b=c",
            expected: json!({"part": {"kind": "SLOW", "size": 2}, "labels": {"a-b": "c"}}),
        },
        Case {
            name: "items by paths",
            flags: "--set parts[0].kind=SLOW --set parts[1].kind=FAST --set parts[1].size=3 \
                    --set parts[0].parts[0].kind=SLOW",
            expected: json!({"parts": [
                {"kind": "SLOW", "parts": [{"kind": "SLOW"}]},
                {"kind": "FAST", "size": 3},
            ]}),
        },
        Case {
            name: "paths over JSON",
            flags: r#"--json '{"part": {"kind": "SLOW", "size": 2}}' --set part.size=3"#,
            expected: json!({"part": {"kind": "SLOW", "size": 3}}),
        },
        Case {
            name: "flags over JSON",
            flags: r#"--json '{"mode": "SLOW", "ratio": 1}' --mode FAST"#,
            expected: json!({"mode": "FAST", "ratio": 1.0}),
        },
        Case {
            name: "text with an equals sign and commas",
            flags: "--set thingUrl=a=b,c",
            expected: json!({"thingUrl": "a=b,c"}),
        },
    ];
    let service = fixtures().await;
    let vod = Vod::fixtures().at(&service);
    for Case {
        name,
        flags,
        mut expected,
    } in cases
    {
        let line = format!("api mix-things --shelf top --item-id a,b {flags}");
        let request = sent(&vod, &service, &line).await;
        expected["shelf"] = json!("top");
        expected["item_id"] = json!(["a", "b"]);
        assert_eq!(*request.parameters(), expected, "{name}");
    }
}

#[tokio::test]
async fn operations_go_by_both_names_and_flags_by_both_spellings() {
    let service = fixtures().await;
    let vod = Vod::fixtures().at(&service);
    for operation in ["mix-things", "MixThings", "mix_things"] {
        let line = format!("api {operation} --shelf top --item_id a --thing_url u");
        let request = sent(&vod, &service, &line).await;
        assert_eq!(request.operation(), Some("MixThings"), "{operation}");
        let expected = json!({"shelf": "top", "item_id": ["a"], "thingUrl": "u"});
        assert_eq!(*request.parameters(), expected);
    }
}

#[tokio::test]
async fn values_come_from_files_and_standard_input() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let request = file(
        "request.json",
        r#"{"shelf": "top", "name": "from", "count": 1}"#,
    );
    let ids = file("ids", "a\n\n b\r\n");
    let password = file("password", "p@ss,word\n");
    let service = fixtures().await;
    let vod = Vod::fixtures().at(&service).stdin("x\ny\n");

    let line = format!(
        "api mix-things --json @{request} --item-id @{ids} --password @{password} --links -"
    );
    let received = sent(&vod, &service, &line).await;
    assert_eq!(
        *received.parameters(),
        json!({"shelf": "top", "name": "from", "count": 1, "item_id": ["a", "b"], "password": "p@ss,word",
               "links": ["x", "y"]})
    );
    // What can only be text is not a file.
    let line = "api mix-things --shelf top --item-id @@a --name @home --count 1 --thing-url -";
    let received = sent(&vod, &service, line).await;
    assert_eq!(received.parameters()["item_id"], json!(["@a"]));
    assert_eq!(received.parameters()["name"], "@home");
    assert_eq!(received.parameters()["thingUrl"], "-");
}

#[tokio::test]
async fn a_secret_on_the_command_line_is_warned_of() {
    let service = fixtures().await;
    let vod = Vod::fixtures().at(&service);
    for flag in [
        "--password p",
        "--links l",
        "--set part.kind=SLOW --set part.key=k",
    ] {
        let run = vod
            .run(&format!("api mix-things --shelf s --item-id a {flag}"))
            .await;
        assert!(run.err.starts_with("warning: --"), "{flag}: {}", run.err);
        assert!(run.err.contains("others on this machine can see"), "{flag}");
    }
    let vod = vod.stdin("secret\n");
    let line = "api mix-things --shelf s --item-id a --set part.kind=SLOW --set part.key=-";
    let received = sent(&vod, &service, line).await;
    assert_eq!(received.parameters()["part"]["key"], "secret");
}

#[test]
fn a_flag_that_is_taken_fails_the_build() {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../vod-codegen/fixtures/spec");
    let taken = docs::taken_flags(&vod_spec::load_dir(&spec).unwrap());
    assert_eq!(
        taken,
        [
            "SetFlags: the parameter `verbose` would take --verbose, which `vod` has for itself",
            "SetFlags: the parameter `dry_run` would take --dry-run, which `vod` has for itself",
            "SetGroups: the parameter `dry_run` would take --dry-run, which `vod` has for itself",
        ]
    );
}

/// The build refuses parameters by a list, which has to have the flags that there are.
#[tokio::test]
async fn the_list_of_taken_flags_is_complete() {
    let vod = Vod::service();
    let mut found = BTreeSet::new();
    for operation in [
        "DeleteThumbnails",
        "CreateAssetProcessTask",
        "ListAssetList",
    ] {
        let meta = vod_api::operation::find(operation).unwrap();
        let parameters = meta.parameters.iter();
        let parameters: Vec<_> = parameters
            .map(|it| names::kebab(it.property.name))
            .collect();
        let help = vod.run(&format!("api {operation} --help")).await.done();
        let flags = help.lines().filter_map(|line| {
            let line = line.trim_start();
            // Relations of parameters stand in a list, with marks around the flags.
            let (_, flag) = line.split_once("--").filter(|_| !line.contains('`'))?;
            let flag = line.starts_with('-').then_some(flag)?;
            let end = flag.find([' ', '.']).unwrap_or(flag.len());
            Some(flag[..end].to_owned())
        });
        found.extend(flags.filter(|flag| !parameters.contains(flag)));
    }
    let listed: BTreeSet<_> = docs::FLAGS.iter().map(|flag| (*flag).to_owned()).collect();
    assert_eq!(found, listed);
}
