//! Without TLS, `https` is an error that says what to do, unless the HTTP client is one that the caller has set up.

#![cfg(not(any(
    feature = "rustls",
    feature = "rustls-no-provider",
    feature = "native-tls"
)))]

use vod_api::{Client, ClientBuilder, Credentials, ErrorKind, Sent};

fn builder() -> ClientBuilder {
    // A port that nobody may listen on.
    Client::builder()
        .endpoint("https://127.0.0.1:1")
        .project_id("p1")
        .credentials(Credentials::new("ak", "sk"))
}

#[test]
fn https_needs_a_feature() {
    let region = Client::builder()
        .region("cn-north-4")
        .credentials(Credentials::new("ak", "sk"));
    let own = "https://vod.cn-north-4.myhuaweicloud.com";
    for (builder, origin) in [(builder(), "https://127.0.0.1:1"), (region, own)] {
        let error = builder.build().unwrap_err();
        assert_eq!(
            (error.kind(), error.was_sent()),
            (ErrorKind::Configuration, Sent::No)
        );
        let wanted = format!("{origin} needs one of the features `rustls`");
        assert!(error.message().starts_with(&wanted), "{error}");
    }
}

#[tokio::test]
async fn what_another_client_can_do_is_its_own_business() {
    let http = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy();
    let client = builder().http_client(http.build().unwrap());
    let error = client
        .build()
        .unwrap()
        .delete_thumbnails()
        .asset_id("a1")
        .await
        .unwrap_err();
    assert_ne!(error.kind(), ErrorKind::Configuration, "{error}");
}
