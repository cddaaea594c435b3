//! Ways to send a call: one, a whole list, batches, tasks, deletions, requests that are not
//! described.

use serde_json::json;
use vod_cli::Exit;
use vod_local::{Reply, Service};

use crate::vod::Vod;

async fn fixtures() -> Service {
    let service = Service::builder().operations(vod_codegen_fixtures::OPERATIONS);
    service.start().await.unwrap()
}

fn things(names: &[&str], total: usize) -> Reply {
    let things: Vec<_> = names
        .iter()
        .map(|name| json!({"name": name, "state": "READY"}))
        .collect();
    Reply::json(200, json!({"things": things, "total": total}))
}

fn mixed(statuses: &[(&str, &str)]) -> Reply {
    let results = statuses.iter();
    let results = results.map(|(id, status)| json!({"item_id": id, "status": status}));
    Reply::json(
        200,
        json!({"results": results.collect::<Vec<_>>(), "state": "READY"}),
    )
}

#[tokio::test]
async fn a_reply_is_written_in_the_order_of_the_docs() {
    let service = fixtures().await;
    service.reply(mixed(&[("a", "MIXED")]));
    let vod = Vod::fixtures().at(&service);
    let out = vod.run("api mix-things --shelf s --item-id a").await.done();
    assert_eq!(
        out,
        "{\"results\":[{\"item_id\":\"a\",\"status\":\"MIXED\"}],\"state\":\"READY\"}\n"
    );
}

#[tokio::test]
async fn one_page_says_that_there_are_more() {
    let service = fixtures().await;
    service.reply(things(&["a", "b"], 5));
    service.reply(things(&["c", "d"], 5));
    let vod = Vod::fixtures().at(&service);
    let first = vod.run("api list-things --limit 2").await;
    assert_eq!(
        first.err,
        "hint: these are 2 of 5: --all reads the whole list\n"
    );
    assert!(first.out.starts_with("{\"things\":[{\"name\":\"a\""));
    // Whoever asks for another page knows.
    vod.run("api list-things --limit 2 --offset 2").await.done();
}

#[tokio::test]
async fn a_list_is_read_page_by_page() {
    let service = fixtures().await;
    let vod = Vod::fixtures().at(&service);
    for (flags, pages, expected) in [
        ("--all", 3, "a\nb\nc\nd\ne\n"),
        ("--max-items 3", 2, "a\nb\nc\n"),
        ("--max-items 0", 0, ""),
    ] {
        for page in [["a", "b"].as_slice(), &["c", "d"], &["e"]]
            .iter()
            .take(pages)
        {
            service.reply(things(page, 5));
        }
        let line = format!("api list-things --limit 2 {flags} -o ids --columns name");
        assert_eq!(vod.run(&line).await.done(), expected, "{flags}");
    }
    service.reply(things(&["a", "b"], 3));
    service.reply(things(&["c"], 3));
    let line = "api list-things --limit 2 --all --query 'things[?name!=`b`].name'";
    assert_eq!(vod.run(line).await.done(), "[\"a\",\"c\"]\n");
}

#[tokio::test]
async fn what_came_before_an_error_is_shown_where_it_is_written_at_once() {
    let service = fixtures().await;
    service.reply(things(&["a", "b"], 4));
    service.reply(Reply::error(403, "FIX.0001", "No more."));
    let vod = Vod::fixtures().at(&service);
    let run = vod
        .run("api list-things --limit 2 --all -o jsonl --retries 0")
        .await;
    assert_eq!(run.exit, Exit::Credentials);
    assert_eq!(run.out.lines().count(), 2);
}

#[tokio::test]
async fn more_values_than_a_call_takes_are_sent_in_batches() {
    let service = fixtures().await;
    let vod = Vod::fixtures().at(&service);
    let line = "api mix-things --shelf s --item-id a,b,c";
    let said = vod.run(line).await.failed(Exit::Usage);
    assert_eq!(
        said,
        "error: MixThings: --item-id takes at most 2 values, got 3 (not sent)\n\
         hint: --batch sends them in several calls\n"
    );
    service.reply(mixed(&[("a", "MIXED"), ("b", "MIXED")]));
    service.reply(mixed(&[("c", "MIXED")]));
    let out = vod.run(&format!("{line} --batch -o ids")).await.done();
    assert_eq!(out, "a\nb\nc\n");
    let sizes: Vec<_> = service
        .requests()
        .iter()
        .map(|it| it.parameters()["item_id"].as_array().unwrap().len())
        .collect();
    assert_eq!(sizes, [2, 1]);
}

#[tokio::test]
async fn a_batch_that_fails_does_not_hide_the_others() {
    let service = fixtures().await;
    let vod = Vod::fixtures().at(&service);
    service.respond(
        |request| match request.parameters()["item_id"][0].as_str() {
            Some("a") => Reply::error(400, "FIX.0001", "Not these."),
            _ => mixed(&[("c", "MIXED")]),
        },
    );
    let run = vod
        .run("api mix-things --shelf s --item-id a,b,c --batch")
        .await;
    assert_eq!(run.exit, Exit::Partly);
    assert!(run.out.contains("\"item_id\":\"c\""), "{}", run.out);
    let last = run.err.lines().last().unwrap();
    assert_eq!(
        last,
        "error: MixThings: 2 values were not done, or not for certain: a,b"
    );
}

