//! `vod doctor`: what was found where, and what is wrong with it.

mod facts;
mod here;
mod service;

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command, value_parser};
use serde_json::{Value, json};

use crate::commands::flag;
use crate::exit::{Exit, Failure};
use crate::output::{Column, Shape};
use crate::session::Session;

const COLUMNS: &[Column] = &[
    Column::text("CHECK", "check"),
    Column::text("RESULT", "result"),
    Column::text("FOUND", "found"),
    Column::text("IN", "origin"),
    Column::text("WHAT TO DO", "advice"),
];

pub(super) fn command() -> Command {
    Command::new("doctor")
        .about("Checks keys, settings, the network and the clock; nothing secret is shown")
        .after_help(AFTER)
        .arg(flag::switch(
            "facts",
            "Checks how the service behaves, with a media asset that is deleted again",
        ))
        .arg(
            Arg::new("file")
                .long("file")
                .value_name("FILE")
                .requires("facts")
                .value_parser(value_parser!(PathBuf))
                .help("A media file that was uploaded before, to check how duplicates are found"),
        )
        .arg(flag::switch("yes", "Does that without a question").requires("facts"))
}

pub(super) async fn run(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    if matches.get_flag("facts") {
        return facts::run(session, matches).await;
    }
    let printer = session.task_printer()?;
    let mut findings = here::check(session).await;
    findings.extend(service::check(session).await);
    let rows: Vec<_> = findings.iter().map(Finding::told).collect();
    printer.print(&Value::Array(rows), Shape::of_columns(COLUMNS))?;
    // A terminal can be too narrow for what is to be done.
    if session.io.stdout.columns().is_some() {
        for finding in findings.iter().filter(|it| it.outcome == Outcome::Wrong) {
            let message = format!("{}: {}", finding.check, finding.found);
            session.messages.warn(&message);
            session.messages.hint(&finding.advice);
        }
    }
    let is_wrong = findings.iter().any(|it| it.outcome == Outcome::Wrong);
    Ok(if is_wrong { Exit::Failed } else { Exit::Done })
}

/// What was found of one thing.
#[derive(Debug)]
struct Finding {
    check: &'static str,
    outcome: Outcome,
    found: String,
    /// What says so: a variable, a flag, a section.
    origin: String,
    advice: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Well,
    Wrong,
    /// What has to hold before does not.
    Skipped,
}

impl Finding {
    fn new(check: &'static str, outcome: Outcome, found: impl Into<String>) -> Self {
        Self {
            check,
            outcome,
            found: found.into(),
            origin: String::new(),
            advice: String::new(),
        }
    }

    fn well(check: &'static str, found: impl Into<String>) -> Self {
        Self::new(check, Outcome::Well, found)
    }

    fn wrong(check: &'static str, found: impl Into<String>, advice: impl Into<String>) -> Self {
        Self {
            advice: advice.into(),
            ..Self::new(check, Outcome::Wrong, found)
        }
    }

    fn skipped(check: &'static str, why: impl Into<String>) -> Self {
        Self::new(check, Outcome::Skipped, why)
    }

    fn of(self, origin: impl Into<String>) -> Self {
        Self {
            origin: origin.into(),
            ..self
        }
    }

    fn told(&self) -> Value {
        let result = match self.outcome {
            Outcome::Well => "ok",
            Outcome::Wrong => "wrong",
            Outcome::Skipped => "skipped",
        };
        json!({
            "check": self.check,
            "result": result,
            "found": self.found,
            "origin": self.origin,
            "advice": self.advice,
        })
    }
}

const AFTER: &str = "\
It sends one call, which lists a media asset. The exit code is 0 if all is well, and 1 if something
is wrong.

--facts checks what vod takes for granted, and no page of the docs states. It is for whoever has an
account: what it prints can be pasted into an issue.";
