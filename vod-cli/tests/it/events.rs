//! `vod events`.

use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};
use tokio::sync::Notify;
use vod_api::http::{HeaderMap, StatusCode};
use vod_api::notification::{Event, MfsVerifier};
use vod_api::reqwest;
use vod_cli::{Exit, Interrupt, Signal};

use crate::docs;
use crate::vod::{Run, Vod};

const KEY: &str = "0123456789abcdef0123456789abcdef";

fn vod() -> Vod {
    Vod::service().set("VOD_CALLBACK_KEY", KEY)
}

/// A port that nobody listens on.
fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

/// Sends a request as soon as somebody listens; `None` for a `GET`.
async fn sent(port: u16, headers: &[(&str, &str)], body: Option<&str>) -> StatusCode {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    loop {
        let url = format!("http://127.0.0.1:{port}/vod");
        let mut request = match body {
            Some(body) => client.post(url).body(body.to_owned()),
            None => client.get(url),
        };
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        match request.send().await {
            Ok(reply) => return reply.status(),
            Err(_) => tokio::task::yield_now().await,
        }
    }
}

/// A notification as it is sent: timestamp, signature and body.
async fn notification() -> (String, String, String) {
    let out = vod()
        .run("events send createComplete --dry-run")
        .await
        .done();
    let (head, body) = out.split_once("\n\n").unwrap();
    let header = |name: &str| {
        let line = head.lines().find_map(|line| line.strip_prefix(name));
        line.unwrap().trim_start_matches(": ").to_owned()
    };
    (
        header("auth_timestamp"),
        header("auth_sign"),
        body.trim_end().to_owned(),
    )
}

#[tokio::test]
async fn what_is_signed_is_shown_and_all_else_is_refused() {
    let (timestamp, signature, body) = notification().await;
    let port = free_port();
    let vod = vod();
    let line = format!("events listen --port {port} --count 1");
    let signed = [
        ("auth_timestamp", timestamp.as_str()),
        ("auth_sign", signature.as_str()),
    ];
    let sending = async {
        [
            sent(port, &[], None).await,
            sent(port, &[], Some(&body)).await,
            sent(port, &signed, Some(&body.replace("SUCCEED", "FAILED"))).await,
            sent(port, &signed, Some(&body)).await,
        ]
    };
    let (run, statuses) = tokio::join!(vod.run(&line), sending);
    assert_eq!(statuses.map(|it| it.as_u16()), [405, 401, 401, 200]);
    assert_eq!(
        (run.exit, run.out.as_str()),
        (
            Exit::Done,
            "asset_id\tstatus\tevent_type\ttitle\n\
             81b89afdb5e6c94c68e5028b2747b1f0\tSUCCEED\tcreateComplete\texample\n"
        )
    );
    let said: Vec<_> = run.err.lines().collect();
    assert_eq!(said[0], format!("listening on http://127.0.0.1:{port}"));
    assert!(
        said[1].starts_with("warning: a notification was refused: the header `auth_sign` is"),
        "{}",
        run.err
    );
    assert!(
        said[2].starts_with("warning: a notification was refused: `auth_sign` does not fit"),
        "{}",
        run.err
    );
    assert_eq!(said.len(), 3, "{}", run.err);
    assert!(
        !run.err.contains(KEY) && !run.err.contains(&signature),
        "{}",
        run.err
    );
}

