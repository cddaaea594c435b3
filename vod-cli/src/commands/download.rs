//! `vod download`: source files and outputs of media assets.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use clap::{ArgMatches, Command};
use serde_json::{Value, json};
use vod_api::Client;

use crate::commands::several::Tally;
use crate::commands::url::{Choice, Seal, no_output, quality};
use crate::commands::{asset, flag, ids};
use crate::exit::{Exit, Failure};
use crate::fetch::{Etag, Fetcher, Wanted};
use crate::output::{Column, Listing, Shape, Show};
use crate::session::Session;
use crate::settings;

const COLUMNS: &[Column] = &[
    Column::text("ID", "asset_id"),
    Column::text("FILE", "file"),
    Column::new("SIZE", "size", Show::Bytes),
    Column::text("CHECKED", "checked_by"),
];

/// Outputs that are one file.
const FILES: [&str; 3] = ["MP4", "MP3", "AAC"];

pub(super) fn command() -> Command {
    Command::new("download")
        .about("Downloads the source files of media assets, or outputs of them")
        .arg(ids::argument("Ids of the media assets"))
        .arg(
            flag::value("to", "PATH", "File or folder to write to; - is standard output")
                .default_value(".")
                .hide_default_value(true),
        )
        .args(Choice::flags())
        .arg(flag::switch("force", "Replaces files that are there"))
        .after_help(
            "A file has the name of the one that was uploaded. It is written to NAME.part first, and\n\
             the same command goes on from there after it was stopped.\n\n\
             Examples:\n  \
             vod download f488337c31c8e4622f1590735b134c65 --to films/\n  \
             vod download f488337c31c8e4622f1590735b134c65 --quality HD --to film.mp4",
        )
}

pub(super) async fn run(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let ids = ids::read(session, matches)?;
    let choice = Choice::read(matches);
    let to = matches.get_one::<String>("to");
    let to = to.map(String::as_str).unwrap_or_default();
    let printer = session.task_printer()?;
    let signer = settings::play_signer(&session.settings, session.io).await?;
    let seal = Seal::new(signer, (session.io.now)(), None)?;
    let fetcher = Fetcher::new(&session.messages, session.settings.retries)?;
    let client = session.client().await?;
    let finder = Finder {
        client: &client,
        choice: &choice,
        seal: &seal,
    };
    if to == "-" {
        let [id] = ids.as_slice() else {
            return Err(Failure::usage("--to -: standard output takes one file"));
        };
        let found = finder.find(id).await?;
        let again = async || Ok(finder.find(id).await?.url);
        let stdout = session.io.stdout.clone();
        fetcher.to_stream(found.wanted(), &stdout, again).await?;
        return Ok(Exit::Done);
    }
    let mut places = Places {
        target: Target::new(to, ids.len())?,
        is_forced: matches.get_flag("force"),
        taken: HashMap::new(),
    };
    let mut tally = Tally::new(&session.messages, ids.len());
    let mut listing = Listing::new(&printer, Shape::of_columns(COLUMNS));
    for id in &ids {
        let fetched = async {
            let found = finder.find(id).await?;
            let place = places.of(id, &found.name)?;
            let again = async || Ok(finder.find(id).await?.url);
            let fetched = fetcher.to_file(found.wanted(), &place, again).await?;
            Ok(json!({
                "asset_id": id,
                "file": place.display().to_string(),
                "size": fetched.size,
                "checked_by": if fetched.by_md5 { "md5" } else { "size" },
            }))
        };
        match fetched.await {
            Ok(row) => {
                tally.done();
                listing.push(row)?;
            }
            Err(failure) => {
                if tally.failed(id, failure).is_break() {
                    break;
                }
            }
        }
    }
    listing.end()?;
    tally.end("download")
}

/// Finds files of media assets.
struct Finder<'a> {
    client: &'a Client,
    choice: &'a Choice,
    seal: &'a Seal,
}

/// A file of a media asset.
struct Found {
    name: String,
    url: String,
    etag: Etag,
}

impl Found {
    fn wanted(&self) -> Wanted<'_> {
        Wanted {
            name: &self.name,
            url: self.url.clone(),
            etag: self.etag,
        }
    }
}

