//! From the checked description to bindings: every name and type is decided here, and checked for collisions.

pub(crate) mod constraints;
pub(crate) mod docs;
mod example;
mod operations;
mod scope;
mod series;
mod types;

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::Path;

use vod_spec::model::{Api, TypeId};
use vod_spec::{Code, Diagnostic, Diagnostics, Spanned};

use crate::names;
use crate::rust::{Bindings, Constant, File, Module};

use self::docs::Docs;
use self::scope::Scope;

/// The module of the types that several operations use.
const SHARED_MODULE: &str = "shared";

/// Names of types that generated code or its readers count on to mean something else.
const RESERVED_TYPES: &[&str] = &[
    "AsRef",
    "BTreeMap",
    "Batched",
    "Box",
    "Bytes",
    "Call",
    "Client",
    "Clone",
    "Compact",
    "Condition",
    "Constraint",
    "Copy",
    "Day",
    "Debug",
    "Default",
    "Demand",
    "Described",
    "Drop",
    "Eq",
    "Err",
    "Error",
    "Fn",
    "From",
    "HeaderMap",
    "Into",
    "IntoIterator",
    "Iterator",
    "Literal",
    "Method",
    "Midnight",
    "None",
    "Ok",
    "Operation",
    "OperationMeta",
    "Option",
    "PageStyle",
    "Paginated",
    "Pagination",
    "Parameter",
    "PartialEq",
    "Property",
    "Region",
    "Response",
    "Result",
    "Rfc3339",
    "Schema",
    "Seconds",
    "Send",
    "Some",
    "Spaced",
    "StartsTask",
    "String",
    "Sync",
    "TaskFacts",
    "Test",
    "Time",
    "TimeFormat",
    "ToString",
    "UnrecognizedValue",
    "Unstated",
    "Utc",
    "Utc8",
    "Value",
    "Vec",
];

/// Names of parameters whose setters would hide what a call or a request can do already, or the request that they
/// change; `with_` is for options of a call.
const RESERVED_PARAMETERS: &[&str] = &[
    "clone",
    "default",
    "in_batches",
    "into_future",
    "into_request",
    "items",
    "maybe",
    "new",
    "pages",
    "request",
    "send",
    "send_blocking",
    "set",
    "start",
];

/// Names of fields whose setters would hide what any type can do already.
const RESERVED_FIELDS: &[&str] = &["clone", "default", "maybe", "new"];

/// Names of operations whose methods would stand beside one of the client's own, or hide what it can do already.
const RESERVED_METHODS: &[&str] = &["builder", "clone", "execute", "raw", "task"];

/// Decides everything about the bindings.
///
/// # Errors
///
/// See [`generate`](crate::generate).
pub(crate) fn lower(api: &Api) -> Result<Bindings, Diagnostics> {
    let mut lowering = Lowering {
        api,
        docs: Docs { api },
        diagnostics: Vec::new(),
        type_names: Vec::new(),
        boxed: types::boxed_fields(api),
    };
    lowering.name_types();
    let bindings = lowering.bindings();
    if lowering.diagnostics.is_empty() {
        Ok(bindings)
    } else {
        Err(Diagnostics::new(api.sources.clone(), lowering.diagnostics))
    }
}

/// A thing that gets a Rust name.
#[derive(Clone, Copy)]
struct Naming<'n> {
    name: &'n Spanned<String>,
    /// The Rust name that the description gives it.
    given: Option<&'n Spanned<String>>,
    /// How a Rust name follows from its own.
    follow: fn(&str) -> Option<String>,
}

impl<'n> Naming<'n> {
    fn of(name: &'n Spanned<String>, follow: fn(&str) -> Option<String>) -> Self {
        Self {
            name,
            given: None,
            follow,
        }
    }

    /// With the Rust name that the description gives it, if there is one.
    fn or(self, given: &'n Option<Spanned<String>>) -> Self {
        Self {
            given: given.as_ref(),
            ..self
        }
    }
}

pub(crate) struct Lowering<'a> {
    api: &'a Api,
    docs: Docs<'a>,
    diagnostics: Vec<Diagnostic>,
    /// The Rust name of every type, in the order of their ids.
    type_names: Vec<String>,
    /// Fields, by type and wire name, that hold their own type and so need a box.
    boxed: BTreeSet<(TypeId, String)>,
}

