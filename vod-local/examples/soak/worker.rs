//! Random calls in a project, of which is known what has to be there.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use fastrand::Rng;
use serde_json::{Value, json};
use vod_api::{Client, operation, reqwest};

use crate::replies;
use crate::server::{Counts, Server};

/// How many media assets there are at most.
const ASSETS: usize = 100;
/// How many categories there are at most.
const CATEGORIES: usize = 30;
/// How many media assets are on a page.
const PAGE: usize = 40;

pub(crate) struct Worker {
    project: String,
    client: Client,
    http: reqwest::Client,
    counts: Arc<Counts>,
    rng: Rng,
    assets: BTreeMap<String, Asset>,
    /// Names by ids.
    categories: BTreeMap<i64, String>,
    /// How many names were given.
    names: u64,
}

/// What is known of a media asset.
struct Asset {
    title: String,
    /// What was uploaded.
    file: Option<String>,
    is_published: bool,
}

impl Asset {
    fn status(&self) -> &'static str {
        match self {
            Self { file: None, .. } => "CREATING",
            Self {
                is_published: true, ..
            } => "PUBLISHED",
            _ => "CREATED",
        }
    }
}

impl Worker {
    pub(crate) fn new(server: &Server, number: u64, counts: Arc<Counts>) -> Self {
        let project = format!("worker-{number}");
        Self {
            client: server.client(&project),
            project,
            http: server.http.clone(),
            counts,
            rng: Rng::with_seed(number),
            assets: BTreeMap::new(),
            categories: BTreeMap::new(),
            names: 0,
        }
    }

    /// How many media assets have to be there.
    pub(crate) fn assets(&self) -> usize {
        self.assets.len()
    }

    /// Runs until a time.
    pub(crate) async fn run(mut self, end: Instant) -> Self {
        while Instant::now() < end {
            self.step().await;
        }
        self
    }

    async fn step(&mut self) {
        let ids = self.assets.keys().cloned();
        let id = self.rng.choice(ids.collect::<Vec<_>>());
        let has_file = |id: &String| self.assets[id].file.is_some();
        let is_full = self.assets.len() >= ASSETS;
        match (self.rng.u8(0..20), id) {
            (0..3, _) | (_, None) if !is_full => self.create().await,
            (0..3, Some(id)) => self.delete(&id).await,
            (3..5, Some(id)) => self.rename(&id).await,
            (5..7, Some(id)) if has_file(&id) => self.publish(&id).await,
            (7, Some(id)) if has_file(&id) => self.transcode(&id).await,
            (8, Some(_)) => self.list().await,
            (9, Some(_)) => self.change_categories().await,
            (10, Some(id)) if !has_file(&id) => self.delete(&id).await,
            (10..12, Some(id)) if has_file(&id) => self.get_file(&id).await,
            (12..16, Some(id)) => self.find(&id).await,
            (_, Some(id)) => drop(self.show(&id).await),
            (_, None) => {}
        }
    }

    /// The reply to a call, which is repeated as long as it fails because that was asked for.
    async fn call(&self, operation: &str, request: Value) -> Value {
        let meta = operation::find(operation).unwrap();
        loop {
            let result = self.client.call(meta, request.clone()).await;
            if let Some(result) = self.counts.take(result) {
                let reply = result.unwrap_or_else(|error| {
                    panic!("{}: {operation} {request}: {error:?}", self.project)
                });
                let body = reply.into_body();
                replies::check(meta, &body);
                return body;
            }
        }
    }

    fn name(&mut self) -> String {
        self.names += 1;
        format!("{} of {}", self.names, self.project)
    }

    async fn create(&mut self) {
        let title = self.name();
        let request = json!({
            "title": title, "video_name": "v.mp4", "video_type": "MP4", "auto_publish": 0,
        });
        let created = self.call("CreateAssetByFileUpload", request).await;
        let id = created["asset_id"].as_str().unwrap().to_owned();
        // Some never get their file.
        let file = (self.rng.u8(0..8) > 0).then(|| format!("the file {title}"));
        if let Some(file) = &file {
            self.put(created["video_upload_url"].as_str().unwrap(), file)
                .await;
            let request = json!({"asset_id": id, "status": "CREATED"});
            self.call("ConfirmAssetUpload", request).await;
        }
        let asset = Asset {
            title,
            file,
            is_published: false,
        };
        let old = self.assets.insert(id, asset);
        assert!(old.is_none(), "{}: an id came twice", self.project);
    }

    async fn put(&self, url: &str, file: &str) {
        loop {
            let put = self.http.put(url).header("Content-Type", "video/mp4");
            let reply = put.body(file.to_owned()).send().await;
            let is_done = reply.is_ok_and(|reply| reply.status() == 200);
            if self.counts.take_file(is_done) {
                return;
            }
        }
    }

    async fn delete(&mut self, id: &str) {
        let done = self.call("DeleteAssets", json!({"asset_id": [id]})).await;
        assert_eq!(done["delete_result_array"][0]["status"], "DELETED", "{id}");
        self.assets.remove(id);
    }

