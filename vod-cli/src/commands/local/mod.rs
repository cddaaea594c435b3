//! `vod local`: a service on this machine, and what can be done with one that runs.

mod admin;
mod clock;
mod facts;
mod faults;
mod requests;
mod start;
mod state;

use clap::{Arg, ArgMatches, Args, Command};
use serde_json::Value;
use vod_api::reqwest::Method;
use vod_local::server::{EnvOptions, Options};

use self::admin::Admin;
use crate::exit::{Exit, Failure};
use crate::output::{Column, Format, Shape};
use crate::session::Session;

const HEALTH: &[Column] = &[
    Column::text("STATUS", "status"),
    Column::text("VERSION", "version"),
    Column::text("UPTIME", "uptime_seconds"),
    Column::text("PROGRESS", "progress.mode"),
];

pub(super) fn command() -> Command {
    described(
        Options::augment_args(Command::new("local")),
        "Runs a service on this machine, for development and tests",
    )
    .after_help(AFTER)
    .args_conflicts_with_subcommands(true)
    .disable_help_subcommand(true)
    .subcommands([
        start::command(),
        described(
            EnvOptions::augment_args(Command::new("env")),
            "Prints variables for a shell, by which vod and the official SDKs find the service",
        ),
        asks("stop", "Stops the service"),
        asks("health", "Says whether the service is well"),
        asks("reset", "Goes back to the state of the start"),
        state::command(),
        state::seed_command(),
        clock::command(),
        faults::fail_command(),
        faults::command(),
        requests::command(),
        facts::command(),
        asks("openapi", "Prints the API of VOD as an OpenAPI document"),
    ])
}

/// A command with options of the server, which bring a description of their own.
fn described(command: Command, about: &'static str) -> Command {
    command.about(about).long_about(None)
}

pub(super) async fn run(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let Some((name, matches)) = matches.subcommand() else {
        return start::run(session, matches).await;
    };
    match name {
        "start" => return start::run(session, matches).await,
        "env" => return start::env(session, matches),
        "log" => return requests::run(session, matches).await,
        _ => {}
    }
    let admin = Admin::of(session, matches)?;
    match name {
        "stop" => {
            admin.send(Method::POST, "/stop", None).await?;
            admin.until_gone().await?;
            session.messages.progress("the service has stopped");
        }
        "health" => {
            let health = admin.get("/health").await?;
            let printer = session.task_printer()?;
            printer.print(&health, Shape::of_columns(HEALTH))?;
        }
        "reset" => state::reset(session, &admin).await?,
        "state" => state::run(session, &admin, matches).await?,
        "seed" => state::seed(session, &admin, matches).await?,
        "clock" => clock::run(session, &admin, matches).await?,
        "fail" => faults::fail(session, &admin, matches).await?,
        "faults" => faults::run(session, &admin, matches).await?,
        "facts" => facts::run(session, &admin, matches).await?,
        _ => document(session, &admin.get("/openapi.json").await?)?,
    }
    Ok(Exit::Done)
}

/// A command that asks a service that runs.
fn asks(name: &'static str, about: &'static str) -> Command {
    Command::new(name).about(about).arg(at())
}

/// The flag that names the service.
fn at() -> Arg {
    Arg::new("at")
        .long("at")
        .value_name("URL")
        .value_parser(admin::address)
        .help("Address of the service, if not http://127.0.0.1:8863 [env: VOD_LOCAL_URL]")
}

/// Writes a document as JSON, unless the flags name another form.
fn document(session: &Session<'_>, document: &Value) -> Result<(), Failure> {
    let printer = session.printer(Format::Json)?;
    printer.print(document, Shape::default())
}

const AFTER: &str = "\
Examples:
  vod local                                runs it until Ctrl-C
  vod local start --background             goes on without the terminal, until `vod local stop`
  eval \"$(vod local env)\"                  has vod and the official SDKs call it
  vod local fail ListAssetList --times 2   has two calls fail
  vod local log --follow                   shows requests as they come";
