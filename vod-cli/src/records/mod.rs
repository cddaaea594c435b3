//! Uploads that were begun or done, on disk: what a later run goes on from, and what it need not do
//! again.

mod entry;
mod folder;

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde_json::Value;

pub(crate) use self::entry::{Entry, Print};
use crate::exit::Failure;
use crate::io::Variables;
use crate::settings::state_folder;

/// The folder of the records.
#[derive(Debug, Clone)]
pub(crate) struct Records(PathBuf);

/// Where uploads go: each place has records of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Home {
    pub(crate) endpoint: String,
    pub(crate) project_id: String,
}

/// The upload of one file to one place: an entry, and the journal of the library beside it for as
/// long as the upload has not ended.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    pub(crate) entry: Entry,
    file: PathBuf,
}

/// What the journal of an upload says.
#[derive(Debug, Clone)]
pub(crate) struct Begun {
    /// `None` if it is not known whether there is one.
    pub(crate) asset_id: Option<String>,
    pub(crate) title: Option<String>,
    /// The file, as it was then.
    pub(crate) print: Print,
    /// When it was written.
    pub(crate) at: Option<SystemTime>,
}

impl Records {
    /// The records of this user.
    ///
    /// # Errors
    ///
    /// No variable says where they are, or the folder cannot be made.
    pub(crate) fn open(variables: &Variables) -> Result<Self, Failure> {
        let Some(state) = state_folder(variables) else {
            return Err(Failure::usage_with(
                "there is no folder for the journals of uploads",
                "set HOME or XDG_STATE_HOME",
            ));
        };
        let path = state.join("uploads");
        folder::make(&path).map_err(|error| {
            let path = path.display();
            Failure::usage(format!("the folder {path} cannot be made: {error}"))
        })?;
        Ok(Self(path))
    }

    /// The record of a file, by its absolute path: an empty one, if there is none.
    pub(crate) fn of(&self, home: &Home, path: &Path) -> Record {
        let parts = [home.endpoint.as_str(), &home.project_id];
        let parts = parts.map(OsStr::new);
        let name = name(parts.into_iter().chain([path.as_os_str()]));
        let file = self.0.join(name).with_extension("json");
        let known = entry::read(&file).filter(|entry| entry.is_of(home, path));
        let entry = known.unwrap_or_else(|| Entry {
            endpoint: home.endpoint.clone(),
            project_id: home.project_id.clone(),
            path: path.to_owned(),
            ..Entry::default()
        });
        Record { entry, file }
    }

    /// The uploads that did not end, to whatever place, by their paths.
    ///
    /// # Errors
    ///
    /// The folder cannot be read.
    pub(crate) fn unfinished(&self) -> Result<Vec<Record>, Failure> {
        let listed = fs::read_dir(&self.0).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        let listed = listed.map_err(|error| {
            let path = self.0.display();
            Failure::usage(format!("the folder {path} cannot be read: {error}"))
        })?;
        let journals = listed.into_iter().map(|file| file.path());
        let journals = journals.filter(|path| path.extension() == Some(OsStr::new(JOURNAL)));
        let records = journals.filter_map(|path| {
            let file = path.with_extension("json");
            let entry = entry::read(&file)?;
            Some(Record { entry, file })
        });
        let mut records: Vec<_> = records.collect();
        records.sort_by(|one, other| one.entry.path.cmp(&other.entry.path));
        Ok(records)
    }
}

const JOURNAL: &str = "journal";

impl Entry {
    fn is_of(&self, home: &Home, path: &Path) -> bool {
        self.endpoint == home.endpoint && self.project_id == home.project_id && self.path == path
    }
}

impl Record {
    /// Whether the upload goes to this place.
    pub(crate) fn is_at(&self, home: &Home) -> bool {
        self.entry.endpoint == home.endpoint && self.entry.project_id == home.project_id
    }

    /// The journal of the library.
    pub(crate) fn journal(&self) -> PathBuf {
        self.file.with_extension(JOURNAL)
    }

    /// What the journal says; `None` if there is none, or none that can be read.
    pub(crate) fn begun(&self) -> Option<Begun> {
        let path = self.journal();
        let journal: Value = serde_json::from_str(&fs::read_to_string(&path).ok()?).ok()?;
        let text = |value: &Value| value.as_str().map(str::to_owned);
        Some(Begun {
            asset_id: text(&journal["asset_id"]),
            title: text(&journal["request"]["title"]),
            print: Print {
                size: journal["media"]["size"].as_u64().unwrap_or_default(),
                modified: journal["media"]["modified"].as_u64(),
            },
            at: fs::metadata(&path).and_then(|facts| facts.modified()).ok(),
        })
    }

    /// Keeps the entry.
    ///
    /// # Errors
    ///
    /// It cannot be written.
    pub(crate) fn save(&self) -> io::Result<()> {
        entry::write(&self.file, &self.entry)
    }

    /// Removes the entry, and the journal if there is one.
    ///
    /// # Errors
    ///
    /// One of them is there, and cannot be removed.
    pub(crate) fn remove(&self) -> io::Result<()> {
        for path in [self.journal(), self.file.clone()] {
            match fs::remove_file(path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }
}

/// A name for files, made of the parts: the FNV-1a hash of 64 bits, which is the same in each
/// version. An entry says of which upload it is, so that two with one name are no harm.
fn name<'p>(parts: impl Iterator<Item = &'p OsStr>) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for part in parts {
        // No part has a zero byte.
        for byte in part.as_encoded_bytes().iter().chain([&0]) {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("{hash:016x}")
}
