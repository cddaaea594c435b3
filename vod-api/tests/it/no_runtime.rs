//! Outside of tokio there is an error, where timers and sockets would panic.

use std::fmt::Debug;
use std::future::IntoFuture;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime};

use serde_json::json;
use vod_api::credentials::{Chain, EcsMetadata, IamPassword, Profile};
use vod_api::http::Method;
use vod_api::model::RefreshAssetRequest;
use vod_api::{Client, Credentials, Error, ErrorKind, ProvideCredentials, TaskParts};

/// Does the work as an executor that is not tokio's.
fn failure<T: Debug>(work: impl Future<Output = Result<T, Error>>) -> Error {
    match pin!(work).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => result.unwrap_err(),
        Poll::Pending => panic!("it waits"),
    }
}

#[test]
fn calls_say_that_they_need_a_runtime() {
    let client = Client::builder()
        .endpoint("http://127.0.0.1:1")
        .project_id("p1")
        .credentials(Credentials::new("ak", "sk"))
        .build()
        .unwrap();
    let request = RefreshAssetRequest::new();
    let reply = serde_json::from_value(json!({"task_id": "t1"})).unwrap();
    let task = client.task(TaskParts::new(request, reply, SystemTime::now()));
    let mut items = client.list_asset_list().items();
    let mut batches = client.delete_assets(["a1"]).in_batches();
    for error in [
        failure(client.delete_thumbnails().asset_id("a1").send()),
        failure(IntoFuture::into_future(
            client.raw(Method::GET, "/v1/{project_id}/x"),
        )),
        failure(async { items.next().await.transpose() }),
        failure(async { batches.next().await.unwrap().result }),
        failure(IntoFuture::into_future(
            task.until_done().with_deadline(Duration::from_secs(1)),
        )),
    ] {
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(
            error.to_string().contains(
                "there is no tokio runtime: await calls in a function with #[tokio::main] or in Runtime::block_on"
            ),
            "{error}"
        );
    }
}

#[test]
fn so_do_sources_of_credentials() {
    let metadata = || EcsMetadata::new().endpoint("http://127.0.0.1:1");
    let iam = IamPassword::new("a", "u", "password", "cn-north-4");
    for error in [
        failure(metadata().provide()),
        failure(iam.endpoint("http://127.0.0.1:1").provide()),
        failure(Profile::new().path("/nowhere").provide()),
        failure(Chain::new().with(metadata()).provide()),
    ] {
        assert!(
            error.to_string().contains("there is no tokio runtime"),
            "{error}"
        );
    }
}
