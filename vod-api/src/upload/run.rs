//! An upload from its first call to its last. Each step is in the state before it is begun, so that
//! a later run knows what may have happened.

use std::sync::Arc;

use http::StatusCode;

use crate::Client;
use crate::codes;
use crate::error::{Error, ErrorKind, Sent};
use crate::model::{UpdateAssetRequest, UploadStatus};
use crate::secret::Secret;
use crate::upload::expiry;
use crate::upload::journal::{Journal, JournalError};
use crate::upload::media_type;
use crate::upload::order::Order;
use crate::upload::outcome::{SentMedia, UploadCheck, Uploaded};
use crate::upload::parts::{self, Joined, Left, Multipart, NotJoined, PartsError, Plan};
use crate::upload::preparation::{Preparation, Prepared};
use crate::upload::progress::{Meter, UploadPhase};
use crate::upload::sender::Sender;
use crate::upload::source::{Hashed, Input, SourceError};
use crate::upload::state::{Stage, State};
use crate::upload::step::{Payload, Step};
use crate::upload::store::Store;
use crate::upload::target::{Signed, Target};

/// A run, with all that it needs.
pub(super) struct Run {
    pub(super) client: Client,
    pub(super) sender: Arc<Sender>,
    pub(super) meter: Arc<Meter>,
    pub(super) state: State,
    pub(super) journal: Option<Journal>,
    /// Whether there is a media file: then the upload is confirmed.
    pub(super) has_media: bool,
    /// If it still has to be sent.
    pub(super) media: Option<Media>,
    /// If it still has to be sent.
    pub(super) cover: Option<Hashed>,
    /// Those that still have to be sent.
    pub(super) subtitles: Vec<Hashed>,
    pub(super) in_flight: usize,
    pub(super) verify: bool,
}

/// The media file.
pub(super) struct Media {
    pub(super) name: String,
    pub(super) input: Input,
    /// The whole file, if it is sent in one piece.
    pub(super) whole: Option<Hashed>,
}

impl Run {
    /// Does what is left to do.
    pub(super) async fn run(&mut self) -> Result<Uploaded, Error> {
        let mut urls = None;
        if self.state.stage == Stage::Preparing {
            urls = Some(self.prepare().await?);
        }
        self.send_companions(urls.as_ref()).await?;
        let media = urls.and_then(|urls| urls.media);
        if let Some(file) = self.media.take() {
            self.meter.enter(UploadPhase::Sending);
            self.state.sent = Some(self.send_media(file, media.as_ref()).await?);
            self.advance(Stage::Stored).await?;
        }
        if self.has_media {
            self.meter.enter(UploadPhase::Confirming);
            self.advance(Stage::Confirming).await?;
            self.confirm().await?;
        }
        let sent = self.state.sent;
        Ok(Uploaded {
            asset_id: self.state.asset_id.clone().unwrap_or_default(),
            bytes: match &self.state.media {
                Some(media) => media.size,
                None => self.meter.stored_bytes(),
            },
            parts: sent.map_or(0, |sent| sent.parts),
            check: sent.map_or(UploadCheck::Nothing, |sent| sent.check),
        })
    }

    async fn prepare(&mut self) -> Result<Prepared, Error> {
        self.save().await?;
        let prepared = self.state.preparation.send(&self.client).await?;
        self.state.asset_id = Some(prepared.asset_id.clone());
        self.state.target.clone_from(&prepared.target);
        self.advance(Stage::Prepared).await?;
        Ok(prepared)
    }

    /// Sends cover and subtitles. They go first: their URLs can expire while a long video is sent.
    async fn send_companions(&mut self, urls: Option<&Prepared>) -> Result<(), Error> {
        let (cover, subtitles) = (self.cover.take(), std::mem::take(&mut self.subtitles));
        if cover.is_none() && subtitles.is_empty() {
            return Ok(());
        }
        let renewed;
        let urls = match urls {
            Some(urls) => urls,
            None => {
                renewed = self.renew(cover.as_ref(), &subtitles).await?;
                &renewed
            }
        };
        if let Some(cover) = cover {
            let lacks = || self.state.preparation.lacks("cover_upload_url");
            let url = urls.cover.as_ref().ok_or_else(lacks)?;
            let format = self.state.preparation.cover_type();
            let format = format.map(|format| media_type::image_content_type(format.as_str()));
            self.put(url, format.unwrap_or_default(), cover, None)
                .await?;
            self.state.cover_sent = true;
            self.save().await?;
        }
        let mut urls = urls.subtitles.iter();
        for subtitle in subtitles {
            let lacks = || self.state.preparation.lacks("subtitle_upload_urls");
            let url = urls.next().ok_or_else(lacks)?;
            self.put(url, media_type::SUBTITLE.to_owned(), subtitle, None)
                .await?;
            self.state.subtitles_sent += 1;
            self.save().await?;
        }
        Ok(())
    }

