//! `vod list`: media assets as a table.

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use serde_json::{Map, Value, json};
use vod_api::model::ListAssetListRequest;
use vod_api::operation::Operation;
use vod_api::{Client, format_time};

use crate::cache::{Kind, Known};
use crate::commands::{flag, lookup, one_of};
use crate::exit::{Exit, Failure};
use crate::output::{Column, Listing, Shape, Show};
use crate::session::Session;
use crate::settings::Moment;

/// What is shown of a media asset.
const COLUMNS: &[Column] = &[
    Column::text("ID", "asset_id"),
    Column::text("TITLE", "title"),
    Column::text("STATUS", "asset_status"),
    Column::text("TRANSCODE", "transcode_status"),
    Column::new("DURATION", "duration", Show::Seconds),
    Column::new("SIZE", "size", Show::Bytes),
    Column::new("CREATED", "create_time", Show::Time),
];

/// So many are listed if nothing else is asked for.
const USUAL: u64 = 50;
/// The most that a page has.
const PAGE: u64 = 100;

pub(super) fn command() -> Command {
    Command::new("list")
        .visible_alias("ls")
        .about("Lists media assets, the newest first")
        .arg(
            flag::value("status", "STATUS", "Lists those in one of these states")
                .value_delimiter(',')
                .action(ArgAction::Append)
                .value_parser(one_of(ListAssetListRequest::META, "status")),
        )
        .arg(flag::value(
            "category",
            "NAME",
            "Lists those of a category: its name, path or id",
        ))
        .arg(flag::value(
            "tags",
            "TAGS",
            "Lists those with these tags, with commas between them",
        ))
        .arg(flag::value(
            "search",
            "TEXT",
            "Lists those with this text in title or description; slow",
        ))
        .arg(
            flag::value(
                "since",
                "TIME",
                "Lists those created since then: 7d, or 2026-11-30",
            )
            .value_parser(Moment::parse),
        )
        .arg(
            flag::value("until", "TIME", "Lists those created until then")
                .value_parser(Moment::parse),
        )
        .arg(
            Arg::new("oldest-first")
                .long("oldest-first")
                .action(ArgAction::SetTrue)
                .help("Begins with the oldest"),
        )
        .arg(
            flag::value("max-items", "N", "Lists so many at most; 50 by default")
                .value_parser(value_parser!(u64).range(1..)),
        )
        .arg(
            Arg::new("all")
                .long("all")
                .action(ArgAction::SetTrue)
                .conflicts_with("max-items")
                .help("Lists all, however many there are"),
        )
}

pub(super) async fn run(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let printer = session.task_printer()?;
    let shape = Shape::of_items(ListAssetListRequest::META, COLUMNS);
    printer.check(shape)?;
    let client = session.client().await?;
    let most = matches.get_one("max-items").copied().unwrap_or(USUAL);
    let request = request(session, &client, (matches, most)).await?;
    let call = client.call(ListAssetListRequest::META, request);
    let mut listing = Listing::new(&printer, shape);
    let mut known = Vec::new();
    if matches.get_flag("all") {
        let mut items = call.items_by_time()?;
        while let Some(item) = items.next().await {
            let item = item?;
            known.extend(named(&item));
            listing.push(item)?;
        }
        listing.end()?;
        session.remember(Kind::Assets, known).await;
        return Ok(Exit::Done);
    }
    let mut items = call.items()?;
    for _ in 0..most {
        match items.next().await {
            Some(item) => {
                let item = item?;
                known.extend(named(&item));
                listing.push(item)?;
            }
            None => break,
        }
    }
    let is_cut = !matches.contains_id("max-items") && items.next().await.is_some();
    listing.end()?;
    session.remember(Kind::Assets, known).await;
    if is_cut {
        let hint = format!("these are the first {USUAL}: --all or --max-items lists more");
        session.messages.hint(&hint);
    }
    Ok(Exit::Done)
}

/// A media asset by its id and its title.
fn named(item: &Value) -> Option<Known> {
    let text = |name: &str| item.get(name).and_then(Value::as_str);
    Some(Known {
        id: text("asset_id")?.to_owned(),
        name: text("title").unwrap_or_default().to_owned(),
    })
}

/// The request for the first page.
async fn request(
    session: &Session<'_>,
    client: &Client,
    (matches, most): (&ArgMatches, u64),
) -> Result<Value, Failure> {
    let now = (session.io.now)();
    let mut request = Map::new();
    let mut set = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            request.insert(name.to_owned(), value);
        }
    };
    let text = |name| matches.get_one::<String>(name);
    let time = |name| {
        let moment = matches.get_one::<Moment>(name);
        moment.map(|moment| format_time(moment.at(now)).into())
    };
    let statuses = matches.get_many::<String>("status");
    set(
        "status",
        statuses.map(|them| json!(them.collect::<Vec<_>>())),
    );
    set("tags", text("tags").map(|tags| json!(tags)));
    set("query_string", text("search").map(|words| json!(words)));
    set("start_time", time("since"));
    set("end_time", time("until"));
    if let Some(name) = text("category") {
        set(
            "category_id",
            Some(lookup::category(client, name).await?.into()),
        );
    }
    if matches.get_flag("oldest-first") {
        set("order", Some("asc".into()));
    }
    let page = if matches.get_flag("all") {
        PAGE
    } else {
        most.min(PAGE)
    };
    set("size", Some(page.into()));
    Ok(request.into())
}
