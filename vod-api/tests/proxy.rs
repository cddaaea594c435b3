//! Ways to the service: proxies, and HTTP clients that the caller has set up.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::sync::{Arc, Mutex};

use reqwest::redirect::Policy;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use vod_api::ErrorKind;
use vod_api::test_util::{Reply, Service};

/// Forwards the first request of each connection; keeps the heads as it got them.
async fn start_proxy() -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let heads = Arc::new(Mutex::new(Vec::new()));
    let seen = heads.clone();
    tokio::spawn(async move {
        while let Ok((mut client, _)) = listener.accept().await {
            let mut head = String::new();
            while !head.ends_with("\r\n\r\n") {
                head.push(client.read_u8().await.unwrap().into());
            }
            // From `DELETE http://127.0.0.1:1/path HTTP/1.1` to `DELETE /path HTTP/1.1`.
            let (method, rest) = head.split_once(" http://").unwrap();
            let (target, rest) = rest.split_once('/').unwrap();
            let mut service = TcpStream::connect(target).await.unwrap();
            let forwarded = format!("{method} /{rest}");
            service.write_all(forwarded.as_bytes()).await.unwrap();
            seen.lock().unwrap().push(head);
            tokio::spawn(async move { copy_bidirectional(&mut client, &mut service).await });
        }
    });
    (address, heads)
}

#[tokio::test]
async fn proxies_forward_what_was_signed() {
    let service = Service::start().await.unwrap();
    let (address, heads) = start_proxy().await;
    let client = service
        .client()
        .proxy(format!("http://user:pass@{address}"));
    let reply = client
        .build()
        .unwrap()
        .delete_thumbnails()
        .asset_id("a b")
        .await
        .unwrap();
    assert_eq!(reply.meta().attempts(), 1);
    let head = heads.lock().unwrap().concat().to_ascii_lowercase();
    assert!(
        head.starts_with(&format!("delete {}/v1/", service.endpoint())),
        "{head}"
    );
    // The name and password, in Base64.
    assert!(
        head.contains("proxy-authorization: basic dxnlcjpwyxnz"),
        "{head}"
    );
    assert_eq!(service.requests().len(), 1);

    service
        .client()
        .no_proxy()
        .build()
        .unwrap()
        .delete_thumbnails()
        .asset_id("a1")
        .await
        .unwrap();
    assert_eq!(heads.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn passwords_of_proxies_are_not_shown() {
    let service = Service::start().await.unwrap();
    for url in [
        "http://user:hidden@",
        "://user:hidden@proxy",
        "http://user:hidden@a b:1",
    ] {
        let builder = service.client().proxy(url);
        assert!(!format!("{builder:?}").contains("hidden"));
        let error = builder.build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert_eq!(error.to_string(), "the proxy is not a URL that can be used");
        assert!(!format!("{error:?}").contains("hidden"));
    }
    // A proxy that is not there.
    let client = service.client().proxy("http://user:hidden@127.0.0.1:1");
    let client = client
        .retry_policy(vod_api::Retry::never())
        .build()
        .unwrap();
    let error = client.delete_thumbnails().asset_id("a1").await.unwrap_err();
    assert!(error.is_connect());
    assert!(!format!("{client:?} {error} {error:?}").contains("hidden"));
}

#[tokio::test]
async fn a_client_of_the_callers_own_is_used() {
    let service = Service::start().await.unwrap();
    let http = reqwest::Client::builder()
        .redirect(Policy::none())
        .no_proxy();
    let http = http.default_headers(
        [("x-mine".parse().unwrap(), "m".parse().unwrap())]
            .into_iter()
            .collect(),
    );
    let client = service
        .client()
        .http_client(http.build().unwrap())
        .build()
        .unwrap();
    client.delete_thumbnails().asset_id("a1").await.unwrap();
    assert_eq!(service.requests()[0].header("x-mine"), Some("m"));
    service.reply(Reply::status(307).header("Location", "/elsewhere"));
    let error = client.delete_thumbnails().asset_id("a1").await.unwrap_err();
    assert_eq!(
        (error.kind(), error.status().unwrap().as_u16()),
        (ErrorKind::Service, 307)
    );
}

#[tokio::test]
async fn a_client_that_followed_a_redirect_is_refused() {
    let service = Service::start().await.unwrap();
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let client = service.client().http_client(http).build().unwrap();
    service.reply(Reply::status(307).header("Location", "/elsewhere"));
    let error = client.delete_thumbnails().asset_id("a1").await.unwrap_err();
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::Configuration, 1)
    );
    assert!(
        error
            .message()
            .starts_with("the HTTP client followed a redirect"),
        "{error}"
    );
}
