//! The command, called as in a terminal, against a service in the process.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

#[path = "../../build/docs.rs"]
mod docs;
#[path = "../../src/names.rs"]
mod names;

mod calls;
mod category;
mod commands;
mod completion;
mod config;
mod doctor;
mod download;
mod dry_run;
mod errors;
mod events;
mod facts;
mod film;
mod flags;
mod imports;
mod library;
mod list;
#[cfg(feature = "local")]
mod local;
mod output;
mod program;
mod remove;
mod secrets;
mod settings;
mod show;
mod snapshot;
mod template;
mod unfinished;
mod upload_progress;
mod uploads;
mod url;
mod verbose;
mod vod;
mod work;
