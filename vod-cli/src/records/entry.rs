//! What is known of one upload.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde_json::{Value, json};

/// A file as it was when its upload began.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Print {
    pub(crate) size: u64,
    /// Nanoseconds since 1970.
    pub(crate) modified: Option<u64>,
}

/// What is known of the upload of a file to a place. It holds no URL and no secret.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) endpoint: String,
    pub(crate) project_id: String,
    pub(crate) path: PathBuf,
    pub(crate) print: Print,
    /// Bytes that have arrived, as far as was told.
    pub(crate) sent: u64,
    /// The media asset, once the upload is done.
    pub(crate) asset_id: Option<String>,
    /// The transcoding template group that was asked for.
    pub(crate) template: Option<String>,
}

impl Print {
    /// That of a file.
    ///
    /// # Errors
    ///
    /// It cannot be looked at.
    pub(crate) fn of(path: &Path) -> io::Result<Self> {
        let facts = fs::metadata(path)?;
        let modified = facts.modified().ok();
        let since = modified.and_then(|at| at.duration_since(SystemTime::UNIX_EPOCH).ok());
        Ok(Self {
            size: facts.len(),
            modified: since.and_then(|since| u64::try_from(since.as_nanos()).ok()),
        })
    }
}

impl Entry {
    fn to_json(&self) -> Value {
        json!({
            "endpoint": self.endpoint,
            "project_id": self.project_id,
            "path": self.path.to_string_lossy(),
            "size": self.print.size,
            "modified": self.print.modified,
            "sent": self.sent,
            "asset_id": self.asset_id,
            "template": self.template,
        })
    }

    fn of_json(json: &Value) -> Option<Self> {
        let text = |name: &str| json[name].as_str().map(str::to_owned);
        Some(Self {
            endpoint: text("endpoint")?,
            project_id: text("project_id")?,
            path: text("path")?.into(),
            print: Print {
                size: json["size"].as_u64()?,
                modified: json["modified"].as_u64(),
            },
            sent: json["sent"].as_u64().unwrap_or_default(),
            asset_id: text("asset_id"),
            template: text("template"),
        })
    }
}

/// Reads an entry; `None` if there is none, or none that can be read, which counts as none: it only
/// says what need not be done again.
pub(super) fn read(path: &Path) -> Option<Entry> {
    let text = fs::read_to_string(path).ok()?;
    Entry::of_json(&serde_json::from_str(&text).ok()?)
}

/// Replaces an entry. Only its owner can read it.
pub(super) fn write(path: &Path, entry: &Entry) -> io::Result<()> {
    let next = path.with_extension("new");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let text = format!("{:#}\n", entry.to_json());
    options.open(&next)?.write_all(text.as_bytes())?;
    fs::rename(&next, path)
}
