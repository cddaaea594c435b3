//! What is said of mistakes and failures, and the exit codes.

use serde_json::{Value, json};
use vod_cli::Exit;
use vod_local::{Reply, Service};

use crate::vod::Vod;

#[tokio::test]
async fn mistakes_name_the_flag() {
    struct Case {
        flags: &'static str,
        said: &'static str,
    }
    let cases = [
        Case {
            flags: "--count x",
            said: "--count must be a whole number, got \"x\"",
        },
        Case {
            flags: "--count 10 --name a",
            said: "MixThings: --count must be from -3 to 9, got 10 (not sent)",
        },
        Case {
            flags: "--quick perhaps",
            said: "--quick must be true or false, got \"perhaps\"",
        },
        Case {
            flags: "--stamp today",
            said: "--stamp must be a number of seconds since 1970, such as 1773994500, got \"today\"",
        },
        Case {
            flags: "--at 2026-03-20",
            said: "MixThings: --at must be a time of the form yyyy-mm-ddThh:mm:ssZ, such as 2026-03-20T08:15:00Z, \
                   got \"2026-03-20\" (not sent)",
        },
        Case {
            flags: "--mode FASD",
            said: "MixThings: --mode must be one of FAST, SLOW, got \"FASD\": did you mean FAST? (not sent)",
        },
        Case {
            flags: "--mode other",
            said: "MixThings: --mode must be one of FAST, SLOW, got \"other\" (not sent)",
        },
        Case {
            flags: "--state READY,X",
            said: "MixThings: --state[1] must be one of READY, NOT_READY, 3GP, UNKNOW, got \"X\" (not sent)",
        },
        Case {
            flags: "--name a",
            said: "MixThings: the request takes --name and --count together, but --count is missing (not sent)",
        },
        Case {
            flags: "--name 123456789 --count 1",
            said: "MixThings: --name takes at most 8 characters, got 9 (not sent)",
        },
        Case {
            flags: "--part '{\"size\": 1}'",
            said: "MixThings: --part: kind is required, but missing (not sent)",
        },
        Case {
            flags: "--part '{\"kind\": \"FAST\"}'",
            said: "MixThings: --part needs size if kind is FAST (not sent)",
        },
        Case {
            flags: "--part '{\"kinds\": 1}'",
            said: "MixThings: --part: kinds is not known here: did you mean kind? (not sent)",
        },
        Case {
            flags: "--set parts[0].size=10",
            said: "MixThings: --parts[0].kind is required, but missing (not sent)",
        },
        Case {
            flags: "--part x",
            said: "--part: this is not JSON: expected value at line 1 column 1",
        },
        Case {
            flags: "--json '{\"nam\": 1}'",
            said: "MixThings: --json: nam is not known here: did you mean name? (not sent)",
        },
        Case {
            flags: "--json '{\"a\": 1, \"a\": 2}'",
            said: "--json: this is not JSON: the member \"a\" is given twice at line 1 column 12",
        },
        Case {
            flags: "--json '[]'",
            said: "--json: the request must be an object",
        },
        Case {
            flags: "--json @nowhere.json",
            said: "--json: the file \"nowhere.json\" cannot be read: ",
        },
        Case {
            flags: "--password - --links -",
            said: "--links: standard input can be read once, and --password takes it",
        },
        Case {
            flags: "--set part",
            said: "--set: it needs a path, = and a value, such as thumbnail.type=time",
        },
        Case {
            flags: "--set prat.size=1",
            said: "--set: the operation has no parameter \"prat\": did you mean part?",
        },
        Case {
            flags: "--set part.sise=1",
            said: "--set: part has no member \"sise\": did you mean size?",
        },
        Case {
            flags: "--set part.size=big",
            said: "--set: part.size must be a whole number, got \"big\"",
        },
        Case {
            flags: "--set part[0].size=1",
            said: "--set: part is an object, not a list: name a member of it",
        },
        Case {
            flags: "--set parts.size=1",
            said: "--set: parts is a list: name an item of it, as parts[0].size",
        },
        Case {
            flags: "--set parts[1].size=1",
            said: "--set: parts[1] leaves a gap: the list has 0 so far, so that the next is parts[0]",
        },
        Case {
            flags: "--set parts[x].size=1",
            said: "--set: the path \"parts[x].size\" has \"[x]\", where a place in a list is due, as [0]",
        },
        Case {
            flags: "--set name.a=1",
            said: "--set: name has nothing inside",
        },
        Case {
            flags: "--set .a=1",
            said: "--set: the path \".a\" has an empty name",
        },
        Case {
            flags: "--nmae a",
            said: "unexpected argument '--nmae' found",
        },
        Case {
            flags: "--count 1 --count 2",
            said: "the argument '--count <NUMBER>' cannot be used multiple times",
        },
        Case {
            flags: "--wait-timeout 1h",
            said: "the following required arguments were not provided: --wait",
        },
        Case {
            flags: "--wait --wait-timeout soon",
            said: "invalid value 'soon' for '--wait-timeout <TIME>': it is a number with ms, s, m, h or d, such as 30s",
        },
        Case {
            flags: "--wait --batch",
            said: "the argument '--wait' cannot be used with '--batch'",
        },
        Case {
            flags: "-o yaml",
            said: "invalid value 'yaml' for '--format <FORMAT>' [possible values: table, tsv, json, jsonl, csv, ids]",
        },
        Case {
            flags: "--query 'a[' --retries 0",
            said: "--query \"a[\": ",
        },
    ];
    // Nobody is asked: there is no service.
    let vod = Vod::fixtures().set("VOD_ENDPOINT", "http://127.0.0.1:1");
    for Case { flags, said } in cases {
        let line = format!("api mix-things --shelf s --item-id a {flags}");
        let run = vod.run(&line).await;
        let err: Vec<_> = run
            .err
            .lines()
            .filter(|it| !it.starts_with("warning:"))
            .collect();
        assert_eq!(
            (run.exit, run.out.as_str()),
            (Exit::Usage, ""),
            "{flags}: {}",
            run.err
        );
        let first = err.first().unwrap().strip_prefix("error: ").unwrap();
        let matches = first == said || said.ends_with(": ") && first.starts_with(said);
        assert!(matches, "{flags}:\n  {first}\n  {said}");
        assert!(err.len() <= 2, "{flags}: {}", run.err);
    }
}

