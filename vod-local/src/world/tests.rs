//! Random sequences of calls, and what holds after each.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use fastrand::Rng;
use serde_json::{Value, json};
use vod_api::operation;

use super::*;
use crate::data::Words;
use crate::machine::{Machine, Publication, Review, Snapshots, TaskStatus, Transcode, Upload};
use crate::state::Asset;
use crate::store::Storage;

const PLACE: Place<'static> = Place {
    project_id: "p",
    base: "http://local",
};

/// How many calls a sequence has. `ROUNDS` sets another number.
const STEPS: usize = 400;

fn world(progress: Progress) -> World {
    let clock = Arc::new(Clock::system());
    clock.set(std::time::UNIX_EPOCH + Duration::from_secs(1_773_994_500));
    clock.pause();
    let rules = Rules {
        scope: Scope::Everything,
        seed: Some(7),
        progress,
        stale: 0,
    };
    let store = Arc::new(Store::new(Storage::new(), clock.clone(), 0));
    World::new(rules, Document::default(), store, clock)
}

impl World {
    /// Calls an operation: status and body of the reply.
    fn call(&self, name: &str, parameters: &Value) -> (u16, Value) {
        let question = Question {
            operation: operation::find(name).unwrap(),
            parameters,
            place: PLACE,
        };
        match self.answer(&question).unwrap().action {
            crate::reply::Action::Answer(answer) => {
                let body = serde_json::from_slice(&answer.body.start).unwrap_or_default();
                (answer.status, body)
            }
            other => panic!("{other:?}"),
        }
    }
}

/// Whether one state can become another.
fn can_become<S: Machine>(from: S, to: S) -> bool {
    let mut reached = vec![from];
    let mut next = 0;
    while let Some(&state) = reached.get(next) {
        for edge in S::EDGES.iter().filter(|edge| edge.from == state) {
            if !reached.contains(&edge.to) {
                reached.push(edge.to);
            }
        }
        next += 1;
    }
    reached.contains(&to)
}

/// A world, and what a test knows of it.
struct Play {
    world: World,
    rng: Rng,
    alive: BTreeSet<String>,
    gone: BTreeSet<String>,
    before: BTreeMap<String, Asset>,
}

impl Play {
    fn some_id(&mut self) -> String {
        let all: Vec<_> = self.alive.iter().chain(&self.gone).cloned().collect();
        self.rng.choice(all).unwrap_or_else(|| "x".to_owned())
    }

    fn create(&mut self) {
        let title = ["t", "[fail]", "[block]", "[slow]", "[suspicious]"];
        let title = self.rng.choice(title);
        let mut parameters = json!({
            "title": title, "video_name": "v", "auto_publish": self.rng.u8(0..2),
            "video_type": self.rng.choice(["MP4", "MP4", "MP3"]),
        });
        if self.rng.bool() {
            parameters["template_group_name"] = "hd".into();
        }
        if self.rng.bool() {
            parameters["thumbnail"] = json!({"type": "time"});
        }
        if self.rng.bool() {
            parameters["review"] = json!({});
        }
        let (_, reply) = self.world.call("CreateAssetByFileUpload", &parameters);
        self.alive
            .insert(reply["asset_id"].as_str().unwrap().to_owned());
        let object = reply["target"]["object"].as_str().unwrap();
        if self.rng.u8(0..4) > 0 {
            self.world.store.put_for_test(object);
        }
    }

    fn fetch(&mut self) {
        let file = json!({"title": "t", "video_type": "MP4", "url": "http://x/a.mp4"});
        let parameters = json!({"upload_metadatas": [file]});
        let (_, reply) = self.world.call("UploadMetaDataByUrl", &parameters);
        let id = reply["upload_assets"][0]["asset_id"].as_str();
        self.alive.insert(id.unwrap().to_owned());
    }

    fn delete(&mut self) {
        let ids = [self.some_id(), self.some_id()];
        let (_, reply) = self.world.call("DeleteAssets", &json!({"asset_id": ids}));
        for result in reply["delete_result_array"].as_array().unwrap() {
            let id = result["asset_id"].as_str().unwrap();
            if result["status"] == "DELETED" {
                assert!(self.alive.remove(id), "{id} is deleted once");
                self.gone.insert(id.to_owned());
            }
        }
    }

    fn step(&mut self) {
        let id = self.some_id();
        let asset = json!({"asset_id": id});
        let all = json!({"asset_id": [id]});
        match self.rng.u8(0..16) {
            0..3 => self.create(),
            3 => self.fetch(),
            4 => self.delete(),
            5..8 => {
                let status = self
                    .rng
                    .choice(["CREATED", "CREATED", "FAILED", "CANCELLED"]);
                self.world.call(
                    "ConfirmAssetUpload",
                    &json!({"asset_id": id, "status": status}),
                );
            }
            8 => {
                let parameters = json!({"asset_id": id, "template_group_name": "hd"});
                self.world.call("CreateAssetProcessTask", &parameters);
            }
            9 => {
                let thumbnail = json!({"type": "dots", "dots": [1]});
                let parameters = json!({"asset_id": id, "thumbnail": thumbnail});
                self.world.call("CreateAssetProcessTask", &parameters);
            }
            10 => drop(self.world.call("CancelAssetTranscodeTask", &asset)),
            11 => {
                self.world.call(
                    "CreateAssetReviewTask",
                    &json!({"asset_id": id, "review": {}}),
                );
            }
            12 => drop(self.world.call("PublishAssets", &all)),
            13 => drop(self.world.call("UnpublishAssets", &all)),
            14 => {
                let (_, reply) = self.world.call("CreateExtractAudioTask", &asset);
                let audio = reply["audio_asset_id"].as_str();
                self.alive.extend(audio.map(str::to_owned));
            }
            _ => {
                let seconds = self.rng.u64(0..40);
                self.world.clock.advance(Duration::from_secs(seconds));
            }
        }
    }

