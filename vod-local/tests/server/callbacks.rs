//! Events that leave the server, and URLs that it plays.

use std::io::{Read, Write};
use std::net::TcpListener;

use vod_api::http::HeaderMap;
use vod_api::notification::{Event, MfsVerifier};

use serde_json::{Value, json};

use crate::{Server, no_body};

const KEY: &str = "0123456789abcdef0123456789abcdef";

/// Takes one request, and gives its headers and body.
fn receive(listener: &TcpListener) -> (HeaderMap, Vec<u8>) {
    receive_and_answer(listener, "200 OK")
}

fn receive_and_answer(listener: &TcpListener, status: &str) -> (HeaderMap, Vec<u8>) {
    let (mut stream, _) = listener.accept().unwrap();
    let mut request = Vec::new();
    loop {
        let mut bytes = [0; 4096];
        let count = stream.read(&mut bytes).unwrap();
        assert!(count > 0, "the request breaks off");
        request.extend_from_slice(&bytes[..count]);
        let text = String::from_utf8_lossy(&request);
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let mut headers = HeaderMap::new();
        for line in head.lines().skip(1) {
            let (name, value) = line.split_once(": ").unwrap();
            let name: vod_api::http::HeaderName = name.parse().unwrap();
            headers.insert(name, value.parse().unwrap());
        }
        let length: usize = headers["content-length"].to_str().unwrap().parse().unwrap();
        if body.len() >= length {
            let body = body.as_bytes().to_vec();
            let end = "content-length: 0\r\nconnection: close\r\n\r\n";
            write!(stream, "HTTP/1.1 {status}\r\n{end}").unwrap();
            return (headers, body);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn events_are_sent_with_a_signature() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let server = Server::start(&["--callback", &url, "--callback-key", KEY]);
    let id = server.upload("t", b"file").await;
    let (headers, body) = receive(&listener);
    let verified = MfsVerifier::new(KEY).unwrap().verify(&headers, &body);
    let Event::CreateComplete(event) = verified.unwrap().into_event() else {
        panic!("the first event is that of the creation");
    };
    assert_eq!(event.asset_id.as_deref(), Some(id.as_str()));
}

/// The events, once one of them has so many deliveries.
async fn events(server: &Server, number: u64, deliveries: usize) -> Vec<Value> {
    loop {
        let events = server.get("/events").await;
        let events = events["events"].as_array().unwrap();
        let event = events.iter().find(|event| event["number"] == number);
        if event.unwrap()["deliveries"].as_array().unwrap().len() == deliveries {
            return events.clone();
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_is_sent_once_more() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let server = Server::start(&["--callback", &url, "--callback-key", KEY]);
    server.upload("t", b"file").await;
    receive_and_answer(&listener, "500 Internal Server Error");
    let (_, second) = receive(&listener);
    receive(&listener);
    let sent = events(&server, 3, 1).await;
    let delivery = |status: u16| json!({"attempts": 1, "status": status, "error": null});
    let of: Vec<_> = sent
        .iter()
        .map(|event| event["deliveries"][0].clone())
        .collect();
    assert_eq!(of, [delivery(500), delivery(200), delivery(200)]);

    server.done("POST", "/events/2/redeliver", no_body()).await;
    let (headers, body) = receive(&listener);
    assert_eq!(body, second);
    assert!(
        MfsVerifier::new(KEY)
            .unwrap()
            .verify(&headers, &body)
            .is_ok()
    );
    server.done("POST", "/events/1/redeliver", no_body()).await;
    receive(&listener);
    let again = events(&server, 1, 2).await;
    assert_eq!(again.len(), 3);
    assert_eq!(
        again[0]["deliveries"],
        json!([delivery(500), delivery(200)])
    );
    assert_eq!(again[1]["deliveries"].as_array().unwrap().len(), 2);

    let unknown = json!("number");
    for path in ["/events/9/redeliver", "/events/x/redeliver"] {
        let (status, error) = server.ask("POST", path, no_body()).await;
        assert_eq!(
            (status, &error["error"]["field"]),
            (404, &unknown),
            "{path}"
        );
    }
    // Numbers do not come again.
    server.done("POST", "/reset", no_body()).await;
    let (status, _) = server.ask("POST", "/events/1/redeliver", no_body()).await;
    assert_eq!(status, 404);
}

#[tokio::test]
async fn without_a_callback_nothing_is_sent() {
    let server = Server::start(&[]);
    server.upload("t", b"file").await;
    let events = server.get("/events").await;
    assert_eq!(events["events"][0]["deliveries"], json!([]));
    let (status, error) = server.ask("POST", "/events/1/redeliver", no_body()).await;
    assert_eq!(
        (status, &error["error"]["field"]),
        (400, &json!("callback"))
    );
}

#[tokio::test]
async fn only_signed_urls_are_played() {
    let key = "32d6b2d740f10b86";
    let server = Server::start(&["--playback-key", key]);
    let id = server.upload("t", b"file").await;
    let shown = server.client().show_asset_detail(id).await.unwrap();
    let url = shown.base_info.as_ref().unwrap().video_url.clone().unwrap();
    let get = async |url: &str| {
        let reply = server.http.get(url).send().await.unwrap();
        (reply.status().as_u16(), reply.text().await.unwrap())
    };
    assert_eq!(get(&url).await.0, 403);
    let signer = vod_api::playback::UrlSigner::new(key).unwrap();
    let signed = signer.sign(&url).unwrap();
    assert_eq!(get(signed.as_str()).await, (200, "file".to_owned()));
}
