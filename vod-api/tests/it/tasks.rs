//! Tasks of media assets, which are listed beside earlier ones. All time is tokio's and paused.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use vod_api::model::*;
use vod_api::{Client, Error, ErrorKind, Retry, Task, TaskParts, parse_time};
use vod_local::{ReceivedRequest, Reply, Service};

use crate::common::backend;

/// A task as the service lists it.
#[derive(Debug, Clone)]
struct Listed {
    asset: String,
    kind: &'static str,
    created: String,
    /// What it is, one after the other; the last stays.
    states: VecDeque<&'static str>,
}

/// The tasks of a service, and how the ones to come will go.
#[derive(Debug, Default)]
struct Backend {
    listed: Vec<Listed>,
    next: VecDeque<&'static [&'static str]>,
    /// When the next task is created.
    now: String,
}

const EARLIER: &str = "2026-03-20T08:00:00Z";

type Shared = Arc<Mutex<Backend>>;

async fn start(next: &[&'static [&'static str]]) -> (Service, Client, Shared) {
    let service = Service::start().await.unwrap();
    let backend = Arc::new(Mutex::new(Backend {
        listed: Vec::new(),
        next: next.iter().copied().collect(),
        now: vod_api::format_rfc3339(std::time::SystemTime::now()),
    }));
    let shared = backend.clone();
    service.respond(move |request| shared.lock().unwrap().answer(request));
    let client = service.client().retry_policy(Retry::never());
    (service, client.build().unwrap(), backend)
}

impl Backend {
    fn add(&mut self, asset: &str, kind: &'static str, states: &[&'static str]) {
        self.listed.push(Listed {
            asset: asset.to_owned(),
            kind,
            created: self.now.clone(),
            states: states.iter().copied().collect(),
        });
    }

    fn answer(&mut self, request: &ReceivedRequest) -> Reply {
        let parameters = request.parameters();
        match request.operation() {
            Some("CreateAssetProcessTask") => {
                let asset = parameters["asset_id"].as_str().unwrap();
                for (parameter, kind) in [
                    ("template_group_name", "TRANSCODE"),
                    ("thumbnail", "THUMBNAIL"),
                ] {
                    if !parameters[parameter].is_null() {
                        let states = self.next.pop_front().unwrap();
                        self.add(asset, kind, states);
                    }
                }
                Reply::json(202, json!({"asset_id": asset}))
            }
            Some("ListAssetTaskInfo") => self.list(parameters),
            Some("ListAssetList") => {
                let reason = "asset_exec_desc:Published;transcode_exec_desc:No video stream.;";
                let asset = json!({"asset_id": parameters["asset_id"][0], "exec_desc": reason});
                Reply::json(200, json!({"assets": [asset]}))
            }
            other => panic!("{other:?}"),
        }
    }

    /// In pages of three, so that lists have several.
    fn list(&mut self, parameters: &Value) -> Reply {
        let kind = parameters["type"].as_str().unwrap_or("TRANSCODE");
        let after = parameters["create_time_after"]
            .as_str()
            .and_then(parse_time);
        let from: usize = parameters["marker"]
            .as_str()
            .map_or(0, |it| it.parse().unwrap());
        let fits = |it: &&mut Listed| {
            it.kind == kind
                && (parameters["asset_id"].is_null() || parameters["asset_id"] == it.asset)
                && after.is_none_or(|after| parse_time(&it.created).unwrap() >= after)
        };
        let mut fitting = self.listed.iter_mut().filter(fits).skip(from);
        let mut results = Vec::new();
        for task in fitting.by_ref().take(3) {
            let state = task.states[0];
            if task.states.len() > 1 {
                task.states.pop_front();
            }
            results.push(json!({
                "type": kind,
                "asset_id": task.asset,
                "status": state,
                "create_time": task.created,
            }));
        }
        let more = fitting.next().is_some();
        let next = more.then(|| (from + 3).to_string());
        Reply::json(200, json!({"results": results, "next_marker": next}))
    }
}

async fn transcode(client: &Client, asset: &str) -> Task<CreateAssetProcessTaskRequest> {
    let call = client.create_asset_process_task(asset);
    call.template_group_name("hls").start().await.unwrap()
}

/// The state of each task in the last answer, or what kind of error it was.
fn end(answer: Result<vod_api::Response<ListAssetTaskInfoResponse>, Error>) -> Vec<String> {
    match answer {
        Ok(answer) => {
            let states = answer.results.iter().flat_map(|it| &it.status);
            states.map(|it| it.as_str().to_owned()).collect()
        }
        Err(error) => vec![format!("{:?}", error.kind())],
    }
}

