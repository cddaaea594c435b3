//! Transcodes the media assets of the last week that never were, three at a time, and tells what came of each.
//!
//! Without arguments, it asks a service inside this very process, which answers as prepared:
//!
//! ```sh
//! cargo run --example transcode_new
//! ```
//!
//! With a region and the name of a transcoding template group, it asks the real service, which charges for it:
//!
//! ```sh
//! export HUAWEICLOUD_SDK_AK=… HUAWEICLOUD_SDK_SK=…
//! cargo run --example transcode_new -- cn-north-4 system_template_group
//! ```

use std::env;
use std::error::Error;
use std::time::{Duration, SystemTime};

use futures_util::{StreamExt, stream};
use serde_json::json;
use vod_api::Client;
use vod_api::model::TranscodeStatus;
use vod_local::{ReceivedRequest, Reply, Service};

const WEEK: Duration = Duration::from_secs(7 * 24 * 60 * 60);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = env::args().skip(1).collect();
    match arguments.as_slice() {
        [] => {
            let service = Service::start().await?;
            service.respond(prepared);
            let client = service.client().build()?;
            transcode_new(&client, "my-templates").await?;
        }
        [region, templates] => {
            let client = Client::builder().region(region.as_str()).build()?;
            transcode_new(&client, templates).await?;
        }
        _ => return Err("usage: transcode_new [REGION TEMPLATE_GROUP]".into()),
    }
    Ok(())
}

async fn transcode_new(client: &Client, templates: &str) -> Result<(), vod_api::Error> {
    let since = SystemTime::now() - WEEK;
    let mut assets = client.list_asset_list().start_time(since).items();
    let mut new = Vec::new();
    while let Some(asset) = assets.next().await {
        let asset = asset?;
        if asset.transcode_status == Some(TranscodeStatus::UnTranscode) {
            new.extend(asset.asset_id);
        }
    }
    println!("{} media assets to transcode", new.len());

    let transcode = |id: String| async move {
        let done = transcode(client, &id, templates).await;
        (id, done)
    };
    let mut outcomes = stream::iter(new).map(transcode).buffer_unordered(3);
    while let Some((id, done)) = outcomes.next().await {
        match done {
            Ok(()) => println!("  {id}: done"),
            Err(error) => println!("  {id}: {error}"),
        }
    }
    Ok(())
}

async fn transcode(client: &Client, id: &str, templates: &str) -> Result<(), vod_api::Error> {
    let call = client.create_asset_process_task(id);
    let task = call.template_group_name(templates).start().await?;
    task.until_done().await?;
    Ok(())
}

/// What the built-in service answers: of four media assets three are new, and the last of them cannot be transcoded.
fn prepared(request: &ReceivedRequest) -> Reply {
    let asset = |id: &str, status: &str| json!({"asset_id": id, "transcode_status": status});
    let parameters = request.parameters();
    let id = &parameters["asset_id"];
    match request.operation() {
        Some("ListAssetList") if id == &json!(["a4"]) => {
            let reason = "transcode_exec_desc:The file has no video.;";
            Reply::json(
                200,
                json!({"assets": [{"asset_id": "a4", "exec_desc": reason}]}),
            )
        }
        Some("ListAssetList") => {
            let assets = [
                asset("a1", "UN_TRANSCODE"),
                asset("a2", "TRANSCODE_SUCCEED"),
                asset("a3", "UN_TRANSCODE"),
                asset("a4", "UN_TRANSCODE"),
            ];
            Reply::json(200, json!({"total": assets.len(), "assets": assets}))
        }
        Some("CreateAssetProcessTask") => Reply::json(202, json!({"asset_id": id})),
        // Before the task is started, there is none.
        Some("ListAssetTaskInfo") if parameters["create_time_after"].is_null() => {
            Reply::json(200, json!({"results": []}))
        }
        Some("ListAssetTaskInfo") => {
            let status = if id == "a4" { "FAILED" } else { "SUCCEED" };
            let task =
                json!({"asset_id": id, "status": status, "create_time": "2026-03-20T08:00:00Z"});
            Reply::json(200, json!({"results": [task]}))
        }
        _ => Reply::json(
            200,
            json!({"transcode_info": {"exec_desc": "The file has no video."}}),
        ),
    }
}
