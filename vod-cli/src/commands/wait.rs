//! `vod wait`: until work on media assets is over that is already under way.

use std::ops::ControlFlow;
use std::time::Duration;

use clap::builder::PossibleValuesParser;
use clap::{ArgMatches, Command};
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};
use vod_api::model::{
    CreateAssetEditTaskRequest, CreateAssetProcessTaskRequest, CreateAssetReviewTaskRequest,
    PublishAssetFromObsRequest,
};
use vod_api::{Client, StartsTask, TaskParts};

use crate::commands::several::{self, Tally};
use crate::commands::waiting::{self, Waiting};
use crate::commands::{asset, flag, ids, tasks};
use crate::exit::{Exit, Failure};
use crate::output::{Column, Listing, Messages, Shape};
use crate::progress::States;
use crate::session::Session;

const COLUMNS: &[Column] = &[Column::text("ID", "id"), Column::text("STATUS", "status")];

/// How long a media asset may be unknown to the service.
const UNKNOWN: Duration = Duration::from_secs(60);

/// What is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Goal {
    /// The file is there.
    Created,
    Transcoded,
    Snapshots,
    Reviewed,
    /// An editing task is over; the id is that of the task.
    Edited,
}

impl Goal {
    const NAMES: [&str; 5] = ["created", "transcoded", "snapshots", "reviewed", "edited"];

    fn of_name(name: &str) -> Self {
        match name {
            "created" => Self::Created,
            "snapshots" => Self::Snapshots,
            "reviewed" => Self::Reviewed,
            "edited" => Self::Edited,
            // The parser allows no others, and this is the default.
            _ => Self::Transcoded,
        }
    }
}

pub(super) fn command() -> Command {
    Command::new("wait")
        .about("Waits for work that is under way")
        .arg(ids::argument(
            "Ids of media assets, or of editing tasks for `edited`",
        ))
        .arg(
            flag::value(
                "for",
                "STATE",
                "created, transcoded, snapshots, reviewed or edited",
            )
            .value_parser(PossibleValuesParser::new(Goal::NAMES))
            .default_value("transcoded")
            .hide_possible_values(true),
        )
        .args(Waiting::flags())
        .arg(several::jobs())
        .after_help(
            "Transcoding and snapshots are over when the last task of the media asset is, as the\n\
             service lists it. If there is none yet, the wait is for one to come.\n\n\
             Examples:\n  \
             vod wait f488337c31c8e4622f1590735b134c65 --wait-timeout 20m && echo done\n  \
             vod wait 5199337c31c8e4622f1590735b13a263 --for edited",
        )
}

pub(super) async fn run(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let ids = ids::read(session, matches)?;
    let waiting = Waiting::read(matches);
    let goal = matches.get_one::<String>("for");
    let goal = goal.map_or(Goal::Transcoded, |name| Goal::of_name(name));
    let jobs = several::jobs_of(matches);
    let printer = session.task_printer()?;
    let client = session.client().await?;
    let mut tally = Tally::new(&session.messages, ids.len());
    let mut listing = Listing::new(&printer, Shape::of_columns(COLUMNS));
    let messages = session.messages.clone();
    let each = |id: String| {
        let (client, messages) = (client.clone(), messages.clone());
        async move {
            let one = One {
                client: &client,
                id: &id,
                waiting,
                messages: &messages,
            };
            one.ended(goal).await
        }
    };
    several::each(ids, jobs, each, |id, result| {
        match result {
            Ok(status) => {
                tally.done();
                listing.push(json!({ "id": id, "status": status }))?;
            }
            Err(failure) => return Ok(tally.failed(&id, failure)),
        }
        Ok(ControlFlow::Continue(()))
    })
    .await?;
    listing.end()?;
    tally.end("wait")
}

/// One of the things that are waited for.
struct One<'a> {
    client: &'a Client,
    id: &'a str,
    waiting: Waiting,
    messages: &'a Messages,
}