#[tokio::test(start_paused = true)]
async fn an_earlier_task_is_not_taken_for_the_new_one() {
    struct Case {
        name: &'static str,
        earlier: &'static [&'static str],
        /// Whether the earlier ones were created in the same second.
        at_once: bool,
        new: &'static [&'static str],
        end: &'static str,
    }
    let cases = [
        Case {
            name: "none",
            earlier: &[],
            at_once: false,
            new: &["WAITING", "SUCCEED"],
            end: "SUCCEED",
        },
        Case {
            name: "one that failed",
            earlier: &["FAILED"],
            at_once: false,
            new: &["WAITING", "PROCESSING", "SUCCEED"],
            end: "SUCCEED",
        },
        Case {
            name: "one that succeeded",
            earlier: &["SUCCEED"],
            at_once: false,
            new: &["WAITING", "FAILED"],
            end: "Task",
        },
        Case {
            name: "several, on two pages",
            earlier: &["SUCCEED", "FAILED", "SUCCEED", "FAILED"],
            at_once: false,
            new: &["WAITING", "SUCCEED"],
            end: "SUCCEED",
        },
        Case {
            name: "one in the same second",
            earlier: &["FAILED"],
            at_once: true,
            new: &["WAITING", "SUCCEED"],
            end: "SUCCEED",
        },
        Case {
            name: "one that goes on",
            earlier: &["PROCESSING"],
            at_once: true,
            new: &["SUCCEED"],
            end: "SUCCEED",
        },
    ];
    for case in cases {
        let (service, client, backend) = start(&[case.new]).await;
        {
            let mut backend = backend.lock().unwrap();
            let now = backend.now.clone();
            if !case.at_once {
                backend.now = EARLIER.to_owned();
            }
            for state in case.earlier {
                backend.add("a1", "TRANSCODE", &[state]);
            }
            backend.now = now;
        }
        let task = transcode(&client, "a1").await;
        let begin = service.requests().len();
        assert_eq!(end(task.until_done().await), [case.end], "{}", case.name);
        let asked = service.requests().split_off(begin);
        let lists = asked
            .iter()
            .filter(|it| it.operation() == Some("ListAssetTaskInfo"));
        assert_eq!(lists.count(), case.new.len(), "{}", case.name);

        // What is stored knows them as well.
        let stored = serde_json::to_string(&task.into_parts()).unwrap();
        let parts: TaskParts<CreateAssetProcessTaskRequest> =
            serde_json::from_str(&stored).unwrap();
        let task = client.task(parts);
        assert_eq!(end(task.until_done().await), [case.end], "{}", case.name);
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_waits_for_what_it_asked_for() {
    let snapshots = || ThumbnailSettings::new(ThumbnailType::Time);
    let asked = |service: &Service| {
        let requests = service.requests().into_iter();
        let lists = requests.filter(|it| it.operation() == Some("ListAssetTaskInfo"));
        let kinds = lists.map(|it| it.parameters()["type"].as_str().unwrap().to_owned());
        kinds.collect::<Vec<_>>()
    };

    let (service, client, _) = start(&[&["PROCESSING", "SUCCEED"]]).await;
    let call = client
        .create_asset_process_task("a1")
        .thumbnail(snapshots());
    let task = call.start().await.unwrap();
    assert_eq!(end(task.until_done().await), ["SUCCEED"]);
    assert_eq!(asked(&service), ["THUMBNAIL", "THUMBNAIL", "THUMBNAIL"]);

    let (service, client, _) = start(&[&["SUCCEED"], &["PROCESSING", "FAILED"]]).await;
    let call = client
        .create_asset_process_task("a1")
        .thumbnail(snapshots());
    let task = call.template_group_name("hls").start().await.unwrap();
    assert_eq!(end(task.until_done().await), ["Task"]);
    let both = ["TRANSCODE", "THUMBNAIL"];
    assert_eq!(asked(&service), [&both[..], &both, &["THUMBNAIL"]].concat());

    // Without the check, a request can ask for nothing.
    let parts = TaskParts::new(
        CreateAssetProcessTaskRequest::new("a1"),
        CreateAssetProcessTaskResponse::default(),
        std::time::SystemTime::now(),
    );
    let error = client.task(parts).until_done().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "CreateAssetProcessTask: the request starts no task that can be waited for"
    );
}

