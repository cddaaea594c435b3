//! From what the caller has set to a run: files are opened and checked, and a journal is read,
//! before anything is sent.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use serde::Serialize;
use serde_json::Value;

use crate::error::{Error, ErrorKind, Sent};
use crate::pipeline::project_id;
use crate::upload::file::SourceError;
use crate::upload::input::Hashed;
use crate::upload::journal::{Journal, JournalError};
use crate::upload::media_type;
use crate::upload::order::{Files, Order};
use crate::upload::preparation::Preparation;
use crate::upload::progress::Meter;
use crate::upload::run::{Media, Run};
use crate::upload::sender::Sender;
use crate::upload::sizes;
use crate::upload::source::Source;
use crate::upload::state::{MediaFile, Stage, State};
use crate::upload::store::Store;

/// The files of a run, opened.
struct Opened {
    media: Option<Media>,
    cover: Option<Hashed>,
    subtitles: Vec<Hashed>,
    part_size: u64,
}

/// Begins a run, or goes on with one that a journal knows.
pub(super) async fn begin(order: Order, meter: Arc<Meter>) -> Result<Run, Error> {
    let Order {
        client,
        preparation,
        files,
        settings,
        journal,
        ..
    } = order;
    let project_id = project_id(client.shared()).await?;
    let (state, journal, opened) = match (preparation, journal) {
        (Some(preparation), journal) => {
            let upload = NewUpload {
                project_id,
                preparation,
                part_size: settings.part_size,
            };
            upload.begin(files, journal).await?
        }
        (None, Some(path)) => resume(&project_id, path).await?,
        (None, None) => return Err(Error::configuration("there is no journal to resume from")),
    };
    if let (None, Some(file)) = (&opened.media, &state.media) {
        meter.announce(Some(file.size), state.sent.map(|sent| sent.parts));
        meter.stored_whole(file.size);
    }
    if let Some(media) = &opened.media {
        let parts = |length: u64| u32::try_from(length.div_ceil(opened.part_size)).ok();
        let length = media.input.length();
        let count = match &media.whole {
            Some(_) => Some(0),
            None => length.and_then(parts),
        };
        meter.announce(media.length_of_whole().or(length), count);
    }
    Ok(Run {
        sender: Arc::new(Sender::new(Store::new(&client, &settings))),
        client,
        meter,
        has_media: opened.media.is_some() || state.media.is_some(),
        state,
        journal,
        is_behind: false,
        media: opened.media,
        cover: opened.cover,
        subtitles: opened.subtitles,
        in_flight: settings.in_flight,
        verify: settings.verify,
    })
}

/// A new upload.
struct NewUpload {
    project_id: String,
    preparation: Preparation,
    part_size: Option<u64>,
}

impl NewUpload {
    async fn begin(
        mut self,
        files: Files,
        journal: Option<PathBuf>,
    ) -> Result<(State, Option<Journal>, Opened), Error> {
        if let Some(path) = &journal {
            files.check_paths(path)?;
        }
        let cover = files.cover.as_ref().and_then(Source::path);
        let subtitles = files.subtitles.iter().filter_map(|(_, it)| it.path());
        let subtitles = subtitles.collect();
        let (opened, media) = self.open(files).await?;
        let state = State {
            project_id: self.project_id,
            preparation: self.preparation,
            media,
            cover,
            subtitles,
            part_size: opened.part_size,
            stage: Stage::Preparing,
            asset_id: None,
            target: None,
            upload_id: None,
            cover_sent: false,
            subtitles_sent: 0,
            sent: None,
        };
        let Some(path) = journal else {
            return Ok((state, None, opened));
        };
        let (journal, earlier) = open_journal(path).await?;
        let Some(earlier) = earlier else {
            return Ok((state, Some(journal), opened));
        };
        compare(&earlier, &state).map_err(|error| error.of(journal.path()))?;
        check_begun(&earlier, journal.path())?;
        let opened = opened.without_sent(&earlier);
        let earlier = State {
            // The same, with values that are meant although the docs do not list them.
            preparation: state.preparation,
            ..earlier
        };
        Ok((earlier, Some(journal), opened))
    }

