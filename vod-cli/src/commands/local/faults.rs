//! Failures that are asked for.

use std::time::Duration;

use clap::{Arg, ArgAction, ArgGroup, ArgMatches, Command, value_parser};
use serde_json::{Map, Value, json};
use vod_api::reqwest::Method;

use super::admin::Admin;
use super::asks;
use crate::api;
use crate::commands::flag;
use crate::exit::Failure;
use crate::output::{Column, Shape};
use crate::session::Session;
use crate::settings::duration;

const COLUMNS: &[Column] = &[
    Column::text("ID", "id"),
    Column::text("PLACE", "place"),
    Column::text("OPERATION", "operation"),
    Column::text("STEP", "step"),
    Column::text("STATUS", "status"),
    Column::text("CODE", "code"),
    Column::text("TIMES", "times"),
];

/// The steps of an upload and a download, as the service calls them.
const STEPS: [&str; 7] = ["put", "start", "part", "list", "join", "abort", "get"];

pub(super) fn fail_command() -> Command {
    let number = |name, help| flag::value(name, "N", help).value_parser(value_parser!(u64));
    asks(
        "fail",
        "Lets calls, or requests to the object storage, fail: the next one by default",
    )
    .after_help(EXAMPLES)
    .arg(
        Arg::new("operation")
            .value_name("OPERATION")
            .help("Operation that fails; any, if none is named"),
    )
    .arg(
        flag::value(
            "storage",
            "STEP",
            "Fails a step of the object storage instead",
        )
        .value_parser(STEPS)
        .conflicts_with("operation"),
    )
    .arg(number("part", "Part that fails").requires("storage"))
    .arg(number("times", "Fails so often"))
    .arg(flag::switch("always", "Fails until it is taken back").conflicts_with("times"))
    .arg(
        flag::value(
            "probability",
            "P",
            "Fails by chance: 0.5 is every other time",
        )
        .value_parser(value_parser!(f64)),
    )
    .arg(number("status", "HTTP status; 503 by default"))
    .arg(flag::value("code", "CODE", "Error code, such as VOD.10053"))
    .arg(flag::value("message", "TEXT", "Error message"))
    .arg(flag::value("delay", "TIME", "Answers after so long, such as 2s").value_parser(duration))
    .arg(flag::switch(
        "reset",
        "Closes the connection instead of an answer",
    ))
    .arg(flag::switch("never", "Does not answer"))
    .arg(flag::switch(
        "cut-off",
        "Closes the connection within the answer",
    ))
    .arg(number("reset-after", "Closes the connection after so many bytes").requires("storage"))
    .arg(number("stall-after", "Stops after so many bytes").requires("storage"))
    .arg(
        flag::switch(
            "lost-reply",
            "Does what was asked for, and closes the connection",
        )
        .requires("storage"),
    )
    .group(
        ArgGroup::new("kind")
            .args(["reset", "never", "cut-off"])
            .conflicts_with("storage"),
    )
}

pub(super) fn command() -> Command {
    asks("faults", "Lists the failures that were asked for")
        .arg(
            Arg::new("clear")
                .long("clear")
                .action(ArgAction::SetTrue)
                .help("Takes all of them back"),
        )
        .arg(
            Arg::new("remove")
                .long("remove")
                .value_name("ID")
                .conflicts_with("clear")
                .help("Takes one of them back"),
        )
}

pub(super) async fn fail(
    session: &Session<'_>,
    admin: &Admin,
    matches: &ArgMatches,
) -> Result<(), Failure> {
    let body = body(session, matches)?;
    let told = admin.send(Method::POST, "/faults", Some(&body)).await?;
    let printer = session.task_printer()?;
    printer.print(&told, Shape::of_columns(COLUMNS))
}

pub(super) async fn run(
    session: &Session<'_>,
    admin: &Admin,
    matches: &ArgMatches,
) -> Result<(), Failure> {
    let told = match matches.get_one::<String>("remove") {
        Some(id) => {
            let path = admin.with_name("/faults", id);
            admin.send(Method::DELETE, &path, None).await?
        }
        None if matches.get_flag("clear") => admin.send(Method::DELETE, "/faults", None).await?,
        None => admin.get("/faults").await?,
    };
    let printer = session.task_printer()?;
    let shape = Shape {
        items: Some("faults"),
        ..Shape::of_columns(COLUMNS)
    };
    printer.print(&told, shape)
}

/// The failure, as the admin interface takes it.
fn body(session: &Session<'_>, matches: &ArgMatches) -> Result<Value, Failure> {
    let mut body = Map::new();
    let text = |name| matches.get_one::<String>(name).map(|text| json!(text));
    let number = |name| matches.get_one::<u64>(name).map(|number| json!(number));
    let set = |name| matches.get_flag(name).then_some(Value::Bool(true));
    let kind = ["reset", "never", "cut-off"];
    let kind = kind.into_iter().find(|kind| matches.get_flag(kind));
    let delay = matches.get_one::<Duration>("delay");
    let operation = match matches.get_one::<String>("operation") {
        Some(name) => Some(json!(api::find(session, name)?.name)),
        None => None,
    };
    let step = text("storage");
    let place = if step.is_some() { "storage" } else { "service" };
    let project = session.settings.project_id.as_deref();
    for (name, value) in [
        ("place", Some(json!(place))),
        ("operation", operation),
        ("project", project.map(|id| json!(id))),
        ("step", step),
        ("part", number("part")),
        ("times", number("times")),
        ("always", set("always")),
        (
            "probability",
            matches.get_one::<f64>("probability").map(|p| json!(p)),
        ),
        ("status", number("status")),
        ("code", text("code")),
        ("message", text("message")),
        ("delay_ms", delay.map(|delay| json!(millis(*delay)))),
        ("kind", kind.map(|kind| json!(kind))),
        ("reset_after", number("reset-after")),
        ("stall_after", number("stall-after")),
        ("lost_reply", set("lost-reply")),
    ] {
        if let Some(value) = value {
            body.insert(name.to_owned(), value);
        }
    }
    Ok(body.into())
}

fn millis(period: Duration) -> u64 {
    u64::try_from(period.as_millis()).unwrap_or(u64::MAX)
}

const EXAMPLES: &str = "\
Examples:
  vod local fail ListAssetList --times 2 --status 503
  vod local fail --probability 0.1 --reset
  vod local fail --storage part --part 3 --reset-after 1000000
  vod local faults --clear";
