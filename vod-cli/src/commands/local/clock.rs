//! The clock of the service.

use std::time::Duration;

use clap::{Arg, ArgMatches, Command};
use serde_json::json;
use vod_api::format_rfc3339;
use vod_api::reqwest::Method;

use super::admin::Admin;
use super::asks;
use crate::exit::Failure;
use crate::output::{Column, Shape};
use crate::session::Session;
use crate::settings::{Moment, duration};

const COLUMNS: &[Column] = &[Column::text("NOW", "now"), Column::text("MODE", "mode")];

pub(super) fn command() -> Command {
    let value = |name, help| Arg::new(name).value_name(name).required(true).help(help);
    asks("clock", "Shows or sets the time of day of the service")
        .args_conflicts_with_subcommands(true)
        .disable_help_subcommand(true)
        .subcommands([
            asks("show", "Shows the time, as `vod local clock` does"),
            asks("set", "Sets the time").arg(
                value(
                    "TIME",
                    "2026-11-30T08:00:00Z, or a period before now, such as 7d",
                )
                .value_parser(Moment::parse),
            ),
            asks(
                "advance",
                "Moves the time on, so that tasks which are due end",
            )
            .arg(value("PERIOD", "As 10m or 7d").value_parser(duration)),
            asks("pause", "Stops the clock"),
            asks("resume", "Lets the clock go on"),
        ])
}

pub(super) async fn run(
    session: &Session<'_>,
    admin: &Admin,
    matches: &ArgMatches,
) -> Result<(), Failure> {
    let told = match matches.subcommand() {
        None => admin.get("/clock").await?,
        Some((name, matches)) => {
            let admin = Admin::of(session, matches)?;
            let set = async |body| admin.send(Method::PUT, "/clock", Some(&body)).await;
            match name {
                "set" => {
                    let time = matches.get_one::<Moment>("TIME");
                    let now = (session.io.now)();
                    let time = time.map(|time| format_rfc3339(time.at(now)));
                    set(json!({ "now": time })).await?
                }
                "advance" => {
                    let period = matches.get_one::<Duration>("PERIOD");
                    let seconds = period.copied().unwrap_or_default().as_secs_f64();
                    let body = json!({ "seconds": seconds });
                    let path = "/clock/advance";
                    admin.send(Method::POST, path, Some(&body)).await?
                }
                "pause" => set(json!({"mode": "paused"})).await?,
                "resume" => set(json!({"mode": "running"})).await?,
                _ => admin.get("/clock").await?,
            }
        }
    };
    let printer = session.task_printer()?;
    printer.print(&told, Shape::of_columns(COLUMNS))
}