    /// Opens the files, and names them in the request.
    async fn open(&mut self, files: Files) -> Result<(Opened, Option<MediaFile>), Error> {
        let (mut media, mut file) = (None, None);
        let mut part_size = sizes::ADVISED;
        if let Some(source) = files.media {
            let name = source.name();
            self.preparation.set_media(&name);
            self.preparation.check_format(&name)?;
            let opened = Media::open(name, source, self.part_size).await?;
            if let Some(whole) = &opened.media.whole {
                self.preparation.set_media_md5(whole.md5);
            }
            part_size = opened.part_size;
            file = opened.file;
            media = Some(opened.media);
        }
        let mut cover = None;
        if let Some(source) = files.cover {
            let name = source.name();
            let Some(format) = media_type::cover_type(&name) else {
                let message = format!("the cover {name} is neither a JPG nor a PNG file");
                return Err(Error::invalid_request(message));
            };
            let image = companion(source).await?;
            self.preparation.set_cover(format, image.md5);
            cover = Some(image);
        }
        let mut subtitles = Vec::new();
        for (facts, source) in files.subtitles {
            let name = source.name();
            if media_type::extension(&name) != "SRT" {
                let message = format!("the subtitle {name} is not an SRT file");
                return Err(Error::invalid_request(message));
            }
            let text = companion(source).await?;
            self.preparation.add_subtitle(facts, text.md5);
            subtitles.push(text);
        }
        let opened = Opened {
            media,
            cover,
            subtitles,
            part_size,
        };
        Ok((opened, file))
    }
}

/// Reads a cover or subtitle.
async fn companion(source: Source) -> Result<Hashed, Error> {
    let name = source.name();
    let read = source.read_whole(sizes::ADVISED).await;
    read.map_err(|error| error.of(&name))
}

/// A media file, and what a journal says about it.
struct OpenedMedia {
    media: Media,
    file: Option<MediaFile>,
    part_size: u64,
}

impl Media {
    async fn open(
        name: String,
        source: Source,
        part_size: Option<u64>,
    ) -> Result<OpenedMedia, Error> {
        let opened = source.open().await;
        let mut input = opened.map_err(|error| error.of(&name))?;
        let size = sizes::part_size(part_size, input.length());
        let part_size = size.map_err(|error| {
            let message = format!("{name} cannot be sent: {error}");
            Error::invalid_request(message)
        })?;
        let most = part_size.min(sizes::ADVISED);
        let whole = input.read_if_small(most, part_size).await;
        let whole = whole.map_err(|error| error.of(&name))?;
        let file = input.file().map(|file| MediaFile {
            path: file.path().to_owned(),
            size: file.size,
            modified: file.modified.and_then(nanoseconds),
        });
        Ok(OpenedMedia {
            media: Self { name, input, whole },
            file,
            part_size,
        })
    }

    fn length_of_whole(&self) -> Option<u64> {
        self.whole.as_ref().map(|whole| whole.data.len() as u64)
    }
}

fn nanoseconds(at: SystemTime) -> Option<u64> {
    let since = at.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    u64::try_from(since.as_nanos()).ok()
}

async fn open_journal(path: PathBuf) -> Result<(Journal, Option<State>), Error> {
    let opened = Journal::open(path.clone()).await;
    opened.map_err(|error| error.of(&path))
}

