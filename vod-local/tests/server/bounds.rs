//! Clients that ask for too much.

use std::io::{Read, Write};
use std::net::TcpStream;

use crate::Server;

fn connect(server: &Server) -> TcpStream {
    TcpStream::connect(server.url.trim_start_matches("http://")).unwrap()
}

fn exchange(server: &Server, request: &[u8]) -> String {
    let mut stream = connect(server);
    stream.write_all(request).unwrap();
    let mut reply = Vec::new();
    let _ = stream.read_to_end(&mut reply);
    String::from_utf8_lossy(&reply).into_owned()
}

#[test]
fn there_are_so_many_connections_and_no_more() {
    let server = Server::start(&[]);
    let idle: Vec<_> = (0..800).map(|_| connect(&server)).collect();
    let mut refused = connect(&server);
    let mut reply = String::new();
    let _ = refused.read_to_string(&mut reply);
    assert!(reply.starts_with("HTTP/1.1 503 "), "{reply:?}");
    drop(idle);
    let request = b"GET /_vod/health HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    // The server finds out little by little that the others are gone.
    let is_well = (0..1000).any(|_| exchange(&server, request).starts_with("HTTP/1.1 200 "));
    assert!(is_well);
}

#[test]
fn an_endless_body_is_not_read_to_its_end() {
    let server = Server::start(&["--auth", "off"]);
    let mut stream = connect(&server);
    let head =
        b"POST /v1.0/p/asset/category HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n\
        transfer-encoding: chunked\r\n\r\n";
    stream.write_all(head).unwrap();
    let chunk = [b"10000\r\n".as_slice(), &[b' '; 0x10000], b"\r\n"].concat();
    let sent = (0..10_000)
        .take_while(|_| stream.write_all(&chunk).is_ok())
        .count();
    assert!(sent < 1000, "{sent} chunks of 64 KiB were taken");
    let shown = exchange(
        &server,
        b"GET /_vod/requests HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n",
    );
    assert!(shown.contains("\"status\": 413"), "{shown}");
    assert!(shown.contains("APIGW.0201"), "{shown}");
}

#[test]
fn paths_lead_nowhere_else() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("secret"), "SECRET").unwrap();
    let data = folder.path().join("data");
    let server = Server::start(&["--data", data.to_str().unwrap()]);
    for path in [
        "/obs-vod-local/../../secret",
        "/obs-vod-local/%2e%2e/%2e%2e/secret",
        "/_cdn/../../secret",
        "/_cdn/p/asset/..%2f..%2f..%2fsecret/x",
        "/_vod/../../../secret",
        "/_vod/assets/..%2f..%2fsecret",
        "/../../../../etc/passwd",
    ] {
        let request =
            format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
        let reply = exchange(&server, request.as_bytes());
        assert!(reply.starts_with("HTTP/1.1 4"), "{path}: {reply}");
        assert!(
            !reply.contains("SECRET") && !reply.contains("root:"),
            "{path}: {reply}"
        );
    }
}
