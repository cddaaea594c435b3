//! From a folder, or from texts, to the checked description.

use std::fs;
use std::path::{MAIN_SEPARATOR, Path};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::disk::{self, PATIENCE};
use crate::model::Api;
use crate::raw::Parts;
use crate::source::{SourceFile, SourceId, Sources, Span, hidden};
use crate::yaml::read::Reader;
use crate::{raw, validate, yaml};

/// Reads all YAML files below `root`, but for those that are hidden, and checks them.
///
/// # Errors
///
/// The files and folders that cannot be read; if all can, all mistakes of all files.
pub fn load_dir(root: &Path) -> Result<Api, Diagnostics> {
    load_sources(files(root)?)
}

/// The same while files are being written: what they say so far, and the mistakes that are left.
///
/// # Errors
///
/// The files and folders that cannot be read; all mistakes, where nothing can be told without `service.yaml`.
pub fn load_unfinished(root: &Path) -> Result<(Api, Diagnostics), Diagnostics> {
    match checked(files(root)?) {
        (Some(api), diagnostics) => Ok((api, diagnostics)),
        (None, diagnostics) => Err(diagnostics),
    }
}

fn files(root: &Path) -> Result<Vec<SourceFile>, Diagnostics> {
    let below = root.to_owned();
    let read = disk::within(PATIENCE, move || {
        let mut folder = Folder::default();
        folder.read(&below, &below);
        folder
    });
    let folder = read.unwrap_or_else(|error| {
        let mut folder = Folder::default();
        folder.unreadable(root, &error.to_string());
        folder
    });
    if folder.diagnostics.is_empty() {
        Ok(folder.files)
    } else {
        Err(Diagnostics::new(Sources::default(), folder.diagnostics))
    }
}

/// Checks files that were read already. Their order does not matter.
///
/// # Errors
///
/// All mistakes of all files.
pub fn load_sources(files: impl IntoIterator<Item = SourceFile>) -> Result<Api, Diagnostics> {
    let (api, diagnostics) = checked(files);
    match api {
        Some(api) if diagnostics.iter().next().is_none() => Ok(api),
        _ => Err(diagnostics),
    }
}

/// What texts say so far, whatever mistakes are left.
#[cfg(feature = "drift")]
pub(crate) fn load_draft(files: impl IntoIterator<Item = SourceFile>) -> Option<Api> {
    checked(files).0
}

fn checked(files: impl IntoIterator<Item = SourceFile>) -> (Option<Api>, Diagnostics) {
    let sources = Sources::new(files);
    let mut reader = Reader::default();
    let parts = read_parts(&sources, &mut reader);
    let (api, diagnostics) = validate::validate(&parts, &sources, reader.diagnostics);
    (api, Diagnostics::new(sources, diagnostics))
}

fn read_parts(sources: &Sources, reader: &mut Reader) -> Parts {
    let mut parts = Parts::default();
    let mut has_service = false;
    for (id, file) in sources.iter() {
        if file.name.contains(hidden) {
            reader.report(hidden_name(id, file));
            continue;
        }
        let root = match yaml::parse(id, file) {
            Ok(root) => root,
            Err(diagnostic) => {
                has_service |= file.name == "service.yaml";
                parts.lost_types |= file.name.starts_with("types/");
                reader.report(diagnostic);
                continue;
            }
        };
        match file.name.split('/').collect::<Vec<_>>().as_slice() {
            ["service.yaml"] => {
                has_service = true;
                parts.service = raw::service(reader, &root).map(|service| (id, service));
            }
            ["types", _] if root.entry("operation").is_some() => reader.report(
                Diagnostic::new(
                    Code::WrongPlace,
                    start_of(id),
                    "types/ holds what operations share, and this is an operation",
                )
                .help("move it to the folder of its section"),
            ),
            ["types", _] => {
                let types = raw::shared_types(reader, &root);
                parts
                    .shared_types
                    .extend(types.into_iter().map(|ty| (id, ty)));
            }
            ["notifications", _] if root.entry("operation").is_some() => reader.report(
                Diagnostic::new(
                    Code::WrongPlace,
                    start_of(id),
                    "notifications/ holds events, and this is an operation",
                )
                .help("move it to the folder of its section"),
            ),
            ["notifications", _] => {
                let event = raw::event(reader, &root);
                parts.events.extend(event.map(|event| (id, event)));
            }
            [_, _] => {
                let operation = raw::operation(reader, &root);
                parts
                    .operations
                    .extend(operation.map(|operation| (id, operation)));
            }
            _ => reader.report(
                Diagnostic::new(
                    Code::WrongPlace,
                    start_of(id),
                    format!(
                        "`{}` is none of the files that a description has",
                        file.name
                    ),
                )
                .help("put it into service.yaml, types/NAME.yaml, notifications/EVENT.yaml or SECTION/OPERATION.yaml"),
            ),
        }
    }
    if !has_service {
        reader.report(
            Diagnostic::without_place(Code::MissingKey, "the description has no service.yaml")
                .help(
                    "it holds what all operations share; spec/README.md has the keys of `service`",
                ),
        );
    }
    parts
}

