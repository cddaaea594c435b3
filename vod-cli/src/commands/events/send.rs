//! `vod events send`: sends an event as the service does, to try a server.

use std::time::UNIX_EPOCH;

use clap::builder::PossibleValue;
use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::json;
use vod_api::http::{HeaderMap, HeaderValue};

use super::{example, post::Target, verifier};
use crate::catalog;
use crate::exit::{Exit, Failure};
use crate::output::{Column, Listing, Shape};
use crate::session::Session;

/// What is shown of an event that was sent.
const COLUMNS: &[Column] = &[
    Column::text("EVENT", "event_type"),
    Column::text("ANSWER", "answer"),
];

pub(super) fn command() -> Command {
    let types = catalog::events().map(|(name, summary)| PossibleValue::new(name).help(summary));
    let types: Vec<_> = types.collect();
    Command::new("send")
        .about("Sends the example of an event to a server, signed as the service does it")
        .arg(
            Arg::new("type")
                .value_name("TYPE")
                .required(true)
                .ignore_case(true)
                .value_parser(types)
                .help("Which event"),
        )
        .arg(
            Arg::new("to")
                .long("to")
                .value_name("URL")
                .required_unless_present("dry-run")
                .help("Address of the server"),
        )
        .arg(
            Arg::new("set")
                .long("set")
                .value_name("PATH=VALUE")
                .action(ArgAction::Append)
                .help("A value in the body of the event, as asset_id=a1 or meta_data.duration=60"),
        )
        .arg(
            Arg::new("dry-run")
                .long("dry-run")
                .action(ArgAction::SetTrue)
                .conflicts_with("to")
                .help("Shows the request, and sends nothing"),
        )
}

pub(super) async fn run(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let text = |name| matches.get_one::<String>(name).map(String::as_str);
    let given = text("type").unwrap_or_default();
    let mut names = catalog::events().map(|(name, _)| name);
    let name = names
        .find(|name| name.eq_ignore_ascii_case(given))
        .unwrap_or_default();
    let assignments = matches.get_many::<String>("set").into_iter().flatten();
    let event = example::event(&session.catalog, name, assignments.map(String::as_str))?;
    let target = text("to").map(|url| Target::new("--to", url)).transpose()?;
    let printer = session.task_printer()?;

    let verifier = verifier(session, None).await?;
    let now = (session.io.now)().duration_since(UNIX_EPOCH);
    let timestamp = now.unwrap_or_default().as_secs().to_string();
    let message = event.to_string();
    let signature = verifier.sign(&timestamp, &message);
    let body = json!({ "message": message }).to_string();
    let Some(target) = target else {
        session.io.stdout.write(&format!(
            "POST / HTTP/1.1\nContent-Type: application/json\nContent-Length: {}\n\
             auth_timestamp: {timestamp}\nauth_sign: {signature}\n\n{body}\n",
            body.len()
        ))?;
        return Ok(Exit::Done);
    };
    let mut headers = HeaderMap::new();
    headers.insert("content-type", HeaderValue::from_static("application/json"));
    for (name, value) in [("auth_timestamp", timestamp), ("auth_sign", signature)] {
        // Digits of both kinds.
        if let Ok(value) = HeaderValue::try_from(value) {
            headers.insert(name, value);
        }
    }
    let answer = target.post(&headers, body.into_bytes()).await?;
    let row = json!({ "event_type": name, "answer": answer.as_u16() });
    let mut listing = Listing::new(&printer, Shape::of_columns(COLUMNS));
    listing.push(row)?;
    listing.end()?;
    if answer.is_success() {
        return Ok(Exit::Done);
    }
    Err(Failure::other(
        Exit::Failed,
        format!("the server answered with {answer}"),
    ))
}