impl Lowering<'_> {
    /// First all names of types, so that whatever refers to them finds them.
    fn name_types(&mut self) {
        let mut scope = Scope::new("a type", RESERVED_TYPES);
        for operation in &self.api.operations {
            for suffix in ["Request", "Response"] {
                let name = Spanned::new(
                    format!("{}{suffix}", operation.name.value),
                    operation.name.span,
                );
                scope.claim(&name.value.clone(), &name, &mut self.diagnostics);
            }
        }
        let mut type_names = Vec::new();
        for ty in &self.api.types {
            type_names
                .push(self.claim(&mut scope, Naming::of(&ty.name, names::camel).or(&ty.rust)));
        }
        self.type_names = type_names;
    }

    /// The Rust name of a thing, which must be free in `scope`. Where there is none, that is reported, and the name is
    /// empty: nothing is generated any more.
    fn claim(&mut self, scope: &mut Scope, thing: Naming<'_>) -> String {
        let Some(rust) = self.rust_name(thing, scope.help()) else {
            return String::new();
        };
        let at = thing.given.unwrap_or(thing.name);
        scope.claim(&rust, at, &mut self.diagnostics);
        rust
    }

    /// The name that is written for a thing, or the one that follows from its name.
    fn rust_name(&mut self, thing: Naming<'_>, help: &'static str) -> Option<String> {
        let Naming {
            name,
            given,
            follow,
        } = thing;
        match given {
            // What is written has to be in the right case already, so that the spec shows the real name.
            Some(given) => {
                let made = names::usable(&given.value).filter(|made| *made == given.value);
                if made.is_none() || follow(&given.value) != made {
                    self.diagnostics.push(
                        Diagnostic::new(
                            Code::ReservedName,
                            given.span,
                            format!("`{}` is no name that Rust would use here", given.value),
                        )
                        .help("small letters with `_` for fields, `CamelCase` for types and values, no keyword"),
                    );
                    return None;
                }
                made
            }
            None => {
                let made = follow(&name.value);
                if made.is_none() {
                    self.diagnostics.push(
                        Diagnostic::new(
                            Code::ReservedName,
                            name.span,
                            format!("no Rust name follows from `{}`", name.value),
                        )
                        .help(help),
                    );
                }
                made
            }
        }
    }

    fn bindings(&mut self) -> Bindings {
        let api = self.api;
        let mut sections = Vec::new();
        let mut scope = Scope::new("a section", &[SHARED_MODULE])
            .with_help("give the section another title in service.yaml");
        // The client has the methods of all sections.
        let mut methods = Scope::new("an operation", RESERVED_METHODS).with_help(
            "operations keep the vendor's names: rename what the client has, or leave one of them out",
        );
        let types = api.types.iter().map(|ty| ty.file.as_str());
        let shared: BTreeSet<_> = types.filter(|file| file.starts_with("types/")).collect();
        if !shared.is_empty() {
            sections.push(Module {
                name: SHARED_MODULE.to_owned(),
                docs: vec!["Types that several operations use.".to_owned()],
                files: self.files(shared, &mut methods),
            });
        }
        for (index, section) in api.service.sections.iter().enumerate() {
            let operations: Vec<_> = api
                .operations
                .iter()
                .filter(|it| it.section == index)
                .collect();
            let Some(first) = operations.first() else {
                continue;
            };
            // The folder has the words of the title set apart already.
            let at = Spanned::new(section.folder.clone(), first.name.span);
            let name = self.claim(&mut scope, Naming::of(&at, names::snake));
            let sources = operations.iter().map(|it| it.file.as_str());
            let mut files = self.files(sources, &mut methods);
            if let Some(first) = files.iter_mut().find_map(|file| file.operation.as_mut()) {
                let heading = format!("# {}", section.title);
                first.method.heading = self.docs.paragraphs([heading, section.doc.clone()]);
            }
            sections.push(Module {
                name,
                docs: self.docs.paragraphs([format!(
                    "{}: {}",
                    section.title,
                    lower_first(&section.doc)
                )]),
                files,
            });
        }
        Bindings {
            endpoint: api.service.endpoint.clone(),
            regions: self.regions(),
            error_codes: self.error_codes(),
            sections,
        }
    }

    fn regions(&mut self) -> Vec<Constant> {
        let mut scope = Scope::new("a region", &[])
            .with_help("leave the region out: clients take any id as text");
        let regions = &self.api.service.regions;
        regions
            .iter()
            .map(|(id, name)| Constant {
                name: self.claim(&mut scope, Naming::of(id, names::shouty)),
                value: id.value.clone(),
                docs: vec![format!("{name} (`{}`).", id.value)],
            })
            .collect()
    }

    fn error_codes(&mut self) -> Vec<Constant> {
        let mut scope = Scope::new("an error code", &[])
            .with_help("leave the code out: errors have it as text all the same");
        let codes = &self.api.service.error_codes;
        codes
            .iter()
            .map(|code| Constant {
                name: self.claim(&mut scope, Naming::of(&code.code, names::shouty)),
                value: code.code.value.clone(),
                docs: self.docs.of_error_code(code),
            })
            .collect()
    }

    /// The bindings of the files of one module, in order.
    fn files<'f>(
        &mut self,
        sources: impl IntoIterator<Item = &'f str>,
        methods: &mut Scope,
    ) -> Vec<File> {
        let api = self.api;
        let mut scope = Scope::new("a module", &[]).with_help("give the file another name");
        let mut files = Vec::new();
        for source in sources {
            let operation = api.operations.iter().find(|it| it.file == source);
            let order = self.type_order(source);
            let first = order.first().and_then(|id| api.type_def(*id));
            let Some(name) = operation.map(|it| &it.name).or(first.map(|it| &it.name)) else {
                continue;
            };
            let stem = Path::new(source).file_stem().and_then(OsStr::to_str);
            let at = Spanned::new(stem.unwrap_or_default().to_owned(), name.span);
            let module = self.claim(&mut scope, Naming::of(&at, names::snake));
            let operation = operation.map(|operation| self.operation(operation, methods));
            let types: Vec<_> = order
                .into_iter()
                .filter_map(|id| self.type_def(id))
                .collect();
            files.push(File {
                module,
                imports: self.imports(operation.as_ref(), &types, source),
                source: format!("spec/{source}"),
                operation,
                types,
            });
        }
        files
    }
}