/// Goes on with the upload of a journal.
async fn resume(
    project_id: &str,
    path: PathBuf,
) -> Result<(State, Option<Journal>, Opened), Error> {
    let (journal, state) = existing(project_id, path).await?;
    check_begun(&state, journal.path())?;
    let mut opened = Opened {
        media: None,
        cover: None,
        subtitles: Vec::new(),
        part_size: state.part_size,
    };
    if let Some(file) = state.media.as_ref().filter(|_| state.stage < Stage::Stored) {
        let name = file.path.display().to_string();
        let source = Source::from(file.path.as_path());
        let now = Media::open(name.clone(), source, Some(state.part_size)).await?;
        if now.file.as_ref() != Some(file) {
            return Err(SourceError::Changed.of(&name));
        }
        opened.media = Some(now.media);
    }
    let unchanged = |path: &Path, file: Hashed, md5: Option<&str>| {
        if md5.is_none_or(|md5| file.md5.base64() == md5) {
            return Ok(file);
        }
        Err(SourceError::Changed.of(&path.display().to_string()))
    };
    if let Some(path) = state.cover.as_ref().filter(|_| !state.cover_sent) {
        let cover = companion(path.into()).await?;
        opened.cover = Some(unchanged(path, cover, state.preparation.cover_md5())?);
    }
    let subtitles = state.subtitles.iter().zip(state.preparation.subtitles());
    for (path, facts) in subtitles.skip(state.subtitles_sent) {
        let subtitle = companion(path.into()).await?;
        let subtitle = unchanged(path, subtitle, facts.md5.as_deref())?;
        opened.subtitles.push(subtitle);
    }
    Ok((state, Some(journal), opened))
}

/// The journal of an upload that was begun in this project.
pub(super) async fn existing(project_id: &str, path: PathBuf) -> Result<(Journal, State), Error> {
    let (journal, state) = open_journal(path).await?;
    let checked = match state {
        None => Err(JournalError::Missing),
        Some(state) => same("project_id", state.project_id.as_str(), project_id).map(|()| state),
    };
    match checked {
        Ok(state) => Ok((journal, state)),
        Err(error) => Err(error.of(journal.path())),
    }
}

/// Refuses to prepare an upload again if that may have been done.
pub(super) fn check_begun(state: &State, journal: &Path) -> Result<(), Error> {
    if state.stage > Stage::Preparing || state.preparation.can_be_repeated() {
        return Ok(());
    }
    let title = state.preparation.title().unwrap_or_default();
    let message = format!(
        "the earlier run stopped while the media asset was created: look whether there is one with \
         the title {title:?}, then remove the journal {}",
        journal.display()
    );
    Err(Error::new(ErrorKind::Source, Sent::Maybe, message)
        .in_call(state.preparation.operation(), 0))
}

/// Compares the upload of a journal with this one.
fn compare(journal: &State, here: &State) -> Result<(), JournalError> {
    same("project_id", &journal.project_id, &here.project_id)?;
    let (one, other) = (&journal.preparation, &here.preparation);
    same("operation", one.operation(), other.operation())?;
    let (media, media_here) = (journal.media_json(), here.media_json());
    for name in ["path", "size", "modified"] {
        same(&format!("media.{name}"), &media[name], &media_here[name])?;
    }
    same("cover", &journal.cover, &here.cover)?;
    same("subtitles", &journal.subtitles, &here.subtitles)?;
    same("part_size", &journal.part_size, &here.part_size)?;
    let (one, other) = (one.to_json(), other.to_json());
    let members = [&one, &other].into_iter().filter_map(Value::as_object);
    for name in members.flat_map(|members| members.keys()) {
        same(&format!("request.{name}"), &one[name], &other[name])?;
    }
    Ok(())
}

fn same<T: Serialize + PartialEq + ?Sized>(
    field: &str,
    journal: &T,
    here: &T,
) -> Result<(), JournalError> {
    if journal == here {
        return Ok(());
    }
    let shown = |value: &T| serde_json::to_string(value).unwrap_or_default();
    Err(JournalError::Other {
        field: field.to_owned(),
        journal: shown(journal),
        here: shown(here),
    })
}

impl Opened {
    /// Without what an earlier run has sent.
    fn without_sent(mut self, earlier: &State) -> Self {
        if earlier.stage >= Stage::Stored {
            self.media = None;
        }
        if earlier.cover_sent {
            self.cover = None;
        }
        self.subtitles
            .drain(..earlier.subtitles_sent.min(self.subtitles.len()));
        self.part_size = earlier.part_size;
        self
    }
}