    /// New URLs for a cover and subtitles that an earlier run did not send.
    async fn renew(&self, cover: Option<&Hashed>, subtitles: &[Hashed]) -> Result<Prepared, Error> {
        let id = self.state.asset_id.clone().unwrap_or_default();
        let mut preparation = Preparation::Update(Box::new(UpdateAssetRequest::new(id)));
        let of_files = &self.state.preparation;
        if let (Some(cover), Some(format)) = (cover, of_files.cover_type()) {
            preparation.set_cover(format.clone(), cover.md5);
        }
        let facts = of_files.subtitles().get(self.state.subtitles_sent..);
        for (facts, subtitle) in facts.unwrap_or_default().iter().zip(subtitles) {
            preparation.add_subtitle(facts.clone(), subtitle.md5);
        }
        preparation.send(&self.client).await
    }

    async fn put(
        &self,
        url: &Secret,
        content_type: String,
        file: Hashed,
        meter: Option<&Arc<Meter>>,
    ) -> Result<bool, Error> {
        let payload = Payload {
            content_type: Some(content_type),
            md5: Some(file.md5),
            data: file.data,
            ..Payload::empty(Step::Put)
        };
        let signed = Signed::Given(url);
        Ok(self.sender.step(&signed, &payload, meter).await?.compared)
    }

    /// Sends the media file, in one piece or in parts.
    async fn send_media(
        &mut self,
        mut file: Media,
        url: Option<&Secret>,
    ) -> Result<SentMedia, Error> {
        let now = self.sender.store.shared.clock.proven();
        let whole = file.whole.take();
        if let (Some(whole), Some(url)) = (&whole, url.filter(|url| !expiry::is_over(url, now))) {
            let size = whole.data.len() as u64;
            let content_type = self.state.preparation.content_type();
            let meter = self.meter.clone();
            match self
                .put(url, content_type, whole.clone(), Some(&meter))
                .await
            {
                Ok(compared) => {
                    self.meter.stored_whole(size);
                    self.check_source(&file).await?;
                    return Ok(SentMedia {
                        parts: 0,
                        check: if compared {
                            UploadCheck::Whole
                        } else {
                            UploadCheck::Nothing
                        },
                    });
                }
                // This URL cannot be renewed, but those for parts are new each time.
                Err(error) if is_refused_url(&error) => {}
                Err(error) => return Err(error),
            }
        }
        if let Some(whole) = whole {
            file.input.rewind(whole);
        }
        self.send_parts(file).await
    }

    async fn send_parts(&mut self, mut file: Media) -> Result<SentMedia, Error> {
        let target = self.state.target.clone();
        let target = target.ok_or_else(|| self.state.preparation.lacks("target"))?;
        let mut listed = Vec::new();
        if let Some(id) = &self.state.upload_id {
            match self.multipart(&target, id).list().await? {
                Some(parts) => listed = parts,
                // Only the join that the earlier run began ends an upload that nobody aborts.
                None if self.state.stage == Stage::Joining => {
                    self.meter.stored_whole(file.input.length().unwrap_or(0));
                    return Ok(SentMedia {
                        parts: 0,
                        check: UploadCheck::Parts,
                    });
                }
                // It was aborted, or has expired: its parts are lost.
                None => self.state.upload_id = None,
            }
        }
        let id = match self.state.upload_id.clone() {
            Some(id) => id,
            None => {
                let content_type = self.state.preparation.content_type();
                let id = parts::start(&self.client, &self.sender, &target, &content_type).await?;
                self.state.upload_id = Some(id.clone());
                id
            }
        };
        self.advance(Stage::Sending).await?;
        let multipart = self.multipart(&target, &id);
        let plan = Plan {
            part_size: self.state.part_size,
            in_flight: self.in_flight,
            listed: &listed,
            meter: &self.meter,
        };
        let sent = multipart.send(&mut file.input, plan).await;
        let sent = sent.map_err(|error| match error {
            PartsError::Source(error) => unusable(&file.name, error),
            PartsError::Step(error) => error,
        })?;
        if sent.is_empty() {
            return Err(unusable(&file.name, SourceError::Empty));
        }
        self.check_source(&file).await?;
        self.meter.enter(UploadPhase::Joining);
        self.advance(Stage::Joining).await?;
        let joined = match multipart.join(&sent).await {
            Ok(joined) => joined,
            Err(NotJoined { error, left }) => return Err(self.not_joined(error, left).await),
        };
        let all_compared = sent.iter().all(parts::SentPart::is_compared);
        Ok(SentMedia {
            parts: u32::try_from(sent.len()).unwrap_or(u32::MAX),
            check: match joined {
                Joined::Compared => UploadCheck::Whole,
                Joined::NotCompared | Joined::Unseen if all_compared => UploadCheck::Parts,
                Joined::NotCompared | Joined::Unseen => UploadCheck::Nothing,
            },
        })
    }

