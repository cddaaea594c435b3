//! How an upload ends: done, failed with what is there kept or dropped, or aborted.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, timeout};

use crate::Client;
use crate::error::{Error, ErrorKind, Sent};
use crate::pipeline::{Deadline, project_id};
use crate::runtime;
use crate::upload::begin::{self, begin};
use crate::upload::file::SourceError;
use crate::upload::hash::Md5;
use crate::upload::observe::UploadSpan;
use crate::upload::order::Order;
use crate::upload::outcome::Uploaded;
use crate::upload::progress::{Meter, UploadPhase};
use crate::upload::run::Run;
use crate::upload::source::Source;
use crate::upload::state::Stage;

/// How long cleaning up after a failure may take.
pub(super) const CLEANING: Duration = Duration::from_secs(30);

/// How much of a file a look for duplicates hashes.
const HASHED: usize = 1024;

pub(super) async fn upload(mut order: Order) -> Result<Uploaded, Error> {
    runtime::check()?;
    let meter = Meter::new();
    let mut report = order.report.take();
    let span = UploadSpan::begin();
    let work = pin!(span.around(perform(order, &meter)));
    let result = meter.watch(&mut report, work).await;
    span.end(result.as_ref().map(|done| (done.bytes, done.parts)));
    result
}

async fn perform(order: Order, meter: &Arc<Meter>) -> Result<Uploaded, Error> {
    let deadline = Deadline::new(Instant::now(), order.settings.timeout);
    let begun = pin!(begin(order, meter.clone()));
    let mut run = deadline.hold_or(late(Sent::No), begun).await?;
    let done = deadline.hold_or(late(Sent::Maybe), pin!(run.run())).await;
    match done {
        Ok(done) => {
            // One that cannot be removed does no harm: a later run finds the upload done.
            let _ = run.forget().await;
            Ok(done)
        }
        Err(error) => Err(run.fail(error).await),
    }
}

/// The error of an upload that has taken too long.
pub(super) fn late(sent: Sent) -> impl FnOnce(Duration) -> Error {
    move |limit| {
        let message = format!("the upload was not done within {limit:?} (Upload::timeout)");
        Error::new(ErrorKind::Timeout, sent, message)
    }
}

impl Run {
    /// Adds to an error what has become of the upload.
    async fn fail(&mut self, error: Error) -> Error {
        let Some(id) = self.state.asset_id.clone() else {
            return self.fail_to_prepare(error).await;
        };
        if let Some(journal) = &self.journal {
            let path = journal.path().display();
            return error.with_hint(&if self.is_behind {
                format!(
                    "the journal {path} could not be updated: the upload of media asset {id} can \
                     be aborted, but must not go on from it"
                )
            } else {
                format!(
                    "what was sent is kept: the upload of media asset {id} can go on, or be \
                     aborted, from {path}"
                )
            });
        }
        if !self.has_media {
            return error;
        }
        if self.state.stage >= Stage::Stored {
            let again = if error.is_transient() {
                ": call confirm_asset_upload"
            } else {
                ""
            };
            return error.with_hint(&format!(
                "the media file is stored, but the upload of media asset {id} is not confirmed{again}"
            ));
        }
        let aborted = timeout(CLEANING, self.abort()).await;
        let late = |_| {
            Err(Error::new(
                ErrorKind::Timeout,
                Sent::Maybe,
                "no answer in time",
            ))
        };
        match aborted.unwrap_or_else(late) {
            Ok(()) => error.with_hint(&format!(
                "what was sent is dropped, and the upload of media asset {id} is canceled"
            )),
            Err(why) => error.with_hint(&format!(
                "the upload of media asset {id} could not be canceled, and what was sent may be \
                 kept: {why}"
            )),
        }
    }

    async fn fail_to_prepare(&mut self, error: Error) -> Error {
        let is_refused = error.kind() == ErrorKind::Service && !error.is_transient();
        let is_certain = error.was_sent() == Sent::No || is_refused;
        if !is_certain && !self.state.preparation.can_be_repeated() {
            return error.with_hint("it is not known whether the media asset was created");
        }
        // Nothing was begun, so there is nothing to go on with. The first error counts.
        let _ = self.forget().await;
        error
    }
}

/// Ends the upload that a journal knows.
pub(super) async fn abort(order: Order) -> Result<(), Error> {
    runtime::check()?;
    let Some(path) = order.journal.clone() else {
        return Err(Error::configuration("there is no journal to abort from"));
    };
    let project_id = project_id(order.client.shared()).await?;
    let (journal, state) = begin::existing(&project_id, path).await?;
    begin::check_begun(&state, journal.path())?;
    let meter = Meter::new();
    meter.enter(UploadPhase::Confirming);
    Run::to_abort(order, (journal, state), meter).abort().await
}

/// Asks VOD which media assets have the same file.
pub(super) async fn find_duplicates(
    client: &Client,
    source: Option<&Source>,
) -> Result<Vec<String>, Error> {
    runtime::check()?;
    let Some(source) = source else {
        return Ok(Vec::new());
    };
    let start = source.read_start(HASHED).await;
    let (start, size) = start.map_err(|error| error.of(&source.name()))?;
    let too_long = || SourceError::Larger(i64::MAX as u64).of(&source.name());
    let size = i64::try_from(size).map_err(|_| too_long())?;
    let md5 = Md5::of(&start).to_string();
    let reply = client.check_md5_duplication(size, md5).await?.into_body();
    Ok(reply.asset_ids)
}
