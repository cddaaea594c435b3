//! `vod snapshot`: pictures from media assets.
//!
//! Taking them has a name of its own, `take`: ids and names of commands in one place could be taken
//! for each other, by people and by what completes a line in a shell.

mod cover;
mod get;
mod images;
mod list;
mod take;

use clap::{Arg, ArgMatches, Command};

use crate::exit::{Exit, Failure};
use crate::session::Session;

pub(super) fn command() -> Command {
    Command::new("snapshot")
        .about("Takes pictures from media assets, and has them as files or as cover")
        .disable_help_subcommand(true)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommands([
            take::command(),
            list::command(),
            get::command(),
            cover::command(),
        ])
}

pub(super) async fn run(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    match matches.subcommand() {
        Some(("take", matches)) => take::run(session, matches).await,
        Some(("list", matches)) => list::run(session, matches).await,
        Some(("get", matches)) => get::run(session, matches).await,
        Some(("cover", matches)) => cover::run(session, matches).await,
        // The parser requires one of them.
        _ => Err(Failure::usage("no command is named")),
    }
}

/// The argument that names one media asset.
fn id() -> Arg {
    Arg::new("id")
        .value_name("ID")
        .required(true)
        .help("Id of the media asset")
}

fn id_of(matches: &ArgMatches) -> &str {
    matches.get_one::<String>("id").map_or("", String::as_str)
}
