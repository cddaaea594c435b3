//! Operations on reqwest, without a library in between: the URL, the signature, the reply in structs. And an upload.

mod signature;
pub mod types;
mod upload;

use std::fmt::Write as _;
use std::time::{Duration, SystemTime};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use reqwest::{Client, Method, redirect};
use serde::Serialize;
use serde::de::DeserializeOwned;

pub use self::signature::sign;
use self::types::{CreatedAsset, DeletedThumbnails, ShowAssetDetail};

/// All but the unreserved characters of RFC 3986.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

const AGENT: &str = "floor/0.1";

/// Why a call failed; by hand one seldom says more.
pub type Error = Box<dyn std::error::Error + Send + Sync>;

/// A client for one project and key.
#[derive(Debug)]
pub struct Floor {
    http: Client,
    origin: String,
    host: String,
    project_id: String,
    access_key: String,
    secret_key: String,
}

/// What a media asset is created from: the fields that the benchmark sets.
#[derive(Debug, Serialize)]
pub struct NewAsset<'a> {
    pub title: &'a str,
    pub description: &'a str,
    pub video_name: &'a str,
    pub video_type: &'a str,
    pub category_id: i32,
    pub tags: &'a str,
    pub auto_publish: i32,
    pub template_group_name: &'a str,
    pub subtitles: &'a [NewSubtitle<'a>],
}

/// A subtitle file of a new media asset.
#[derive(Debug, Serialize)]
pub struct NewSubtitle<'a> {
    pub id: i32,
    #[serde(rename = "type")]
    pub format: &'a str,
    pub language: &'a str,
    pub name: &'a str,
}

impl Floor {
    /// A client with the settings that `vod-api` gives to reqwest.
    pub fn new(
        origin: &str,
        project_id: &str,
        access_key: &str,
        secret_key: &str,
    ) -> Result<Self, Error> {
        let http = Client::builder()
            .redirect(redirect::Policy::none())
            .connect_timeout(Duration::from_millis(3100))
            .timeout(Duration::from_secs(60))
            .no_proxy()
            .build()?;
        Ok(Self {
            http,
            host: origin.trim_start_matches("http://").to_owned(),
            origin: origin.to_owned(),
            project_id: project_id.to_owned(),
            access_key: access_key.to_owned(),
            secret_key: secret_key.to_owned(),
        })
    }

    /// Deletes snapshots.
    pub async fn delete_thumbnails(
        &self,
        asset_id: &str,
        task_ids: &[&str],
    ) -> Result<DeletedThumbnails, Error> {
        let mut pairs = vec![("asset_id", asset_id)];
        pairs.extend(task_ids.iter().map(|id| ("task_id", *id)));
        let path = format!("/v1/{}/asset/thumbnails", self.project_id);
        self.call(Method::DELETE, &path, pairs, None).await
    }

    /// Reads all about a media asset.
    pub async fn show_asset_detail(&self, asset_id: &str) -> Result<ShowAssetDetail, Error> {
        let path = format!("/v1.0/{}/asset/details", self.project_id);
        let pairs = vec![("asset_id", asset_id)];
        self.call(Method::GET, &path, pairs, None).await
    }

    /// Creates a media asset that is uploaded later.
    pub async fn create_asset(&self, asset: &NewAsset<'_>) -> Result<CreatedAsset, Error> {
        let path = format!("/v1.0/{}/asset", self.project_id);
        let body = serde_json::to_vec(asset)?;
        self.call(Method::POST, &path, Vec::new(), Some(body)).await
    }

    async fn call<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        pairs: Vec<(&str, &str)>,
        body: Option<Vec<u8>>,
    ) -> Result<T, Error> {
        let query = query(pairs);
        let mut headers = vec![
            ("host", self.host.as_str()),
            ("user-agent", AGENT),
            ("x-project-id", self.project_id.as_str()),
        ];
        if body.is_some() {
            headers.push(("content-type", "application/json"));
        }
        let (date, authorization) = sign(
            (method.as_str(), path, &query),
            &headers,
            body.as_deref().unwrap_or_default(),
            (&self.access_key, &self.secret_key),
            SystemTime::now(),
        )?;
        let mut url = format!("{}{path}", self.origin);
        if !query.is_empty() {
            url.push('?');
            url.push_str(&query);
        }
        let mut request = self
            .http
            .request(method, url)
            .header(USER_AGENT, AGENT)
            .header("x-project-id", &self.project_id)
            .header("x-sdk-date", date)
            .header(AUTHORIZATION, authorization);
        if let Some(body) = body {
            request = request.header(CONTENT_TYPE, "application/json").body(body);
        }
        let response = request.send().await?;
        let status = response.status();
        let body = response.bytes().await?;
        if !status.is_success() {
            return Err(format!("HTTP {status}: {}", String::from_utf8_lossy(&body)).into());
        }
        Ok(serde_json::from_slice(&body)?)
    }
}

fn query(mut pairs: Vec<(&str, &str)>) -> String {
    pairs.sort_unstable();
    let mut text = String::new();
    for (name, value) in pairs {
        if !text.is_empty() {
            text.push('&');
        }
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "{}={}",
            utf8_percent_encode(name, ESCAPED),
            utf8_percent_encode(value, ESCAPED)
        );
    }
    text
}
