//! `vod snapshot get`.

use std::path::PathBuf;

use clap::{ArgAction, ArgMatches, Command, value_parser};
use serde_json::{Value, json};

use super::{id, id_of, images};
use crate::commands::several::Tally;
use crate::commands::url::Seal;
use crate::commands::{asset, flag};
use crate::exit::{Exit, Failure};
use crate::fetch::{Etag, Fetcher, Wanted};
use crate::output::{Column, Listing, Messages, Shape, Show};
use crate::session::Session;
use crate::settings;

const COLUMNS: &[Column] = &[
    Column::text("N", "number"),
    Column::text("FILE", "file"),
    Column::new("SIZE", "size", Show::Bytes),
];

pub(super) fn command() -> Command {
    Command::new("get")
        .about("Downloads the pictures of a media asset")
        .arg(id())
        .arg(
            flag::value("to", "FOLDER", "Folder to write to; that of now by default")
                .default_value(".")
                .hide_default_value(true)
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(
            flag::value("number", "N", "Downloads those with these numbers only")
                .value_delimiter(',')
                .action(ArgAction::Append)
                .value_parser(value_parser!(u64).range(1..)),
        )
        .arg(flag::switch("force", "Replaces files that are there"))
        .after_help("The files are called ID_N.jpg, N being their number in `vod snapshot list`.")
}

pub(super) async fn run(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let printer = session.task_printer()?;
    let signer = settings::play_signer(&session.settings, session.io).await?;
    let saver = Saver {
        fetcher: Fetcher::new(session.settings.retries)?,
        seal: Seal::new(signer, (session.io.now)(), None)?,
        id: id_of(matches),
        folder: matches.get_one("to").cloned().unwrap_or_default(),
        is_forced: matches.get_flag("force"),
        messages: session.messages.clone(),
    };
    let client = session.client().await?;
    let images = images::of(&client, saver.id).await?;
    let numbers = matches.get_many::<u64>("number").into_iter().flatten();
    let chosen = numbers.map(|number| images::numbered(&images, *number));
    let mut chosen = chosen.collect::<Result<Vec<_>, _>>()?;
    if chosen.is_empty() {
        chosen = images.iter().collect();
    }
    let made = std::fs::create_dir_all(&saver.folder);
    made.map_err(|why| Failure::usage(format!("--to {}: {why}", saver.folder.display())))?;
    let mut tally = Tally::new(&session.messages, chosen.len());
    let mut listing = Listing::new(&printer, Shape::of_columns(COLUMNS));
    for image in chosen {
        match saver.save(image).await {
            Ok(row) => {
                tally.done();
                listing.push(row)?;
            }
            Err(failure) => tally.failed(&format!("snapshot {}", image["number"]), failure),
        }
    }
    listing.end()?;
    tally.end("snapshot get")
}

/// Writes pictures to a folder.
struct Saver<'a> {
    fetcher: Fetcher,
    seal: Seal,
    id: &'a str,
    folder: PathBuf,
    is_forced: bool,
    messages: Messages,
}

impl Saver<'_> {
    async fn save(&self, image: &Value) -> Result<Value, Failure> {
        let name = format!("{}_{}.jpg", self.id, image["number"]);
        let place = self.folder.join(&name);
        let shown = place.display();
        if !self.is_forced && place.exists() {
            let message = format!("{shown} is there already");
            return Err(Failure::usage_with(message, "--force replaces it"));
        }
        let url = asset::text(image, "url");
        let wanted = Wanted {
            name: &name,
            url: self.seal.sign(url)?,
            etag: Etag::Unknown,
            watch: &self.messages,
        };
        let again = async || self.seal.sign(url);
        let fetched = self.fetcher.to_file(wanted, &place, again).await?;
        Ok(json!({
            "asset_id": self.id,
            "number": image["number"],
            "file": shown.to_string(),
            "size": fetched.size,
        }))
    }
}
