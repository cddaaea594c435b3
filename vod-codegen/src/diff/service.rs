//! What all operations share: where the service runs, its error codes, the sections of the docs.

use vod_spec::Span;

use super::pairs::{Pair, pairs};
use super::{Differ, Direction, Rule, Side, Subject};
use crate::rust::Constant;

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
        let regions = (&old.regions[..], &new.regions[..]);
        self.compare_constants(Direction::Request, ("region", "Region"), regions);
        let codes = (&old.error_codes[..], &new.error_codes[..]);
        self.compare_constants(Direction::Response, ("error_code", "codes"), codes);
        self.compare_sections();
    }

    fn compare_constants(
        &mut self,
        direction: Direction,
        (kind, home): (&str, &str),
        (old, new): (&[Constant], &[Constant]),
    ) {
        for pair in pairs(old, new, |it| (&it.value, &it.name)) {
            let subject = Subject {
                old: pair.before().and_then(|it| self.old.error_code(&it.value)),
                new: pair.after().and_then(|it| self.new.error_code(&it.value)),
                ..shared(direction)
            };
            let item = |it: &Constant| format!("`{home}::{}`", it.name);
            let at = |it: &Constant| format!("{kind}.{}", it.value);
            match pair {
                Pair::Gone(old) => {
                    let message = format!("{} is gone", item(old));
                    self.report(Rule::ConstantRemoved, subject.at(&at(old)), message);
                }
                Pair::New(new) => {
                    let message = format!("{} is new", item(new));
                    self.report(Rule::ConstantAdded, subject.at(&at(new)), message);
                }
                Pair::Kept(old, new) if old.value != new.value => {
                    let message = format!("{} is `{}`, was `{}`", item(new), new.value, old.value);
                    self.report(Rule::WireNameChanged, subject.at(&at(new)), message);
                }
                Pair::Kept(old, new) => {
                    let docs = (&old.docs, &new.docs);
                    self.documentation(subject.at(&at(new)), &item(new), docs);
                }
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
