//! `vod template`: transcoding templates, which the service also calls template groups.

mod create;
mod known;

use clap::{Arg, ArgMatches, Command};
use serde_json::json;
use vod_api::model::DeleteTranscodeTemplateRequest;
use vod_api::model::ListTranscodeTemplateRequest;
use vod_api::operation::Operation;

use self::known::{find, member, templates};
use crate::cache::{Kind, Known};
use crate::commands::several::Tally;
use crate::exit::{Exit, Failure};
use crate::output::{Column, Format, Listing, Shape};
use crate::session::Session;

/// What is shown of a template.
const COLUMNS: &[Column] = &[
    Column::text("ID", "group_id"),
    Column::text("NAME", "name"),
    Column::text("TYPE", "type"),
    Column::text("DEFAULT", "is_default"),
    Column::text("FORMAT", "common.format"),
    Column::text("CODEC", "common.video_codec"),
];

/// What is shown of one that was made or deleted.
const CHANGED: &[Column] = &[Column::text("ID", "group_id"), Column::text("NAME", "name")];

pub(super) fn command() -> Command {
    let named = |help: &'static str| {
        Arg::new("template")
            .value_name("TEMPLATE")
            .required(true)
            .help(help)
    };
    Command::new("template")
        .about("Lists and changes transcoding templates")
        .after_help(
            "Examples:\n  \
             vod template create web --output HD --output SD\n  \
             vod template show system_template_group --query common\n  \
             vod template delete web",
        )
        .disable_help_subcommand(true)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommands([
            Command::new("list")
                .about("Lists transcoding templates")
                .visible_alias("ls"),
            Command::new("show")
                .about("Shows everything about a transcoding template, in JSON")
                .arg(named("Its name or id")),
            create::command(),
            Command::new("delete")
                .about("Deletes transcoding templates")
                .visible_alias("rm")
                .arg(named("Their names or ids").num_args(1..)),
        ])
}

pub(super) async fn run(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    match matches.subcommand() {
        Some(("list", _)) => list(session).await,
        Some(("show", matches)) => show(session, matches).await,
        Some(("create", matches)) => create::run(session, matches).await,
        Some(("delete", matches)) => delete(session, matches).await,
        // The parser requires one of them.
        _ => Err(Failure::usage("no command is named")),
    }
}

fn shape() -> Shape {
    Shape::of_items(ListTranscodeTemplateRequest::META, COLUMNS)
}

async fn list(session: &Session<'_>) -> Result<Exit, Failure> {
    let printer = session.task_printer()?;
    printer.check(shape())?;
    let client = session.client().await?;
    let mut listing = Listing::new(&printer, shape());
    let mut items = templates(&client)?;
    let mut known = Vec::new();
    while let Some(item) = items.next().await {
        let item = item?;
        known.push(Known {
            id: member(&item, "group_id").to_owned(),
            name: member(&item, "name").to_owned(),
        });
        listing.push(item)?;
    }
    listing.end()?;
    session.remember(Kind::Templates, known).await;
    Ok(Exit::Done)
}

async fn show(session: &Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let printer = session.printer(Format::Json)?;
    let client = session.client().await?;
    let name = matches
        .get_one::<String>("template")
        .map_or("", String::as_str);
    let known = known::all(&client).await?;
    printer.print(find(&known, name)?, shape())?;
    Ok(Exit::Done)
}

async fn delete(session: &Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let printer = session.task_printer()?;
    let client = session.client().await?;
    let known = known::all(&client).await?;
    let named = matches.get_many::<String>("template").into_iter().flatten();
    // What cannot be deleted is said before anything is.
    let mut chosen = Vec::new();
    for name in named {
        let template = find(&known, name)?;
        if member(template, "type") != known::CUSTOM {
            let message = format!("{name} is a template of the service, which cannot be deleted");
            return Err(Failure::usage(message));
        }
        chosen.push(template);
    }
    let mut tally = Tally::new(&session.messages, chosen.len());
    let mut listing = Listing::new(&printer, Shape::of_columns(CHANGED));
    let mut gone = Vec::new();
    for template in chosen {
        let request = json!({ "group_id": member(template, "group_id") });
        match client
            .call(DeleteTranscodeTemplateRequest::META, request)
            .await
        {
            Ok(_) => {
                tally.done();
                gone.push(member(template, "group_id").to_owned());
                listing.push(template.clone())?;
            }
            Err(error) => {
                if tally
                    .failed(member(template, "name"), error.into())
                    .is_break()
                {
                    break;
                }
            }
        }
    }
    listing.end()?;
    session.forget(Kind::Templates, &gone).await;
    tally.end("templates")
}
