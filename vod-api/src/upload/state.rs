//! How far an upload is, in the form that a journal keeps. It holds no URL and no secret.

use std::fmt;
use std::path::PathBuf;

use serde_json::{Map, Value, json};

use crate::upload::outcome::{SentMedia, UploadCheck};
use crate::upload::preparation::Preparation;
use crate::upload::target::Target;

/// The version of the form.
const VERSION: u64 = 1;

/// What is known of an upload.
#[derive(Debug, Clone)]
pub(super) struct State {
    pub(super) project_id: String,
    pub(super) preparation: Preparation,
    pub(super) media: Option<MediaFile>,
    pub(super) cover: Option<PathBuf>,
    pub(super) subtitles: Vec<PathBuf>,
    pub(super) part_size: u64,
    pub(super) stage: Stage,
    pub(super) asset_id: Option<String>,
    pub(super) target: Option<Target>,
    pub(super) upload_id: Option<String>,
    pub(super) cover_sent: bool,
    pub(super) subtitles_sent: usize,
    /// Once the media file is stored.
    pub(super) sent: Option<SentMedia>,
}

/// A media file, as it was when the upload began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MediaFile {
    pub(super) path: PathBuf,
    pub(super) size: u64,
    /// Nanoseconds since 1970.
    pub(super) modified: Option<u64>,
}

/// What was done last, or begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    /// VOD is asked for the URLs; whether it has answered is not known.
    Preparing,
    /// VOD has answered.
    Prepared,
    /// An upload in parts was started.
    Sending,
    /// The store is asked to join the parts; whether it has answered is not known.
    Joining,
    /// The media file is in the store.
    Stored,
    /// VOD is told so; whether it has answered is not known.
    Confirming,
}

const STAGES: [(Stage, &str); 6] = [
    (Stage::Preparing, "preparing"),
    (Stage::Prepared, "prepared"),
    (Stage::Sending, "sending"),
    (Stage::Joining, "joining"),
    (Stage::Stored, "stored"),
    (Stage::Confirming, "confirming"),
];

impl Stage {
    fn name(self) -> &'static str {
        let mut stages = STAGES.iter();
        stages
            .find(|(stage, _)| *stage == self)
            .map_or("", |(_, name)| name)
    }
}

/// Why a text is not a state.
#[derive(Debug)]
pub(super) enum StateError {
    /// It is not JSON, as one that was cut short.
    NotJson(serde_json::Error),
    /// It was written by another version.
    Version(Value),
    /// A field is missing.
    Missing(&'static str),
    /// A field has a value that cannot be there.
    Wrong(&'static str),
    /// The request cannot be read.
    Request(serde_json::Error),
}

impl State {
    /// The state as text.
    pub(super) fn write(&self) -> String {
        let path = |path: &PathBuf| path.to_string_lossy().into_owned();
        let json = json!({
            "version": VERSION,
            "project_id": self.project_id,
            "operation": self.preparation.operation(),
            "request": self.preparation.to_json(),
            "media": self.media_json(),
            "cover": self.cover.as_ref().map(path),
            "subtitles": self.subtitles.iter().map(path).collect::<Vec<_>>(),
            "part_size": self.part_size,
            "stage": self.stage.name(),
            "asset_id": self.asset_id,
            "bucket": self.target.as_ref().map(|target| &target.bucket),
            "object": self.target.as_ref().map(|target| &target.object),
            "upload_id": self.upload_id,
            "cover_sent": self.cover_sent,
            "subtitles_sent": self.subtitles_sent,
            "parts": self.sent.map(|sent| sent.parts),
            "check": self.sent.map(|sent| sent.check.name()),
        });
        format!("{json:#}\n")
    }

    pub(super) fn media_json(&self) -> Value {
        self.media.as_ref().map_or(Value::Null, |media| {
            let path = media.path.to_string_lossy();
            json!({"path": path, "size": media.size, "modified": media.modified})
        })
    }

    pub(super) fn read(text: &str) -> Result<Self, StateError> {
        let json: Value = serde_json::from_str(text).map_err(StateError::NotJson)?;
        let fields = Fields(json.as_object().ok_or(StateError::Missing("version"))?);
        let version = fields.get("version").unwrap_or_default();
        if version.as_u64() != Some(VERSION) {
            return Err(StateError::Version(version));
        }
        let operation = fields.text("operation")?;
        let request = fields
            .get("request")
            .ok_or(StateError::Missing("request"))?;
        let preparation = Preparation::read(&operation, request)
            .ok_or(StateError::Wrong("operation"))?
            .map_err(StateError::Request)?;
        let name = fields.text("stage")?;
        let stage = STAGES.iter().find(|(_, stage)| *stage == name);
        let (stage, _) = stage.ok_or(StateError::Wrong("stage"))?;
        let target = match (fields.maybe_text("bucket")?, fields.maybe_text("object")?) {
            (Some(bucket), Some(object)) => Some(Target { bucket, object }),
            _ => None,
        };
        let state = Self {
            project_id: fields.text("project_id")?,
            preparation,
            media: fields.media()?,
            cover: fields.maybe_text("cover")?.map(PathBuf::from),
            subtitles: fields.paths("subtitles")?,
            part_size: fields.number("part_size")?,
            stage: *stage,
            asset_id: fields.maybe_text("asset_id")?,
            target,
            upload_id: fields.maybe_text("upload_id")?,
            cover_sent: fields.flag("cover_sent")?,
            subtitles_sent: fields.number("subtitles_sent")?,
            sent: fields.sent()?,
        };
        state.check()
    }

    /// Refuses a state that no upload can be in.
    fn check(self) -> Result<Self, StateError> {
        if self.stage > Stage::Preparing && self.asset_id.is_none() {
            return Err(StateError::Missing("asset_id"));
        }
        if matches!(self.stage, Stage::Sending | Stage::Joining) {
            if self.upload_id.is_none() {
                return Err(StateError::Missing("upload_id"));
            }
            if self.target.is_none() {
                return Err(StateError::Missing("bucket"));
            }
        }
        if self.media.is_none() && matches!(self.preparation, Preparation::Create(_)) {
            return Err(StateError::Missing("media"));
        }
        if self.part_size == 0 {
            return Err(StateError::Wrong("part_size"));
        }
        if self.subtitles_sent > self.subtitles.len() {
            return Err(StateError::Wrong("subtitles_sent"));
        }
        Ok(self)
    }
}

/// Reads the fields of an object; `null` counts as missing.
struct Fields<'a>(&'a Map<String, Value>);

impl Fields<'_> {
    fn get(&self, name: &'static str) -> Option<Value> {
        self.0.get(name).filter(|value| !value.is_null()).cloned()
    }

