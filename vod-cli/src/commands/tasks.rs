//! `vod tasks`: what the service is working on, and what came of it.

use std::collections::HashMap;
use std::time::{Duration, SystemTime};

use clap::builder::PossibleValuesParser;
use clap::{ArgAction, ArgMatches, Command, value_parser};
use serde_json::{Value, json};
use tokio::time::sleep;
use vod_api::model::{
    EditingTaskStatus, ListAssetEditTaskRequest, ListAssetTaskInfoRequest, TaskStatus,
};
use vod_api::operation::Operation;
use vod_api::{Client, format_rfc3339, parse_time};

use crate::commands::{asset, flag};
use crate::exit::{Exit, Failure};
use crate::output::{Column, Format, Listing, Shape, Show};
use crate::session::Session;
use crate::settings::{Moment, duration};

const COLUMNS: &[Column] = &[
    Column::text("TYPE", "type"),
    Column::text("ASSET", "asset_id"),
    Column::text("STATUS", "status"),
    Column::text("%", "progress"),
    Column::text("TEMPLATE", "transcode_result.template_name"),
    Column::new("CREATED", "create_time", Show::Time),
    Column::new("ENDED", "end_time", Show::Time),
    Column::text("TASK", "task_id"),
];

/// What kinds of tasks there are. The service has two lists, and no word for the last kind.
const KINDS: [&str; 3] = ["TRANSCODE", "THUMBNAIL", EDIT];
const EDIT: &str = "EDIT";

/// So many are listed if nothing else is asked for.
const USUAL: usize = 50;
/// How many tasks a page has at most.
const PAGE: usize = 100;
/// How long is waited before each question, unless a flag says otherwise.
const PAUSE: Duration = Duration::from_secs(5);

pub(super) fn command() -> Command {
    let states = EditingTaskStatus::KNOWN
        .iter()
        .map(EditingTaskStatus::as_str);
    Command::new("tasks")
        .about("Lists tasks of transcoding, snapshots and editing, the newest first")
        .arg(
            flag::value("type", "TYPE", "Lists those of these kinds")
                .value_delimiter(',')
                .action(ArgAction::Append)
                .ignore_case(true)
                .value_parser(PossibleValuesParser::new(KINDS)),
        )
        .arg(
            flag::value("status", "STATUS", "Lists those in one of these states")
                .value_delimiter(',')
                .action(ArgAction::Append)
                .ignore_case(true)
                .value_parser(PossibleValuesParser::new(states)),
        )
        .arg(flag::value("asset", "ID", "Lists those of a media asset"))
        .arg(
            flag::value(
                "since",
                "TIME",
                "Lists those created since then: 2h, or 2026-11-30",
            )
            .value_parser(Moment::parse),
        )
        .arg(
            flag::value("max-items", "N", "Lists so many at most; 50 by default")
                .value_parser(value_parser!(u64).range(1..)),
        )
        .arg(flag::switch(
            "follow",
            "Shows each change as a line, until all tasks have ended",
        ))
        .arg(
            flag::value(
                "poll-interval",
                "TIME",
                "How long to wait before each question",
            )
            .value_parser(duration)
            .requires("follow"),
        )
        .after_help(
            "Examples:\n  \
             vod tasks --status failed --since 1d\n  \
             vod tasks --asset f488337c31c8e4622f1590735b134c65 --follow",
        )
}

pub(super) async fn run(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let filter = Filter::read(matches, (session.io.now)());
    let shape = Shape::of_columns(COLUMNS);
    if matches.get_flag("follow") {
        return follow(session, (matches, filter), shape).await;
    }
    let printer = session.task_printer()?;
    let client = session.client().await?;
    let mut listing = Listing::new(&printer, shape);
    let (tasks, is_cut) = filter.tasks(&client).await?;
    tasks.into_iter().try_for_each(|task| listing.push(task))?;
    listing.end()?;
    if is_cut && !matches.contains_id("max-items") {
        let hint = format!("these are {USUAL}: --max-items lists more, --since and others fewer");
        session.messages.hint(&hint);
    }
    Ok(Exit::Done)
}

/// Writes a line for each task, and another one whenever it has changed.
async fn follow(
    session: &mut Session<'_>,
    (matches, filter): (&ArgMatches, Filter),
    shape: Shape,
) -> Result<Exit, Failure> {
    let printer = session.printer(Format::Tsv)?;
    if !printer.streams() {
        return Err(Failure::usage(
            "--follow: lines are written one by one, as tsv, jsonl, csv or ids, without --query",
        ));
    }
    let pause = matches.get_one("poll-interval").copied();
    let pause = pause.unwrap_or(PAUSE);
    let client = session.client().await?;
    let mut rows = printer.rows(shape);
    let mut shown = HashMap::new();
    loop {
        let (tasks, _) = filter.tasks(&client).await?;
        // The oldest first, as lines are added at the end.
        for task in tasks.iter().rev() {
            let state = (task["status"].clone(), task["progress"].clone());
            if shown.insert(key(task), state.clone()) != Some(state) {
                rows.print(task)?;
            }
        }
        let is_open =
            |task: &Value| matches!(asset::text(task, "status"), "WAITING" | "PROCESSING");
        if !tasks.iter().any(is_open) {
            return Ok(Exit::Done);
        }
        sleep(pause).await;
    }
}

