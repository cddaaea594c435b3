//! Files that the service fetches: from a bucket of the user, or from a web address.

use serde_json::{Value, json};
use vod_api::codes;

use super::described;
use super::files::video_key;
use crate::machine::Upload;
use crate::operations::{Answer, Call, Refusal};
use crate::progress::{Beginning, begin};
use crate::state::{Asset, Project, Work};

/// `UpdateBucketAuthorized`.
pub(crate) fn authorize_bucket(project: &mut Project, call: &Call<'_>) -> Answer {
    let bucket = call.text("bucket").unwrap_or_default();
    project.buckets.retain(|known| known != bucket);
    if call.text("operation") == Some("1") {
        project.buckets.push(bucket.to_owned());
    }
    Ok(Value::Null)
}

/// `PublishAssetFromObs`.
pub(crate) fn copy(project: &mut Project, call: &Call<'_>) -> Answer {
    let input = &call.parameters["input"];
    let bucket = input["bucket"].as_str().unwrap_or_default();
    if !project.buckets.iter().any(|known| known == bucket) {
        let message = "The service may not use the bucket: call UpdateBucketAuthorized first.";
        return Err(Refusal::new(codes::BUCKET_NOT_AUTHORIZED, message));
    }
    let mut asset = described(call, project, call.parameters)?;
    let file = input["object"].as_str().unwrap_or_default();
    asset.video_name = file_name(file);
    asset.upload = Upload::Copying;
    let id = fetch(project, call, asset, (Work::Copy, input.clone()));
    Ok(json!({"asset_id": id}))
}

/// `UploadMetaDataByUrl`.
pub(crate) fn pull(project: &mut Project, call: &Call<'_>) -> Answer {
    let files = call.parameters["upload_metadatas"].as_array();
    let results = files.into_iter().flatten().map(|file| {
        let url = &file["url"];
        match described(call, project, file) {
            Ok(mut asset) => {
                let path = url.as_str().unwrap_or_default().split(['?', '#']).next();
                asset.video_name = file_name(path.unwrap_or_default());
                let id = fetch(project, call, asset, (Work::Pull, json!({"url": url})));
                json!({"url": url, "asset_id": id})
            }
            Err(refusal) => {
                json!({"url": url, "error_code": refusal.code, "error_msg": refusal.message})
            }
        }
    });
    let results: Vec<_> = results.collect();
    Ok(json!({"upload_assets": results}))
}

/// Begins to fetch a file, and gives the id of its media asset.
fn fetch(
    project: &mut Project,
    call: &Call<'_>,
    asset: Asset,
    (work, details): (Work, Value),
) -> String {
    let id = call.context.id(project, "asset");
    let object = video_key(call, project, &id, &asset.video_type);
    project.assets.insert(Asset {
        id: id.clone(),
        object,
        ..asset
    });
    let beginning = Beginning {
        work,
        asset_id: &id,
        details,
    };
    begin(project, &call.context, beginning);
    id
}

fn file_name(path: &str) -> String {
    path.rsplit('/').next().unwrap_or_default().to_owned()
}
