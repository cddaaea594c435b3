//! Files by their URLs: written beside their place first, and gone on with where they stopped.

mod attempt;
mod sink;

use std::path::Path;
use std::time::Duration;

use tokio::time::sleep;
use vod_api::reqwest;

use self::attempt::{Ending, attempt};
use self::sink::Sink;
use crate::exit::{Exit, Failure};
use crate::io::Stream;
use crate::output::{Messages, bytes};

/// How often a file is asked for again without a byte more of it.
const RETRIES: u32 = 4;
/// The pause before the first of them; each is twice as long as the one before.
const PAUSE: Duration = Duration::from_secs(1);
/// How long a connection may take, and how long nothing may come.
const PATIENCE: Duration = Duration::from_secs(30);

/// Fetches files.
pub(crate) struct Fetcher {
    http: reqwest::Client,
    retries: u32,
}

/// Is told how far a file is.
pub(crate) trait Watch {
    /// So many bytes are there, of so many if that is known.
    fn so_far(&self, got: u64, total: Option<u64>);

    /// Something happened, in words.
    fn say(&self, text: &str);
}

/// For small files: only what happened is told.
impl Watch for Messages {
    fn so_far(&self, _got: u64, _total: Option<u64>) {}

    fn say(&self, text: &str) {
        self.progress(text);
    }
}

/// What is known of the ETag of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Etag {
    /// It is the MD5 of the bytes if it looks like one, as in object storage.
    OfObject,
    /// Nothing.
    Unknown,
}

/// A file that is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fetched {
    pub(crate) size: u64,
    /// Whether its MD5 was compared; its size always is, if the server tells it.
    pub(crate) by_md5: bool,
}

/// What is fetched.
pub(crate) struct Wanted<'a> {
    /// Its name in messages.
    pub(crate) name: &'a str,
    pub(crate) url: String,
    pub(crate) etag: Etag,
    pub(crate) watch: &'a dyn Watch,
}

impl Fetcher {
    /// One that repeats what failed so often, or as often as usual.
    pub(crate) fn new(retries: Option<u32>) -> Result<Self, Failure> {
        let client = reqwest::Client::builder()
            // A range is one of the bytes that are stored.
            .no_gzip()
            .user_agent(concat!("vod/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(PATIENCE)
            .read_timeout(PATIENCE);
        let http = client.build().map_err(|why| {
            let why = why.without_url();
            Failure::other(
                Exit::Failed,
                format!("the HTTP client cannot be set up: {why}"),
            )
        })?;
        Ok(Self {
            http,
            retries: retries.unwrap_or(RETRIES),
        })
    }

    /// Fetches a file to a place. `again` gives another URL of the same file, as one can have
    /// ended.
    pub(crate) async fn to_file(
        &self,
        wanted: Wanted<'_>,
        path: &Path,
        again: impl AsyncFnMut() -> Result<String, Failure>,
    ) -> Result<Fetched, Failure> {
        let (name, etag) = (wanted.name, wanted.etag);
        let mut sink = Sink::file(path)?;
        if sink.got() > 0 {
            let got = bytes(sink.got());
            wanted.watch.say(&format!("{name}: going on after {got}"));
        }
        match self.fill(&mut sink, wanted, again).await {
            Ok(()) => sink.keep(path, etag),
            Err(failure) => {
                sink.leave();
                Err(failure)
            }
        }
    }

    /// Writes a file to a stream.
    pub(crate) async fn to_stream(
        &self,
        wanted: Wanted<'_>,
        stream: &Stream,
        again: impl AsyncFnMut() -> Result<String, Failure>,
    ) -> Result<Fetched, Failure> {
        let etag = wanted.etag;
        let mut sink = Sink::stream(stream);
        self.fill(&mut sink, wanted, again).await?;
        sink.check(etag)
    }

    async fn fill(
        &self,
        sink: &mut Sink,
        wanted: Wanted<'_>,
        mut again: impl AsyncFnMut() -> Result<String, Failure>,
    ) -> Result<(), Failure> {
        let Wanted {
            name,
            mut url,
            watch,
            ..
        } = wanted;
        let (mut failed, mut was_refused) = (0, false);
        loop {
            let before = sink.got();
            let why = match attempt(&self.http, &url, sink, watch).await? {
                Ending::Complete => return Ok(()),
                Ending::Final(failure) => return Err(failure),
                Ending::Refused(failure) if was_refused => return Err(failure),
                Ending::Refused(_) => {
                    was_refused = true;
                    url = again().await?;
                    continue;
                }
                Ending::Broken(why) => why,
            };
            failed = if sink.got() > before { 1 } else { failed + 1 };
            if failed > self.retries {
                return Err(why);
            }
            let pause = PAUSE * 2_u32.saturating_pow(failed.saturating_sub(1).min(5));
            watch.say(&format!(
                "{name}: {why}, after {}; again in {} s",
                bytes(sink.got()),
                pause.as_secs()
            ));
            sleep(pause).await;
            url = again().await?;
        }
    }
}
