//! What all operations share: where the service runs, its error codes, the sections of the docs.

use vod_spec::Span;

use super::pairs::{Pair, pairs};
use super::{Differ, Direction, Rule, Side, Subject};
use crate::rust::{Constant, ErrorCode};

/// Constants of one type or module.
#[derive(Clone, Copy)]
struct Constants {
    /// What has them.
    home: &'static str,
    /// How their addresses begin.
    address: &'static str,
}

const REGIONS: Constants = Constants {
    home: "Region",
    address: "region",
};

const CODES: Constants = Constants {
    home: "codes",
    address: "error_code",
};

impl Constants {
    fn item(self, constant: &Constant) -> String {
        format!("`{}::{}`", self.home, constant.name)
    }

    fn at(self, constant: &Constant) -> String {
        format!("{}.{}", self.address, constant.value)
    }
}

impl Differ<'_> {
    pub(super) fn compare_service(&mut self) {
        let (old, new) = (self.old.bindings, self.new.bindings);
        if old.endpoint != new.endpoint {
            let (is, was) = (&new.endpoint, &old.endpoint);
            let message = format!("requests go to `{is}`, not to `{was}` any more");
            self.report(
                Rule::RequestChanged,
                shared(Direction::Request).at("endpoint"),
                message,
            );
        }
        self.compare_regions();
        self.compare_error_codes();
        self.compare_sections();
    }

    fn compare_regions(&mut self) {
        let (old, new) = (self.old.bindings, self.new.bindings);
        for pair in pairs(&old.regions, &new.regions, |it| (&it.value, &it.name)) {
            self.compare_constant(shared(Direction::Request), REGIONS, pair);
        }
    }

    fn compare_error_codes(&mut self) {
        let (old, new) = (self.old.bindings, self.new.bindings);
        let codes = pairs(&old.error_codes, &new.error_codes, |it| {
            (&it.constant.value, &it.constant.name)
        });
        for pair in codes {
            let span = |side: &Side<'_>, it: &ErrorCode| side.error_code(&it.constant.value);
            let subject = Subject {
                old: pair.before().and_then(|it| span(&self.old, it)),
                new: pair.after().and_then(|it| span(&self.new, it)),
                ..shared(Direction::Response)
            };
            self.compare_constant(subject, CODES, pair.map(|it| &it.constant));
            if let Pair::Kept(old, new) = pair {
                self.compare_kind(subject, old, new);
            }
        }
    }

    fn compare_kind(&mut self, subject: Subject<'_>, old: &ErrorCode, new: &ErrorCode) {
        let word = |it: &ErrorCode| match &it.kind {
            Some(kind) => format!("`{}`", kind.variant),
            None => "what the status says".to_owned(),
        };
        let (was, is) = (word(old), word(new));
        if was != is {
            let (at, item) = (CODES.at(&new.constant), CODES.item(&new.constant));
            let message = format!("the kind of errors with {item} is {is}, was {was}");
            self.report(Rule::ErrorKindChanged, subject.at(&at), message);
        }
    }

    fn compare_constant(&mut self, subject: Subject<'_>, of: Constants, pair: Pair<'_, Constant>) {
        let latest = pair.latest();
        let (at, item) = (of.at(latest), of.item(latest));
        let located = subject.at(&at);
        match pair {
            Pair::Gone(_) => {
                self.report(Rule::ConstantRemoved, located, format!("{item} is gone"));
            }
            Pair::New(_) => {
                self.report(Rule::ConstantAdded, located, format!("{item} is new"));
            }
            Pair::Kept(old, new) if old.value != new.value => {
                let message = format!("{item} is `{}`, was `{}`", new.value, old.value);
                self.report(Rule::WireNameChanged, located, message);
            }
            Pair::Kept(old, new) => {
                if old.name != new.name {
                    let message = format!("{} is called {item} now", of.item(old));
                    self.report(Rule::Renamed, located, message);
                }
                self.documentation(located, &item, (&old.docs, &new.docs));
            }
        }
    }

    /// A section is a module; what moves from one to another is told with the operations.
    fn compare_sections(&mut self) {
        let (old, new) = (self.old.bindings, self.new.bindings);
        for module in &new.sections {
            let before = old.sections.iter().find(|it| it.name == module.name);
            if let Some(before) = before {
                let at = format!("section.{}", module.name);
                let item = format!("`model::{}`", module.name);
                let docs = (&before.docs, &module.docs);
                self.documentation(shared(Direction::Both).at(&at), &item, docs);
            }
        }
    }
}

/// What belongs to no operation, and whose place in the file is not known.
fn shared(direction: Direction) -> Subject<'static> {
    Subject {
        operation: None,
        direction,
        old: None,
        new: None,
    }
}

impl Side<'_> {
    fn error_code(&self, code: &str) -> Option<Span> {
        let mut codes = self.api.service.error_codes.iter();
        Some(codes.find(|it| it.code.value == code)?.code.span)
    }
}
