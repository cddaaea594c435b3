//! What is sent to OBS: requests that are made by hand, to see what it says to each.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest, Md5};
use vod_api::Client;
use vod_api::model::{HttpVerb, ShowAssetTempAuthorityRequest, UploadStatus};
use vod_api::reqwest::{self, Method, RequestBuilder, Url};

/// A reply of OBS.
#[derive(Debug, Clone)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) etag: Option<String>,
    /// Whether pages of other sites may see it.
    pub(super) is_public: bool,
    body: String,
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
        texts
            .filter_map(|rest| rest.split_once("</"))
            .map(|(text, _)| text.to_owned())
            .collect()
    }

    pub(super) fn code(&self) -> Option<&str> {
        self.text("Code")
    }
}

/// The upload of a media file in parts.
pub(super) struct Upload {
    pub(super) client: Client,
    pub(super) http: reqwest::Client,
    pub(super) asset_id: String,
    pub(super) bucket: String,
    pub(super) object: String,
    /// Once it was started.
    pub(super) id: Option<String>,
}

impl Upload {
    pub(super) async fn start(&mut self) -> Result<Reply, String> {
        let sign = |request: &mut ShowAssetTempAuthorityRequest| {
            request.upload_id = None;
            request.content_type = Some("video/mp4".to_owned());
        };
        let url = self.sign(HttpVerb::Post, sign).await?;
        let reply = self.send(Method::POST, url, Some("video/mp4"), b"").await?;
        self.id = reply.text("UploadId").map(str::to_owned);
        Ok(reply)
    }

    pub(super) async fn part(
        &self,
        number: i32,
        bytes: &[u8],
        content_type: Option<&str>,
    ) -> Result<Reply, String> {
        self.started()?;
        let url = self.sign_part(number, bytes).await?;
        self.send(Method::PUT, url, content_type, bytes).await
    }

    async fn sign_part(&self, number: i32, bytes: &[u8]) -> Result<Url, String> {
        let sign = |request: &mut ShowAssetTempAuthorityRequest| {
            request.part_number = Some(number);
            request.content_md5 = Some(base64_md5(bytes));
        };
        self.sign(HttpVerb::Put, sign).await
    }

    pub(super) async fn list(&self, more: &[(&str, &str)]) -> Result<Reply, String> {
        self.started()?;
        let mut url = self.sign(HttpVerb::Get, |_| {}).await?;
        url.query_pairs_mut().extend_pairs(more);
        self.send(Method::GET, url, None, b"").await
    }

    pub(super) async fn join(
        &self,
        etags: &[String],
        content_type: Option<&str>,
    ) -> Result<Reply, String> {
        self.started()?;
        let parts: String = (1..)
            .zip(etags)
            .map(|(number, etag)| {
                format!("<Part><PartNumber>{number}</PartNumber><ETag>{etag}</ETag></Part>")
            })
            .collect();
        let xml = format!("<CompleteMultipartUpload>{parts}</CompleteMultipartUpload>");
        let url = self.sign(HttpVerb::Post, |_| {}).await?;
        self.send(Method::POST, url, content_type, xml.as_bytes())
            .await
    }

    /// Asks as a browser does before it sends a part from a page of another site.
    pub(super) async fn preflight(&self) -> Result<Reply, String> {
        self.started()?;
        let url = self.sign_part(3, b"").await?;
        let request = self.http.request(Method::OPTIONS, url);
        let request = request
            .header("Origin", "https://example.com")
            .header("Access-Control-Request-Method", "PUT")
            .header("Access-Control-Request-Headers", "content-type");
        answer(request).await
    }

    /// Sends a file in one piece.
    pub(super) async fn put(
        &self,
        url: Option<String>,
        content_type: &str,
        bytes: &[u8],
    ) -> Result<Reply, String> {
        let url = parse(url)?;
        self.send(Method::PUT, url, Some(content_type), bytes).await
    }

    pub(super) async fn cancel(&self) -> Result<(), vod_api::Error> {
        let status = UploadStatus::Cancelled;
        let call = self.client.confirm_asset_upload(&self.asset_id, status);
        call.await?;
        Ok(())
    }

    /// Goes on with the media file of another URL. Returns whether it names the bucket.
    pub(super) fn move_to(&mut self, url: Option<String>) -> Result<bool, String> {
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
        Ok(object.is_some())
    }

    fn started(&self) -> Result<(), String> {
        let id = self.id.as_ref();
        id.map(drop).ok_or("the upload was not started".to_owned())
    }

    async fn sign(
        &self,
        verb: HttpVerb,
        set: impl FnOnce(&mut ShowAssetTempAuthorityRequest),
    ) -> Result<Url, String> {
        let mut request = ShowAssetTempAuthorityRequest::new(verb, &self.bucket, &self.object);
        request.upload_id.clone_from(&self.id);
        set(&mut request);
        let reply = self.client.execute(request).await;
        let reply = reply.map_err(|error| format!("VOD signs no URL: {error}"))?;
        parse(reply.into_body().signed_url)
    }

    async fn send(
        &self,
        method: Method,
        url: Url,
        content_type: Option<&str>,
        body: &[u8],
    ) -> Result<Reply, String> {
        let mut request = self.http.request(method.clone(), url);
        if let Some(content_type) = content_type {
            request = request.header("Content-Type", content_type);
        }
        if method == Method::PUT {
            request = request.header("Content-MD5", base64_md5(body));
        }
        if method != Method::GET {
            request = request.header("Content-Length", body.len());
            request = request.body(body.to_vec());
        }
        answer(request).await
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

/// In a URL of VOD, `&` can be escaped as in HTML.
pub(super) fn parse(url: Option<String>) -> Result<Url, String> {
    let url = url.ok_or("VOD gave no URL")?.replace("&amp;", "&").parse();
    url.map_err(|_| "VOD gave no valid URL".to_owned())
}

pub(super) fn base64_md5(bytes: &[u8]) -> String {
    STANDARD.encode(Md5::digest(bytes))
}
