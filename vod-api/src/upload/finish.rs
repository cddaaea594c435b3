//! The end of a run: confirmed, aborted, or kept in the journal.

use std::sync::Arc;

use crate::codes;
use crate::error::Error;
use crate::error::text::{NAME, line};
use crate::model::UploadStatus;
use crate::upload::journal::Journal;
use crate::upload::order::Order;
use crate::upload::progress::Meter;
use crate::upload::run::Run;
use crate::upload::sender::Sender;
use crate::upload::state::{Stage, State};
use crate::upload::store::Store;

impl Run {
    /// Tells VOD that the media file is there.
    pub(super) async fn confirm(&self) -> Result<(), Error> {
        let id = self.state.asset_id.clone().unwrap_or_default();
        self.tell(&id, UploadStatus::Created, &CONFIRMED).await
    }

    /// Tells VOD how the upload has ended. If VOD refuses that because of the state of the media
    /// asset, an earlier call may have worked without an answer: then the state is one of `after`.
    async fn tell(&self, id: &str, status: UploadStatus, after: &[&str]) -> Result<(), Error> {
        let Err(error) = self.client.confirm_asset_upload(id, status).await else {
            return Ok(());
        };
        if error.code() != Some(codes::UPLOAD_NOT_CONFIRMABLE) {
            return Err(error);
        }
        // An error of the look does not replace the first one.
        let Ok(reply) = self.client.show_asset_meta().asset_ids([id]).await else {
            return Err(error);
        };
        let asset = reply.asset_info_array.first();
        let state = asset.and_then(|asset| asset.status.as_deref());
        match state.map(str::trim) {
            Some(state) if after.contains(&state) => Ok(()),
            Some(state) => Err(error.with_hint(&format!("its state is {}", line(state, NAME)))),
            None => Err(error),
        }
    }

    /// A run that only ends what an earlier one has begun.
    pub(super) fn to_abort(order: Order, begun: (Journal, State), meter: Arc<Meter>) -> Self {
        let (journal, state) = begun;
        Self {
            sender: Arc::new(Sender::new(Store::new(&order.client, &order.settings))),
            client: order.client,
            meter,
            has_media: state.media.is_some(),
            state,
            journal: Some(journal),
            is_behind: false,
            media: None,
            cover: None,
            subtitles: Vec::new(),
            in_flight: order.settings.in_flight,
            verify: order.settings.verify,
        }
    }

    /// Drops what was sent, and tells VOD. VOD drops the parts by itself, too, so that it is enough
    /// if it knows.
    pub(super) async fn abort(&mut self) -> Result<(), Error> {
        let upload = self.state.target.clone().zip(self.state.upload_id.take());
        let dropped = match upload {
            Some((target, id)) => self.multipart(&target, &id).abort().await,
            None => Ok(()),
        };
        match (self.cancel().await, dropped) {
            (Ok(()), _) => self.forget().await,
            (Err(error), Ok(())) | (Err(_), Err(error)) => Err(error),
        }
    }

    async fn cancel(&self) -> Result<(), Error> {
        let Some(id) = self.state.asset_id.as_ref().filter(|_| self.has_media) else {
            return Ok(());
        };
        self.tell(id, UploadStatus::Cancelled, &["CANCELLED"]).await
    }

    /// Removes the journal.
    pub(super) async fn forget(&mut self) -> Result<(), Error> {
        match self.journal.take() {
            Some(journal) => {
                let path = journal.path().to_owned();
                let removed = journal.remove().await;
                removed.map_err(|error| error.of(&path))
            }
            None => Ok(()),
        }
    }

    pub(super) async fn advance(&mut self, stage: Stage) -> Result<(), Error> {
        self.state.stage = stage;
        self.save().await
    }

    pub(super) async fn save(&mut self) -> Result<(), Error> {
        let Some(journal) = &self.journal else {
            return Ok(());
        };
        let saved = journal.save(&self.state).await;
        self.is_behind = saved.is_err();
        saved.map_err(|error| error.of(journal.path()))
    }
}

/// States of a media asset whose upload is confirmed.
const CONFIRMED: [&str; 6] = [
    "CREATED",
    "PUBLISHED",
    "TRANSCODE_FAILED",
    "TRANSCODE_SUCCEED",
    "TRANSCODING",
    "WAITING_TRANSCODE",
];