    fn maybe_text(&self, name: &'static str) -> Result<Option<String>, StateError> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(StateError::Wrong(name)),
        }
    }

    fn text(&self, name: &'static str) -> Result<String, StateError> {
        self.maybe_text(name)?.ok_or(StateError::Missing(name))
    }

    fn number<T: TryFrom<u64>>(&self, name: &'static str) -> Result<T, StateError> {
        let value = self.get(name).ok_or(StateError::Missing(name))?;
        let number = value.as_u64().and_then(|number| T::try_from(number).ok());
        number.ok_or(StateError::Wrong(name))
    }

    fn flag(&self, name: &'static str) -> Result<bool, StateError> {
        let value = self.get(name).ok_or(StateError::Missing(name))?;
        value.as_bool().ok_or(StateError::Wrong(name))
    }

    fn paths(&self, name: &'static str) -> Result<Vec<PathBuf>, StateError> {
        let value = self.get(name).ok_or(StateError::Missing(name))?;
        let paths: Option<Vec<_>> = value
            .as_array()
            .map(|paths| paths.iter().map(|path| path.as_str().map(PathBuf::from)))
            .and_then(Iterator::collect);
        paths.ok_or(StateError::Wrong(name))
    }

    fn sent(&self) -> Result<Option<SentMedia>, StateError> {
        let Some(check) = self.maybe_text("check")? else {
            return Ok(None);
        };
        let check = UploadCheck::of_name(&check).ok_or(StateError::Wrong("check"))?;
        let parts = self.number("parts")?;
        Ok(Some(SentMedia { parts, check }))
    }

    fn media(&self) -> Result<Option<MediaFile>, StateError> {
        let Some(value) = self.get("media") else {
            return Ok(None);
        };
        let fields = Fields(value.as_object().ok_or(StateError::Wrong("media"))?);
        Ok(Some(MediaFile {
            path: fields.text("path")?.into(),
            size: fields.number("size")?,
            modified: match fields.get("modified") {
                None => None,
                Some(_) => Some(fields.number("modified")?),
            },
        }))
    }
}

impl fmt::Display for StateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJson(error) => write!(f, "is not a whole journal: {error}"),
            Self::Version(Value::Null) => f.write_str("is not a journal: it has no `version`"),
            Self::Version(version) => write!(
                f,
                "has the `version` {version}; this version of the crate reads {VERSION}"
            ),
            Self::Missing(field) => write!(f, "has no `{field}`"),
            Self::Wrong(field) => write!(f, "has a wrong `{field}`"),
            Self::Request(error) => write!(f, "has a wrong `request`: {error}"),
        }
    }
}
