//! `vod config`: settings in the credentials file.

use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, Command};
use serde_json::{Value, json};
use vod_api::support::service::nearest;

use crate::exit::{Exit, Failure};
use crate::output::{Column, Shape};
use crate::session::Session;
use crate::settings::{Keys, keys_path};

const COLUMNS: &[Column] = &[
    Column::text("SECTION", "section"),
    Column::text("KEY", "key"),
    Column::text("VALUE", "value"),
];

/// What a section can have that may be shown.
const SHOWN: [&str; 8] = [
    "ak",
    "region",
    "project_id",
    "endpoint",
    "iam_endpoint",
    "allow_http",
    "playback_algorithm",
    "playback_validity",
];
/// What is not shown, and not given as an argument.
const SECRET: [&str; 4] = ["sk", "security_token", "playback_key", "callback_key"];

pub(super) fn command() -> Command {
    let key = || {
        Arg::new("key").value_name("KEY").required(true).help(
            "ak, sk, security_token, region, project_id, endpoint, iam_endpoint, allow_http, \
             playback_key, playback_algorithm, playback_validity or callback_key",
        )
    };
    Command::new("config")
        .about("Shows and changes settings in the credentials file")
        .after_help("--profile names the section; [basic] is the usual one.")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommands([
            Command::new("list").about("Lists the settings of all sections; secrets are not shown"),
            Command::new("get").about("Prints a setting").arg(key()),
            Command::new("set")
                .about("Changes a setting, and leaves the rest of the file as it is")
                .arg(key())
                .arg(
                    Arg::new("value").value_name("VALUE").required(true).help(
                        "The value; - reads it from standard input, as is needed for secrets",
                    ),
                ),
            Command::new("path").about("Prints where the file is"),
        ])
}

pub(super) fn run(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let path = path(session)?;
    match matches.subcommand() {
        Some(("path", _)) => session.io.stdout.write(&format!("{}\n", path.display()))?,
        Some(("get", matches)) => get(session, &path, key(matches)?)?,
        Some(("set", matches)) => set(session, &path, matches)?,
        _ => list(session, &path)?,
    }
    Ok(Exit::Done)
}

/// Where the file is.
///
/// # Errors
///
/// No variable says so.
pub(super) fn path(session: &Session<'_>) -> Result<PathBuf, Failure> {
    keys_path(&session.io.variables).ok_or_else(|| {
        Failure::usage(
            "there is no credentials file: none of HUAWEICLOUD_SDK_CREDENTIALS_FILE, HOME and \
             USERPROFILE is set",
        )
    })
}

/// The section that the settings name, or the usual one.
pub(super) fn section(session: &Session<'_>) -> Result<String, Failure> {
    let named = session.settings.profile.clone();
    let named = named.or_else(|| session.io.variables.get("VOD_PROFILE"));
    let section = named.unwrap_or_else(|| "basic".to_owned());
    if section.contains(['[', ']']) || section.contains(char::is_control) {
        let message = format!("--profile: {section:?} cannot be the name of a section");
        return Err(Failure::usage(message));
    }
    Ok(section)
}

/// Refuses a value that the file cannot hold.
pub(super) fn check(key: &str, value: &str) -> Result<(), Failure> {
    if value.trim().is_empty() {
        return Err(Failure::usage(format!("{key}: the value is empty")));
    }
    // The value is not repeated: it can be a secret.
    if value.contains(char::is_control) || value.trim() != value {
        return Err(Failure::usage(format!(
            "{key}: the value has control characters, or spaces around it"
        )));
    }
    Ok(())
}

fn list(session: &Session<'_>, path: &Path) -> Result<(), Failure> {
    let keys = Keys::read(path)?;
    let mut rows = Vec::new();
    for section in keys.sections() {
        let is_wanted = session.settings.profile.as_deref();
        if is_wanted.is_some_and(|wanted| wanted != section) {
            continue;
        }
        let entries = keys.entries(section);
        rows.extend(entries.map(
            |(key, value)| json!({"section": section, "key": key, "value": shown(key, value)}),
        ));
    }
    let printer = session.task_printer()?;
    printer.print(&Value::Array(rows), Shape::of_columns(COLUMNS))
}

fn get(session: &Session<'_>, path: &Path, key: &str) -> Result<(), Failure> {
    let (keys, section) = (Keys::read(path)?, section(session)?);
    let Some(value) = keys.get(&section, key) else {
        return Err(Failure::usage_with(
            format!("[{section}] has no {key}"),
            "`vod config list` shows what there is",
        ));
    };
    let value = shown(key, value);
    Ok(session.io.stdout.write(&format!("{value}\n"))?)
}

fn set(session: &mut Session<'_>, path: &Path, matches: &ArgMatches) -> Result<(), Failure> {
    let key = key(matches)?;
    let given = matches.get_one::<String>("value");
    let value = match given.map(String::as_str).unwrap_or_default() {
        "-" => session.io.read_line().map_err(|error| {
            Failure::usage(format!("{key}: standard input cannot be read: {error}"))
        })?,
        _ if SECRET.contains(&key) => {
            return Err(Failure::usage_with(
                format!("{key} is a secret, and arguments are seen by others"),
                format!("`vod config set {key} -` reads it from standard input"),
            ));
        }
        value => value.to_owned(),
    };
    check(key, &value)?;
    let mut keys = Keys::read(path)?;
    let section = section(session)?;
    keys.set(&section, key, &value);
    keys.write(path)?;
    let message = format!("{key} of [{section}] in {} is set", path.display());
    session.messages.progress(&message);
    Ok(())
}

/// The key that is named.
fn key(matches: &ArgMatches) -> Result<&str, Failure> {
    let key = matches.get_one::<String>("key");
    let key = key.map(String::as_str).unwrap_or_default();
    let known = || SHOWN.into_iter().chain(SECRET);
    if known().any(|known| known == key) {
        return Ok(key);
    }
    let hint = match nearest(key, known()) {
        Some(near) => format!("did you mean {near}?"),
        None => format!("there are {}", known().collect::<Vec<_>>().join(", ")),
    };
    Err(Failure::usage_with(
        format!("there is no setting {key:?}"),
        hint,
    ))
}

/// A value, unless it is a secret or nothing that is known here.
fn shown<'v>(key: &str, value: &'v str) -> &'v str {
    if SHOWN.contains(&key) { value } else { "[set]" }
}
