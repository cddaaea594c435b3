//! How long connecting may take, TLS included.

use std::net::TcpListener;
use std::time::Duration;

use tokio::time::Instant;
use vod_api::{Client, ClientBuilder, Credentials, Retry, Sent};
use vod_local::Service;

/// How long a call takes that ends as one that could not connect. The other side takes the connection, and says nothing.
async fn connecting(set: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Duration {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let client = Client::builder()
        .endpoint(format!("https://{}", silent.local_addr().unwrap()))
        .no_proxy()
        .project_id("p1")
        .credentials(Credentials::new("ak", "sk"))
        .retry_policy(Retry::never());
    let client = set(client).build().unwrap();
    let start = Instant::now();
    let error = client.delete_thumbnails().asset_id("a1").await.unwrap_err();
    assert!(error.is_connect(), "{error}");
    assert_eq!(error.was_sent(), Sent::No);
    start.elapsed()
}

#[tokio::test(start_paused = true)]
async fn takes_at_most_half_of_an_attempt_and_of_a_call() {
    let ms = Duration::from_millis;
    let by_default = connecting(|it| it).await;
    let half = connecting(|it| it.attempt_timeout(ms(2000))).await;
    let unlimited = connecting(|it| it.connect_timeout(None).attempt_timeout(ms(2000))).await;
    let call = connecting(|it| it.timeout(ms(2000))).await;
    let less = connecting(|it| it.connect_timeout(ms(500)).attempt_timeout(ms(2000))).await;
    // Timers can be a millisecond late.
    let took = [by_default, half, unlimited, call, less].map(|it| it.as_millis() / 10);
    assert_eq!(took, [310, 100, 100, 100, 50]);
}

#[tokio::test(start_paused = true)]
async fn the_next_endpoint_takes_over_from_one_that_says_nothing() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let service = Service::start().await.unwrap();
    let list = format!(
        "https://{},{}",
        silent.local_addr().unwrap(),
        service.endpoint()
    );
    // It has no limit for connecting.
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let client = Client::builder()
        .region("cn-north-4")
        .project_id(service.project_id())
        .credentials(service.credentials())
        .http_client(http)
        .attempt_timeout(Duration::from_secs(1))
        .retry_policy(Retry::never())
        .variables(move |name| {
            (name == "HUAWEICLOUD_SDK_REGION_VOD_CN_NORTH_4").then(|| list.clone())
        });
    let client = client.build().unwrap();
    assert!(
        client
            .delete_thumbnails()
            .asset_id("a1")
            .await
            .unwrap_err()
            .is_timeout()
    );
    client.delete_thumbnails().asset_id("a1").await.unwrap();
}
