//! `vod snapshot list`.

use clap::{ArgMatches, Command};
use vod_api::Client;

use super::{id, id_of, images};
use crate::commands::asset;
use crate::commands::url::Seal;
use crate::exit::{Exit, Failure};
use crate::output::{Column, Listing, Shape, Show};
use crate::session::Session;
use crate::settings;

const COLUMNS: &[Column] = &[
    Column::text("N", "number"),
    Column::new("AT", "offset", Show::Seconds),
    Column::text("TYPE", "type"),
    Column::text("URL", "url"),
];

pub(super) fn command() -> Command {
    Command::new("list")
        .about("Lists the pictures of a media asset with their URLs")
        .arg(id())
}

pub(super) async fn run(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let printer = session.task_printer()?;
    let signer = settings::play_signer(&session.settings, session.io).await?;
    let seal = Seal::new(signer, (session.io.now)(), None)?;
    let client: Client = session.client().await?;
    let mut listing = Listing::new(&printer, Shape::of_columns(COLUMNS));
    for mut row in images::of(&client, id_of(matches)).await? {
        row["url"] = seal.sign(asset::text(&row, "url"))?.into();
        listing.push(row)?;
    }
    listing.end()?;
    Ok(Exit::Done)
}
