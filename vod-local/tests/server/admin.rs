//! The admin interface: state, clock, progress; who may use it.

use serde_json::{Value, json};
use vod_local::Local;

use crate::{Server, create, no_body};

#[tokio::test]
async fn errors_name_the_field_and_the_nearest_name() {
    struct Case {
        name: &'static str,
        method: &'static str,
        path: &'static str,
        body: Value,
        status: u16,
        field: &'static str,
        nearest: Option<&'static str>,
    }
    let server = Server::start(&[]);
    let case = |name, method, path, body| Case {
        name,
        method,
        path,
        body,
        status: 400,
        field: "body",
        nearest: None,
    };
    let cases = [
        Case {
            status: 404,
            field: "path",
            nearest: Some("/health"),
            ..case("a misspelt path", "GET", "/healht", no_body())
        },
        Case {
            status: 405,
            field: "method",
            ..case("another method", "DELETE", "/health", no_body())
        },
        Case {
            field: "opration",
            nearest: Some("operation"),
            ..case(
                "a misspelt parameter",
                "GET",
                "/requests?opration=a",
                no_body(),
            )
        },
        Case {
            field: "operation",
            nearest: Some("ListAssetList"),
            ..case(
                "a misspelt operation",
                "GET",
                "/requests?operation=ListAsetList",
                no_body(),
            )
        },
        Case {
            field: "status",
            ..case("no number", "GET", "/requests?status=x", no_body())
        },
        Case {
            field: "health",
            ..case("a parameter too many", "GET", "/health?health=1", no_body())
        },
        case("a body that is not JSON", "PUT", "/clock", no_body()),
        Case {
            field: "modus",
            nearest: Some("mode"),
            ..case(
                "a misspelt member",
                "PUT",
                "/progress",
                json!({"modus": "time"}),
            )
        },
        Case {
            field: "mode",
            nearest: Some("manual"),
            ..case(
                "a misspelt value",
                "PUT",
                "/progress",
                json!({"mode": "manul"}),
            )
        },
        Case {
            field: "answers",
            ..case(
                "of another mode",
                "PUT",
                "/progress",
                json!({"mode": "time", "answers": 1}),
            )
        },
        Case {
            field: "seconds",
            ..case(
                "back in time",
                "POST",
                "/clock/advance",
                json!({"seconds": -1}),
            )
        },
        Case {
            field: "now",
            ..case("no time", "PUT", "/clock", json!({"now": "tomorrow"}))
        },
        Case {
            field: "projects.p.asets",
            nearest: Some("assets"),
            ..case(
                "inside of a state",
                "PUT",
                "/state",
                json!({"projects": {"p": {"asets": []}}}),
            )
        },
        Case {
            field: "operation",
            nearest: Some("ShowAssetDetail"),
            ..case(
                "a fault",
                "POST",
                "/faults",
                json!({"operation": "ShowAssetDetails"}),
            )
        },
        Case {
            field: "step",
            nearest: Some("part"),
            ..case(
                "a fault",
                "POST",
                "/faults",
                json!({"place": "storage", "step": "parts"}),
            )
        },
        Case {
            field: "step",
            ..case(
                "for elsewhere",
                "POST",
                "/faults",
                json!({"step": "put", "status": 500}),
            )
        },
        Case {
            field: "times",
            ..case("never", "POST", "/faults", json!({"times": 0}))
        },
        Case {
            field: "probability",
            ..case("too much", "POST", "/faults", json!({"probability": 1.5}))
        },
        Case {
            field: "headers.a b",
            ..case(
                "no header",
                "POST",
                "/faults",
                json!({"headers": {"a b": "c"}}),
            )
        },
        Case {
            status: 404,
            field: "id",
            ..case("no such asset", "GET", "/assets/a1", no_body())
        },
        Case {
            status: 404,
            field: "number",
            ..case("no such request", "GET", "/requests/7", no_body())
        },
        Case {
            status: 404,
            field: "project",
            ..case("no such project", "GET", "/assets?project=p", no_body())
        },
    ];
    for case in cases {
        let (status, body) = server.ask(case.method, case.path, case.body).await;
        let error = &body["error"];
        assert_eq!(status, case.status, "{}: {body}", case.name);
        assert_eq!(error["field"], case.field, "{}: {body}", case.name);
        assert_eq!(
            error["nearest"].as_str(),
            case.nearest,
            "{}: {body}",
            case.name
        );
        assert!(
            !error["message"].as_str().unwrap().is_empty(),
            "{}",
            case.name
        );
    }
}

