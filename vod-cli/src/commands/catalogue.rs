//! `vod commands`: all commands with their flags, for programs that show or call them.

use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::{Value, json};

use crate::api;
use crate::exit::{Exit, Failure};
use crate::output::{Column, Format, Shape};
use crate::session::Session;

const COLUMNS: &[Column] = &[
    Column::text("COMMAND", "command"),
    Column::text("ABOUT", "about"),
];

pub(super) fn command() -> Command {
    Command::new("commands")
        .about("Lists all commands, with flags in JSON")
        .arg(
            Arg::new("json")
                .long("json")
                .action(ArgAction::SetTrue)
                .help("Writes JSON: arguments, flags and their values as well"),
        )
}

pub(super) fn run(session: &Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let printer = if matches.get_flag("json") {
        session.printer(Format::Json)?
    } else {
        session.task_printer()?
    };
    let rows: Vec<_> = all(session).iter().map(told).collect();
    printer.print(&Value::Array(rows), Shape::of_columns(COLUMNS))?;
    Ok(Exit::Done)
}

/// A command, by all its names: `vod api list`.
pub(super) struct Named {
    pub(super) name: String,
    pub(super) command: Command,
}

/// All commands that are not hidden, each before those below it; operations among them.
pub(super) fn all(session: &Session<'_>) -> Vec<Named> {
    let mut root = super::root();
    root.build();
    let mut found = Vec::new();
    collect(session, (String::new(), root), &mut found);
    found
}

fn collect(session: &Session<'_>, (above, command): (String, Command), found: &mut Vec<Named>) {
    let name = format!("{above}{}", command.get_name());
    let mut below: Vec<Command> = command.get_subcommands().cloned().collect();
    below.retain(|it| !it.is_hide_set());
    if name == "vod api" {
        let operations = session.catalog.operations().iter();
        below.extend(operations.map(|meta| api::command(session, meta)));
    }
    let prefix = format!("{name} ");
    found.push(Named { name, command });
    for command in below {
        collect(session, (prefix.clone(), command), found);
    }
}

fn told(named: &Named) -> Value {
    let command = &named.command;
    let about = command.get_about().map(ToString::to_string);
    // The flags of all commands are those of the first.
    let is_first = !named.name.contains(' ');
    let shown = command.get_arguments().filter(|arg| !arg.is_hide_set());
    let own = shown.filter(|arg| is_first || !arg.is_global_set());
    let (arguments, flags): (Vec<_>, Vec<_>) = own.partition(|arg| arg.is_positional());
    let aliases: Vec<_> = command.get_visible_aliases().collect();
    json!({
        "command": named.name,
        "about": about,
        "aliases": aliases,
        "arguments": arguments.into_iter().map(argument).collect::<Vec<_>>(),
        "flags": flags.into_iter().map(argument).collect::<Vec<_>>(),
    })
}

fn argument(arg: &Arg) -> Value {
    let takes_value = arg.get_action().takes_values();
    let value = arg.get_value_names().and_then(|names| names.first());
    let values = arg.get_possible_values();
    let values: Vec<_> = values.iter().map(|value| value.get_name()).collect();
    json!({
        "flag": arg.get_long().map(|name| format!("--{name}")),
        "short": arg.get_short().map(|letter| format!("-{letter}")),
        "value": value.filter(|_| takes_value).map(|name| name.as_str()),
        "values": if takes_value { values } else { Vec::new() },
        "required": arg.is_required_set(),
        "repeated": matches!(arg.get_action(), ArgAction::Append | ArgAction::Count),
        "about": arg.get_help().map(ToString::to_string),
    })
}