#[tokio::test]
async fn what_is_required_is_named() {
    let vod = Vod::service().set("VOD_REGION", "cn-north-4");
    let said = vod.run("api show-asset-detail").await.failed(Exit::Usage);
    assert_eq!(
        said,
        "error: ShowAssetDetail: --asset-id is required, but missing (not sent)\n\
         hint: `vod api show-asset-detail --help` has the limits\n"
    );
}

#[tokio::test]
async fn names_that_are_not_known_lead_to_others() {
    let vod = Vod::service();
    for (line, expected) in [
        (
            "api show-aset-detail",
            "error: there is no operation \"show-aset-detail\"\nhint: did you mean `vod api show-asset-detail`?\n",
        ),
        (
            "api liste",
            "error: there is no operation \"liste\"\nhint: did you mean `vod api list`?\n",
        ),
        (
            "api describe xyzzy",
            "error: there is no operation \"xyzzy\"\nhint: `vod api list` has all operations\n",
        ),
        (
            "apo",
            "error: unrecognized subcommand 'apo'\nhint: a similar subcommand exists: 'api'\n",
        ),
    ] {
        assert_eq!(vod.run(line).await.failed(Exit::Usage), expected);
    }
    assert!(vod.run("").await.failed(Exit::Usage).contains("Usage: vod"));
}

#[tokio::test]
async fn exit_codes_say_what_failed() {
    struct Case {
        reply: Reply,
        exit: Exit,
        hint: &'static str,
    }
    let cases = [
        Case {
            reply: Reply::error(
                401,
                "APIGW.0301",
                "Incorrect IAM authentication information.",
            ),
            exit: Exit::Credentials,
            hint: "Check the keys or the token",
        },
        Case {
            reply: Reply::error(403, "VOD.10062", "The asset does not exist."),
            exit: Exit::NotFound,
            hint: "no such media asset",
        },
        Case {
            reply: Reply::error(429, "APIGW.0308", "Too many calls."),
            exit: Exit::Later,
            hint: "Wait, then repeat it.",
        },
        Case {
            reply: Reply::error(400, "VOD.10053", "Wrong."),
            exit: Exit::Failed,
            hint: "parameter",
        },
    ];
    let service = Service::start().await.unwrap();
    let vod = Vod::service().at(&service);
    for Case { reply, exit, hint } in cases {
        service.reply(reply);
        let said = vod
            .run("api show-asset-detail --asset-id a1 --retries 0")
            .await
            .failed(exit);
        let lines: Vec<_> = said.lines().collect();
        assert!(
            lines[0].starts_with("error: ShowAssetDetail: HTTP "),
            "{said}"
        );
        assert!(
            lines[1].starts_with("hint: ") && lines[1].contains(hint),
            "{said}"
        );
        assert_eq!(lines.len(), 2, "{said}");
    }
    let wrong = vod.set("HUAWEICLOUD_SDK_SK", "wrong");
    let said = wrong
        .run("api show-asset-detail --asset-id a1")
        .await
        .failed(Exit::Credentials);
    assert!(!said.contains("wrong\""), "{said}");
}

#[tokio::test]
async fn nobody_there_is_exit_5() {
    let vod = Vod::service()
        .set("VOD_ENDPOINT", "http://127.0.0.1:1")
        .set("VOD_PROJECT_ID", "p1")
        .set("HUAWEICLOUD_SDK_AK", "a")
        .set("HUAWEICLOUD_SDK_SK", "s");
    let said = vod
        .run("api show-asset-detail --asset-id a1 --retries 0")
        .await
        .failed(Exit::Later);
    assert!(said.contains("hint: nothing was sent"), "{said}");
}

#[tokio::test]
async fn whoever_asks_for_json_gets_failures_as_json() {
    let service = Service::start().await.unwrap();
    service.reply(Reply::error(403, "VOD.10062", "The asset does not exist."));
    let vod = Vod::service().at(&service);
    let json = |text: String| serde_json::from_str::<Value>(&text).unwrap();
    let said = json(
        vod.run("api show-asset-detail --asset-id a1 -o json")
            .await
            .failed(Exit::NotFound),
    );
    let error = &said["error"];
    assert_eq!(error["kind"], "service");
    assert_eq!(error["operation"], "ShowAssetDetail");
    assert_eq!(
        (&error["status"], &error["code"]),
        (&json!(403), &json!("VOD.10062"))
    );
    assert_eq!(error["message"], "The asset does not exist.");
    assert_eq!(
        (&error["was_sent"], &error["retryable"]),
        (&json!("yes"), &json!(false))
    );
    assert_eq!((&error["attempts"], &error["exit"]), (&json!(1), &json!(4)));
    for line in [
        "api show-asset-detail --nope --format=json",
        "api nope -o json",
    ] {
        let said = json(vod.run(line).await.failed(Exit::Usage));
        assert_eq!(said["error"]["kind"], "usage", "{line}");
    }
}
