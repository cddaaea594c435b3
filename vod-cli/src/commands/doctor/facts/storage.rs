//! What is sent to the object storage: requests that are made by hand, to see what it says to each.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest, Md5};
use serde_json::{Value, json};
use vod_api::model::ShowAssetTempAuthorityRequest;
use vod_api::operation::Operation;
use vod_api::reqwest::{self, Method, RequestBuilder, Url};

use super::bench::{Bench, word};
use super::finding::{Finding, Seen};

/// The upload of a media file in parts.
#[derive(Debug, Clone, Default)]
pub(super) struct Upload {
    pub(super) asset_id: String,
    pub(super) bucket: String,
    pub(super) object: String,
    /// Once it was started.
    pub(super) id: Option<String>,
}

/// A reply of the object storage.
#[derive(Debug, Clone)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) etag: Option<String>,
    /// Whether pages of other sites may see it.
    pub(super) is_public: bool,
    body: String,
}

/// What is sent.
pub(super) struct Sent<'a> {
    pub(super) method: Method,
    pub(super) content_type: Option<&'a str>,
    pub(super) body: &'a [u8],
}

impl Reply {
    /// The text of the first element with this name.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        let (_, rest) = self.body.split_once(&format!("<{name}>"))?;
        rest.split_once("</").map(|(text, _)| text)
    }

    pub(super) fn texts(&self, name: &str) -> Vec<String> {
        let open = format!("<{name}>");
        let texts = self.body.split(&open).skip(1);
        let texts = texts.filter_map(|rest| rest.split_once("</"));
        texts.map(|(text, _)| text.to_owned()).collect()
    }

    /// What was seen, where this reply tells whether a fact holds.
    pub(super) fn seen(&self, holds: bool) -> Seen {
        let code = self.text("Code").unwrap_or_default();
        let what = format!("HTTP {} {code}", self.status);
        Seen::new(holds, what.trim_end())
    }
}

impl Upload {
    /// Goes on with the media file of another URL. Returns whether it names the bucket.
    pub(super) fn move_to(&mut self, url: &str) -> Result<bool, String> {
        let url = parse(url)?;
        let path = url.path().trim_start_matches('/');
        // The bucket is in the path or in the host.
        let in_path = path.strip_prefix(&format!("{}/", self.bucket));
        let host = url.host_str().unwrap_or_default();
        let in_host = host.starts_with(&format!("{}.", self.bucket));
        let object = in_path.or(in_host.then_some(path));
        if let Some(object) = object {
            object.clone_into(&mut self.object);
        }
        self.id = None;
        Ok(object.is_some())
    }
}

impl Bench {
    /// Has a URL signed for the upload: with its id, if it was started.
    pub(super) async fn sign(&self, verb: &str, more: Value) -> Result<Url, String> {
        let upload = self.upload.as_ref().ok_or("there is no media asset")?;
        let mut request = json!({
            "http_verb": verb,
            "bucket": upload.bucket,
            "object_key": upload.object,
        });
        if let (Value::Object(request), Value::Object(more)) = (&mut request, more) {
            request.extend(
                upload
                    .id
                    .iter()
                    .map(|id| ("upload_id".to_owned(), json!(id))),
            );
            request.extend(more);
        }
        let reply = self
            .call(ShowAssetTempAuthorityRequest::META, request)
            .await;
        let reply = reply.map_err(|error| format!("VOD signs no URL: {error}"))?;
        parse(&word(&reply, "/sign_str"))
    }

    pub(super) async fn send(&self, url: Url, sent: Sent<'_>) -> Result<Reply, String> {
        let mut request = self.http.request(sent.method.clone(), url);
        if let Some(content_type) = sent.content_type {
            request = request.header("Content-Type", content_type);
        }
        if sent.method == Method::PUT {
            request = request.header("Content-MD5", base64_md5(sent.body));
        }
        if sent.method != Method::GET {
            request = request.header("Content-Length", sent.body.len());
            request = request.body(sent.body.to_vec());
        }
        answer(request).await
    }

    /// Asks as a browser does before it sends a part from a page of another site.
    pub(super) async fn preflight(&self, url: Url) -> Result<Reply, String> {
        let request = self.http.request(Method::OPTIONS, url);
        let request = request
            .header("Origin", "https://example.com")
            .header("Access-Control-Request-Method", "PUT")
            .header("Access-Control-Request-Headers", "content-type");
        answer(request).await
    }

    /// Sends a file in one piece, to the URL that a reply has at a place.
    pub(super) async fn put(
        &self,
        (reply, pointer): (&Value, &str),
        (content_type, bytes): (&str, &[u8]),
    ) -> Result<Reply, String> {
        let url = parse(&word(reply, pointer))?;
        let sent = Sent {
            method: Method::PUT,
            content_type: Some(content_type),
            body: bytes,
        };
        self.send(url, sent).await
    }
}

async fn answer(request: RequestBuilder) -> Result<Reply, String> {
    let reply = request.send().await.map_err(no_answer)?;
    let etag = reply.headers().get("ETag");
    let etag = etag.and_then(|etag| etag.to_str().ok());
    Ok(Reply {
        status: reply.status().as_u16(),
        etag: etag.map(str::to_owned),
        is_public: reply.headers().contains_key("access-control-allow-origin"),
        body: reply.text().await.map_err(no_answer)?,
    })
}

/// The errors of reqwest name the URL, and with it the signature.
fn no_answer(error: reqwest::Error) -> String {
    error.without_url().to_string()
}

/// In a URL of VOD, `&` can be escaped as in HTML. One that cannot be read is not repeated: it is
/// signed.
pub(super) fn parse(url: &str) -> Result<Url, String> {
    if url.is_empty() {
        return Err("VOD gave no URL".to_owned());
    }
    let url = url.replace("&amp;", "&").parse();
    url.map_err(|_| "VOD gave no valid URL".to_owned())
}

/// Whether a request was answered with success.
pub(super) fn is_ok(reply: &Result<Reply, String>) -> Finding {
    let reply = reply.as_ref().map_err(Clone::clone)?;
    Ok(reply.seen(reply.status == 200))
}

pub(super) fn base64_md5(bytes: &[u8]) -> String {
    STANDARD.encode(Md5::digest(bytes))
}
