//! The command, called as in a terminal, against a service in the process.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

#[path = "../../build/docs.rs"]
mod docs;
#[path = "../../src/names.rs"]
mod names;

mod calls;
mod commands;
mod completion;
mod config;
mod doctor;
mod dry_run;
mod errors;
mod facts;
mod flags;
mod library;
mod list;
#[cfg(feature = "local")]
mod local;
mod output;
mod program;
mod settings;
mod vod;
