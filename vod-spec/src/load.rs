//! From a folder, or from texts, to the checked description.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::Api;
use crate::read::Reader;
use crate::source::{SourceFile, SourceId, Sources, Span};
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
    let mut folder = Folder {
        files: Vec::new(),
        diagnostics: Vec::new(),
    };
    folder.read(root, root);
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

fn checked(files: impl IntoIterator<Item = SourceFile>) -> (Option<Api>, Diagnostics) {
    let sources = Sources::new(files);
    let mut reader = Reader::default();
    let parts = read_parts(&sources, &mut reader);
    let (api, diagnostics) = validate::validate(&parts, &sources, reader.diagnostics);
    (api, Diagnostics::new(sources, diagnostics))
}

/// Everything that the files say.
#[derive(Default)]
pub(crate) struct Parts {
    pub(crate) service: Option<(SourceId, raw::Service)>,
    pub(crate) shared_types: Vec<(SourceId, raw::Type)>,
    pub(crate) operations: Vec<(SourceId, raw::Operation)>,
    /// Whether there is a file of shared types that is no YAML.
    pub(crate) lost_types: bool,
}

fn read_parts(sources: &Sources, reader: &mut Reader) -> Parts {
    let mut parts = Parts::default();
    let mut has_service = false;
    for (id, file) in sources.iter() {
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
                .help("put it into service.yaml, types/NAME.yaml or SECTION/OPERATION.yaml"),
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

struct Folder {
    files: Vec<SourceFile>,
    diagnostics: Vec<Diagnostic>,
}

impl Folder {
    fn read(&mut self, root: &Path, folder: &Path) {
        let listing = fs::read_dir(folder).and_then(|entries| {
            entries
                .map(|entry| entry.and_then(|it| Ok((it.path(), it.file_type()?))))
                .collect::<Result<Vec<_>, _>>()
        });
        let mut entries = match listing {
            Ok(entries) => entries,
            Err(error) => return self.unreadable(folder, &error.to_string()),
        };
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
        }
    }

    fn read_file(&mut self, root: &Path, path: &Path) {
        match read_text(path) {
            Ok(text) => {
                let below = path.strip_prefix(root).unwrap_or(path);
                self.files.push(SourceFile {
                    path: with_slashes(path),
                    name: with_slashes(below),
                    text,
                });
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

/// The text of a file. Pipes and devices are none: they may wait for ever, or never end.
fn read_text(path: &Path) -> io::Result<String> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is no file"));
    }
    let limit = yaml::MAX_BYTES;
    let mut bytes = Vec::new();
    // Files can grow while they are read.
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    File::open(path)?.take(most).read_to_end(&mut bytes)?;
    if bytes.len() > limit {
        return Err(io::Error::other(format!("it is larger than {limit} bytes")));
    }
    String::from_utf8(bytes).map_err(|_| io::Error::other("it is no UTF-8"))
}

fn with_slashes(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
