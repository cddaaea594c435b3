//! The files that arguments name.

use std::fs;
use std::path::{Path, PathBuf};

use vod_api::model::CreateAssetByFileUploadRequest;
use vod_api::operation::Operation;

use crate::commands::upload::glob::Pattern;
use crate::commands::values_of;
use crate::exit::Failure;
use crate::records::Print;

/// Which files of folders are meant.
#[derive(Debug, Default)]
pub(super) struct Filter {
    /// Whether folders are looked through.
    pub(super) recursive: bool,
    /// Files have to match one of these, if there are any.
    pub(super) include: Vec<Pattern>,
    /// Files may match none of these.
    pub(super) exclude: Vec<Pattern>,
}

/// A file to be uploaded.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// Absolute.
    pub(super) path: PathBuf,
    /// The path as it was given, for people.
    pub(super) name: String,
    pub(super) print: Print,
}

/// The files that were found, and how many of those in folders were left out as they have no format
/// that the service takes, or are empty.
#[derive(Debug, Default)]
pub(super) struct Files {
    pub(super) files: Vec<Found>,
    pub(super) left_out: usize,
}

/// Finds the files at paths: each once, those of a folder in the order of their names.
///
/// # Errors
///
/// Something is not there, or cannot be uploaded. Nothing was sent.
pub(super) fn find(paths: &[PathBuf], filter: &Filter) -> Result<Files, Failure> {
    let mut files = Files::default();
    for path in paths {
        let facts = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
        if facts.is_dir() {
            if !filter.recursive {
                let message = format!("{} is a folder", path.display());
                return Err(Failure::usage_with(message, "-r uploads what is in it"));
            }
            files.look_through((path, Path::new("")), filter)?;
        } else if filter.takes(&slashed(path)) {
            check(path, &facts)?;
            files.add(path)?;
        }
    }
    if files.files.is_empty() {
        return Err(Failure::usage("there are no media files to upload"));
    }
    Ok(files)
}

impl Files {
    /// Adds the files of a folder: `within` leads there from the one that was named.
    fn look_through(
        &mut self,
        (top, within): (&Path, &Path),
        filter: &Filter,
    ) -> Result<(), Failure> {
        let folder = top.join(within);
        let listed = fs::read_dir(&folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        let mut listed = listed.map_err(|error| unreadable(&folder, &error))?;
        listed.sort_by_key(fs::DirEntry::file_name);
        for item in listed {
            let (path, within) = (item.path(), within.join(item.file_name()));
            if item.file_name().as_encoded_bytes().starts_with(b".") {
                continue;
            }
            // Links to files are followed, links to folders are not: they can lead back.
            let kind = item
                .file_type()
                .map_err(|error| unreadable(&path, &error))?;
            if kind.is_dir() {
                self.look_through((top, &within), filter)?;
                continue;
            }
            let facts = fs::metadata(&path).ok().filter(fs::Metadata::is_file);
            if let Some(facts) = facts.filter(|_| filter.takes(&slashed(&within))) {
                match check(&path, &facts) {
                    Ok(()) => self.add(&path)?,
                    Err(_) => self.left_out += 1,
                }
            }
        }
        Ok(())
    }

    fn add(&mut self, path: &Path) -> Result<(), Failure> {
        let absolute = std::path::absolute(path).map_err(|error| unreadable(path, &error))?;
        let print = Print::of(path).map_err(|error| unreadable(path, &error))?;
        if !self.files.iter().any(|known| known.path == absolute) {
            self.files.push(Found {
                path: absolute,
                name: path.display().to_string(),
                print,
            });
        }
        Ok(())
    }
}

impl Filter {
    fn takes(&self, path: &str) -> bool {
        let is_one_of = |patterns: &[Pattern]| patterns.iter().any(|it| it.matches(path));
        (self.include.is_empty() || is_one_of(&self.include)) && !is_one_of(&self.exclude)
    }
}

/// Refuses what the service does not take.
fn check(path: &Path, facts: &fs::Metadata) -> Result<(), Failure> {
    let name = path.display();
    if !facts.is_file() {
        return Err(Failure::usage(format!("{name} is not a file")));
    }
    if facts.len() == 0 {
        return Err(Failure::usage(format!("{name} is empty")));
    }
    let taken = values_of(CreateAssetByFileUploadRequest::META, "video_type");
    let format = format(path);
    if taken.contains(&format.as_str()) {
        return Ok(());
    }
    let message = match format.as_str() {
        "" => format!("{name} has no extension that tells its format"),
        format => format!("{name} has the format {format}, which the service does not take"),
    };
    Err(Failure::usage_with(
        message,
        format!("it takes {}", taken.join(", ")),
    ))
}

/// The format of a file by its extension, as the service writes it.
pub(super) fn format(path: &Path) -> String {
    let extension = path.extension().unwrap_or_default();
    extension.to_string_lossy().to_ascii_uppercase()
}

/// A path with `/` between its names, as patterns have it.
fn slashed(path: &Path) -> String {
    let names = path.iter().map(|name| name.to_string_lossy());
    names.collect::<Vec<_>>().join("/")
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::usage(format!("{} cannot be read: {error}", path.display()))
}
