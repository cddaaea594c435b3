//! `vod publish` and `vod unpublish`: whether media assets can be played.

use clap::{ArgMatches, Command};
use serde_json::json;
use vod_api::model::{PublishAssetsRequest, UnpublishAssetsRequest};
use vod_api::operation::{Operation, OperationMeta};

use crate::commands::ids;
use crate::commands::outcomes::Outcomes;
use crate::exit::{Exit, Failure};
use crate::session::Session;

pub(super) fn publish_command() -> Command {
    Command::new("publish")
        .about("Publishes media assets, so that they can be played")
        .arg(ids::argument("Ids of the media assets"))
}

pub(super) fn unpublish_command() -> Command {
    Command::new("unpublish")
        .about("Takes back the publication of media assets")
        .arg(ids::argument("Ids of the media assets"))
}

pub(super) async fn publish(
    session: &mut Session<'_>,
    matches: &ArgMatches,
) -> Result<Exit, Failure> {
    send(session, matches, ("publish", PublishAssetsRequest::META)).await
}

pub(super) async fn unpublish(
    session: &mut Session<'_>,
    matches: &ArgMatches,
) -> Result<Exit, Failure> {
    send(
        session,
        matches,
        ("unpublish", UnpublishAssetsRequest::META),
    )
    .await
}

async fn send(
    session: &mut Session<'_>,
    matches: &ArgMatches,
    (name, meta): (&str, &'static OperationMeta),
) -> Result<Exit, Failure> {
    let ids = ids::read(session, matches)?;
    let printer = session.task_printer()?;
    let client = session.client().await?;
    let outcomes = Outcomes::new(meta, (&printer, &session.messages), ids.len());
    outcomes.of((&client, name), &ids, &json!({})).await
}
