//! `vod clean`: media assets whose upload did not end, or failed.

use clap::{ArgMatches, Command};
use serde_json::{Value, json};
use vod_api::model::{DeleteAssetsRequest, ListAssetListRequest};
use vod_api::operation::Operation;
use vod_api::{Client, format_time};

use crate::commands::outcomes::Outcomes;
use crate::commands::{asset, flag};
use crate::exit::{Exit, Failure};
use crate::output::{Column, Listing, Printer, Shape, Show, bytes};
use crate::session::Session;
use crate::settings::duration;

const COLUMNS: &[Column] = &[
    Column::text("ID", "asset_id"),
    Column::text("TITLE", "title"),
    Column::text("STATUS", "asset_status"),
    Column::new("SIZE", "size", Show::Bytes),
    Column::new("CREATED", "create_time", Show::Time),
];

/// The states of what is left over.
const LEFT: [&str; 2] = ["CREATING", "FAILED"];

pub(super) fn command() -> Command {
    Command::new("clean")
        .about("Deletes media assets whose upload did not end, or failed")
        .arg(
            flag::value(
                "older-than",
                "TIME",
                "Leaves alone what was created since then; 7d by default",
            )
            .default_value("7d")
            .hide_default_value(true)
            .value_parser(duration),
        )
        .arg(flag::switch("yes", "Deletes them, and asks nothing"))
        .after_help(
            "Without --yes, this only lists them, and on a terminal asks whether to delete them.\n\
             Uploads that are under way look the same: give them time by --older-than.",
        )
}

pub(super) async fn run(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let age = matches.get_one("older-than").copied().unwrap_or_default();
    let before = (session.io.now)().checked_sub(age);
    let before = before.ok_or_else(|| Failure::usage("--older-than: that is too long ago"))?;
    let printer = session.task_printer()?;
    let client = session.client().await?;
    let mut left = Vec::new();
    let request = json!({ "status": LEFT, "end_time": format_time(before), "size": 100 });
    let call = client.call(ListAssetListRequest::META, request);
    let mut items = call.items_by_time()?;
    while let Some(item) = items.next().await {
        let item = item?;
        if is_left(&item) {
            left.push(item);
        }
    }
    if left.is_empty() {
        session.messages.progress("there is nothing to delete");
        return Ok(Exit::Done);
    }
    let what = in_words(&left);
    if matches.get_flag("yes") {
        return delete(session, (&client, &printer), &left).await;
    }
    let mut listing = Listing::new(&printer, Shape::of_columns(COLUMNS));
    let mut rows = left.iter().cloned();
    rows.try_for_each(|row| listing.push(row))?;
    listing.end()?;
    if !session.can_ask() {
        let preview = format!("would delete {what}. Nothing was done; --yes does it.");
        session.messages.progress(&preview);
        return Ok(Exit::Done);
    }
    session.consent(false, &format!("delete {what}"))?;
    delete(session, (&client, &printer), &left).await
}

/// Deletes those that are still left over: an upload can have ended since they were listed.
async fn delete(
    session: &Session<'_>,
    (client, printer): (&Client, &Printer),
    left: &[Value],
) -> Result<Exit, Failure> {
    let messages = &session.messages;
    let mut ids: Vec<_> = left
        .iter()
        .map(|it| asset::text(it, "asset_id").to_owned())
        .collect();
    let mut still = Vec::new();
    for named in ids.chunks(asset::NAMED) {
        let entries = asset::entries(client, named).await?;
        let (now, ended): (Vec<_>, Vec<_>) = entries.into_iter().partition(is_left);
        for entry in &ended {
            let (id, state) = (
                asset::text(entry, "asset_id"),
                asset::text(entry, "asset_status"),
            );
            messages.warn(&format!("{id} is {state} now, and was kept"));
        }
        still.extend(now.iter().map(|it| asset::text(it, "asset_id").to_owned()));
    }
    ids.retain(|id| still.contains(id));
    let meta = DeleteAssetsRequest::META;
    let outcomes = Outcomes::new(meta, (printer, messages), ids.len());
    let ended = outcomes.of((client, "clean"), &ids, &json!({})).await;
    asset::forget(session, &ids, &ended).await;
    ended
}

fn is_left(entry: &Value) -> bool {
    LEFT.contains(&asset::text(entry, "asset_status"))
}

/// As `14 media assets: 9 CREATING, 5 FAILED (1.3 GB)`.
fn in_words(left: &[Value]) -> String {
    let count = |state: &str| {
        let mut of_state = 0;
        for entry in left {
            of_state += usize::from(asset::text(entry, "asset_status") == state);
        }
        (of_state > 0).then(|| format!("{of_state} {state}"))
    };
    let counts: Vec<_> = LEFT.into_iter().filter_map(count).collect();
    let size: u64 = left.iter().filter_map(|entry| entry["size"].as_u64()).sum();
    let noun = if left.len() == 1 {
        "media asset"
    } else {
        "media assets"
    };
    format!(
        "{} {noun}: {} ({})",
        left.len(),
        counts.join(", "),
        bytes(size)
    )
}
