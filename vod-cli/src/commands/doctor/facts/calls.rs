//! Facts about calls.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use md5::{Digest, Md5};
use serde_json::{Value, json};
use vod_api::codes;
use vod_api::model::{
    CancelAssetTranscodeTaskRequest, CheckMd5DuplicationRequest, CreateAssetCategoryRequest,
    DeleteAssetCategoryRequest, DeleteAssetsRequest, ListAssetListRequest,
    ListAssetTaskInfoRequest, ListCategoryInfoRequest, ShowAssetDetailRequest,
    ShowAssetTempAuthorityRequest, UpdateAssetMetaRequest,
};
use vod_api::operation::Operation;

use super::bench::{Bench, word};
use super::finding::{Finding, Seen, answered, is_done, is_refused};

/// An id that no media asset has.
const NOBODY: &str = "00000000000000000000000000000000";
/// A category that nobody has.
const NO_CATEGORY: i64 = 2_000_000_000;

pub(super) async fn unknown_ids(bench: &mut Bench) {
    let request = json!({"asset_id": [NOBODY]});
    let deleted = bench.call(DeleteAssetsRequest::META, request).await;
    bench.report.tell(
        "DeleteAssets answers FAILED for an id that does not exist",
        match deleted {
            Ok(reply) => {
                let status = word(&reply, "/delete_result_array/0/status");
                Ok(Seen::new(status == "FAILED", status))
            }
            Err(error) => answered(&error, false),
        },
    );
    let request = json!({
        "http_verb": "POST",
        "bucket": "vod-doctor",
        "object_key": "none.mp4",
        "content_type": "video/mp4",
    });
    let signed = bench
        .call(ShowAssetTempAuthorityRequest::META, request)
        .await;
    bench.report.tell(
        "ShowAssetTempAuthority knows only objects of media assets",
        is_refused(&signed, codes::RESOURCE_NOT_FOUND),
    );
    let request = json!({"marker": "none"});
    let listed = bench.call(ListAssetTaskInfoRequest::META, request).await;
    bench.report.tell(
        "ListAssetTaskInfo refuses a marker that it has not given",
        is_refused(&listed, codes::INVALID_PARAMETER),
    );
    let request = json!({"page": 200, "size": 100});
    let listed = bench.call(ListAssetListRequest::META, request).await;
    bench.report.tell(
        "ListAssetList refuses pages beyond 20,000 media assets",
        is_refused(&listed, codes::INVALID_PARAMETER),
    );
}

/// Which bytes of a file that was uploaded before are hashed.
pub(super) async fn duplicates(bench: &mut Bench) {
    let finding = match bench.file.clone() {
        Some(path) => found(bench, &path).await,
        None => Err("--file names a media file that was uploaded before".to_owned()),
    };
    let fact = "CheckMd5Duplication hashes the first 1,024 bytes";
    bench.report.tell(fact, finding);
}

async fn found(bench: &Bench, path: &Path) -> Finding {
    let read = || -> std::io::Result<(Vec<u8>, u64)> {
        let file = File::open(path)?;
        let size = file.metadata()?.len();
        let mut start = Vec::new();
        file.take(1025).read_to_end(&mut start)?;
        Ok((start, size))
    };
    let (start, size) = read().map_err(|error| format!("{}: {error}", path.display()))?;
    for length in [1024, 1025] {
        let hashed = start.get(..length).unwrap_or(&start);
        let hash = Md5::digest(hashed);
        let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        let request = json!({"size": size, "md5": hash});
        match bench.call(CheckMd5DuplicationRequest::META, request).await {
            Ok(reply) => {
                let ids = reply.get("asset_ids").and_then(Value::as_array);
                if ids.is_some_and(|ids| !ids.is_empty()) {
                    let what = format!("found by {length} bytes");
                    return Ok(Seen::new(length == 1024, what));
                }
            }
            Err(error) => return answered(&error, false),
        }
    }
    Err("no media asset has this file, or other bytes are hashed".to_owned())
}

pub(super) async fn categories(bench: &mut Bench) {
    let name = bench.stamp.clone();
    let create = async |bench: &Bench, parent: i64| {
        let request = json!({"name": name, "parent_id": parent});
        bench.call(CreateAssetCategoryRequest::META, request).await
    };
    let first = create(bench, 0).await;
    bench.category = first.as_ref().ok().and_then(|reply| id(reply));
    let again = create(bench, 0).await;
    bench.report.tell(
        "CreateAssetCategory refuses a name that is taken",
        is_refused(&again, codes::CATEGORY_EXISTS),
    );
    let Some(first) = bench.category else {
        let why = is_done(&first).map_or_else(|why| why, |seen| seen.what);
        let why: Finding = Err(format!("no category was made: {why}"));
        bench.report.tell(
            "Categories under different ones can have one name",
            why.clone(),
        );
        bench
            .report
            .tell("DeleteAssetCategory deletes those below as well", why);
        return;
    };
    let below = create(bench, first).await;
    bench.report.tell(
        "Categories under different ones can have one name",
        is_done(&below),
    );
    let finding = match below.as_ref().ok().and_then(|reply| id(reply)) {
        Some(below) => deleted_with(bench, [first, below]).await,
        None => Err("there is none below".to_owned()),
    };
    let fact = "DeleteAssetCategory deletes those below as well";
    bench.report.tell(fact, finding);
}

