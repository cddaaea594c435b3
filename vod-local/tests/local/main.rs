//! The service with state, spoken to by the client.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod assets;
mod axes;
mod categories;
mod cdn;
mod clients;
mod editing;
mod flow;
mod lists;
mod maker;
mod notifying;
mod playing;
mod projects;
mod random;
mod refusals;
mod replies;
mod settings;
mod templates;
mod waits;
mod watermarks;

use serde_json::Value;
use vod_api::model::*;
use vod_api::{Client, Error, operation, reqwest};
use vod_local::{AssetState, Local, LocalBuilder};

/// A service with state, and a client of its first project.
struct Stand {
    vod: Local,
    client: Client,
}

impl Stand {
    async fn new() -> Self {
        Self::with(Local::builder()).await
    }

    async fn with(builder: LocalBuilder) -> Self {
        let vod = builder.start().await.unwrap();
        let client = vod.client().build().unwrap();
        Self { vod, client }
    }

    fn state(&self, id: &str) -> AssetState {
        self.vod.asset(id).unwrap()
    }

    fn event_types(&self) -> Vec<String> {
        let events = self.vod.events();
        events
            .iter()
            .map(|event| event["event_type"].as_str().unwrap().to_owned())
            .collect()
    }

    /// Calls an operation by its name.
    async fn call(&self, operation: &str, parameters: Value) -> Result<Value, Error> {
        let meta = operation::find(operation).unwrap();
        let reply = self.client.call(meta, parameters).await?.into_body();
        replies::check(meta, &reply);
        Ok(reply)
    }

    /// The same, for calls that are refused: the code of the error.
    async fn code(&self, operation: &str, parameters: Value) -> Option<String> {
        let error = self.call(operation, parameters).await.err()?;
        Some(error.code().unwrap_or("no code").to_owned())
    }

    /// A media asset whose file is there, with what the request asks for besides.
    async fn uploaded(&self, request: CreateAssetByFileUploadRequest) -> String {
        uploaded(&self.client, request).await
    }
}

/// What is needed to create a media asset.
fn video(title: &str) -> CreateAssetByFileUploadRequest {
    CreateAssetByFileUploadRequest::new(title, "v.mp4", "MP4")
}

async fn uploaded(client: &Client, request: CreateAssetByFileUploadRequest) -> String {
    let created = client.execute(request).await.unwrap();
    send_file(client, &created).await;
    created.asset_id.clone().unwrap()
}

/// Sends the file of a new media asset, and confirms it.
async fn send_file(client: &Client, created: &CreateAssetByFileUploadResponse) {
    let url = created.video_upload_url.as_deref().unwrap();
    put(url, "video/mp4", "the file").await;
    let id = created.asset_id.as_deref().unwrap();
    let confirmed = client.confirm_asset_upload(id, UploadStatus::Created);
    confirmed.await.unwrap();
}

async fn put(url: &str, content_type: &str, body: &'static str) {
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let request = http.put(url).header("Content-Type", content_type);
    let reply = request.body(body).send().await.unwrap();
    assert_eq!(reply.status(), 200);
}

async fn get(url: &str) -> (u16, String) {
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let reply = http.get(url).send().await.unwrap();
    (
        reply.status().as_u16(),
        String::from_utf8_lossy(&reply.bytes().await.unwrap()).into_owned(),
    )
}
