//! What a reply keeps secret is read, and not shown.

use std::fmt::Debug;

use serde_json::json;
use vod_api::credentials::IamPassword;
use vod_api::http::header::{HeaderMap, HeaderName, HeaderValue};
use vod_api::{Client, Retry};
use vod_local::{Reply, Service};

fn show(value: &impl Debug) -> String {
    format!("{value:?} {value:#?}")
}

#[tokio::test]
async fn headers_of_another_http_client_are_not_shown() {
    let key = HeaderValue::from_static("key-of-a-gateway");
    let headers = HeaderMap::from_iter([(HeaderName::from_static("x-gateway-key"), key)]);
    let http = reqwest::Client::builder().default_headers(headers);
    let http = http.build().unwrap();
    let user = IamPassword::new("a", "u", "a-password", "cn-north-4").http_client(http.clone());
    let builder = Client::builder().region("cn-north-4").http_client(http);
    let builder = builder.credentials_provider(user);
    let shown = show(&builder) + &show(&builder.clone().build().unwrap());
    assert!(shown.contains("IamPassword"), "{shown}");
    assert!(!shown.contains("gateway"), "{shown}");
}

#[tokio::test(start_paused = true)]
async fn is_left_out_of_errors_and_replies() {
    let service = Service::start().await.unwrap();
    let client = service.client().retry_policy(Retry::never());
    let client = client.build().unwrap();
    let whole = || Reply::json(200, json!({"dk": "key-of-a-stream", "edk": "e".repeat(99)}));
    let misfit = json!([{"asset_id": "a1", "dk": "key-of-a-stream"}]);
    for reply in [
        whole().cut_off(),
        Reply::json(200, misfit),
        Reply::status(200).body("{\"dk\": \"key-of-a-stream\""),
    ] {
        service.reply(reply.unchecked());
        let error = client.show_asset_cipher("a1").await.unwrap_err();
        let body = error.raw_body().unwrap();
        assert!(body.windows(15).any(|part| part == b"key-of-a-stream"));
        let shown = format!("{error} ") + &show(&error);
        assert!(!shown.contains("key-of-a-stream"), "{shown}");
    }
    service.reply(whole());
    let reply = client.show_asset_cipher("a1").await.unwrap();
    assert_eq!(reply.key.as_deref(), Some("key-of-a-stream"));
    let shown = show(&reply) + &show(reply.meta());
    assert!(!shown.contains("key-of-a-stream"), "{shown}");
}
