//! A key service on hyper: players of encrypted HLS streams get the key of a media asset from it, at
//! `GET /keys?asset_id=ID&token=TOKEN`.
//!
//! Without arguments, it asks a service inside this very process, visits itself a few times, and ends:
//!
//! ```sh
//! cargo run --example key_service
//! ```
//!
//! With a region, it asks the real service until it is stopped:
//!
//! ```sh
//! export HUAWEICLOUD_SDK_AK=… HUAWEICLOUD_SDK_SK=…
//! cargo run --example key_service -- cn-north-4 127.0.0.1:8080
//! ```
//!
//! The address of the service is set in the console, and transcoding writes it into the playlists. How the token of the
//! viewer gets here is up to you: here the player adds it to the address.

use std::convert::Infallible;
use std::env;
use std::io;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    CACHE_CONTROL, CONTENT_TYPE, HeaderValue,
};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use vod_api::playback::HlsKeys;
use vod_api::{Client, reqwest};
use vod_local::{ReceivedRequest, Reply, Service};

/// The site whose pages have the player. A browser hands the key to no other.
const SITE: &str = "https://www.example.com";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<_> = env::args().skip(1).collect();
    match arguments.as_slice() {
        [] => {
            let service = Service::start().await?;
            service.respond(prepared);
            let keys = service.client().build()?.hls_keys();
            let listener = TcpListener::bind("127.0.0.1:0").await?;
            let address = format!("http://{}/keys", listener.local_addr()?);
            tokio::spawn(serve(listener, keys));
            for query in [
                "asset_id=a1&token=viewer",
                "asset_id=a1&token=viewer",
                "asset_id=a1&token=stranger",
                "asset_id=plain&token=viewer",
            ] {
                let reply = reqwest::get(format!("{address}?{query}")).await?;
                let status = reply.status();
                println!("{query}: {status}, {} bytes", reply.bytes().await?.len());
            }
            println!("VOD was asked {} times", service.requests().len());
        }
        [region, address] => {
            let keys = Client::builder()
                .region(region.as_str())
                .build()?
                .hls_keys();
            serve(TcpListener::bind(address).await?, keys).await?;
        }
        _ => return Err("usage: key_service [REGION ADDRESS]".into()),
    }
    Ok(())
}

async fn serve(listener: TcpListener, keys: HlsKeys) -> io::Result<()> {
    loop {
        let (stream, _) = listener.accept().await?;
        let keys = keys.clone();
        tokio::spawn(async move {
            let service = service_fn(|request| handle(&keys, request));
            let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
            if let Err(error) = connection.await {
                eprintln!("a connection broke: {error}");
            }
        });
    }
}

async fn handle(
    keys: &HlsKeys,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    // A browser asks first whether the page may ask.
    if request.method() == Method::OPTIONS {
        return Ok(answer(StatusCode::NO_CONTENT, Bytes::new()));
    }
    let query = request.uri().query().unwrap_or_default();
    let parameter = |name: &str| {
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.find_map(|(it, value)| (it == name).then_some(value))
    };
    let Some(asset_id) = parameter("asset_id") else {
        return Ok(answer(StatusCode::BAD_REQUEST, Bytes::new()));
    };
    if request.method() != Method::GET || !may_watch(parameter("token"), asset_id) {
        return Ok(answer(StatusCode::FORBIDDEN, Bytes::new()));
    }
    Ok(match keys.get(asset_id).await {
        Ok(Some(key)) => answer(StatusCode::OK, Bytes::copy_from_slice(key.as_bytes())),
        Ok(None) => answer(StatusCode::NOT_FOUND, Bytes::new()),
        Err(error) => {
            eprintln!("{error}");
            answer(StatusCode::BAD_GATEWAY, Bytes::new())
        }
    })
}

/// Whether the viewer may watch the media asset. Put your own check here: a signed token, a session, a subscription.
fn may_watch(token: Option<&str>, _asset_id: &str) -> bool {
    token == Some("viewer")
}

fn answer(status: StatusCode, body: Bytes) -> Response<Full<Bytes>> {
    let mut reply = Response::new(Full::new(body));
    *reply.status_mut() = status;
    for (name, value) in [
        (CONTENT_TYPE, "application/octet-stream"),
        // A key that is kept on the way could be read by others.
        (CACHE_CONTROL, "no-store"),
        (ACCESS_CONTROL_ALLOW_ORIGIN, SITE),
        (ACCESS_CONTROL_ALLOW_METHODS, "GET, OPTIONS"),
        (ACCESS_CONTROL_ALLOW_HEADERS, "Authorization"),
    ] {
        reply
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    reply
}

/// What the built-in service answers: one media asset is not encrypted.
fn prepared(request: &ReceivedRequest) -> Reply {
    match request.parameters()["asset_id"].as_str() {
        Some("plain") => Reply::error(400, "VOD.10101", "The asset is not encrypted."),
        _ => Reply::documented(),
    }
}
