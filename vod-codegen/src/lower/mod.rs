//! From the checked description to bindings: every name and type is decided here, and checked for collisions.

pub(crate) mod constraints;
mod docs;
mod events;
mod example;
mod index;
mod look;
mod operations;
mod reserved;
mod scope;
pub(crate) mod sentences;
mod series;
mod types;
mod upload;
mod uses;

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::Path;

use vod_spec::model::{Api, ErrorCodeKind, TypeId};
use vod_spec::{Diagnostic, Diagnostics, Spanned};

use crate::names;
use crate::rust::{Bindings, CodeKind, Constant, ErrorCode, File, Module};

use self::docs::Docs;
use self::reserved::{
    RESERVED_CODES, RESERVED_METHODS, RESERVED_SECTIONS, RESERVED_TYPES, SHARED_MODULE,
};
use self::scope::{Naming, Scope};
use self::sentences::lower_first;
use self::uses::Uses;

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
        uses: Uses::new(),
    };
    lowering.name_types();
    lowering.find_uses();
    let bindings = lowering.bindings();
    if lowering.diagnostics.is_empty() {
        Ok(bindings)
    } else {
        Err(Diagnostics::new(api.sources.clone(), lowering.diagnostics))
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
    /// The fields that hold each type.
    uses: Uses,
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
        for event in &self.api.events {
            if let Some(body) = events::body_name(event) {
                let at = Spanned::new(body.clone(), event.name.span);
                scope.claim(&body, &at, &mut self.diagnostics);
            }
        }
        let mut type_names = Vec::new();
        for ty in &self.api.types {
            type_names
                .push(self.claim(&mut scope, Naming::of(&ty.name, names::camel).or(&ty.rust)));
        }
        self.type_names = type_names;
    }

    fn bindings(&mut self) -> Bindings {
        let api = self.api;
        let mut sections = Vec::new();
        let mut scope = Scope::new("a section", RESERVED_SECTIONS)
            .with_help("give the section another title in service.yaml");
        // The client has the methods of all sections.
        let mut methods = Scope::new("an operation", RESERVED_METHODS).with_help(
            "operations keep the vendor's names: rename what the client has, or leave one of them out",
        );
        let types = api.types.iter().filter(|ty| !ty.is_of_events());
        let types = types.map(|ty| ty.file.as_str());
        let shared: BTreeSet<_> = types.filter(|file| file.starts_with("types/")).collect();
        if !shared.is_empty() {
            sections.push(Module {
                name: SHARED_MODULE.to_owned(),
                docs: vec!["Types that several operations use.".to_owned()],
                heading: Vec::new(),
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
            let files = self.files(sources, &mut methods);
            let heading = format!("# {}", section.title);
            sections.push(Module {
                name,
                heading: self.docs.paragraphs([heading, section.doc.clone()]),
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
            events: self.events(),
            index: self.index(),
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

    fn error_codes(&mut self) -> Vec<ErrorCode> {
        let mut scope =
            Scope::new("an error code", RESERVED_CODES).with_help("give the code another `name`");
        let codes = &self.api.service.error_codes;
        codes
            .iter()
            .map(|code| ErrorCode {
                constant: Constant {
                    name: self.claim(&mut scope, Naming::of(&code.name, names::shouty)),
                    value: code.code.value.clone(),
                    docs: self.docs.of_error_code(code),
                },
                kind: code.kind.and_then(|kind| self.code_kind(kind)),
                meaning: code.doc.clone(),
            })
            .collect()
    }

    fn code_kind(&self, kind: ErrorCodeKind) -> Option<CodeKind> {
        Some(CodeKind {
            variant: names::camel(kind.as_str())?,
            docs: self.docs.of_code_kind(kind),
        })
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
