//! A server for a page that uploads a file from a browser: the browser has no credentials of VOD, and
//! the server never has the file. The page asks the server for the URL of one part at a time.
//!
//! Without arguments, it asks a service inside this very process, and plays the browser itself:
//!
//! ```sh
//! cargo run --example upload_page
//! ```
//!
//! With `--serve`, it stays up for a browser, and with a region it asks the real service, with
//! credentials from the environment:
//!
//! ```sh
//! cargo run --example upload_page -- --serve
//! cargo run --example upload_page -- --serve cn-north-4
//! ```
//!
//! Whoever reaches this server can upload. A real one asks who is there, and for how much.

use std::collections::HashMap;
use std::convert::Infallible;
use std::env;
use std::error::Error;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;
use serde_json::{Map, Value, json};
use tokio::net::TcpListener;
use vod_api::Client;
use vod_api::model::CreateAssetByFileUploadRequest;
use vod_api::reqwest;
use vod_api::upload::SignedUpload;
use vod_local::{Service, Storage};

/// The docs advise parts of at most 20 MB.
const PART: usize = 5_000_000;

/// The longest request of the page in bytes.
const LONGEST: usize = 4096;

const PAGE: &str = r#"<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Upload</title>
<h1>Upload a video</h1>
<input type="file" id="file">
<button id="send">Upload</button>
<p id="state"></p>
<script>
const state = text => document.getElementById("state").textContent = text;

async function call(path, body) {
  const reply = await fetch(path, { method: "POST", body: JSON.stringify(body) });
  if (!reply.ok) throw new Error(await reply.text());
  return reply.json();
}

// A URL may have expired, and a connection may break: each attempt gets a new one.
async function sendPart(id, number, part) {
  for (let attempt = 1; ; attempt++) {
    const { url, headers } = await call(`/uploads/${id}/parts/${number}`, {});
    try {
      const reply = await fetch(url, { method: "PUT", headers, body: part });
      if (reply.ok) return;
      throw new Error(`part ${number}: HTTP ${reply.status}`);
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
}

document.getElementById("send").onclick = async () => {
  try {
    const file = document.getElementById("file").files[0];
    const { id, part_size } = await call("/uploads", { name: file.name });
    const parts = Math.ceil(file.size / part_size);
    for (let number = 1; number <= parts; number++) {
      state(`part ${number} of ${parts}`);
      await sendPart(id, number, file.slice((number - 1) * part_size, number * part_size));
    }
    await call(`/uploads/${id}/finish`, { parts });
    state(`done: media asset ${id}`);
  } catch (error) {
    state(error.message);
  }
};
</script>
</html>
"#;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        [] => {
            let service = Service::builder().storage(Storage::new()).start().await?;
            let address = start(service.client().build()?).await?;
            play_browser(address, &service).await
        }
        ["--serve"] => {
            let service = Service::builder().storage(Storage::new()).start().await?;
            stay_up(start(service.client().build()?).await?).await
        }
        ["--serve", region] => {
            let client = Client::builder().region(*region).build()?;
            stay_up(start(client).await?).await
        }
        _ => Err("usage: upload_page [--serve [REGION]]".into()),
    }
}

/// What the server holds. An upload that it forgets cannot be finished: a real one stores what
/// belongs to whom, and calls `abort` for uploads that nobody goes on with.
struct Site {
    client: Client,
    uploads: Mutex<HashMap<String, SignedUpload>>,
}

/// What the page is answered.
enum Answer {
    Page,
    Json(Value),
    NotFound,
    BadRequest(String),
    /// VOD or OBS has not done what it was asked for. Errors hold no URL.
    Failed(vod_api::Error),
}

impl From<vod_api::Error> for Answer {
    fn from(error: vod_api::Error) -> Self {
        if error.is_invalid_request() {
            Self::BadRequest(error.to_string())
        } else {
            Self::Failed(error)
        }
    }
}

async fn start(client: Client) -> Result<SocketAddr, Box<dyn Error>> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = listener.local_addr()?;
    let site = Arc::new(Site {
        client,
        uploads: Mutex::default(),
    });
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let site = site.clone();
            let service = service_fn(move |request| {
                let site = site.clone();
                async move { Ok::<_, Infallible>(site.answer(request).await.into_reply()) }
            });
            let http = http1::Builder::new();
            tokio::spawn(http.serve_connection(TokioIo::new(stream), service));
        }
    });
    Ok(address)
}

impl Site {
    async fn answer(&self, request: Request<Incoming>) -> Answer {
        let (head, body) = request.into_parts();
        let path: Vec<_> = head.uri.path().split('/').skip(1).collect();
        if head.method == Method::GET {
            return match path.as_slice() {
                [""] => Answer::Page,
                _ => Answer::NotFound,
            };
        }
        let Ok(body) = Limited::new(body, LONGEST).collect().await else {
            return Answer::BadRequest("the request broke off, or is too long".to_owned());
        };
        let body: Value = serde_json::from_slice(&body.to_bytes()).unwrap_or_default();
        let done = match (&head.method, path.as_slice()) {
            (&Method::POST, ["uploads"]) => self.begin(&body).await,
            (&Method::POST, ["uploads", id, "parts", number]) => self.sign(id, number).await,
            (&Method::POST, ["uploads", id, "finish"]) => self.finish(id, &body).await,
            _ => Err(Answer::NotFound),
        };
        done.map_or_else(|answer| answer, Answer::Json)
    }

