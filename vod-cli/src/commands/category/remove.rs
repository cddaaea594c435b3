//! `vod category rm`: deletes categories.

use clap::{Arg, ArgMatches, Command};
use serde_json::{Value, json};
use vod_api::Client;
use vod_api::model::{DeleteAssetCategoryRequest, ListAssetListRequest};
use vod_api::operation::Operation;

use super::{COLUMNS, row};
use crate::cache::Kind;
use crate::commands::flag;
use crate::commands::lookup::{Category, categories, find};
use crate::commands::several::Tally;
use crate::exit::{Exit, Failure};
use crate::output::{Listing, Shape};
use crate::session::Session;

pub(super) fn command() -> Command {
    Command::new("rm")
        .about("Deletes categories")
        .arg(
            Arg::new("category")
                .value_name("CATEGORY")
                .required(true)
                .num_args(1..)
                .help("Their names, paths or ids"),
        )
        .arg(flag::switch(
            "yes",
            "Deletes those, too, that have categories or media assets in them",
        ))
}

pub(super) async fn run(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let printer = session.task_printer()?;
    let named = matches.get_many::<String>("category").into_iter().flatten();
    let named: Vec<_> = named.collect();
    if named.iter().any(|name| name.parse() == Ok(0)) {
        // The service takes 0 for all categories of the first level.
        return Err(Failure::usage("0 is the id of no category"));
    }
    let client = session.client().await?;
    let known = categories(&client).await?;
    let mut chosen: Vec<&Category> = Vec::new();
    for name in named {
        let category = find(&known, name)?;
        if !chosen.contains(&category) {
            chosen.push(category);
        }
    }
    let yes = matches.get_flag("yes");
    for category in &chosen {
        if let Some(content) = content(&client, &known, category).await? {
            let what = format!("delete the category {} with {content}", category.path);
            session.consent(yes, &what)?;
        }
    }
    let mut tally = Tally::new(&session.messages, chosen.len());
    let mut listing = Listing::new(&printer, Shape::of_columns(COLUMNS));
    let mut gone = Vec::new();
    for category in chosen {
        let call = client.call(
            DeleteAssetCategoryRequest::META,
            json!({ "id": category.id }),
        );
        match call.await {
            Ok(_) => {
                tally.done();
                gone.push(category.id.to_string());
                listing.push(row(category))?;
            }
            Err(error) => {
                if tally.failed(&category.path, error.into()).is_break() {
                    break;
                }
            }
        }
    }
    listing.end()?;
    session.forget(Kind::Categories, &gone).await;
    tally.end("categories")
}

/// What is in a category; `None` if that is nothing. The docs do not say what becomes of it.
async fn content(
    client: &Client,
    known: &[Category],
    category: &Category,
) -> Result<Option<String>, Failure> {
    let below = known.iter().filter(|it| it.is_below(category)).count();
    let request = json!({ "category_id": category.id, "size": 1 });
    let found = client.call(ListAssetListRequest::META, request).await?;
    let assets = found.get("total").and_then(Value::as_u64);
    let mut content = Vec::new();
    match below {
        0 => {}
        1 => content.push("1 category below it".to_owned()),
        many => content.push(format!("{many} categories below it")),
    }
    match assets.unwrap_or_default() {
        0 => {}
        1 => content.push("1 media asset in it".to_owned()),
        many => content.push(format!("{many} media assets in it")),
    }
    Ok((!content.is_empty()).then(|| content.join(" and ")))
}
