//! `vod review`: whether media assets have unwanted content.

use clap::{ArgMatches, Command};
use serde_json::json;
use vod_api::model::CreateAssetReviewTaskRequest;
use vod_api::operation::Operation;

use crate::commands::waiting::Waiting;
use crate::commands::work::{self, Work};
use crate::commands::{flag, ids, several};
use crate::exit::{Exit, Failure};
use crate::session::Session;

pub(super) fn command() -> Command {
    Command::new("review")
        .about("Starts reviews of media assets, for unwanted content")
        .arg(ids::argument("Ids of the media assets"))
        .arg(
            flag::value("template", "ID", "Review template, whose id the console shows")
                .short('t')
                .required(true),
        )
        .args(Waiting::optional("Waits for the results"))
        .arg(several::jobs())
        .after_help(
            "A review that finds something has not failed: with --wait, STATUS is REVIEW_BLOCKED or\n\
             REVIEW_SUSPICIOUS then. `vod show ID -o json` has what was found.",
        )
}

pub(super) async fn run(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let template = matches.get_one::<String>("template");
    let work = Work {
        meta: CreateAssetReviewTaskRequest::META,
        request: json!({ "review": { "template_id": template } }),
        name: "review".to_owned(),
        end: "reviewed",
    };
    work::run(session, matches, work).await
}
