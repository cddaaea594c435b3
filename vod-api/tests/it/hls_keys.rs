//! Keys of encrypted HLS streams. All time is tokio's and paused.

use std::time::Duration;

use serde_json::json;
use tokio::task::JoinSet;
use vod_api::{Client, ErrorKind, Retry};
use vod_local::{Reply, Service};

/// The key of the docs, as the bytes that players need.
const KEY: [u8; 16] = [
    0xe1, 0x0f, 0x4a, 0x62, 0x02, 0x9b, 0x50, 0x28, 0x71, 0xa1, 0xc3, 0x58, 0x6e, 0xd7, 0x8f, 0xdc,
];

async fn start() -> (Service, Client) {
    let service = Service::start().await.unwrap();
    let client = service.client().retry_policy(Retry::never());
    (service, client.build().unwrap())
}

#[tokio::test(start_paused = true)]
async fn a_key_is_looked_up_once_for_all_and_kept_for_a_while() {
    let (service, client) = start().await;
    let keys = client.hls_keys().keep_for(Duration::from_secs(60));
    let mut players = JoinSet::new();
    for _ in 0..20 {
        let keys = keys.clone();
        players.spawn(async move { keys.get("a1").await.unwrap().unwrap() });
    }
    for key in players.join_all().await {
        assert_eq!(*key.as_bytes(), KEY);
    }
    assert_eq!(service.requests().len(), 1);

    keys.get("a2").await.unwrap().unwrap();
    tokio::time::advance(Duration::from_secs(59)).await;
    keys.get("a1").await.unwrap().unwrap();
    assert_eq!(service.requests().len(), 2);
    tokio::time::advance(Duration::from_secs(1)).await;
    keys.get("a1").await.unwrap().unwrap();
    assert_eq!(service.requests().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn failures_are_not_kept() {
    let (service, client) = start().await;
    let keys = client.hls_keys();
    service.reply(Reply::error(400, "VOD.10101", "It is not encrypted."));
    assert!(keys.get("a1").await.unwrap().is_none());
    service.reply(Reply::error(400, "VOD.10062", "There is no such asset."));
    assert!(keys.get("a1").await.unwrap_err().is_not_found());
    service.reply(Reply::json(200, json!({"asset_id": "a1", "dk": "AAAA"})));
    let error = keys.get("a1").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(!format!("{error} {error:?}").contains("AAAA"));
    service.reply(Reply::documented());
    assert_eq!(*keys.get("a1").await.unwrap().unwrap().as_bytes(), KEY);
    assert!(keys.get("a1").await.unwrap().is_some());
    assert_eq!(service.requests().len(), 4);
}

#[tokio::test(start_paused = true)]
async fn a_dropped_look_up_is_done_by_the_next() {
    let (service, client) = start().await;
    let keys = client.hls_keys();
    service.reply(Reply::never());
    let second = Duration::from_secs(1);
    let dropped = tokio::time::timeout(second, keys.get("a1")).await;
    assert!(dropped.is_err());
    service.reply(Reply::documented());
    assert!(keys.get("a1").await.unwrap().is_some());
}

#[tokio::test(start_paused = true)]
async fn so_many_keys_are_kept_and_no_more() {
    let (service, client) = start().await;
    let keys = client.hls_keys();
    for number in 0..1001 {
        keys.get(&format!("a{number}")).await.unwrap().unwrap();
        tokio::time::advance(Duration::from_millis(1)).await;
    }
    keys.get("a1").await.unwrap().unwrap();
    assert_eq!(service.requests().len(), 1001);
    // The first had to go.
    keys.get("a0").await.unwrap().unwrap();
    assert_eq!(service.requests().len(), 1002);
}

#[tokio::test(start_paused = true)]
async fn keys_do_not_show() {
    let (_service, client) = start().await;
    let keys = client.hls_keys();
    let key = keys.get("a1").await.unwrap().unwrap();
    assert_eq!(format!("{key:?}"), "[redacted]");
    let text = format!("{keys:?}");
    assert!(text.contains("kept: 1") && !text.contains("225"), "{text}");
}
