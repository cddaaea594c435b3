//! The client as its users see it; no service is needed.

use std::future::IntoFuture;

use vod_api::model::{DeleteThumbnailsRequest, DeleteThumbnailsResponse, ThumbnailDeletionStatus};
use vod_api::{
    Call, Client, ClientBuilder, Credentials, Error, ErrorKind, Operation, Region, Response, Sent,
};

fn builder() -> ClientBuilder {
    Client::builder()
        .endpoint("http://127.0.0.1:9")
        .project_id("p1")
        .credentials(Credentials::new("my-access", "my-secret"))
}

fn refusal(builder: ClientBuilder) -> String {
    let error = match builder.build() {
        Ok(client) => return format!("{client:?}"),
        Err(error) => error,
    };
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert_eq!(
        (error.was_sent(), error.attempts(), error.operation()),
        (Sent::No, 0, None)
    );
    error.to_string()
}

#[test]
fn can_be_shared_and_sent() {
    fn shared<T: Send + Sync + Clone + 'static>() {}
    fn sent<T: Send + 'static>(value: T) -> usize {
        size_of_val(&value)
    }
    shared::<Client>();
    shared::<Credentials>();
    shared::<Region>();
    let client = builder().build().unwrap();
    // The same for every operation: the request is not in it.
    let size = sent(client.delete_thumbnails().asset_id("a1").send());
    assert!(size < 3072, "{size}");
    assert_eq!(
        size,
        sent(client.create_asset_by_file_upload("", "", "").send())
    );
    sent(client.delete_thumbnails().asset_id("a1").into_future());
    fn parts<O: Operation>(_: Call<O>, _: fn(Response<O::Response>)) {}
    parts(
        client.delete_thumbnails().asset_id("a1"),
        |reply: Response<DeleteThumbnailsResponse>| drop(reply),
    );
    assert_eq!(size_of::<Error>(), size_of::<usize>());
}

#[test]
fn says_what_is_missing() {
    let none = Client::builder();
    assert_eq!(
        refusal(none.clone()),
        "there is no region: call ClientBuilder::region or ClientBuilder::endpoint"
    );
    // All else can be found out when it is needed.
    assert!(none.endpoint("http://localhost").build().is_ok());
}

#[test]
fn refuses_what_cannot_work() {
    for (bad, why) in [
        (builder().endpoint("http://vod.example.com"), "allow_http"),
        (builder().endpoint("http://localhost/prefix"), "path"),
        (builder().project_id(""), "project id"),
        (builder().project_id("../x"), "project id"),
        (
            builder().credentials(Credentials::new("a", "hidden\n")),
            "secret key",
        ),
        (
            Client::builder()
                .region(Region::new("evil.example/"))
                .project_id("p1"),
            "region",
        ),
    ] {
        let error = refusal(bad);
        assert!(error.contains(why) && !error.contains("hidden"), "{error}");
    }
    assert!(
        builder()
            .endpoint("http://vod.example.com")
            .allow_http(true)
            .build()
            .is_ok()
    );
}

#[test]
fn regions_lead_to_endpoints() {
    let client = Client::builder()
        .region(Region::CN_NORTH_4)
        .project_id("p1")
        .credentials(Credentials::token("my-token"))
        .timeout(None)
        .connect_timeout(std::time::Duration::from_secs(1));
    let text = format!("{:?}", client.build().unwrap());
    assert!(
        text.contains("https://vod.cn-north-4.myhuaweicloud.com"),
        "{text}"
    );
}

#[test]
fn debug_shows_no_secret() {
    let client = builder().build().unwrap();
    for text in [
        format!("{client:?}"),
        format!("{:?}", builder()),
        format!("{:?}", client.delete_thumbnails().asset_id("a1")),
    ] {
        assert!(!text.contains("my-secret"), "{text}");
    }
    assert!(format!("{client:?}").contains("my-access"));
}

#[test]
fn requests_can_be_stored_and_replayed() {
    let client = builder().build().unwrap();
    let request = client
        .delete_thumbnails()
        .asset_id("a")
        .task_ids(["t1", "t2"])
        .into_request();
    let stored = serde_json::to_string(&request).unwrap();
    assert_eq!(stored, r#"{"asset_id":"a","task_id":["t1","t2"]}"#);
    let read: DeleteThumbnailsRequest = serde_json::from_str(&stored).unwrap();
    assert_eq!(client.execute(read).into_request(), request);
}

#[test]
fn documented_replies_round_trip() {
    for meta in vod_api::operation::all() {
        assert!(
            meta.reply.is_some() || meta.example.is_none(),
            "{}",
            meta.name
        );
    }
    let body = DeleteThumbnailsRequest::META.example.unwrap();
    let reply: DeleteThumbnailsResponse = serde_json::from_str(body).unwrap();
    assert_eq!(
        reply.delete_result_array[0].status,
        Some(ThumbnailDeletionStatus::Deleted)
    );
    let again: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(serde_json::to_value(&reply).unwrap(), again);
}
