//! `vod download`: source files and outputs of media assets.

mod find;
mod places;

use clap::{ArgMatches, Command};
use serde_json::{Value, json};
use tokio::time::Instant;

use self::find::{Finder, Found};
use self::places::{Places, Target};
use crate::commands::several::Tally;
use crate::commands::url::{Choice, Seal};
use crate::commands::{flag, ids};
use crate::exit::{Exit, Failure};
use crate::fetch::{Fetcher, Wanted, Watch};
use crate::output::{Column, Listing, Shape, Show};
use crate::progress::{Board, Entry, Transfer};
use crate::session::Session;
use crate::settings;

const COLUMNS: &[Column] = &[
    Column::text("ID", "asset_id"),
    Column::text("FILE", "file"),
    Column::new("SIZE", "size", Show::Bytes),
    Column::text("CHECKED", "checked_by"),
];

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
             Outputs in HLS and DASH, as the template of the system makes them, are many files: players\n\
             fetch them, by the URLs of `vod url`.\n\n\
             Examples:\n  \
             vod download f488337c31c8e4622f1590735b134c65 --to films/\n  \
             vod download f488337c31c8e4622f1590735b134c65 --quality HD --to film.mp4",
        )
}

pub(super) async fn run(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let ids = ids::read(session, matches)?;
    let to = matches.get_one::<String>("to");
    let to = to.map(String::as_str).unwrap_or_default();
    let printer = session.task_printer()?;
    let signer = settings::play_signer(&session.settings, session.io).await?;
    let seal = Seal::new(signer, (session.io.now)(), None)?;
    let client = session.client().await?;
    let download = Download {
        finder: Finder {
            client: &client,
            choice: &Choice::read(matches),
            seal: &seal,
        },
        fetcher: Fetcher::new(session.settings.retries)?,
        board: Board::new(session, (1, 0)),
    };
    let interrupt = session.io.interrupt.clone();
    let board = download.board.clone();
    if to == "-" {
        let [id] = ids.as_slice() else {
            return Err(Failure::usage("--to -: standard output takes one file"));
        };
        let work = download.to_stdout(session, id);
        return match interrupt.unless(board.beside(work)).await {
            Ok(done) => done,
            Err(signal) => Err(Failure::Stopped {
                exit: signal.into(),
                message: "the file is not complete".to_owned(),
            }),
        };
    }
    let mut places = Places::new(Target::new(to, ids.len())?, matches.get_flag("force"));
    let mut tally = Tally::new(&session.messages, ids.len());
    let mut listing = Listing::new(&printer, Shape::of_columns(COLUMNS));
    let stopped = {
        let ended = (&mut tally, &mut listing);
        let work = download.to_files(&ids, &mut places, ended);
        interrupt.unless(board.beside(work)).await
    };
    board.clear();
    listing.end()?;
    match stopped {
        Ok(ended) => {
            ended?;
            tally.end("download")
        }
        Err(signal) => Err(Failure::Stopped {
            exit: signal.into(),
            message: format!(
                "{} of {} files are there. The same command goes on from here.",
                tally.count(),
                ids.len()
            ),
        }),
    }
}

/// Fetches files of media assets.
struct Download<'a> {
    finder: Finder<'a>,
    fetcher: Fetcher,
    board: Board,
}

impl Download<'_> {
    /// Fetches a file for each media asset, one after the other: together they would share the
    /// line.
    async fn to_files(
        &self,
        ids: &[String],
        places: &mut Places,
        (tally, listing): (&mut Tally, &mut Listing<'_>),
    ) -> Result<(), Failure> {
        for id in ids {
            let fetched = self.to_file(id, places).await;
            self.board.clear();
            match fetched {
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
        Ok(())
    }

    async fn to_file(&self, id: &str, places: &mut Places) -> Result<Value, Failure> {
        let found = self.finder.find(id).await?;
        let place = places.of(id, &found.name)?;
        let bar = Bar::new(&self.board, &found.name);
        let again = async || Ok(self.finder.find(id).await?.url);
        let wanted = wanted(&found, &bar);
        let fetched = self.fetcher.to_file(wanted, &place, again).await?;
        Ok(json!({
            "asset_id": id,
            "file": place.display().to_string(),
            "size": fetched.size,
            "checked_by": if fetched.by_md5 { "md5" } else { "size" },
        }))
    }

    async fn to_stdout(&self, session: &Session<'_>, id: &str) -> Result<Exit, Failure> {
        let found = self.finder.find(id).await?;
        let bar = Bar::new(&self.board, &found.name);
        let again = async || Ok(self.finder.find(id).await?.url);
        let stdout = session.io.stdout.clone();
        let wanted = wanted(&found, &bar);
        self.fetcher.to_stream(wanted, &stdout, again).await?;
        self.board.clear();
        Ok(Exit::Done)
    }
}

fn wanted<'a>(found: &'a Found, watch: &'a dyn Watch) -> Wanted<'a> {
    Wanted {
        name: &found.name,
        url: found.url.clone(),
        etag: found.etag,
        watch,
    }
}

/// A file on the board.
struct Bar {
    board: Board,
    entry: Entry,
    begin: Instant,
}

impl Bar {
    fn new(board: &Board, name: &str) -> Self {
        Self {
            board: board.clone(),
            entry: board.add(name, 0),
            begin: Instant::now(),
        }
    }
}

impl Watch for Bar {
    fn so_far(&self, got: u64, total: Option<u64>) {
        let seconds = self.begin.elapsed().as_secs_f64().max(0.001);
        self.entry.update(Transfer {
            sent: got,
            total: total.unwrap_or(got),
            rate: got as f64 / seconds,
            ..Transfer::default()
        });
    }

    fn say(&self, text: &str) {
        self.board.say(text);
    }
}
