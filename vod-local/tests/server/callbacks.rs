//! Events that leave the server, and URLs that it plays.

use std::io::{Read, Write};
use std::net::TcpListener;

use vod_api::http::HeaderMap;
use vod_api::notification::{Event, MfsVerifier};

use crate::Server;

const KEY: &str = "0123456789abcdef0123456789abcdef";

/// Takes one request, and gives its headers and body.
fn receive(listener: &TcpListener) -> (HeaderMap, Vec<u8>) {
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
            stream
                .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
                .unwrap();
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
