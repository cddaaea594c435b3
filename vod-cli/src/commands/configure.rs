//! `vod configure`: asks for keys and settings, and writes them to the credentials file.

use clap::{Arg, ArgMatches, Command};
use serde_json::json;
use vod_api::Credentials;
use vod_api::model::ListAssetListRequest;
use vod_api::operation::Operation;

use super::config;
use crate::commands::flag;
use crate::exit::{Exit, Failure};
use crate::session::Session;
use crate::settings::{self, Keys};

pub(super) fn command() -> Command {
    Command::new("configure")
        .about("Asks for keys and settings, and writes them to the credentials file")
        .after_help(
            "--profile names the section; [basic] is the usual one. Without a terminal:\n  \
             vod configure --access-key AK --secret-stdin --region cn-north-4 <secret",
        )
        .arg(
            Arg::new("access-key")
                .long("access-key")
                .value_name("AK")
                .help("The access key, instead of a question"),
        )
        .arg(flag::switch(
            "secret-stdin",
            "Reads the secret key from standard input, instead of a question",
        ))
        .arg(flag::switch(
            "no-check",
            "Writes the keys without a call that tries them",
        ))
}

pub(super) async fn run(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let (path, section) = (config::path(session)?, config::section(session)?);
    let mut keys = Keys::read(&path)?;
    let answers = answers(session, matches, (&keys, &section))?;
    for (key, value) in answers.entries() {
        if keys.get(&section, key) != Some(value) {
            config::check(key, value)?;
            keys.set(&section, key, value);
        }
    }
    if !matches.get_flag("no-check")
        && let Err(failure) = tried(session, &answers, keys.get(&section, "endpoint")).await
    {
        let message = "nothing was written: --no-check writes it nevertheless";
        session.messages.progress(message);
        return Err(failure);
    }
    keys.write(&path)?;
    let message = format!("[{section}] is written to {}", path.display());
    session.messages.progress(&message);
    Ok(Exit::Done)
}

/// What goes to the file. Its `Debug` would show the secret key.
struct Answers {
    access_key: String,
    secret_key: String,
    region: Option<String>,
    project_id: Option<String>,
}

impl Answers {
    fn entries(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let entries = [
            ("ak", Some(&self.access_key)),
            ("sk", Some(&self.secret_key)),
            ("region", self.region.as_ref()),
            ("project_id", self.project_id.as_ref()),
        ];
        let given = entries.into_iter();
        given.filter_map(|(key, value)| Some((key, value?.as_str())))
    }
}

/// Takes what flags say, asks for the rest, and keeps what is there where the answer is empty.
fn answers(
    session: &mut Session<'_>,
    matches: &ArgMatches,
    (keys, section): (&Keys, &str),
) -> Result<Answers, Failure> {
    let access_key = matches.get_one::<String>("access-key").cloned();
    let from_stdin = matches.get_flag("secret-stdin");
    let asks = session.can_ask() && !from_stdin;
    let missing: Vec<_> = [
        ("--access-key AK", access_key.is_none()),
        ("--secret-stdin", !from_stdin),
    ]
    .into_iter()
    .filter_map(|(flag, is_missing)| is_missing.then_some(flag))
    .collect();
    if !asks && !missing.is_empty() {
        return Err(Failure::usage_with(
            "there is no terminal to ask for the keys",
            format!(
                "give {}, or write ak, sk, region and project_id to [{section}] yourself",
                missing.join(" and ")
            ),
        ));
    }
    let old = |key| keys.get(section, key).map(str::to_owned);
    let access_key = match access_key {
        Some(access_key) => Some(access_key),
        None => ask(session, "Access key", old("ak"))?,
    };
    let secret_key = if from_stdin {
        Some(line(session)?)
    } else {
        let is_set = old("sk").is_some();
        let given = ask_secret(session, "Secret key", is_set)?;
        given.or_else(|| old("sk"))
    };
    let region = session.settings.region.clone();
    let region = match region {
        Some(region) => Some(region),
        None if asks => ask(session, "Region, such as cn-north-4", old("region"))?,
        None => old("region"),
    };
    let project_id = session.settings.project_id.clone();
    let project_id = match project_id {
        Some(project_id) => Some(project_id),
        None if asks => ask(
            session,
            "Project id (looked up if empty)",
            old("project_id"),
        )?,
        None => old("project_id"),
    };
    let need = |value: Option<String>, name| {
        value.ok_or_else(|| Failure::usage(format!("{name}: nothing was given")))
    };
    Ok(Answers {
        access_key: need(access_key, "the access key")?,
        secret_key: need(secret_key, "the secret key")?,
        region,
        project_id,
    })
}

/// Asks, and takes what is there for an empty answer.
fn ask(
    session: &mut Session<'_>,
    question: &str,
    old: Option<String>,
) -> Result<Option<String>, Failure> {
    let shown = old.as_deref().map(|old| format!(" [{old}]"));
    let shown = shown.unwrap_or_default();
    session.messages.ask(&format!("{question}{shown}: "));
    let answer = line(session)?;
    Ok(Some(answer).filter(|answer| !answer.is_empty()).or(old))
}

/// Asks for what is not shown while it is typed.
fn ask_secret(
    session: &mut Session<'_>,
    question: &str,
    is_set: bool,
) -> Result<Option<String>, Failure> {
    let shown = if is_set { " [set]" } else { "" };
    session.messages.ask(&format!("{question}{shown}: "));
    let answer = session.io.read_secret().map_err(unread)?;
    Ok(Some(answer.trim().to_owned()).filter(|answer| !answer.is_empty()))
}

fn line(session: &mut Session<'_>) -> Result<String, Failure> {
    let line = session.io.read_line().map_err(unread)?;
    Ok(line.trim().to_owned())
}

fn unread(error: std::io::Error) -> Failure {
    Failure::usage(format!("standard input cannot be read: {error}"))
}

/// Tries the keys with a call that changes nothing.
async fn tried(
    session: &Session<'_>,
    answers: &Answers,
    endpoint: Option<&str>,
) -> Result<(), Failure> {
    let mut settings = session.settings.clone();
    if session.io.variables.get("VOD_ENDPOINT").is_none() {
        let given = settings.endpoint.take();
        settings.endpoint = given.or_else(|| endpoint.map(str::to_owned));
    }
    settings.region.clone_from(&answers.region);
    settings.project_id.clone_from(&answers.project_id);
    let credentials = Credentials::new(&*answers.access_key, &*answers.secret_key);
    let client = settings::client_as(&settings, session.io, credentials).await?;
    let call = client.call(ListAssetListRequest::META, json!({"size": 1}));
    call.await?;
    Ok(())
}
