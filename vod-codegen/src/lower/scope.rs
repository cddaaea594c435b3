//! Rust names: how a thing gets its name, and names that must differ.

use std::collections::BTreeMap;

use vod_spec::{Code, Diagnostic, Span, Spanned};

use super::Lowering;
use crate::names;

pub(super) struct Scope {
    /// What has the names, with its article.
    what: &'static str,
    /// How one gets another name.
    help: &'static str,
    reserved: &'static [&'static str],
    taken: BTreeMap<String, Span>,
}

/// The help for what can have a Rust name of its own.
const RUST: &str = "add `rust:` with another name";

impl Scope {
    /// Names that `rust:` can change.
    pub(super) fn new(what: &'static str, reserved: &'static [&'static str]) -> Self {
        Self {
            what,
            help: RUST,
            reserved,
            taken: BTreeMap::new(),
        }
    }

    /// With another `help`, where `rust:` is no key.
    pub(super) fn with_help(self, help: &'static str) -> Self {
        Self { help, ..self }
    }

    pub(super) fn help(&self) -> &'static str {
        self.help
    }

    /// Takes `name` for what is written at `at`; a name that is taken or reserved is reported.
    pub(super) fn claim(
        &mut self,
        name: &str,
        at: &Spanned<String>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let what = self.what;
        if self.reserved.contains(&name) {
            diagnostics.push(
                Diagnostic::new(
                    Code::ReservedName,
                    at.span,
                    format!("{what} cannot be called `{name}`: generated code uses that name"),
                )
                .help(self.help),
            );
        }
        match self.taken.get(name) {
            Some(first) => diagnostics.push(
                Diagnostic::new(
                    Code::NameCollision,
                    at.span,
                    format!("there is {what} `{name}` already"),
                )
                .related(*first, "the first one")
                .help(self.help),
            ),
            None => {
                self.taken.insert(name.to_owned(), at.span);
            }
        }
    }
}

/// A thing that gets a Rust name.
#[derive(Clone, Copy)]
pub(super) struct Naming<'n> {
    name: &'n Spanned<String>,
    /// The Rust name that the description gives it.
    given: Option<&'n Spanned<String>>,
    /// How a Rust name follows from its own.
    follow: fn(&str) -> Option<String>,
}

impl<'n> Naming<'n> {
    pub(super) fn of(name: &'n Spanned<String>, follow: fn(&str) -> Option<String>) -> Self {
        Self {
            name,
            given: None,
            follow,
        }
    }

    /// With the Rust name that the description gives it, if there is one.
    pub(super) fn or(self, given: &'n Option<Spanned<String>>) -> Self {
        Self {
            given: given.as_ref(),
            ..self
        }
    }
}

impl Lowering<'_> {
    /// The Rust name of a thing, which must be free in `scope`. Where there is none, that is
    /// reported, and the name is empty: nothing is generated any more.
    pub(super) fn claim(&mut self, scope: &mut Scope, thing: Naming<'_>) -> String {
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
            // What is written has to be in the right case already, so that the spec shows the real
            // name.
            Some(given) => {
                let made = names::usable(&given.value).filter(|made| *made == given.value);
                if made.is_none() || follow(&given.value) != made {
                    self.diagnostics.push(
                        Diagnostic::new(
                            Code::ReservedName,
                            given.span,
                            format!("`{}` is not a name that Rust would use here", given.value),
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
}
