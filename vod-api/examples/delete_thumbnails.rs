//! Deletes snapshots of a media asset and tells what came of each snapshot task.
//!
//! Without arguments, it asks a service inside this very process, which answers as prepared:
//!
//! ```sh
//! cargo run --example delete_thumbnails
//! ```
//!
//! With a region, it asks the real service, and snapshots are gone for good:
//!
//! ```sh
//! export HUAWEICLOUD_SDK_AK=… HUAWEICLOUD_SDK_SK=… HUAWEICLOUD_SDK_PROJECT_ID=…
//! cargo run --example delete_thumbnails -- --region cn-north-4 --asset ID --task ID
//! ```

use std::env;
use std::error::Error;
use std::process::ExitCode;

use serde_json::json;
use vod_api::model::ThumbnailDeletionStatus;
use vod_api::{Client, Credentials};
use vod_local::{Reply, Service};

const USAGE: &str = "\
usage: delete_thumbnails                                               try it on a built-in service
       delete_thumbnails --region REGION [--asset ID] [--task ID]...   delete snapshots

The second form needs --asset or --task, and these environment variables:
  HUAWEICLOUD_SDK_AK, HUAWEICLOUD_SDK_SK   access key and secret key
  HUAWEICLOUD_SDK_PROJECT_ID               project id in the region
  HUAWEICLOUD_SDK_SECURITY_TOKEN           only for temporary keys";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let options = match Options::read(env::args().skip(1)) {
        Ok(options) => options,
        Err(message) => {
            eprintln!("{message}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    let done = match &options.region {
        Some(region) => on_real_service(region, &options).await,
        None => on_built_in_service().await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn on_real_service(region: &str, options: &Options) -> Result<(), Box<dyn Error>> {
    let [access_key, secret_key, project_id] = required([
        "HUAWEICLOUD_SDK_AK",
        "HUAWEICLOUD_SDK_SK",
        "HUAWEICLOUD_SDK_PROJECT_ID",
    ])?;
    let mut credentials = Credentials::new(access_key, secret_key);
    if let Some(token) = variable("HUAWEICLOUD_SDK_SECURITY_TOKEN") {
        credentials = credentials.with_security_token(token);
    }
    let client = Client::builder()
        .region(region)
        .project_id(project_id)
        .credentials(credentials)
        .build()?;
    delete(&client, options.asset.as_deref(), &options.tasks).await
}

async fn on_built_in_service() -> Result<(), Box<dyn Error>> {
    let service = Service::start().await?;
    service.reply(Reply::json(
        200,
        json!({"delete_result_array": [
            {"asset_id": "a1", "task_id": "t1", "status": "DELETED"},
            {"asset_id": "a1", "task_id": "t2", "status": "FAILED"},
            {"asset_id": "a1", "task_id": "t3", "status": "UNKNOW"},
        ]}),
    ));
    let client = service.client().build()?;
    let tasks = ["t1", "t2", "t3"].map(str::to_owned);
    delete(&client, Some("a1"), &tasks).await
}

async fn delete(
    client: &Client,
    asset: Option<&str>,
    tasks: &[String],
) -> Result<(), Box<dyn Error>> {
    println!("Deleting snapshots");
    println!("  of asset: {}", asset.unwrap_or("any"));
    println!(
        "  of tasks: {}",
        if tasks.is_empty() {
            "all".to_owned()
        } else {
            tasks.join(", ")
        }
    );

    let tasks = Some(tasks).filter(|tasks| !tasks.is_empty());
    let done = client
        .delete_thumbnails()
        .maybe(tasks, |call, tasks| call.task_ids(tasks))
        .maybe(asset, |call, asset| call.asset_id(asset))
        .await?;

    println!(
        "Request {}",
        done.meta().request_id().unwrap_or("without id")
    );
    for result in &done.delete_result_array {
        let outcome = match &result.status {
            Some(ThumbnailDeletionStatus::Deleted) => "deleted",
            Some(ThumbnailDeletionStatus::Failed) => "could not be deleted",
            Some(ThumbnailDeletionStatus::Undetermined) => "the service cannot tell",
            // The service may add values at any time.
            Some(other) => other.as_str(),
            None => "no outcome",
        };
        println!("  {}: {outcome}", result.task_id.as_deref().unwrap_or("?"));
    }
    Ok(())
}

fn required<const N: usize>(names: [&str; N]) -> Result<[String; N], String> {
    let missing: Vec<_> = names
        .into_iter()
        .filter(|name| variable(name).is_none())
        .collect();
    if missing.is_empty() {
        Ok(names.map(|name| variable(name).unwrap_or_default()))
    } else {
        Err(format!("set these variables: {}", missing.join(", ")))
    }
}

fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

#[derive(Default)]
struct Options {
    region: Option<String>,
    asset: Option<String>,
    tasks: Vec<String>,
}

impl Options {
    fn read(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Self::default();
        while let Some(name) = arguments.next() {
            let mut value = || {
                arguments
                    .next()
                    .ok_or_else(|| format!("{name} needs a value"))
            };
            match name.as_str() {
                "--region" => options.region = Some(value()?),
                "--asset" => options.asset = Some(value()?),
                "--task" => options.tasks.push(value()?),
                _ => return Err(format!("unknown argument {name}")),
            }
        }
        let targets = options.asset.is_some() || !options.tasks.is_empty();
        match (&options.region, targets) {
            (Some(_), false) => Err("nothing to delete: give --asset or --task".to_owned()),
            (None, true) => Err("--asset and --task need --region".to_owned()),
            _ => Ok(options),
        }
    }
}
