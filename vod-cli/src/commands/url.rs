//! `vod url`: URLs that media assets are played from.

use std::time::{Duration, SystemTime};

use clap::builder::PossibleValuesParser;
use clap::{ArgAction, ArgMatches, Command};
use serde_json::{Value, json};
use vod_api::Client;
use vod_api::model::{MediaQuality, PlayType};

use crate::commands::several::Tally;
use crate::commands::{asset, flag, ids};
use crate::exit::{Exit, Failure};
use crate::output::{Column, Format, Listing, Shape};
use crate::session::Session;
use crate::settings::{self, PlaySigner, duration};

const COLUMNS: &[Column] = &[
    Column::text("ID", "asset_id"),
    Column::text("TYPE", "play_type"),
    Column::text("QUALITY", "quality"),
    Column::text("TEMPLATE", "group_name"),
    Column::text("URL", "url"),
];

/// Which outputs are meant.
#[derive(Debug, Clone, Default)]
pub(super) struct Choice {
    types: Vec<String>,
    qualities: Vec<String>,
}

impl Choice {
    /// The flags that say it.
    pub(super) fn flags() -> [clap::Arg; 2] {
        let types = PlayType::KNOWN.iter().map(PlayType::as_str);
        let qualities = MediaQuality::KNOWN.iter().map(MediaQuality::as_str);
        [
            flag::value("type", "TYPE", "Takes outputs of these types")
                .value_parser(PossibleValuesParser::new(types)),
            flag::value("quality", "QUALITY", "Takes outputs of these qualities")
                .value_parser(PossibleValuesParser::new(qualities)),
        ]
        .map(|flag| {
            flag.ignore_case(true)
                .value_delimiter(',')
                .action(ArgAction::Append)
        })
    }

    pub(super) fn read(matches: &ArgMatches) -> Self {
        let all = |name| {
            let values = matches.get_many::<String>(name).into_iter().flatten();
            values.cloned().collect()
        };
        Self {
            types: all("type"),
            qualities: all("quality"),
        }
    }

    pub(super) fn is_any(&self) -> bool {
        self.types.is_empty() && self.qualities.is_empty()
    }

    /// The outputs in a reply of `ShowAssetDetail` that are meant and have a URL.
    pub(super) fn of<'v>(&self, detail: &'v Value) -> impl Iterator<Item = &'v Value> {
        let outputs = detail.pointer("/transcode_info/output");
        let outputs = outputs.and_then(Value::as_array).into_iter().flatten();
        outputs.filter(|output| {
            let is_one = |wanted: &[String], value: &str| {
                wanted.is_empty() || wanted.iter().any(|it| it.eq_ignore_ascii_case(value))
            };
            is_one(&self.types, asset::text(output, "play_type"))
                && is_one(&self.qualities, quality(output))
                && !asset::text(output, "url").is_empty()
        })
    }
}

/// The quality of an output. The outputs have fewer levels than their files.
pub(super) fn quality(output: &Value) -> &str {
    let of_file = output.pointer("/meta_data/quality");
    let of_file = of_file.and_then(Value::as_str).unwrap_or_default();
    match asset::text(output, "quality") {
        "" => of_file,
        quality => quality,
    }
}

pub(super) fn command() -> Command {
    Command::new("url")
        .about("Shows the URLs that media assets are played from, one a line")
        .arg(ids::argument("Ids of the media assets"))
        .args(Choice::flags())
        .arg(
            flag::switch("source", "Shows the URL of the source file")
                .conflicts_with_all(["type", "quality"]),
        )
        .arg(
            flag::value(
                "expires",
                "TIME",
                "How long signed URLs are valid, such as 1h",
            )
            .value_parser(duration),
        )
        .after_help(
            "If the domain has URL validation, URLs are signed with its key: VOD_PLAYBACK_KEY or\n\
             playback_key in the credentials file, VOD_PLAYBACK_ALGORITHM (A to E; E by default),\n\
             VOD_PLAYBACK_VALIDITY (2h by default). The console has these values.\n\n\
             Examples:\n  \
             vod url f488337c31c8e4622f1590735b134c65 --type hls --quality HD\n  \
             mpv $(vod url f488337c31c8e4622f1590735b134c65 --source)",
        )
}

pub(super) async fn run(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let ids = ids::read(session, matches)?;
    let printer = session.printer(Format::Tsv)?;
    let output = &session.settings.output;
    // Lines for programs, unless somebody asks for more than URLs.
    let is_plain = output.format.is_none() && output.columns.is_empty() && output.query.is_none();
    let signer = settings::play_signer(&session.settings, session.io).await?;
    let expires = matches.get_one::<Duration>("expires").copied();
    let seal = Seal::new(signer, (session.io.now)(), expires)?;
    let client = session.client().await?;
    let choice = Choice::read(matches);
    let mut tally = Tally::new(&session.messages, ids.len());
    let mut listing = Listing::new(&printer, Shape::of_columns(COLUMNS));
    let mut shown = Vec::new();
    for id in &ids {
        let rows = match asset::detail(&client, id, &["base_info", "transcode_info"]).await {
            Ok(detail) if matches.get_flag("source") => source(&detail, &seal),
            Ok(detail) => match outputs(&detail, &choice, &seal) {
                Ok(rows) if rows.is_empty() => Err(no_output(&client, &detail, &choice).await),
                rows => rows,
            },
            Err(failure) => Err(failure),
        };
        match rows {
            Ok(rows) => {
                tally.done();
                shown.push(id.clone());
                for row in rows {
                    listing.push(if is_plain { row["url"].clone() } else { row })?;
                }
            }
            Err(failure) => {
                if tally.failed(id, failure).is_break() {
                    break;
                }
            }
        }
    }
    listing.end()?;
    if !matches.get_flag("source") && !session.settings.output.quiet {
        warn_of_unpublished(session, &client, &shown).await;
    }
    tally.end("url")
}

