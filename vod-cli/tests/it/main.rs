//! The command, called as in a terminal, against a service in the process.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

#[path = "../../build/docs.rs"]
mod docs;
#[path = "../../src/names.rs"]
mod names;

mod calls;
mod dry_run;
mod errors;
mod flags;
mod imports;
mod library;
mod list;
mod output;
mod program;
mod settings;
mod unfinished;
mod upload_progress;
mod uploads;
mod vod;
