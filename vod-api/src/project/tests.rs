use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use http::{HeaderMap, StatusCode};
use serde_json::json;

use super::*;

fn project(given: Option<&str>, region: Option<&str>) -> Project {
    let variables = Variables::new(|_| None);
    let iam = Iam::new(Some("http://127.0.0.1:9".into()), variables, false).unwrap();
    Project::new(given.map(str::to_owned), region.map(Region::from), iam)
}

fn credentials() -> Credentials {
    Credentials::token("t")
}

fn reply(body: Value) -> ResponseMeta {
    let mut headers = HeaderMap::new();
    headers.insert("x-iam-trace-id", "trace-1".parse().unwrap());
    let mut reply = ResponseMeta::new(StatusCode::OK, headers);
    reply.body = body.to_string().into();
    reply
}

async fn answered(project: &Project, body: Value) -> Result<String, Error> {
    let send = |endpoint: Endpoint, call: RawCall| async move {
        assert_eq!(endpoint.origin(), "http://127.0.0.1:9");
        assert_eq!(
            (call.path.of_project("p1").as_str(), call.query.as_str()),
            ("/v3/projects", "name=cn-x-1")
        );
        Ok(reply(body))
    };
    project.id(&credentials(), send).await
}

async fn unasked(project: &Project, credentials: &Credentials) -> Result<String, Error> {
    let send = |_, _| async { Err(Error::configuration("asked")) };
    project.id(credentials, send).await
}

#[tokio::test]
async fn what_is_known_is_not_looked_up() {
    let own = credentials().with_project_id("own");
    let given = project(Some("given"), Some("cn-x-1"));
    assert_eq!(unasked(&given, &own).await.unwrap(), "given");
    let open = project(None, Some("cn-x-1"));
    assert_eq!(unasked(&open, &own).await.unwrap(), "own");
    assert_eq!(open.known(), None);
    assert_eq!(
        answered(&open, json!({"projects": [{"id": "p1"}]}))
            .await
            .unwrap(),
        "p1"
    );
    assert_eq!(open.known(), Some("p1"));
    assert_eq!(unasked(&open, &credentials()).await.unwrap(), "p1");
}

#[tokio::test]
async fn says_why_there_is_none() {
    for (body, why) in [
        (
            json!({"projects": []}),
            "there is no project for the region cn-x-1; ",
        ),
        (
            json!({"projects": [{"id": "p1"}, {"id": "p2"}]}),
            "the region cn-x-1 has several projects, p1, p2; ",
        ),
        (
            json!({"project": 1}),
            "IAM answered in a way that does not tell the project of cn-x-1; ",
        ),
    ] {
        let error = answered(&project(None, Some("cn-x-1")), body)
            .await
            .unwrap_err();
        let wanted = format!("{why}call ClientBuilder::project_id (request id of IAM: trace-1)");
        assert_eq!(error.to_string(), wanted);
    }
    let error = answered(
        &project(None, Some("cn-x-1")),
        json!({"projects": [{"id": "../p"}]}),
    )
    .await;
    assert!(error.unwrap_err().to_string().contains("\"../p\""));

    let nowhere = project(None, None);
    let error = unasked(&nowhere, &credentials()).await.unwrap_err();
    assert!(error.to_string().starts_with("no project id: "), "{error}");
}

#[tokio::test(start_paused = true)]
async fn one_look_up_serves_all() {
    let project = project(None, Some("cn-x-1"));
    let count = AtomicU32::new(0);
    let send = |_, _| async {
        count.fetch_add(1, Ordering::Relaxed);
        tokio::time::sleep(Duration::from_secs(1)).await;
        Ok(reply(json!({"projects": [{"id": "p1"}]})))
    };
    let credentials = credentials();
    let (one, other) = tokio::join!(
        project.id(&credentials, send),
        project.id(&credentials, send)
    );
    assert_eq!((one.unwrap(), other.unwrap()), ("p1".into(), "p1".into()));
    assert_eq!(count.load(Ordering::Relaxed), 1);
}

#[cfg(feature = "rustls")]
#[test]
fn iam_is_where_it_is_said_to_be() {
    let region = Region::CN_NORTH_4;
    let variables = || {
        Variables::new(|name| {
            (name == "HUAWEICLOUD_SDK_IAM_ENDPOINT").then(|| "iam.example.com".to_owned())
        })
    };
    let origin = |iam: Result<Iam, String>, named| {
        iam.and_then(|iam| Ok(iam.endpoint(named, &region)?.origin().to_owned()))
    };
    let given = Iam::new(Some("http://localhost:1".into()), variables(), false);
    assert_eq!(
        origin(given, Some("a.example")).unwrap(),
        "http://localhost:1"
    );
    let set = || Iam::new(None, variables(), false);
    assert_eq!(
        origin(set(), Some("a.example")).unwrap(),
        "https://a.example"
    );
    assert_eq!(origin(set(), None).unwrap(), "https://iam.example.com");
    let usual = Iam::new(None, Variables::new(|_| None), false);
    assert_eq!(
        origin(usual, None).unwrap(),
        "https://iam.cn-north-4.myhuaweicloud.com"
    );
    let bad = Iam::new(Some("http://iam.example.com".into()), variables(), false);
    assert!(bad.err().unwrap().starts_with("IAM: http would send"));
}