impl Finder<'_> {
    async fn find(&self, id: &str) -> Result<Found, Failure> {
        let parts = ["base_info", "transcode_info"];
        let detail = asset::detail(self.client, id, &parts).await?;
        let name = detail.pointer("/base_info/video_name");
        let name = file_name(name.and_then(Value::as_str).unwrap_or_default());
        let name = name.unwrap_or(id).to_owned();
        if self.choice.is_any() {
            self.source(&detail, name)
        } else {
            self.output(&detail, &name)
        }
    }

    fn source(&self, detail: &Value, name: String) -> Result<Found, Failure> {
        let info = &detail["base_info"];
        let (url, etag) = match (
            asset::text(info, "sign_url"),
            asset::text(info, "video_url"),
        ) {
            ("", "") => {
                let why = "there is no source file: it is not uploaded yet, or was deleted";
                return Err(Failure::other(Exit::NotFound, why));
            }
            ("", url) => (self.seal.sign(url)?, Etag::Unknown),
            (url, _) => (url.to_owned(), Etag::OfObject),
        };
        Ok(Found { name, url, etag })
    }

    fn output(&self, detail: &Value, name: &str) -> Result<Found, Failure> {
        let is_file = |output: &&Value| {
            let play_type = asset::text(output, "play_type");
            FILES.iter().any(|it| it.eq_ignore_ascii_case(play_type))
        };
        let outputs: Vec<_> = self.choice.of(detail).collect();
        let mut files = outputs.iter().copied().filter(is_file);
        let output = match (files.next(), files.next()) {
            (Some(output), None) => output,
            (Some(_), Some(_)) => {
                return Err(Failure::usage_with(
                    "there are several such outputs",
                    "name one by --type and --quality; `vod url` has their URLs",
                ));
            }
            (None, _) if outputs.is_empty() => return Err(no_output(detail, self.choice)),
            (None, _) => {
                return Err(Failure::usage_with(
                    "HLS and DASH are many files, which players fetch one by one",
                    "--type mp4 is one file; without --type and --quality it is the source",
                ));
            }
        };
        let stem = Path::new(name).file_stem();
        let stem = stem.and_then(|it| it.to_str()).unwrap_or(name);
        let ending = asset::text(output, "play_type").to_ascii_lowercase();
        let name = match quality(output) {
            "" => format!("{stem}.{ending}"),
            quality => format!("{stem}_{quality}.{ending}"),
        };
        Ok(Found {
            name,
            url: self.seal.sign(asset::text(output, "url"))?,
            etag: Etag::Unknown,
        })
    }
}

/// The last part of a name that somebody gave to a file, if it can be one here: it must not lead
/// elsewhere.
fn file_name(name: &str) -> Option<&str> {
    let last = name.rsplit(['/', '\\']).next()?.trim();
    let is_usable = !matches!(last, "" | "." | "..") && !last.chars().any(char::is_control);
    is_usable.then_some(last)
}

/// Where files go.
enum Target {
    File(PathBuf),
    Folder(PathBuf),
}

impl Target {
    /// A path for so many files. It is a folder if it is there as one, ends like one, or there are
    /// several files.
    fn new(to: &str, files: usize) -> Result<Self, Failure> {
        let path = PathBuf::from(to);
        if !path.is_dir() && files == 1 && !to.ends_with(['/', std::path::MAIN_SEPARATOR]) {
            return Ok(Self::File(path));
        }
        std::fs::create_dir_all(&path)
            .map_err(|why| Failure::usage(format!("--to {to}: {why}")))?;
        Ok(Self::Folder(path))
    }
}

/// The places of files, each for one media asset.
struct Places {
    target: Target,
    is_forced: bool,
    taken: HashMap<PathBuf, String>,
}

impl Places {
    /// The place of a file.
    fn of(&mut self, id: &str, name: &str) -> Result<PathBuf, Failure> {
        let place = match &self.target {
            Target::File(path) => path.clone(),
            Target::Folder(folder) => folder.join(name),
        };
        let shown = place.display();
        if let Some(other) = self.taken.get(&place) {
            return Err(Failure::usage_with(
                format!("{shown} is the file of {other}, too"),
                "--to takes another name, for one media asset at a time",
            ));
        }
        if !self.is_forced && place.exists() {
            return Err(Failure::usage_with(
                format!("{shown} is there already"),
                "--force replaces it",
            ));
        }
        self.taken.insert(place.clone(), id.to_owned());
        Ok(place)
    }
}
