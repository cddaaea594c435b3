//! Events and their bodies.

use vod_spec::model::{self, Field};
use vod_spec::{Span, Spanned};

use super::pairs::{Pair, pairs};
use super::part::{Owner, Part};
use super::{Differ, Direction, Located, Rule, Side, Subject};
use crate::rust::{self, Struct, Type};

/// An event of one side.
struct Facts<'a> {
    /// Its name without its case, which does not count.
    key: String,
    model: &'a model::Event,
    rust: &'a rust::Event,
    body: &'a Struct,
    /// The fields of the body in the description.
    fields: Vec<&'a Field>,
}

impl<'a> Side<'a> {
    fn events(&self) -> Vec<Facts<'a>> {
        let events = self.api.events.iter().zip(&self.bindings.events.events);
        let facts = events.filter_map(|(model, rust)| {
            let mut types = self.bindings.events.file.types.iter();
            let body = types.find_map(|ty| match ty {
                Type::Struct(body) if body.name == rust.body => Some(body),
                _ => None,
            })?;
            let fields = self.api.body_of(model).collect();
            Some(Facts {
                key: key(model),
                model,
                rust,
                body,
                fields,
            })
        });
        facts.collect()
    }

    /// Whether it has the event with this key.
    pub(super) fn has_event(&self, of: &str) -> bool {
        self.api.events.iter().any(|it| key(it) == of)
    }
}

/// The name of an event without its case.
pub(super) fn key(event: &model::Event) -> String {
    event.name.value.to_ascii_lowercase()
}

impl Facts<'_> {
    fn item(&self) -> String {
        format!("`Event::{}`", self.rust.variant)
    }

    fn at(&self) -> String {
        format!("event.{}", self.model.name.value)
    }

    fn span(&self) -> Span {
        self.model.name.span
    }

    fn parts(&self) -> Vec<Part<'_>> {
        let parts = self.fields.iter().zip(&self.body.fields);
        let parts = parts.map(|(field, rust)| Part {
            at: format!("{}.{}", self.at(), rust.wire),
            place: "",
            field,
            rust,
        });
        parts.collect()
    }
}

impl Differ<'_> {
    pub(super) fn compare_events(&mut self) {
        let (old, new) = (self.old.events(), self.new.events());
        for pair in pairs(&old, &new, |it| (&it.key, &it.rust.variant)) {
            let subject = Subject {
                operation: None,
                direction: Direction::Response,
                old: pair.before().map(Facts::span),
                new: pair.after().map(Facts::span),
            };
            match pair {
                Pair::Gone(old) => {
                    let message = format!("{} is gone", old.item());
                    self.report(Rule::EventRemoved, subject.at(&old.at()), message);
                }
                Pair::New(new) => {
                    let message = format!("{} is new", new.item());
                    self.report(Rule::EventAdded, subject.at(&new.at()), message);
                }
                Pair::Kept(old, new) => self.compare_event(subject, old, new),
            }
        }
    }

    fn compare_event(&mut self, subject: Subject<'_>, old: &Facts<'_>, new: &Facts<'_>) {
        let (at, item) = (new.at(), new.item());
        if old.rust.variant != new.rust.variant {
            let message = format!("{} is called {item} now, as its body is", old.item());
            self.report(Rule::Renamed, subject.at(&at), message);
        }
        if old.key != new.key {
            let (is, was) = (&new.rust.wire, &old.rust.wire);
            let message = format!("{item} is `{is}` on the wire, was `{was}`");
            self.report(Rule::WireNameChanged, subject.at(&at), message);
        }
        let (was, is) = (&old.model.member.value, &new.model.member.value);
        if was != is {
            let message = format!("the body of {item} is read from `{is}`, not from `{was}`");
            self.report(Rule::ReplyChanged, subject.at(&at), message);
        }
        if old.model.examples != new.model.examples {
            let message = format!("{item} has another example");
            self.report(Rule::ExampleChanged, subject.at(&at), message);
        }
        let docs = |it: &Facts<'_>| {
            let model = it.model;
            let name = (model.name.value.clone(), model.member.value.clone());
            let page = (
                model.title.clone(),
                model.page.clone(),
                model.updated.clone(),
            );
            (name, page, model.summary.clone(), model.description.clone())
        };
        self.documentation(subject.at(&at), &item, (docs(old), docs(new)));
        let owner = Owner {
            name: &new.body.name,
            at,
            subject,
            constructors: None,
            constraints: (&[], &[]),
        };
        self.compare_fields(&owner, &old.parts(), &new.parts());
    }

    /// The other names of a field or a value.
    pub(super) fn aliases(
        &mut self,
        located: Located<'_>,
        item: &str,
        (old, new): (&[Spanned<String>], &[Spanned<String>]),
    ) {
        let names = |aliases: &[Spanned<String>]| -> Vec<_> {
            aliases.iter().map(|it| format!("`{}`", it.value)).collect()
        };
        let (was, is) = (names(old), names(new));
        if was != is {
            let message = match is.as_slice() {
                [] => format!("{item} is read from no other name any more"),
                is => format!("{item} is read from {} as well", is.join(", ")),
            };
            self.report(Rule::ReplyChanged, located, message);
        }
    }
}