    async fn begin(&self, body: &Value) -> Result<Value, Answer> {
        let name = body["name"].as_str().unwrap_or_default();
        let (title, format) = name.rsplit_once('.').unwrap_or((name, ""));
        let format = format.to_uppercase();
        let request = CreateAssetByFileUploadRequest::new(title, name, format.as_str());
        let upload = self.client.sign_upload(request).await?;
        let id = upload.asset_id().to_owned();
        let mut uploads = self.uploads.lock().unwrap_or_else(PoisonError::into_inner);
        uploads.insert(id.clone(), upload);
        Ok(json!({"id": id, "part_size": PART}))
    }

    async fn sign(&self, id: &str, number: &str) -> Result<Value, Answer> {
        let upload = self.upload(id)?;
        let number = number.parse();
        let number = number.map_err(|_| Answer::BadRequest("that is no number".to_owned()))?;
        let part = upload.sign_part(number, None).await?;
        let headers = part.headers().iter();
        let headers: Map<_, _> = headers
            .map(|(name, value)| ((*name).to_owned(), value.as_str().into()))
            .collect();
        Ok(json!({"url": part.url(), "headers": headers}))
    }

    async fn finish(&self, id: &str, body: &Value) -> Result<Value, Answer> {
        let upload = self.upload(id)?;
        let parts = body["parts"].as_u64();
        let parts = parts.and_then(|parts| u32::try_from(parts).ok());
        let parts = parts.ok_or_else(|| Answer::BadRequest("how many parts?".to_owned()))?;
        upload.finish(parts).await?;
        let mut uploads = self.uploads.lock().unwrap_or_else(PoisonError::into_inner);
        uploads.remove(id);
        Ok(json!({}))
    }

    fn upload(&self, id: &str) -> Result<SignedUpload, Answer> {
        let uploads = self.uploads.lock().unwrap_or_else(PoisonError::into_inner);
        uploads.get(id).cloned().ok_or(Answer::NotFound)
    }
}

impl Answer {
    fn into_reply(self) -> Response<Full<Bytes>> {
        let (status, content_type, body) = match self {
            Self::Page => (200, "text/html; charset=utf-8", PAGE.to_owned()),
            Self::Json(value) => (200, "application/json", value.to_string()),
            Self::NotFound => (404, "text/plain", "there is no such thing".to_owned()),
            Self::BadRequest(message) => (400, "text/plain", message),
            Self::Failed(error) => (502, "text/plain", error.to_string()),
        };
        let mut reply = Response::new(body.into());
        *reply.status_mut() = hyper::StatusCode::from_u16(status).unwrap_or_default();
        let content_type = hyper::header::HeaderValue::from_static(content_type);
        let headers = reply.headers_mut();
        headers.insert(hyper::header::CONTENT_TYPE, content_type);
        // The replies have signed URLs.
        let no_store = hyper::header::HeaderValue::from_static("no-store");
        headers.insert(hyper::header::CACHE_CONTROL, no_store);
        reply
    }
}

async fn stay_up(address: SocketAddr) -> Result<(), Box<dyn Error>> {
    println!("http://{address}/, until Ctrl+C");
    std::future::pending().await
}

/// Does what the script of the page does.
async fn play_browser(address: SocketAddr, service: &Service) -> Result<(), Box<dyn Error>> {
    let http = reqwest::Client::builder().no_proxy().build()?;
    let page = http.get(format!("http://{address}/")).send().await?;
    println!("GET /: {} bytes of HTML", page.text().await?.len());
    let call = async |path: &str, body: Value| -> Result<Value, Box<dyn Error>> {
        let post = http.post(format!("http://{address}{path}"));
        let reply = post.body(body.to_string()).send().await?;
        let status = reply.status();
        println!("POST {path}: HTTP {}", status.as_u16());
        let text = reply.text().await?;
        if !status.is_success() {
            return Err(text.into());
        }
        Ok(serde_json::from_str(&text)?)
    };

    let file = vec![7; 2 * PART + 1000];
    let begun = call("/uploads", json!({"name": "holidays.mp4"})).await?;
    let id = begun["id"].as_str().ok_or("the reply has an id")?;
    let parts: Vec<_> = file.chunks(PART).map(<[u8]>::to_vec).collect();
    let count = parts.len();
    for (number, part) in (1..).zip(parts) {
        let signed = call(&format!("/uploads/{id}/parts/{number}"), json!({})).await?;
        let mut put = http.put(signed["url"].as_str().unwrap_or_default());
        for (name, value) in signed["headers"].as_object().into_iter().flatten() {
            put = put.header(name, value.as_str().unwrap_or_default());
        }
        let length = part.len();
        // The errors of reqwest name the URL, and with it the signature.
        let sent = put.body(part).send().await;
        let reply = sent.map_err(reqwest::Error::without_url)?;
        let status = reply.status().as_u16();
        println!("PUT part {number} to the object storage: {length} bytes, HTTP {status}");
    }
    let finish = format!("/uploads/{id}/finish");
    call(&finish, json!({"parts": count})).await?;

    let store = service.storage().ok_or("it was started with storage")?;
    let asset = store.asset(id).ok_or("it was made")?;
    let same = store.bytes(&asset.object).as_deref() == Some(file.as_slice());
    println!(
        "Media asset {id}: {}, the same as the file: {same}",
        asset.status
    );
    Ok(())
}
