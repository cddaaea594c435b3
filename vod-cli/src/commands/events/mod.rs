//! `vod events`: notifications that the service sends to a server.

mod example;
mod listen;
mod message;
mod post;
mod send;
mod shown;
mod verify;

use std::time::Duration;

use clap::{Arg, ArgMatches, Command};
use vod_api::notification::MfsVerifier;

use crate::exit::{Exit, Failure};
use crate::session::Session;
use crate::settings;

pub(super) fn command() -> Command {
    Command::new("events")
        .about("Receives, checks and sends notifications of events")
        .after_help(
            "Notifications are signed with the key that the console shows. It is read from \
             VOD_CALLBACK_KEY, or from `callback_key` in the profile.\n\n\
             Examples:\n  \
             vod events listen --forward-to localhost:3000/vod\n  \
             vod events send transcodeComplete --to http://localhost:3000/vod\n  \
             vod events send reviewComplete --dry-run | vod events verify -",
        )
        .disable_help_subcommand(true)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommands([listen::command(), verify::command(), send::command()])
}

pub(super) async fn run(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    match matches.subcommand() {
        Some(("listen", matches)) => listen::run(session, matches).await,
        Some(("verify", matches)) => verify::run(session, matches).await,
        Some(("send", matches)) => send::run(session, matches).await,
        // The parser requires one of them.
        _ => Err(Failure::usage("no command is named")),
    }
}

/// The flag that limits the age of notifications.
fn max_age() -> Arg {
    Arg::new("max-age")
        .long("max-age")
        .value_name("TIME")
        .value_parser(settings::duration)
        .help("Refuses notifications whose time is further from now than this, such as 5m")
}

/// Checks and signs with the key of the settings.
async fn verifier(
    session: &Session<'_>,
    max_age: Option<Duration>,
) -> Result<MfsVerifier, Failure> {
    let key = session.secret("VOD_CALLBACK_KEY", "callback_key").await?;
    let key = key.ok_or_else(|| {
        Failure::usage_with(
            "there is no key to check and sign notifications with",
            "set VOD_CALLBACK_KEY, or `callback_key = …` in the profile, to the key of the console",
        )
    })?;
    let verifier = MfsVerifier::new(key);
    let verifier =
        verifier.map_err(|error| Failure::usage(format!("VOD_CALLBACK_KEY: {error}")))?;
    Ok(match max_age {
        Some(max_age) => verifier.with_max_age(max_age),
        None => verifier,
    })
}