#[tokio::test(start_paused = true)]
async fn a_task_that_fails_says_why() {
    let (_service, client, _) = start(&[&["FAILED"]]).await;
    let error = transcode(&client, "a1")
        .await
        .until_done()
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Task);
    assert_eq!(
        error.message(),
        "the task of CreateAssetProcessTask has failed: its state is FAILED, and the service \
         says: No video stream."
    );
    let answer: ListAssetTaskInfoResponse = error.task_answer().unwrap();
    assert_eq!(answer.results[0].asset_id.as_deref(), Some("a1"));
    assert_eq!(answer.results[0].status, Some(TaskStatus::Failed));
}

#[tokio::test(start_paused = true)]
async fn one_call_asks_for_many_tasks() {
    let (service, client, backend) = start(&[
        &["WAITING", "SUCCEED"],
        &["FAILED"],
        &["PROCESSING", "PROCESSING", "SUCCEED"],
    ])
    .await;
    backend
        .lock()
        .unwrap()
        .add("other", "TRANSCODE", &["FAILED"]);
    backend.lock().unwrap().add("a1", "TRANSCODE", &["FAILED"]);
    let mut tasks = Vec::new();
    for asset in ["a1", "a2", "a3"] {
        tasks.push(transcode(&client, asset).await);
    }
    let begin = service.requests().len();
    let ends = Task::until_all_done(&tasks).await.unwrap();
    let ends: Vec<_> = ends.into_iter().map(end).collect();
    assert_eq!(ends, [["SUCCEED"], ["Task"], ["SUCCEED"]]);
    let asked = service.requests().split_off(begin);
    let lists = asked
        .iter()
        .filter(|it| it.operation() == Some("ListAssetTaskInfo"));
    // Two pages each for three tasks and for two of them; the last is asked for alone.
    let ids: Vec<_> = lists
        .map(|it| it.parameters()["asset_id"].as_str())
        .collect();
    assert_eq!(ids, [None, None, None, None, Some("a3")]);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_started_if_it_cannot_be_told_from_earlier_tasks() {
    let service = backend::Backend::start().await;
    let client = service.client().build().unwrap();
    let refusal = Reply::error(403, "VOD.10074", "Not allowed.");
    service.reply_to("ListAssetTaskInfo", refusal);
    let call = client
        .create_asset_process_task("a1")
        .template_group_name("hls");
    let error = call.start().await.unwrap_err();
    assert_eq!(error.operation(), Some("ListAssetTaskInfo"));
    assert_eq!(service.requests().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn what_is_refused_is_not_asked_about() {
    let service = backend::Backend::start().await;
    let client = service.client().build().unwrap();
    let call = client.create_asset_process_task("a1");
    assert!(call.start().await.unwrap_err().is_invalid_request());
    assert!(service.requests().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_task_counts_from_its_start() {
    let (_service, client, backend) = start(&[]).await;
    {
        let mut backend = backend.lock().unwrap();
        for (asset, time, state) in [
            ("a1", "2026-03-20T10:00:01Z", "SUCCEED"),
            ("a2", "2026-03-20T11:00:00Z", "FAILED"),
            ("a2", "2026-03-20T12:00:01Z", "SUCCEED"),
            ("a2", "2026-03-20T13:00:00Z", "FAILED"),
            ("a3", "2026-03-20T11:00:00Z", "FAILED"),
        ] {
            backend.now = time.to_owned();
            backend.add(asset, "TRANSCODE", &[state]);
        }
    }
    let task = |asset: &str, started: &str| {
        let request = CreateAssetProcessTaskRequest::new(asset).template_group_name("hls");
        let reply = CreateAssetProcessTaskResponse::default();
        client.task(TaskParts::new(request, reply, parse_time(started).unwrap()))
    };
    // The second was started after an earlier one had failed, and another one followed it.
    let tasks = [
        task("a1", "2026-03-20T10:00:00Z"),
        task("a2", "2026-03-20T12:00:00Z"),
    ];
    for task in &tasks {
        assert_eq!(end(task.until_done().await), ["SUCCEED"]);
    }
    let ends = Task::until_all_done(&tasks).await.unwrap();
    let ends: Vec<_> = ends.into_iter().map(end).collect();
    assert_eq!(ends, [["SUCCEED"], ["SUCCEED"]]);

    // Nor does an earlier one count while the new one is not listed yet.
    let tasks = [
        task("a1", "2026-03-20T10:00:00Z"),
        task("a3", "2026-03-20T12:00:00Z"),
    ];
    let waiter = Task::until_all_done(&tasks).with_deadline(Duration::from_secs(60));
    let ends: Vec<_> = waiter.await.unwrap().into_iter().map(end).collect();
    assert_eq!(ends, [["SUCCEED"], ["Timeout"]]);
}
