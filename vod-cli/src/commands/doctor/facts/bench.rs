//! What facts are checked with, and what is made for that.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

use serde_json::{Value, json};
use tokio::task::JoinHandle;
use vod_api::model::{ConfirmAssetUploadRequest, DeleteAssetCategoryRequest, DeleteAssetsRequest};
use vod_api::operation::{Operation, OperationMeta};
use vod_api::{Client, Error, Response, format_time, reqwest};

use super::finding::Report;
use super::storage::Upload;
use crate::exit::Failure;

/// What facts are checked with.
pub(super) struct Bench {
    pub(super) client: Client,
    pub(super) http: reqwest::Client,
    /// A media file that was uploaded before.
    pub(super) file: Option<PathBuf>,
    pub(super) now: fn() -> SystemTime,
    /// What is in the names of all that is made here, and in no other.
    pub(super) stamp: String,
    pub(super) upload: Option<Upload>,
    pub(super) report: Report,
    /// The first category with what is below it.
    pub(super) category: Option<i64>,
    interrupted: Arc<AtomicBool>,
    watch: JoinHandle<()>,
}

impl Bench {
    pub(super) fn new(
        client: Client,
        file: Option<PathBuf>,
        now: fn() -> SystemTime,
    ) -> Result<Self, Failure> {
        let http = reqwest::Client::builder().build();
        let http = http.map_err(|error| Failure::failed(format!("there is no client: {error}")))?;
        let interrupted = Arc::new(AtomicBool::new(false));
        let flag = interrupted.clone();
        let watch = tokio::spawn(async move {
            if tokio::signal::ctrl_c().await.is_ok() {
                flag.store(true, Ordering::Relaxed);
            }
        });
        Ok(Self {
            client,
            http,
            file,
            now,
            stamp: format!("vod doctor {}", format_time(now())),
            upload: None,
            report: Report::default(),
            category: None,
            interrupted,
            watch,
        })
    }

    /// Whether Ctrl-C was pressed. A step that was begun goes on to its end, so that everything it
    /// makes is known.
    pub(super) fn is_interrupted(&self) -> bool {
        self.interrupted.load(Ordering::Relaxed)
    }

    /// Calls an operation. The limits are those of the service: some facts are about them.
    pub(super) async fn call(
        &self,
        meta: &'static OperationMeta,
        request: Value,
    ) -> Result<Response<Value>, Error> {
        let call = self.client.call(meta, request);
        call.with_validate(false).await
    }

    /// Deletes what was made, and says what is left.
    pub(super) async fn clean_up(&mut self) -> Vec<String> {
        let mut left = Vec::new();
        if let Some(upload) = self.upload.take() {
            let id = upload.asset_id;
            let cancel = json!({"asset_id": id, "status": "CANCELLED"});
            // It is canceled already, unless a step was left out.
            let _ = self.call(ConfirmAssetUploadRequest::META, cancel).await;
            let request = json!({"asset_id": [id]});
            let deleted = self.call(DeleteAssetsRequest::META, request).await;
            let deleted = deleted.map(|reply| word(&reply, "/delete_result_array/0/status"));
            match deleted {
                Ok(status) if status == "DELETED" => {}
                Ok(status) => left.push(format!("the media asset {id} is left: {status}")),
                Err(error) => left.push(format!("the media asset {id} is left: {error}")),
            }
        }
        if let Some(id) = self.category.take() {
            let request = json!({ "id": id });
            if let Err(error) = self.call(DeleteAssetCategoryRequest::META, request).await {
                left.push(format!("the category {id} is left: {error}"));
            }
        }
        left
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        self.watch.abort();
    }
}

/// A text of a reply; empty if there is none.
pub(super) fn word(reply: &Value, pointer: &str) -> String {
    let word = reply.pointer(pointer).and_then(Value::as_str);
    word.unwrap_or_default().to_owned()
}
