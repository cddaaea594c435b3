//! `vod import`: the service fetches files from web addresses, or from a bucket of OBS.

mod source;

use std::sync::Arc;

use clap::{Arg, ArgMatches, Command};
use serde_json::{Map, Value, json};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use vod_api::model::{PublishAssetFromObsRequest, UploadMetaDataByUrlRequest};
use vod_api::operation::Operation;
use vod_api::{Client, Error};

use self::source::{From, Source};
use crate::commands::creation::{self, Created, CreationWait};
use crate::commands::media::{self, Media};
use crate::exit::{Exit, Failure};
use crate::output::{Column, Listing, Shape};
use crate::progress::States;
use crate::session::Session;

/// What is shown of a file.
const COLUMNS: &[Column] = &[
    Column::text("SOURCE", "source"),
    Column::text("ID", "asset_id"),
];
/// So many media assets are waited for at the same time.
const WAITS: usize = 16;

pub(super) fn command() -> Command {
    Command::new("import")
        .about("Imports files from web addresses, or from a bucket of OBS")
        .arg(
            Arg::new("sources")
                .value_name("URL")
                .required(true)
                .num_args(1..)
                .value_parser(Source::parse)
                .help("https://… with the extension of the file at its end, or obs://BUCKET/KEY"),
        )
        .args(media::flags())
        .args(creation::flags())
        .after_help(EXAMPLES)
}

const EXAMPLES: &str = "\
Examples:
  vod import https://media.example.com/holidays.mp4 --category Travel --wait
  vod import obs://my-bucket/talks/rust.mp4 --title Rust --template system_template_group

The bucket has to be in the region that is called, and open to the service:
`vod api update-bucket-authorized`.";

pub(super) async fn run(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let printer = session.task_printer()?;
    let mut sources: Vec<Source> = Vec::new();
    for source in matches.get_many::<Source>("sources").into_iter().flatten() {
        if !sources.contains(source) {
            sources.push(source.clone());
        }
    }
    let mut media = Media::read(matches);
    if media.title.is_some() && sources.len() > 1 {
        let count = sources.len();
        let message = format!("--title is for one file, and there are {count}");
        return Err(Failure::usage(message));
    }
    let region = session.place().await?.region;
    let mut import = Import {
        region: region.unwrap_or_default(),
        media: media.members(),
    };
    import.check(&sources)?;
    let client = session.client().await?;
    media.look_up(&client).await?;
    import.media = media.members();

    let mut listing = Listing::new(&printer, Shape::of_columns(COLUMNS));
    let count = sources.len();
    let mut failures = Vec::new();
    let mut begun = Vec::new();
    for (source, result) in import.begin(&client, sources).await {
        match result {
            Ok(asset_id) => begun.push((source, asset_id)),
            Err(failure) => failures.push((source, failure)),
        }
    }
    let (mut waited, mut stopped) = (None, None);
    if let Some(waiting) = CreationWait::read(session, matches) {
        let waits = Waits {
            client,
            waiting,
            template: media.template,
        };
        let interrupt = session.io.interrupt.clone();
        match interrupt.unless(waits.all(session, begun.clone())).await {
            Ok(ends) => waited = Some(ends),
            Err(signal) => stopped = Some(signal),
        }
    }
    let mut rows = Vec::new();
    match waited {
        None => rows.extend(begun.into_iter().map(|(source, id)| (source, id, None))),
        Some(ends) => {
            for (source, id, result) in ends {
                let states = result.unwrap_or_else(|failure| {
                    failures.push((source.clone(), failure));
                    Vec::new()
                });
                rows.push((source, id, Some(states)));
            }
        }
    }
    for (source, id, states) in rows {
        let mut row = json!({"source": source.name(), "asset_id": id});
        if let Some(states) = states {
            row["states"] = states.into();
        }
        listing.push(row)?;
    }
    listing.end()?;
    match stopped {
        Some(signal) => Err(Failure::Stopped {
            exit: signal.into(),
            message: "the service goes on with what it has begun".to_owned(),
        }),
        None => end(session, failures, count),
    }
}

fn end(
    session: &Session<'_>,
    mut failures: Vec<(Source, Failure)>,
    count: usize,
) -> Result<Exit, Failure> {
    if count == 1 {
        return failures
            .pop()
            .map_or(Ok(Exit::Done), |(_, failure)| Err(failure));
    }
    for (source, failure) in &failures {
        session.messages.failure_of(&source.name(), failure);
    }
    match failures.len() {
        0 => Ok(Exit::Done),
        failed => Err(Failure::Partly(format!("{failed} of {count} files failed"))),
    }
}

/// What is said of all files.
struct Import {
    region: String,
    media: Map<String, Value>,
}

impl Import {
    /// Refuses what cannot work, before anything is sent.
    fn check(&self, sources: &[Source]) -> Result<(), Failure> {
        for source in sources {
            source.check_format()?;
            match &source.from {
                From::Web(_) => {
                    let request = json!({"upload_metadatas": [self.described(source)]});
                    media::check(UploadMetaDataByUrlRequest::META, &request)?;
                }
                From::Obs { .. } if self.region.is_empty() => {
                    return Err(Failure::usage_with(
                        "the region of the bucket is not known",
                        "name it by --region",
                    ));
                }
                From::Obs { .. } => {
                    let request = self.described(source);
                    media::check(PublishAssetFromObsRequest::META, &request)?;
                }
            }
        }
        Ok(())
    }

