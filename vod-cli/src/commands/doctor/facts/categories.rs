//! Facts about categories.

use serde_json::{Value, json};
use vod_api::model::{
    CreateAssetCategoryRequest, DeleteAssetCategoryRequest, ListCategoryInfoRequest,
    UpdateAssetCategoryRequest,
};
use vod_api::operation::Operation;
use vod_api::{Error, Response, codes};

use super::bench::Bench;
use super::finding::{Finding, Seen, answered, is_done, is_refused};

const TAKEN: &str = "CreateAssetCategory refuses a name that is taken";
const ONE_NAME: &str = "categories under different ones can have one name";
const REPEATED: &str = "UpdateAssetCategory can be repeated";
const BELOW: &str = "DeleteAssetCategory deletes those below as well";
const GONE: &str = "DeleteAssetCategory refuses what is deleted already";

pub(super) async fn categories(bench: &mut Bench) {
    let first = create(bench, 0).await;
    let Some(id) = first.as_ref().ok().and_then(|reply| id(reply)) else {
        let why = is_done(&first).map_or_else(|why| why, |seen| seen.what);
        for fact in [TAKEN, ONE_NAME, REPEATED, BELOW, GONE] {
            let why = format!("no category was made: {why}");
            bench.report.tell(fact, Err(why));
        }
        return;
    };
    let again = create(bench, 0).await;
    let finding = is_refused(&again, codes::CATEGORY_EXISTS);
    bench.report.tell(TAKEN, finding);
    let below = create(bench, id).await;
    bench.report.tell(ONE_NAME, is_done(&below));
    let update = json!({"id": id, "name": format!("{} b", bench.stamp)});
    let mut updated = bench
        .call(UpdateAssetCategoryRequest::META, update.clone())
        .await;
    if updated.is_ok() {
        updated = bench.call(UpdateAssetCategoryRequest::META, update).await;
    }
    bench.report.tell(REPEATED, is_done(&updated));
    let finding = match below.as_ref().ok().and_then(|reply| self::id(reply)) {
        Some(below) => deleted_with(bench, [id, below]).await,
        None => Err("there is none below".to_owned()),
    };
    bench.report.tell(BELOW, finding);
    let finding = if bench.categories.contains(&id) {
        Err("it was not deleted".to_owned())
    } else {
        let again = delete(bench, id).await;
        is_refused(&again, codes::CATEGORY_NOT_FOUND)
    };
    bench.report.tell(GONE, finding);
}

async fn create(bench: &mut Bench, parent: i64) -> Result<Response<Value>, Error> {
    let request = json!({"name": bench.stamp, "parent_id": parent});
    let made = bench.call(CreateAssetCategoryRequest::META, request).await;
    let id = made.as_ref().ok().and_then(|reply| id(reply));
    bench.categories.extend(id);
    made
}

async fn delete(bench: &Bench, id: i64) -> Result<Response<Value>, Error> {
    let request = json!({ "id": id });
    bench.call(DeleteAssetCategoryRequest::META, request).await
}

/// Deletes a category, and looks for the one below it.
async fn deleted_with(bench: &mut Bench, [id, below]: [i64; 2]) -> Finding {
    if let Err(error) = delete(bench, id).await {
        return answered(&error, false);
    }
    bench.categories.retain(|left| *left != id);
    let request = json!({"id": [below]});
    let finding = match bench.call(ListCategoryInfoRequest::META, request).await {
        Ok(reply) => {
            let listed = reply.as_array().map_or(0, Vec::len);
            Ok(Seen::new(listed == 0, format!("{listed} are listed")))
        }
        Err(error) => answered(&error, error.is_not_found()),
    };
    if finding.as_ref().is_ok_and(|seen| seen.holds) {
        bench.categories.retain(|left| *left != below);
    }
    finding
}

/// The id of a category. 0 stands for all categories: to delete that would delete those of others.
fn id(reply: &Value) -> Option<i64> {
    let id = reply.get("id").and_then(Value::as_i64);
    id.filter(|id| *id > 0)
}
