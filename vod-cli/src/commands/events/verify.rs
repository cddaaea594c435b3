//! `vod events verify`: checks a notification that was kept.

use std::fs::File;
use std::io::Read;
use std::time::Duration;

use clap::{Arg, ArgAction, ArgMatches, Command};
use vod_api::notification::MAX_BODY;

use super::message::Message;
use super::shown::of_body;
use super::{max_age, verifier};
use crate::exit::{Exit, Failure};
use crate::output::{Format, Shape};
use crate::session::Session;

/// Headers take no more than this.
const HEADERS: usize = 64 << 10;

pub(super) fn command() -> Command {
    Command::new("verify")
        .about("Checks the signature of a notification, and shows its event")
        .arg(
            Arg::new("file")
                .value_name("FILE")
                .required(true)
                .help("The HTTP request, or its body with --header; - reads standard input"),
        )
        .arg(
            Arg::new("header")
                .long("header")
                .value_name("NAME: VALUE")
                .action(ArgAction::Append)
                .help("A header of the request, as 'auth_sign: …'; then FILE is the body alone"),
        )
        .arg(max_age())
}

pub(super) async fn run(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let printer = session.printer(Format::Json)?;
    let max_age = matches.get_one::<Duration>("max-age").copied();
    let verifier = verifier(session, max_age).await?;
    let path = matches.get_one::<String>("file").map_or("", String::as_str);
    let bytes = read(session, path)
        .map_err(|error| Failure::usage(format!("{path}: it cannot be read: {error}")))?;
    let message = match matches.get_many::<String>("header") {
        Some(headers) => Message::of_body(bytes, headers.map(String::as_str))?,
        None => Message::read(&bytes)?,
    };
    let now = (session.io.now)();
    let verified = verifier.verify_at(&message.headers, &message.body, now);
    verified.map_err(|error| {
        Failure::other(
            Exit::Failed,
            format!("the notification is not verified: {error}"),
        )
    })?;
    printer.print(&of_body(&message.body), Shape::default())?;
    Ok(Exit::Done)
}

/// What a file has, or standard input; not much more than can be a notification.
fn read(session: &mut Session<'_>, path: &str) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = (MAX_BODY + HEADERS) as u64;
    match path {
        "-" => (&mut session.io.stdin).take(most).read_to_end(&mut bytes)?,
        path => File::open(path)?.take(most).read_to_end(&mut bytes)?,
    };
    Ok(bytes)
}
