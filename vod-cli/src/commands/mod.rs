//! The commands: what each takes, and what it does. A module for each.

mod api;

use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::exit::{Exit, Failure};
use crate::session::Session;
use crate::settings;

/// The whole command, without what stands behind the name of an operation.
pub(crate) fn root() -> Command {
    let version = Arg::new("version")
        .long("version")
        .short('V')
        .action(ArgAction::Version)
        .help("Shows the version");
    Command::new("vod")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Huawei Cloud Video On Demand (VOD) from a terminal")
        .after_help(EXIT_CODES)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .arg(version)
        .args(settings::flags().into_iter().map(|flag| flag.global(true)))
        .subcommand(api::command())
}

/// Runs the command that was named.
pub(crate) async fn run(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    match matches.subcommand() {
        Some(("api", matches)) => api::run(session, matches).await,
        // The parser requires one of them.
        _ => Err(Failure::usage("no command is named")),
    }
}

const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  the service refused or failed, and nothing below fits
  2  wrong arguments, JSON or settings, or a documented limit; nothing was sent
  3  there are no credentials, or they were not accepted
  4  no such media asset, task, category and so on
  5  the service is busy or cannot be reached, or time ran out: later it may work
  6  some of several failed; the rest is done
  7  a task ended in a failed state
  8  a task was waited for too long; it goes on";
