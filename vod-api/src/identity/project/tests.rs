use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use http::{HeaderMap, StatusCode};
use serde_json::json;

use super::*;
#[cfg(feature = "rustls")]
use crate::endpoints::AddressError;
use crate::error::{ErrorKind, Sent};
use crate::variables::Variables;

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
    let send = |endpoint: Endpoint, call: EncodedCall| async move {
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
    assert_eq!(open.known().as_deref(), Some("p1"));
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
            "the answer of IAM does not contain the project of cn-x-1; ",
        ),
    ] {
        let error = answered(&project(None, Some("cn-x-1")), body)
            .await
            .unwrap_err();
        let wanted = format!("{why}call ClientBuilder::project_id (request id of IAM: trace-1)");
        assert_eq!(error.to_string(), wanted);
    }
    for (id, why) in [
        ("../p".to_owned(), "\"../p\" can only contain"),
        (
            "x".repeat(1 << 19),
            "has 524288 characters; at most 128 are allowed",
        ),
    ] {
        let project = project(None, Some("cn-x-1"));
        let error = answered(&project, json!({"projects": [{"id": id}]})).await;
        let text = error.unwrap_err().to_string();
        assert!(text.contains(why) && text.len() < 500, "{text}");
        assert_eq!(project.known(), None);
    }
    let many: Vec<_> = (0..1000)
        .map(|id| json!({"id": format!("p{id}")}))
        .collect();
    let error = answered(&project(None, Some("cn-x-1")), json!({"projects": many})).await;
    let text = error.unwrap_err().to_string();
    let wanted = "the region cn-x-1 has several projects, p0, p1, p2, p3, p4 and 995 more; ";
    assert!(text.starts_with(wanted), "{text}");

    let nowhere = project(None, None);
    let error = unasked(&nowhere, &credentials()).await.unwrap_err();
    assert!(
        error.to_string().starts_with("there is no project id: "),
        "{error}"
    );
}

#[tokio::test]
async fn the_name_counts_if_iam_gives_others_as_well() {
    let all = json!({"projects": [
        {"id": "p1", "name": "cn-x-1_test"},
        {"id": "p2", "name": "cn-x-1"},
        {"id": "p3", "name": "cn-x-12"},
    ]});
    let id = answered(&project(None, Some("cn-x-1")), all).await;
    assert_eq!(id.unwrap(), "p2");
    let other = json!({"projects": [{"id": "p1", "name": "cn-x-2"}]});
    let error = answered(&project(None, Some("cn-x-1")), other).await;
    let text = error.unwrap_err().to_string();
    assert!(
        text.starts_with("there is no project for the region cn-x-1; "),
        "{text}"
    );
}

#[tokio::test(start_paused = true)]
async fn an_id_that_is_refused_is_looked_up_again_in_a_while() {
    let project = project(None, Some("cn-x-1"));
    let body = |id: &str| json!({"projects": [{"id": id}]});
    assert_eq!(answered(&project, body("p1")).await.unwrap(), "p1");
    project.refused("p1");
    assert_eq!(project.known().as_deref(), Some("p1"));
    tokio::time::sleep(Duration::from_secs(60)).await;
    project.refused("another");
    assert_eq!(project.known().as_deref(), Some("p1"));
    project.refused("p1");
    assert_eq!(answered(&project, body("p2")).await.unwrap(), "p2");
    project.refused("p1");
    assert_eq!(project.known().as_deref(), Some("p2"));
}

#[tokio::test]
async fn a_host_that_is_not_there_is_that_of_a_region_that_is_not_there() {
    let failed = async |region| {
        let unreachable = || Error::new(ErrorKind::Connect, Sent::No, "could not connect");
        let send = |_, _| async { Err(unreachable()) };
        let project = project(None, Some(region));
        project.id(&credentials(), send).await.unwrap_err()
    };
    let error = failed("cn-nroth-4").await;
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert_eq!(
        error.to_string(),
        "the project id of cn-nroth-4 could not be looked up at http://127.0.0.1:9: could not connect; the region \
         \"cn-nroth-4\" is not known: did you mean \"cn-north-4\"?"
    );
    assert_eq!(failed("cn-north-4").await.kind(), ErrorKind::Credentials);
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
    let origin = |iam: Result<Iam, AddressError>, named| {
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
    let bad = bad.err().unwrap().to_string();
    assert!(
        bad.starts_with("IAM: the endpoint has the scheme http, "),
        "{bad}"
    );
}