/// Deletes a category, and looks for the one below it.
async fn deleted_with(bench: &mut Bench, [id, below]: [i64; 2]) -> Finding {
    let request = json!({ "id": id });
    let deleted = bench.call(DeleteAssetCategoryRequest::META, request).await;
    if let Err(error) = deleted {
        return answered(&error, false);
    }
    bench.category = None;
    let request = json!({"id": [below]});
    match bench.call(ListCategoryInfoRequest::META, request).await {
        Ok(reply) => {
            let listed = reply.as_array().map_or(0, Vec::len);
            if listed > 0 {
                // It has to be deleted by itself.
                bench.category = Some(below);
            }
            Ok(Seen::new(listed == 0, format!("{listed} are listed")))
        }
        Err(error) => answered(&error, error.is_not_found()),
    }
}

pub(super) async fn lists(bench: &mut Bench) {
    struct Case {
        fact: &'static str,
        /// Beside a search for the title.
        filter: Value,
        is_listed: bool,
    }
    let title = bench.stamp.clone();
    let cases = [
        Case {
            fact: "A search of ListAssetList does not look at the case of letters",
            filter: json!({"query_string": title.to_uppercase()}),
            is_listed: true,
        },
        Case {
            fact: "One of several tags has to fit",
            filter: json!({"tags": format!("doctor,{NOBODY}")}),
            is_listed: true,
        },
        Case {
            fact: "Of several states, one of each kind has to fit",
            filter: json!({"status": ["CREATING", "TRANSCODE_SUCCEED"]}),
            is_listed: false,
        },
    ];
    for case in cases {
        let finding = is_listed(bench, &title, case.filter).await;
        let finding = finding.map(|listed| {
            let what = if listed { "listed" } else { "not listed" };
            Seen::new(listed == case.is_listed, what)
        });
        bench.report.tell(case.fact, finding);
    }
}

/// Whether the media asset is listed by a filter.
async fn is_listed(bench: &Bench, title: &str, filter: Value) -> Result<bool, String> {
    let Some(upload) = &bench.upload else {
        return Err("there is no media asset".to_owned());
    };
    let mut request = json!({"query_string": title, "size": 10});
    if let (Value::Object(request), Value::Object(filter)) = (&mut request, filter) {
        request.extend(filter);
    }
    let listed = bench.call(ListAssetListRequest::META, request).await;
    let listed = listed.map_err(|error| error.to_string())?;
    let assets = listed.get("assets").and_then(Value::as_array);
    let mut assets = assets.into_iter().flatten();
    Ok(assets.any(|asset| word(asset, "/asset_id") == upload.asset_id))
}

pub(super) async fn changes(bench: &mut Bench) {
    let (fits, unknown, waits) = (
        "UpdateAssetMeta leaves as it is what is not given",
        "UpdateAssetMeta refuses a category that does not exist",
        "CancelAssetTranscodeTask is refused where no transcoding waits",
    );
    let Some(id) = bench.upload.as_ref().map(|upload| upload.asset_id.clone()) else {
        for fact in [fits, unknown, waits] {
            let why = "there is no media asset".to_owned();
            bench.report.tell(fact, Err(why));
        }
        return;
    };
    let request = json!({"asset_id": id, "title": format!("{} changed", bench.stamp)});
    let changed = bench.call(UpdateAssetMetaRequest::META, request).await;
    let finding = match changed {
        Ok(_) => kept(bench, &id).await,
        Err(error) => answered(&error, false),
    };
    bench.report.tell(fits, finding);
    let request = json!({"asset_id": id, "category_id": NO_CATEGORY});
    let changed = bench.call(UpdateAssetMetaRequest::META, request).await;
    let finding = is_refused(&changed, codes::CATEGORY_NOT_FOUND);
    bench.report.tell(unknown, finding);
    let request = json!({ "asset_id": id });
    let canceled = bench
        .call(CancelAssetTranscodeTaskRequest::META, request)
        .await;
    bench
        .report
        .tell(waits, is_refused(&canceled, codes::INVALID_STATE));
}

/// Whether the media asset has the description that it was made with.
async fn kept(bench: &Bench, id: &str) -> Finding {
    let request = json!({ "asset_id": id });
    match bench.call(ShowAssetDetailRequest::META, request).await {
        Ok(reply) => {
            let description = word(&reply, "/base_info/description");
            let holds = description == bench.stamp;
            let what = if holds {
                "the description is there"
            } else {
                "the description is gone"
            };
            Ok(Seen::new(holds, what))
        }
        Err(error) => answered(&error, false),
    }
}

/// The id of a category. 0 stands for all categories: to delete that would delete those of others.
fn id(reply: &Value) -> Option<i64> {
    let id = reply.get("id").and_then(Value::as_i64);
    id.filter(|id| *id > 0)
}
