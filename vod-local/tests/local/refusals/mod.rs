//! Each way in which the table says that an operation is refused, provoked.

mod records;

use serde_json::{Value, json};
use vod_api::model::*;
use vod_local::{Cause, Failure, Local, Progress, behaviours};

use crate::{Stand, video};

/// A service whose tasks do not go on, and media assets in several states.
struct Scene {
    stand: Stand,
    /// Its file is not there yet.
    creating: CreateAssetByFileUploadResponse,
    /// It is not worked on.
    idle: String,
    /// It waits for transcoding, snapshots are taken, and it is reviewed.
    busy: String,
}

impl Scene {
    async fn new() -> Self {
        let stand = Stand::with(Local::builder().progress(Progress::manual())).await;
        let create = stand.client.execute(video("t"));
        let creating = create.await.unwrap().into_body();
        let idle = stand.uploaded(video("t")).await;
        let request = video("t")
            .template_group_name("hd")
            .thumbnail(ThumbnailSettings::new("time"))
            .review(ReviewSettings::new().template_id("r"));
        let busy = stand.uploaded(request).await;
        Self {
            stand,
            creating,
            idle,
            busy,
        }
    }

    fn creating(&self) -> &str {
        self.creating.asset_id.as_deref().unwrap()
    }

    /// The categories 1 to 3, one below the other.
    async fn categories(&self) {
        for (name, parent) in [("one", 0), ("two", 1), ("three", 2)] {
            let parameters = json!({"name": name, "parent_id": parent});
            self.stand
                .call("CreateAssetCategory", parameters)
                .await
                .unwrap();
        }
    }

    /// A request that is refused in the way that the table says; `None` if this test has none.
    async fn request(&self, operation: &str, failure: &Failure) -> Option<Value> {
        let record = records::request(self, operation, failure).await;
        if record.is_some() {
            return record;
        }
        let (creating, idle, busy) = (self.creating(), self.idle.as_str(), self.busy.as_str());
        let target = self.creating.target.as_ref().unwrap();
        let bucket = target.bucket.as_deref().unwrap();
        let input = json!({"bucket": "b", "location": "cn-north-4", "object": "a.mp4"});
        let thumbnail = json!({"type": "time"});
        let review = json!({"template_id": "r"});
        let subtitle = |language| {
            let file = json!({"bucket": "mine", "object": "s"});
            json!({"type": "SRT", "language": language, "obs_info": file})
        };
        Some(match (operation, failure.cause) {
            ("CreateAssetByFileUpload", Cause::Missing) => {
                json!({"title": "t", "video_name": "v", "video_type": "MP4", "category_id": 9})
            }
            ("ConfirmAssetUpload", Cause::Missing) => json!({"asset_id": "x", "status": "FAILED"}),
            ("ConfirmAssetUpload", Cause::State) => {
                json!({"asset_id": creating, "status": "CREATED"})
            }
            ("ShowAssetTempAuthority", Cause::Missing) => json!({
                "http_verb": "POST", "bucket": bucket, "object_key": "x", "content_type": "a/b",
            }),
            ("ShowAssetTempAuthority", Cause::State) => json!({
                "http_verb": "POST", "bucket": bucket, "content_type": "a/b",
                "object_key": self.stand.vod.asset(idle).unwrap().object,
            }),
            ("PublishAssetFromObs", Cause::State) => {
                json!({"title": "t", "video_type": "MP4", "input": input})
            }
            ("PublishAssetFromObs", Cause::Missing) => {
                let allowed = json!({"bucket": "b", "operation": "1"});
                self.stand
                    .call("UpdateBucketAuthorized", allowed)
                    .await
                    .unwrap();
                json!({"title": "t", "video_type": "MP4", "input": input, "category_id": 9})
            }
            ("UpdateAsset", Cause::Missing) => json!({"asset_id": "x", "cover_type": "JPG"}),
            ("UpdateAsset", Cause::State) => {
                json!({"asset_id": idle, "video_name": "v", "video_type": "MP4"})
            }
            ("CreateAssetProcessTask", Cause::Missing) => {
                json!({"asset_id": "x", "template_group_name": "hd"})
            }
            ("CreateAssetProcessTask", Cause::State) => {
                json!({"asset_id": busy, "thumbnail": thumbnail})
            }
            ("CreateAssetReviewTask", Cause::Missing) => {
                json!({"asset_id": "x", "review": review})
            }
            ("CreateAssetReviewTask", Cause::State) => json!({"asset_id": busy, "review": review}),
            ("CreateExtractAudioTask", Cause::State) => json!({"asset_id": creating}),
            ("CancelAssetTranscodeTask" | "CancelExtractAudioTask", Cause::State)
            | ("ShowAssetCipher", Cause::State) => json!({"asset_id": idle}),
            ("UpdateCoverByThumbnail", Cause::Missing) => {
                json!({"thumbnailUrl": format!("http://h/asset/{idle}/snapshot/sample/0.jpg")})
            }
            ("ListAssetList" | "ShowAssetMeta", Cause::Parameter) => {
                json!({"page": 200, "size": 100})
            }
            ("ListAssetTaskInfo", Cause::Parameter) => json!({"marker": "x"}),
            ("UpdateAssetMeta", Cause::Missing) if failure.code == "VOD.10064" => {
                json!({"asset_id": idle, "category_id": 9})
            }
            ("PublishAssets" | "UnpublishAssets", Cause::Parameter) => {
                json!({"asset_id": vec!["x"; 101]})
            }
            ("ListThumbnailDetails", Cause::Missing) => json!({"task_id": "x"}),
            ("CreateAssetCategory", Cause::Missing) => json!({"name": "n", "parent_id": 9}),
            ("CreateAssetCategory", Cause::Limit) => {
                self.categories().await;
                match failure.code {
                    "VOD.10065" => json!({"name": "two", "parent_id": 1}),
                    "VOD.10066" => json!({"name": "four", "parent_id": 3}),
                    _ => {
                        for number in 1..128 {
                            let parameters = json!({"name": format!("n{number}")});
                            self.stand.call(operation, parameters).await.unwrap();
                        }
                        json!({"name": "n128"})
                    }
                }
            }
            ("UpdateAssetCategory", Cause::Missing) => json!({"name": "n", "id": 9}),
            ("UpdateAssetCategory", Cause::Limit) => {
                self.categories().await;
                self.stand
                    .call("CreateAssetCategory", json!({"name": "ten"}))
                    .await
                    .unwrap();
                json!({"name": "ten", "id": 1})
            }
            ("ListCategoryInfo", Cause::Missing) => json!({"id": [9]}),
            ("DeleteAssetCategory" | "ListAssetCategory", Cause::Missing) => json!({"id": 9}),
            ("DeleteTranscodeProduct", cause) => {
                let asset_id = if cause == Cause::State { busy } else { "x" };
                let group = json!([{"group_id": "g"}]);
                json!({"asset_id": asset_id, "delete_type": "GROUP", "delete_infos": group})
            }
            ("ModifySubtitle", Cause::Missing) => {
                json!({"asset_id": "x", "add_subtitles": [subtitle("cn")]})
            }
            ("ModifySubtitle", Cause::State) => {
                json!({"asset_id": creating, "add_subtitles": [subtitle("cn")]})
            }
            ("ModifySubtitle", Cause::Parameter) => {
                json!({"asset_id": idle, "default_language": "cn"})
            }
            ("ConfirmImageUpload", Cause::Missing) => json!({"id": "x", "status": "SUCCEED"}),
            ("ConfirmImageUpload", Cause::State) => {
                let parameters = json!({"name": "n", "type": "PNG"});
                let created = self
                    .stand
                    .call("CreateWatermarkTemplate", parameters)
                    .await
                    .unwrap();
                json!({"id": created["id"], "status": "SUCCEED"})
            }
            (_, Cause::Missing) if failure.code == "VOD.10062" => json!({"asset_id": "x"}),
            _ => return None,
        })
    }
}

