//! `vod rm`: deletes media assets.

use clap::{ArgMatches, Command};
use serde_json::json;
use vod_api::model::DeleteAssetsRequest;
use vod_api::operation::Operation;

use crate::commands::outcomes::Outcomes;
use crate::commands::{asset, flag, ids};
use crate::exit::{Exit, Failure};
use crate::session::Session;

pub(super) fn command() -> Command {
    Command::new("rm")
        .about("Deletes media assets, with everything that was made of them")
        .arg(ids::argument("Ids of the media assets"))
        .arg(flag::switch(
            "source-only",
            "Deletes the source files, and keeps what was made of them",
        ))
        .after_help(
            "Nothing is asked: the ids say what is meant. What the service is working on cannot be\n\
             deleted. `vod clean` finds what is left over.\n\n\
             Examples:\n  \
             vod rm f488337c31c8e4622f1590735b134c65\n  \
             vod list --tags draft --all -o ids | vod rm -",
        )
}

pub(super) async fn run(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let ids = ids::read(session, matches)?;
    let is_source_only = matches.get_flag("source-only");
    let request = if is_source_only {
        json!({ "delete_type": "origin" })
    } else {
        json!({})
    };
    let printer = session.task_printer()?;
    let client = session.client().await?;
    let meta = DeleteAssetsRequest::META;
    let outcomes = Outcomes::new(meta, (&printer, &session.messages), ids.len());
    let ended = outcomes.of((&client, "rm"), &ids, &request).await;
    if !is_source_only {
        asset::forget(session, &ids, &ended).await;
    }
    ended
}
