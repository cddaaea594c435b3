//! Objects that are read, browsers, and requests by hand.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};

use serde_json::json;
use vod_api::reqwest::Method;
use vod_local::{Keep, Storage};

use crate::{ONE, Stand, TWO, named, send};

#[tokio::test]
async fn objects_can_be_read_in_ranges() {
    for keep in [Keep::InMemory, Keep::Files] {
        let stand = Stand::with(Storage::new().keep(keep)).await;
        let created = stand.create(json!({})).await;
        let upload_id = stand.upload(&created, &["one", "two"]).await;
        let parts = named(1, ONE) + &named(2, TWO);
        send(stand.join(&created, &upload_id, &parts).await).await;
        let url = stand.objects().url(&created.object);
        let reply = send(stand.http.get(&url)).await;
        assert_eq!((reply.status, reply.text.as_str()), (200, "onetwo"));
        assert_eq!(reply.header("content-type"), Some("video/mp4"));
        assert_eq!(reply.header("accept-ranges"), Some("bytes"));
        let reply = send(stand.http.get(&url).header("Range", "bytes=2-4")).await;
        assert_eq!((reply.status, reply.text.as_str()), (206, "etw"));
        assert_eq!(reply.header("content-range"), Some("bytes 2-4/6"));
        let reply = send(stand.http.get(&url).header("Range", "bytes=6-")).await;
        assert_eq!(reply.error(), (416, "InvalidRange"));
        let reply = send(stand.http.head(&url)).await;
        assert_eq!((reply.status, reply.text.as_str()), (200, ""));
        assert_eq!(reply.header("content-length"), Some("6"));
        assert_eq!(send(stand.http.put(&url).body("x")).await.status, 403);
        stand.objects().remove(&created.object);
        assert_eq!(send(stand.http.get(&url)).await.error(), (404, "NoSuchKey"));
    }
}

#[tokio::test]
async fn browsers_may_do_all_of_it() {
    let stand = Stand::new().await;
    let created = stand.create(json!({})).await;
    let request = stand.http.request(Method::OPTIONS, &created.video_url);
    let reply = send(request.header("Origin", "https://example.com")).await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("access-control-allow-origin"), Some("*"));
    assert!(
        reply
            .header("access-control-allow-methods")
            .unwrap()
            .contains("PUT")
    );
    let reply = send(stand.put(&created.video_url).body("one")).await;
    assert_eq!(reply.header("access-control-allow-origin"), Some("*"));
    assert!(
        reply
            .header("access-control-expose-headers")
            .unwrap()
            .contains("ETag")
    );
}

#[tokio::test]
async fn what_obs_has_besides_is_not_there() {
    let stand = Stand::new().await;
    let created = stand.stored("one").await;
    let reply = send(stand.http.delete(&created.video_url)).await;
    assert_eq!(reply.error(), (405, "MethodNotAllowed"));
}

/// A request by hand, as it is written to the socket.
fn by_hand(stand: &Stand, url: &str, head: &str, body: &str) -> (TcpStream, String) {
    let address = stand.service.endpoint().replace("http://", "");
    let target = url.replace(&stand.service.endpoint(), "");
    let request = format!(
        "PUT {target} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\
         Content-Type: video/mp4\r\n{head}\r\n\r\n{body}"
    );
    (TcpStream::connect(address).unwrap(), request)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_body_needs_a_length_and_has_it() {
    let stand = Stand::new().await;
    let created = stand.create(json!({})).await;
    let url = created.video_url.as_str();

    let chunked = "Transfer-Encoding: chunked";
    let (mut stream, request) = by_hand(&stand, url, chunked, "3\r\none\r\n0\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut reply = String::new();
    stream.read_to_string(&mut reply).unwrap();
    assert!(reply.starts_with("HTTP/1.1 411 "), "{reply}");
    assert!(
        reply.contains("<Code>MissingContentLength</Code>"),
        "{reply}"
    );

    let (mut stream, request) = by_hand(&stand, url, "Content-Length: 4", "one");
    stream.write_all(request.as_bytes()).unwrap();
    stream.shutdown(Shutdown::Write).unwrap();
    let mut reply = String::new();
    // A reset is no reply either.
    let _ = stream.read_to_string(&mut reply);
    assert_eq!(reply, "");
    assert!(stand.objects().keys().is_empty());
    let last = stand.objects().requests().pop().unwrap();
    assert_eq!(last.status, None);
}

#[tokio::test]
async fn hosts_of_urls_are_those_of_the_request() {
    let stand = Stand::new().await;
    let url = format!(
        "{}/v1.0/{}/asset",
        stand.service.endpoint(),
        stand.service.project_id()
    );
    let parameters = json!({"title": "t", "video_name": "v.mp4", "video_type": "MP4"});
    let request = stand
        .http
        .post(url)
        .header("X-Auth-Token", vod_local::Service::TOKEN)
        .header("Content-Type", "application/json")
        .header("Host", "vod.test:8080")
        .body(parameters.to_string());
    let reply = send(request).await.json();
    let url = reply["video_upload_url"].as_str().unwrap();
    assert!(url.starts_with("http://vod.test:8080/"), "{url}");
}

#[tokio::test]
async fn part_numbers_have_limits() {
    let service = vod_local::Service::builder()
        .validate(false)
        .storage(Storage::new());
    let stand = Stand {
        service: service.start().await.unwrap(),
        ..Stand::new().await
    };
    let created = stand.create(json!({})).await;
    let upload_id = stand.start(&created).await;
    for (number, status) in [(0, 400), (1, 200), (10_000, 200), (10_001, 400)] {
        let reply = send(stand.part(&created, &upload_id, number).await.body("one")).await;
        assert_eq!(reply.status, status, "{number}");
        if status == 400 {
            assert_eq!(reply.error(), (400, "InvalidArgument"));
        }
    }
}
