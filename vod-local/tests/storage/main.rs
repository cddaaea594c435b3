//! The object storage, spoken to by plain HTTP.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod faults;
mod objects;
mod parts;
mod signatures;
mod sizes;
mod state;

use serde_json::{Value, json};
use vod_api::reqwest::header::HeaderMap;
use vod_api::reqwest::{self, Method, RequestBuilder};
use vod_local::{Objects, Service, Storage};

/// A service with storage, and who speaks to it.
struct Stand {
    service: Service,
    http: reqwest::Client,
}

/// What came back.
#[derive(Debug)]
struct Reply {
    status: u16,
    headers: HeaderMap,
    text: String,
}

impl Reply {
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// The text of an element in XML, the first of that name.
    fn element(&self, name: &str) -> Option<&str> {
        let (_, rest) = self.text.split_once(&format!("<{name}>"))?;
        let (text, _) = rest.split_once(&format!("</{name}>"))?;
        Some(text)
    }

    /// Status and code of an error of the object storage.
    fn error(&self) -> (u16, &str) {
        assert_eq!(self.header("content-type"), Some("application/xml"));
        (self.status, self.element("Code").unwrap_or_default())
    }
}

/// A media asset that was just created.
struct Created {
    asset_id: String,
    video_url: String,
    bucket: String,
    object: String,
    reply: Value,
}

impl Stand {
    async fn new() -> Self {
        Self::with(Storage::new()).await
    }

    async fn with(storage: Storage) -> Self {
        let service = Service::builder().storage(storage).start().await.unwrap();
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        Self { service, http }
    }

    fn objects(&self) -> &Objects {
        self.service.storage().unwrap()
    }

    /// Calls an operation of VOD.
    async fn call(&self, method: Method, path: &str, parameters: Value) -> Reply {
        let project = self.service.project_id();
        let mut url = format!("{}{path}", self.service.endpoint()).replace("PROJECT", project);
        let is_query = method == Method::GET;
        if is_query {
            let pairs = parameters.as_object().unwrap().iter().map(|(name, value)| {
                let text = value
                    .as_str()
                    .map_or_else(|| value.to_string(), str::to_owned);
                format!("{name}={}", text.replace('+', "%2B").replace('=', "%3D"))
            });
            url += &format!("?{}", pairs.collect::<Vec<_>>().join("&"));
        }
        let mut request = self
            .http
            .request(method, url)
            .header("X-Auth-Token", Service::TOKEN);
        if !is_query {
            request = request
                .header("Content-Type", "application/json")
                .body(parameters.to_string());
        }
        send(request).await
    }

    async fn create(&self, more: Value) -> Created {
        let mut parameters = json!({"title": "t", "video_name": "v.mp4", "video_type": "MP4"});
        for (name, value) in more.as_object().unwrap() {
            parameters[name] = value.clone();
        }
        let reply = self
            .call(Method::POST, "/v1.0/PROJECT/asset", parameters)
            .await;
        let reply = reply.json();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        Created {
            asset_id: text(&reply["asset_id"]),
            video_url: text(&reply["video_upload_url"]),
            bucket: text(&reply["target"]["bucket"]),
            object: text(&reply["target"]["object"]),
            reply,
        }
    }

    /// A media asset whose file is there.
    async fn stored(&self, file: &'static str) -> Created {
        let created = self.create(json!({})).await;
        let reply = send(self.put(&created.video_url).body(file)).await;
        assert_eq!(reply.status, 200, "{reply:?}");
        created
    }

    fn put(&self, url: &str) -> RequestBuilder {
        self.http.put(url).header("Content-Type", "video/mp4")
    }

    async fn confirm(&self, asset_id: &str, status: &str) -> Reply {
        let parameters = json!({"asset_id": asset_id, "status": status});
        let path = "/v1.0/PROJECT/asset/status/uploaded";
        self.call(Method::POST, path, parameters).await
    }

