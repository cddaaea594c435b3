//! The commands: what each takes, and what it does. A module for each.

mod api;
mod ids;
mod import;
mod list;
mod lookup;
mod media;
mod settled;
mod upload;
mod uploads;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command};
use vod_api::operation::{OperationMeta, Schema, SchemaKind};

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
        .subcommands([
            list::command(),
            upload::command(),
            uploads::command(),
            import::command(),
            api::command(),
        ])
}

/// Runs the command that was named.
pub(crate) async fn run(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    match matches.subcommand() {
        Some(("list", matches)) => list::run(session, matches).await,
        Some(("upload", matches)) => upload::run(session, matches).await,
        Some(("uploads", matches)) => uploads::run(session, matches).await,
        Some(("import", matches)) => import::run(session, matches).await,
        Some(("api", matches)) => api::run(session, matches).await,
        // The parser requires one of them.
        _ => Err(Failure::usage("no command is named")),
    }
}

/// The values that a parameter of an operation can have, as its facts list them.
fn one_of(meta: &'static OperationMeta, parameter: &str) -> PossibleValuesParser {
    PossibleValuesParser::new(values_of(meta, parameter))
}

/// The same, as they are.
fn values_of(meta: &'static OperationMeta, parameter: &str) -> &'static [&'static str] {
    let mut parameters = meta.parameters.iter().map(|it| &it.property);
    let found = parameters.find(|property| property.name == parameter);
    found.map_or(&[], |property| values(&property.schema))
}

/// The values that a member of the items in a list can have, which is a parameter of an operation.
fn values_within(
    meta: &'static OperationMeta,
    (parameter, member): (&str, &str),
) -> &'static [&'static str] {
    let mut parameters = meta.parameters.iter().map(|it| &it.property);
    let list = parameters.find(|property| property.name == parameter);
    let items = list.and_then(|list| match list.schema.kind() {
        SchemaKind::Array(item) => Some(item.kind()),
        _ => None,
    });
    let Some(SchemaKind::Object(facts)) = items else {
        return &[];
    };
    let mut members = facts().properties.iter();
    let found = members.find(|property| property.name == member);
    found.map_or(&[], |property| values(&property.schema))
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
  8  a task was waited for too long; it goes on
  130, 143  stopped by Ctrl-C or SIGTERM; the same command goes on";
