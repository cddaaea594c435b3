//! `vod edit`: title, description, category and tags of a media asset.

use clap::{Arg, ArgGroup, ArgMatches, Command};
use serde_json::json;
use vod_api::model::UpdateAssetMetaRequest;
use vod_api::operation::Operation;

use crate::commands::{flag, lookup};
use crate::exit::{Exit, Failure};
use crate::output::{Column, Shape};
use crate::session::Session;

const COLUMNS: &[Column] = &[Column::text("ID", "asset_id")];

pub(super) fn command() -> Command {
    Command::new("edit")
        .about("Changes title, description, category or tags of a media asset")
        .arg(
            Arg::new("id")
                .value_name("ID")
                .required(true)
                .help("Id of the media asset"),
        )
        .args([
            flag::value("title", "TEXT", "New title, at most 128 bytes"),
            flag::value("description", "TEXT", "New description; '' removes it"),
            flag::value(
                "category",
                "NAME",
                "Moves it to a category: its name, path or id",
            ),
            flag::value(
                "tags",
                "TAGS",
                "New tags, with commas between them; '' removes all",
            ),
        ])
        .group(
            ArgGroup::new("changes")
                .args(["title", "description", "category", "tags"])
                .multiple(true)
                .required(true),
        )
}

pub(super) async fn run(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let text = |name| matches.get_one::<String>(name);
    let id = text("id").map(String::as_str).unwrap_or_default();
    let mut request = json!({ "asset_id": id });
    for name in ["title", "description", "tags"] {
        if let Some(value) = text(name) {
            request[name] = value.as_str().into();
        }
    }
    let printer = session.task_printer()?;
    let client = session.client().await?;
    if let Some(name) = text("category") {
        request["category_id"] = lookup::category(&client, name).await?.into();
    }
    client.call(UpdateAssetMetaRequest::META, request).await?;
    printer.print(&json!({ "asset_id": id }), Shape::of_columns(COLUMNS))?;
    Ok(Exit::Done)
}
