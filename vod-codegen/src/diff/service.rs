//! What all operations share: where the service runs, its error codes, the sections of the docs.

use vod_spec::Span;

use super::pairs::{Pair, pairs};
use super::{Differ, Direction, Rule, Side, Subject};
use crate::rust::Constant;

impl Differ<'_> {
    pub(super) fn compare_service(&mut self) {
        let (old, new) = (self.old.bindings, self.new.bindings);
        let subject = Subject {
            operation: None,
            direction: Direction::Request,
            old: None,
            new: None,
        };
        if old.endpoint != new.endpoint {
            let message = format!(
                "requests go to `{}`, not to `{}` any more",
                new.endpoint, old.endpoint
            );
            self.report(Rule::RequestChanged, subject, "endpoint", message);
        }
        self.constants(subject, ("region", "Region"), (&old.regions, &new.regions));
        let subject = Subject {
            direction: Direction::Response,
            ..subject
        };
        let codes = (&old.error_codes, &new.error_codes);
        self.constants(
            subject,
            ("error_code", "codes"),
            (&codes.0[..], &codes.1[..]),
        );
        self.sections();
    }

    fn constants(
        &mut self,
        subject: Subject<'_>,
        (kind, home): (&str, &str),
        (old, new): (&[Constant], &[Constant]),
    ) {
        for pair in pairs(old, new, |it| (&it.value, &it.name)) {
            let subject = Subject {
                old: pair.before().and_then(|it| self.old.error_code(&it.value)),
                new: pair.after().and_then(|it| self.new.error_code(&it.value)),
                ..subject
            };
            let item = |it: &Constant| format!("`{home}::{}`", it.name);
            let at = |it: &Constant| format!("{kind}.{}", it.value);
            match pair {
                Pair::Gone(old) => {
                    let message = format!("{} is gone", item(old));
                    self.report(Rule::ConstantRemoved, subject, at(old), message);
                }
                Pair::New(new) => {
                    let message = format!("{} is new", item(new));
                    self.report(Rule::ConstantAdded, subject, at(new), message);
                }
                Pair::Kept(old, new) if old.value != new.value => {
                    let message = format!("{} is `{}`, was `{}`", item(new), new.value, old.value);
                    self.report(Rule::WireNameChanged, subject, at(new), message);
                }
                Pair::Kept(old, new) => {
                    let docs = (&old.docs, &new.docs);
                    self.documentation(subject, &at(new), &item(new), docs);
                }
            }
        }
    }

    /// Sections without a module to document are not seen; where operations move to another one is told with them.
    fn sections(&mut self) {
        let (old, new) = (self.old.bindings, self.new.bindings);
        let names = |module: &crate::rust::Module| (module.name.clone(), module.docs.clone());
        let subject = Subject {
            operation: None,
            direction: Direction::Both,
            old: None,
            new: None,
        };
        for (name, docs) in new.sections.iter().map(names) {
            if let Some(before) = old.sections.iter().find(|before| before.name == name) {
                let (at, item) = (format!("section.{name}"), format!("`model::{name}`"));
                self.documentation(subject, &at, &item, (&before.docs, &docs));
            }
        }
    }
}

impl Side<'_> {
    fn error_code(&self, code: &str) -> Option<Span> {
        let mut codes = self.api.service.error_codes.iter();
        Some(codes.find(|it| it.code.value == code)?.code.span)
    }
}