    async fn rename(&mut self, id: &str) {
        let title = self.name();
        let request = json!({"asset_id": id, "title": title});
        self.call("UpdateAssetMeta", request).await;
        self.assets.get_mut(id).unwrap().title = title;
    }

    /// Publishes it, or takes that back.
    async fn publish(&mut self, id: &str) {
        let asset = self.assets.get_mut(id).unwrap();
        asset.is_published = !asset.is_published;
        let operation = if asset.is_published {
            "PublishAssets"
        } else {
            "UnpublishAssets"
        };
        self.call(operation, json!({"asset_id": [id]})).await;
    }

    async fn transcode(&self, id: &str) {
        let request = json!({"asset_id": id, "template_group_name": "system_template_group"});
        self.call("CreateAssetProcessTask", request).await;
        for _ in 0..10 {
            let listed = self.call("ListAssetList", json!({"asset_id": [id]})).await;
            if listed["assets"][0]["transcode_status"] == "TRANSCODE_SUCCEED" {
                return;
            }
        }
        panic!("{}: {id} is still transcoded", self.project);
    }

    async fn find(&self, id: &str) {
        let listed = self.call("ListAssetList", json!({"asset_id": [id]})).await;
        assert_eq!(listed["total"], 1, "{id}");
        self.check(id, &listed["assets"][0]);
    }

    fn check(&self, id: &str, shown: &Value) {
        let asset = &self.assets[id];
        assert_eq!(
            shown["title"],
            asset.title.as_str(),
            "{}: {id}",
            self.project
        );
        let status = &shown["asset_status"];
        assert_eq!(status, asset.status(), "{}: {id}", self.project);
    }

    async fn show(&self, id: &str) -> Value {
        let shown = self.call("ShowAssetDetail", json!({"asset_id": id})).await;
        let title = &shown["base_info"]["title"];
        assert_eq!(
            title,
            self.assets[id].title.as_str(),
            "{}: {id}",
            self.project
        );
        shown
    }

    async fn get_file(&self, id: &str) {
        let shown = self.show(id).await;
        let url = shown["base_info"]["video_url"].as_str().unwrap();
        loop {
            let reply = self.http.get(url).send().await;
            let reply = reply.ok().filter(|reply| reply.status() == 200);
            if let Some(reply) = reply.filter(|_| self.counts.take_file(true)) {
                let file = reply.text().await.ok();
                assert_eq!(file, self.assets[id].file, "{}: {id}", self.project);
                return;
            }
            self.counts.take_file(false);
        }
    }

    /// All pages have just what has to be there.
    async fn list(&self) {
        let mut found = BTreeMap::new();
        for page in 0.. {
            let request = json!({"page": page, "size": PAGE});
            let mut listed = self.call("ListAssetList", request).await;
            assert_eq!(listed["total"], self.assets.len(), "{}", self.project);
            let Value::Array(assets) = listed["assets"].take() else {
                panic!("{listed} has no list");
            };
            let is_last = assets.len() < PAGE;
            for asset in assets {
                found.insert(asset["asset_id"].as_str().unwrap().to_owned(), asset);
            }
            if is_last {
                break;
            }
        }
        assert!(found.keys().eq(self.assets.keys()), "{}", self.project);
        for (id, asset) in &found {
            self.check(id, asset);
        }
    }

    async fn change_categories(&mut self) {
        let ids: Vec<_> = self.categories.keys().copied().collect();
        let name = self.name();
        match self.rng.choice(ids) {
            Some(id) if self.categories.len() == CATEGORIES => {
                self.call("DeleteAssetCategory", json!({"id": id})).await;
                self.categories.remove(&id);
            }
            Some(id) if self.rng.bool() => {
                let request = json!({"id": id, "name": name});
                self.call("UpdateAssetCategory", request).await;
                self.categories.insert(id, name);
            }
            _ => {
                let request = json!({"name": name});
                let created = self.call("CreateAssetCategory", request).await;
                self.categories
                    .insert(created["id"].as_i64().unwrap(), name);
            }
        }
        self.compare_categories().await;
    }

    async fn compare_categories(&self) {
        let listed = self.call("ListCategoryInfo", json!({"id": [0]})).await;
        let listed = listed.as_array().unwrap().iter();
        let listed = listed.map(|it| (it["id"].as_i64().unwrap(), it["name"].as_str().unwrap()));
        let wanted = self
            .categories
            .iter()
            .map(|(id, name)| (*id, name.as_str()));
        let listed: BTreeMap<_, _> = listed.collect();
        assert_eq!(listed, wanted.collect(), "{}", self.project);
    }

    /// Compares everything with what a server has, which may be another one than before.
    pub(crate) async fn compare(&mut self, server: &Server) {
        self.client = server.client(&self.project);
        self.list().await;
        self.compare_categories().await;
        for (id, asset) in &self.assets {
            if asset.file.is_some() {
                self.get_file(id).await;
            }
        }
    }
}
