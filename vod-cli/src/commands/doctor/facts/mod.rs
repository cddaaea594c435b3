//! `vod doctor --facts`: checks on the real service what no page of the docs states, and what is
//! taken for granted nevertheless.

mod bench;
mod calls;
mod categories;
mod companions;
mod finding;
mod parts;
mod storage;

use std::path::PathBuf;

use clap::ArgMatches;
use serde_json::Value;

use self::bench::Bench;
use crate::exit::{Exit, Failure};
use crate::output::{Column, Shape};
use crate::session::Session;

const COLUMNS: &[Column] = &[
    Column::text("RESULT", "result"),
    Column::text("FACT", "fact"),
    Column::text("SEEN", "seen"),
];

/// What is checked, one after the other: a step needs what the steps before it have made.
#[derive(Debug, Clone, Copy)]
enum Step {
    UnknownIds,
    Duplicates,
    Categories,
    Asset,
    Lists,
    Changes,
    Parts,
    Companions,
    Joins,
    AnotherFile,
}

const STEPS: [Step; 10] = [
    Step::UnknownIds,
    Step::Duplicates,
    Step::Categories,
    Step::Asset,
    Step::Lists,
    Step::Changes,
    Step::Parts,
    Step::Companions,
    Step::Joins,
    Step::AnotherFile,
];

pub(super) async fn run(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let what = "make a media asset and two categories, send some KB, and delete all of it";
    session.consent(matches.get_flag("yes"), what)?;
    let printer = session.task_printer()?;
    let client = session.client().await?;
    let file = matches.get_one::<PathBuf>("file").cloned();
    let mut bench = Bench::new(client, file, session.io.now)?;
    let mut is_cut = false;
    for step in STEPS {
        if bench.is_interrupted() {
            is_cut = true;
            break;
        }
        session.messages.progress(step.name());
        match step {
            Step::UnknownIds => calls::unknown_ids(&mut bench).await,
            Step::Duplicates => calls::duplicates(&mut bench).await,
            Step::Categories => categories::categories(&mut bench).await,
            Step::Asset => companions::asset(&mut bench).await,
            Step::Lists => calls::lists(&mut bench).await,
            Step::Changes => calls::changes(&mut bench).await,
            Step::Parts => parts::parts(&mut bench).await,
            Step::Companions => companions::companions(&mut bench).await,
            Step::Joins => parts::joins(&mut bench).await,
            Step::AnotherFile => companions::another_file(&mut bench).await,
        }
    }
    for left in bench.clean_up().await {
        session.messages.warn(&left);
    }
    let report = &bench.report;
    printer.print(&Value::Array(report.rows()), Shape::of_columns(COLUMNS))?;
    session.messages.progress(&report.summary());
    if is_cut {
        return Err(Failure::Stopped {
            exit: Exit::Interrupted,
            message: "the steps after it were not checked".to_owned(),
        });
    }
    Ok(if report.all_hold() {
        Exit::Done
    } else {
        Exit::Failed
    })
}

impl Step {
    fn name(self) -> &'static str {
        match self {
            Self::UnknownIds => "ids that do not exist",
            Self::Duplicates => "the look for duplicates",
            Self::Categories => "categories",
            Self::Asset => "a media asset",
            Self::Lists => "lists",
            Self::Changes => "changes of a media asset",
            Self::Parts => "an upload in parts",
            Self::Companions => "cover and subtitles",
            Self::Joins => "the join of the parts",
            Self::AnotherFile => "another file for the media asset",
        }
    }
}
