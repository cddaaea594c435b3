//! `vod watermark`: images that transcoding puts on videos.

use std::path::Path;

use clap::{Arg, ArgMatches, Command};
use serde_json::{Value, json};
use vod_api::Client;
use vod_api::model::{
    CreateWatermarkTemplateRequest, DeleteWatermarkTemplateRequest, ListWatermarkTemplateRequest,
    WatermarkPosition,
};
use vod_api::operation::Operation;
use vod_api::support::service::nearest;

use crate::commands::several::Tally;
use crate::commands::{flag, one_of};
use crate::exit::{Exit, Failure};
use crate::output::{Column, Listing, Shape, Show};
use crate::session::Session;

/// What is shown of a watermark template; its URL is a secret.
const COLUMNS: &[Column] = &[
    Column::text("ID", "id"),
    Column::text("NAME", "name"),
    Column::text("POSITION", "position"),
    Column::text("WIDTH", "width"),
    Column::text("HEIGHT", "height"),
    Column::new("CREATED", "create_time", Show::Time),
];

/// What is shown of one that was made or deleted.
const CHANGED: &[Column] = &[Column::text("ID", "id"), Column::text("NAME", "name")];

pub(super) fn command() -> Command {
    let meta = CreateWatermarkTemplateRequest::META;
    let add = Command::new("add")
        .about("Makes a watermark template of an image, a PNG or JPG file")
        .after_help(
            "Distances and sizes are pixels, or shares of the video, such as 0.05.\n\n\
             Example:\n  vod watermark add logo.png --position TOPRIGHT --dx 0.05 --dy 0.05 --width 0.12",
        )
        .arg(Arg::new("file").value_name("FILE").required(true).help("The image"))
        .arg(flag::value("name", "NAME", "Its name; that of the file by default"))
        .arg(
            flag::value("position", "CORNER", "The corner of the video; TOPRIGHT by default")
                .value_parser(one_of(meta, "position")),
        )
        .arg(flag::value("dx", "NUMBER", "How far it is from the side; 0 by default"))
        .arg(flag::value("dy", "NUMBER", "How far it is from top or bottom; 0 by default"))
        .arg(flag::value("width", "NUMBER", "How wide it is"))
        .arg(flag::value("height", "NUMBER", "How high it is"));
    Command::new("watermark")
        .about("Lists and changes watermark templates")
        .disable_help_subcommand(true)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommands([
            Command::new("list")
                .about("Lists watermark templates")
                .visible_alias("ls"),
            add,
            Command::new("rm").about("Deletes watermark templates").arg(
                Arg::new("watermark")
                    .value_name("WATERMARK")
                    .required(true)
                    .num_args(1..)
                    .help("Their names or ids"),
            ),
        ])
}

pub(super) async fn run(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    match matches.subcommand() {
        Some(("list", _)) => list(session).await,
        Some(("add", matches)) => add(session, matches).await,
        Some(("rm", matches)) => remove(session, matches).await,
        // The parser requires one of them.
        _ => Err(Failure::usage("no command is named")),
    }
}

async fn list(session: &Session<'_>) -> Result<Exit, Failure> {
    let printer = session.task_printer()?;
    let shape = Shape::of_items(ListWatermarkTemplateRequest::META, COLUMNS);
    printer.check(shape)?;
    let client = session.client().await?;
    let mut listing = Listing::new(&printer, shape);
    for watermark in watermarks(&client).await? {
        listing.push(watermark)?;
    }
    listing.end()?;
    Ok(Exit::Done)
}

async fn add(session: &Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let printer = session.task_printer()?;
    let text = |name| matches.get_one::<String>(name).map(String::as_str);
    let file = text("file").unwrap_or_default();
    std::fs::metadata(file)
        .map_err(|error| Failure::usage(format!("{file} cannot be read: {error}")))?;
    let usual = Path::new(file).file_stem().and_then(|name| name.to_str());
    let name = text("name").or(usual).unwrap_or_default();
    let client = session.client().await?;
    let mut upload = client.upload_watermark(name, file);
    if let Some(position) = text("position") {
        upload = upload.position(WatermarkPosition::from(position));
    }
    if let Some(dx) = text("dx") {
        upload = upload.dx(dx);
    }
    if let Some(dy) = text("dy") {
        upload = upload.dy(dy);
    }
    if let Some(width) = text("width") {
        upload = upload.width(width);
    }
    if let Some(height) = text("height") {
        upload = upload.height(height);
    }
    let made = upload.await?;
    let mut listing = Listing::new(&printer, Shape::of_columns(CHANGED));
    listing.push(json!({ "id": made.id, "name": name }))?;
    listing.end()?;
    Ok(Exit::Done)
}

async fn remove(session: &Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let printer = session.task_printer()?;
    let client = session.client().await?;
    let known = watermarks(&client).await?;
    let named = matches
        .get_many::<String>("watermark")
        .into_iter()
        .flatten();
    let chosen: Result<Vec<_>, _> = named.map(|name| find(&known, name)).collect();
    let chosen = chosen?;
    let mut tally = Tally::new(&session.messages, chosen.len());
    let mut listing = Listing::new(&printer, Shape::of_columns(CHANGED));
    for watermark in chosen {
        let request = json!({ "id": member(watermark, "id") });
        match client
            .call(DeleteWatermarkTemplateRequest::META, request)
            .await
        {
            Ok(_) => {
                tally.done();
                let row = json!({ "id": watermark.get("id"), "name": watermark.get("name") });
                listing.push(row)?;
            }
            Err(error) => {
                if tally
                    .failed(member(watermark, "name"), error.into())
                    .is_break()
                {
                    break;
                }
            }
        }
    }
    listing.end()?;
    tally.end("watermarks")
}

/// All watermark templates.
async fn watermarks(client: &Client) -> Result<Vec<Value>, Failure> {
    let call = client.call(ListWatermarkTemplateRequest::META, json!({ "size": 100 }));
    let mut items = call.items()?;
    let mut all = Vec::new();
    while let Some(item) = items.next().await {
        all.push(item?);
    }
    Ok(all)
}

/// The one with a name or an id. Several can have a name.
fn find<'w>(known: &'w [Value], text: &str) -> Result<&'w Value, Failure> {
    let is_meant = |it: &&Value| member(it, "name") == text || member(it, "id") == text;
    let mut matching = known.iter().filter(is_meant);
    match (matching.next(), matching.next()) {
        (Some(watermark), None) => Ok(watermark),
        (Some(_), Some(_)) => Err(Failure::usage_with(
            format!("there are several watermarks {text:?}"),
            "name one by its id: `vod watermark list` shows all",
        )),
        (None, _) => {
            let hint = match nearest(text, known.iter().map(|it| member(it, "name"))) {
                Some(near) => format!("did you mean {near}?"),
                None => "`vod watermark list` shows all".to_owned(),
            };
            Err(Failure::usage_with(
                format!("there is no watermark {text:?}"),
                hint,
            ))
        }
    }
}

/// The text of a member; empty if there is none.
fn member<'w>(watermark: &'w Value, name: &str) -> &'w str {
    watermark
        .get(name)
        .and_then(Value::as_str)
        .unwrap_or_default()
}