#[tokio::test]
async fn operations_are_refused_as_the_table_says() {
    let mut refused = 0;
    for behaviour in behaviours() {
        for failure in behaviour.errors {
            let scene = Scene::new().await;
            let operation = behaviour.operation;
            let case = format!("{operation} {}: {}", failure.code, failure.when);
            let request = scene.request(operation, failure).await.expect(&case);
            let before = scene.stand.vod.export();
            let code = scene.stand.code(operation, request).await;
            assert_eq!(code.as_deref(), Some(failure.code), "{case}");
            assert_eq!(
                scene.stand.vod.export(),
                before,
                "{case}: nothing has changed"
            );
            refused += 1;
        }
    }
    assert!(refused > 40, "{refused}");
}

#[tokio::test]
async fn what_waits_can_be_canceled_and_what_runs_cannot() {
    let Scene { stand, busy, .. } = Scene::new().await;
    let cancel = || stand.call("CancelAssetTranscodeTask", json!({"asset_id": busy}));
    let transcoding = || {
        let tasks = stand.vod.tasks();
        tasks.into_iter().find(|task| task.kind == "TRANSCODE")
    };
    cancel().await.unwrap();
    assert_eq!(transcoding(), None);
    assert_eq!(
        stand.vod.asset(&busy).unwrap().transcode_status,
        "UN_TRANSCODE"
    );

    let again = json!({"asset_id": busy, "template_group_name": "hd"});
    stand.call("CreateAssetProcessTask", again).await.unwrap();
    let task = transcoding().unwrap().id;
    stand.vod.start_task(&task).unwrap();
    let code = cancel().await.unwrap_err();
    assert_eq!(code.code(), Some("VOD.10083"));
    stand.vod.end_task(&task, None).unwrap();
    assert_eq!(
        stand.vod.asset(&busy).unwrap().transcode_status,
        "TRANSCODE_SUCCEED"
    );
    assert!(stand.vod.end_task(&task, None).is_err());
}

#[test]
fn the_table_is_about_operations_that_exist() {
    let mut names: Vec<_> = behaviours().map(|behaviour| behaviour.operation).collect();
    for name in &names {
        assert!(vod_api::operation::find(name).is_some(), "{name}");
    }
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count, "each operation is there once");
    let codes = behaviours().flat_map(|behaviour| behaviour.errors);
    for failure in codes {
        assert!(
            vod_api::codes::doc(failure.code).is_some(),
            "{}",
            failure.code
        );
    }
}
