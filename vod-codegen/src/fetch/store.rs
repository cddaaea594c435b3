//! The folder that all is written to, and nothing outside of it.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::client::Version;
use super::sources::{MAX_BYTES, is_name};
use super::state::{Got, State};
use super::{Address, Problem};

/// The file that says what was got. What reads the folder leaves it alone, as it is hidden.
const STATE: &str = ".fetched.json";

pub(super) struct Store {
    folder: PathBuf,
    pub(super) state: State,
}

/// A file of the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    folder: &'static str,
    name: String,
}

/// What a new text means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    New,
    Changed,
    Same,
}

impl Target {
    /// A file with this ending; the name comes from elsewhere, and is checked.
    pub(super) fn new(
        folder: &'static str,
        name: &str,
        ending: &'static str,
    ) -> Result<Self, Problem> {
        if !is_name(name) {
            return Err(Problem::Name(name.to_owned()));
        }
        Ok(Self {
            folder,
            name: format!("{name}.{ending}"),
        })
    }

    /// Its path below the folder, with `/`.
    pub(super) fn file(&self) -> String {
        format!("{}/{}", self.folder, self.name)
    }
}

impl Store {
    /// Opens the folder, which is made if it is missing.
    pub(super) fn open(folder: &Path) -> Result<Self, Problem> {
        fs::create_dir_all(folder).map_err(|error| disk(folder, error))?;
        let path = folder.join(STATE);
        let state = match vod_spec::read_text(&path, MAX_BYTES) {
            Ok(text) => State::parse(&text)
                .map_err(|problem| disk(&path, io::Error::other(problem.to_string())))?,
            Err(error) if error.kind() == ErrorKind::NotFound => State::default(),
            Err(error) => return Err(disk(&path, error)),
        };
        let folder = folder.to_owned();
        Ok(Self { folder, state })
    }

    /// Whether this file was got before, even if it is gone by now.
    pub(super) fn had(&self, target: &Target) -> bool {
        self.state.files.contains_key(&target.file())
    }

    /// The version that is there, if it is from this address.
    pub(super) fn version(&self, target: &Target, address: &Address) -> Version {
        let got = self.state.files.get(&target.file());
        let got = got.filter(|it| it.address == address.to_string());
        match got {
            Some(got) if self.path(target).is_file() => got.version.clone(),
            _ => Version::default(),
        }
    }

    /// The text of a file that is there.
    pub(super) fn read(&self, target: &Target) -> Result<String, Problem> {
        let path = self.path(target);
        vod_spec::read_text(&path, MAX_BYTES).map_err(|error| disk(&path, error))
    }

    /// Writes a text, unless it is there already.
    pub(super) fn put(&mut self, target: &Target, text: &str) -> Result<Change, Problem> {
        let path = self.path(target);
        let change = match vod_spec::read_text(&path, MAX_BYTES) {
            Ok(there) if there == text => return Ok(Change::Same),
            Err(error) if error.kind() == ErrorKind::NotFound => Change::New,
            // What cannot be read is replaced.
            _ => Change::Changed,
        };
        let folder = self.folder.join(target.folder);
        fs::create_dir_all(&folder).map_err(|error| disk(&folder, error))?;
        // A link could lead out of the folder.
        let is_folder = fs::symlink_metadata(&folder).is_ok_and(|it| it.is_dir());
        if !is_folder {
            let error = io::Error::other("it is a link, not a folder");
            return Err(disk(&folder, error));
        }
        write(&path, text)?;
        Ok(change)
    }

    /// Keeps what the server said of a file.
    pub(super) fn remember(&mut self, target: &Target, address: &Address, version: Version) {
        let address = address.to_string();
        let got = Got { address, version };
        self.state.files.insert(target.file(), got);
    }

    /// Removes a file that is gone, so that nothing is compared with it. That it was there is kept.
    pub(super) fn remove(&self, target: &Target) -> Result<(), Problem> {
        let path = self.path(target);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(disk(&path, error)),
            _ => Ok(()),
        }
    }

    /// Forgets that a file was there: it is told only once that it is gone.
    pub(super) fn forget(&mut self, target: &Target) {
        if !self.path(target).exists() {
            self.state.files.remove(&target.file());
        }
    }

    /// The names of the files of a folder that were got before, of one ending.
    pub(super) fn names(&self, folder: &str, ending: &str) -> impl Iterator<Item = String> {
        let names = self.state.files.keys().filter_map(move |file| {
            let name = file.strip_prefix(folder)?.strip_prefix('/')?;
            name.strip_suffix(ending)?.strip_suffix('.')
        });
        names.map(str::to_owned)
    }

    /// Writes what was got.
    pub(super) fn save(&self) -> Result<(), Problem> {
        write(&self.folder.join(STATE), &self.state.text())
    }

    fn path(&self, target: &Target) -> PathBuf {
        self.folder.join(target.folder).join(&target.name)
    }
}

/// Writes a file whole or not at all.
fn write(path: &Path, text: &str) -> Result<(), Problem> {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".part");
    let part = path.with_file_name(name);
    let written = || {
        // What a run left that was stopped.
        let _ = fs::remove_file(&part);
        let mut file = File::create_new(&part)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&part, path)
    };
    written().map_err(|error| disk(path, error))
}

fn disk(path: &Path, error: io::Error) -> Problem {
    let path = path.to_string_lossy().into_owned();
    Problem::Disk { path, error }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_names_become_files() {
        let cases = [
            ("a name", "LendBook", true),
            ("with signs", "vod_04_0021-a.b", true),
            ("another folder", "../x", false),
            ("hidden", ".git", false),
            ("a folder", "a/b", false),
            ("a folder of Windows", "a\\b", false),
            ("a drive", "C:x", false),
            ("not ASCII", "借书", false),
            ("nothing", "", false),
        ];
        for (case, name, allowed) in cases {
            assert_eq!(
                Target::new("en-us", name, "html").is_ok(),
                allowed,
                "{case}"
            );
        }
        assert!(Target::new("en-us", &"x".repeat(101), "html").is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_place_of_a_folder_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let outside = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(outside.path(), folder.path().join("en-us")).unwrap();
        let mut store = Store::open(folder.path()).unwrap();
        let target = Target::new("en-us", "LendBook", "html").unwrap();
        assert!(store.put(&target, "text").is_err());
        assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
    }
}
