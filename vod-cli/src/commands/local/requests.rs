//! The requests that the service got, and what it answered.

use std::collections::BTreeMap;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use serde_json::Value;
use vod_api::reqwest::{Method, Response};

use super::admin::Admin;
use super::{asks, document};
use crate::api;
use crate::commands::flag;
use crate::exit::{Exit, Failure};
use crate::output::{Column, Format, Listing, Shape};
use crate::session::Session;

const COLUMNS: &[Column] = &[
    Column::text("NUMBER", "number"),
    Column::text("TIME", "time"),
    Column::text("METHOD", "method"),
    Column::text("STATUS", "status"),
    Column::text("OPERATION", "operation"),
    Column::text("CODE", "error_code"),
    Column::text("PATH", "path"),
];

pub(super) fn command() -> Command {
    asks("log", "Shows the last requests and their answers")
        .arg(
            Arg::new("number")
                .value_name("NUMBER")
                .value_parser(value_parser!(u64))
                .help("Shows all of one request: headers and bodies, without secrets"),
        )
        .arg(flag::value(
            "operation",
            "OPERATION",
            "Shows those of an operation",
        ))
        .arg(
            flag::value(
                "status",
                "N",
                "Shows those that were answered with an HTTP status",
            )
            .value_parser(value_parser!(u16)),
        )
        .arg(
            flag::value("max-items", "N", "Shows the last N; 50 by default")
                .value_parser(value_parser!(u64)),
        )
        .arg(
            Arg::new("follow")
                .long("follow")
                .short('f')
                .action(ArgAction::SetTrue)
                .conflicts_with_all(["number", "operation", "status", "max-items"])
                .help("Shows requests as they come, until Ctrl-C"),
        )
}

pub(super) async fn run(session: &Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let admin = Admin::of(session, matches)?;
    if matches.get_flag("follow") {
        follow(session, &admin).await?;
    } else if let Some(number) = matches.get_one::<u64>("number") {
        let path = format!("/requests/{number}");
        document(session, &admin.get(&path).await?)?;
    } else {
        let most = matches.get_one::<u64>("max-items").unwrap_or(&50);
        let mut query = vec![("limit", most.to_string())];
        if let Some(name) = matches.get_one::<String>("operation") {
            query.push(("operation", api::find(session, name)?.name.to_owned()));
        }
        if let Some(status) = matches.get_one::<u16>("status") {
            query.push(("status", status.to_string()));
        }
        if let Some(project) = &session.settings.project_id {
            query.push(("project", project.clone()));
        }
        let query: Vec<_> = query
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let path = admin.with_query("/requests", &query);
        let told = admin.get(&path).await?;
        let printer = session.task_printer()?;
        let shape = Shape {
            items: Some("requests"),
            ..Shape::of_columns(COLUMNS)
        };
        printer.print(&told, shape)?;
    }
    Ok(Exit::Done)
}

async fn follow(session: &Session<'_>, admin: &Admin) -> Result<(), Failure> {
    let printer = session.printer(Format::Tsv)?;
    if !printer.streams() {
        return Err(Failure::usage_with(
            "--follow: this form of the output needs all requests",
            "tsv, jsonl, csv and ids show them as they come",
        ));
    }
    let reply = admin.open(Method::GET, "/requests/stream", None).await?;
    let mut events = Events::new(reply);
    let mut told = Told::default();
    let mut listing = Listing::new(&printer, Shape::of_columns(COLUMNS));
    while let Some(request) = events.next().await? {
        if told.is_new(&request) {
            listing.push(request)?;
        }
    }
    listing.end()
}

/// The requests that were told of once: whether they were shown.
#[derive(Default)]
struct Told(BTreeMap<u64, bool>);

impl Told {
    /// Whether a request is to be shown. Each is told of when it comes and when it is over, and can
    /// be over already when the first is sent.
    fn is_new(&mut self, request: &Value) -> bool {
        let number = request.get("number").and_then(Value::as_u64);
        let number = number.unwrap_or_default();
        let is_over = request.get("state").and_then(Value::as_str) != Some("open");
        match self.0.remove(&number) {
            None => {
                self.0.insert(number, is_over);
                is_over
            }
            Some(was_shown) => !was_shown,
        }
    }
}

/// Server-sent events, as far as the service uses them.
struct Events {
    reply: Response,
    /// What has come, and is no whole line yet.
    rest: Vec<u8>,
}

impl Events {
    fn new(reply: Response) -> Self {
        Self {
            reply,
            rest: Vec::new(),
        }
    }

    /// The data of the next one; `None` once the service has stopped.
    async fn next(&mut self) -> Result<Option<Value>, Failure> {
        loop {
            while let Some(end) = self.rest.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.rest.drain(..=end).collect();
                let data = line.strip_prefix(b"data: ");
                let data = data.and_then(|data| serde_json::from_slice(data).ok());
                if let Some(data @ Value::Object(_)) = data {
                    return Ok(Some(data));
                }
            }
            match self.reply.chunk().await {
                Ok(Some(chunk)) => self.rest.extend_from_slice(&chunk),
                // A service that is stopped closes the connection.
                Ok(None) | Err(_) => return Ok(None),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_request_is_shown_once_it_is_over() {
        let mut told = Told::default();
        let mut is_new =
            |number: u64, state: &str| told.is_new(&json!({"number": number, "state": state}));
        assert!(!is_new(1, "open"));
        assert!(!is_new(2, "open"));
        assert!(is_new(2, "done"));
        assert!(is_new(3, "no reply"));
        assert!(is_new(1, "done"));
        assert!(!is_new(3, "no reply"));
        assert_eq!(told.0.len(), 0);
    }
}