/// What tells a task from all others, as far as the service does.
fn key(task: &Value) -> [String; 4] {
    ["type", "asset_id", "task_id", "create_time"].map(|name| asset::text(task, name).to_owned())
}

/// Which tasks are listed.
struct Filter {
    kinds: Vec<String>,
    states: Vec<String>,
    asset: Option<String>,
    since: Option<SystemTime>,
    most: usize,
}

impl Filter {
    fn read(matches: &ArgMatches, now: SystemTime) -> Self {
        let all = |name| {
            let values = matches.get_many::<String>(name).into_iter().flatten();
            values.map(|value| value.to_ascii_uppercase()).collect()
        };
        let since = matches.get_one::<Moment>("since");
        let most = matches.get_one::<u64>("max-items");
        Self {
            kinds: all("type"),
            states: all("status"),
            asset: matches.get_one::<String>("asset").cloned(),
            since: since.map(|moment| moment.at(now)),
            most: most.map_or(USUAL, |most| usize::try_from(*most).unwrap_or(usize::MAX)),
        }
    }

    fn has_kind(&self, kind: &str) -> bool {
        self.kinds.is_empty() || self.kinds.iter().any(|it| it == kind)
    }

    /// The tasks, and whether there are more.
    async fn tasks(&self, client: &Client) -> Result<(Vec<Value>, bool), Failure> {
        let mut found = Vec::new();
        for kind in KINDS.into_iter().filter(|kind| self.has_kind(kind)) {
            if kind == EDIT {
                self.edits(client, &mut found).await?;
            } else if let Some(request) = self.request(kind) {
                let items = client
                    .call(ListAssetTaskInfoRequest::META, request)
                    .items()?;
                let fits = |_: &Value| true;
                collect(items, (&mut found, self.most), fits).await?;
            }
        }
        for task in &mut found {
            if let Some(progress) = task.pointer("/transcode_result/progress").cloned() {
                task["progress"] = progress;
            }
        }
        found.sort_by_key(|task| std::cmp::Reverse(parse_time(asset::text(task, "create_time"))));
        let is_cut = found.len() > self.most;
        found.truncate(self.most);
        Ok((found, is_cut))
    }

    /// The request for tasks of a kind; `None` if none of them can be in the states.
    fn request(&self, kind: &str) -> Option<Value> {
        let mut request = json!({ "type": kind, "limit": self.most.min(PAGE) });
        if let Some(id) = &self.asset {
            request["asset_id"] = id.as_str().into();
        }
        if let Some(since) = self.since {
            request["create_time_after"] = format_rfc3339(since).into();
        }
        if !self.states.is_empty() {
            // Editing tasks have more states.
            let is_known =
                |state: &&String| TaskStatus::KNOWN.iter().any(|it| it.as_str() == *state);
            let states: Vec<_> = self.states.iter().filter(is_known).collect();
            if states.is_empty() {
                return None;
            }
            request["status"] = json!(states);
        }
        Some(request)
    }

    /// Editing tasks, which the service cannot filter.
    async fn edits(&self, client: &Client, found: &mut Vec<Value>) -> Result<(), Failure> {
        let request = json!({ "limit": PAGE });
        let items = client
            .call(ListAssetEditTaskRequest::META, request)
            .items()?;
        let mut edits = Vec::new();
        let fits = |task: &Value| {
            let created = parse_time(asset::text(task, "create_time"));
            let state = asset::text(task, "status");
            (self.states.is_empty() || self.states.iter().any(|it| it == state))
                && self
                    .asset
                    .as_ref()
                    .is_none_or(|id| asset::text(task, "asset_id") == id)
                && self
                    .since
                    .is_none_or(|since| created.is_none_or(|it| it >= since))
        };
        collect(items, (&mut edits, self.most), fits).await?;
        for mut task in edits {
            task["type"] = EDIT.into();
            found.push(task);
        }
        Ok(())
    }
}

/// Adds tasks of a list that fit, and one more than are listed, which tells that there are more.
async fn collect(
    mut items: vod_api::JsonItems,
    (found, most): (&mut Vec<Value>, usize),
    fits: impl Fn(&Value) -> bool,
) -> Result<(), Failure> {
    let mut taken = 0;
    while taken <= most
        && let Some(item) = items.next().await
    {
        let item = item?;
        if fits(&item) {
            found.push(item);
            taken += 1;
        }
    }
    Ok(())
}

/// The tasks of a media asset of a kind, as the first page lists them.
pub(super) async fn of_asset(client: &Client, id: &str, kind: &str) -> Result<Vec<Value>, Failure> {
    let request = json!({ "type": kind, "asset_id": id, "limit": PAGE });
    let reply = client.call(ListAssetTaskInfoRequest::META, request).await?;
    Ok(asset::list(reply.into_body(), "results"))
}

/// When the newest of these tasks was created.
pub(super) fn newest(tasks: &[Value]) -> Option<String> {
    let times = tasks.iter().map(|task| asset::text(task, "create_time"));
    let newest = times.filter(|time| parse_time(time).is_some());
    newest
        .max_by_key(|time| parse_time(time))
        .map(str::to_owned)
}