/// Names appear in comments of the generated code, where a line break would end them.
fn hidden_name(id: SourceId, file: &SourceFile) -> Diagnostic {
    let message = format!(
        "the name of `{}` contains a control character, or one that changes the direction of text",
        file.name
    );
    Diagnostic::new(Code::WrongPlace, start_of(id), message)
        .help("rename it; letters, digits and `-` are enough")
}

fn start_of(source: SourceId) -> Span {
    Span {
        source,
        start: 0,
        end: 0,
    }
}

/// Whether a file of this name, below the folder of the description, is part of it.
///
/// Editors lock and back up files under names that start with a dot.
pub fn is_source(name: &str) -> bool {
    let extension = Path::new(name).extension();
    let is_yaml = extension
        .is_some_and(|it| it.eq_ignore_ascii_case("yaml") || it.eq_ignore_ascii_case("yml"));
    is_yaml && !name.split('/').any(|part| part.starts_with('.'))
}

/// The largest number of files and folders of a description; that of this repository has about a hundred.
const MAX_ENTRIES: usize = 10_000;

/// The largest size of all of its files together, in bytes.
const MAX_BYTES: usize = 64 << 20;

#[derive(Default)]
struct Folder {
    files: Vec<SourceFile>,
    diagnostics: Vec<Diagnostic>,
    /// How many files and folders were found so far, of any kind.
    entries: usize,
    /// How many bytes the files have together.
    bytes: usize,
}

impl Folder {
    fn is_full(&self) -> bool {
        self.entries > MAX_ENTRIES || self.bytes > MAX_BYTES
    }

    fn read(&mut self, root: &Path, folder: &Path) {
        let left = (MAX_ENTRIES + 1).saturating_sub(self.entries);
        let listing = fs::read_dir(folder).and_then(|entries| {
            entries
                .take(left)
                .map(|entry| entry.and_then(|it| Ok((it.path(), it.file_type()?))))
                .collect::<Result<Vec<_>, _>>()
        });
        let mut entries = match listing {
            Ok(entries) => entries,
            Err(error) => return self.unreadable(folder, &error.to_string()),
        };
        self.entries += entries.len();
        if self.is_full() {
            let why = format!("the description has more than {MAX_ENTRIES} files and folders");
            return self.unreadable(folder, &why);
        }
        entries.sort_by(|(a, _), (b, _)| a.cmp(b));
        for (path, kind) in entries {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if name.starts_with('.') {
                continue;
            }
            // A link can lead back to a folder above: to follow it might never end.
            if kind.is_symlink() && path.is_dir() {
                self.unreadable(&path, "links to folders are not followed");
            } else if kind.is_dir() {
                self.read(root, &path);
            } else if is_source(&name) {
                self.read_file(root, &path);
            }
            if self.is_full() {
                return;
            }
        }
    }

    fn read_file(&mut self, root: &Path, path: &Path) {
        let below = path.strip_prefix(root).unwrap_or(path);
        // Two names that are not Unicode could look the same.
        if below.to_str().is_none() {
            return self.unreadable(path, "its name is not UTF-8");
        }
        match disk::text(path, yaml::MAX_BYTES) {
            Ok(text) => {
                self.bytes += text.len();
                self.files.push(SourceFile {
                    path: with_slashes(path),
                    name: with_slashes(below),
                    text,
                });
                if self.bytes > MAX_BYTES {
                    let why =
                        format!("the files of the description have more than {MAX_BYTES} bytes");
                    self.unreadable(path, &why);
                }
            }
            Err(error) => self.unreadable(path, &error.to_string()),
        }
    }

    fn unreadable(&mut self, path: &Path, why: &str) {
        self.diagnostics.push(Diagnostic::without_place(
            Code::Unreadable,
            format!("cannot read {}: {why}", with_slashes(path)),
        ));
    }
}

/// A path for messages. On Unix, `\` is an ordinary character.
fn with_slashes(path: &Path) -> String {
    path.to_string_lossy().replace(MAIN_SEPARATOR, "/")
}
