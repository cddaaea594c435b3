//! Ways to the service: proxies, and HTTP clients that the caller has set up.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use reqwest::redirect::Policy;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use vod_api::{Client, Credentials, ErrorKind, Retry};
use vod_local::{Reply, Service};

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
        assert!(error.to_string().starts_with("the proxy \""), "{error}");
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
    let origin = service.endpoint();
    let start = format!("could not connect to {origin} through the proxy http://127.0.0.1:1: ");
    assert!(error.to_string().contains(&start), "{error}");
}

#[tokio::test]
async fn a_proxy_that_cannot_be_used_is_refused() {
    let service = Service::start().await.unwrap();
    for (url, why) in [
        (
            "htpp://proxy.example.com:8080",
            "the proxy \"htpp://proxy.example.com:8080\" cannot be used: a proxy has the form \
             http://user:password@proxy.example.com:8080",
        ),
        (
            "socks://127.0.0.1:1080",
            "the proxy \"socks://127.0.0.1:1080\" cannot be used: ",
        ),
        ("", "the proxy \"\" cannot be used: "),
        (
            "http://a\tb:1",
            "the proxy \"http://a\\tb:1\" cannot be used: ",
        ),
        #[cfg(not(feature = "socks"))]
        (
            "socks5://127.0.0.1:1080",
            "the proxy socks5://127.0.0.1:1080 needs the feature `socks`",
        ),
    ] {
        let error = service.client().proxy(url).build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(error.to_string().starts_with(why), "{error}");
    }
    // It would have no effect.
    let http = reqwest::Client::new();
    let builder = service.client().http_client(http);
    for builder in [
        builder.clone().proxy("http://127.0.0.1:1"),
        builder.no_proxy(),
    ] {
        let error = builder.build().unwrap_err();
        assert!(
            error.message().contains("ClientBuilder::http_client"),
            "{error}"
        );
    }
}

#[cfg(feature = "socks")]
#[tokio::test]
async fn socks_proxies_forward() {
    let service = Service::start().await.unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let proxy = tokio::spawn(async move {
        let (mut client, _) = listener.accept().await.unwrap();
        // Version 5, one way to prove who asks: none. Then: connect to an address of IPv4 and a port.
        assert_eq!(client.read_u16().await.unwrap(), 0x05_01);
        assert_eq!(client.read_u8().await.unwrap(), 0);
        client.write_all(&[5, 0]).await.unwrap();
        assert_eq!(client.read_u32().await.unwrap(), 0x05_01_00_01);
        let host = std::net::Ipv4Addr::from(client.read_u32().await.unwrap());
        let target = (host, client.read_u16().await.unwrap());
        let mut service = TcpStream::connect(target).await.unwrap();
        client
            .write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0])
            .await
            .unwrap();
        copy_bidirectional(&mut client, &mut service).await
    });
    let client = service.client().proxy(format!("socks5://{address}"));
    client
        .build()
        .unwrap()
        .delete_thumbnails()
        .asset_id("a1")
        .await
        .unwrap();
    assert!(!proxy.is_finished());
}

/// Says to the test below that it is its own child, and where to call.
const CHILD: &str = "VOD_API_TEST_CHILD";

#[cfg(not(windows))]
#[tokio::test]
async fn a_variable_with_a_proxy_that_cannot_be_used_is_refused() {
    if let Ok(endpoint) = std::env::var(CHILD) {
        let client = Client::builder()
            .endpoint(endpoint)
            .allow_http(true)
            .project_id("p1")
            .credentials(Credentials::new("a", "s"))
            .retry_policy(Retry::never())
            .connect_timeout(Duration::from_millis(50))
            .build();
        match client {
            Ok(client) => println!(
                "call: {}",
                client.delete_thumbnails().asset_id("a1").await.unwrap_err()
            ),
            Err(error) => println!("build: {error}"),
        }
        return;
    }
    // Nothing here is looked up or connected to but ports of this machine on which nobody listens.
    let plain = "http://vod.invalid";
    struct Case {
        name: &'static str,
        endpoint: &'static str,
        set: &'static [(&'static str, &'static str)],
        expected: &'static str,
    }

    let cases = [
        Case {
            name: "a scheme that is not supported",
            endpoint: plain,
            set: &[("http_proxy", "socks://hid@127.0.0.1:1")],
            expected: "build: http_proxy: the proxy \"socks://[redacted]@127.0.0.1:1\" cannot be used: ",
        },
        Case {
            name: "a misspelt scheme",
            endpoint: "https://vod.invalid",
            set: &[("ALL_PROXY", "htpp://127.0.0.1:1")],
            expected: "build: ALL_PROXY: the proxy ",
        },
        Case {
            name: "for another scheme",
            endpoint: plain,
            set: &[
                ("HTTPS_PROXY", "htpp://127.0.0.1:1"),
                ("HTTP_PROXY", "http://hid@127.0.0.1:1"),
            ],
            expected: "call: DeleteThumbnails: could not connect to http://vod.invalid through the proxy http://127.0.0.1:1: ",
        },
        Case {
            name: "not for this machine",
            endpoint: "http://127.0.0.1:1",
            set: &[("http_proxy", "htpp://127.0.0.1:2")],
            expected: "call: DeleteThumbnails: could not connect to http://127.0.0.1:1: ",
        },
        Case {
            name: "not for this host",
            endpoint: plain,
            set: &[
                ("http_proxy", "htpp://127.0.0.1:1"),
                ("no_proxy", "invalid"),
            ],
            expected: "call: DeleteThumbnails: could not connect to http://vod.invalid: ",
        },
    ];
    for Case {
        name,
        endpoint,
        set,
        expected,
    } in cases
    {
        let mut child = std::process::Command::new(std::env::current_exe().unwrap());
        child
            .args([
                "--exact",
                "--nocapture",
                "proxy::a_variable_with_a_proxy_that_cannot_be_used_is_refused",
            ])
            .env_clear()
            .env(CHILD, endpoint)
            .envs(set.iter().copied());
        let run = tokio::task::spawn_blocking(move || child.output().unwrap());
        let text = String::from_utf8(run.await.unwrap().stdout).unwrap();
        assert!(
            text.contains(expected) && !text.contains("hid@"),
            "{name}: {text}"
        );
    }
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
