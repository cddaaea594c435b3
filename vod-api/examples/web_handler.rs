//! A web service on hyper that tells about media assets: `GET /assets/{id}`.
//!
//! Without arguments, it asks a service inside this very process, visits itself a few times, and ends:
//!
//! ```sh
//! cargo run --example web_handler
//! ```
//!
//! With a region, it asks the real service until it is stopped:
//!
//! ```sh
//! export HUAWEICLOUD_SDK_AK=… HUAWEICLOUD_SDK_SK=…
//! cargo run --example web_handler -- cn-north-4 127.0.0.1:8080
//! ```

use std::convert::Infallible;
use std::env;
use std::io;
use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use vod_api::{Client, Error, reqwest};
use vod_local::{ReceivedRequest, Reply, Service};

/// Visitors do not wait as long as a program would.
const PATIENCE: Duration = Duration::from_secs(5);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<_> = env::args().skip(1).collect();
    match arguments.as_slice() {
        [] => {
            let service = Service::start().await?;
            service.respond(prepared);
            let client = service.client().build()?;
            let listener = TcpListener::bind("127.0.0.1:0").await?;
            let site = format!("http://{}", listener.local_addr()?);
            tokio::spawn(serve(listener, client));
            for path in ["/assets/a1", "/assets/gone", "/assets/busy", "/elsewhere"] {
                let reply = reqwest::get(format!("{site}{path}")).await?;
                println!("GET {path}: {} {}", reply.status(), reply.text().await?);
            }
        }
        [region, address] => {
            let client = Client::builder().region(region.as_str()).build()?;
            serve(TcpListener::bind(address).await?, client).await?;
        }
        _ => return Err("usage: web_handler [REGION ADDRESS]".into()),
    }
    Ok(())
}

/// Serves all visitors with one client: its clones share connections, credentials and the budget for retries.
async fn serve(listener: TcpListener, client: Client) -> io::Result<()> {
    loop {
        let (stream, _) = listener.accept().await?;
        let client = client.clone();
        tokio::spawn(async move {
            let service = service_fn(|request| handle(&client, request));
            // When a visitor hangs up, hyper drops the future of `handle`, which cancels the call.
            let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
            if let Err(error) = connection.await {
                eprintln!("a connection broke: {error}");
            }
        });
    }
}

async fn handle(
    client: &Client,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let id = request.uri().path().strip_prefix("/assets/");
    Ok(match id {
        Some(id) if request.method() == Method::GET => show(client, id)
            .await
            .unwrap_or_else(|error| apologize(&error)),
        _ => answer(StatusCode::NOT_FOUND, &json!({"error": "no such page"})),
    })
}

async fn show(client: &Client, id: &str) -> Result<Response<Full<Bytes>>, Error> {
    let detail = client.show_asset_detail(id).with_timeout(PATIENCE).await?;
    let info = detail.base_info.as_ref();
    let page = json!({
        "id": detail.asset_id,
        "title": info.and_then(|info| info.title.as_deref()),
        "description": info.and_then(|info| info.description.as_deref()),
    });
    Ok(answer(StatusCode::OK, &page))
}

/// What a visitor is told of an error. The message is for the operator: it can name projects and users.
fn apologize(error: &Error) -> Response<Full<Bytes>> {
    eprintln!("{error}");
    let (status, message) = if error.is_not_found() {
        (StatusCode::NOT_FOUND, "no such media asset")
    } else if error.is_invalid_request() {
        (StatusCode::BAD_REQUEST, "this is no id of a media asset")
    } else if error.is_throttled() {
        (
            StatusCode::SERVICE_UNAVAILABLE,
            "too many visitors, try again later",
        )
    } else if error.is_timeout() {
        (
            StatusCode::GATEWAY_TIMEOUT,
            "it takes too long, try again later",
        )
    } else {
        (StatusCode::BAD_GATEWAY, "something went wrong")
    };
    let mut reply = answer(status, &json!({ "error": message }));
    if let Some(wait) = error.retry_after() {
        reply
            .headers_mut()
            .insert(RETRY_AFTER, wait.as_secs().into());
    }
    reply
}

fn answer(status: StatusCode, body: &Value) -> Response<Full<Bytes>> {
    let mut reply = Response::new(Full::from(body.to_string()));
    *reply.status_mut() = status;
    let json = HeaderValue::from_static("application/json");
    reply.headers_mut().insert(CONTENT_TYPE, json);
    reply
}

/// What the built-in service answers.
fn prepared(request: &ReceivedRequest) -> Reply {
    match request.parameters()["asset_id"].as_str() {
        Some("gone") => Reply::error(400, "VOD.10062", "The asset does not exist."),
        Some("busy") => {
            let reply = Reply::error(429, "APIGW.0308", "Too many requests.");
            reply.header("Retry-After", "60")
        }
        id => Reply::json(
            200,
            json!({"asset_id": id, "base_info": {"title": "Holidays"}}),
        ),
    }
}
