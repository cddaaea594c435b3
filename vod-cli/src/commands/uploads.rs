//! `vod uploads`: those that did not end.

use clap::{Arg, ArgMatches, Command};
use serde_json::{Value, json};
use vod_api::format_time;

use crate::commands::creation::{self, CreationWait};
use crate::commands::flag;
use crate::commands::upload::{self, Action, How, Job, Plan, home};
use crate::exit::{Exit, Failure};
use crate::output::{Column, Listing, Show};
use crate::records::{Home, Record, Records};
use crate::session::Session;
use crate::settings::Settings;

/// What is shown of an upload.
const COLUMNS: &[Column] = &[
    Column::text("ID", "asset_id"),
    Column::text("PATH", "path"),
    Column::new("SENT", "sent", Show::Bytes),
    Column::new("SIZE", "bytes", Show::Bytes),
    Column::new("STOPPED", "stopped", Show::Time),
];

pub(super) fn command() -> Command {
    let chosen = || {
        Arg::new("chosen")
            .value_name("ID")
            .num_args(1..)
            .help("Media assets or paths, as `vod uploads list` shows them")
    };
    let all = |help| {
        let all = flag::switch("all", help);
        all.conflicts_with("chosen")
            .required_unless_present("chosen")
    };
    let list = Command::new("list")
        .visible_alias("ls")
        .about("Lists uploads that did not end, of all regions and projects");
    let how = upload::how_flags().into_iter();
    let resume = Command::new("resume")
        .about("Goes on with uploads, as they were begun")
        .arg(chosen())
        .arg(all("Goes on with all"))
        .args(how.filter(|flag| flag.get_id() != "part-size"))
        .args(creation::flags());
    let abort = Command::new("abort")
        .about("Drops uploads: what was sent is deleted, and the media assets are canceled")
        .arg(chosen())
        .arg(all("Drops all"))
        .arg(flag::switch("yes", "Does not ask"));
    Command::new("uploads")
        .about("Lists, resumes and aborts uploads that did not end")
        .disable_help_subcommand(true)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommands([list, resume, abort])
}

pub(super) async fn run(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let Some((name, matches)) = matches.subcommand() else {
        // The parser requires one of them.
        return Err(Failure::usage("no command is named"));
    };
    session.set(Settings::read(matches));
    match name {
        "list" => list(session),
        "resume" => resume(session, matches).await,
        _ => abort(session, matches).await,
    }
}

fn list(session: &Session<'_>) -> Result<Exit, Failure> {
    let printer = session.task_printer()?;
    let mut listing = Listing::new(&printer, session.shape(COLUMNS));
    for record in Records::open(&session.io.variables)?.unfinished()? {
        listing.push(row(&record))?;
    }
    listing.end()?;
    Ok(Exit::Done)
}

fn row(record: &Record) -> Value {
    let entry = &record.entry;
    let begun = record.begun();
    let stopped = begun.as_ref().and_then(|begun| begun.at);
    json!({
        "asset_id": begun.and_then(|begun| begun.asset_id),
        "path": entry.path.to_string_lossy(),
        "sent": entry.sent,
        "bytes": entry.print.size,
        "stopped": stopped.map(format_time),
        "endpoint": entry.endpoint,
        "project_id": entry.project_id,
    })
}

async fn resume(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let printer = session.task_printer()?;
    let records = Records::open(&session.io.variables)?;
    let client = session.client().await?;
    let home = home(session, &client).await?;
    let jobs = chosen(&records, &home, matches)?;
    if jobs.is_empty() {
        session.messages.hint("there are no uploads to resume");
        return Ok(Exit::Done);
    }
    let plan = Plan {
        jobs,
        how: How::of_transfer(matches),
        at_once: upload::at_once(matches),
        waiting: CreationWait::read(session, matches),
    };
    upload::run_all(session, client, &printer, plan).await
}

async fn abort(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let records = Records::open(&session.io.variables)?;
    let client = session.client().await?;
    let home = home(session, &client).await?;
    let jobs = chosen(&records, &home, matches)?;
    let count = jobs.len();
    match jobs.as_slice() {
        [] => {
            session.messages.hint("there are no uploads to abort");
            return Ok(Exit::Done);
        }
        [job] => session.consent(matches.get_flag("yes"), &format!("drop {}", job.name))?,
        _ => session.consent(matches.get_flag("yes"), &format!("drop {count} uploads"))?,
    }
    let mut failures = Vec::new();
    for job in &jobs {
        let begun = job.record.begun();
        let uncertain = begun.filter(|begun| begun.asset_id.is_none());
        let dropped = match &uncertain {
            // The service may not know it, so that it cannot be told.
            Some(_) => upload::remove(job),
            None => upload::drop_upload(&client, job).await,
        };
        if let Err(failure) = dropped {
            if count > 1 {
                session.messages.failure_of(&job.name, &failure);
            }
            failures.push(failure);
            continue;
        }
        session.messages.progress(&format!("{}: dropped", job.name));
        if let Some(title) = uncertain.and_then(|begun| begun.title) {
            let text = format!(
                "{}: it stopped while its media asset was created: `vod list --search {title:?}` \
                 shows whether there is one",
                job.name
            );
            session.messages.warn(&text);
        }
    }
    match (failures.pop(), count) {
        (None, _) => Ok(Exit::Done),
        (Some(failure), 1) => Err(failure),
        (Some(_), count) => {
            let failed = failures.len() + 1;
            Err(Failure::Partly(format!(
                "{failed} of {count} uploads were not dropped"
            )))
        }
    }
}

/// The uploads to this place that arguments name.
fn chosen(records: &Records, home: &Home, matches: &ArgMatches) -> Result<Vec<Job>, Failure> {
    let unfinished = records.unfinished()?;
    if matches.get_flag("all") {
        let here = unfinished.into_iter().filter(|it| it.is_at(home));
        return Ok(here.map(job).collect());
    }
    let mut jobs = Vec::new();
    for name in matches.get_many::<String>("chosen").into_iter().flatten() {
        let path = std::path::absolute(name).ok();
        let is_meant = |record: &&Record| {
            let id = record.begun().and_then(|begun| begun.asset_id);
            id.as_ref() == Some(name) || path.as_ref() == Some(&record.entry.path)
        };
        let mut meant = unfinished.iter().filter(is_meant).peekable();
        let Some(first) = meant.peek().copied() else {
            let message = format!("there is no upload {name} that did not end");
            return Err(Failure::usage_with(message, "`vod uploads list` shows all"));
        };
        let Some(record) = meant.find(|record| record.is_at(home)) else {
            let entry = &first.entry;
            return Err(Failure::usage_with(
                format!("the upload {name} goes elsewhere"),
                format!(
                    "--endpoint {} --project-id {}",
                    entry.endpoint, entry.project_id
                ),
            ));
        };
        jobs.push(job(record.clone()));
    }
    Ok(jobs)
}

fn job(record: Record) -> Job {
    Job {
        name: record.entry.path.display().to_string(),
        print: record.entry.print.clone(),
        record,
        action: Action::ResumeAsBegun,
    }
}