/// An event that `send` sends to `listen`, with their flags.
async fn told(send: &str, listen: &str, vod: Vod) -> (Run, Run) {
    let port = free_port();
    let listen = format!("events listen --port {port} --count 1 {listen}");
    let send = format!("events send {send} --to http://127.0.0.1:{port}/vod");
    let sending = async {
        loop {
            let run = self::vod().run(&send).await;
            if run.exit != Exit::Later {
                return run;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::join!(vod.run(&listen), sending)
}

#[tokio::test]
async fn the_forms_of_events_are_those_of_programs_and_of_people() {
    let (listened, sent) = told("coverComplete", "-o jsonl", vod()).await;
    assert_eq!(sent.done(), "event_type\tanswer\ncoverComplete\t200\n");
    let event: Value = serde_json::from_str(&listened.out).unwrap();
    assert_eq!(event["event_type"], "coverComplete");
    assert_eq!(event["cover_info"]["cover_type"], "HEAD_FRAME_COVER");

    let (listened, _) = told("covercomplete --set title=Ferien", "", vod().terminal(80)).await;
    assert_eq!(
        listened.out,
        "coverComplete         SUCCEED  13d570ca574035a3efd7014689c34507  Ferien\n"
    );
}

#[tokio::test]
async fn ctrl_c_ends_it_with_what_came() {
    let port = free_port();
    let stop = Arc::new(Notify::new());
    let signal = stop.clone();
    let interrupt = Interrupt::new(move || {
        let signal = signal.clone();
        async move {
            signal.notified().await;
            Signal::Interrupt
        }
    });
    let listen = format!("events listen --port {port} -o json --query '[].event_type'");
    let send = format!("events send parseComplete --to http://127.0.0.1:{port}");
    let vod = vod().interrupt(interrupt);
    let sending = async {
        while self::vod().run(&send).await.exit == Exit::Later {
            tokio::task::yield_now().await;
        }
        stop.notify_one();
    };
    let (listened, ()) = tokio::join!(vod.run(&listen), sending);
    assert_eq!(listened.exit, Exit::Interrupted);
    assert_eq!(listened.out, "[\"parseComplete\"]\n");
}

#[tokio::test]
async fn what_is_right_goes_on_to_a_server_as_it_came() {
    // The second server is the command again, which checks the signature.
    let (first, second) = (free_port(), free_port());
    let vod = vod();
    let lines = [
        format!("events listen --port {second} --count 1 -o ids"),
        format!("events listen --port {first} --count 2 --forward-to 127.0.0.1:{second}/vod"),
    ];
    let send = format!("events send parseComplete --to http://127.0.0.1:{first}");
    let sending = async {
        let mut answers = Vec::new();
        while answers.len() < 2 {
            let run = vod.run(&send).await;
            if run.exit != Exit::Later {
                answers.push(run);
            }
            tokio::task::yield_now().await;
        }
        answers
    };
    let (last, middle, sent) = tokio::join!(vod.run(&lines[0]), vod.run(&lines[1]), sending);
    assert_eq!(last.out, "d501e8fd23f550a432f2c528c3823fd8\n");
    assert_eq!(middle.exit, Exit::Done);
    assert_eq!(sent[0].exit, Exit::Done, "{}", sent[0].err);
    // The server behind has ended after the first.
    assert_eq!(sent[1].exit, Exit::Failed);
    assert_eq!(sent[1].out, "event_type\tanswer\nparseComplete\t502\n");
    assert_eq!(
        sent[1].err,
        "error: the server answered with 502 Bad Gateway\n"
    );
    assert!(
        middle
            .err
            .contains("--forward-to: the notification did not get through"),
        "{}",
        middle.err
    );
}

#[tokio::test]
async fn events_have_the_members_that_are_set() {
    let shown = async |flags: &str| {
        let run = vod().run(&format!("events send {flags} --dry-run")).await;
        let out = run.done();
        vod().stdin(&out).run("events verify -").await.done()
    };
    let out = shown(
        "audioExtractComplete --set asset_id=a1 --set meta_data.duration=7 --set status=FAILED",
    )
    .await;
    let event: Value = serde_json::from_str(&out).unwrap();
    let body = &event["audio_extract_info"];
    assert_eq!(
        (
            &body["asset_id"],
            &body["meta_data"]["duration"],
            &body["status"]
        ),
        (&json!("a1"), &json!(7), &json!("FAILED"))
    );
    let out = shown("coverComplete --set cover_urls[0].offset=9 --set cover_urls[1].url=u").await;
    let event: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(event["cover_info"]["cover_urls"][0]["offset"], 9);
    assert_eq!(event["cover_info"]["cover_urls"][1], json!({"url": "u"}));

    struct Case {
        set: &'static str,
        why: &'static str,
    }
    for Case { set, why } in [
        Case {
            set: "asset=x",
            why: "there is no \"asset\": did you mean asset_id?",
        },
        Case {
            set: "meta_data.duration=x",
            why: "it must be a whole number",
        },
        Case {
            set: "meta_data.duration.x=1",
            why: "there is nothing inside for \"x\"",
        },
        Case {
            set: "meta_data=x",
            why: "it must be JSON",
        },
        Case {
            set: "status[0]=x",
            why: "it is no list",
        },
        Case {
            set: "status",
            why: "it needs a path, = and a value",
        },
    ] {
        let line = format!("events send parseComplete --dry-run --set {set}");
        let err = vod().run(&line).await.failed(Exit::Usage);
        assert!(err.contains(why), "{set}: {err}");
    }
    let line = "events send coverComplete --dry-run --set cover_urls[5].url=u";
    let err = vod().run(line).await.failed(Exit::Usage);
    assert!(
        err.contains("the list has 1 so far: the next is [1]"),
        "{err}"
    );
}

#[tokio::test]
async fn every_event_is_one_that_the_library_reads() {
    let listed = vod()
        .run("events send nothing --dry-run")
        .await
        .failed(Exit::Usage);
    assert!(listed.contains("invalid value 'nothing'"), "{listed}");
    let mut count = 0;
    for name in [
        "audioExtractComplete",
        "coverComplete",
        "createComplete",
        "parseComplete",
        "reviewComplete",
        "thumbnailComplete",
        "transcodeComplete",
    ] {
        let out = vod()
            .run(&format!("events send {name} --dry-run"))
            .await
            .done();
        let (head, body) = out.split_once("\n\n").unwrap();
        let mut headers = HeaderMap::new();
        for line in head.lines().skip(1) {
            let (name, value) = line.split_once(": ").unwrap();
            let name = vod_api::http::HeaderName::try_from(name).unwrap();
            headers.insert(name, value.parse().unwrap());
        }
        let verifier = MfsVerifier::new(KEY).unwrap();
        let verified = verifier
            .verify(&headers, body.trim_end().as_bytes())
            .unwrap();
        assert_eq!(verified.event().event_type(), name);
        assert!(!matches!(verified.event(), Event::Unknown(_)), "{name}");
        count += 1;
    }
    let help = vod().run("events send --help").await.done();
    assert_eq!(help.matches("Complete:").count(), count, "{help}");
}

#[test]
fn the_events_of_a_description_come_with_their_examples() {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../vod-codegen/fixtures/spec");
    let texts = docs::texts(&vod_spec::load_dir(&spec).unwrap());
    assert!(!texts.events.is_empty());
    for event in texts.events {
        let said: Value = serde_json::from_str(&event.json).unwrap();
        let member = said["member"].as_str().unwrap();
        assert!(said["examples"][0][member].is_object(), "{}", event.name);
        assert!(said["fields"].is_object(), "{}", event.name);
    }
}

#[tokio::test]
async fn a_notification_that_was_kept_is_checked() {
    let (timestamp, signature, body) = notification().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("body.json");
    std::fs::write(&path, &body).unwrap();
    let path = path.display();
    let headers =
        format!("--header 'auth_sign: {signature}' --header 'auth_timestamp: {timestamp}'");
    let out = vod()
        .run(&format!("events verify {path} {headers}"))
        .await
        .done();
    assert!(
        out.starts_with("{\"create_info\":") || out.contains("createComplete"),
        "{out}"
    );

    let other = Vod::service().set("VOD_CALLBACK_KEY", "another");
    let err = other
        .run(&format!("events verify {path} {headers}"))
        .await
        .failed(Exit::Failed);
    assert!(
        err.starts_with("error: the notification is not verified: `auth_sign` does not fit"),
        "{err}"
    );
    let line = format!("events verify {path} {headers} --max-age 5m");
    assert!(vod().run(&line).await.done().contains("createComplete"));

    struct Case {
        name: &'static str,
        text: String,
        why: &'static str,
    }
    for Case { name, text, why } in [
        Case {
            name: "no headers",
            text: body.clone(),
            why: "no empty line stands before the body",
        },
        Case {
            name: "a line that is no header",
            text: "POST / HTTP/1.1\nhm\n\n{}".to_owned(),
            why: "a header is NAME: VALUE",
        },
        Case {
            name: "too short",
            text: "Content-Length: 9\n\n{}".to_owned(),
            why: "the body has 2 bytes, not 9",
        },
        Case {
            name: "chunks",
            text: "Transfer-Encoding: chunked\n\n2\n{}".to_owned(),
            why: "its body is in chunks",
        },
        Case {
            name: "nothing",
            text: String::new(),
            why: "no empty line stands before the body",
        },
    ] {
        let err = vod()
            .stdin(&text)
            .run("events verify -")
            .await
            .failed(Exit::Usage);
        assert!(err.contains(why), "{name}: {err}");
    }
    let err = vod().run("events verify nowhere").await.failed(Exit::Usage);
    assert!(
        err.starts_with("error: nowhere: it cannot be read: "),
        "{err}"
    );
}

#[tokio::test]
async fn a_notification_can_be_too_old() {
    let verifier = MfsVerifier::new(KEY).unwrap();
    let message = json!({"event_type": "somethingNew"}).to_string();
    let signature = verifier.sign("1796030000", &message);
    let text = format!(
        "auth_timestamp: 1796030000\r\nauth_sign: {signature}\r\n\r\n{}",
        json!({ "message": message })
    );
    let verify = |flags: &str| {
        let vod = vod().stdin(&text);
        let line = format!("events verify - {flags}");
        async move { vod.run(&line).await }
    };
    assert_eq!(
        verify("").await.done(),
        "{\"event_type\":\"somethingNew\"}\n"
    );
    let err = verify("--max-age 5m").await.failed(Exit::Failed);
    assert!(err.contains("too long ago"), "{err}");
}

#[tokio::test]
async fn the_key_comes_from_a_variable_or_the_profile() {
    let send = "events send createComplete --dry-run";
    let err = Vod::service().run(send).await.failed(Exit::Usage);
    assert!(
        err.contains("hint: set VOD_CALLBACK_KEY, or `callback_key = …`"),
        "{err}"
    );
    let err = Vod::service()
        .set("VOD_CALLBACK_KEY", "a b")
        .run(send)
        .await
        .failed(Exit::Usage);
    assert!(
        err.contains("VOD_CALLBACK_KEY: character 2 of the key is white space"),
        "{err}"
    );

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("credentials");
    std::fs::write(
        &path,
        format!("[basic]\nak = a\nsk = s\ncallback_key = {KEY}\n"),
    )
    .unwrap();
    let profile = Vod::service().set(
        "HUAWEICLOUD_SDK_CREDENTIALS_FILE",
        &path.display().to_string(),
    );
    let of_profile = profile.run(send).await.done();
    assert_eq!(of_profile, vod().run(send).await.done());
}

#[tokio::test]
async fn addresses_are_checked_first() {
    for (line, why) in [
        ("events send createComplete", "--to"),
        (
            "events send createComplete --to ftp://a",
            "--to: it is no address",
        ),
        (
            "events send createComplete --to ''",
            "--to: it is no address",
        ),
        (
            "events listen --forward-to a://b",
            "--forward-to: it is no address",
        ),
        ("events listen --host x", "--host"),
        ("events listen --count 0", "--count"),
    ] {
        let err = vod().run(line).await.failed(Exit::Usage);
        assert!(err.contains(why), "{line}: {err}");
    }
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let err = vod()
        .run(&format!("events listen --port {port}"))
        .await
        .failed(Exit::Usage);
    assert!(err.contains("cannot be listened on"), "{err}");
    let closed = format!(
        "events send createComplete --to http://127.0.0.1:{}/?token=t0ken",
        free_port()
    );
    let err = vod().run(&closed).await.failed(Exit::Later);
    assert!(
        err.contains("did not get through") && !err.contains("t0ken"),
        "{err}"
    );
}