    /// Notes what is left, so that a later run does not take it for joined. The first error counts.
    async fn not_joined(&mut self, error: Error, left: Left) -> Error {
        let stage = match left {
            Left::Unknown => return error,
            Left::Parts => Stage::Sending,
            Left::Nothing => {
                self.state.upload_id = None;
                Stage::Prepared
            }
        };
        let _ = self.advance(stage).await;
        error
    }

    fn multipart(&self, target: &Target, upload_id: &str) -> Multipart {
        Multipart {
            client: self.client.clone(),
            sender: self.sender.clone(),
            target: target.clone(),
            upload_id: upload_id.to_owned(),
            verify: self.verify,
        }
    }

    /// Nothing is joined or confirmed if the file is not the one that was sent.
    async fn check_source(&self, file: &Media) -> Result<(), Error> {
        let check = file.input.check().await;
        check.map_err(|error| unusable(&file.name, error))
    }

    /// Tells VOD that the media file is there. If it refuses that because of the state of the media
    /// asset, an earlier call may have worked without an answer.
    async fn confirm(&self) -> Result<(), Error> {
        let id = self.state.asset_id.clone().unwrap_or_default();
        let call = self.client.confirm_asset_upload(&id, UploadStatus::Created);
        let Err(error) = call.await else {
            return Ok(());
        };
        if error.code() != Some(codes::UPLOAD_NOT_CONFIRMABLE) {
            return Err(error);
        }
        let reply = self.client.show_asset_meta().asset_ids([&id]).await?;
        let asset = reply.asset_info_array.first();
        let status = asset
            .and_then(|asset| asset.status.as_deref())
            .map(str::trim);
        match status {
            Some(status) if !NOT_CONFIRMED.contains(&status) => Ok(()),
            Some(status) => Err(error.with_hint(&format!("its state is {status}"))),
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
            media: None,
            cover: None,
            subtitles: Vec::new(),
            in_flight: order.settings.in_flight,
            verify: order.settings.verify,
        }
    }

    /// Drops what was sent, and tells VOD.
    pub(super) async fn abort(&mut self) -> Result<(), Error> {
        let upload_id = self.state.upload_id.take();
        if let (Some(target), Some(id)) = (self.state.target.clone(), upload_id) {
            self.multipart(&target, &id).abort().await?;
        }
        if let Some(id) = self.state.asset_id.as_ref().filter(|_| self.has_media) {
            let call = self
                .client
                .confirm_asset_upload(id, UploadStatus::Cancelled);
            call.await?;
        }
        self.forget().await
    }

    /// Removes the journal.
    pub(super) async fn forget(&mut self) -> Result<(), Error> {
        match self.journal.take() {
            Some(journal) => {
                let path = journal.path().to_owned();
                let removed = journal.remove().await;
                removed.map_err(|error| unusable_journal(&path, error))
            }
            None => Ok(()),
        }
    }

    async fn advance(&mut self, stage: Stage) -> Result<(), Error> {
        self.state.stage = stage;
        self.save().await
    }

    async fn save(&self) -> Result<(), Error> {
        match &self.journal {
            Some(journal) => {
                let saved = journal.save(&self.state).await;
                saved.map_err(|error| unusable_journal(journal.path(), error))
            }
            None => Ok(()),
        }
    }
}

/// Whether the store refuses a URL, for which it has several reasons, and not the account.
fn is_refused_url(error: &Error) -> bool {
    let of_url = |code| matches!(code, "AccessDenied" | "SignatureDoesNotMatch");
    error.status() == Some(StatusCode::FORBIDDEN) && error.code().is_none_or(of_url)
}

/// States of a media asset whose upload is not confirmed.
const NOT_CONFIRMED: [&str; 9] = [
    "CANCELLED",
    "CREATING",
    "DELETED",
    "DELETING",
    "NOASSET",
    "NO_ASSET",
    "SERVER_ERROR",
    "UNCREATED",
    "UPLOAD_FAILED",
];

/// The error for a file that cannot be sent.
pub(super) fn unusable(name: &str, error: SourceError) -> Error {
    let message = format!("{name} {error}");
    let failure = Error::new(ErrorKind::Source, Sent::No, message);
    match error {
        SourceError::Read(cause) => failure.with_source_in_message(cause),
        _ => failure,
    }
}

/// The error for a journal that cannot be used.
pub(super) fn unusable_journal(path: &std::path::Path, error: JournalError) -> Error {
    let message = format!("the journal {} {error}", path.display());
    let failure = Error::new(ErrorKind::Source, Sent::No, message);
    match error {
        JournalError::Io(cause) => failure.with_source_in_message(cause),
        _ => failure,
    }
}
