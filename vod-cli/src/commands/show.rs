//! `vod show`: everything about media assets.

use clap::{ArgMatches, Command};
use serde_json::Value;
use vod_api::Client;
use vod_api::model::ShowAssetDetailRequest;
use vod_api::operation::Operation;

use crate::commands::several::{self, Tally};
use crate::commands::{asset, ids, tasks, url};
use crate::exit::{Exit, Failure};
use crate::output::{Column, Format, Printer, Shape, Show};
use crate::session::Session;

/// What tab-separated values have of a media asset.
const COLUMNS: &[Column] = &[
    Column::text("ID", "asset_id"),
    Column::text("TITLE", "base_info.title"),
    Column::text("FILE", "base_info.video_name"),
    Column::new("DURATION", "base_info.meta_data.duration", Show::Seconds),
    Column::new("SIZE", "base_info.meta_data.video_size", Show::Bytes),
    Column::new("CREATED", "base_info.create_time", Show::Time),
];

/// What people read first.
const ABOUT: &[Column] = &[
    Column::text("id", "asset_id"),
    Column::text("title", "base_info.title"),
    Column::text("description", "base_info.description"),
    Column::text("category", "base_info.category_name"),
    Column::text("tags", "base_info.tags"),
    Column::new("created", "base_info.create_time", Show::Time),
    Column::new("changed", "base_info.last_modified", Show::Time),
];

const STATES: &[Column] = &[
    Column::text("state", "entry.asset_status"),
    Column::text("transcoding", "entry.transcode_status"),
    Column::text("snapshots", "entry.thumbnail_status"),
    Column::text("review", "entry.review_status"),
    Column::text("suggestion", "review_info.suggestion"),
];

/// The URLs are not here: `vod url` and `vod download` are for them.
const FILE: &[Column] = &[
    Column::text("file", "base_info.video_name"),
    Column::text("format", "base_info.video_type"),
    Column::new("size", "base_info.meta_data.video_size", Show::Bytes),
    Column::new("duration", "base_info.meta_data.duration", Show::Seconds),
    Column::text("codec", "base_info.meta_data.codec"),
    Column::text("audio codec", "base_info.meta_data.audio_codec"),
    Column::text("width", "base_info.meta_data.width"),
    Column::text("height", "base_info.meta_data.height"),
    Column::text("kbit/s", "base_info.meta_data.bit_rate"),
];

const OUTPUTS: &[Column] = &[
    Column::text("OUTPUT", "play_type"),
    Column::text("QUALITY", "quality"),
    Column::text("WIDTH", "meta_data.width"),
    Column::text("HEIGHT", "meta_data.height"),
    Column::text("KBIT/S", "meta_data.bit_rate"),
    Column::new("SIZE", "meta_data.video_size", Show::Bytes),
    Column::text("TEMPLATE", "group_name"),
];

const TASKS: &[Column] = &[
    Column::text("TASK", "type"),
    Column::text("STATUS", "status"),
    Column::new("CREATED", "create_time", Show::Time),
    Column::new("ENDED", "end_time", Show::Time),
];

pub(super) fn command() -> Command {
    Command::new("show")
        .about("Shows everything about media assets")
        .arg(ids::argument("Ids of the media assets"))
        .after_help(
            "A terminal gets what people look for; a pipe gets the reply of the service, in JSON.\n\n\
             Examples:\n  \
             vod show f488337c31c8e4622f1590735b134c65\n  \
             vod show f488337c31c8e4622f1590735b134c65 --query base_info.title",
        )
}

pub(super) async fn run(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let ids = ids::read(session, matches)?;
    let printer = session.printer(match session.io.stdout.columns() {
        Some(_) => Format::Table,
        None => Format::Json,
    })?;
    let shape = Shape {
        columns: COLUMNS,
        ..Shape::of_reply(ShowAssetDetailRequest::META)
    };
    printer.check(shape)?;
    let client = session.client().await?;
    let mut tally = Tally::new(&session.messages, ids.len());
    let mut rows = printer.rows(shape);
    let mut is_first = true;
    for id in &ids {
        let detail = match asset::detail(&client, id, &[]).await {
            Ok(detail) => detail,
            Err(failure) if several::is_of_all(&failure) => return Err(failure),
            Err(failure) => {
                tally.failed(id, failure);
                continue;
            }
        };
        if printer.streams() {
            rows.print(&detail)?;
        } else if printer.is_laid_out() {
            if !std::mem::take(&mut is_first) {
                printer.gap()?;
            }
            lay_out(&printer, &client, detail).await?;
        } else {
            printer.print(&detail, shape)?;
        }
        tally.done();
    }
    tally.end("show")
}

/// Writes what people look for.
async fn lay_out(printer: &Printer, client: &Client, mut detail: Value) -> Result<(), Failure> {
    let id = asset::text(&detail, "asset_id").to_owned();
    // The reply has no states.
    let entries = asset::entries(client, std::slice::from_ref(&id)).await?;
    detail["entry"] = entries.into_iter().next().unwrap_or_default();
    printer.blocks(&detail, &[ABOUT, STATES, FILE])?;
    let mut tasks = tasks::of_asset(client, &id, "TRANSCODE").await?;
    tasks.extend(tasks::of_asset(client, &id, "THUMBNAIL").await?);
    let outputs = detail.pointer("/transcode_info/output");
    let outputs = outputs.and_then(Value::as_array).into_iter().flatten();
    let outputs = outputs.map(|output| {
        let mut output = output.clone();
        output["quality"] = url::quality(&output).into();
        output
    });
    for (items, columns) in [(outputs.collect(), OUTPUTS), (tasks, TASKS)] {
        if !items.is_empty() {
            printer.gap()?;
            printer.print(&Value::Array(items), Shape::of_columns(columns))?;
        }
    }
    Ok(())
}