    /// A file and what is said of it, as requests have it.
    fn described(&self, source: &Source) -> Value {
        let mut members = self.media.clone();
        let title = members.entry("title");
        title.or_insert_with(|| source.title().into());
        members.insert("video_type".to_owned(), source.format().into());
        match &source.from {
            From::Web(url) => members.insert("url".to_owned(), url.as_str().into()),
            From::Obs { bucket, key } => members.insert(
                "input".to_owned(),
                json!({"bucket": bucket, "object": key, "location": self.region}),
            ),
        };
        members.into()
    }

    /// Has all files fetched: the media asset of each, or why there is none.
    async fn begin(
        &self,
        client: &Client,
        sources: Vec<Source>,
    ) -> Vec<(Source, Result<String, Failure>)> {
        let is_web = |source: &Source| matches!(source.from, From::Web(_));
        let (web, obs): (Vec<_>, Vec<_>) = sources.into_iter().partition(is_web);
        let mut begun = self.begin_web(client, web).await;
        for source in obs {
            let request = self.described(&source);
            let call = client.call(PublishAssetFromObsRequest::META, request);
            let result = call.await.map_err(Failure::from);
            let id = result.and_then(|reply| match reply["asset_id"].as_str() {
                Some(id) => Ok(id.to_owned()),
                None => Err(Failure::failed("the reply has no asset_id".to_owned())),
            });
            begun.push((source, id));
        }
        begun
    }

    async fn begin_web(
        &self,
        client: &Client,
        sources: Vec<Source>,
    ) -> Vec<(Source, Result<String, Failure>)> {
        let uploads: Vec<_> = sources
            .iter()
            .map(|source| self.described(source))
            .collect();
        if uploads.is_empty() {
            return Vec::new();
        }
        let request = json!({"upload_metadatas": uploads});
        let call = client.call(UploadMetaDataByUrlRequest::META, request);
        let mut results = Vec::new();
        match call.in_batches() {
            Ok(mut batches) => {
                while let Some(batch) = batches.next().await {
                    let sent = batch.request["upload_metadatas"].as_array();
                    let urls = sent.into_iter().flatten().map(|file| file["url"].clone());
                    results.push((
                        urls.collect::<Vec<_>>(),
                        batch.result.map(|it| it.into_parts().0),
                    ));
                }
            }
            Err(error) => results.push((Vec::new(), Err(error))),
        }
        let results = &results;
        let outcomes = sources.into_iter().map(|source| {
            let of_source = outcome(&source, results);
            (source, of_source)
        });
        outcomes.collect()
    }
}

/// What has come of a file, among the replies to all calls and the URLs that each of them sent.
fn outcome(
    source: &Source,
    results: &[(Vec<Value>, Result<Value, Error>)],
) -> Result<String, Failure> {
    let From::Web(url) = &source.from else {
        return Err(Failure::failed("it is not from the web".to_owned()));
    };
    let is_it = |value: &Value| value.as_str() == Some(url);
    let mut results = results.iter();
    let Some((_, result)) = results.find(|(urls, _)| urls.is_empty() || urls.iter().any(is_it))
    else {
        return Err(Failure::failed("it was not sent".to_owned()));
    };
    let reply = result
        .as_ref()
        .map_err(|error| Failure::Call(error.clone()))?;
    let mut files = reply["upload_assets"].as_array().into_iter().flatten();
    let Some(file) = files.find(|file| is_it(&file["url"])) else {
        let message = "the service did not say what has become of it".to_owned();
        return Err(Failure::failed(message));
    };
    match (file["asset_id"].as_str(), file["error_code"].as_str()) {
        (Some(id), None) => Ok(id.to_owned()),
        (_, code) => {
            let code = code.unwrap_or("no code");
            let why = file["error_msg"].as_str().unwrap_or("no reason was given");
            Err(Failure::failed(format!(
                "the service refused it: {code}: {why}"
            )))
        }
    }
}

/// Waits for media assets that are being created.
struct Waits {
    client: Client,
    waiting: CreationWait,
    template: Option<String>,
}

type Waited = (Source, String, Result<Vec<String>, Failure>);

impl Waits {
    async fn all(self, session: &Session<'_>, begun: Vec<(Source, String)>) -> Vec<Waited> {
        let room = Arc::new(Semaphore::new(WAITS));
        let mut waits = JoinSet::new();
        for (source, id) in begun {
            let (client, waiting, room) = (self.client.clone(), self.waiting, room.clone());
            let created = Created {
                asset_id: id.clone(),
                template: self.template.clone(),
            };
            let mut shown = States::new(session, source.name());
            waits.spawn(async move {
                // It is never closed.
                let _place = room.acquire().await;
                let mut states = Vec::new();
                let result = waiting.wait(&client, &created, |now| {
                    states.clone_from(&now.states);
                    shown.update(&now.states, now.elapsed);
                });
                let result = result.await;
                (source, id, result.map(|()| states))
            });
        }
        waits.join_all().await
    }
}
