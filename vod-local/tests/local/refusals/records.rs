//! Templates, watermarks, editing, the CDN and settings.

use serde_json::{Value, json};
use vod_local::{Cause, Failure};

use super::Scene;
use crate::Stand;
use crate::templates::{stream, template};

/// As [`Scene::request`].
pub(super) async fn request(scene: &Scene, operation: &str, failure: &Failure) -> Option<Value> {
    let stand = &scene.stand;
    let (creating, idle) = (scene.creating(), scene.idle.as_str());
    let urls = ["http://h/1.mp4"; 10];
    Some(match (operation, failure.cause) {
        (
            "CreateTranscodeTemplate"
            | "UpdateTranscodeTemplate"
            | "DeleteTranscodeTemplate"
            | "CreateTemplateGroup"
            | "UpdateTemplateGroup"
            | "DeleteTemplateGroup",
            _,
        ) => return of_templates(stand, operation, failure).await,
        ("CreateTemplateGroupCollection", _) => of_sets(stand, failure, json!({"name": "s"})).await,
        ("UpdateTemplateGroupCollection", Cause::Missing) => {
            json!({"collection_id": "x", "name": "s"})
        }
        ("UpdateTemplateGroupCollection", _) => {
            let hd = stand.template("hd").await;
            let set = stand.set(&[&hd]).await;
            of_sets(stand, failure, json!({"collection_id": set})).await
        }
        ("DeleteTemplateGroupCollection", _) => json!({"group_collection_id": "x"}),
        ("CreateWatermarkTemplate", Cause::Limit) => {
            stand.watermark("n").await;
            json!({"name": "n", "type": "PNG"})
        }
        ("UpdateWatermarkTemplate", Cause::Missing) => json!({"id": "x", "name": "n"}),
        ("UpdateWatermarkTemplate", Cause::State) => {
            let created = json!({"name": "n", "type": "PNG"});
            let created = stand
                .call("CreateWatermarkTemplate", created)
                .await
                .unwrap();
            json!({"id": created["id"], "name": "other"})
        }
        ("UpdateWatermarkTemplate", Cause::Limit) => {
            stand.watermark("n").await;
            json!({"id": stand.watermark("other").await, "name": "n"})
        }
        ("DeleteWatermarkTemplate", Cause::Missing) => json!({"id": "x"}),
        ("ListWatermarkTemplate" | "ListTemplateGroup", Cause::Parameter) => {
            json!({"page": 200, "size": 100})
        }
        ("CreateAssetEditTask", cause) => {
            let (id, end) = match cause {
                Cause::Missing => ("x", "3"),
                Cause::State => (creating, "3"),
                Cause::Limit => (idle, "2.0"),
                _ => (idle, "soon"),
            };
            json!({"inputs": [{"asset_id": id, "timeline_start": "2", "timeline_end": end}]})
        }
        ("DeleteAssetEditTask", Cause::State) => {
            let part = json!({"asset_id": idle, "timeline_start": "0", "timeline_end": "3"});
            let inputs = json!({"inputs": [part]});
            let created = stand.call("CreateAssetEditTask", inputs).await.unwrap();
            let id = created["task_id"].as_str().unwrap();
            stand.vod.start_task(id).unwrap();
            json!({"task_id": id})
        }
        ("DeleteAssetEditTask" | "ShowRefreshResult" | "ShowPreheatingAsset", _) => {
            json!({"task_id": "x"})
        }
        ("RefreshAsset", Cause::Missing) => json!({"asset_id_list": ["x"]}),
        ("RefreshAsset", Cause::State) => json!({"asset_id_list": [creating]}),
        ("CreatePreheatingAsset", Cause::State) => json!({"asset_id": creating}),
        ("RefreshAsset" | "CreatePreheatingAsset", Cause::Limit) => {
            for _ in 0..100 {
                stand.call(operation, json!({"urls": urls})).await.unwrap();
            }
            json!({"urls": ["http://h/2.mp4"]})
        }
        ("UpdateStorageMode", Cause::Missing) => json!({"asset_id": "x", "storage_mode": "COLD"}),
        ("UpdateHttpsConfig", Cause::State) => {
            json!({"domain": "127.0.0.1", "certificate": "c", "private_key": "k"})
        }
        ("UpdateHttpsConfig", _) => {
            json!({"domain": "h", "source": "scm", "cert_id": "123"})
        }
        _ => return None,
    })
}

/// A template in the form of the operation, which is refused.
async fn of_templates(stand: &Stand, operation: &str, failure: &Failure) -> Option<Value> {
    let is_new = operation.starts_with("Create");
    let is_group = operation.ends_with("Group");
    let stream = || {
        if is_group {
            group_stream("MP4")
        } else {
            stream("HD")
        }
    };
    let common = if is_group {
        json!({"pvc": "0", "audio_codec": "AAC"})
    } else {
        json!({"format": "MP4"})
    };
    let mut request = json!({
        "name": "mine", "quality_info_list": [stream()], "common": common,
    });
    if is_new {
        if is_group {
            request["type"] = "custom_template_group".into();
        }
    } else {
        request["group_id"] = stand.template("present").await.into();
    }
    match (failure.code, failure.cause) {
        ("VOD.10062", _) => request["group_id"] = "x".into(),
        ("VOD.10083", _) => request["group_id"] = stand.built_in().await.into(),
        ("VOD.10117", _) => {
            let id = request["group_id"].as_str().unwrap();
            stand.set(&[id]).await;
        }
        ("VOD.10082", _) => {
            stand.template("mine").await;
        }
        ("VOD.10124", _) => request["watermark_template_ids"] = json!(["x"]),
        (_, Cause::Parameter) => {
            let name = if is_group {
                "auto_encrypt"
            } else {
                "is_auto_encrypt"
            };
            request[name] = if is_group { 1.into() } else { true.into() };
        }
        _ => return None,
    }
    if operation.starts_with("Delete") {
        return Some(json!({"group_id": request["group_id"]}));
    }
    Some(request)
}

/// A set with templates that it cannot have.
async fn of_sets(stand: &Stand, failure: &Failure, mut request: Value) -> Value {
    request["template_group_list"] = match failure.cause {
        Cause::Missing => json!(["x"]),
        _ => {
            let mut dash = template("both");
            dash["common"]["format"] = "DASH_HLS".into();
            let created = stand.call("CreateTranscodeTemplate", dash).await.unwrap();
            json!([stand.template("hls").await, created["group_id"]])
        }
    };
    request
}

fn group_stream(format: &str) -> Value {
    json!({"video": {"quality": "HD"}, "format": format})
}
