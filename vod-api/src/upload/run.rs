//! An upload from its first call to its last. Each step is in the state before it is begun, so that
//! a later run knows what may have happened.

use std::sync::Arc;

use http::StatusCode;

use crate::Client;
use crate::error::Error;
use crate::model::UpdateAssetRequest;
use crate::secret::Secret;
use crate::upload::expiry;
use crate::upload::file::SourceError;
use crate::upload::input::{Hashed, Input};
use crate::upload::journal::Journal;
use crate::upload::media_type;
use crate::upload::outcome::{SentMedia, UploadCheck, Uploaded};
use crate::upload::parts::{self, Joined, Left, Multipart, NotJoined, PartsError, Plan};
use crate::upload::preparation::{Preparation, Prepared};
use crate::upload::progress::{Meter, UploadPhase};
use crate::upload::sender::Sender;
use crate::upload::state::{Stage, State};
use crate::upload::step::Payload;
use crate::upload::target::{Signed, Target};

/// A run, with all that it needs.
pub(super) struct Run {
    pub(super) client: Client,
    pub(super) sender: Arc<Sender>,
    pub(super) meter: Arc<Meter>,
    pub(super) state: State,
    pub(super) journal: Option<Journal>,
    /// Whether the journal could not be updated.
    pub(super) is_behind: bool,
    /// Whether there is a media file: then the upload is confirmed.
    pub(super) has_media: bool,
    /// The media file, if it still has to be sent.
    pub(super) media: Option<Media>,
    /// The cover, if it still has to be sent.
    pub(super) cover: Option<Hashed>,
    /// The subtitles that still have to be sent.
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
        if self.cover.is_none() && self.subtitles.is_empty() {
            return Ok(());
        }
        if let Some(urls) = urls {
            match self.send_companions_to(urls).await {
                // They may have expired, and are replaced once.
                Err(error) if is_refused_url(&error) => {}
                result => return result,
            }
        }
        let urls = self.renew().await?;
        self.send_companions_to(&urls).await
    }

    async fn send_companions_to(&mut self, urls: &Prepared) -> Result<(), Error> {
        if let Some(cover) = self.cover.clone() {
            let lacks = || self.state.preparation.lacks("cover_upload_url");
            let url = urls.cover.as_ref().ok_or_else(lacks)?;
            let format = self.state.preparation.cover_type();
            let format = format.map(|format| media_type::image_content_type(format.as_str()));
            let payload = Payload::whole("cover", format.unwrap_or_default(), cover);
            self.send_whole(url, &payload, None).await?;
            self.cover = None;
            self.state.cover_sent = true;
            self.save().await?;
        }
        let mut urls = urls.subtitles.iter();
        while let Some(subtitle) = self.subtitles.first().cloned() {
            let lacks = || self.state.preparation.lacks("subtitle_upload_urls");
            let url = urls.next().and_then(Option::as_ref).ok_or_else(lacks)?;
            let payload = Payload::whole("subtitle", media_type::SUBTITLE.to_owned(), subtitle);
            self.send_whole(url, &payload, None).await?;
            self.subtitles.remove(0);
            self.state.subtitles_sent += 1;
            self.save().await?;
        }
        Ok(())
    }

    /// New URLs for a cover and subtitles that are not sent yet.
    async fn renew(&self) -> Result<Prepared, Error> {
        let id = self.state.asset_id.clone().unwrap_or_default();
        let mut preparation = Preparation::Update(Box::new(UpdateAssetRequest::new(id)));
        let of_files = &self.state.preparation;
        if let (Some(cover), Some(format)) = (&self.cover, of_files.cover_type()) {
            preparation.set_cover(format.clone(), cover.md5);
        }
        let facts = of_files.subtitles().get(self.state.subtitles_sent..);
        for (facts, subtitle) in facts.unwrap_or_default().iter().zip(&self.subtitles) {
            preparation.add_subtitle(facts.clone(), subtitle.md5);
        }
        preparation.send(&self.client).await
    }

    /// Sends a file to the URL that VOD gave for it. Returns whether its ETag was compared.
    async fn send_whole(
        &self,
        url: &Secret,
        payload: &Payload,
        meter: Option<&Arc<Meter>>,
    ) -> Result<bool, Error> {
        let sent = self.sender.step(&Signed::Given(url), payload, meter).await;
        Ok(sent?.compared)
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
            let payload = Payload::whole("media file", content_type, whole.clone());
            match self.send_whole(url, &payload, Some(&self.meter)).await {
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
                    let sent = self.state.sent;
                    return Ok(sent.unwrap_or(SentMedia {
                        parts: 0,
                        check: UploadCheck::Nothing,
                    }));
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
        let count = |length: u64| u32::try_from(length.div_ceil(self.state.part_size)).ok();
        let length = file.input.length();
        self.meter.announce(length, length.and_then(count));
        let multipart = self.multipart(&target, &id);
        let plan = Plan {
            part_size: self.state.part_size,
            in_flight: self.in_flight,
            listed: &listed,
            meter: &self.meter,
        };
        let sent = multipart.send(&mut file.input, plan).await;
        let sent = sent.map_err(|error| match error {
            PartsError::Source(error) => error.of(&file.name),
            PartsError::Step(error) => error,
        })?;
        if sent.is_empty() {
            return Err(SourceError::Empty.of(&file.name));
        }
        self.check_source(&file).await?;
        self.meter.enter(UploadPhase::Joining);
        let compared = if sent.iter().all(parts::SentPart::is_compared) {
            UploadCheck::Parts
        } else {
            UploadCheck::Nothing
        };
        let parts = u32::try_from(sent.len()).unwrap_or(u32::MAX);
        let unseen = SentMedia {
            parts,
            check: compared,
        };
        self.state.sent = Some(unseen);
        self.advance(Stage::Joining).await?;
        let joined = match multipart.join(&sent).await {
            Ok(joined) => joined,
            Err(NotJoined { error, left }) => return Err(self.not_joined(error, left).await),
        };
        Ok(match joined {
            Joined::Compared => SentMedia {
                parts,
                check: UploadCheck::Whole,
            },
            Joined::NotCompared | Joined::Unseen => unseen,
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
        self.state.sent = None;
        // What this says about the journal is told with the first error.
        let _ = self.advance(stage).await;
        error
    }

    pub(super) fn multipart(&self, target: &Target, upload_id: &str) -> Multipart {
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
        check.map_err(|error| error.of(&file.name))
    }
}

/// Whether the store refuses a URL, for which it has several reasons, and not the account.
fn is_refused_url(error: &Error) -> bool {
    let of_url = |code| matches!(code, "AccessDenied" | "SignatureDoesNotMatch");
    error.status() == Some(StatusCode::FORBIDDEN) && error.code().is_none_or(of_url)
}
