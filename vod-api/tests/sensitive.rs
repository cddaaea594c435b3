//! What a reply keeps secret is read, and not shown.

use std::fmt::Debug;

use serde_json::json;
use vod_api::Retry;
use vod_api::test_util::{Reply, Service};

fn show(value: &impl Debug) -> String {
    format!("{value:?} {value:#?}")
}

#[tokio::test(start_paused = true)]
async fn is_left_out_of_errors_and_replies() {
    let service = Service::start().await.unwrap();
    let client = service.client().retry_policy(Retry::never());
    let client = client.build().unwrap();
    let whole = || Reply::json(200, json!({"dk": "key-of-a-stream", "edk": "e".repeat(99)}));
    let misfit = json!({"asset_id": ["a1"], "dk": "key-of-a-stream"});
    for reply in [
        whole().cut_off(),
        Reply::json(200, misfit),
        Reply::status(200).body("{\"dk\": \"key-of-a-stream\""),
    ] {
        service.reply(reply);
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
