//! The commands: what each takes, and what it does. A module for each.

mod api;
mod completion;
mod config;
mod configure;
mod doctor;
mod ids;
mod list;
#[cfg(feature = "local")]
mod local;
mod lookup;
mod man;
mod overview;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command};
use vod_api::operation::{OperationMeta, Schema, SchemaKind};

use crate::exit::{Exit, Failure};
use crate::session::Session;
use crate::settings;

/// The whole command, without what stands behind the name of an operation.
pub(crate) fn root() -> Command {
    let root = without_server();
    #[cfg(feature = "local")]
    let root = root.subcommand(local::command());
    root
}

fn without_server() -> Command {
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
        .subcommands([
            list::command(),
            api::command(),
            configure::command(),
            config::command(),
            doctor::command(),
            completion::command(),
            overview::command(),
            man::command(),
        ])
        .subcommand(completion::hidden_command())
}

/// Runs the command that was named.
pub(crate) async fn run(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    match matches.subcommand() {
        Some(("list", matches)) => list::run(session, matches).await,
        Some(("api", matches)) => api::run(session, matches).await,
        Some(("configure", matches)) => configure::run(session, matches).await,
        Some(("config", matches)) => config::run(session, matches),
        Some(("doctor", matches)) => doctor::run(session, matches).await,
        Some(("commands", matches)) => overview::run(session, matches),
        Some(("man", matches)) => man::run(session, matches),
        Some(("completion", matches)) => completion::run(session, matches),
        Some(("__complete", matches)) => completion::complete(session, matches).await,
        #[cfg(feature = "local")]
        Some(("local", matches)) => local::run(session, matches).await,
        // The parser requires one of them.
        _ => Err(Failure::usage("no command is named")),
    }
}

/// The values that a parameter of an operation can have, as its facts list them.
fn one_of(meta: &'static OperationMeta, parameter: &str) -> PossibleValuesParser {
    let mut parameters = meta.parameters.iter().map(|it| &it.property);
    let found = parameters.find(|property| property.name == parameter);
    let values = found.map_or(&[][..], |property| values(&property.schema));
    PossibleValuesParser::new(values)
}

fn values(schema: &Schema) -> &'static [&'static str] {
    match schema.kind() {
        SchemaKind::OneOf(values) => values,
        SchemaKind::Array(item) => values(item),
        _ => &[],
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
