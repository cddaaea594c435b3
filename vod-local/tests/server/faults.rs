//! Failures that are asked for from outside.

use std::time::Instant;

use serde_json::json;

use crate::{Server, create, no_body};

#[tokio::test]
async fn the_service_fails_as_often_as_asked() {
    let server = Server::start(&[]);
    let client = server.client();
    let fault = json!({"operation": "ListAssetList", "times": 2, "status": 503, "headers": {"Retry-After": "3"}});
    let told = server.done("POST", "/faults", fault).await;
    assert_eq!(
        (&told["id"], &told["times"]),
        (&json!("service-1"), &json!(2))
    );
    client.list_category_info([0]).await.unwrap();
    for _ in 0..2 {
        let error = client.list_asset_list().await.unwrap_err();
        assert_eq!(error.status().map(|status| status.as_u16()), Some(503));
    }
    client.list_asset_list().await.unwrap();
    assert_eq!(server.get("/faults").await["faults"], json!([]));

    let error = json!({"code": "VOD.10062", "status": 400, "message": "gone", "always": true});
    server.done("POST", "/faults", error).await;
    for _ in 0..3 {
        assert!(client.list_asset_list().await.unwrap_err().is_not_found());
    }
    let shown = server.get("/requests?operation=ListAssetList").await;
    let last = shown["requests"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&last["source"], &last["error_code"]),
        (&json!("fault"), &json!("VOD.10062"))
    );
    server.done("DELETE", "/faults/service-2", no_body()).await;
    client.list_asset_list().await.unwrap();
    assert_eq!(
        server.ask("DELETE", "/faults/service-2", no_body()).await.0,
        404
    );
}

#[tokio::test]
async fn delays_and_broken_replies() {
    let server = Server::start(&[]);
    let client = server.client();
    server
        .done("POST", "/faults", json!({"delay_ms": 60}))
        .await;
    let start = Instant::now();
    // What comes late is the answer from the state.
    assert_eq!(client.list_asset_list().await.unwrap().total, Some(0));
    assert!(start.elapsed().as_millis() >= 60);
    for kind in ["reset", "cut-off"] {
        server
            .done("POST", "/faults", json!({"kind": kind, "status": 200}))
            .await;
        assert!(client.list_asset_list().await.is_err(), "{kind}");
    }
}

#[tokio::test]
async fn chance_is_the_same_for_a_seed() {
    let outcomes = async |seed: &str| {
        let server = Server::start(&["--seed", seed]);
        let client = server.client();
        server
            .done("POST", "/faults", json!({"probability": 0.5}))
            .await;
        let mut outcomes = Vec::new();
        for _ in 0..40 {
            outcomes.push(client.list_asset_list().await.is_ok());
        }
        outcomes
    };
    let first = outcomes("1").await;
    assert!(first.contains(&true) && first.contains(&false), "{first:?}");
    assert_eq!(first, outcomes("1").await);
    assert_ne!(first, outcomes("2").await);
}

#[tokio::test]
async fn the_object_storage_fails() {
    let server = Server::start(&[]);
    let (_, url) = create(&server.client(), "t").await;
    let put = async || {
        let put = server.http.put(&url).header("content-type", "video/mp4");
        put.body("file")
            .send()
            .await
            .map(|reply| reply.status().as_u16())
    };
    let fault = json!({"place": "storage", "step": "put", "status": 503, "code": "SlowDown"});
    let told = server.done("POST", "/faults", fault).await;
    assert_eq!(told["id"], "storage-1");
    assert_eq!(put().await.unwrap(), 503);
    let shown = server.get("/requests?status=503").await;
    assert_eq!(shown["requests"][0]["error_code"], "SlowDown");
    server
        .done(
            "POST",
            "/faults",
            json!({"place": "storage", "step": "put", "reset_after": 1}),
        )
        .await;
    assert!(put().await.is_err());
    assert_eq!(put().await.unwrap(), 200);
}
