//! Deletes the media assets that were created before a time, and tells what became of each, even if it
//! is interrupted.
//!
//! Without arguments, it asks a service inside this very process, which answers as prepared:
//!
//! ```sh
//! cargo run --example clean_up
//! ```
//!
//! With a region and a time in UTC, it asks the real service, and media assets are gone for good:
//!
//! ```sh
//! export HUAWEICLOUD_SDK_AK=… HUAWEICLOUD_SDK_SK=…
//! cargo run --example clean_up -- cn-north-4 20200101000000
//! ```
//!
//! After Ctrl-C it sends no more, and waits for the answers to what it has sent; after a second one, it
//! does not wait. What was not deleted is listed the next time.

mod clean;

use std::env;
use std::error::Error;

use serde_json::{Value, json};
use vod_api::{Client, Time};
use vod_local::{ReceivedRequest, Reply, Service};

use self::clean::Done;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let done = match arguments.as_slice() {
        [] => {
            let service = Service::start().await?;
            service.respond(prepared);
            clean_up(&service.client().build()?, "20200101000000").await?
        }
        [region, end] => {
            // Checked before anything is listed.
            let end: Time<vod_api::time::Compact> = end.parse()?;
            let client = Client::builder().region(region.as_str()).build()?;
            clean_up(&client, end.as_str()).await?
        }
        _ => return Err("usage: clean_up [REGION YYYYMMDDHHMMSS]".into()),
    };
    for id in &done.deleted {
        println!("{id}\tdeleted");
    }
    for (id, reason) in &done.failed {
        println!("{id}\tfailed\t{reason}");
    }
    for id in &done.unsent {
        println!("{id}\tnot sent");
    }
    for id in &done.unknown {
        println!("{id}\tsent, outcome unknown");
    }
    Ok(())
}

async fn clean_up(client: &Client, end: &str) -> Result<Done, vod_api::Error> {
    let ids = clean::created_before(client, end).await?;
    eprintln!("{} media assets to delete", ids.len());
    let interrupt = || async {
        // Without a handler, Ctrl-C ends the program.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    Ok(clean::delete(client, ids, interrupt).await)
}

/// Has 25 media assets, one of which cannot be deleted.
fn prepared(request: &ReceivedRequest) -> Reply {
    if request.operation() == Some("ListAssetList") {
        let assets: Vec<_> = (1..=25)
            .map(|it| json!({"asset_id": format!("a{it:02}")}))
            .collect();
        return Reply::json(200, json!({"total": assets.len(), "assets": assets}));
    }
    let ids = request.parameters()["asset_id"].as_array().cloned();
    let results = ids.unwrap_or_default().into_iter().map(|id| {
        let status = if id == "a07" { "FAILED" } else { "DELETED" };
        json!({"asset_id": id, "status": status})
    });
    Reply::json(
        200,
        json!({"delete_result_array": results.collect::<Vec<Value>>()}),
    )
}
