//! Where files go.

use std::collections::HashMap;
use std::path::{MAIN_SEPARATOR, PathBuf};

use crate::exit::Failure;

/// A file, or a folder of files.
pub(super) enum Target {
    File(PathBuf),
    Folder(PathBuf),
}

impl Target {
    /// A path for so many files. It is a folder if it is there as one, ends like one, or there are
    /// several files.
    pub(super) fn new(to: &str, files: usize) -> Result<Self, Failure> {
        let path = PathBuf::from(to);
        if !path.is_dir() && files == 1 && !to.ends_with(['/', MAIN_SEPARATOR]) {
            return Ok(Self::File(path));
        }
        std::fs::create_dir_all(&path)
            .map_err(|why| Failure::usage(format!("--to {to}: {why}")))?;
        Ok(Self::Folder(path))
    }
}

/// The places of files, each for one media asset.
pub(super) struct Places {
    target: Target,
    is_forced: bool,
    taken: HashMap<PathBuf, String>,
}

impl Places {
    /// Files that are there stay, unless it `is_forced`.
    pub(super) fn new(target: Target, is_forced: bool) -> Self {
        Self {
            target,
            is_forced,
            taken: HashMap::new(),
        }
    }

    /// The place of a file.
    ///
    /// # Errors
    ///
    /// There is a file already, or another one of this run goes there.
    pub(super) fn of(&mut self, id: &str, name: &str) -> Result<PathBuf, Failure> {
        let place = match &self.target {
            Target::File(path) => path.clone(),
            Target::Folder(folder) => folder.join(name),
        };
        let shown = place.display();
        if let Some(other) = self.taken.get(&place) {
            return Err(Failure::usage_with(
                format!("{shown} is the file of {other}, too"),
                "--to takes another name, for one media asset at a time",
            ));
        }
        if !self.is_forced && place.exists() {
            return Err(Failure::usage_with(
                format!("{shown} is there already"),
                "--force replaces it",
            ));
        }
        self.taken.insert(place.clone(), id.to_owned());
        Ok(place)
    }
}
