//! The state of the service, as one document.

use clap::{Arg, ArgMatches, Command};
use serde_json::Value;
use vod_api::reqwest::Method;

use super::admin::Admin;
use super::{asks, at, document};
use crate::exit::Failure;
use crate::session::Session;

pub(super) fn command() -> Command {
    asks("state", "Prints or replaces the state")
        .args_conflicts_with_subcommands(true)
        .disable_help_subcommand(true)
        .subcommands([
            asks("get", "Prints the state, as `vod local state` does"),
            Command::new("put")
                .about("Replaces the state")
                .arg(file())
                .arg(at()),
        ])
}

pub(super) fn seed_command() -> Command {
    asks(
        "seed",
        "Sets the state that a reset goes back to, and goes there",
    )
    .arg(file())
}

fn file() -> Arg {
    Arg::new("file")
        .value_name("FILE")
        .required(true)
        .help("A state as JSON; - reads it from standard input")
}

pub(super) async fn run(
    session: &mut Session<'_>,
    admin: &Admin,
    matches: &ArgMatches,
) -> Result<(), Failure> {
    match matches.subcommand() {
        Some(("put", matches)) => {
            // The address can stand behind it as well.
            let admin = Admin::of(session, matches)?;
            let state = read(session, matches)?;
            let told = admin.send(Method::PUT, "/state", Some(&state)).await?;
            said(session, "the state is replaced", &told);
            Ok(())
        }
        Some((_, matches)) => {
            let admin = Admin::of(session, matches)?;
            document(session, &admin.get("/state").await?)
        }
        None => document(session, &admin.get("/state").await?),
    }
}

pub(super) async fn seed(
    session: &mut Session<'_>,
    admin: &Admin,
    matches: &ArgMatches,
) -> Result<(), Failure> {
    let state = read(session, matches)?;
    let told = admin.send(Method::POST, "/seed", Some(&state)).await?;
    said(
        session,
        "the state is that of the file, and so it is after a reset",
        &told,
    );
    Ok(())
}

/// Goes back to the state of the start: in one project, if the flags name it.
pub(super) async fn reset(session: &Session<'_>, admin: &Admin) -> Result<(), Failure> {
    let project = session.settings.project_id.as_deref();
    let project: Vec<_> = project.map(|id| ("project", id)).into_iter().collect();
    let path = admin.with_query("/reset", &project);
    admin.send(Method::POST, &path, None).await?;
    session.messages.progress("the state is that of the start");
    Ok(())
}

fn said(session: &Session<'_>, what: &str, told: &Value) {
    let projects = told.get("projects").and_then(Value::as_array);
    let count = projects.map_or(0, Vec::len);
    session
        .messages
        .progress(&format!("{what} (projects: {count})"));
}

fn read(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Value, Failure> {
    let path = matches.get_one::<String>("file");
    let path = path.map(String::as_str).unwrap_or_default();
    let wrong = |why: String| Failure::usage(format!("{path}: {why}"));
    let text = match path {
        "-" => session.io.read_all(),
        path => std::fs::read_to_string(path),
    };
    let text = text.map_err(|error| wrong(error.to_string()))?;
    serde_json::from_str(&text).map_err(|error| wrong(format!("it is not JSON: {error}")))
}
