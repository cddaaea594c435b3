//! `vod transcode`: outputs of media assets.

use clap::{ArgMatches, Command};
use serde_json::{Value, json};
use vod_api::model::CreateAssetProcessTaskRequest;
use vod_api::operation::Operation;

use crate::commands::waiting::Waiting;
use crate::commands::work::{self, Work};
use crate::commands::{flag, ids, several};
use crate::exit::{Exit, Failure};
use crate::session::Session;

pub(super) fn command() -> Command {
    Command::new("transcode")
        .about("Transcodes media assets")
        .arg(ids::argument("Ids of the media assets"))
        .arg(
            flag::value(
                "template",
                "NAME",
                "Template group to transcode with, by its name",
            )
            .short('t')
            .required(true),
        )
        .arg(flag::switch(
            "encrypt",
            "Encrypts the outputs, which have to be HLS",
        ))
        .args(Waiting::optional("Waits until the outputs are there"))
        .arg(several::jobs())
        .after_help(
            "With --wait, the ids of what was transcoded are written as they are done.\n\n\
             Examples:\n  \
             vod transcode f488337c31c8e4622f1590735b134c65 -t system_template_group --wait\n  \
             vod list --since 30d --all -o ids | vod transcode - -t hd --wait --jobs 8",
        )
}

pub(super) async fn run(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let template = matches.get_one::<String>("template");
    let name = template.cloned().unwrap_or_default();
    let mut request = json!({ "template_group_name": name });
    if matches.get_flag("encrypt") {
        request["auto_encrypt"] = Value::from(1);
    }
    let work = Work {
        meta: CreateAssetProcessTaskRequest::META,
        request,
        name,
        end: "transcoded",
    };
    work::run(session, matches, work).await
}