#[tokio::test]
async fn a_success_with_failures_inside_is_no_success() {
    let service = fixtures().await;
    service.reply(mixed(&[("a", "MIXED"), ("b", "BURNT")]));
    let vod = Vod::fixtures().at(&service);
    let run = vod.run("api mix-things --shelf s --item-id a,b").await;
    assert_eq!(run.exit, Exit::Partly);
    assert!(run.out.contains("BURNT"));
    assert_eq!(
        run.err,
        "error: MixThings: 1 of the items in results did not succeed, or not for certain\n"
    );
}

fn state(state: &str) -> Reply {
    Reply::json(
        200,
        json!({"things": [{"name": "a", "state": state}], "total": 1}),
    )
}

#[tokio::test(start_paused = true)]
async fn a_task_is_waited_for() {
    let service = fixtures().await;
    let vod = Vod::fixtures().at(&service);
    let line = "api mix-things --shelf s --item-id a --state READY --wait";
    struct Case {
        name: &'static str,
        states: &'static [&'static str],
        flags: &'static str,
        exit: Exit,
        last: &'static str,
    }
    let cases = [
        Case {
            name: "done",
            states: &["NOT_READY", "NOT_READY", "READY"],
            flags: "",
            exit: Exit::Done,
            last: "MixThings: READY after",
        },
        Case {
            name: "failed",
            states: &["NOT_READY", "UNKNOW"],
            flags: "",
            exit: Exit::TaskFailed,
            last: "error: ListThings: ",
        },
        Case {
            name: "still running",
            states: &["NOT_READY", "NOT_READY"],
            flags: "--wait-timeout 7s --poll-interval 5s",
            exit: Exit::StillRunning,
            last: "hint: the task goes on",
        },
    ];
    for Case {
        name,
        states,
        flags,
        exit,
        last,
    } in cases
    {
        service.reply(mixed(&[("a", "MIXED")]));
        for it in states {
            service.reply(state(it));
        }
        let run = vod.run(&format!("{line} {flags}")).await;
        assert_eq!(run.exit, exit, "{name}: {}", run.err);
        let said = run.err.lines().last().unwrap();
        assert!(said.starts_with(last), "{name}: {}", run.err);
        assert!(
            run.err.starts_with("MixThings: started: state READY\n"),
            "{}",
            run.err
        );
        let has_answer = run.out.starts_with("{\"things\":[");
        assert_eq!(has_answer, exit == Exit::Done, "{name}: {}", run.out);
    }
}

#[tokio::test]
async fn a_deletion_that_names_nothing_asks_for_consent() {
    let service = Service::start().await.unwrap();
    service.respond(|_| Reply::documented());
    let vod = Vod::service().at(&service);
    struct Case {
        line: &'static str,
        asks: bool,
    }
    let cases = [
        Case {
            line: "delete-asset-category --id 0",
            asks: true,
        },
        Case {
            line: "delete-asset-category --id 7",
            asks: false,
        },
        Case {
            line: "delete-thumbnails --asset-id a1",
            asks: true,
        },
        Case {
            line: "delete-thumbnails --task-id t1",
            asks: false,
        },
        Case {
            line: "delete-assets --asset-id a1",
            asks: false,
        },
        Case {
            line: "delete-transcode-product --no-validate",
            asks: true,
        },
        Case {
            line: "delete-transcode-product --asset-id a1 --no-validate",
            asks: true,
        },
        Case {
            line: "raw DELETE /v1/{project_id}/asset/thumbnails",
            asks: true,
        },
        Case {
            line: "raw DELETE /v1/{project_id}/asset/thumbnails?task_id=t1",
            asks: false,
        },
    ];
    for Case { line, asks } in cases {
        let before = service.requests().len();
        let run = vod.run(&format!("api {line}")).await;
        let sent = service.requests().len() - before;
        assert_eq!(sent, usize::from(!asks), "{line}: {}", run.err);
        assert_eq!(run.exit == Exit::Usage, asks, "{line}: {}", run.err);
        assert_eq!(
            run.err.ends_with("hint: --yes does it\n"),
            asks,
            "{line}: {}",
            run.err
        );
    }
    vod.run("api delete-asset-category --id 0 --yes")
        .await
        .done();
}

#[tokio::test]
async fn requests_that_are_not_described_are_sent_as_they_are() {
    let service = Service::builder()
        .accept_unknown(true)
        .start()
        .await
        .unwrap();
    service.respond(|_| Reply::json(200, json!({"b": 1, "a": [2]})));
    let vod = Vod::service().at(&service).stdin("{\"x\": 1}");
    let line = "api raw post '/v3/{project_id}/labels?q=a%20b&r' --json -";
    assert_eq!(vod.run(line).await.done(), "{\"a\":[2],\"b\":1}\n");
    let sent = service.requests().pop().unwrap();
    assert_eq!(sent.raw_query(), "q=a%20b&r=");
    assert_eq!(sent.json().unwrap(), json!({"x": 1}));
    for (line, why) in [
        ("raw PATCH /v3/x", "there is no method \"PATCH\""),
        (
            "raw GET '/v3/x?a=%zz'",
            "the query has a % that begins no escape",
        ),
        ("raw GET v3/x", "GET v3/x: the path must begin with a slash"),
    ] {
        let said = vod.run(&format!("api {line}")).await.failed(Exit::Usage);
        assert!(said.contains(why), "{said}");
    }
}