/// Signs URLs if there is a key.
pub(super) struct Seal {
    signer: Option<PlaySigner>,
    at: SystemTime,
}

impl Seal {
    pub(super) fn new(
        signer: Option<PlaySigner>,
        now: SystemTime,
        expires: Option<Duration>,
    ) -> Result<Self, Failure> {
        let at = match (&signer, expires) {
            (Some(signer), expires) => signer.made_at(now, expires)?,
            (None, None) => now,
            (None, Some(_)) => {
                return Err(Failure::usage_with(
                    "--expires: URLs are not signed, so they do not end",
                    "VOD_PLAYBACK_KEY or playback_key in the credentials file is the key",
                ));
            }
        };
        Ok(Self { signer, at })
    }

    pub(super) fn sign(&self, url: &str) -> Result<String, Failure> {
        match &self.signer {
            Some(signer) => signer.sign(url, self.at),
            None => Ok(url.to_owned()),
        }
    }
}

fn source(detail: &Value, seal: &Seal) -> Result<Vec<Value>, Failure> {
    let url = detail.pointer("/base_info/video_url");
    match url.and_then(Value::as_str).filter(|url| !url.is_empty()) {
        Some(url) => Ok(vec![json!({
            "asset_id": detail["asset_id"],
            "url": seal.sign(url)?,
        })]),
        None => Err(Failure::other(
            Exit::NotFound,
            "there is no source file: it is not uploaded yet, or was deleted",
        )),
    }
}

fn outputs(detail: &Value, choice: &Choice, seal: &Seal) -> Result<Vec<Value>, Failure> {
    let rows = choice.of(detail).map(|output| {
        let mut row = output.clone();
        row["asset_id"] = detail["asset_id"].clone();
        row["quality"] = match quality(output) {
            "" => Value::Null,
            quality => quality.into(),
        };
        row["url"] = seal.sign(asset::text(output, "url"))?.into();
        Ok(row)
    });
    rows.collect()
}

/// Why there is no output that is meant.
pub(super) async fn no_output(client: &Client, detail: &Value, choice: &Choice) -> Failure {
    let all = Choice::default();
    let known: Vec<_> = all.of(detail).map(name).collect();
    if choice.is_any() || known.is_empty() {
        return nothing_to_play(client, asset::text(detail, "asset_id")).await;
    }
    let message = "there is no such output";
    Failure::other_with(
        Exit::NotFound,
        message,
        format!("there are {}", known.join(", ")),
    )
}

/// Why a media asset has no outputs: the list knows how far its transcoding is.
async fn nothing_to_play(client: &Client, id: &str) -> Failure {
    let entries = asset::entries(client, &[id.to_owned()]).await;
    let entry = entries.ok().and_then(|it| it.into_iter().next());
    let status = entry.as_ref().map(|it| asset::text(it, "transcode_status"));
    let (exit, why, hint) = match status.unwrap_or_default() {
        "TRANSCODING" | "WAITING_TRANSCODE" => (
            Exit::Later,
            "it is being transcoded",
            format!("`vod wait {id}` waits for it"),
        ),
        "TRANSCODE_FAILED" => (
            Exit::NotFound,
            "its transcoding has failed",
            format!("`vod show {id}` says why"),
        ),
        _ => (
            Exit::NotFound,
            "it was not transcoded",
            "`vod transcode` does it, and `vod url --source` has the source file".to_owned(),
        ),
    };
    Failure::other_with(exit, format!("there is nothing to play: {why}"), hint)
}

/// What an output is called in messages.
fn name(output: &Value) -> String {
    let play_type = asset::text(output, "play_type");
    match quality(output) {
        "" => play_type.to_owned(),
        quality => format!("{play_type} {quality}"),
    }
}

/// Says which media assets are not published: their URLs are refused. Nothing hangs on the answer.
async fn warn_of_unpublished(session: &Session<'_>, client: &Client, ids: &[String]) {
    for named in ids.chunks(asset::NAMED) {
        let entries = asset::entries(client, named).await.unwrap_or_default();
        let hidden = entries
            .iter()
            .filter(|entry| asset::text(entry, "asset_status") == "CREATED");
        for entry in hidden {
            let id = asset::text(entry, "asset_id");
            let hint = format!(
                "{id} is not published, so its outputs cannot be played: `vod publish {id}`"
            );
            session.messages.hint(&hint);
        }
    }
}
