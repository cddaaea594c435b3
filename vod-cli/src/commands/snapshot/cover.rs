//! `vod snapshot cover`.

use clap::{Arg, ArgMatches, Command, value_parser};
use serde_json::json;
use vod_api::model::UpdateCoverByThumbnailRequest;
use vod_api::operation::Operation;

use super::{id, id_of, images};
use crate::exit::{Exit, Failure};
use crate::output::{Column, Shape};
use crate::session::Session;

const COLUMNS: &[Column] = &[
    Column::text("ID", "asset_id"),
    Column::text("COVER", "number"),
];

pub(super) fn command() -> Command {
    Command::new("cover")
        .about("Makes a picture the cover of its media asset")
        .arg(id())
        .arg(
            Arg::new("number")
                .value_name("N")
                .required(true)
                .value_parser(value_parser!(u64).range(1..))
                .help("Its number, as `vod snapshot list` has it"),
        )
}

pub(super) async fn run(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let printer = session.task_printer()?;
    let number = matches.get_one("number").copied().unwrap_or_default();
    let id = id_of(matches);
    let client = session.client().await?;
    let images = images::of(&client, id).await?;
    // As the service has it: a signature is none of its own.
    let url = &images::numbered(&images, number)?["url"];
    let request = json!({ "thumbnailUrl": url });
    client
        .call(UpdateCoverByThumbnailRequest::META, request)
        .await?;
    let row = json!({ "asset_id": id, "number": number });
    printer.print(&row, Shape::of_columns(COLUMNS))?;
    Ok(Exit::Done)
}
