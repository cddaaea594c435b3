//! The chain of sources.

use std::net::TcpListener;

use vod_api::credentials::{Chain, EcsMetadata, Environment, Profile};
use vod_api::{Client, Credentials, Error, ErrorKind, ProvideCredentials};

use crate::common::fake::{Answer, Fake};

#[tokio::test]
async fn the_chain_says_what_each_source_lacks() {
    let metadata = Fake::start(|_| Answer::new(404, "")).await;
    let chain = Chain::new()
        .with(Environment::new())
        .with(EcsMetadata::new().endpoint(&metadata.endpoint));
    let client = Client::builder()
        .endpoint("http://127.0.0.1:1")
        .project_id("p1")
        .credentials_provider(chain);
    let error: Error = client
        .build()
        .unwrap()
        .delete_thumbnails()
        .asset_id("a1")
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
        &format!("the ECS metadata service at {}", metadata.endpoint),
    ] {
        assert!(text.contains(part), "{text}");
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_used_ends_the_search() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    // As some editors write it.
    std::fs::write(at("utf-16"), b"\xff\xfe[\0b\0").unwrap();
    std::fs::write(at("empty"), "").unwrap();
    let below = at("utf-16").join("below");
    // Each system has words of its own.
    let said = |path| std::fs::read(path).unwrap_err().to_string();
    for (path, why) in [
        (at("utf-16"), "it is UTF-16; save it as UTF-8"),
        (below.clone(), &*said(below)),
        (
            folder.path().to_owned(),
            "it is a directory, not a regular file",
        ),
        (at("typo"), &said(at("typo"))),
        (at("empty"), "there is no section [basic]"),
    ] {
        let chain = Chain::new()
            .with(Profile::new().path(&path))
            .with(Credentials::token("other"));
        let client = Client::builder()
            .endpoint("http://127.0.0.1:1")
            .project_id("p1")
            .credentials_provider(chain);
        let client = client.build().unwrap();
        let error = client.delete_thumbnails().asset_id("a1").await.unwrap_err();
        let path = path.display();
        let wanted = format!(
            "DeleteThumbnails: the credentials could not be obtained: the credentials file {path}: {why}"
        );
        assert!(error.to_string().starts_with(&wanted), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_can_pass_can_pass_in_a_chain() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let silent = format!("http://{}", silent.local_addr().unwrap());
    let chain = || Chain::new().with(EcsMetadata::new().endpoint(&silent));
    let lacking = Environment::new;
    for chain in [chain(), chain().with(lacking())] {
        let error = chain.provide().await.unwrap_err();
        assert!(error.is_transient(), "{error}");
        assert_eq!(error.to_string().matches("no answer").count(), 1, "{error}");
    }
    let error = Chain::new().with(lacking()).provide().await.unwrap_err();
    assert!(!error.is_transient(), "{error}");
}