#[tokio::test]
async fn every_path_is_documented_and_there() {
    let server = Server::start(&[]);
    let routes = server.get("/routes").await;
    let paths = routes.as_array().unwrap();
    assert!(paths.len() > 25, "{routes}");
    let guide = include_str!("../../guide/server.md");
    for route in paths.iter().filter(|route| route["path"] != "/_vod") {
        let word = |name: &str| route[name].as_str().unwrap();
        let (method, path, doc) = (word("method"), word("path"), word("doc"));
        let path = path.trim_start_matches("/_vod");
        let line = format!("| {method} | `{path}` | {doc} |\n");
        assert!(guide.contains(&line), "{line}");
    }
    for route in paths.iter().filter(|route| route["method"] == "GET") {
        let path = route["path"].as_str().unwrap();
        if path.contains('{') || path.ends_with("stream") {
            continue;
        }
        let reply = server
            .http
            .get(format!("{}{path}", server.url))
            .send()
            .await
            .unwrap();
        assert_eq!(reply.status(), 200, "{path}");
        assert_eq!(reply.headers()["cache-control"], "no-store", "{path}");
    }
    let openapi = server.get("/openapi.json").await;
    assert_eq!(openapi["openapi"], "3.1.0");
    let facts = server.get("/facts").await;
    assert!(
        facts["counts"]["inferred"].as_u64() > Some(0),
        "{}",
        facts["counts"]
    );
}

#[tokio::test]
async fn the_clock_moves_tasks_on() {
    let server = Server::start(&["--progress", "time"]);
    let id = server.upload("t", b"file").await;
    let client = server.client();
    let before = server.get("/clock").await;
    let process = client
        .create_asset_process_task(&id)
        .template_group_name("system_template_group");
    process.await.unwrap();
    let status = async || server.get(&format!("/assets/{id}")).await["transcode"].clone();
    assert_eq!(status().await, "WAITING_TRANSCODE");
    let tasks = server.get("/tasks").await;
    assert_eq!(
        (&tasks["tasks"][0]["work"], &tasks["tasks"][0]["percent"]),
        (&json!("TRANSCODE"), &json!(0))
    );
    server
        .done("PUT", "/clock", json!({"mode": "paused"}))
        .await;
    server
        .done("POST", "/clock/advance", json!({"seconds": 600}))
        .await;
    assert_eq!(status().await, "TRANSCODE_SUCCEED");
    let after = server.get("/clock").await;
    assert_eq!(after["mode"], "paused");
    assert!(
        after["now"].as_str() > before["now"].as_str(),
        "{before} {after}"
    );
    let events = server.get("/events").await;
    let last = events["events"].as_array().unwrap().last().unwrap();
    assert_eq!(last["event"]["event_type"], "transcodeComplete");
    assert_eq!(last["project_id"], Local::PROJECT_ID);
}

#[tokio::test]
async fn tasks_go_on_by_hand() {
    let server = Server::start(&["--progress", "manual"]);
    let id = server.upload("t", b"file").await;
    let client = server.client();
    let process = client
        .create_asset_process_task(&id)
        .template_group_name("system_template_group");
    process.await.unwrap();
    let tasks = server.get("/tasks").await;
    let task = format!("/tasks/{}", tasks["tasks"][0]["id"].as_str().unwrap());
    let asset = async || server.get(&format!("/assets/{id}")).await["transcode"].clone();
    server
        .done("PATCH", &task, json!({"status": "PROCESSING"}))
        .await;
    assert_eq!(asset().await, "TRANSCODING");
    let failed = json!({"status": "FAILED", "fails_with": "VOD.10092"});
    let shown = server.done("PATCH", &task, failed).await;
    assert_eq!(shown["fails_with"], "VOD.10092");
    assert_eq!(asset().await, "TRANSCODE_FAILED");
}

