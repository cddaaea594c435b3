//! Work that is started on several media assets, and waited for if somebody wants that.

use std::ops::ControlFlow;

use clap::ArgMatches;
use serde_json::{Value, json};
use vod_api::Client;
use vod_api::operation::OperationMeta;

use crate::commands::ids;
use crate::commands::several::{self, Tally};
use crate::commands::waiting::{self, Waiting};
use crate::exit::{Exit, Failure};
use crate::output::{Column, Listing, Messages, Shape};
use crate::progress::States;
use crate::session::Session;

/// What was started.
const STARTED: &[Column] = &[Column::text("ID", "asset_id")];

/// What is over.
const ENDED: &[Column] = &[
    Column::text("ID", "asset_id"),
    Column::text("STATUS", "status"),
];

/// What is to be done to each media asset.
#[derive(Debug, Clone)]
pub(super) struct Work {
    /// The operation that starts it.
    pub(super) meta: &'static OperationMeta,
    /// Its request without the media asset.
    pub(super) request: Value,
    /// What it is called in messages.
    pub(super) name: String,
    /// What `vod wait --for` calls its end.
    pub(super) end: &'static str,
}

/// Starts the work, and shows what came of it for each media asset as it ends.
pub(super) async fn run(
    session: &mut Session<'_>,
    matches: &ArgMatches,
    work: Work,
) -> Result<Exit, Failure> {
    let ids = ids::read(session, matches)?;
    let waiting = matches.get_flag("wait").then(|| Waiting::read(matches));
    let jobs = several::jobs_of(matches);
    let printer = session.task_printer()?;
    let shape = Shape::of_columns(match waiting {
        Some(_) => ENDED,
        None => STARTED,
    });
    let client = session.client().await?;
    let mut tally = Tally::new(&session.messages, ids.len());
    let mut listing = Listing::new(&printer, shape);
    let (name, end) = (work.name.clone(), work.end);
    let named = match ids.as_slice() {
        [id] => id.clone(),
        _ => "ID...".to_owned(),
    };
    let messages = session.messages.clone();
    let each = |id: String| {
        let (client, work, messages) = (client.clone(), work.clone(), messages.clone());
        async move { one(&client, (work, id), waiting, &messages).await }
    };
    several::each(ids, jobs, each, |id, result| {
        match result {
            Ok(row) => {
                tally.done();
                listing.push(row)?;
            }
            Err(failure) => return Ok(tally.failed(&id, failure)),
        }
        Ok(ControlFlow::Continue(()))
    })
    .await?;
    listing.end()?;
    let is_for_people = session.io.stdout.columns().is_some();
    if waiting.is_none() && is_for_people && tally.count() > 0 {
        let hint = format!("it is under way: `vod wait {named} --for {end}` waits for it");
        session.messages.hint(&hint);
    }
    tally.end(&name)
}

/// Does it to one media asset.
async fn one(
    client: &Client,
    (work, id): (Work, String),
    waiting: Option<Waiting>,
    messages: &Messages,
) -> Result<Value, Failure> {
    let Work {
        meta, mut request, ..
    } = work;
    request["asset_id"] = id.as_str().into();
    let call = client.call(meta, request.clone());
    let Some(waiting) = waiting else {
        return Ok(call.await?.into_body());
    };
    let task = call.start().await?;
    let answer = waiting
        .json(&task, States::of(messages, &id).report())
        .await?;
    let status = waiting::state(meta, &request, &answer);
    Ok(json!({ "asset_id": id, "status": status }))
}
