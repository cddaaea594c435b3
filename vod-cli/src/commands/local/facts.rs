//! How the service behaves, and on what that rests.

use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::{Value, json};

use super::admin::Admin;
use super::asks;
use crate::exit::Failure;
use crate::output::{Column, Shape};
use crate::session::Session;

const COLUMNS: &[Column] = &[
    Column::text("OPERATION", "operation"),
    Column::text("BASIS", "basis"),
    Column::text("ERROR", "code"),
    Column::text("BEHAVIOUR", "text"),
];

pub(super) fn command() -> Command {
    asks(
        "facts",
        "Lists how the service behaves, and on what that rests",
    )
    .arg(
        Arg::new("inferred")
            .long("inferred")
            .action(ArgAction::SetTrue)
            .help("Lists what no page of the docs states"),
    )
}

pub(super) async fn run(
    session: &Session<'_>,
    admin: &Admin,
    matches: &ArgMatches,
) -> Result<(), Failure> {
    let told = admin.get("/facts").await?;
    let only_inferred = matches.get_flag("inferred");
    let rows = list(&told, "operations").flat_map(|operation| {
        let name = operation.get("operation").cloned().unwrap_or_default();
        let errors = list(operation, "errors").map(|error| (error, "when"));
        let notes = list(operation, "notes").map(|note| (note, "text"));
        errors.chain(notes).map(move |(behaviour, text)| {
            json!({
                "operation": name,
                "basis": behaviour.get("basis"),
                "code": behaviour.get("code"),
                "text": behaviour.get(text),
                "why": behaviour.get("why"),
            })
        })
    });
    let is_wanted = |row: &Value| !only_inferred || row.get("basis") == Some(&json!("inferred"));
    let rows = rows.filter(is_wanted).collect();
    let printer = session.task_printer()?;
    printer.print(&rows, Shape::of_columns(COLUMNS))
}

fn list<'v>(value: &'v Value, name: &str) -> impl Iterator<Item = &'v Value> + use<'v> {
    let list = value.get(name).and_then(Value::as_array);
    list.into_iter().flatten()
}