#[tokio::test]
async fn the_state_can_be_taken_and_given() {
    let server = Server::start(&["--progress", "instant"]);
    let id = server.upload("t", b"file").await;
    let state = server.get("/state").await;
    let path = format!("/assets/{id}");
    server
        .done(
            "PATCH",
            &path,
            json!({"title": "other", "review": "REVIEW_BLOCKED"}),
        )
        .await;
    let detail = server.client().show_asset_detail(&id).await.unwrap();
    let title = detail
        .base_info
        .as_ref()
        .and_then(|info| info.title.clone());
    assert_eq!(title.as_deref(), Some("other"));
    let (status, error) = server.ask("PATCH", &path, json!({"id": "b"})).await;
    assert_eq!((status, &error["error"]["field"]), (400, &json!("id")));

    server.done("PUT", "/state", state.clone()).await;
    assert_eq!(server.get(&path).await["title"], "t");
    assert_eq!(server.get("/state").await, state);
    let one = server
        .get(&format!("/state?project={}", Local::PROJECT_ID))
        .await;
    server.done("PUT", "/state?project=copy", one.clone()).await;
    assert_eq!(server.get("/state?project=copy").await, one);
    server.done("POST", "/reset?project=copy", no_body()).await;
    assert_eq!(
        server.get("/projects").await["projects"],
        json!([Local::PROJECT_ID])
    );

    let seed = json!({"projects": {"p": {"assets": [{"id": "a1", "title": "seed"}]}}});
    server.done("POST", "/seed", seed).await;
    server
        .done("PATCH", "/assets/a1", json!({"title": "changed"}))
        .await;
    server.done("POST", "/reset", no_body()).await;
    assert_eq!(server.get("/assets/a1").await["title"], "seed");
    assert_eq!(server.get("/assets").await["total"], 1);
}

#[tokio::test]
async fn the_same_seed_gives_the_same_ids() {
    let mut ids = Vec::new();
    for seed in ["1", "1", "2"] {
        let server = Server::start(&["--seed", seed]);
        ids.push(create(&server.client(), "t").await.0);
    }
    assert_eq!(ids[0], ids[1]);
    assert_ne!(ids[0], ids[2]);
}

#[tokio::test]
async fn pages_of_other_sites_are_kept_out() {
    let server = Server::start(&[]);
    let url = format!("{}/_vod/reset", server.url);
    let post = |name: &str, value: &str| server.http.post(&url).header(name, value).send();
    for (name, value, status) in [
        ("origin", server.url.as_str(), 200),
        ("origin", "https://evil.example", 403),
        ("origin", "null", 403),
        ("host", "evil.example", 403),
        ("host", "localhost", 200),
    ] {
        let reply = post(name, value).await.unwrap();
        assert_eq!(reply.status(), status, "{name}: {value}");
    }
    // The service itself answers by any name.
    let request = server
        .http
        .get(&server.url)
        .header("host", "vod.example.com");
    assert_eq!(request.send().await.unwrap().status(), 404);
}

#[tokio::test]
async fn the_page_loads_nothing_from_elsewhere() {
    let server = Server::start(&[]);
    let reply = server
        .http
        .get(format!("{}/_vod/", server.url))
        .send()
        .await
        .unwrap();
    let policy = reply.headers()["content-security-policy"]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(
        policy.starts_with("default-src 'none'; script-src 'sha256-"),
        "{policy}"
    );
    let page = reply.text().await.unwrap();
    for word in ["http://", "https://", "innerHTML", "style=\"", "onclick"] {
        assert!(!page.contains(word), "{word}");
    }
}