impl One<'_> {
    /// Waits, and returns the last state.
    async fn ended(self, goal: Goal) -> Result<Option<String>, Failure> {
        let id = self.id;
        let of_asset = json!({ "asset_id": id });
        if goal != Goal::Edited {
            self.find().await?;
        }
        match goal {
            Goal::Created => {
                // What else the request has does not matter for the question.
                let file = json!({ "bucket": "", "location": "", "object": "" });
                let request = json!({ "title": "", "video_type": "", "input": file });
                let parts = parts::<PublishAssetFromObsRequest>(None, request, of_asset)?;
                self.end_of(parts).await
            }
            Goal::Reviewed => {
                let request = json!({ "asset_id": id, "review": {} });
                let parts = parts::<CreateAssetReviewTaskRequest>(None, request, json!({}))?;
                self.end_of(parts).await
            }
            Goal::Edited => {
                let (request, reply) = (json!({ "inputs": [] }), json!({ "task_id": id }));
                let parts = parts::<CreateAssetEditTaskRequest>(None, request, reply)?;
                self.end_of(parts).await
            }
            // The state of the media asset can still be that of an earlier task; the list of its
            // tasks tells them apart.
            Goal::Transcoded => {
                let asked = json!({ "asset_id": id, "template_group_name": "" });
                self.last_task("TRANSCODE", asked).await
            }
            Goal::Snapshots => {
                let asked = json!({ "asset_id": id, "thumbnail": { "type": "time" } });
                self.last_task("THUMBNAIL", asked).await
            }
        }
    }

    /// Refuses a media asset that is not there. One that was just made may be listed a little later.
    async fn find(&self) -> Result<(), Failure> {
        let begin = Instant::now();
        let ids = [self.id.to_owned()];
        while asset::entries(self.client, &ids).await?.is_empty() {
            if begin.elapsed() >= UNKNOWN.min(self.waiting.timeout()) {
                let message = "there is no such media asset";
                return Err(Failure::other(Exit::NotFound, message));
            }
            sleep(self.waiting.pause()).await;
        }
        Ok(())
    }

    /// Waits for the end of the last task of a kind.
    async fn last_task(mut self, kind: &str, asked: Value) -> Result<Option<String>, Failure> {
        let begin = Instant::now();
        let mut states = States::of(self.messages, self.id);
        let created = loop {
            let tasks = tasks::of_asset(self.client, self.id, kind).await?;
            if let Some(created) = tasks::newest(&tasks) {
                break created;
            }
            let elapsed = begin.elapsed();
            states.update(&[], elapsed);
            if elapsed + self.waiting.pause() > self.waiting.timeout() {
                return Err(Failure::other(
                    Exit::StillRunning,
                    format!("{}: the service lists no task of this kind", self.id),
                ));
            }
            sleep(self.waiting.pause()).await;
        };
        self.waiting = self.waiting.after(begin.elapsed());
        let parts = parts::<CreateAssetProcessTaskRequest>(Some(created), asked, json!({}))?;
        self.end_of(parts).await
    }

    async fn end_of<O: StartsTask>(self, parts: TaskParts<O>) -> Result<Option<String>, Failure> {
        let request = serde_json::to_value(parts.request()).unwrap_or_default();
        let task = self.client.task(parts);
        let states = States::of(self.messages, self.id);
        let answer = self.waiting.typed(task, states.report()).await?;
        let answer = serde_json::to_value(answer).unwrap_or_default();
        Ok(waiting::state(O::META, &request, &answer).map(str::to_owned))
    }
}

/// What is known of a task that another program has started: when at the earliest, and what a
/// question about it needs.
fn parts<O: StartsTask>(
    since: Option<String>,
    request: Value,
    reply: Value,
) -> Result<TaskParts<O>, Failure> {
    let since = since.unwrap_or_else(|| "1970-01-01T00:00:00Z".to_owned());
    let parts = json!({ "request": request, "reply": reply, "since": since, "earlier": [] });
    serde_json::from_value(parts).map_err(|why| {
        Failure::other(
            Exit::Failed,
            format!("the task cannot be asked about: {why}"),
        )
    })
}