    fn status(&self, asset_id: &str) -> String {
        self.objects().asset(asset_id).unwrap().status
    }

    /// Has a step of an upload in parts signed.
    async fn authorize(&self, created: &Created, verb: &str, more: Value) -> Reply {
        let mut parameters = json!({
            "http_verb": verb,
            "bucket": created.bucket,
            "object_key": created.object,
        });
        for (name, value) in more.as_object().unwrap() {
            parameters[name] = value.clone();
        }
        self.call(Method::GET, "/v1.1/PROJECT/asset/authority", parameters)
            .await
    }

    async fn signed(&self, created: &Created, verb: &str, more: Value) -> String {
        let reply = self.authorize(created, verb, more).await.json();
        reply["sign_str"].as_str().unwrap().to_owned()
    }

    /// Starts an upload and gives its id.
    async fn start(&self, created: &Created) -> String {
        let url = self
            .signed(created, "POST", json!({"content_type": "video/mp4"}))
            .await;
        let request = self.http.post(url).header("Content-Type", "video/mp4");
        // By itself, reqwest tells no length of a body that is empty.
        let reply = send(request.header("Content-Length", "0")).await;
        assert_eq!(reply.status, 200, "{reply:?}");
        reply.element("UploadId").unwrap().to_owned()
    }

    /// The request that sends a part, as the vendor's clients send it but for `Content-MD5`.
    async fn part(&self, created: &Created, upload_id: &str, number: u32) -> RequestBuilder {
        let more = json!({"upload_id": upload_id, "part_number": number});
        let url = self.signed(created, "PUT", more).await;
        self.http
            .put(url)
            .header("Content-Type", "application/octet-stream")
    }

    /// Starts an upload and sends its parts.
    async fn upload(&self, created: &Created, parts: &[&'static str]) -> String {
        let upload_id = self.start(created).await;
        for (number, &part) in (1..).zip(parts) {
            let request = self.part(created, &upload_id, number).await;
            assert_eq!(send(request.body(part)).await.status, 200);
        }
        upload_id
    }

    async fn list(&self, created: &Created, upload_id: &str) -> Reply {
        let url = self
            .signed(created, "GET", json!({"upload_id": upload_id}))
            .await;
        send(self.http.get(url)).await
    }

    /// The request that ends an upload.
    async fn join(&self, created: &Created, upload_id: &str, parts: &str) -> RequestBuilder {
        let url = self
            .signed(created, "POST", json!({"upload_id": upload_id}))
            .await;
        let body = format!("<CompleteMultipartUpload>{parts}</CompleteMultipartUpload>");
        self.http
            .post(url)
            .header("Content-Type", "application/xml")
            .body(body)
    }
}

async fn send(request: RequestBuilder) -> Reply {
    try_send(request).await.unwrap()
}

async fn try_send(request: RequestBuilder) -> reqwest::Result<Reply> {
    let reply = request.send().await?;
    Ok(Reply {
        status: reply.status().as_u16(),
        headers: reply.headers().clone(),
        text: reply.text().await?,
    })
}

/// A part in the list that ends an upload.
fn named(number: u32, etag: &str) -> String {
    format!("<Part><PartNumber>{number}</PartNumber><ETag>{etag}</ETag></Part>")
}

/// ETag of an object of the parts "one" and "two".
const JOINED: &str = "1397b7ee3222e3980d0d20f23a871b02-2";

// MD5 hashes of "one", "two" and "onetwo".
const ONE: &str = "f97c5d29941bfb1b2fdab0874906ab82";
const ONE_BASE64: &str = "+XxdKZQb+xsv2rCHSQargg==";
const TWO: &str = "b8a9f715dbb64fd5c56e7783c6820a61";
const TWO_BASE64: &str = "uKn3Fdu2T9XFbneDxoIKYQ==";
const ONE_TWO: &str = "5b9164ad6f496d9dee12ec7634ce253f";
