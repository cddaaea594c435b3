//! Names that must differ, and those that are taken from the start.

use std::collections::BTreeMap;

use vod_spec::{Code, Diagnostic, Span, Spanned};

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
