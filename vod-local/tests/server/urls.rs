//! What URLs in replies begin with.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use vod_api::{Client, Credentials};
use vod_local::Local;

use crate::{Server, create};

/// Starts a proxy in front of a server, as one that ends TLS would be: the server is asked for by
/// another name, and told the one that the client has. Gives the address of the proxy.
fn proxy(server: &Server) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let server = server.url.replace("http://", "");
    thread::spawn(move || {
        for client in listener.incoming() {
            pass(client.unwrap(), &server);
        }
    });
    address
}

fn pass(mut client: TcpStream, server: &str) {
    let mut received = BufReader::new(client.try_clone().unwrap());
    let mut head = String::new();
    let mut length = 0;
    loop {
        let mut line = String::new();
        received.read_line(&mut line).unwrap();
        let end = line.trim_end();
        if end.is_empty() {
            break;
        }
        let (name, value) = end.split_once(": ").unwrap_or((end, ""));
        match name.to_ascii_lowercase().as_str() {
            "host" => {
                head += "host: vod:8863\r\nx-forwarded-proto: https\r\n";
                head += &format!("x-forwarded-host: {value}\r\n");
            }
            "content-length" => {
                length = value.parse().unwrap();
                head += &line;
            }
            _ => head += &line,
        }
    }
    let mut body = vec![0; length];
    received.read_exact(&mut body).unwrap();
    let mut server = TcpStream::connect(server).unwrap();
    write!(server, "{head}connection: close\r\n\r\n").unwrap();
    server.write_all(&body).unwrap();
    let mut reply = Vec::new();
    server.read_to_end(&mut reply).unwrap();
    client.write_all(&reply).unwrap();
}

fn client(address: &str) -> Client {
    let client = Client::builder()
        .endpoint(format!("http://{address}"))
        .project_id(Local::PROJECT_ID)
        .retry_policy(vod_api::Retry::never())
        .credentials(Credentials::new(Local::ACCESS_KEY, Local::SECRET_KEY));
    client.build().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn they_are_those_of_the_proxy_if_it_is_trusted() {
    let server = Server::start(&["--trust-forwarded"]);
    let address = proxy(&server);
    // The signature holds for the name that the client knows.
    let (_, url) = create(&client(&address), "t").await;
    assert!(url.starts_with(&format!("https://{address}/")), "{url}");
    // Without a proxy nothing is different.
    let (_, url) = create(&server.client(), "t").await;
    assert!(url.starts_with(&server.url), "{url}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_is_not_believed_unasked() {
    let server = Server::start(&["--auth", "off"]);
    let address = proxy(&server);
    let (_, url) = create(&client(&address), "t").await;
    assert!(url.starts_with("http://vod:8863/"), "{url}");
}

#[tokio::test(flavor = "multi_thread")]
async fn headers_do_not_open_the_admin_interface() {
    let server = Server::start(&["--trust-forwarded"]);
    let url = format!("{}/_vod/state", server.url);
    let request = server.http.get(url).header("host", "evil.example");
    let reply = request.header("x-forwarded-host", "localhost").send().await;
    assert_eq!(reply.unwrap().status(), 403);
}