    /// States change along the edges alone.
    fn check_edges(&mut self) {
        let now: BTreeMap<_, _> = self.world.in_project(PLACE, |project, _| {
            let assets = project.assets.iter();
            assets
                .map(|asset| (asset.id.clone(), asset.clone()))
                .collect()
        });
        for (id, asset) in &now {
            let new = Asset::default();
            let before = self.before.get(id).unwrap_or(&new);
            let before_upload = [before.upload, Upload::Copying];
            assert!(
                before_upload
                    .iter()
                    .any(|from| can_become(*from, asset.upload))
            );
            assert!(can_become::<Transcode>(before.transcode, asset.transcode));
            assert!(can_become::<Snapshots>(before.thumbnail, asset.thumbnail));
            assert!(can_become::<Review>(before.review, asset.review));
            assert!(can_become::<Publication>(
                before.publication,
                asset.publication
            ));
        }
        self.before = now;
    }

    /// All answers say the same of a media asset, and those that are gone are nowhere.
    fn check_views(&self) {
        let mut listed = BTreeMap::new();
        for page in 0.. {
            let parameters = json!({"page": page, "size": 100});
            let (_, reply) = self.world.call("ListAssetList", &parameters);
            assert_eq!(reply["total"], self.alive.len());
            let assets = reply["assets"].as_array().unwrap();
            if assets.is_empty() {
                break;
            }
            for asset in assets {
                let id = asset["asset_id"].as_str().unwrap().to_owned();
                listed.insert(id, asset.clone());
            }
        }
        assert!(listed.keys().eq(&self.alive));
        for (id, asset) in &listed {
            let word = |name: &str| asset[name].as_str().unwrap();
            let (_, detail) = self.world.call("ShowAssetDetail", &json!({"asset_id": id}));
            let parts = [
                (
                    "transcode_info",
                    word("transcode_status") == "TRANSCODE_SUCCEED",
                ),
                (
                    "thumbnail_info",
                    word("thumbnail_status") == "THUMBNAIL_SUCCEED",
                ),
                (
                    "review_info",
                    ["REVIEW_PASSED", "REVIEW_BLOCKED", "REVIEW_SUSPICIOUS"]
                        .contains(&word("review_status")),
                ),
            ];
            for (part, is_there) in parts {
                assert_eq!(!detail[part].is_null(), is_there, "{id} {part}");
            }
            let (_, meta) = self.world.call("ShowAssetMeta", &json!({"asset_id": [id]}));
            let status = meta["asset_info_array"][0]["status"].as_str().unwrap();
            let wanted = match (word("asset_status"), word("transcode_status")) {
                ("PUBLISHED", _) => vec!["PUBLISHED"],
                ("CREATED", "UN_TRANSCODE") => vec!["CREATED"],
                ("CREATED", transcode) => vec![transcode],
                ("CREATING", _) => vec!["CREATING", "OBS_CREATING", "OBS_CREATE_SUCCESS"],
                _ => vec!["UPLOAD_FAILED", "CANCELLED", "OBS_CREATE_FAILED"],
            };
            assert!(wanted.contains(&status), "{id} {status} {asset}");
        }
        for id in &self.gone {
            let (status, _) = self.world.call("ShowAssetDetail", &json!({"asset_id": id}));
            assert_eq!(status, 400);
        }
        self.world.in_project(PLACE, |project, _| {
            for task in project.tasks.iter() {
                assert!(self.alive.contains(&task.asset_id), "{task:?}");
                let is_open = project.tasks.open().any(|open| open.id == task.id);
                assert_eq!(is_open, task.status.is_open());
                assert_eq!(
                    task.ended.is_some(),
                    !is_open && task.status != TaskStatus::Cancelled
                );
            }
        });
    }
}

#[test]
fn random_sequences_keep_what_holds() {
    let progress = [
        Progress::instant(),
        Progress::time(Duration::from_secs(5), Duration::from_secs(20)),
        Progress::polls(2),
        Progress::manual(),
    ];
    let steps = std::env::var("ROUNDS")
        .ok()
        .and_then(|rounds| rounds.parse().ok());
    for (seed, progress) in (0..).zip(progress) {
        let mut play = Play {
            world: world(progress),
            rng: Rng::with_seed(seed),
            alive: BTreeSet::new(),
            gone: BTreeSet::new(),
            before: BTreeMap::new(),
        };
        for step in 0..steps.unwrap_or(STEPS) {
            play.step();
            play.check_edges();
            if step % 100 == 0 {
                // Questions must not change what they are about.
                play.world.set_progress(Progress::manual());
                play.check_views();
                play.world.set_progress(progress);
                let document = play.world.export(PLACE.base);
                play.world.import(document.clone()).unwrap();
                assert_eq!(play.world.export(PLACE.base), document);
            }
        }
        assert!(play.gone.len() > 10 && play.alive.len() > 10);
        let seen: BTreeSet<_> = play
            .before
            .values()
            .map(|asset| asset.transcode.as_str())
            .collect();
        assert!(seen.len() > 1, "{seen:?}");
        play.world.reset(None);
        assert_eq!(play.world.export(PLACE.base), json!({"projects": {}}));
    }
}
