//! The upload of one file.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use vod_api::Client;
use vod_api::model::{CreateAssetByFileUploadRequest, SubtitleLanguage};
use vod_api::upload::{Begin, Upload, UploadPhase, UploadProgress};

use crate::commands::media::Media;
use crate::commands::upload::job::{Action, Job};
use crate::exit::Failure;
use crate::progress::{Activity, Board, Entry, Transfer};

/// How files are uploaded.
#[derive(Debug, Clone, Default)]
pub(in crate::commands) struct How {
    pub(in crate::commands) media: Media,
    pub(in crate::commands) cover: Option<String>,
    pub(in crate::commands) subtitles: Vec<(SubtitleLanguage, String)>,
    pub(in crate::commands) part_size: Option<u64>,
    /// How long the upload of a file may take.
    pub(in crate::commands) timeout: Option<Duration>,
    /// Bytes per second, of all files together.
    pub(in crate::commands) rate: Option<u64>,
}

/// What a file may use of what all share.
#[derive(Debug, Clone, Copy)]
pub(super) struct Share {
    /// Parts at the same time.
    pub(super) parts: usize,
    /// Bytes per second.
    pub(super) rate: Option<u64>,
}

/// A file that is there.
#[derive(Debug, Clone)]
pub(super) struct Sent {
    pub(super) asset_id: String,
    pub(super) bytes: u64,
    pub(super) parts: u32,
    /// Parts that an earlier run had sent.
    pub(super) resumed: u32,
}

/// Uploads a file, or goes on with it.
pub(super) async fn transfer(
    (client, how): (Client, Arc<How>),
    job: &mut Job,
    share: Share,
    (board, shown): (&Board, &Arc<Entry>),
) -> Result<Sent, Failure> {
    if let Action::BeginAnew = job.action {
        board.say(&format!(
            "{}: has changed: the upload begins anew",
            job.name
        ));
        drop_upload(&client, job).await?;
    }
    if job.action != Action::ResumeAsBegun {
        job.record.entry.print = job.print.clone();
        job.record.entry.template.clone_from(&how.media.template);
        job.record.entry.asset_id = None;
        job.record.entry.sent = 0;
    }
    save(job)?;
    let watch = Watch {
        board: board.clone(),
        shown: shown.clone(),
        job: job.clone(),
        seen: Arc::default(),
    };
    let seen = watch.seen.clone();
    let done = if job.action == Action::ResumeAsBegun {
        let upload = client.resume_upload(job.record.journal());
        send(upload, &how, share, watch).await
    } else {
        let upload = how.upload(&client, job);
        send(upload, &how, share, watch).await
    };
    let seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
    match done {
        Ok(done) => {
            job.record.entry.asset_id = Some(done.asset_id.clone());
            job.record.entry.sent = done.bytes;
            // The file is there: without a record, it is only not known to be.
            if let Err(failure) = save(job) {
                board.say(&format!("{}: {failure}", job.name));
            }
            Ok(Sent {
                asset_id: done.asset_id,
                bytes: done.bytes,
                parts: done.parts,
                resumed: seen.parts_before,
            })
        }
        Err(error) => {
            if job.record.begun().is_none() {
                // Nothing was begun, so there is nothing to go on with.
                let _ = job.record.remove();
            }
            Err(error.into())
        }
    }
}

/// Drops what was begun, and tells the service.
pub(in crate::commands) async fn drop_upload(client: &Client, job: &Job) -> Result<(), Failure> {
    match client.resume_upload(job.record.journal()).abort().await {
        Ok(()) => {}
        // The media asset is gone, and its parts with it.
        Err(error) if error.is_not_found() => {}
        Err(error) => return Err(error.into()),
    }
    remove(job)
}

/// Forgets an upload.
pub(in crate::commands) fn remove(job: &Job) -> Result<(), Failure> {
    let removed = job.record.remove();
    removed.map_err(|error| Failure::usage(format!("the record cannot be removed: {error}")))
}

fn save(job: &Job) -> Result<(), Failure> {
    let saved = job.record.save();
    saved.map_err(|error| Failure::usage(format!("the record cannot be written: {error}")))
}

async fn send<O: Begin>(
    upload: Upload<O>,
    how: &How,
    share: Share,
    mut watch: Watch,
) -> Result<vod_api::upload::Uploaded, vod_api::Error> {
    upload
        .concurrency(share.parts)
        .limit_rate(share.rate)
        .timeout(how.timeout)
        .on_progress(move |now| watch.update(now))
        .await
}

impl How {
    /// The upload, as it was asked for.
    fn upload(&self, client: &Client, job: &Job) -> Upload<CreateAssetByFileUploadRequest> {
        let mut upload = client
            .upload(&job.record.entry.path)
            .journal(job.record.journal());
        let Media {
            title,
            description,
            category_id,
            tags,
            template,
            publish,
            ..
        } = &self.media;
        if let Some(title) = title {
            upload = upload.title(title);
        }
        if let Some(description) = description {
            upload = upload.description(description);
        }
        if let Some(id) = category_id {
            upload = upload.category_id(*id);
        }
        if let Some(tags) = tags {
            upload = upload.tags(tags);
        }
        if let Some(template) = template {
            upload = upload.template_group_name(template);
        }
        if let Some(publish) = publish {
            upload = upload.auto_publish(*publish);
        }
        if let Some(cover) = &self.cover {
            upload = upload.cover(cover.as_str());
        }
        for (number, (language, file)) in (1..).zip(&self.subtitles) {
            upload = upload.subtitle(number, language.clone(), file.as_str());
        }
        if let Some(size) = self.part_size {
            upload = upload.part_size(size);
        }
        upload
    }
}

/// Follows an upload.
struct Watch {
    board: Board,
    shown: Arc<Entry>,
    job: Job,
    seen: Arc<Mutex<Seen>>,
}

/// What was seen of an upload.
#[derive(Debug, Default)]
struct Seen {
    /// Whether this run has sent something.
    is_sending: bool,
    parts_before: u32,
    parts_stored: u32,
}

impl Watch {
    fn update(&mut self, now: &UploadProgress) {
        self.shown.update(Transfer {
            sent: now.sent,
            total: now.total.unwrap_or(self.job.print.size),
            rate: now.rate(),
            parts: now
                .parts
                .filter(|it| *it > 0)
                .map(|all| (now.parts_stored, all)),
            activity: match now.phase {
                UploadPhase::Preparing => Activity::Step("preparing"),
                UploadPhase::Joining => Activity::Step("joining"),
                UploadPhase::Confirming => Activity::Step("confirming"),
                _ => Activity::Sending,
            },
        });
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if !seen.is_sending {
            // What the store had before this run is found before anything is sent.
            seen.parts_before = now.parts_stored;
            seen.is_sending = now.sent > now.stored;
            if seen.is_sending && now.parts_stored > 0 {
                self.shown.found(now.stored);
                let all = now.parts.unwrap_or_default();
                let part = now.parts_stored + 1;
                let text = format!("{}: resumed at part {part} of {all}", self.job.name);
                self.board.say(&text);
            }
        }
        if now.parts_stored > seen.parts_stored {
            seen.parts_stored = now.parts_stored;
            self.job.record.entry.sent = now.stored;
            // Only a number for people: the store knows what has arrived.
            let _ = self.job.record.save();
        }
    }
}
