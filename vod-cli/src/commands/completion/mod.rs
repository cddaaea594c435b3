//! `vod completion`: scripts for shells, and the words that they ask for.

mod scripts;
mod values;
mod words;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches, Command};

use self::words::Candidates;
use crate::exit::{Exit, Failure};
use crate::session::Session;

pub(super) fn command() -> Command {
    Command::new("completion")
        .about("Prints the completion script for a shell")
        .after_help(scripts::HELP)
        .arg(
            Arg::new("shell")
                .value_name("SHELL")
                .required(true)
                .value_parser(PossibleValuesParser::new(scripts::SHELLS)),
        )
}

/// What the scripts ask: which words can stand next.
pub(super) fn hidden_command() -> Command {
    Command::new("__complete")
        .hide(true)
        .arg(
            Arg::new("current")
                .long("current")
                .value_name("WORD")
                .default_value("")
                .allow_hyphen_values(true)
                .help("What there is of the word"),
        )
        .arg(
            Arg::new("words")
                .value_name("WORD")
                .num_args(0..)
                .trailing_var_arg(true)
                .allow_hyphen_values(true)
                .help("The words before it"),
        )
}

pub(super) fn run(session: &Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let shell = matches.get_one::<String>("shell");
    let script = scripts::script(shell.map(String::as_str).unwrap_or_default());
    session.io.stdout.write(script)?;
    Ok(Exit::Done)
}

/// Writes the words that fit, each with what it is; or `:files`, if names of files do.
pub(super) async fn complete(
    session: &mut Session<'_>,
    matches: &ArgMatches,
) -> Result<Exit, Failure> {
    let before = matches.get_many::<String>("words");
    let before: Vec<_> = before.into_iter().flatten().cloned().collect();
    let current = matches.get_one::<String>("current");
    let current = current.map(String::as_str).unwrap_or_default();
    let text = match words::candidates(session, &before, current).await {
        Candidates::Files => ":files\n".to_owned(),
        Candidates::Words(words) => words.iter().map(ToString::to_string).collect(),
    };
    session.io.stdout.write(&text)?;
    Ok(Exit::Done)
}
