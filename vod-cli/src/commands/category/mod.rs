//! `vod category`: the tree that media assets are sorted into.

mod remove;

use std::ops::ControlFlow;

use clap::{Arg, ArgMatches, Command};
use serde_json::{Value, json};
use vod_api::model::{
    CreateAssetCategoryRequest, UpdateAssetCategoryRequest, UpdateAssetMetaRequest,
};
use vod_api::operation::Operation;

use crate::cache::{Kind, Known};
use crate::commands::lookup::{Category, categories, find};
use crate::commands::several::{self, Tally};
use crate::commands::{flag, ids, lookup};
use crate::exit::{Exit, Failure};
use crate::output::{Column, Listing, Printer, Shape};
use crate::session::Session;

/// What is shown of a category.
const COLUMNS: &[Column] = &[Column::text("ID", "id"), Column::text("CATEGORY", "path")];

/// What is shown of a media asset that was moved.
const MOVED: &[Column] = &[
    Column::text("ID", "asset_id"),
    Column::text("CATEGORY", "category"),
];

pub(super) fn command() -> Command {
    let named = |name: &'static str, help: &'static str| {
        Arg::new(name)
            .value_name("CATEGORY")
            .required(true)
            .help(help)
    };
    let which = "Its name, path or id";
    Command::new("category")
        .about("Lists and changes the categories of media assets")
        .after_help(
            "A category goes by its name, by its path, such as Travel/Summer, or by its id.\n\n\
             Examples:\n  \
             vod category add Travel/Summer\n  \
             vod list --status CREATED -o ids | vod category move - --to Travel/Summer",
        )
        .disable_help_subcommand(true)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommands([
            Command::new("tree")
                .about("Lists all categories with their paths")
                .visible_alias("list"),
            Command::new("add")
                .about("Creates a category, on the first level or below another one")
                .arg(named(
                    "category",
                    "Its path, such as Travel, or Travel/Summer below Travel",
                )),
            Command::new("rename")
                .about("Renames a category")
                .arg(named("category", which))
                .arg(
                    Arg::new("name")
                        .value_name("NAME")
                        .required(true)
                        .help("Its new name"),
                ),
            Command::new("move")
                .about("Moves media assets to a category")
                .arg(ids::argument("Ids of the media assets"))
                .arg(flag::value("to", "CATEGORY", which).required(true))
                .arg(several::jobs()),
            remove::command(),
        ])
}

pub(super) async fn run(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    match matches.subcommand() {
        Some(("tree", _)) => tree(session).await,
        Some(("add", matches)) => add(session, matches).await,
        Some(("rename", matches)) => rename(session, matches).await,
        Some(("move", matches)) => move_to(session, matches).await,
        Some(("rm", matches)) => remove::run(session, matches).await,
        // The parser requires one of them.
        _ => Err(Failure::usage("no command is named")),
    }
}

async fn tree(session: &Session<'_>) -> Result<Exit, Failure> {
    let printer = session.task_printer()?;
    let client = session.client().await?;
    let rows = categories(&client).await?;
    let known = rows.iter().map(|category| Known {
        id: category.id.to_string(),
        name: category.path.clone(),
    });
    session.remember(Kind::Categories, known.collect()).await;
    show(&printer, rows.iter().map(row))
}

async fn add(session: &Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let printer = session.task_printer()?;
    let path = text(matches, "category");
    let client = session.client().await?;
    let mut request = json!({ "name": path });
    let mut shown = path.to_owned();
    if let Some((above, name)) = path.rsplit_once('/') {
        let known = categories(&client).await?;
        let above = find(&known, above)?;
        request = json!({ "name": name, "parent_id": above.id });
        shown = format!("{}/{name}", above.path);
    }
    let call = client.call(CreateAssetCategoryRequest::META, request);
    let made = call.await?.into_body();
    let row = json!({ "id": made.get("id"), "path": shown });
    show(&printer, [row])
}

async fn rename(session: &Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let printer = session.task_printer()?;
    let name = text(matches, "name");
    if name.contains('/') {
        let message = format!("NAME: {name:?} has a slash, which stands between names in paths");
        return Err(Failure::usage_with(
            message,
            "a category stays below the one it is in",
        ));
    }
    let client = session.client().await?;
    let known = categories(&client).await?;
    let category = find(&known, text(matches, "category"))?;
    let request = json!({ "id": category.id, "name": name });
    client
        .call(UpdateAssetCategoryRequest::META, request)
        .await?;
    let path = match category.path.rsplit_once('/') {
        Some((above, _)) => format!("{above}/{name}"),
        None => name.to_owned(),
    };
    show(&printer, [json!({ "id": category.id, "path": path })])
}

async fn move_to(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let printer = session.task_printer()?;
    let ids = ids::read(session, matches)?;
    let client = session.client().await?;
    let to = text(matches, "to");
    let category = lookup::category(&client, to).await?;
    let mut tally = Tally::new(&session.messages, ids.len());
    let mut listing = Listing::new(&printer, Shape::of_columns(MOVED));
    let work = |id: String| {
        let request = json!({ "asset_id": id, "category_id": category });
        let call = client.call(UpdateAssetMetaRequest::META, request);
        async move { Ok(call.await.map(drop)?) }
    };
    several::each(ids, several::jobs_of(matches), work, |id, result| {
        Ok(match result {
            Ok(()) => {
                tally.done();
                listing.push(json!({ "asset_id": id, "category": to }))?;
                ControlFlow::Continue(())
            }
            Err(failure) => tally.failed(&id, failure),
        })
    })
    .await?;
    listing.end()?;
    tally.end(to)
}

fn text<'m>(matches: &'m ArgMatches, name: &str) -> &'m str {
    matches.get_one::<String>(name).map_or("", String::as_str)
}

fn row(category: &Category) -> Value {
    json!({ "id": category.id, "path": category.path })
}

fn show(printer: &Printer, rows: impl IntoIterator<Item = Value>) -> Result<Exit, Failure> {
    let mut listing = Listing::new(printer, Shape::of_columns(COLUMNS));
    for row in rows {
        listing.push(row)?;
    }
    listing.end()?;
    Ok(Exit::Done)
}
