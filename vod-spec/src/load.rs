//! From a folder, or from texts, to the checked description.

use std::fs;
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
    let mut folder = Folder {
        files: Vec::new(),
        diagnostics: Vec::new(),
    };
    folder.read(root, root);
    if folder.diagnostics.is_empty() {
        load_sources(folder.files)
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
    let sources = Sources::new(files);
    let mut reader = Reader::default();
    let parts = read_parts(&sources, &mut reader);
    let (api, diagnostics) = validate::validate(&parts, &sources, reader.diagnostics);
    match api {
        Some(api) if diagnostics.is_empty() => Ok(api),
        _ => Err(Diagnostics::new(sources, diagnostics)),
    }
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
                    Span {
                        source: id,
                        start: 0,
                        end: 0,
                    },
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

struct Folder {
    files: Vec<SourceFile>,
    diagnostics: Vec<Diagnostic>,
}

impl Folder {
    fn read(&mut self, root: &Path, folder: &Path) {
        let listing = fs::read_dir(folder).and_then(|entries| {
            entries
                .map(|entry| entry.map(|entry| entry.path()))
                .collect::<Result<Vec<_>, _>>()
        });
        match listing {
            Ok(mut paths) => {
                paths.sort();
                for path in paths {
                    // Editors lock and back up files under such names.
                    let name = path.file_name().map(|it| it.as_encoded_bytes());
                    if name.is_some_and(|it| it.starts_with(b".")) {
                        continue;
                    }
                    if path.is_dir() {
                        self.read(root, &path);
                    } else if path
                        .extension()
                        .is_some_and(|it| it == "yaml" || it == "yml")
                    {
                        self.read_file(root, &path);
                    }
                }
            }
            Err(error) => self.unreadable(folder, &error.to_string()),
        }
    }

    fn read_file(&mut self, root: &Path, path: &Path) {
        let text = fs::metadata(path).and_then(|metadata| {
            if usize::try_from(metadata.len()).is_ok_and(|length| length <= yaml::MAX_BYTES) {
                fs::read_to_string(path)
            } else {
                let why = format!("it is larger than {} bytes", yaml::MAX_BYTES);
                Err(std::io::Error::other(why))
            }
        });
        match text {
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

fn with_slashes(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