/// A sentence as the second part of another one; words that are capitals throughout stay, but for `A`.
fn lower_first(sentence: &str) -> String {
    let mut chars = sentence.chars();
    let first = chars.next();
    let rest = chars.as_str();
    match first {
        Some(first) if rest.starts_with(char::is_lowercase) || sentence.starts_with("A ") => {
            first.to_lowercase().chain(rest.chars()).collect()
        }
        _ => sentence.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;

    use super::*;

    /// The Rust files in a folder and those below it.
    fn sources(folder: &Path) -> Vec<PathBuf> {
        let paths = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path());
        let files = paths.flat_map(|path| match path.is_dir() {
            true => sources(&path),
            false => vec![path],
        });
        files
            .filter(|path| path.extension() == Some(OsStr::new("rs")))
            .collect()
    }

    /// The methods that `vod-api` gives to `ty` itself, private ones as well: generated ones stand beside them.
    fn own_methods(ty: &str) -> BTreeSet<String> {
        let mut methods = BTreeSet::new();
        for path in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../vod-api/src")) {
            let file = syn::parse_file(&fs::read_to_string(path).unwrap()).unwrap();
            for item in file.items {
                let syn::Item::Impl(item) = item else {
                    continue;
                };
                let syn::Type::Path(of) = &*item.self_ty else {
                    continue;
                };
                if item.trait_.is_some() || of.path.segments.last().unwrap().ident != ty {
                    continue;
                }
                methods.extend(item.items.iter().filter_map(|it| match it {
                    syn::ImplItem::Fn(method) => Some(method.sig.ident.to_string()),
                    _ => None,
                }));
            }
        }
        methods
    }

    #[test]
    fn methods_of_the_client_are_reserved() {
        let mut methods = own_methods("Client");
        methods.insert("clone".to_owned());
        let reserved = RESERVED_METHODS.iter().map(|it| (*it).to_owned()).collect();
        assert_eq!(methods, reserved);
    }

    #[test]
    fn methods_of_calls_are_reserved() {
        let mut methods = own_methods("Call");
        methods.retain(|it| !it.starts_with("with_"));
        assert!(methods.len() > 5, "{methods:?}");
        methods.retain(|it| !RESERVED_PARAMETERS.contains(&it.as_str()));
        assert!(methods.is_empty(), "{methods:?}");
    }
}
