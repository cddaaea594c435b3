//! The chain of sources.

use vod_api::credentials::{Chain, EcsMetadata, Environment, Profile};
use vod_api::{Client, Error, ErrorKind};

use crate::fake::Fake;

#[tokio::test]
async fn the_chain_says_what_each_source_lacks() {
    let metadata = Fake::start(|_| (404, Vec::new(), String::new())).await;
    let chain = Chain::new()
        .with(Environment::new())
        .with(Profile::new().path("/nowhere/credentials"))
        .with(EcsMetadata::new().endpoint(&metadata.endpoint));
    let client = Client::builder()
        .endpoint("http://127.0.0.1:1")
        .project_id("p1")
        .credentials_provider(chain);
    let error: Error = client
        .build()
        .unwrap()
        .delete_thumbnails()
        .await
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::Credentials, 0)
    );
    assert!(!error.is_connect());
    let text = error.to_string();
    for part in [
        "HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK are not set",
        "/nowhere/credentials",
        &format!("the ECS metadata service at {}", metadata.endpoint),
    ] {
        assert!(text.contains(part), "{text}");
    }
}
