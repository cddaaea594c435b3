//! What a change of the description means for the users of the bindings.
//!
//! Each part of the description is compared together with what Rust makes of it: only both tell whether a program
//! still compiles. What neither the bindings nor their documentation show is no change.

mod constraints;
mod events;
mod field;
mod fields;
mod limits;
mod operations;
mod outcomes;
mod pairs;
mod part;
mod render;
mod replies;
mod rules;
mod service;
mod types;

use std::collections::BTreeMap;

use vod_spec::model::Api;
use vod_spec::{Diagnostics, Span};

pub use self::rules::{Level, Rule};

use crate::rust::{Bindings, Module, Operation, Type};

/// All changes from one description to another: those of operations first, then events, types, and what all share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diff {
    /// The changes.
    pub changes: Vec<Change>,
}

impl Diff {
    /// The largest level of all changes: how the version has to grow. `None` where nothing has changed.
    pub fn bump(&self) -> Option<Level> {
        self.changes.iter().map(|change| change.rule.level()).max()
    }
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What kind of change it is; that decides the level.
    pub rule: Rule,
    /// The operation that it belongs to; none for what several share.
    pub operation: Option<String>,
    /// Which way the data travels that it concerns.
    pub direction: Direction,
    /// What it concerns in the description, such as `query.task_id` or `type.Thing.name`.
    pub at: String,
    /// What it means, in terms of Rust.
    pub message: String,
    /// Where it stands in the old description.
    pub old: Option<Position>,
    /// Where it stands in the new description.
    pub new: Option<Position>,
}

/// Which way data travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// To the service.
    Request,
    /// From the service.
    Response,
    /// Either way, or none in particular.
    Both,
}

impl Direction {
    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response => "response",
            Self::Both => "both",
        }
    }
}

/// A line of a description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// The file, as its source is shown.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
}

/// Compares two descriptions.
///
/// # Errors
///
/// Names of either that cannot be used in Rust: see [`generate`](crate::generate).
pub fn diff(old: &Api, new: &Api) -> Result<Diff, Diagnostics> {
    let (old_bindings, new_bindings) = (crate::lower::lower(old)?, crate::lower::lower(new)?);
    let mut differ = Differ {
        old: Side::new(old, &old_bindings),
        new: Side::new(new, &new_bindings),
        type_names: BTreeMap::new(),
        changes: Vec::new(),
    };
    differ.name_types();
    differ.compare_operations();
    differ.compare_events();
    differ.compare_types();
    differ.compare_service();
    Ok(Diff {
        changes: differ.changes,
    })
}

/// The module of events.
const NOTIFICATION: &str = "notification";

/// One of the two descriptions, and what Rust makes of it.
struct Side<'a> {
    api: &'a Api,
    bindings: &'a Bindings,
    /// By their names in the description.
    operations: BTreeMap<&'a str, (&'a Module, &'a Operation)>,
    /// By their Rust names, with the paths of their modules.
    types: BTreeMap<&'a str, (String, &'a Type)>,
}

impl<'a> Side<'a> {
    fn new(api: &'a Api, bindings: &'a Bindings) -> Self {
        let mut side = Self {
            api,
            bindings,
            operations: BTreeMap::new(),
            types: BTreeMap::new(),
        };
        for module in &bindings.sections {
            for file in &module.files {
                if let Some(operation) = &file.operation {
                    let name = operation.meta.name.as_str();
                    side.operations.insert(name, (module, operation));
                }
                for ty in &file.types {
                    let path = format!("model::{}", module.name);
                    side.types.insert(ty.name(), (path, ty));
                }
            }
        }
        for ty in &bindings.events.file.types {
            side.types.insert(ty.name(), (NOTIFICATION.to_owned(), ty));
        }
        side
    }

    fn position(&self, span: Span) -> Position {
        let sources = &self.api.sources;
        Position {
            file: sources.file(span.source).path.clone(),
            line: sources.position(span).0,
        }
    }
}

struct Differ<'a> {
    old: Side<'a>,
    new: Side<'a>,
    /// Rust names of types: what each was called, and what it is called now.
    type_names: BTreeMap<String, String>,
    changes: Vec<Change>,
}

/// What changes are about.
#[derive(Clone, Copy)]
struct Subject<'a> {
    operation: Option<&'a str>,
    direction: Direction,
    old: Option<Span>,
    new: Option<Span>,
}

impl<'a> Subject<'a> {
    /// The part of it that has an address, such as `query.task_id`.
    fn at<'b>(self, at: &'b str) -> Located<'b>
    where
        'a: 'b,
    {
        Located { subject: self, at }
    }
}

/// What a change is about, and its address in the description.
#[derive(Clone, Copy)]
struct Located<'a> {
    subject: Subject<'a>,
    at: &'a str,
}

impl Differ<'_> {
    fn report(&mut self, rule: Rule, located: Located<'_>, message: impl Into<String>) {
        let Located { subject, at } = located;
        self.changes.push(Change {
            rule,
            operation: subject.operation.map(str::to_owned),
            direction: subject.direction,
            at: at.to_owned(),
            message: message.into(),
            old: subject.old.map(|span| self.old.position(span)),
            new: subject.new.map(|span| self.new.position(span)),
        });
    }

    /// A change of documentation, if there is one.
    fn documentation<T: PartialEq>(
        &mut self,
        located: Located<'_>,
        item: &str,
        (old, new): (T, T),
    ) {
        if old != new {
            let message = format!("the documentation of {item} has changed");
            self.report(Rule::DocumentationChanged, located, message);
        }
    }

    /// A thing that should no longer be used, or that can be used again.
    fn deprecation(
        &mut self,
        located: Located<'_>,
        item: &str,
        (old, new): (&Option<String>, &Option<String>),
    ) {
        match (old, new) {
            (None, Some(instead)) => {
                let message = format!("{item} is deprecated: {instead}");
                self.report(Rule::Deprecated, located, message);
            }
            (Some(_), None) => {
                let message = format!("{item} is no longer deprecated");
                self.report(Rule::Undeprecated, located, message);
            }
            _ => self.documentation(located, item, (old, new)),
        }
    }
}
