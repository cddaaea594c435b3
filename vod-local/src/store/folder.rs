//! A folder that the bytes of objects are kept in, for longer than the process lives.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use crate::lock::lock;

/// The folder. Files have numbers for names, so keys of objects never become paths.
#[derive(Debug, Clone)]
pub(crate) struct Folder(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    path: PathBuf,
    /// The highest number that a file has.
    number: AtomicU64,
    /// Files that nothing needs any more, but that the last saved state may still name.
    unused: Mutex<Vec<String>>,
}

/// A file that is being written.
#[derive(Debug)]
pub(super) struct FolderWriter {
    folder: Folder,
    name: String,
    file: File,
}

/// A file that is written. It is unused once this is dropped.
#[derive(Debug)]
pub(super) struct FolderFile {
    folder: Folder,
    pub(super) name: String,
}

/// The end of the names of files that are not whole.
const PART: &str = "part";

impl Folder {
    /// Makes the folder if it is not there.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        fs::create_dir_all(path)?;
        let mut number = 0;
        for entry in fs::read_dir(path)? {
            let name = entry?.file_name();
            let name = name.to_str().and_then(|name| name.split('.').next());
            let found = name.and_then(|name| u64::from_str_radix(name, 16).ok());
            number = number.max(found.unwrap_or(0));
        }
        Ok(Self(Arc::new(Inner {
            path: path.to_owned(),
            number: AtomicU64::new(number),
            unused: Mutex::default(),
        })))
    }

    /// Deletes all files but those with these names.
    pub(crate) fn keep_only(&self, names: &BTreeSet<String>) -> io::Result<()> {
        for entry in fs::read_dir(&self.0.path)? {
            let entry = entry?;
            let is_needed = entry
                .file_name()
                .to_str()
                .is_some_and(|name| names.contains(name));
            if !is_needed && entry.file_type()?.is_file() {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }

    /// The files that became unused so far.
    pub(crate) fn take_unused(&self) -> Vec<String> {
        std::mem::take(&mut *lock(&self.0.unused))
    }

    /// Deletes unused files, once no saved state names them.
    pub(crate) fn delete(&self, names: Vec<String>) {
        for name in names {
            // One that is still being read cannot be deleted everywhere. It is, at the next start.
            let _ = fs::remove_file(self.path(&name));
        }
    }

    /// Has them deleted later.
    pub(crate) fn put_back(&self, names: Vec<String>) {
        lock(&self.0.unused).extend(names);
    }

    pub(super) fn writer(&self) -> io::Result<FolderWriter> {
        let number = self.0.number.fetch_add(1, Ordering::Relaxed) + 1;
        let name = format!("{number:016x}");
        let file = File::create_new(self.path(&name).with_extension(PART))?;
        Ok(FolderWriter {
            folder: self.clone(),
            name,
            file,
        })
    }

    /// A file that an earlier process wrote.
    pub(super) fn file(&self, name: String) -> FolderFile {
        let folder = self.clone();
        FolderFile { folder, name }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path.join(name)
    }
}

impl FolderWriter {
    pub(super) fn write(&mut self, chunk: &[u8]) -> io::Result<()> {
        self.file.write_all(chunk)
    }

    /// The file is whole, and survives a loss of power.
    pub(super) fn finish(self) -> io::Result<FolderFile> {
        self.file.sync_all()?;
        let path = self.folder.path(&self.name);
        fs::rename(path.with_extension(PART), path)?;
        let name = self.name.clone();
        Ok(self.folder.file(name))
    }
}

/// A file that is not finished goes away.
impl Drop for FolderWriter {
    fn drop(&mut self) {
        let path = self.folder.path(&self.name).with_extension(PART);
        // It is not there if the file was finished.
        let _ = fs::remove_file(path);
    }
}

impl FolderFile {
    pub(super) fn open(&self) -> io::Result<File> {
        File::open(self.folder.path(&self.name))
    }
}

impl Drop for FolderFile {
    fn drop(&mut self) {
        lock(&self.folder.0.unused).push(self.name.clone());
    }
}
