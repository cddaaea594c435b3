//! Calls whose replies say for each media asset what came of it.

use serde_json::{Value, json};
use vod_api::operation::OperationMeta;
use vod_api::{Client, Error};

use crate::commands::asset;
use crate::commands::several::{self, Tally};
use crate::exit::{Exit, Failure};
use crate::output::{Column, Listing, Messages, Printer, Shape};

const COLUMNS: &[Column] = &[
    Column::text("ID", "asset_id"),
    Column::text("STATUS", "status"),
];

/// How many media assets are named in a call for which the docs have no limit.
const NAMED: usize = 10;

/// What came of media assets so far: those that are done are written, those that failed are told.
pub(super) struct Outcomes<'p> {
    meta: &'static OperationMeta,
    listing: Listing<'p>,
    tally: Tally,
}

impl<'p> Outcomes<'p> {
    /// For so many media assets.
    pub(super) fn new(
        meta: &'static OperationMeta,
        (printer, messages): (&'p Printer, &Messages),
        total: usize,
    ) -> Self {
        Self {
            meta,
            listing: Listing::new(printer, Shape::of_columns(COLUMNS)),
            tally: Tally::new(messages, total),
        }
    }

    /// Sends the call for all of these, in several calls if there are many. `name` is that of the
    /// command.
    pub(super) async fn of(
        mut self,
        (client, name): (&Client, &str),
        ids: &[String],
        request: &Value,
    ) -> Result<Exit, Failure> {
        let size = self.meta.batch.map_or(NAMED, |batch| batch.size);
        let mut ended = Ok(());
        for named in ids.chunks(size) {
            let mut request = request.clone();
            request["asset_id"] = json!(named);
            match client.call(self.meta, request).await {
                Ok(reply) => self.take(named, &reply)?,
                Err(error) => ended = self.fail(named, &error),
            }
            if ended.is_err() {
                break;
            }
        }
        self.listing.end()?;
        ended?;
        self.tally.end(name)
    }

    /// Takes what a reply says of the media assets that its request named.
    fn take(&mut self, ids: &[String], reply: &Value) -> Result<(), Failure> {
        let facts = self.meta.outcome;
        let failed: Vec<_> = facts.iter().flat_map(|it| it.failures(reply)).collect();
        let items = facts.and_then(|it| reply.get(it.items));
        let items = items.and_then(Value::as_array);
        for id in ids {
            let mut items = items.into_iter().flatten();
            match items.find(|item| asset::text(item, "asset_id") == id) {
                Some(item) if failed.iter().any(|it| std::ptr::eq(*it, item)) => {
                    self.tally.failed(id, refused(item));
                }
                Some(item) => {
                    self.tally.done();
                    self.listing.push(item.clone())?;
                }
                None => {
                    let why = "the service does not say what came of it";
                    self.tally.failed(id, Failure::failed(why));
                }
            }
        }
        Ok(())
    }

    /// Takes why a call failed.
    fn fail(&mut self, ids: &[String], error: &Error) -> Result<(), Failure> {
        for id in ids {
            let failure = Failure::from(error.clone());
            if several::is_of_all(&failure) {
                return Err(failure);
            }
            self.tally.failed(id, failure);
        }
        Ok(())
    }
}

/// What the service says of one that failed.
fn refused(item: &Value) -> Failure {
    let status = asset::text(item, "status").trim();
    let exit = match status {
        "UNCREATED" | "NO_ASSET" | "NOASSET" => Exit::NotFound,
        _ => Exit::Failed,
    };
    let message = match asset::text(item, "description") {
        "" => format!("the service says {status}"),
        description => format!("the service says {status}: {description}"),
    };
    Failure::other(exit, message)
}
