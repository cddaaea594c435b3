//! Arguments to matches, with messages of one line.

use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::{ArgMatches, Command};

use crate::exit::Failure;
use crate::io::Io;

/// How wide help is where the terminal is wider, or there is none.
const WIDEST: usize = 100;

/// Reads arguments; `None` if they asked for help or the version, which is shown then.
pub(crate) fn parse(
    io: &Io,
    command: Command,
    arguments: impl IntoIterator<Item = OsString>,
) -> Result<Option<ArgMatches>, Failure> {
    let width = io.stdout.columns().unwrap_or(WIDEST).min(WIDEST);
    let parsed = command.term_width(width).try_get_matches_from(arguments);
    let error = match parsed {
        Ok(matches) => return Ok(Some(matches)),
        Err(error) => error,
    };
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            io.stdout.write(&error.to_string())?;
            Ok(None)
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            io.stderr.note(error.to_string().trim_end());
            Err(Failure::usage("no command is named"))
        }
        _ => Err(failure(&error.to_string())),
    }
}

/// The message of the parser on one line, and its advice.
fn failure(text: &str) -> Failure {
    let mut paragraphs = text.split("\n\n");
    let message = paragraphs.next().unwrap_or_default();
    let message = message.trim_start_matches("error: ");
    let mut advice = Vec::new();
    for line in paragraphs.flat_map(str::lines).map(str::trim) {
        if let Some(tip) = line.strip_prefix("tip: ") {
            advice.push(tip.to_owned());
        } else if let Some(usage) = line.strip_prefix("Usage: ") {
            advice.push(format!("usage: {usage}"));
        }
    }
    let words = message.split_whitespace().collect::<Vec<_>>().join(" ");
    match advice.first() {
        Some(advice) => Failure::usage_with(words, advice.clone()),
        None => Failure::usage(words),
    }
}
