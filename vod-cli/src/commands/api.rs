//! `vod api`: calls of any operation.

use std::ffi::OsString;

use clap::{Arg, ArgMatches, Command};

use crate::api;
use crate::commands::flag;
use crate::exit::{Exit, Failure};
use crate::parse::parse;
use crate::session::Session;
use crate::settings::Settings;

/// What it takes. The operations are not here: only the one that is called is made.
pub(super) fn command() -> Command {
    let operation = || {
        Arg::new("operation")
            .value_name("OPERATION")
            .required(true)
            .help("Its name, such as list-asset-list or ListAssetList")
    };
    let list = Command::new("list")
        .about("Lists the operations")
        .arg(
            Arg::new("section")
                .long("section")
                .value_name("TITLE")
                .help("Lists those of sections with this text in their titles"),
        )
        .arg(flag::switch(
            "deprecated",
            "Lists those that should no longer be used",
        ));
    let describe = Command::new("describe")
        .about("Says all that is known of an operation")
        .arg(operation());
    let raw = Command::new("raw")
        .about("Sends a request to an operation that is not known here")
        .arg(
            Arg::new("method")
                .value_name("METHOD")
                .required(true)
                .help("GET, POST, PUT or DELETE"),
        )
        .arg(
            Arg::new("path")
                .value_name("PATH")
                .required(true)
                .help("With {project_id} and a query: '/v1.0/{project_id}/asset/list?page=1'"),
        )
        .arg(
            Arg::new("json")
                .long("json")
                .value_name("JSON")
                .help("The body: JSON, @FILE or -"),
        )
        .arg(flag::switch(
            "dry-run",
            "Shows the request, and sends nothing",
        ))
        .arg(flag::switch(
            "yes",
            "Sends a DELETE that names nothing but a path",
        ));
    Command::new("api")
        .about("Calls any operation of the service")
        .override_usage("vod api <OPERATION> [OPTIONS]\n       vod api <COMMAND>")
        .after_help(
            "`vod api list` has all operations, `vod api OPERATION --help` the flags of one.",
        )
        .disable_help_subcommand(true)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .allow_external_subcommands(true)
        .subcommands([list, describe, raw])
}

pub(super) async fn run(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let text = |matches: &ArgMatches, name| matches.get_one::<String>(name).cloned();
    let Some((name, matches)) = matches.subcommand() else {
        // The parser requires one of them.
        return Err(Failure::usage("no operation is named"));
    };
    let known = ["list", "describe", "raw"];
    if known.contains(&name) {
        session.set(Settings::read(matches));
    }
    match name {
        "list" => api::list(
            session,
            &api::Listed {
                section: text(matches, "section"),
                deprecated: matches.get_flag("deprecated"),
            },
        ),
        "describe" => {
            let name = text(matches, "operation").unwrap_or_default();
            api::describe(session, api::find(session, &name)?)
        }
        "raw" => {
            let raw = api::Raw {
                method: text(matches, "method").unwrap_or_default(),
                path: text(matches, "path").unwrap_or_default(),
                json: text(matches, "json"),
                yes: matches.get_flag("yes"),
                dry_run: matches.get_flag("dry-run"),
            };
            api::raw(session, &raw).await
        }
        operation => {
            let meta = api::find(session, operation)?;
            let arguments = matches.get_many::<OsString>("").into_iter().flatten();
            let command = api::command(session, meta);
            match parse(session.io, command, arguments.cloned())? {
                Some(matches) => api::call(session, meta, &matches).await,
                None => Ok(Exit::Done),
            }
        }
    }
}
