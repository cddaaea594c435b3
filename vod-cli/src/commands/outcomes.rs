//! Calls whose replies say for each media asset what came of it.

use serde_json::{Value, json};
use vod_api::Client;
use vod_api::operation::OperationMeta;

use crate::commands::asset;
use crate::commands::several::Tally;
use crate::exit::{ELSEWHERE, Exit, Failure};
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
        for named in ids.chunks(size) {
            let mut request = request.clone();
            request["asset_id"] = json!(named);
            match client.call(self.meta, request).await {
                Ok(reply) => self.take(client, named, &reply).await?,
                Err(error) => {
                    let mut ids = named.iter();
                    let fail = |id: &String| self.tally.failed(id, error.clone().into());
                    if ids.try_for_each(fail).is_break() {
                        break;
                    }
                }
            }
        }
        self.listing.end()?;
        self.tally.end(name)
    }

    /// Takes what a reply says of the media assets that its request named.
    async fn take(
        &mut self,
        client: &Client,
        ids: &[String],
        reply: &Value,
    ) -> Result<(), Failure> {
        let facts = self.meta.outcome;
        let failed: Vec<_> = facts.iter().flat_map(|it| it.failures(reply)).collect();
        let items = facts.and_then(|it| reply.get(it.items));
        let items = items.and_then(Value::as_array);
        let missing = missing(client, &failed).await;
        for id in ids {
            let mut items = items.into_iter().flatten();
            match items.find(|item| asset::text(item, "asset_id") == id) {
                Some(item) if failed.iter().any(|it| std::ptr::eq(*it, item)) => {
                    // It fails for this one alone.
                    let _ = self.tally.failed(id, refused(item, missing.contains(id)));
                }
                Some(item) => {
                    self.tally.done();
                    self.listing.push(item.clone())?;
                }
                None => {
                    let why = "the service does not say what came of it";
                    let _ = self.tally.failed(id, Failure::failed(why));
                }
            }
        }
        Ok(())
    }
}

/// Which of those that failed are not there. The service does not always say so: then its list does.
async fn missing(client: &Client, failed: &[&Value]) -> Vec<String> {
    let (mut missing, mut unsaid) = (Vec::new(), Vec::new());
    for item in failed {
        let id = asset::text(item, "asset_id").to_owned();
        let status = asset::text(item, "status").trim();
        match (status, asset::text(item, "description")) {
            ("UNCREATED" | "NO_ASSET" | "NOASSET", _) => missing.push(id),
            (_, "") => unsaid.push(id),
            _ => {}
        }
    }
    for ids in unsaid.chunks(asset::NAMED) {
        // If it cannot be asked, nothing more is known.
        if let Ok(entries) = asset::entries(client, ids).await {
            let is_listed = |id: &str| entries.iter().any(|it| asset::text(it, "asset_id") == id);
            missing.extend(ids.iter().filter(|id| !is_listed(id)).cloned());
        }
    }
    missing
}

/// Why one failed.
fn refused(item: &Value, is_missing: bool) -> Failure {
    if is_missing {
        return Failure::other_with(Exit::NotFound, "there is no such media asset", ELSEWHERE);
    }
    let status = asset::text(item, "status").trim();
    Failure::failed(match asset::text(item, "description") {
        "" => format!("the service says {status}"),
        description => format!("the service says {status}: {description}"),
    })
}
