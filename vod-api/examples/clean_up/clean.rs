//! Deletes media assets, and loses the id of none: each ends up in one of the lists of [`Done`].

use std::collections::HashMap;
use std::pin::pin;

use vod_api::model::{DeleteAssetsRequest, DeleteAssetsResponse};
use vod_api::{Batch, Client, Error, Response, Sent};

/// What became of the media assets.
#[derive(Debug, Default)]
pub(crate) struct Done {
    /// The service says that they are deleted.
    pub(crate) deleted: Vec<String>,
    /// The service says that they are not, or the call failed; with the reason.
    pub(crate) failed: Vec<(String, String)>,
    /// The service was not asked to delete them.
    pub(crate) unsent: Vec<String>,
    /// The service was asked, and has not said what became of them.
    pub(crate) unknown: Vec<String>,
}

/// The ids of all media assets that were created before `end`.
///
/// All of them, before any is deleted: what is deleted leaves the list, and the next ones would take
/// its place on a page that has been read already.
pub(crate) async fn created_before(client: &Client, end: &str) -> Result<Vec<String>, Error> {
    let assets = client.list_asset_list().end_time(end).items_by_time();
    let assets = assets.into_vec().await?;
    Ok(assets.into_iter().filter_map(|it| it.asset_id).collect())
}

/// Deletes media assets, until there is an interrupt. Then no more are sent, and the answers to those
/// that were are awaited; after a second one, they are not.
pub(crate) async fn delete<F: Future<Output = ()>>(
    client: &Client,
    ids: Vec<String>,
    interrupt: impl Fn() -> F,
) -> Done {
    let mut done = Done::default();
    let mut batches = client.delete_assets(ids).in_batches();
    let mut interrupted = pin!(interrupt());
    let mut is_stopped = false;
    loop {
        tokio::select! {
            // An interrupt counts at once; an answer that has come is still there after it.
            biased;
            () = &mut interrupted => {
                if is_stopped {
                    let requests = batches.in_flight();
                    done.unknown.extend(requests.flat_map(|it| it.asset_ids.clone()));
                    return done;
                }
                done.unsent = batches.stop();
                is_stopped = true;
                interrupted.set(interrupt());
            }
            batch = batches.next() => match batch {
                Some(batch) => done.add(batch),
                None => return done,
            },
        }
    }
}

impl Done {
    fn add(&mut self, batch: Batch<DeleteAssetsRequest>) {
        let ids = batch.request.asset_ids;
        match batch.result {
            Ok(reply) => {
                let mut outcomes = outcomes(&reply);
                for id in ids {
                    match outcomes.remove(&id) {
                        Some(Ok(())) => self.deleted.push(id),
                        Some(Err(reason)) => self.failed.push((id, reason)),
                        None => self.unknown.push(id),
                    }
                }
            }
            // No answer came, so the service may have done it.
            Err(error) if error.was_sent() != Sent::No && error.status().is_none() => {
                self.unknown.extend(ids);
            }
            Err(error) => {
                let reason = error.to_string();
                self.failed
                    .extend(ids.into_iter().map(|id| (id, reason.clone())));
            }
        }
    }
}

/// What the reply says of each media asset.
fn outcomes(reply: &Response<DeleteAssetsResponse>) -> HashMap<String, Result<(), String>> {
    let all = reply.delete_result_array.iter();
    let all = all.filter_map(|it| Some((it.asset_id.clone()?, Ok(()))));
    let failed = reply.failures().filter_map(|it| {
        let status = it
            .status
            .as_ref()
            .map_or("no status", |status| status.as_str());
        Some((it.asset_id.clone()?, Err(status.to_owned())))
    });
    all.chain(failed).collect()
}
