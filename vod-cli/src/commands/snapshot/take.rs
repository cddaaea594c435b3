//! `vod snapshot take`.

use clap::{ArgAction, ArgGroup, ArgMatches, Command, value_parser};
use serde_json::{Value, json};
use vod_api::model::CreateAssetProcessTaskRequest;
use vod_api::operation::Operation;

use crate::commands::waiting::Waiting;
use crate::commands::work::{self, Work};
use crate::commands::{flag, ids, several};
use crate::exit::{Exit, Failure};
use crate::session::Session;

pub(super) fn command() -> Command {
    let number = value_parser!(u32);
    Command::new("take")
        .about("Takes pictures from media assets; the service bills them")
        .arg(ids::argument("Ids of the media assets"))
        .args([
            flag::value(
                "every",
                "SECONDS",
                "Takes one every so many seconds, up to 100",
            )
            .value_parser(number),
            flag::value(
                "at",
                "SECONDS",
                "Takes one at each of these moments, such as 5,30,120",
            )
            .value_delimiter(',')
            .action(ArgAction::Append)
            .value_parser(number),
            flag::value("count", "N", "Takes so many, spread evenly, up to 10")
                .value_parser(number),
        ])
        .group(
            ArgGroup::new("moments")
                .args(["every", "at", "count"])
                .required(true),
        )
        .args([
            flag::value(
                "cover",
                "N",
                "Makes this one of them the cover; the first by default",
            )
            .value_parser(number),
            flag::value(
                "max-length",
                "PIXELS",
                "Length of the longer side; 480 by default",
            )
            .value_parser(number),
        ])
        .args(Waiting::optional("Waits until the pictures are there"))
        .arg(several::jobs())
        .after_help(
            "Examples:\n  \
             vod snapshot take f488337c31c8e4622f1590735b134c65 --at 5,30 --wait\n  \
             vod snapshot list f488337c31c8e4622f1590735b134c65",
        )
}

pub(super) async fn run(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let number = |name: &str| matches.get_one::<u32>(name).copied();
    let mut thumbnail = if let Some(moments) = matches.get_many::<u32>("at") {
        json!({ "type": "dots", "dots": moments.collect::<Vec<_>>() })
    } else if let Some(count) = number("count") {
        json!({ "type": "quantity", "quantity": count })
    } else {
        json!({ "type": "time", "time": number("every") })
    };
    for (flag, name) in [("cover", "cover_position"), ("max-length", "max_length")] {
        if let Some(value) = number(flag) {
            thumbnail[name] = Value::from(value);
        }
    }
    let work = Work {
        meta: CreateAssetProcessTaskRequest::META,
        request: json!({ "thumbnail": thumbnail }),
        name: "snapshot take".to_owned(),
        end: "snapshots",
    };
    work::run(session, matches, work).await
}
