//! The commands: what each takes, and what it does. A module for each.

mod api;
mod asset;
mod category;
mod clean;
mod completion;
mod config;
mod configure;
mod creation;
mod doctor;
mod download;
mod edit;
mod events;
mod flag;
mod ids;
mod import;
mod list;
#[cfg(feature = "local")]
mod local;
mod lookup;
mod man;
mod media;
mod outcomes;
mod overview;
mod publish;
mod review;
mod rm;
mod several;
mod show;
mod snapshot;
mod tasks;
mod template;
mod transcode;
mod upload;
mod uploads;
mod url;
mod wait;
mod waiting;
mod watermark;
mod work;

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
            upload::command(),
            uploads::command(),
            import::command(),
            list::command(),
            show::command(),
            url::command(),
            tasks::command(),
            wait::command(),
            transcode::command(),
            snapshot::command(),
            download::command(),
            publish::publish_command(),
            publish::unpublish_command(),
            rm::command(),
            clean::command(),
            edit::command(),
            review::command(),
            category::command(),
            template::command(),
            watermark::command(),
            events::command(),
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
        Some(("show", matches)) => show::run(session, matches).await,
        Some(("url", matches)) => url::run(session, matches).await,
        Some(("tasks", matches)) => tasks::run(session, matches).await,
        Some(("wait", matches)) => wait::run(session, matches).await,
        Some(("transcode", matches)) => transcode::run(session, matches).await,
        Some(("snapshot", matches)) => snapshot::run(session, matches).await,
        Some(("download", matches)) => download::run(session, matches).await,
        Some(("publish", matches)) => publish::publish(session, matches).await,
        Some(("unpublish", matches)) => publish::unpublish(session, matches).await,
        Some(("rm", matches)) => rm::run(session, matches).await,
        Some(("clean", matches)) => clean::run(session, matches).await,
        Some(("edit", matches)) => edit::run(session, matches).await,
        Some(("review", matches)) => review::run(session, matches).await,
        Some(("category", matches)) => category::run(session, matches).await,
        Some(("template", matches)) => template::run(session, matches).await,
        Some(("watermark", matches)) => watermark::run(session, matches).await,
        Some(("events", matches)) => events::run(session, matches).await,
        Some(("upload", matches)) => upload::run(session, matches).await,
        Some(("uploads", matches)) => uploads::run(session, matches).await,
        Some(("import", matches)) => import::run(session, matches).await,
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
    PossibleValuesParser::new(values_of(meta, parameter))
}

/// The values that a parameter of an operation can have, or a member of one, as `common.format`.
fn values_of(meta: &'static OperationMeta, path: &str) -> &'static [&'static str] {
    let mut names = path.split('.');
    let first = names.next().unwrap_or_default();
    let mut parameters = meta.parameters.iter().map(|it| &it.property);
    let found = parameters.find(|property| property.name == first);
    let schema = names.fold(found.map(|it| it.schema), |schema, name| {
        member(schema?, name)
    });
    schema.map_or(&[], |schema| values(&schema))
}

fn member(schema: Schema, name: &str) -> Option<Schema> {
    match schema.kind() {
        SchemaKind::Object(facts) => {
            let mut properties = facts().properties.iter();
            properties.find(|it| it.name == name).map(|it| it.schema)
        }
        SchemaKind::Array(item) => member(*item, name),
        _ => None,
    }
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
